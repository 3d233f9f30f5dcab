//! A websocket: opened like any question, read frame by frame.

use super::address::{Guard, host_of};
use super::{AskError, Request, limits};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use reqwest::StatusCode;
use secrecy::ExposeSecret;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request as Handshake;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// A frame larger than this ends the connection.
const MAX_FRAME: usize = 8 << 20;

/// A connection that is not open by then is given up.
const OPENING: Duration = Duration::from_secs(20);

/// An open socket. Pings are answered while it is read.
pub(crate) struct Socket {
    host: String,
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A text.
    Text(Utf8Bytes),
    /// Bytes.
    Binary(Bytes),
    /// A sign of life: a ping or pong.
    Alive,
    /// Nothing within the time given.
    Idle,
    /// The server ended it; its code (1006 when it just went away).
    Closed(u16),
}

impl Socket {
    /// The next frame, or `Idle` after this long. Nothing is lost when it is cancelled.
    pub(crate) async fn next(&mut self, patience: Duration) -> Result<Frame, AskError> {
        let Ok(got) = tokio::time::timeout(patience, self.stream.next()).await else { return Ok(Frame::Idle) };
        Ok(match got {
            None | Some(Err(Error::ConnectionClosed | Error::AlreadyClosed | Error::Protocol(_))) => {
                Frame::Closed(1006)
            }
            Some(Ok(Message::Text(text))) => Frame::Text(text),
            Some(Ok(Message::Binary(bytes))) => Frame::Binary(bytes),
            Some(Ok(Message::Close(frame))) => Frame::Closed(frame.map_or(1005, |frame| frame.code.into())),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Frame::Alive,
            Some(Err(Error::Io(source))) => return Err(self.unreachable(source)),
            Some(Err(_)) => return Err(self.garbled("a frame that is damaged or too long")),
        })
    }

    /// Sends a text.
    pub(crate) async fn send(&mut self, text: String) -> Result<(), AskError> {
        self.stream
            .send(Message::Text(text.into()))
            .await
            .map_err(|error| self.unreachable(std::io::Error::other(error)))
    }

    /// The host, for messages.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    fn unreachable(&self, source: std::io::Error) -> AskError {
        AskError::Unreachable { host: self.host.clone(), source: Box::new(source) }
    }

    fn garbled(&self, what: &str) -> AskError {
        AskError::Garbled { host: self.host.clone(), what: what.to_owned() }
    }
}

/// Opens a socket at an address that the guard lets through.
pub(super) async fn open(
    request: &Request,
    protocol: Option<&str>,
    agent: &str,
    guard: &Guard,
) -> Result<Socket, AskError> {
    let host = host_of(&request.url);
    let late = || AskError::Unreachable { host: host.clone(), source: "the connection was not open in time".into() };
    let opened = tokio::time::timeout(OPENING, connect(request, protocol, agent, guard)).await.map_err(|_| late())?;
    Ok(Socket { stream: opened?, host })
}

async fn connect(
    request: &Request,
    protocol: Option<&str>,
    agent: &str,
    guard: &Guard,
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, AskError> {
    let host = host_of(&request.url);
    let unreachable =
        |source: Box<dyn std::error::Error + Send + Sync>| AskError::Unreachable { host: host.clone(), source };
    let name = request.url.host_str().unwrap_or_default();
    let port = request.url.port_or_known_default().unwrap_or(443);
    let addresses = guard.look_up(name, port).await?;
    let tcp = TcpStream::connect(addresses.as_slice()).await.map_err(|error| unreachable(error.into()))?;
    let handshake = handshake(request, protocol, agent).map_err(|error| unreachable(error.into()))?;
    let config = WebSocketConfig::default().max_message_size(Some(MAX_FRAME)).max_frame_size(Some(MAX_FRAME));
    match tokio_tungstenite::client_async_tls_with_config(handshake, tcp, Some(config), None).await {
        Ok((stream, _)) => Ok(stream),
        Err(Error::Http(response)) => Err(refused(request, &host, &response)),
        Err(error) => Err(unreachable(error.into())),
    }
}

fn handshake(request: &Request, protocol: Option<&str>, agent: &str) -> Result<Handshake, Error> {
    let mut handshake = request.url.as_str().into_client_request()?;
    let headers = handshake.headers_mut();
    headers.insert("user-agent", agent.parse()?);
    for (name, value) in &request.headers {
        headers.insert(*name, value.parse()?);
    }
    if let Some(token) = &request.bearer {
        let mut value: reqwest::header::HeaderValue = format!("Bearer {}", token.expose_secret()).parse()?;
        value.set_sensitive(true);
        headers.insert("authorization", value);
    }
    if let Some((name, key)) = &request.key {
        headers.insert(*name, super::hosts::sensitive(key));
    }
    if let Some(protocol) = protocol {
        headers.insert("sec-websocket-protocol", protocol.parse()?);
    }
    Ok(handshake)
}

/// A handshake that was answered with something else than a socket.
fn refused(request: &Request, host: &str, response: &http_response::Response) -> AskError {
    let status = response.status();
    let wait = limits::wait(status, response.headers(), 0);
    if status == StatusCode::TOO_MANY_REQUESTS || (status == StatusCode::SERVICE_UNAVAILABLE && wait.is_some()) {
        return AskError::RateLimited { host: host.to_owned(), wait: wait.unwrap_or_default() };
    }
    if status.is_server_error() {
        return AskError::Server { host: host.to_owned(), status: status.as_u16() };
    }
    let answer = super::Answer {
        status,
        headers: response.headers().clone(),
        body: Bytes::copy_from_slice(response.body().as_deref().unwrap_or_default()),
        url: request.url.clone(),
        moved: None,
    };
    answer.ok().err().unwrap_or_else(|| AskError::Garbled { host: host.to_owned(), what: "no socket".to_owned() })
}

/// The answer to a handshake, as the websocket library gives it.
mod http_response {
    pub(super) type Response = tokio_tungstenite::tungstenite::handshake::client::Response;
}
