//! Lists that platforms show newest first, read round after round.
//!
//! A *lane* is one such list (a community's posts, one search). A *round* walks every lane page by page from its newest
//! item back to where the lane's last walk began, a little beyond for what came late, and then that beginning is the
//! new mark. Items that arrive while a lane is walked push others onto later pages: they are read twice, never missed.
//!
//! Invariants
//! * A lane's mark moves only when its walk has reached the old one, and never beyond the start of its round.
//! * A round covers a span only if every lane was walked to its end; one that was skipped or cut short takes the claim
//!   away and keeps, if skipped, its old mark.
//! * A walk ends: at its mark, at the last page, when a page leads to itself, after [`MAX_PAGES`].

use crate::collector::{Ask, Next, Span};
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// Pages of one walk. Only a platform that makes up pages without end has more.
const MAX_PAGES: u32 = 2_000;

/// A walk whose pages are not there when they are asked for begins anew so often.
const MAX_RESTARTS: u32 = 3;

/// Where every lane stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rounds {
    /// Up to where each lane is read, in milliseconds since 1970.
    read: BTreeMap<String, i64>,
    round: Option<Round>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Round {
    /// Before its first question, in milliseconds since 1970.
    began: i64,
    /// The latest of its lanes' old marks, in milliseconds since 1970.
    from: i64,
    lane: Option<String>,
    page: Option<String>,
    pages: u32,
    /// How often this walk began anew.
    restarts: u32,
    /// Lanes that could not be read this time.
    skipped: Vec<String>,
    /// No lane was skipped or cut short.
    whole: bool,
}

/// The next page to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Whose.
    pub(crate) lane: String,
    /// Which; `None` is the first.
    pub(crate) page: Option<String>,
    /// The walk may end at an item older than this.
    pub(crate) back_to: Timestamp,
}

/// A round that has come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ended {
    /// When it began.
    pub(crate) began: Timestamp,
    /// What it covers, if it was whole.
    pub(crate) covered: Option<Span>,
}

impl Rounds {
    /// The page that comes next; begins a round where none is under way. `None` when no lane is left in this round.
    pub(crate) fn step(&mut self, lanes: &[String], ask: &Ask<'_>, overlap: Duration) -> Option<Step> {
        let now = ask.now.millis();
        let round = self.round.get_or_insert_with(|| Round {
            began: now,
            from: i64::MIN,
            lane: None,
            page: None,
            pages: 0,
            restarts: 0,
            skipped: Vec::new(),
            whole: true,
        });
        // A clock that was set back must not make a round that no lane can ever join.
        round.began = round.began.min(now);
        if round.lane.as_ref().is_none_or(|lane| !lanes.contains(lane)) {
            let waits = |lane: &&String| {
                !round.skipped.contains(lane) && self.read.get(*lane).is_none_or(|read| *read < round.began)
            };
            round.lane = lanes.iter().find(waits).cloned();
            (round.page, round.pages, round.restarts) = (None, 0, 0);
        }
        let lane = round.lane.clone()?;
        let overlap = i64::try_from(overlap.as_millis()).unwrap_or(i64::MAX);
        let back_to = self.read.get(&lane).map_or(ask.since.millis(), |read| read.saturating_sub(overlap));
        Some(Step { lane, page: round.page.clone(), back_to: Timestamp::from_millis(back_to) })
    }

    /// A page was read: where the walk leads on, and whether it reached its mark.
    pub(crate) fn turned(&mut self, step: &Step, (onward, reached): (Option<String>, bool), ask: &Ask<'_>) {
        let Some(round) = &mut self.round else { return };
        round.pages += 1;
        let endless = round.pages >= MAX_PAGES;
        match onward {
            Some(page) if !reached && !endless && step.page.as_ref() != Some(&page) => round.page = Some(page),
            onward => {
                round.whole &= !(endless && onward.is_some() && !reached);
                let mark = self.read.insert(step.lane.clone(), round.began).unwrap_or(ask.since.millis());
                round.from = round.from.max(mark);
                (round.lane, round.page, round.pages) = (None, None, 0);
            }
        }
    }

