//! Both wires, packed and not: what is kept, where a page ends, and what a broken connection costs.

use super::replay::{Does, Ev, Replay, What, frame, frames, from, log, record, text};
use super::{NOW_MS, NOW_US, SECOND, Stored, at, client, collector, said};
use crate::collector::{Ask, Collector, Mode, Next};
use crate::net::AskError;
use crate::sources::bluesky::config::Wire;
use crate::sources::bluesky::unpack;
use polso_domain::PostKind;

fn ev(n: u64, what: What) -> Ev {
    let at_us = NOW_US - 10 * SECOND + n.cast_signed() * SECOND / 10;
    Ev { at_us, seq: 1000 + n, did: "did:plc:seedanna1".to_owned(), what }
}

fn commit(n: u64, operation: &'static str, rkey: &str, tag: Option<&str>) -> Ev {
    let record = tag.map(|tag| record("voce", tag, NOW_US - 20 * SECOND));
    ev(n, What::Commit(operation, rkey.to_owned(), record))
}

/// Everything that a stream can say, and the last event at the present.
fn everything() -> Vec<Ev> {
    vec![
        commit(0, "create", "a", Some("Salute")),
        commit(1, "create", "b", Some("altro")),
        commit(2, "update", "a", Some("SALUTE")),
        commit(3, "update", "a", Some("altro")),
        commit(4, "delete", "b", None),
        ev(5, What::Account(true, None)),
        ev(6, What::Account(false, Some("deactivated"))),
        ev(7, What::Account(false, Some("throttled"))),
        ev(8, What::Identity),
        ev(9, What::Sync),
        commit(10, "create", "c", None),
        ev(100, What::Identity),
    ]
}

const SAID: [&str; 6] =
    ["post a", "post a", "delete a", "delete b", "gone did:plc:seedanna1", "aside missing_field `record` is missing"];

#[tokio::test]
async fn the_older_wire_is_heard_packed_and_plain() {
    for packed in [false, true] {
        let server = Replay::of(Wire::Legacy, packed, everything()).await;
        let mut bluesky = collector(Wire::Legacy, packed, &[&server.url]);
        let mut stored = Stored::default();
        let client = client();
        stored.catch_up(&mut bluesky, &client, 0).await;
        assert_eq!(stored.said(), SAID);
        let post = stored.posts()[0];
        assert_eq!(post.id, "at://did:plc:seedanna1/app.bsky.feed.post/a");
        assert_eq!((post.author.handle.as_str(), post.kind), ("did:plc:seedanna1", PostKind::Original));
        assert_eq!((post.posted, post.doubtful_date), (at(NOW_MS - 20_000), false));
        assert_eq!(post.hashtags, ["Salute"]);
        let target = &server.targets()[0];
        assert!(target.starts_with("/subscribe?wantedCollections=app.bsky.feed.post&cursor="), "{target}");
        assert_eq!(target.ends_with("&compress=true"), packed);
    }
}

#[tokio::test]
async fn the_newer_wire_is_heard_packed_and_plain() {
    for packed in [false, true] {
        let all = everything();
        let server = Replay::start(move |asked| {
            if asked.path().ends_with("getZstdDictionary") {
                return Does::Answers(200, unpack::LEGACY.to_vec());
            }
            assert_eq!(asked.query("collections").as_deref(), Some("app.bsky.feed.post"));
            assert_eq!(asked.query("zstdDictionary").is_some(), packed);
            Does::Stays(frames(Wire::Events, packed, from(&all, asked.cursor())))
        })
        .await;
        let mut bluesky = collector(Wire::Events, packed, &[&server.url]);
        let mut stored = Stored::default();
        stored.catch_up(&mut bluesky, &client(), 0).await;
        assert_eq!(stored.said(), SAID);
        assert!(stored.cursor.unwrap().contains("\"seq\":1100"));
    }
}

