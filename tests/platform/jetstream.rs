//! A Jetstream: replays the world from a cursor, then goes on with life. The older of its two wires, packed if asked to be.

use super::faults::OnFrame;
use super::server::{House, Question, Wire};
use super::world::{Event, Post, What, did, handle, stamp};
use futures_util::SinkExt;
use serde_json::{Value, json};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;
use zstd::bulk::Compressor;

/// What both sides of the wire know.
const DICTIONARY: &[u8] = include_bytes!("../../crates/collect/src/sources/bluesky/legacy_subscribe.zdict");

/// From one sign of life to the next.
const LIFE: Duration = Duration::from_millis(40);

/// Answers an upgrade and speaks until one side has enough.
pub(super) async fn speak(mut wire: Wire, question: &Question, house: &Arc<House>) -> io::Result<()> {
    let key = derive_accept_key(question.header("sec-websocket-key").unwrap_or_default().as_bytes());
    let head = format!(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: {key}\r\n\r\n"
    );
    wire.write_all(head.as_bytes()).await?;
    let socket = WebSocketStream::from_raw_socket(wire, Role::Server, None).await;
    let packer =
        (question.value("compress") == Some("true")).then(|| Compressor::with_dictionary(1, DICTIONARY)).transpose()?;
    let cursor = question.value("cursor").and_then(|cursor| cursor.parse::<i64>().ok());
    let mut speech = Speech { socket, packer, house: Arc::clone(house), held: None };
    speech.replay(cursor).await.map_err(io::Error::other)
}

/// An open socket.
struct Speech {
    socket: WebSocketStream<Wire>,
    packer: Option<Compressor<'static>>,
    house: Arc<House>,
    /// A frame that comes after the next one.
    held: Option<Message>,
}

type Said = Result<(), tokio_tungstenite::tungstenite::Error>;

impl Speech {
    async fn replay(&mut self, cursor: Option<i64>) -> Said {
        let world = Arc::clone(&self.house.world);
        let mut from_ms = cursor.map_or_else(|| world.now_ms(), |cursor| cursor.div_euclid(1000));
        loop {
            let held_from = world.held_from_ms.load(std::sync::atomic::Ordering::Relaxed);
            let events = world.since(from_ms.max(held_from));
            from_ms = world.now_ms() + 1;
            for event in &events {
                self.say(&frame(event)).await?;
            }
            self.say(&life(from_ms - 1)).await?;
            self.release().await?;
            self.socket.flush().await?;
            tokio::time::sleep(LIFE).await;
        }
    }

    async fn say(&mut self, text: &str) -> Said {
        let frame = self.pack(text);
        let fault = self.house.faults.frame();
        match fault {
            OnFrame::Late(wait) => {
                self.socket.flush().await?;
                tokio::time::sleep(wait).await;
            }
            OnFrame::Twice => self.socket.feed(frame.clone()).await?,
            OnFrame::Nonsense(nonsense) => self.socket.feed(nonsense).await?,
            // Only a neighbour's distance: servers are not that confused.
            OnFrame::Held if self.held.is_none() => {
                self.held = Some(frame);
                return Ok(());
            }
            OnFrame::Honest | OnFrame::Held => {}
        }
        self.socket.feed(frame).await?;
        self.release().await
    }

    async fn release(&mut self) -> Said {
        match self.held.take() {
            Some(held) => self.socket.feed(held).await,
            None => Ok(()),
        }
    }

    fn pack(&mut self, text: &str) -> Message {
        match &mut self.packer {
            Some(packer) => Message::Binary(packer.compress(text.as_bytes()).unwrap().into()),
            None => Message::Text(text.to_owned().into()),
        }
    }
}

/// An event in the wire's words.
pub(super) fn frame(event: &Event) -> String {
    let Event { at_ms, person, post: number, what } = event;
    let (did, at_us) = (did(*person), at_ms * 1000);
    if *what == What::Leaves {
        return json!({"did": did, "time_us": at_us, "kind": "account", "account": {
            "active": false, "status": "deleted", "did": did, "seq": 1, "time": stamp(*at_ms)}})
        .to_string();
    }
    let operation = match what {
        What::Says(_) => "create",
        What::Edits(_) => "update",
        What::Deletes | What::Leaves => "delete",
    };
    let mut commit = json!({"rev": format!("rev{at_ms}"), "operation": operation, "collection": "app.bsky.feed.post",
        "rkey": format!("seed{number}")});
    if let What::Says(tag) | What::Edits(tag) = *what {
        let edited = matches!(what, What::Edits(_));
        commit["record"] = record(&Post { at_ms: *at_ms, person: *person, number: *number, tag, edited });
        commit["cid"] = "bafyseed".into();
    }
    json!({"did": did, "time_us": at_us, "kind": "commit", "commit": commit}).to_string()
}

fn record(post: &Post) -> Value {
    let called = handle(post.called());
    let words = format!("{} @{called}.seed.example", post.words());
    let text = format!("{words} #{}", post.tag);
    let mention = text.find('@').unwrap();
    json!({"$type": "app.bsky.feed.post", "createdAt": stamp(post.at_ms), "langs": ["it"], "text": text, "facets": [
        {"index": {"byteStart": mention, "byteEnd": words.len()},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": did(post.called())}]},
        {"index": {"byteStart": words.len() + 1, "byteEnd": text.len()},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": post.tag}]}]})
}

/// Somebody says something else: the network is never silent.
fn life(at_ms: i64) -> String {
    let (nobody, micros) = (did(9_999), at_ms * 1000);
    json!({"did": nobody, "time_us": micros, "kind": "commit", "commit": {"rev": format!("life{micros}"), "operation": "create",
        "collection": "app.bsky.feed.post", "rkey": format!("life{micros}"), "cid": "bafyseed",
        "record": {"$type": "app.bsky.feed.post", "createdAt": stamp(at_ms), "text": "buongiorno"}}})
    .to_string()
}