    /// Every lane was heard up to an instant in another way: by a stream. What that covers.
    pub(crate) fn heard(&mut self, lanes: &[String], at: Timestamp) -> Option<Span> {
        let marks = lanes.iter().map(|lane| self.read.get(lane).copied());
        let from = marks.collect::<Option<Vec<i64>>>()?.into_iter().max()?;
        let covered = Span::new(Timestamp::from_millis(from), at)?;
        self.read.extend(lanes.iter().map(|lane| (lane.clone(), at.millis())));
        Some(covered)
    }

    /// A lane cannot be read this time.
    pub(crate) fn skip(&mut self, step: &Step) {
        if let Some(round) = &mut self.round {
            round.skipped.push(step.lane.clone());
            round.whole = false;
            (round.lane, round.page, round.pages) = (None, None, 0);
        }
    }

    /// A walk begins anew: the platform no longer knows its page. One that cannot keep its pages is left in the end.
    pub(crate) fn restart(&mut self, step: &Step) {
        let Some(round) = &mut self.round else { return };
        round.restarts += 1;
        (round.page, round.pages) = (None, 0);
        if round.restarts > MAX_RESTARTS {
            self.skip(step);
        }
    }

    /// Ends the round if no lane is left, and forgets lanes that are no more.
    pub(crate) fn end(&mut self, lanes: &[String]) -> Option<Ended> {
        let round = self.round.as_ref()?;
        let waits =
            |lane: &String| !round.skipped.contains(lane) && self.read.get(lane).is_none_or(|read| *read < round.began);
        if lanes.iter().any(waits) {
            return None;
        }
        let (began, from) = (Timestamp::from_millis(round.began), Timestamp::from_millis(round.from));
        let covered = Some(round.whole && round.from > i64::MIN).filter(|whole| *whole).and(Span::new(from, began));
        self.round = None;
        self.read.retain(|lane, _| lanes.contains(lane));
        Some(Ended { began, covered })
    }
}

