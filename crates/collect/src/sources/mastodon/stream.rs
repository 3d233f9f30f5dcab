//! The stream of an instance: one websocket for all hashtags, or one event stream each.
//!
//! It knows nothing of posts and cannot resume: whoever opens it reads the timelines once more. A stream in which nothing
//! moves, not even the instance's own signs of life, is a dead one.

use super::Streaming;
use super::about::{About, Access};
use super::ask::Instance;
use super::sse::{Event, Parser};
use super::wire;
use crate::net::{AskError, Body, Client, Frame, Piece, Request, Socket};
use futures_util::future::select_all;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// Instances give a sign of life every half minute or more often.
pub(super) const SILENCE: Duration = Duration::from_secs(90);

/// An open stream.
pub(super) struct Stream {
    wire: Wire,
    host: String,
    heard: VecDeque<Event>,
    longest_silence: Duration,
}

enum Wire {
    Socket(Box<Socket>, Silence),
    Feeds(Vec<Feed>),
}

struct Feed {
    body: Body,
    parser: Parser,
    silence: Silence,
}

/// For how long something was waited for in vain. Time in which nobody looked does not count.
#[derive(Default)]
struct Silence(Duration);

impl Stream {
    /// Opens it for these hashtags.
    pub(super) async fn open(
        client: &Client,
        (instance, about): (&Instance, &About),
        (kind, longest_silence): (Streaming, Duration),
        tags: &[String],
    ) -> Result<Self, AskError> {
        let schemes = if kind == Streaming::Sse { ["http", "https"] } else { ["ws", "wss"] };
        let weak = || AskError::Settings {
            what: format!("the stream of `{}` is not encrypted", instance.host()),
            hint: "set `streaming = \"off\"` for this instance".to_owned(),
        };
        let url = instance.streaming(about.streaming.as_ref(), schemes).ok_or_else(weak)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let local = about.access(true) == Access::Local;
        let wire = if kind == Streaming::Sse {
            feeds(client, (instance, url), local, tags).await?
        } else {
            socket(client, (instance, url), local, tags).await?
        };
        Ok(Self { wire, host, heard: VecDeque::new(), longest_silence })
    }

    /// The next event; `None` when none came within `patience`. Nothing is lost when it is cancelled.
    pub(super) async fn next(&mut self, patience: Duration) -> Result<Option<Event>, AskError> {
        if let Some(event) = self.heard.pop_front() {
            return Ok(Some(event));
        }
        let silence = match &mut self.wire {
            Wire::Socket(socket, silence) => {
                let begun = Instant::now();
                let moved = next_frame(socket, patience, &mut self.heard).await?;
                silence.0 = if moved { Duration::ZERO } else { silence.0 + begun.elapsed() };
                silence.0
            }
            Wire::Feeds(feeds) => next_piece(feeds, (&self.host, patience), &mut self.heard).await?,
        };
        if silence >= self.longest_silence {
            let seconds = self.longest_silence.as_secs();
            return Err(broken(&self.host, format!("no sign of life on the stream for {seconds} s")));
        }
        Ok(self.heard.pop_front())
    }
}

async fn socket(
    client: &Client,
    (instance, url): (&Instance, Url),
    local: bool,
    tags: &[String],
) -> Result<Wire, AskError> {
    let mut socket = client.socket(&Request::get(url).bearer(instance.token()), None).await?;
    let stream = if local { "hashtag:local" } else { "hashtag" };
    for tag in tags {
        socket.send(serde_json::json!({"type": "subscribe", "stream": stream, "tag": tag}).to_string()).await?;
    }
    Ok(Wire::Socket(Box::new(socket), Silence::default()))
}

async fn feeds(
    client: &Client,
    (instance, url): (&Instance, Url),
    local: bool,
    tags: &[String],
) -> Result<Wire, AskError> {
    let path: &[&str] = if local { &["hashtag", "local"] } else { &["hashtag"] };
    let mut feeds = Vec::with_capacity(tags.len());
    for tag in tags {
        let mut url = url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.extend(path);
        }
        url.query_pairs_mut().append_pair("tag", tag);
        let request = Request::get(url).bearer(instance.token()).header("accept", "text/event-stream");
        feeds.push(Feed {
            body: client.open_body(&request).await?,
            parser: Parser::default(),
            silence: Silence::default(),
        });
    }
    Ok(Wire::Feeds(feeds))
}

/// Whether anything came.
async fn next_frame(socket: &mut Socket, patience: Duration, heard: &mut VecDeque<Event>) -> Result<bool, AskError> {
    match socket.next(patience).await? {
        Frame::Idle => Ok(false),
        Frame::Alive | Frame::Binary(_) => Ok(true),
        Frame::Closed(code) => Err(broken(socket.host(), format!("the instance ended the stream (code {code})"))),
        Frame::Text(text) => {
            let host = socket.host().to_owned();
            let frame: wire::Frame = serde_json::from_str(&text).map_err(|_| AskError::Garbled {
                host: host.clone(),
                what: "a frame of the stream that is of another shape".to_owned(),
            })?;
            if frame.error.is_some() {
                let what = "it does not take the subscription to a hashtag".to_owned();
                return Err(AskError::Refused { host, status: 0, code: String::new(), what });
            }
            if let (Some(kind), Some(data)) = (frame.event, frame.payload) {
                heard.push_back(Event { kind, data });
            }
            Ok(true)
        }
    }
}

/// For how long the most silent of them said nothing.
async fn next_piece(
    feeds: &mut [Feed],
    (host, patience): (&str, Duration),
    heard: &mut VecDeque<Event>,
) -> Result<Duration, AskError> {
    /// Longer than anybody waits: it is the outer wait that ends.
    const LONG: Duration = Duration::from_hours(1);
    let begun = Instant::now();
    let all = select_all(feeds.iter_mut().map(|feed| Box::pin(feed.body.next(LONG))));
    let came = tokio::time::timeout(patience, all).await.ok().map(|(piece, which, _)| (piece, which));
    for feed in feeds.iter_mut() {
        feed.silence.0 += begun.elapsed();
    }
    let silence = |feeds: &[Feed]| feeds.iter().map(|feed| feed.silence.0).max().unwrap_or_default();
    let Some((piece, which)) = came else { return Ok(silence(feeds)) };
    match piece? {
        Piece::Idle => Ok(silence(feeds)),
        Piece::End => Err(broken(host, "the instance ended the stream")),
        Piece::Bytes(bytes) => {
            let Feed { parser, silence: own, .. } = &mut feeds[which];
            *own = Silence::default();
            let endless = |_| AskError::Garbled { host: host.to_owned(), what: "an event without end".to_owned() };
            parser.push(&bytes).map_err(endless)?;
            heard.extend(std::iter::from_fn(|| parser.next()));
            Ok(silence(feeds))
        }
    }
}

fn broken(host: &str, what: impl Into<String>) -> AskError {
    AskError::Unreachable { host: host.to_owned(), source: what.into().into() }
}
