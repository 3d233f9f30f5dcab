//! What no server holds any more, and numbers of other servers.

use super::replay::{Does, Ev, Replay, frame, frames, from, log};
use super::{NOW_MS, NOW_US, SECOND, Stored, at, client, collector};
use crate::collector::{Mode, Span};
use crate::sources::bluesky::config::Wire;

const HOUR: i64 = 3600 * SECOND;

fn span(from_us: i64, to_us: i64) -> Span {
    Span::new(at(from_us / 1000), at(to_us / 1000)).unwrap()
}

/// A server that holds this much and silently starts there.
async fn holding(wire: Wire, log: Vec<Ev>, told: bool) -> Replay {
    Replay::start(move |asked| {
        let mut frames = frames(wire, false, from(&log, asked.cursor()));
        if told {
            let info = r##"{"$type":"message","payload":{"$type":"#info","name":"OutdatedCursor","message":"x"}}"##;
            frames.insert(0, frame(false, info));
        }
        Does::Stays(frames)
    })
    .await
}

#[tokio::test]
async fn beyond_the_look_back_time_is_lost() {
    let begins = NOW_US - 99 * SECOND / 10;
    for (wire, told) in [(Wire::Legacy, false), (Wire::Events, true)] {
        let (a, b) = (holding(wire, log(100, 10, NOW_US), told).await, holding(wire, log(9, 1, NOW_US), told).await);
        let mut stored = Stored::at(NOW_US - 48 * HOUR);
        let client = client();
        stored.catch_up(&mut collector(wire, false, &[&a.url, &b.url]), &client, 0).await;
        assert_eq!(stored.lost, [span(NOW_US - 48 * HOUR, begins)]);
        assert_eq!(stored.covered[0].from, at(begins / 1000), "what is lost is not covered");
        assert_eq!((stored.posts().len(), client.tally().take().cursor_resets), (10, 1));
        assert!(b.targets().is_empty(), "no server holds more");
    }
}

#[tokio::test]
async fn a_shorter_memory_is_made_up_for_by_another_server() {
    let all = log(6000, 100, NOW_US);
    let forgetful = holding(Wire::Legacy, all[5900..].to_vec(), false).await;
    let good = holding(Wire::Legacy, all.clone(), false).await;
    let mut stored = Stored::at(all[50].at_us);
    let client = client();
    stored.catch_up(&mut collector(Wire::Legacy, false, &[&forgetful.url, &good.url]), &client, 0).await;
    assert!(stored.lost.is_empty() && stored.posts().len() >= 59, "{:?}", stored.posts().len());
    assert_eq!(client.tally().take().cursor_resets, 0);
}

#[tokio::test]
async fn what_no_server_remembers_is_lost_once() {
    let all = log(6000, 100, NOW_US);
    let a = holding(Wire::Legacy, all[5900..].to_vec(), false).await;
    let b = holding(Wire::Legacy, all[5950..].to_vec(), false).await;
    let mut stored = Stored::at(all[50].at_us);
    let client = client();
    stored.catch_up(&mut collector(Wire::Legacy, false, &[&a.url, &b.url]), &client, 0).await;
    assert_eq!(stored.lost, [span(all[50].at_us, all[5950].at_us)], "{:?}", stored.errors);
    assert_eq!(client.tally().take().cursor_resets, 1);
}

#[tokio::test]
async fn a_hole_in_the_middle_is_found_and_nothing_around_it_is_lost() {
    let mut all = log(3000, 10, NOW_US);
    all.drain(1000..2000);
    let server = holding(Wire::Legacy, all.clone(), false).await;
    let mut stored = Stored::at(all[0].at_us);
    stored.catch_up(&mut collector(Wire::Legacy, false, &[&server.url]), &client(), 0).await;
    assert_eq!(stored.lost, [span(all[999].at_us, all[1000].at_us)]);
    assert_eq!(stored.posts().len(), 200);
    let mut end = stored.covered[0].from;
    for covered in &stored.covered {
        assert!(covered.from == end || covered.from == at(all[1000].at_us / 1000), "{:?}", stored.covered);
        end = covered.to;
    }
}

