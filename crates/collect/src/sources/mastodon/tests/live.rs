//! The stream beside the rounds, over a real websocket and over real server-sent events.

use super::*;
use futures_util::{SinkExt, StreamExt};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};

/// What a test tells the stream to send; dropping the sender ends the connection.
type Say = mpsc::UnboundedSender<String>;

/// What a stream was told.
#[derive(Default)]
struct Told {
    authorization: Option<String>,
    /// Paths, and what was subscribed to.
    wanted: Vec<String>,
}

/// A stream on a port of its own, as many instances have it. Gives a sender for each connection.
struct Station {
    url: String,
    told: Arc<Mutex<Told>>,
    connections: mpsc::UnboundedReceiver<Say>,
}

impl Station {
    async fn next(&mut self) -> Say {
        tokio::time::timeout(Duration::from_secs(5), self.connections.recv()).await.unwrap().unwrap()
    }
}

#[expect(clippy::result_large_err, reason = "the websocket library's own type")]
async fn websocket() -> Station {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let told = Arc::new(Mutex::new(Told::default()));
    let (opened, connections) = mpsc::unbounded_channel();
    let log = Arc::clone(&told);
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let hear = |request: &Request, response: Response| {
                let authorization =
                    request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
                let mut told = log.lock().unwrap();
                told.authorization = authorization;
                told.wanted.push(request.uri().path().to_owned());
                Ok(response)
            };
            let mut socket = tokio_tungstenite::accept_hdr_async(tcp, hear).await.unwrap();
            let subscribed = socket.next().await.unwrap().unwrap().into_text().unwrap().to_string();
            log.lock().unwrap().wanted.push(subscribed);
            let (say, mut said) = mpsc::unbounded_channel::<String>();
            opened.send(say).ok();
            tokio::spawn(async move {
                while let Some(text) = said.recv().await {
                    socket.send(Message::Text(text.into())).await.ok();
                }
                socket.close(None).await.ok();
            });
        }
    });
    Station { url, told, connections }
}

async fn event_stream() -> Station {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let told = Arc::new(Mutex::new(Told::default()));
    let (opened, connections) = mpsc::unbounded_channel();
    let log = Arc::clone(&told);
    tokio::spawn(async move {
        while let Ok((mut tcp, _)) = listener.accept().await {
            let mut head = vec![0; 4096];
            let length = tcp.read(&mut head).await.unwrap();
            let head = String::from_utf8_lossy(&head[..length]).into_owned();
            log.lock().unwrap().wanted.push(head.split(' ').nth(1).unwrap().to_owned());
            if head.to_lowercase().contains("upgrade: websocket") {
                let refusal = b"HTTP/1.1 400 x\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno";
                tcp.write_all(refusal).await.unwrap();
                continue;
            }
            tcp.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n:)\n").await.unwrap();
            let (say, mut said) = mpsc::unbounded_channel::<String>();
            opened.send(say).ok();
            tokio::spawn(async move {
                while let Some(text) = said.recv().await {
                    tcp.write_all(text.as_bytes()).await.ok();
                }
            });
        }
    });
    Station { url, told, connections }
}

fn frame(event: &str, payload: &str) -> String {
    json!({"stream": ["hashtag", "casa"], "event": event, "payload": payload}).to_string()
}

async fn scene(station: &Station) -> Scene {
    let feeds = json!({"local": "public", "remote": "public"});
    Scene::new(World { about: about(&feeds, Some(&station.url)), ..World::new() }).await
}

fn with_token(scene: &Scene, changes: Value) -> Mastodon {
    let mut config = json!({"token_file": "token"});
    merge(&mut config, changes);
    scene.collector(config)
}

/// Pages until something comes, or a failure.
async fn until_something(scene: &mut Scene, collector: &mut Mastodon) -> Result<Vec<Row>, AskError> {
    for _ in 0..20 {
        let page = scene.page(collector, Mode::Follow).await?;
        if !page.rows.is_empty() {
            return Ok(page.rows);
        }
    }
    panic!("nothing came");
}

