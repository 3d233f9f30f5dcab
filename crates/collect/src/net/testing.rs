//! A server on loopback that says what a test tells it to, and a client that may ask it.

use super::{Client, Clock, Hosts, HostsConfig, Tally};
use polso_domain::Timestamp;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What a question looked like.
pub(crate) struct Heard {
    pub(crate) method: String,
    /// Path and query, as sent.
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl Heard {
    /// A parameter of the query, decoded.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let url = Url::parse("http://x").unwrap().join(&self.target).unwrap();
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The path without the query.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

/// What is said back.
#[derive(Clone, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(body: impl Into<String>) -> Self {
        Self::new(200, body.into().into_bytes()).header("content-type", "application/json; charset=utf-8")
    }

    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// A server that lives as long as the test's runtime.
pub(crate) struct Server {
    /// Its address, with `/` at the end.
    pub(crate) url: Url,
    /// Method and target of every question so far.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers every question with what `answer` makes of it.
    pub(crate) async fn start(answer: impl FnMut(Heard) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&asked), Arc::new(Mutex::new(answer)));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move {
                    let (heard, mut socket) = hear(socket).await?;
                    log.lock().unwrap().push(format!("{} {}", heard.method, heard.target));
                    let reply = (answer.lock().unwrap())(heard);
                    say(&mut socket, &reply).await;
                    Some(())
                });
            }
        });
        Self { url, asked }
    }
}

/// A client that may ask loopback, fast; its clock stands at `now`.
pub(crate) fn client(now: Timestamp) -> Client {
    client_with(Arc::new(move || now))
}

/// A client that may ask loopback, fast.
pub(crate) fn client_with(clock: Clock) -> Client {
    let number = |n| NonZeroU32::new(n).unwrap();
    let config = HostsConfig {
        contact: "press@health.example".to_owned(),
        requests_per_minute: number(60_000),
        burst: number(1_000),
        at_once: 4,
        timeout_seconds: 5,
        private_hosts: vec!["127.0.0.1".to_owned()],
        proxy: None,
        hosts: HashMap::new(),
    };
    Client::new(Hosts::new(config, "0.0.0", clock).unwrap(), Arc::new(Tally::default()))
}

async fn hear(mut socket: TcpStream) -> Option<(Heard, TcpStream)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let pairs = lines.filter_map(|line| line.split_once(':'));
    let headers: HashMap<String, String> =
        pairs.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while bytes.len() < end + length {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8_lossy(&bytes[end..]).into_owned();
    Some((Heard { method, target, headers, body }, socket))
}

async fn say(socket: &mut TcpStream, reply: &Reply) {
    let mut head = format!("HTTP/1.1 {} x\r\nconnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    if !reply.headers.iter().any(|(name, _)| name == "content-length") {
        head.extend(["content-length: ", &reply.body.len().to_string(), "\r\n"]);
    }
    head.push_str("\r\n");
    socket.write_all(head.as_bytes()).await.ok();
    socket.write_all(&reply.body).await.ok();
    socket.shutdown().await.ok();
}
