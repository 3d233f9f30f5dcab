//! A receiver of hooks on loopback that says what a test tells it to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: HashMap<String, String>,
    pub(super) body: String,
}

pub(super) struct Server {
    pub(super) url: String,
    pub(super) heard: Arc<Mutex<Vec<Heard>>>,
}

impl Server {
    /// Answers with these statuses (and further headers), then with 200 for ever.
    pub(super) async fn saying(statuses: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut answers: Vec<(u16, String)> =
            statuses.iter().rev().map(|(status, head)| (*status, (*head).to_owned())).collect();
        let log = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&log);
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let Some(question) = hear(&mut socket).await else { continue };
                log.lock().unwrap().push(question);
                let (status, more) = answers.pop().unwrap_or((200, String::new()));
                let answer = format!("HTTP/1.1 {status} x\r\n{more}content-length: 2\r\nconnection: close\r\n\r\nno");
                socket.write_all(answer.as_bytes()).await.ok();
            }
        });
        Self { url, heard }
    }

    pub(super) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

async fn hear(socket: &mut TcpStream) -> Option<Heard> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut first = head.lines().next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let pairs = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    let headers: HashMap<String, String> =
        pairs.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let length: usize = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + length {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    Some(Heard { method, path, headers, body: String::from_utf8(bytes[end..].to_vec()).ok()? })
}
