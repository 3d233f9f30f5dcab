//! Whatever a server does to its connections: everything arrives, in order for every account, and nothing is invented.

use super::replay::{Does, Ev, Replay, What, frames, from, log, record};
use super::{NOW_US, SECOND, Stored, client, collector};
use crate::collector::{Mode, Next};
use crate::sources::bluesky::config::Wire;
use proptest::prelude::*;
use std::collections::HashMap;

#[derive(Debug, Clone)]
struct Case {
    wire: Wire,
    packed: bool,
    servers: usize,
    log: Vec<Ev>,
    /// After how many frames each connection breaks.
    cuts: Vec<usize>,
    /// Before which pages the collector is started anew, and before which the last page is asked for again.
    restarts: Vec<bool>,
    again: Vec<bool>,
}

fn case() -> impl Strategy<Value = Case> {
    let event = (0u8..6, 0u8..4, 0i64..3 * SECOND);
    let events = proptest::collection::vec(event, 20..120);
    let cuts = proptest::collection::vec(0usize..60, 0..12);
    let flags = || proptest::collection::vec(proptest::bool::weighted(0.2), 40);
    (any::<bool>(), any::<bool>(), 1usize..3, events, cuts, (flags(), flags())).prop_map(
        |(newer, packed, servers, events, cuts, (restarts, again))| {
            let wire = if newer { Wire::Events } else { Wire::Legacy };
            Case { wire, packed: packed && !newer, servers, log: build(&events), cuts, restarts, again }
        },
    )
}

fn build(events: &[(u8, u8, i64)]) -> Vec<Ev> {
    let mut at_us = NOW_US - events.iter().map(|(_, _, step)| step).sum::<i64>();
    let mut log: Vec<Ev> = Vec::new();
    for (n, (what, who, step)) in events.iter().enumerate() {
        at_us += step;
        let rkey = format!("r{}", n / 3);
        let what = match what {
            0 | 1 => What::Commit("create", rkey, Some(record("voce", "salute", at_us))),
            2 => What::Commit("create", rkey, Some(record("voce", "altro", at_us))),
            3 => What::Commit("update", rkey, Some(record(&format!("nuova {n}"), "salute", at_us))),
            4 => What::Commit("delete", rkey, None),
            _ => What::Account(false, Some("deleted")),
        };
        log.push(Ev { at_us, seq: 1 + n as u64, did: format!("did:plc:seed{who}"), what });
    }
    log
}

/// What must be handed over: per account, in order.
fn expected(log: &[Ev]) -> HashMap<String, Vec<String>> {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for ev in log {
        let said = match &ev.what {
            What::Commit("delete", rkey, _) => format!("delete {rkey}"),
            What::Commit(_, rkey, Some(record)) if record.contains("salute") => format!("post {rkey}"),
            What::Account(..) => format!("gone {}", ev.did),
            _ => continue,
        };
        all.entry(ev.did.clone()).or_default().push(said);
    }
    all
}

/// Whether every expected row came, in order, and whatever came besides them had come before.
fn holds(heard: &[String], expected: &[String]) -> bool {
    let mut left = expected.iter().peekable();
    for said in heard {
        if left.peek() == Some(&said) {
            left.next();
        } else if !expected.contains(said) {
            return false;
        }
    }
    left.next().is_none()
}

async fn run(case: &Case) -> Stored {
    let mut servers = Vec::new();
    for _ in 0..case.servers {
        let (log, cuts, wire, packed) = (case.log.clone(), case.cuts.clone(), case.wire, case.packed);
        servers.push(
            Replay::start(move |asked| {
                let mut frames = frames(wire, packed, from(&log, asked.cursor()));
                match cuts.get(asked.nth) {
                    Some(cut) => {
                        frames.truncate(*cut);
                        Does::Breaks(frames)
                    }
                    None => Does::Stays(frames),
                }
            })
            .await,
        );
    }
    let hosts: Vec<_> = servers.iter().map(|server| &server.url).collect();
    let client = client();
    let mut bluesky = collector(case.wire, case.packed, &hosts);
    let mut stored = Stored::at(case.log[0].at_us);
    for page in 0.. {
        if case.restarts.get(page) == Some(&true) {
            bluesky = collector(case.wire, case.packed, &hosts);
        }
        if case.again.get(page) == Some(&true) {
            // A page that never reaches the store.
            let before = stored.cursor.clone();
            let mut lost = Stored { cursor: before, ..Stored::default() };
            lost.page(&mut bluesky, &client, Mode::CatchUp).await;
        }
        stored.page(&mut bluesky, &client, Mode::CatchUp).await;
        if matches!(stored.next, Next::CaughtUp(_)) || stored.errors.len() > 40 {
            break;
        }
    }
    stored
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_whatever_breaks(case in case()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let stored = runtime.block_on(run(&case));
        prop_assert!(matches!(stored.next, Next::CaughtUp(_)), "{:?}", stored.errors);
        prop_assert!(stored.lost.is_empty());
        let mut heard: HashMap<String, Vec<String>> = HashMap::new();
        for row in &stored.rows {
            let crate::files::Row::Event(event) = row else { continue };
            let did = match event {
                polso_domain::RawEvent::Post(post) => post.author.handle.clone(),
                polso_domain::RawEvent::Delete { id, .. } => id.split('/').nth(2).unwrap().to_owned(),
                polso_domain::RawEvent::Gone { handle, .. } => handle.clone(),
            };
            heard.entry(did).or_default().push(super::said(row));
        }
        let expected = expected(&case.log);
        for (did, expected) in &expected {
            let heard = heard.get(did).map(Vec::as_slice).unwrap_or_default();
            prop_assert!(holds(heard, expected), "{did}: {heard:?} instead of {expected:?}");
        }
        prop_assert!(heard.keys().all(|did| expected.contains_key(did)));
        prop_assert!(stored.covered.windows(2).all(|pair| pair[0].to == pair[1].from), "{:?}", stored.covered);
    }
}

#[test]
fn the_measure_itself_can_fail() {
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(holds(&words(&["a", "a", "b"]), &words(&["a", "b"])));
    assert!(!holds(&words(&["a"]), &words(&["a", "b"])) && !holds(&words(&["b", "a"]), &words(&["a", "b", "b"])));
    assert_eq!(log(3, 1, NOW_US).len(), 3);
}