#[tokio::test]
async fn a_dictionary_that_was_retired_is_fetched_anew() {
    let mut current = false;
    let server = Replay::start(move |asked| match (asked.path(), asked.nth) {
        ("/xrpc/network.bsky.jetstream.getZstdDictionary", _) => Does::Answers(200, unpack::LEGACY.to_vec()),
        // The first connection is good and breaks; then the dictionary is refused, once.
        (_, 1) => Does::Breaks(frames(Wire::Events, true, &log(5, 1, NOW_US - 3 * SECOND))),
        _ if !std::mem::replace(&mut current, true) => {
            Does::Answers(400, br#"{"error":"UnknownZstdDictionary","message":"x"}"#.to_vec())
        }
        _ => Does::Stays(frames(Wire::Events, true, &log(5, 1, NOW_US))),
    })
    .await;
    let mut bluesky = collector(Wire::Events, true, &[&server.url]);
    let mut stored = Stored::at(NOW_US - 4 * SECOND);
    stored.catch_up(&mut bluesky, &client(), 0).await;
    assert!(stored.errors.is_empty(), "{:?}", stored.errors);
    let fetched = server.targets().iter().filter(|target| target.contains("getZstdDictionary")).count();
    assert_eq!(fetched, 2);
}

#[tokio::test]
async fn pages_cover_without_a_break_and_end_at_the_present() {
    let server = Replay::of(Wire::Legacy, true, log(3000, 10, NOW_US + SECOND)).await;
    let mut bluesky = collector(Wire::Legacy, true, &[&server.url]);
    let mut stored = Stored::at(NOW_US - 290 * SECOND);
    stored.catch_up(&mut bluesky, &client(), 0).await;
    assert!(stored.lost.is_empty());
    assert!(stored.covered.windows(2).all(|pair| pair[0].to == pair[1].from));
    assert_eq!(stored.covered[0].from, at(NOW_MS - 290_000));
    assert_eq!(stored.covered.last().unwrap().to, at(NOW_MS), "never beyond the present");
    assert!(stored.posts().len() > 290);
}

#[tokio::test]
async fn following_keeps_the_socket_and_says_that_it_is_near() {
    let server = Replay::of(Wire::Legacy, true, log(50, 5, NOW_US)).await;
    let mut bluesky = collector(Wire::Legacy, true, &[&server.url]);
    let mut stored = Stored::at(NOW_US - 5 * SECOND);
    let client = client();
    for _ in 0..4 {
        stored.page(&mut bluesky, &client, Mode::Follow).await;
    }
    assert_eq!(stored.next, Next::CaughtUp(std::time::Duration::ZERO));
    assert_eq!((server.targets().len(), stored.posts().len()), (1, 10));
}

#[tokio::test]
async fn a_silent_socket_is_a_failure() {
    let server = Replay::of(Wire::Legacy, true, Vec::new()).await;
    let mut bluesky = collector(Wire::Legacy, true, &[&server.url]);
    let mut stored = Stored::default();
    stored.catch_up(&mut bluesky, &client(), 0).await;
    let error = &stored.errors[0];
    assert!(matches!(error, AskError::Unreachable { .. }) && error.may_pass());
    assert!(std::error::Error::source(error).unwrap().to_string().contains("never silent"));
}

#[tokio::test]
async fn the_next_server_is_tried_when_one_fails() {
    let closed = Replay::start(|_| Does::Answers(503, b"service not ready".to_vec())).await;
    let open = Replay::of(Wire::Legacy, true, log(100, 10, NOW_US)).await;
    let mut bluesky = collector(Wire::Legacy, true, &[&closed.url, &open.url]);
    let mut stored = Stored::default();
    stored.catch_up(&mut bluesky, &client(), 0).await;
    assert!(stored.errors.is_empty() && stored.posts().len() == 10);
    let mut alone = collector(Wire::Legacy, true, &[&closed.url]);
    let mut stored = Stored::default();
    stored.catch_up(&mut alone, &client(), 0).await;
    assert!(matches!(stored.errors[0], AskError::Server { status: 503, .. }));
}

#[tokio::test]
async fn the_last_word_of_a_server_is_passed_on() {
    let error = || frame(false, r#"{"$type":"error","error":"ConsumerTooSlow","message":"x"}"#);
    let server = Replay::start(move |_| Does::Stays(vec![error()])).await;
    let mut bluesky = collector(Wire::Events, false, &[&server.url]);
    let mut stored = Stored::default();
    stored.catch_up(&mut bluesky, &client(), 0).await;
    let source = std::error::Error::source(&stored.errors[0]).unwrap().to_string();
    assert_eq!(source, "the server ended the stream: ConsumerTooSlow");
}

#[tokio::test]
async fn what_came_before_the_end_is_kept() {
    let all = log(100, 10, NOW_US);
    let server = Replay::start(move |asked| {
        let mut frames = frames(Wire::Events, false, from(&all, asked.cursor()));
        if asked.nth == 0 {
            frames.truncate(55);
            frames.push(frame(false, r#"{"$type":"error","error":"ConsumerTooSlow"}"#));
        }
        Does::Stays(frames)
    })
    .await;
    let mut bluesky = collector(Wire::Events, false, &[&server.url]);
    let mut stored = Stored::default();
    stored.catch_up(&mut bluesky, &client(), 0).await;
    assert_eq!(stored.posts().len(), 10, "{:?}", stored.said());
    let second = &server.targets()[1];
    assert!(second.contains("cursor=1054"), "exactly where it stopped: {second}");
}

#[tokio::test]
async fn nonsense_is_set_aside_and_too_much_of_it_is_a_failure() {
    let with_nonsense = |n: usize| {
        let mut all: Vec<String> = log(20, 1, NOW_US).iter().map(|ev| text(Wire::Legacy, ev)).collect();
        (0..n).for_each(|_| all.insert(7, "<html>".to_owned()));
        all.into_iter().map(|text| frame(false, &text)).collect::<Vec<_>>()
    };
    let few = Replay::start(move |_| Does::Stays(with_nonsense(2))).await;
    let mut stored = Stored::default();
    stored.catch_up(&mut collector(Wire::Legacy, false, &[&few.url]), &client(), 0).await;
    let aside = stored.said().iter().filter(|said| said.starts_with("aside malformed")).count();
    assert_eq!((aside, stored.posts().len()), (2, 20));
    let packed_wrongly = Replay::start(move |_| Does::Stays(vec![frame(true, "<html>"); 50])).await;
    let mut stored = Stored::default();
    stored.catch_up(&mut collector(Wire::Legacy, true, &[&packed_wrongly.url]), &client(), 0).await;
    assert!(matches!(stored.errors[0], AskError::Garbled { .. }) && stored.rows.is_empty());
}

#[tokio::test]
async fn a_record_that_cannot_be_used_is_set_aside_without_names() {
    let record = r#"{"text":7,"tags":["salute"],"createdAt":"x","facets":[{"features":
        [{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:seedbruno"}]}]}"#;
    let odd = ev(1, What::Commit("create", "a".to_owned(), Some(record.replace('\n', ""))));
    let server = Replay::of(Wire::Legacy, false, vec![odd, ev(100, What::Identity)]).await;
    let mut stored = Stored::default();
    stored.catch_up(&mut collector(Wire::Legacy, false, &[&server.url]), &client(), 0).await;
    let crate::files::Row::SetAside(rejected) = &stored.rows[0] else { panic!("{}", said(&stored.rows[0])) };
    assert_eq!(rejected.detail, "`text` is missing or no text");
    assert!(!rejected.raw.as_ref().unwrap().contains("seed"), "{rejected:?}");
}

#[tokio::test]
async fn a_page_that_was_not_stored_is_read_again() {
    let server = Replay::of(Wire::Legacy, true, log(100, 10, NOW_US)).await;
    let mut bluesky = collector(Wire::Legacy, true, &[&server.url]);
    let client = client();
    let ask = Ask { cursor: None, since: at(NOW_MS - 30_000), now: at(NOW_MS), mode: Mode::Follow };
    let first = bluesky.page(&client, &ask).await.ok().unwrap();
    let again = bluesky.page(&client, &ask).await.ok().unwrap();
    assert_eq!((first.rows.len(), again.rows.len()), (10, 10));
    assert_ne!(first.cursor, None);
}

#[tokio::test]
async fn a_knock_says_who_speaks_and_how_late() {
    let server = Replay::start(|asked| {
        assert_eq!(asked.cursor(), None);
        Does::Stays(frames(Wire::Legacy, true, &log(1, 1, NOW_US - 2 * SECOND)))
    })
    .await;
    let mut bluesky = collector(Wire::Legacy, true, &[&server.url]);
    let line = bluesky.knock(&client(), at(NOW_MS)).await.unwrap();
    assert!(line.starts_with("open: `127.0.0.1:") && line.ends_with("speaks, 2 s behind the present"), "{line}");
}