/// Pages until the round is over.
async fn settle(scene: &mut Scene, collector: &mut Mastodon) -> Vec<Row> {
    let mut rows = Vec::new();
    loop {
        let page = scene.page(collector, Mode::Follow).await.unwrap();
        rows.extend(page.rows);
        if page.next != Next::More {
            return rows;
        }
    }
}

#[tokio::test]
async fn posts_edits_and_deletions_come_over_the_socket_and_move_no_cursor() {
    let mut station = websocket().await;
    let mut scene = scene(&station).await;
    let before = scene.world().put(NOW_MS - HOUR_MS, "seed_anna_1", json!({}));
    let mut collector = with_token(&scene, json!({}));
    let first = settle(&mut scene, &mut collector).await;
    assert_eq!(posts(&first)[0].ask_again, Some(before.to_string()), "a round follows the opening");
    let say = station.next().await;
    {
        let told = station.told.lock().unwrap();
        assert_eq!(told.authorization.as_deref(), Some("Bearer seed-token"));
        assert_eq!(told.wanted[0], "/api/v1/streaming");
        assert_eq!(
            serde_json::from_str::<Value>(&told.wanted[1]).unwrap(),
            json!({"type": "subscribe", "stream": "hashtag", "tag": "casa"})
        );
    }

    let id = (u64::try_from(NOW_MS).unwrap() << 16) | 5;
    let mut live = status(id, NOW_MS, "seed_bruno_1");
    say.send(frame("update", &live.to_string())).unwrap();
    let rows = until_something(&mut scene, &mut collector).await.unwrap();
    assert_eq!(posts(&rows)[0].ask_again, Some(id.to_string()));
    live["edited_at"] = json!(time(NOW_MS));
    live["content"] = json!("<p>Corretto</p>");
    say.send(frame("filters_changed", "")).unwrap();
    say.send(frame("status.update", &live.to_string())).unwrap();
    let rows = until_something(&mut scene, &mut collector).await.unwrap();
    assert_eq!(posts(&rows)[0].text, "Corretto");
    let uri = posts(&rows)[0].id.clone();

    // The next round meets it once more, and says nothing: it knows it.
    scene.world().posts.insert(id, live);
    scene.pass(6 * MINUTE_MS);
    assert!(settle(&mut scene, &mut collector).await.is_empty());

    say.send(frame("delete", "12345")).unwrap();
    say.send(frame("delete", &id.to_string())).unwrap();
    let rows = until_something(&mut scene, &mut collector).await.unwrap();
    assert_eq!(deleted(&rows), [uri]);
}

#[tokio::test]
async fn a_stream_that_breaks_is_told_once_and_nothing_is_lost() {
    let mut station = websocket().await;
    let mut scene = scene(&station).await;
    let mut collector = with_token(&scene, json!({}));
    settle(&mut scene, &mut collector).await;
    let say = station.next().await;
    say.send(frame("update", &status(77, NOW_MS, "seed_bruno_1").to_string())).unwrap();
    drop(say);
    // What came before the end is handed on first.
    let rows = until_something(&mut scene, &mut collector).await.unwrap();
    assert_eq!(posts(&rows).len(), 1);
    let error = until_something(&mut scene, &mut collector).await.err().unwrap();
    assert!(matches!(error, AskError::Unreachable { .. }), "{error}");

    // While the stream rests, rounds go on; when it opens again, one follows at once.
    let rests_until = collector.live_rests_until;
    assert!(rests_until > scene.now());
    collector.live_rests_until = Timestamp::from_millis(i64::MAX);
    let missed = scene.world().put(NOW_MS + 1, "seed_anna_1", json!({}));
    scene.pass(6 * MINUTE_MS);
    let rows = settle(&mut scene, &mut collector).await;
    assert_eq!(posts(&rows)[0].ask_again, Some(missed.to_string()));
    collector.live_rests_until = rests_until;
    let missed = scene.world().put(NOW_MS + 2, "seed_anna_1", json!({}));
    let rows = settle(&mut scene, &mut collector).await;
    assert_eq!(posts(&rows)[0].ask_again, Some(missed.to_string()));
    station.next().await;
}

