//! What was handed over lately: a resumption goes back a few seconds, and the same event need not pass twice.
//!
//! Invariants
//! * Only what was handed over in a page that succeeded counts as seen; a page that failed or was given up leaves
//!   nothing behind.
//! * A listening that goes on from another cursor than the last one given starts with nothing seen.
//!
//! It is not what keeps posts from being counted twice: the store does that. It saves it work.

use std::collections::HashMap;

/// What is older than this, measured from the newest, is not met again.
const KEPT_US: i64 = 60_000_000;

/// Fewer entries than this are not worth clearing up.
const FEW: usize = 4096;

/// What was handed over lately.
#[derive(Default)]
pub(super) struct Seen {
    known: HashMap<String, i64>,
    /// Keys of the page being read.
    new: Vec<String>,
    /// Entries at which is cleared up next.
    full: usize,
}

impl Seen {
    /// A page begins; `goes_on` when it continues the last one handed over.
    pub(super) fn begin(&mut self, goes_on: bool) {
        for key in self.new.drain(..) {
            self.known.remove(&key);
        }
        if !goes_on {
            self.known.clear();
        }
    }

    /// Whether an event is met for the first time.
    pub(super) fn is_new(&mut self, key: String, at_us: i64) -> bool {
        if self.known.contains_key(&key) {
            return false;
        }
        self.known.insert(key.clone(), at_us);
        self.new.push(key);
        true
    }

    /// The page is handed over; it reaches up to `at_us`.
    pub(super) fn seal(&mut self, at_us: i64) {
        self.new.clear();
        if self.known.len() > self.full.max(FEW) {
            self.known.retain(|_, met| *met >= at_us.saturating_sub(KEPT_US));
            self.full = self.known.len() * 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_handed_over_is_seen() {
        let mut seen = Seen::default();
        let key = || "seed".to_owned();
        seen.begin(true);
        assert!(seen.is_new(key(), 1) && !seen.is_new(key(), 1));
        seen.begin(true);
        assert!(seen.is_new(key(), 1), "the page before failed");
        seen.seal(1);
        seen.begin(true);
        assert!(!seen.is_new(key(), 1));
        seen.begin(false);
        assert!(seen.is_new(key(), 1), "it starts from elsewhere");
    }

    #[test]
    fn memory_stays_flat() {
        let mut seen = Seen::default();
        for page in 0..200i64 {
            seen.begin(true);
            for event in 0..1000i64 {
                assert!(seen.is_new(format!("{page}/{event}"), page * 10_000_000));
            }
            seen.seal(page * 10_000_000);
        }
        assert!(seen.known.len() < 20_000, "{}", seen.known.len());
    }
}
