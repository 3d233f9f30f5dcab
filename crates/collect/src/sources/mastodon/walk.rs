//! How one hashtag's timeline is walked, without the network: which page to ask for, and what a page means.
//!
//! ```text
//! first start   newest ──max_id──▶ … ──▶ a page that is older than `since`           then head = newest
//! a round       head ──min_id──▶ … ──▶ an empty page
//! now and then  newest ──max_id──▶ … ──▶ a page older than (last look − overlap)      then head = newest
//! ```
//!
//! An id is made from the time a post claims, so a post that federates late stands *behind* the head and walking forward
//! never meets it. The look back from the top meets every post that came no later than the overlap: it reaches from the
//! newest to `overlap` before the last look began. It replaces the walk forward of its round, so it costs what lies in
//! the window and nothing twice.
//!
//! A short page is no end (servers filter behind the paging); only an empty one is.

use super::ids::LocalId;
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};

/// An id is made from the second of a post's time, and within a second by chance.
const SECOND_MS: i64 = 1_000;

/// Where one hashtag stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Walk {
    /// The newest post met; walking forward starts here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    head: Option<LocalId>,
    /// A walk back that is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    back: Option<Back>,
    /// When the last whole walk back began, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    looked: Option<i64>,
}

/// A walk back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Back {
    began: i64,
    until: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    top: Option<LocalId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<LocalId>,
}

/// How far and how often to look back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// How far back the first walk reaches.
    pub(super) since: Timestamp,
    /// How late a post may federate and still be met, in milliseconds.
    pub(super) overlap_ms: i64,
    /// How often to look for such posts, in milliseconds.
    pub(super) every_ms: i64,
}

/// Which page to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The newest.
    Newest,
    /// The one right below an id (`max_id`).
    Below(LocalId),
    /// The one right above an id (`min_id`).
    Above(LocalId),
}

/// What the walk sees of a post on a page.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    /// `None` where it cannot be used.
    pub(super) id: Option<LocalId>,
    /// `None` where it cannot be read.
    pub(super) at: Option<Timestamp>,
}

/// The server's pages do not move: it does not page as we understand it, and going on would never end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Circles;

impl Walk {
    /// Which page to ask for in a round that began at `round`.
    pub(super) fn step(&mut self, pace: &Pace, round: Timestamp) -> Step {
        if self.back.is_none()
            && let Some(until) = self.until(pace, round)
        {
            self.back = Some(Back { began: round.millis(), until, top: None, max: None });
        }
        match (&self.back, &self.head) {
            (Some(Back { max: Some(max), .. }), _) => Step::Below(max.clone()),
            (None, Some(head)) => Step::Above(head.clone()),
            _ => Step::Newest,
        }
    }

    /// The end of the walk back that is under way: what is older on its last page was not asked for.
    pub(super) fn floor(&self) -> Option<Timestamp> {
        self.back.as_ref().map(|back| Timestamp::from_millis(back.until))
    }

    /// How far to look back now; `None` when it is not time.
    fn until(&self, pace: &Pace, round: Timestamp) -> Option<i64> {
        let Some(looked) = self.looked else { return Some(pace.since.millis()) };
        let until = looked.saturating_sub(pace.overlap_ms).saturating_sub(SECOND_MS);
        match self.head {
            None => Some(until.min(pace.since.millis())),
            Some(_) => (round.millis().saturating_sub(looked) >= pace.every_ms).then_some(until),
        }
    }

    /// Learns from the page that the last step asked for, in a round that began at `round`. Says whether everything up to
    /// that beginning is read now.
    pub(super) fn take(&mut self, page: &[Sight], round: Timestamp) -> Result<bool, Circles> {
        let ids = || page.iter().filter_map(|sight| sight.id.as_ref());
        if !page.is_empty() && ids().next().is_none() {
            return Err(Circles);
        }
        match self.back.take() {
            Some(back) => self.take_back(back, page, round),
            None => self.take_forward(ids().max(), page, round),
        }
    }

    fn take_back(&mut self, mut back: Back, page: &[Sight], round: Timestamp) -> Result<bool, Circles> {
        let ids = || page.iter().filter_map(|sight| sight.id.as_ref());
        back.top = back.top.or_else(|| ids().max().cloned());
        let lowest = ids().min();
        let stuck = lowest.zip(back.max.as_ref()).is_some_and(|(lowest, max)| lowest >= max);
        let old = |sight: &Sight| sight.at.is_some_and(|at| at.millis() < back.until);
        if page.iter().all(old) {
            self.head = back.top.or_else(|| self.head.take());
            self.looked = Some(back.began);
            // One that was begun by an earlier round knows nothing of what came since.
            return Ok(back.began >= round.millis());
        }
        if stuck {
            return Err(Circles);
        }
        back.max = lowest.cloned();
        self.back = Some(back);
        Ok(false)
    }

