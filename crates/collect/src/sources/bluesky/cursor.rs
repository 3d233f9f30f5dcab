//! Where the listening goes on: an instant, this server's number for it, and what is still to be searched for.
//!
//! The instant is the truth: both wires take it, on every server. The number is exact, but means something only to the
//! server that gave it. Whoever resumes by time goes back a few seconds, because servers witness the same event at
//! different instants; what comes twice is known again.
//!
//! Invariants
//! * An instant is the server's word for an event that was handed over. It never moves backwards, and not into the
//!   future.
//! * Every page has another cursor, so that a page that was not stored is told from one that was.

use crate::collector::Ask;
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};

/// The shape of the stored text.
const VERSION: u8 = 1;

/// How far back a resumption by time goes.
pub(super) const OVERLAP_US: i64 = 5_000_000;

/// An instant this far in the future is a damaged one, or our clock was set back.
pub(super) const FUTURE_US: i64 = 3_600_000_000;

/// Jetstream takes smaller cursors for numbers: 2001-09-09 in microseconds.
const SMALLEST_TIME: i64 = 1_000_000_000_000_000;

/// Where the listening goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    v: u8,
    /// Everything before was handed over; microseconds since 1970.
    pub(super) at_us: i64,
    /// The number of the event at that instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) seq: Option<u64>,
    /// Whose number it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) host: Option<String>,
    /// What Jetstream no longer held and is being searched for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) holes: Vec<Hole>,
    /// Pages so far.
    page: u64,
}

/// A span that Jetstream no longer held, searched from its end to its start for one hashtag after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hole {
    /// Its start, in milliseconds since 1970.
    pub(super) from: i64,
    /// The first instant behind it.
    pub(super) to: i64,
    /// Which of the followed spellings is searched for.
    pub(super) tag: usize,
    /// Posts of that spelling from here on were found; in milliseconds.
    pub(super) until: i64,
    /// Pages of that spelling so far.
    pub(super) pages: u32,
    /// Searches that failed one after the other.
    pub(super) fails: u32,
    /// It is not searched for again before.
    pub(super) not_before: i64,
    /// Something was left out: the span counts as lost in the end.
    pub(super) missed: bool,
}

impl Hole {
    /// A span nobody searched for yet.
    pub(super) fn new(from: i64, to: i64) -> Self {
        Self { from, to, tag: 0, until: to, pages: 0, fails: 0, not_before: 0, missed: false }
    }
}

impl Cursor {
    /// The start of a first listening.
    fn at(since: Timestamp) -> Self {
        let at_us = since.millis().saturating_mul(1000);
        Self { v: VERSION, at_us, seq: None, host: None, holes: Vec::new(), page: 0 }
    }

    /// What was asked for, and whether the stored cursor had to be given up for it.
    pub(super) fn of(ask: &Ask<'_>) -> (Self, bool) {
        let first = Self::at(ask.since.min(ask.now));
        let Some(text) = ask.cursor else { return (first, false) };
        let read = serde_json::from_str::<Self>(text).ok();
        let latest = micros(ask.now).saturating_add(FUTURE_US);
        match read.filter(|read| read.v == VERSION && (0..=latest).contains(&read.at_us)) {
            Some(read) => (read, false),
            None => (first, true),
        }
    }

    /// The stored text of the page behind this one.
    pub(super) fn store(&mut self) -> String {
        self.page = self.page.wrapping_add(1);
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What a server is asked for by time.
    pub(super) fn time(&self, now: Timestamp) -> i64 {
        self.at_us.min(micros(now)).saturating_sub(OVERLAP_US).max(SMALLEST_TIME)
    }

    /// What a server is asked for by its own number, where it has given one.
    pub(super) fn number(&self, host: &str) -> Option<u64> {
        self.seq.filter(|seq| self.host.as_deref() == Some(host) && *seq < SMALLEST_TIME.unsigned_abs())
    }
}

/// An instant in Jetstream's unit.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.millis().saturating_mul(1000)
}

/// An instant in ours.
pub(super) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_millis(micros.div_euclid(1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collector::Mode;
    use proptest::prelude::*;

    const NOW: i64 = 1_785_592_555_000;

    fn of(cursor: Option<&str>) -> (Cursor, bool) {
        let at = Timestamp::from_millis;
        Cursor::of(&Ask { cursor, since: at(NOW - 1000), now: at(NOW), mode: Mode::Follow })
    }

    #[test]
    fn a_cursor_comes_back_and_no_two_are_the_same() {
        let (mut cursor, reset) = of(None);
        assert!(!reset && cursor.at_us == (NOW - 1000) * 1000);
        cursor.holes.push(Hole::new(1, 2));
        cursor.seq = Some(7);
        cursor.host = Some("a.example".to_owned());
        let (first, second) = (cursor.store(), cursor.store());
        assert_ne!(first, second);
        assert_eq!(of(Some(&second)), (cursor.clone(), false));
        assert_eq!((cursor.number("a.example"), cursor.number("b.example")), (Some(7), None));
    }

    #[test]
    fn a_cursor_of_the_future_or_of_nonsense_starts_anew() {
        let (mut cursor, _) = of(None);
        cursor.at_us = NOW * 1000 + FUTURE_US + 1;
        for bad in [cursor.store(), "nonsense".to_owned(), String::new(), r#"{"v":2}"#.to_owned()] {
            assert_eq!(of(Some(&bad)), (of(None).0, true), "{bad}");
        }
        cursor.at_us = NOW * 1000 + 5;
        let (ahead, reset) = of(Some(&cursor.store()));
        assert!(!reset, "clocks differ a little");
        assert_eq!(ahead.time(Timestamp::from_millis(NOW)), NOW * 1000 - OVERLAP_US);
    }

    proptest! {
        #[test]
        fn no_text_ends_the_program(text in "\\PC{0,60}", at in any::<i64>(), now in any::<i64>()) {
            of(Some(&text));
            let (mut cursor, _) = of(None);
            cursor.at_us = at;
            of(Some(&cursor.store()));
            prop_assert!(cursor.time(Timestamp::from_millis(now)) >= SMALLEST_TIME);
        }
    }
}
