//! A Jetstream on loopback: it replays a log from wherever it is asked, and breaks off when a test says so.

use super::super::config::Wire;
use super::super::unpack;
use super::SECOND;
use futures_util::{SinkExt, StreamExt};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use url::Url;

/// A question: the upgrade to a socket, or a plain one.
pub(super) struct Asked {
    /// Connections so far, from 0.
    pub(super) nth: usize,
    url: Url,
}

impl Asked {
    pub(super) fn path(&self) -> &str {
        self.url.path()
    }

    pub(super) fn query(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    pub(super) fn cursor(&self) -> Option<i64> {
        self.query("cursor").map(|cursor| cursor.parse().unwrap())
    }
}

/// What the server does.
pub(super) enum Does {
    /// Says these frames, then hangs up without a word.
    Breaks(Vec<Message>),
    /// Says these frames one after the other, a hundredth of a second apart.
    Drips(Vec<Message>),
    /// Says these frames, then is silent.
    Stays(Vec<Message>),
    /// Refuses the socket, or answers a plain question.
    Answers(u16, Vec<u8>),
}

/// The server; it lives as long as the test's runtime.
pub(super) struct Replay {
    pub(super) url: Url,
    /// Targets of all questions.
    pub(super) asked: Arc<Mutex<Vec<String>>>,
}

impl Replay {
    pub(super) async fn start(does: impl FnMut(&Asked) -> Does + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("ws://{}/", listener.local_addr().unwrap())).unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, does) = (Arc::clone(&asked), Arc::new(Mutex::new(does)));
        tokio::spawn(async move {
            let mut nth = 0;
            while let Ok((socket, _)) = listener.accept().await {
                let target = target(&socket).await;
                log.lock().unwrap().push(target.clone());
                let asked = Asked { nth, url: Url::parse("ws://x/").unwrap().join(&target).unwrap() };
                nth += 1;
                let act = (does.lock().unwrap())(&asked);
                tokio::spawn(serve(socket, act));
            }
        });
        Self { url, asked }
    }

    /// Replays a log to whoever asks, then stays silent.
    pub(super) async fn of(wire: Wire, packed: bool, log: Vec<Ev>) -> Self {
        Self::start(move |asked| Does::Stays(frames(wire, packed, from(&log, asked.cursor())))).await
    }

    /// The targets of all questions.
    pub(super) fn targets(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn target(socket: &TcpStream) -> String {
    let mut head = vec![0; 4096];
    loop {
        let read = socket.peek(&mut head).await.unwrap();
        let text = String::from_utf8_lossy(&head[..read]).into_owned();
        if read == 0 || text.contains("\r\n\r\n") {
            return text.split(' ').nth(1).unwrap_or("/").to_owned();
        }
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

async fn serve(mut socket: TcpStream, act: Does) {
    let (frames, stays, drips) = match act {
        Does::Answers(status, body) => {
            let mut head = Vec::with_capacity(4096);
            socket.read_buf(&mut head).await.ok();
            let answer = format!("HTTP/1.1 {status} x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
            socket.write_all(&[answer.as_bytes(), &body].concat()).await.ok();
            socket.shutdown().await.ok();
            return;
        }
        Does::Breaks(frames) => (frames, false, false),
        Does::Stays(frames) => (frames, true, false),
        Does::Drips(frames) => (frames, true, true),
    };
    #[expect(clippy::result_large_err, reason = "the library's own signature")]
    let echo = |request: &Request, mut response: Response| {
        if let Some(protocol) = request.headers().get("sec-websocket-protocol") {
            response.headers_mut().insert("sec-websocket-protocol", protocol.clone());
        }
        Ok(response)
    };
    let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(socket, echo).await else { return };
    for frame in frames {
        if socket.send(frame).await.is_err() {
            return;
        }
        if drips {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }
    while stays && socket.next().await.is_some_and(|said| said.is_ok()) {}
}

/// An event of a log.
#[derive(Clone, Debug)]
pub(super) struct Ev {
    pub(super) at_us: i64,
    pub(super) seq: u64,
    pub(super) did: String,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// Operation, rkey, record.
    Commit(&'static str, String, Option<String>),
    /// Active, status.
    Account(bool, Option<&'static str>),
    Identity,
    Sync,
}

/// A record with a text and a hashtag.
pub(super) fn record(text: &str, tag: &str, at_us: i64) -> String {
    let created = jiff::Timestamp::from_microsecond(at_us).unwrap();
    let text = format!("{text} #{tag}");
    let (start, end) = (text.len() - tag.len() - 1, text.len());
    serde_json::json!({"$type": "app.bsky.feed.post", "createdAt": created.to_string(), "langs": ["it"], "text": text,
        "facets": [{"index": {"byteStart": start, "byteEnd": end},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": tag}]}]})
    .to_string()
}

/// A post with a followed hashtag at every so many, one event a tenth of a second, ending at `end_us`.
pub(super) fn log(events: usize, followed_every: usize, end_us: i64) -> Vec<Ev> {
    let event = |n: usize| {
        let at_us = end_us - i64::try_from(events - 1 - n).unwrap() * SECOND / 10;
        let tag = if n.is_multiple_of(followed_every) { "salute" } else { "altro" };
        let record = record(&format!("voce {n}"), tag, at_us);
        let what = What::Commit("create", format!("r{n}"), Some(record));
        Ev { at_us, seq: 1000 + n as u64, did: format!("did:plc:seedanna{}", n % 7), what }
    };
    (0..events).map(event).collect()
}

/// The part of a log that a cursor asks for.
pub(super) fn from(log: &[Ev], cursor: Option<i64>) -> &[Ev] {
    let first = match cursor {
        None => log.len(),
        Some(time) if time >= 1_000_000_000_000_000 => log.partition_point(|ev| ev.at_us < time),
        Some(seq) => log.partition_point(|ev| ev.seq < seq.unsigned_abs()),
    };
    &log[first..]
}

/// A log as a server says it.
pub(super) fn frames(wire: Wire, packed: bool, log: &[Ev]) -> Vec<Message> {
    log.iter().map(|ev| frame(packed, &text(wire, ev))).collect()
}

pub(super) fn frame(packed: bool, text: &str) -> Message {
    if packed { Message::Binary(unpack::pack(text).into()) } else { Message::Text(text.to_owned().into()) }
}

pub(super) fn text(wire: Wire, ev: &Ev) -> String {
    let Ev { at_us, seq, did, what } = ev;
    let time = jiff::Timestamp::from_microsecond(*at_us).unwrap().to_string();
    let commit = |operation: &str, rkey: &str, record: &Option<String>| {
        let record =
            record.as_ref().map(|record| format!(r#","record":{record},"cid":"bafyseed""#)).unwrap_or_default();
        format!(
            r#""rev":"rev{seq}","operation":"{operation}","collection":"app.bsky.feed.post","rkey":"{rkey}"{record}"#
        )
    };
    let account = |active: bool, status: Option<&str>| {
        let status = status.map(|status| format!(r#","status":"{status}""#)).unwrap_or_default();
        format!(r#""account":{{"active":{active}{status},"did":"{did}","seq":9,"time":"{time}"}}"#)
    };
    let (kind, body) = match what {
        What::Commit(operation, rkey, record) => ("commit", commit(operation, rkey, record)),
        What::Account(active, status) => ("account", account(*active, *status)),
        What::Identity => ("identity", format!(r#""identity":{{"did":"{did}","seq":9,"time":"{time}"}}"#)),
        What::Sync => ("sync", format!(r#""sync":{{"did":"{did}","blocks":"","rev":"x"}}"#)),
    };
    match wire {
        Wire::Legacy if kind == "commit" => {
            format!(r#"{{"did":"{did}","time_us":{at_us},"kind":"commit","commit":{{{body}}}}}"#)
        }
        Wire::Legacy => format!(r#"{{"did":"{did}","time_us":{at_us},"kind":"{kind}",{body}}}"#),
        Wire::Events => format!(
            r#"{{"$type":"message","payload":{{"$type":"network.bsky.jetstream.subscribeEvents#{kind}","seq":{seq},"did":"{did}","time":"{time}",{body}}}}}"#
        ),
    }
}
