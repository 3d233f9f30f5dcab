//! How fast frames are read, on one core. Measured by hand: `cargo test --release -p polso-collect speed -- --ignored
//! --nocapture`.

use super::super::read::{At, Reader};
use super::super::unpack::Unpacker;
use super::super::wire::{self, Said};
use super::replay::{Does, Ev, Replay, What, frame, record, text};
use super::{NOW_US, SECOND, Stored, Wire, at, client, collector, track};
use crate::net::Frame;
use polso_domain::SourceId;
use std::time::Instant;

/// Posts of usual length; one in seven has a hashtag, one in two hundred a followed one, one in ten is a deletion.
fn stream(wire: Wire) -> Vec<String> {
    let words = "parole di una giornata qualunque, né lunghe né corte, con qualche accento perché no ".repeat(2);
    let event = |n: usize| {
        let plain = serde_json::json!({"$type": "app.bsky.feed.post", "createdAt": "2026-08-01T13:55:55.867Z",
            "langs": ["it"], "text": words, "reply": {"parent": {"cid": "bafyseed", "uri": "at://did:plc:seedbruno/app.bsky.feed.post/1"},
            "root": {"cid": "bafyseed", "uri": "at://did:plc:seedbruno/app.bsky.feed.post/1"}}});
        let what = match n {
            n if n.is_multiple_of(200) => {
                What::Commit("create", format!("r{n}"), Some(record(&words, "salute", NOW_US)))
            }
            n if n % 10 == 1 => What::Commit("delete", format!("r{n}"), None),
            n if n % 7 == 2 => What::Commit("create", format!("r{n}"), Some(record(&words, "altro", NOW_US))),
            n => What::Commit("create", format!("r{n}"), Some(plain.to_string())),
        };
        text(wire, &Ev { at_us: NOW_US, seq: n as u64, did: format!("did:plc:seedanna{n:024}"), what })
    };
    (0..20_000).map(event).collect()
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "a measurement is printed")]
fn speed() {
    let reader = Reader::new(&track(), SourceId::new("bluesky").unwrap());
    for (wire, packed) in [(Wire::Legacy, false), (Wire::Legacy, true), (Wire::Events, false)] {
        let texts = stream(wire);
        let bytes: usize = texts.iter().map(String::len).sum();
        let frames: Vec<Frame> = texts
            .into_iter()
            .map(|text| {
                if packed { Frame::Binary(super::super::unpack::pack(&text).into()) } else { Frame::Text(text.into()) }
            })
            .collect();
        let mut unpacker = if packed { Unpacker::legacy() } else { Unpacker::plain() };
        let (begun, mut kept, rounds) = (Instant::now(), 0, 20);
        for _ in 0..rounds {
            for frame in &frames {
                let event = wire::event(wire, unpacker.text(frame).unwrap()).unwrap();
                let Said::Commit(commit) = event.said else { continue };
                kept += usize::from(reader.commit(&commit, At { heard: at(0), nth: 1 }).is_some());
            }
        }
        let n = frames.len() * rounds;
        let seconds = begun.elapsed().as_secs_f64();
        eprintln!(
            "{wire:?} packed {packed}: {:.0} frames/s, {:.2} µs a frame of {} bytes, {:.2} % of a core at 2,000/s, {kept} kept of {n}",
            n as f64 / seconds,
            seconds * 1e6 / n as f64,
            bytes / frames.len(),
            2000.0 * seconds / n as f64 * 100.0
        );
    }
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "a measurement is printed")]
fn speed_of_a_socket() {
    const FRAMES: usize = 200_000;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for packed in [false, true] {
        let texts = stream(Wire::Legacy);
        let end = What::Commit("delete", "end".to_owned(), None);
        let end = text(Wire::Legacy, &Ev { at_us: NOW_US, seq: 1, did: "did:plc:seedanna".to_owned(), what: end });
        let said = texts.iter().cycle().take(FRAMES).chain(std::iter::once(&end));
        let said: Vec<_> = said.map(|text| frame(packed, text)).collect();
        let seconds = runtime.block_on(async move {
            let server = Replay::start(move |_| Does::Stays(said.clone())).await;
            let mut bluesky = collector(Wire::Legacy, packed, &[&server.url]);
            let (client, mut stored) = (client(), Stored::at(NOW_US - SECOND));
            let begun = Instant::now();
            while stored.rows.last().is_none_or(|row| super::said(row) != "delete end") {
                stored.page(&mut bluesky, &client, crate::collector::Mode::Follow).await;
                assert!(stored.errors.is_empty());
            }
            begun.elapsed().as_secs_f64()
        });
        eprintln!("through a socket, packed {packed}: {:.0} frames/s", FRAMES as f64 / seconds);
    }
}
