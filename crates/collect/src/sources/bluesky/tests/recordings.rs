//! Real events, where the recordings are at hand: everything of them is read, packed and plain.

use super::super::read::{At, Reader};
use super::super::unpack::Unpacker;
use super::super::wire::{self, Said};
use super::{Wire, at, track};
use crate::net::Frame;
use polso_domain::SourceId;
use std::path::PathBuf;

/// The folder of the recordings; `None`, loudly, where there is none.
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test that is skipped says so")]
fn recordings() -> Option<PathBuf> {
    let folder = std::env::var("POLSO_RECORDINGS").ok().map(|folder| PathBuf::from(folder).join("jetstream"));
    if folder.is_none() {
        eprintln!("SKIPPED: POLSO_RECORDINGS does not name the folder of the recordings");
    }
    folder
}

#[test]
fn real_events_are_read() {
    let Some(folder) = recordings() else { return };
    let reader = Reader::new(&track(), SourceId::new("bluesky").unwrap());
    let (mut commits, mut accounts, mut others) = (0, 0, 0);
    for file in ["golden_v1.jsonl", "expected_v1.jsonl"] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        for line in text.lines() {
            let event = wire::event(Wire::Legacy, line.as_bytes()).expect("every line is an event");
            assert!(event.at_us.unwrap() > 1_700_000_000_000_000);
            match event.said {
                Said::Commit(commit) => {
                    commits += 1;
                    reader.commit(&commit, At { heard: at(event.at_us.unwrap() / 1000), nth: 1 });
                    assert_eq!(commit.record.is_none(), commit.operation == "delete");
                }
                Said::Account(account) => {
                    accounts += 1;
                    assert!(account.active && reader.account(&account, 0).is_none());
                }
                _ => others += 1,
            }
        }
    }
    assert_eq!((commits, accounts, others), (158, 2, 2));
}

#[test]
fn real_records_say_what_they_say() {
    let Some(folder) = recordings() else { return };
    let text = std::fs::read_to_string(folder.join("expected_v1.jsonl")).unwrap();
    let said = text.lines().filter_map(|line| match wire::event(Wire::Legacy, line.as_bytes())?.said {
        Said::Commit(commit) if commit.collection == "app.bsky.feed.post" => {
            super::super::record::read(commit.record?.get())
        }
        _ => None,
    });
    let said: Vec<_> = said.collect();
    assert_eq!(said.len(), 17);
    assert!(said.iter().all(|post| post.text.is_some() && post.created_at.is_some()));
    assert!(said.iter().any(|post| post.in_reply_to.is_some()) && said.iter().any(|post| !post.links.is_empty()));
}

#[test]
fn real_events_survive_packing_with_either_dictionary() {
    let Some(folder) = recordings() else { return };
    let text = std::fs::read_to_string(folder.join("expected_v1.jsonl")).unwrap();
    for file in ["legacy_subscribe.zdict", "subscribe_events_20260811.zdict"] {
        let dictionary = std::fs::read(folder.join(file)).unwrap();
        let mut server = zstd::bulk::Compressor::with_dictionary(3, &dictionary).unwrap();
        let mut unpacker = Unpacker::with(&dictionary).unwrap();
        let (mut packed_bytes, mut plain_bytes) = (0, 0);
        for line in text.lines() {
            let packed = server.compress(line.as_bytes()).unwrap();
            (packed_bytes, plain_bytes) = (packed_bytes + packed.len(), plain_bytes + line.len());
            assert_eq!(unpacker.text(&Frame::Binary(packed.into())), Some(line.as_bytes()));
        }
        assert!(packed_bytes * 2 < plain_bytes, "{packed_bytes} of {plain_bytes}");
    }
}