#[tokio::test]
async fn numbers_of_another_server_are_not_believed() {
    let all = log(300, 10, NOW_US);
    let future = r##"{"$type":"message","payload":{"$type":"#info","name":"FutureCursor","message":"x"}}"##;
    let too_old = br#"{"error":"CursorTooOld","message":"x"}"#;
    for how in ["told", "refused", "refused without a word", "silently"] {
        let log = all.clone();
        let server = Replay::start(move |asked| match asked.cursor() {
            Some(number) if number < 1_000_000_000_000_000 => match how {
                "refused" => Does::Answers(400, too_old.to_vec()),
                "refused without a word" => Does::Answers(400, Vec::new()),
                "told" => Does::Stays(
                    std::iter::once(frame(false, future)).chain(frames(Wire::Events, false, &log[290..])).collect(),
                ),
                _ => Does::Stays(frames(Wire::Events, false, &log[200..])),
            },
            time => Does::Stays(frames(Wire::Events, false, from(&log, time))),
        })
        .await;
        let host = format!("127.0.0.1:{}", server.url.port().unwrap());
        let at_us = all[100].at_us;
        let mut stored = Stored::with(format!(r#"{{"v":1,"at_us":{at_us},"seq":9000,"host":"{host}","page":1}}"#));
        let client = client();
        stored.catch_up(&mut collector(Wire::Events, false, &[&server.url]), &client, 0).await;
        assert!(stored.lost.is_empty() && stored.posts().len() >= 20, "{how}: {:?}", stored.said());
        assert_eq!(client.tally().take().cursor_resets, 0, "{how}");
        assert_eq!(server.targets().len(), 2, "{how}");
    }
}

#[tokio::test]
async fn a_cursor_of_the_future_starts_anew_and_says_so() {
    let server = holding(Wire::Legacy, log(40_000, 1000, NOW_US), false).await;
    for bad in [format!(r#"{{"v":1,"at_us":{},"page":1}}"#, NOW_US + 48 * HOUR), "nonsense".to_owned()] {
        let mut stored = Stored::with(bad);
        let client = client();
        stored.catch_up(&mut collector(Wire::Legacy, false, &[&server.url]), &client, 0).await;
        assert_eq!(client.tally().take().cursor_resets, 1);
        assert_eq!(stored.covered[0].from, at(NOW_MS - 3_600_000), "from where a first listening starts");
        assert!(stored.lost.is_empty());
    }
}

#[tokio::test]
async fn an_event_of_the_future_does_not_carry_the_cursor_away() {
    let mut all = log(100, 10, NOW_US);
    all[50].at_us = NOW_US + 1000 * HOUR;
    let server = Replay::start(move |_| Does::Stays(frames(Wire::Legacy, false, &all))).await;
    let mut stored = Stored::at(NOW_US - 20 * SECOND);
    stored.catch_up(&mut collector(Wire::Legacy, false, &[&server.url]), &client(), 0).await;
    assert!(stored.lost.is_empty());
    assert_eq!(stored.posts().len(), 10);
    assert!(stored.posts().iter().all(|post| post.posted <= at(NOW_MS)));
    assert!(stored.cursor.unwrap().contains(&format!("\"at_us\":{NOW_US}")));
}

#[tokio::test]
async fn catching_up_ends_although_the_clock_is_ahead() {
    // A stream that runs with life, seen by a clock that is a day ahead.
    let ahead = NOW_US - 24 * HOUR;
    let mut all = log(2000, 1, ahead);
    for (n, ev) in (0..).zip(&mut all) {
        ev.at_us = ahead + n * SECOND / 100;
    }
    let server = Replay::start(move |_| Does::Drips(frames(Wire::Legacy, false, &all))).await;
    let mut bluesky = collector(Wire::Legacy, false, &[&server.url]);
    let mut stored = Stored::at(ahead);
    for _ in 0..200 {
        stored.page(&mut bluesky, &client(), Mode::CatchUp).await;
        if stored.next != crate::collector::Next::More {
            return;
        }
    }
    panic!("{:?}", stored.errors);
}
