//! What the tests of all sources share: a track, and a loop that reads a door until it has caught up.

use crate::collector::{Ask, Collector, Mode, Next, Span};
use crate::files::{Rejected, Row};
use crate::net::{AskError, Client};
use crate::track::{Tag, Track};
use polso_domain::{RawEvent, RawPost, Timestamp};
use std::time::Duration;

/// 2026-08-01T12:00:00Z.
pub(crate) const NOW_MS: i64 = 1_785_585_600_000;

pub(crate) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

/// Follows these words in every language.
pub(crate) fn track(words: &[&str]) -> Track {
    let tag = |word: &&str| Tag { name: (*word).to_owned(), variants: Vec::new(), languages: Vec::new() };
    Track { any: words.iter().map(tag).collect(), ..Track::default() }
}

/// Everything a door said until it had caught up.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) posts: Vec<RawPost>,
    pub(crate) refused: Vec<Rejected>,
    pub(crate) covered: Vec<Span>,
    pub(crate) lost: Vec<Span>,
    pub(crate) pages: u32,
    pub(crate) rest: Duration,
}

impl Said {
    /// The ids of its posts, in order.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.posts.iter().map(|post| post.id.as_str()).collect()
    }

    pub(crate) fn take(&mut self, rows: Vec<Row>) {
        for row in rows {
            match row {
                Row::Event(RawEvent::Post(post)) => self.posts.push(*post),
                Row::SetAside(rejected) => self.refused.push(rejected),
                _ => panic!("a row of another kind"),
            }
        }
    }
}

/// Reads a door from two days back until it has caught up, and leaves the cursor where it stands.
pub(crate) async fn catch_up(
    collector: &mut dyn Collector,
    client: &Client,
    (cursor, now): (&mut Option<String>, i64),
) -> Result<Said, AskError> {
    let mut said = Said::default();
    loop {
        let since = at(now - 2 * 24 * 3_600_000);
        let ask = Ask { cursor: cursor.as_deref(), since, now: at(now), mode: Mode::CatchUp };
        let page = collector.page(client, &ask).await?;
        said.pages += 1;
        assert!(said.pages < 10_000, "it never ends");
        said.take(page.rows);
        said.covered.extend(page.covered);
        said.lost.extend(page.lost);
        *cursor = page.cursor.or(cursor.take());
        if let Next::CaughtUp(rest) = page.next {
            said.rest = rest;
            return Ok(said);
        }
    }
}

/// A runtime for property tests.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Any JSON.
pub(crate) fn any_json() -> impl proptest::strategy::Strategy<Value = serde_json::Value> {
    use proptest::prelude::*;
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec(("[a-z_]{1,9}", inner), 0..4)
                .prop_map(|pairs| serde_json::Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// An answer of the real shape with one of its values, wherever it stands, replaced by another.
pub(crate) fn spoil(value: &mut serde_json::Value, place: &mut usize, with: &serde_json::Value) {
    if *place == 0 {
        *value = with.clone();
    }
    *place = place.wrapping_sub(1);
    match value {
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, place, with)),
        serde_json::Value::Object(map) => map.values_mut().for_each(|item| spoil(item, place, with)),
        _ => {}
    }
}

/// For sources that keep nothing.
pub(crate) fn nowhere() -> crate::config::Places {
    crate::config::Places { secrets: "secrets".into(), sessions: "sessions".into() }
}