#[tokio::test]
async fn a_stream_in_which_nothing_moves_has_failed() {
    let mut station = websocket().await;
    let mut scene = scene(&station).await;
    let mut collector = with_token(&scene, json!({}));
    collector.longest_silence = Duration::from_millis(30);
    settle(&mut scene, &mut collector).await;
    let _say = station.next().await;
    let error = until_something(&mut scene, &mut collector).await.err().unwrap();
    assert!(format!("{error:?}").contains("no sign of life"), "{error}");
}

#[tokio::test]
async fn garbage_on_the_stream_ends_it_and_odd_posts_are_set_aside() {
    let mut station = websocket().await;
    let mut scene = scene(&station).await;
    let mut collector = with_token(&scene, json!({}));
    settle(&mut scene, &mut collector).await;
    let say = station.next().await;
    say.send(frame("update", "{\"id\":")).unwrap();
    let rows = until_something(&mut scene, &mut collector).await.unwrap();
    assert!(matches!(&rows[..], [Row::SetAside(rejected)] if rejected.raw.is_none()));
    say.send("<html>".to_owned()).unwrap();
    assert!(matches!(until_something(&mut scene, &mut collector).await, Err(AskError::Garbled { .. })));

    // A refused subscription is left alone, and the rounds go on.
    scene.pass(MINUTE_MS);
    settle(&mut scene, &mut collector).await;
    let say = station.next().await;
    say.send(json!({"error": "Unknown stream type", "status": 400}).to_string()).unwrap();
    let id = scene.world().put(NOW_MS + 1, "seed_anna_1", json!({}));
    scene.pass(6 * MINUTE_MS);
    let rows = until_something(&mut scene, &mut collector).await.unwrap();
    assert_eq!(posts(&rows)[0].ask_again, Some(id.to_string()));
    for _ in 0..3 {
        scene.page(&mut collector, Mode::Follow).await.unwrap();
    }
    assert!(collector.live.is_none() && scene.now() < collector.live_rests_until);
}

#[tokio::test]
async fn where_there_is_no_socket_event_streams_serve() {
    let mut station = event_stream().await;
    let mut scene = scene(&station).await;
    let mut collector = with_token(&scene, json!({}));
    let rounds = async {
        settle(&mut scene, &mut collector).await;
        settle(&mut scene, &mut collector).await;
    };
    rounds.await;
    let say = station.next().await;
    let status = status(77, NOW_MS, "seed_bruno_1").to_string();
    say.send(format!(":thump\n\nevent: update\ndata: {status}\n\n")).unwrap();
    let rows = until_something(&mut scene, &mut collector).await.unwrap();
    assert_eq!(posts(&rows)[0].ask_again.as_deref(), Some("77"));
    say.send("event: delete\ndata: 77\n\n".to_owned()).unwrap();
    let rows = until_something(&mut scene, &mut collector).await.unwrap();
    assert_eq!(deleted(&rows).len(), 1);
    let wanted = station.told.lock().unwrap().wanted.clone();
    assert_eq!(wanted, ["/api/v1/streaming", "/api/v1/streaming/hashtag?tag=casa"]);
    drop(say);
    assert!(until_something(&mut scene, &mut collector).await.is_err());
}

#[tokio::test]
async fn no_stream_is_opened_without_a_token_or_when_catching_up() {
    let station = websocket().await;
    let mut scene = scene(&station).await;
    let mut visitor = scene.collector(json!({}));
    settle(&mut scene, &mut visitor).await;
    let mut member = with_token(&scene, json!({}));
    scene.round(&mut member).await.unwrap();
    let mut off = with_token(&scene, json!({"streaming": "off"}));
    settle(&mut scene, &mut off).await;
    assert!(station.told.lock().unwrap().wanted.is_empty());
}