    fn take_forward(&mut self, highest: Option<&LocalId>, page: &[Sight], round: Timestamp) -> Result<bool, Circles> {
        if let Some(highest) = highest {
            if self.head.as_ref().is_some_and(|head| highest <= head) {
                return Err(Circles);
            }
            self.head = Some(highest.clone());
        }
        // A busy hashtag grows while it is read: what came since the round began is left to the next.
        Ok(page.iter().all(|sight| sight.at.is_some_and(|at| at >= round)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_millis(hours * HOUR)
    }

    fn id(id: i64) -> LocalId {
        LocalId::new(&id.to_string()).unwrap()
    }

    /// Posts whose id is their hour.
    fn page(hours: &[i64]) -> Vec<Sight> {
        hours.iter().map(|hour| Sight { id: Some(id(*hour)), at: Some(at(*hour)) }).collect()
    }

    fn pace() -> Pace {
        Pace { since: at(100), overlap_ms: 12 * HOUR, every_ms: HOUR }
    }

    #[test]
    fn first_it_walks_back_to_the_beginning() {
        let mut walk = Walk::default();
        assert_eq!(walk.step(&pace(), at(200)), Step::Newest);
        assert_eq!(walk.floor(), Some(at(100)));
        assert_eq!(walk.take(&page(&[190, 180, 101]), at(200)), Ok(false));
        assert_eq!(walk.step(&pace(), at(200)), Step::Below(id(101)));
        assert_eq!(walk.take(&page(&[100, 99]), at(200)), Ok(false), "a page that is partly old is no end");
        assert_eq!(walk.step(&pace(), at(200)), Step::Below(id(99)));
        assert_eq!(walk.take(&page(&[98]), at(200)), Ok(true));
        assert_eq!(walk.step(&pace(), at(200)), Step::Above(id(190)));
        assert_eq!(walk.take(&page(&[191]), at(200)), Ok(false), "a short page is no end");
        assert_eq!(walk.take(&[], at(200)), Ok(true));
    }

    #[test]
    fn it_looks_back_over_the_overlap_now_and_then() {
        let mut walk = Walk { head: Some(id(190)), looked: Some(200 * HOUR), ..Walk::default() };
        assert_eq!(walk.step(&pace(), at(200)), Step::Above(id(190)));
        assert_eq!(walk.step(&pace(), at(201)), Step::Newest);
        assert_eq!(walk.take(&page(&[200, 188]), at(201)), Ok(false));
        assert_eq!(walk.step(&pace(), at(201)), Step::Below(id(188)));
        assert_eq!(walk.take(&page(&[187, 150]), at(201)), Ok(true));
        assert_eq!((walk.head, walk.looked), (Some(id(200)), Some(201 * HOUR)));
    }

    #[test]
    fn within_a_second_nothing_is_in_order() {
        let mut walk = Walk { head: Some(id(190)), looked: Some(200 * HOUR), ..Walk::default() };
        walk.step(&pace(), at(201));
        let nearly = Sight { id: Some(id(188)), at: Some(Timestamp::from_millis(188 * HOUR - 500)) };
        assert_eq!(walk.take(&[nearly], at(201)), Ok(false), "one of the same second may stand below it");
    }

    #[test]
    fn a_walk_that_an_earlier_round_began_is_followed_by_one_forward() {
        let mut walk = Walk::default();
        walk.step(&pace(), at(200));
        walk.take(&page(&[190]), at(200)).unwrap();
        let mut walk: Walk = serde_json::from_str(&serde_json::to_string(&walk).unwrap()).unwrap();
        assert_eq!(walk.step(&pace(), at(205)), Step::Below(id(190)));
        assert_eq!(walk.take(&[], at(205)), Ok(false));
        assert_eq!(walk.step(&pace(), at(200)), Step::Above(id(190)));
    }

    #[test]
    fn a_hashtag_nobody_uses_costs_one_question_a_round() {
        let mut walk = Walk::default();
        for round in [200, 200, 201] {
            assert_eq!(walk.step(&pace(), at(round)), Step::Newest);
            assert_eq!(walk.take(&[], at(round)), Ok(true));
        }
    }

    #[test]
    fn a_busy_hashtag_does_not_keep_a_round_for_ever() {
        let mut walk = Walk { head: Some(id(190)), looked: Some(200 * HOUR), ..Walk::default() };
        walk.step(&pace(), at(200));
        assert_eq!(walk.take(&page(&[201, 195]), at(200)), Ok(false));
        assert_eq!(walk.take(&page(&[203, 202]), at(200)), Ok(true));
    }

    #[test]
    fn pages_that_do_not_move_are_an_error() {
        let mut walk = Walk::default();
        walk.step(&pace(), at(200));
        walk.take(&page(&[190, 180]), at(200)).unwrap();
        assert_eq!(walk.take(&page(&[190, 180]), at(200)), Err(Circles));
        let mut walk = Walk { head: Some(id(190)), looked: Some(200 * HOUR), ..Walk::default() };
        assert_eq!(walk.take(&page(&[190, 180]), at(200)), Err(Circles));
        assert_eq!(walk.take(&[Sight { id: None, at: None }], at(200)), Err(Circles));
    }
}
