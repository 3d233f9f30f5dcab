//! An HTTP/1.1 server on loopback: one port, any of the platforms, and what goes wrong on the way.

use super::faults::{Faults, OnAnswer, OnConnection};
use super::world::World;
use super::{jetstream, tell};
use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

/// A server; it ends with its value.
pub(crate) struct Server {
    pub(crate) port: u16,
    house: Arc<House>,
    listening: tokio::task::JoinHandle<()>,
}

/// What the connections of a server share.
pub(super) struct House {
    pub(super) world: Arc<World>,
    pub(super) faults: Arc<Faults>,
    /// Statuses that stand before every answer: a closed door.
    status: Mutex<Option<u16>>,
    asked: Mutex<Vec<String>>,
    /// The last good answer of each path.
    stale: Mutex<HashMap<String, Answer>>,
}

/// A question, as far as platforms look at it.
pub(super) struct Question {
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    target: String,
    headers: Vec<(String, String)>,
}

/// An answer before it is written.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// One runtime for all servers of all tests.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap())
}

impl Server {
    pub(crate) fn start(world: &Arc<World>, faults: Arc<Faults>) -> Self {
        let listener = runtime().block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (status, asked, stale) = (Mutex::default(), Mutex::default(), Mutex::default());
        let house = Arc::new(House { world: Arc::clone(world), faults, status, asked, stale });
        let listening = runtime().spawn(listen(listener, port, Arc::clone(&house)));
        Self { port, house, listening }
    }

    pub(crate) fn honest(world: &Arc<World>) -> Self {
        Self::start(world, Arc::new(Faults::none()))
    }

    /// Answers every question with this status, or as the platform does.
    pub(crate) fn say(&self, status: Option<u16>) {
        *self.house.status.lock().unwrap() = status;
    }

    /// Targets of all questions so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.house.asked.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(mut listener: TcpListener, port: u16, house: Arc<House>) {
    loop {
        let Ok((tcp, _)) = listener.accept().await else { return };
        match house.faults.connection() {
            OnConnection::Open(left) => {
                tokio::spawn(talk(Wire { tcp, left }, Arc::clone(&house)));
            }
            OnConnection::Dropped => drop(tcp),
            OnConnection::Refused(wait) => {
                drop((tcp, listener));
                tokio::time::sleep(wait).await;
                listener = loop {
                    match TcpListener::bind(("127.0.0.1", port)).await {
                        Ok(listener) => break listener,
                        Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                    }
                };
            }
        }
    }
}

async fn talk(mut wire: Wire, house: Arc<House>) -> io::Result<()> {
    while let Some(question) = Question::read(&mut wire).await? {
        house.asked.lock().unwrap().push(question.target.clone());
        let closed = *house.status.lock().unwrap();
        let fault = house.faults.answer(&question.path);
        let is_socket = question.header("upgrade").is_some();
        if is_socket && closed.is_none() && !fault.spoils_a_handshake() {
            return jetstream::speak(wire, &question, &house).await;
        }
        let answer = match closed {
            Some(status) => Answer::plain(status, "application/json", br#"{"error":"not for you"}"#.to_vec()),
            None => tell::answer(&house.world, &question),
        };
        house.write(&mut wire, (&question, answer), fault).await?;
        wire.flush().await?;
    }
    Ok(())
}

impl House {
    async fn write(&self, wire: &mut Wire, (question, answer): (&Question, Answer), fault: OnAnswer) -> io::Result<()> {
        let before = self.stale.lock().unwrap().insert(question.path.clone(), answer.clone());
        let cut = || io::Error::from(io::ErrorKind::ConnectionReset);
        match fault {
            OnAnswer::Honest => wire.write_all(&answer.bytes(0)).await,
            OnAnswer::Stale => wire.write_all(&before.unwrap_or(answer).bytes(0)).await,
            OnAnswer::Twice => {
                let bytes = answer.bytes(0);
                wire.write_all(&bytes).await?;
                wire.write_all(&bytes).await
            }
            OnAnswer::Late(wait) => {
                tokio::time::sleep(wait).await;
                wire.write_all(&answer.bytes(0)).await
            }
            OnAnswer::Instead(other) => wire.write_all(&other.bytes(0)).await,
            OnAnswer::Flipped(place, other) => {
                let mut answer = answer;
                let place = place % answer.body.len().max(1);
                answer.body.get_mut(place).into_iter().for_each(|byte| *byte = other);
                wire.write_all(&answer.bytes(0)).await
            }
            OnAnswer::Cut(part) => {
                // Of the answer that opens a socket, the head is all there is.
                let is_socket = question.header("upgrade").is_some();
                let bytes = if is_socket { b"HTTP/1.1 101 Switching Protocols\r\n".to_vec() } else { answer.bytes(0) };
                wire.write_all(&bytes[..part % bytes.len()]).await?;
                wire.flush().await?;
                Err(cut())
            }
            OnAnswer::WrongLength(by) => {
                wire.write_all(&answer.bytes(by)).await?;
                wire.flush().await?;
                Err(cut())
            }
            OnAnswer::Endless => endless(wire).await,
        }
    }
}

/// A body without an end, until the other side has had enough.
async fn endless(wire: &mut Wire) -> io::Result<()> {
    wire.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n[").await?;
    let piece = "1,".repeat(32 << 10);
    loop {
        wire.write_all(piece.as_bytes()).await?;
    }
}

impl Question {
    /// The next question on a connection; `None` at its end.
    async fn read(wire: &mut Wire) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match wire.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) if head.is_empty() => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        let head = String::from_utf8_lossy(&head);
        let mut lines = head.lines();
        let target = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or("/").to_owned();
        let header =
            |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
        let headers = lines.filter_map(header).collect();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (decoded(name), decoded(value)));
        let (path, query) = (decoded(path), query.split('&').filter_map(pair).collect());
        Ok(Some(Self { path, query, target, headers }))
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// `%3A` and its like.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| match part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok()) {
        Some(byte) => format!("{whole}{}{}", char::from(byte), &part[2..]),
        None => format!("{whole}%{part}"),
    })
}

impl Answer {
    pub(super) fn json(value: &serde_json::Value) -> Self {
        Self::plain(200, "application/json", value.to_string().into_bytes())
    }

    pub(super) fn plain(status: u16, kind: &str, body: Vec<u8>) -> Self {
        Self { status, headers: vec![("content-type".to_owned(), kind.to_owned())], body }
    }

    /// As it goes over the wire; its length is told wrong by so much.
    fn bytes(&self, wrong: i64) -> Vec<u8> {
        let length = self.body.len().saturating_add_signed(isize::try_from(wrong).unwrap());
        let mut head = format!("HTTP/1.1 {} x\r\ncontent-length: {length}\r\n", self.status);
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }
}

/// A connection that breaks after so many bytes, if it does.
pub(super) struct Wire {
    tcp: TcpStream,
    left: Option<usize>,
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let most = self.left.unwrap_or(usize::MAX).min(bytes.len());
        if most == 0 && !bytes.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let written = Pin::new(&mut self.tcp).poll_write(cx, &bytes[..most]);
        if let (Poll::Ready(Ok(written)), Some(left)) = (&written, &mut self.left) {
            *left -= written;
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
