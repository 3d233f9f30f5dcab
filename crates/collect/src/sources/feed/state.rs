//! What is remembered between two readings of a feed, and what the difference of two pages tells.
//!
//! A feed shows its newest few items. As long as something that was there last time is still there, nothing between can
//! have fallen off; where nothing is, whatever was published before the oldest new item may be lost, and is said to be.
//!
//! Nothing here says what an item said or who: marks only.

use crate::collector::Span;
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::time::Duration;

/// No feed is asked more often than this, however fast it turns over.
const FASTEST: Duration = Duration::from_mins(5);

/// An interval is halved at most this often.
const MOST_HALVED: u32 = 6;

/// No feed is waited for longer than this, whatever it asks for.
const LONGEST: Duration = Duration::from_hours(24);

/// An item that was on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// Mark of its id.
    #[serde(rename = "i")]
    pub(crate) id: u64,
    /// Mark of what it said when it was handed on; 0 if it was not.
    #[serde(rename = "s")]
    pub(crate) said: u64,
    /// When it was posted, or first heard where it does not say, in milliseconds since 1970.
    #[serde(rename = "t")]
    pub(crate) at: i64,
}

/// What is remembered of one feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Polled {
    /// Mark of the address that the settings name: another address is another feed.
    pub(super) address: u64,
    /// Mark of what is followed: where that changes, the page must be looked at again.
    pub(super) query: u64,
    /// Where it moved for good, on its own host.
    pub(super) moved: Option<String>,
    /// Both verbatim, weak or not.
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
    /// Just before it was last read, in milliseconds since 1970.
    pub(super) read: Option<i64>,
    /// Items before this were there before the listening began, in milliseconds since 1970.
    pub(super) since: i64,
    /// The items of its last page.
    pub(super) seen: Vec<Seen>,
    /// How often its interval is halved, because it turns over too fast for it.
    pub(super) halved: u32,
    /// How long it wants to be left alone, in seconds.
    pub(super) rest: u64,
    /// It said that it is gone for good.
    pub(super) gone: bool,
}

/// What a new page tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Turn {
    pub(crate) covered: Option<Span>,
    pub(crate) lost: Option<Span>,
}

impl Polled {
    /// What is known of the feed at an address, for somebody who follows this.
    pub(super) fn of(&self, (address, query): (u64, u64), since: Timestamp) -> Self {
        if self.address != address {
            return Self { address, query, since: since.millis(), ..Self::default() };
        }
        let mut known = Self { query, ..self.clone() };
        if self.query != query {
            known.look_again();
        }
        known
    }

    /// Has the whole page sent next time, changed or not.
    pub(super) fn look_again(&mut self) {
        (self.etag, self.modified) = (None, None);
    }

    #[cfg(test)]
    pub(super) fn read_at(&self) -> Option<i64> {
        self.read
    }

    pub(super) fn is_gone(&self) -> bool {
        self.gone
    }

    /// Forgets where it moved.
    pub(super) fn forget_address(&mut self) {
        self.moved = None;
    }

    /// The item as it was on the last page.
    pub(super) fn known(&self, id: u64) -> Option<Seen> {
        self.seen.iter().copied().find(|seen| seen.id == id)
    }

    /// Puts a new page in the place of the last one. `asked` is just before its question.
    pub(super) fn turn(&mut self, page: Vec<Seen>, asked: Timestamp) -> Turn {
        let lost = self.read.and_then(|read| lost(&self.seen, &page, (read, asked.millis())));
        let from = match (lost, self.read) {
            (Some(lost), _) => lost.to.millis(),
            (None, Some(read)) => read,
            // The first page reaches as far back as its oldest item and no further.
            (None, None) => page.iter().map(|seen| seen.at).min().unwrap_or(asked.millis()).max(self.since),
        };
        let covered = Span::new(Timestamp::from_millis(from), asked);
        self.set_pace(&page, lost.is_some());
        (self.seen, self.read) = (page, Some(asked.millis()));
        Turn { covered, lost }
    }

    /// The page is the same as last time.
    pub(super) fn unchanged(&mut self, asked: Timestamp) -> Turn {
        let page = self.seen.clone();
        self.turn(page, asked)
    }

    /// Twice as often where half a page or more is new, half as often again where hardly anything is.
    fn set_pace(&mut self, page: &[Seen], lost: bool) {
        if self.read.is_none() {
            return;
        }
        let new = page.iter().filter(|seen| self.known(seen.id).is_none()).count();
        if lost || (page.len() >= 4 && new * 2 >= page.len()) {
            self.halved = (self.halved + 1).min(MOST_HALVED);
        } else if new * 8 < page.len() {
            self.halved = self.halved.saturating_sub(1);
        }
    }

    /// How long to wait until it is asked again, if its interval is `every`.
    pub(crate) fn wait(&self, every: Duration) -> Duration {
        let own = (every / (1 << self.halved)).max(FASTEST.min(every));
        own.max(Duration::from_secs(self.rest).min(LONGEST))
    }
}

/// What may have come and gone between two pages.
fn lost(before: &[Seen], page: &[Seen], (read, asked): (i64, i64)) -> Option<Span> {
    let shown: HashSet<u64> = page.iter().map(|seen| seen.id).collect();
    let known: HashSet<u64> = before.iter().map(|seen| seen.id).collect();
    let (stayed, left): (Vec<&Seen>, Vec<&Seen>) = before.iter().partition(|seen| shown.contains(&seen.id));
    // An item that is pinned to the top stays when all others have gone by: more newer ones left than stayed.
    let newest = stayed.iter().map(|seen| seen.at).max().unwrap_or(i64::MIN);
    let gone_by = left.iter().filter(|seen| seen.at > newest).count();
    if !stayed.is_empty() && gone_by <= stayed.len() {
        return None;
    }
    let oldest = page.iter().filter(|seen| !known.contains(&seen.id) && seen.at >= read).map(|seen| seen.at).min()?;
    Span::new(Timestamp::from_millis(read), Timestamp::from_millis(oldest.saturating_add(1).min(asked)))
}
