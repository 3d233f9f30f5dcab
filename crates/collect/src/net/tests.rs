//! The client against a server on loopback.

use super::testing::{Reply, Server, client};
use super::{AskError, Request};
use polso_domain::Timestamp;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

fn now() -> Timestamp {
    Timestamp::from_millis(1_785_592_555_000)
}

#[tokio::test]
async fn every_question_says_who_asks() {
    let server = Server::start(|heard| Reply::json(format!("{:?}", heard.headers["user-agent"]))).await;
    let answer = client(now()).send(&Request::get(server.url)).await.unwrap();
    assert_eq!(answer.json::<String>().unwrap(), "polso/0.0.0 (+press@health.example)");
}

#[tokio::test]
async fn the_same_question_at_the_same_time_is_put_once() {
    let server = Server::start(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        Reply::json("1")
    })
    .await;
    let (client, request) = (client(now()), Request::get(server.url.clone()));
    let (a, b) = tokio::join!(client.send(&request), client.send(&request));
    assert!(a.is_ok() && b.is_ok());
    assert_eq!(server.asked.lock().unwrap().len(), 1);
    client.send(&request).await.unwrap();
    assert_eq!(server.asked.lock().unwrap().len(), 2, "an answer is not kept");
}

#[tokio::test]
async fn a_limit_silences_the_host_and_is_handed_on() {
    let server = Server::start(|_| Reply::new(429, "").header("retry-after", "600")).await;
    let client = client(now());
    let error = client.send(&Request::get(server.url.clone())).await.unwrap_err();
    assert!(matches!(error, AskError::RateLimited { wait, .. } if wait.as_secs() == 600));
    let again = client.send(&Request::get(server.url.join("other").unwrap())).await.unwrap_err();
    assert!(matches!(again, AskError::RateLimited { .. }));
    assert_eq!(server.asked.lock().unwrap().len(), 1, "nobody asks while the host wants silence");
    let count = client.tally().take();
    assert_eq!((count.asked, count.answered, count.failed), (1, 0, 1));
}

#[tokio::test]
async fn a_failing_server_is_asked_three_times() {
    let tries = AtomicU32::new(0);
    let server = Server::start(move |_| match tries.fetch_add(1, Ordering::Relaxed) {
        0 | 1 => Reply::new(502, ""),
        _ => Reply::json("[]"),
    })
    .await;
    let client = client(now());
    assert!(client.send(&Request::get(server.url)).await.is_ok());
    let count = client.tally().take();
    assert_eq!((count.asked, count.answered, count.failed), (3, 1, 2));
}

#[tokio::test]
async fn a_body_without_end_is_asked_for_unpacked() {
    let server = Server::start(|heard| Reply::json(heard.headers["accept-encoding"].clone())).await;
    let mut body = client(now()).open_body(&Request::get(server.url)).await.unwrap();
    let piece = body.next(std::time::Duration::from_secs(5)).await.unwrap();
    assert!(matches!(piece, super::Piece::Bytes(bytes) if bytes == "identity"));
}

#[tokio::test]
async fn a_key_is_sent_and_never_printed() {
    let server = Server::start(|heard| Reply::json(format!("{:?}", heard.headers["x-goog-api-key"]))).await;
    let request = Request::get(server.url).key("x-goog-api-key", &"seed-key".into());
    assert!(!format!("{request:?}").contains("seed-key"));
    assert_eq!(client(now()).send(&request).await.unwrap().json::<String>().unwrap(), "seed-key");
}

#[tokio::test]
async fn a_question_that_costs_is_put_once() {
    let server = Server::start(|_| Reply::new(502, "")).await;
    let client = client(now());
    assert!(client.send(&Request::get(server.url).once()).await.is_err());
    assert_eq!(client.tally().take().asked, 1);
}

#[tokio::test]
async fn redirects_stay_on_their_host() {
    let server = Server::start(|heard| match heard.path() {
        "/old" => Reply::new(301, "").header("location", "/new"),
        "/new" => Reply::json("7"),
        "/loop" => Reply::new(302, "").header("location", "/loop"),
        "/inside" => Reply::new(302, "").header("location", "http://169.254.169.254/latest"),
        _ => Reply::new(302, "").header("location", "https://elsewhere.example/feed?x=1"),
    })
    .await;
    let client = client(now());
    let get = |path: &str| Request::get(server.url.join(path).unwrap());
    let moved = client.send(&get("old")).await.unwrap();
    assert_eq!(moved.moved.unwrap().path(), "/new");
    for away in ["inside", "away"] {
        let error = client.send(&get(away)).await.unwrap_err();
        assert!(matches!(error, AskError::Redirected { .. }), "{error}");
    }
    let endless = client.send(&get("loop")).await.unwrap_err();
    assert!(endless.to_string().contains("without end"));
}

#[tokio::test]
async fn bodies_end_at_their_limit_packed_or_not() {
    let server = Server::start(|heard| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b'x'; 3 << 20]).unwrap();
        let packed = packed.finish().unwrap();
        match heard.path() {
            "/bomb" => Reply::new(200, packed).header("content-encoding", "gzip"),
            "/cut" => Reply::new(200, &packed[..packed.len() / 2]).header("content-encoding", "gzip"),
            "/long" => Reply::new(200, vec![b'x'; 3 << 20]),
            _ => Reply::new(200, "12345").header("content-length", "9"),
        }
    })
    .await;
    let client = client(now());
    let get = |path: &str| Request::get(server.url.join(path).unwrap());
    assert_eq!(client.send(&get("bomb")).await.unwrap().body.len(), 3 << 20);
    for (path, word) in [("bomb", "longer"), ("long", "longer")] {
        let error = client.send(&get(path).max_bytes(1 << 20)).await.unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
    assert!(client.send(&get("cut")).await.unwrap_err().to_string().contains("damaged"));
    let short = client.send(&get("short")).await.unwrap_err();
    assert!(matches!(short, AskError::Unreachable { .. }), "{short}");
}