impl Ended {
    /// What comes next: another round where this one began before the listening did, else a rest.
    pub(crate) fn next(self, listening_since: Timestamp, rest: Duration) -> Next {
        if self.began < listening_since { Next::More } else { Next::CaughtUp(rest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collector::Mode;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn ask(now: i64) -> Ask<'static> {
        let (since, now) = (Timestamp::from_millis(100), Timestamp::from_millis(now));
        Ask { cursor: None, since, now, mode: Mode::CatchUp }
    }

    fn lanes(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    const OVERLAP: Duration = Duration::from_millis(5);

    #[test]
    fn a_round_covers_what_all_its_lanes_were_read_for() {
        let (mut rounds, lanes) = (Rounds::default(), lanes(&["a", "b"]));
        let step = rounds.step(&lanes, &ask(500), OVERLAP).unwrap();
        assert_eq!((step.lane.as_str(), step.back_to.millis()), ("a", 100));
        rounds.turned(&step, (Some("2".to_owned()), false), &ask(510));
        let step = rounds.step(&lanes, &ask(520), OVERLAP).unwrap();
        assert_eq!(step.page.as_deref(), Some("2"));
        rounds.turned(&step, (Some("3".to_owned()), true), &ask(520));
        assert_eq!(rounds.end(&lanes), None);
        let step = rounds.step(&lanes, &ask(530), OVERLAP).unwrap();
        rounds.turned(&step, (None, false), &ask(530));
        let ended = rounds.end(&lanes).unwrap();
        let span = Span::new(Timestamp::from_millis(100), Timestamp::from_millis(500));
        assert_eq!((ended.began.millis(), ended.covered), (500, span));
        assert_eq!(rounds.step(&lanes, &ask(900), OVERLAP).unwrap().back_to.millis(), 495);
        assert_eq!(ended.next(ended.began, OVERLAP), Next::CaughtUp(OVERLAP));
        assert_eq!(ended.next(Timestamp::from_millis(501), OVERLAP), Next::More);
    }

    #[test]
    fn a_lane_that_cannot_be_read_takes_the_claim_away_and_keeps_its_mark() {
        let (mut rounds, lanes) = (Rounds::default(), lanes(&["a", "b"]));
        let step = rounds.step(&lanes, &ask(500), OVERLAP).unwrap();
        rounds.skip(&step);
        let step = rounds.step(&lanes, &ask(500), OVERLAP).unwrap();
        rounds.turned(&step, (None, false), &ask(500));
        assert_eq!(rounds.end(&lanes).unwrap().covered, None);
        let step = rounds.step(&lanes, &ask(900), OVERLAP).unwrap();
        assert_eq!((step.lane.as_str(), step.back_to.millis()), ("a", 100));
    }

    #[test]
    fn a_platform_without_end_is_left() {
        let (mut rounds, lanes) = (Rounds::default(), lanes(&["a"]));
        let mut pages = 0;
        while rounds.end(&lanes).is_none() {
            let step = rounds.step(&lanes, &ask(500), OVERLAP).unwrap();
            pages += 1;
            rounds.turned(&step, (Some(pages.to_string()), false), &ask(500));
        }
        assert_eq!(pages, MAX_PAGES);
        let step = rounds.step(&lanes, &ask(900), OVERLAP).unwrap();
        rounds.turned(&step, (Some("x".to_owned()), false), &ask(900));
        let again = rounds.step(&lanes, &ask(900), OVERLAP).unwrap();
        rounds.turned(&again, (Some("x".to_owned()), false), &ask(900));
        assert!(rounds.end(&lanes).is_some(), "a page that leads to itself ends the walk");
    }

    #[test]
    fn a_walk_whose_pages_never_hold_is_left() {
        let (mut rounds, lanes) = (Rounds::default(), lanes(&["a"]));
        let mut restarts = 0;
        while rounds.end(&lanes).is_none() {
            let step = rounds.step(&lanes, &ask(500), OVERLAP).unwrap();
            assert_eq!(step.page, None);
            rounds.turned(&step, (Some("2".to_owned()), false), &ask(500));
            rounds.restart(&step);
            restarts += 1;
        }
        assert_eq!(restarts, MAX_RESTARTS + 1);
    }

    proptest! {
        /// A platform grows while it is read, page by page through opaque cursors of any size, and some pages are asked
        /// for twice because the first answer was never stored.
        #[test]
        fn nothing_is_lost_whatever_the_pages(
            arrivals in prop::collection::vec((0..2usize, 0..30i64), 1..60),
            sizes in prop::collection::vec(1..7usize, 1..20),
            crashes in prop::collection::vec(any::<bool>(), 1..20),
        ) {
            let lanes = lanes(&["a", "b"]);
            let mut clock = 1_000;
            let mut shown: [Vec<i64>; 2] = [Vec::new(), Vec::new()];
            let mut heard: [BTreeSet<i64>; 2] = [BTreeSet::new(), BTreeSet::new()];
            let (mut rounds, mut turn) = (Rounds::default(), 0);
            let mut arrivals = arrivals.into_iter();
            let mut last = false;
            loop {
                match arrivals.next() {
                    Some((lane, pause)) => { clock += pause + 1; shown[lane].push(clock); }
                    None => clock += 1,
                }
                let stored = rounds.clone();
                let step = rounds.step(&lanes, &ask(clock), OVERLAP).unwrap();
                let lane = usize::from(step.lane == "b");
                let size = sizes[turn % sizes.len()];
                let before = step.page.as_ref().map_or(i64::MAX, |page| page.parse().unwrap());
                let page: Vec<i64> = shown[lane].iter().rev().copied().filter(|at| *at < before).take(size).collect();
                let reached = page.iter().any(|at| *at < step.back_to.millis());
                let onward = page.last().map(ToString::to_string);
                turn += 1;
                if crashes[turn % crashes.len()] && turn % 3 == 0 {
                    rounds = stored;
                    continue;
                }
                heard[lane].extend(page);
                rounds.turned(&step, (onward, reached), &ask(clock));
                if let Some(ended) = rounds.end(&lanes) {
                    for lane in 0..2 {
                        let missed = shown[lane].iter().find(|at| **at < ended.began.millis() && !heard[lane].contains(at));
                        prop_assert_eq!(missed, None);
                    }
                    if last { break; }
                    last = arrivals.len() == 0;
                }
            }
        }
    }
}
