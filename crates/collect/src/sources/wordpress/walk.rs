//! A list of REST, read in the order of its dates.
//!
//! Pages by number shift while posts are added and taken away, so each page is asked for by the date of the last one; the
//! number counts only within a second that fills a page. Every round begins a little before the last one did, because
//! comments are let through late and clocks go back once a year; what is known from then is remembered by marks.

use crate::sources::feed::Seen;
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Entries of one page: the most that WordPress gives.
pub(super) const PAGE: usize = 100;

/// Marks that are kept.
const MOST_SEEN: usize = 1_000;

/// Pages of one second. Only a server that makes them up has more.
const MOST_PAGES: u32 = 200;

const SECOND_MS: i64 = 1_000;

/// Where the reading of a list stands.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Walk {
    /// Everything before is read, in milliseconds since 1970.
    read: Option<i64>,
    /// The page under way: from this date on (milliseconds since 1970), and its number.
    at: Option<(i64, u32)>,
}

/// The page to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// Entries later than this.
    pub(super) after: Timestamp,
    pub(super) page: u32,
}

impl Walk {
    /// The page that comes next.
    pub(super) fn step(&mut self, since: Timestamp, overlap_ms: i64) -> Step {
        let begin = || self.read.map_or(since.millis(), |read| read.saturating_sub(overlap_ms).max(since.millis()));
        let (from, page) = self.at.unwrap_or_else(|| (begin(), 1));
        self.at = Some((from, page));
        // The platform's dates are whole seconds and its `after` leaves out its own.
        let second = from.div_euclid(SECOND_MS) - 1;
        Step { after: Timestamp::from_millis(second.saturating_mul(SECOND_MS)), page }
    }

    /// A page of `count` entries was read, the last of them from `newest`. Whether everything up to `began` is read now.
    pub(super) fn turned(&mut self, (count, newest): (usize, Option<i64>), began: i64) -> bool {
        let (from, page) = self.at.unwrap_or((began, 1));
        let second = |millis: i64| millis.div_euclid(SECOND_MS);
        match newest.filter(|newest| count >= PAGE && *newest < began) {
            Some(newest) if second(newest) > second(from) => self.at = Some((newest, 1)),
            Some(_) if page < MOST_PAGES => self.at = Some((from, page + 1)),
            // A second without end is left behind, or the walk would never be.
            Some(newest) => self.at = Some((newest.max(from) + SECOND_MS, 1)),
            None => (self.at, self.read) = (None, Some(began)),
        }
        self.at.is_none()
    }
}

/// Marks of what was handed on lately, so that what is read again is not handed on again.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Memory(pub(super) Vec<Seen>);

impl Memory {
    /// Remembers what a page held; what was not seen for longest makes room.
    pub(super) fn remember(&mut self, page: Vec<Seen>) {
        let new: HashSet<u64> = page.iter().map(|seen| seen.id).collect();
        self.0.retain(|seen| !new.contains(&seen.id));
        self.0.extend(page);
        self.0.drain(..self.0.len().saturating_sub(MOST_SEEN));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a server shows: entries after a date, in order, a page of them.
    fn page(all: &[(i64, u64)], step: Step) -> Vec<(i64, u64)> {
        let after = step.after.millis().div_euclid(1_000);
        let mut shown: Vec<(i64, u64)> = all.iter().copied().filter(|(at, _)| at.div_euclid(1_000) > after).collect();
        shown.sort_by_key(|(at, id)| (at.div_euclid(1_000), *id));
        shown.into_iter().skip((step.page as usize - 1) * PAGE).take(PAGE).collect()
    }

    fn round(
        walk: &mut Walk,
        all: &mut Vec<(i64, u64)>,
        began: i64,
        mut meanwhile: impl FnMut(&mut Vec<(i64, u64)>),
    ) -> Vec<u64> {
        let mut heard = Vec::new();
        for _ in 0..100 {
            let step = walk.step(Timestamp::from_millis(0), 5_000);
            let shown = page(all, step);
            heard.extend(shown.iter().map(|(_, id)| *id));
            if walk.turned((shown.len(), shown.last().map(|(at, _)| *at)), began) {
                return heard;
            }
            meanwhile(all);
        }
        panic!("the walk does not end");
    }

    #[test]
    fn a_second_that_fills_pages_is_read_to_its_end() {
        let mut all: Vec<(i64, u64)> = (0..350).map(|id| (7_000, id)).collect();
        all.push((9_000, 999));
        let heard = round(&mut Walk::default(), &mut all, 60_000, |_| {});
        assert_eq!(heard.iter().collect::<HashSet<_>>().len(), 351);
    }

    #[test]
    fn a_server_that_makes_up_entries_is_left() {
        let mut walk = Walk::default();
        let mut steps = 0;
        while !{
            let step = walk.step(Timestamp::from_millis(0), 0);
            walk.turned((PAGE, Some(step.after.millis())), 3_000)
        } {
            steps += 1;
            assert!(steps < 2_000);
        }
    }

    proptest! {
        /// Entries come and go while the list is read, and none that was there all the time is missed.
        #[test]
        fn nothing_is_lost_while_the_list_changes(
            dates in prop::collection::vec(0..60_000i64, 0..500),
            drops in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
            late in prop::collection::vec(0..60_000i64, 0..50),
        ) {
            let mut all: Vec<(i64, u64)> = dates.into_iter().zip(0..).collect();
            let (mut drops, mut late) = (drops.into_iter(), late.into_iter().zip(10_000..));
            let mut walk = Walk::default();
            let heard = round(&mut walk, &mut all, 50_000, |all| {
                if let (Some(drop), false) = (drops.next(), all.is_empty()) { let at = drop.index(all.len()); all.remove(at); }
                all.extend(late.next());
            });
            for (at, id) in all.iter().filter(|(at, id)| *at < 50_000 && *id < 10_000) {
                prop_assert!(heard.contains(id), "{id} from {at}");
            }
            let again = round(&mut walk, &mut all, 70_000, |_| {});
            for (_, id) in all.iter().filter(|(at, _)| *at >= 45_000) {
                prop_assert!(again.contains(id));
            }
        }
    }
}
