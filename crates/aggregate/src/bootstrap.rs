//! Intervals of shares that are ratios of sums, which know that one author's posts are not independent: posts that likely
//! need checking, and means of probabilities of moods, which stand where no labelled posts tell more ([`crate::shares`]).
//!
//! Cluster bootstrap (Efron & Tibshirani 1993, ch. 8 and 13): authors are drawn with replacement, each with all posts,
//! and the share is computed anew; the middle 95 % of the shares of many draws is the interval. A share is a ratio of
//! two sums, so sums per author are all that is needed.
//!
//! Beyond [`BLOCKS`] authors blocks of them are drawn.
//!
//! Where no post, or every post, likely needs checking, all draws say the same: the interval is then Wilson's, on as many posts
//! as authors of equal weight ([`crate::proportion`]).
//!
//! It is not exact for very few authors, whom the privacy gate withholds; of a single author nothing can be said, and
//! the interval is everything.

use crate::hash::{self, Random};
use crate::proportion::Part;
use crate::reviewed::Rectifier;
use crate::shares::{BLOCKS, Draws, block};
use crate::sums::{ONE, Sums, rounded};
use crate::{Mood, Share};

const METHOD: &str = "mean of calibrated probabilities, bootstrap over authors";

/// The authors of one group, or blocks of them, with their sums.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clusters {
    /// Authors.
    pub(crate) people: u32,
    /// The whole group.
    pub(crate) total: Sums,
    authors: Vec<(u64, Sums)>,
    blocks: Vec<Sums>,
}

impl Clusters {
    /// Adds an author, who must not have been added before. `author` is a hash of the key.
    pub(crate) fn push(&mut self, author: u64, sums: Sums) {
        self.people += 1;
        self.total += sums;
        if !self.blocks.is_empty() {
            self.blocks[block(author) as usize] += sums;
            return;
        }
        self.authors.push((author, sums));
        if self.authors.len() > BLOCKS {
            self.blocks = vec![Sums::default(); BLOCKS];
            for (author, sums) in self.authors.drain(..) {
                self.blocks[block(author) as usize] += sums;
            }
        }
    }

    /// The mood, corrected by what people said of some of the posts; `None` where nothing was scored.
    pub(crate) fn corrected(&self, draws: Draws, by: &Rectifier) -> Option<Mood> {
        let means = |ratios: &Ratios| [ratios.negative, ratios.positive];
        let whole = Ratios::of(&Ratios::floats(&self.total));
        let redrawn: Vec<[f64; 2]> = resample(&self.speaking(), draws).iter().map(means).collect();
        let seed = hash::then(draws.seed, 1);
        (self.total.scored > 0).then(|| by.corrected(means(&whole), &redrawn, (self.total.scored, seed)))
    }

    /// Authors, or blocks of them, without those of whom nothing was read: they say nothing about shares.
    fn speaking(&self) -> Vec<Sums> {
        let mut clusters: Vec<Sums> = self.authors.iter().map(|(_, sums)| *sums).collect();
        clusters.extend(self.blocks.iter().filter(|sums| sums.posts > 0));
        clusters.retain(|sums| sums.scored > 0 || sums.checked > 0);
        clusters
    }

    /// Mean mood and share that needs checking, with intervals; `None` where nothing was scored.
    pub(crate) fn shares(&self, draws: Draws) -> (Option<Mood>, Option<Share>) {
        let whole = Ratios::of(&Ratios::floats(&self.total));
        let resampled = resample(&self.speaking(), draws);
        let share =
            |of: fn(&Ratios) -> f64, floor: f64| Share::around(of(&whole), resampled.iter().map(of).collect(), floor);
        let mood = (self.total.scored > 0).then(|| Mood {
            negative: share(|ratios| ratios.negative, 0.0),
            neutral: share(|ratios| 1.0 - ratios.negative - ratios.positive, 0.0),
            positive: share(|ratios| ratios.positive, 0.0),
            balance: share(|ratios| ratios.positive - ratios.negative, -1.0),
            n: self.total.scored,
            method: METHOD.to_owned(),
            chance: None,
        });
        let checking = || self.none_or_all().unwrap_or_else(|| share(|ratios| ratios.flagged, 0.0));
        (mood, (self.total.checked > 0).then(checking))
    }

    /// The share that needs checking where it is none or all of the posts: drawing from them would say that this is certain.
    /// `None` otherwise, and of a single author.
    fn none_or_all(&self) -> Option<Share> {
        if self.total.flagged > 0 && self.total.flagged < self.total.checked {
            return None;
        }
        let clusters = self.speaking();
        if clusters.len() < 2 {
            return None;
        }
        let mut part = Part::default();
        for sums in clusters {
            part.add(sums.checked as f64, sums.flagged as f64 / sums.checked.max(1) as f64);
        }
        Some(part.interval().rounded())
    }
}

/// The shares of one draw.
#[derive(Clone, Copy)]
struct Ratios {
    negative: f64,
    positive: f64,
    flagged: f64,
}

impl Ratios {
    /// Scored, negative, positive, checked, flagged.
    fn floats(sums: &Sums) -> [f64; 5] {
        [
            sums.scored as f64,
            sums.negative as f64 / ONE,
            sums.positive as f64 / ONE,
            sums.checked as f64,
            sums.flagged as f64,
        ]
    }

    fn of([scored, negative, positive, checked, flagged]: &[f64; 5]) -> Self {
        // A draw may miss everybody with a reading; it says "none" then, as a sample would.
        let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        Self {
            negative: ratio(*negative, *scored),
            positive: ratio(*positive, *scored),
            flagged: ratio(*flagged, *checked),
        }
    }
}

fn resample(clusters: &[Sums], draws: Draws) -> Vec<Ratios> {
    if clusters.len() < 2 {
        return Vec::new();
    }
    let clusters: Vec<[f64; 5]> = clusters.iter().map(Ratios::floats).collect();
    let mut random = Random::new(draws.seed);
    let draw = |_| {
        let mut sums = [0.0; 5];
        for _ in 0..clusters.len() {
            let cluster = &clusters[random.below(clusters.len())];
            sums.iter_mut().zip(cluster).for_each(|(sum, value)| *sum += value);
        }
        Ratios::of(&sums)
    };
    (0..draws.resamples).map(draw).collect()
}

impl Share {
    /// An estimate with the middle 95 % of its resamples; without resamples everything from `floor` to one.
    pub(crate) fn around(estimate: f64, mut resampled: Vec<f64>, floor: f64) -> Self {
        resampled.sort_by(f64::total_cmp);
        let (low, high) = match resampled.len() {
            0 => (floor, 1.0),
            _ => (quantile(&resampled, 0.025), quantile(&resampled, 0.975)),
        };
        Self { share: rounded(estimate), low: rounded(low.min(estimate)), high: rounded(high.max(estimate)) }
    }
}

/// A quantile of sorted values, between neighbours in proportion (Hyndman & Fan 1996, type 7).
fn quantile(sorted: &[f64], at: f64) -> f64 {
    let place = at * (sorted.len() - 1) as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between zero and the length")]
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: Draws = Draws { resamples: 400, seed: 9 };

    fn sums(scored: u64, negative: f64) -> Sums {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let negative = (negative * scored as f64 * ONE) as u64;
        Sums { posts: scored, scored, negative, positive: 0, checked: scored, flagged: scored / 2 }
    }

    #[test]
    fn of_one_author_nothing_can_be_said() {
        let mut one = Clusters::default();
        one.push(1, sums(40, 0.3));
        let (mood, checking) = one.shares(DRAWS);
        let mood = mood.unwrap();
        assert_eq!((mood.negative.low, mood.negative.high), (0.0, 1.0));
        assert_eq!((mood.balance.low, mood.balance.high), (-1.0, 1.0));
        assert!((checking.unwrap().share - 0.5).abs() < 1e-9);
    }

    #[test]
    fn none_of_fifty_is_not_certainly_none() {
        let of = |flagged: u64| {
            let mut clusters = Clusters::default();
            (0..50).for_each(|author| clusters.push(author, Sums { flagged, ..sums(1, 0.3) }));
            clusters.shares(DRAWS).1.unwrap()
        };
        let (none, all) = (of(0), of(1));
        assert!(none.share < 1e-9 && none.low < 1e-9 && (none.high - 0.071).abs() < 0.001, "{none:?}");
        assert!(all.high > 1.0 - 1e-9 && (all.low - 0.929).abs() < 0.001, "{all:?}");
    }

    #[test]
    fn nothing_scored_has_no_mood() {
        let mut silent = Clusters::default();
        silent.push(1, Sums { posts: 3, ..Sums::default() });
        assert_eq!(silent.shares(DRAWS), (None, None));
    }

    #[test]
    fn blocks_say_what_authors_say() {
        let mut random = Random::new(3);
        let mut width = |authors: u64| {
            let mut clusters = Clusters::default();
            for author in 0..authors {
                clusters.push(hash::mix(author), sums(1 + random.below(5) as u64, random.below(1000) as f64 / 1000.0));
            }
            let share = clusters.shares(DRAWS).0.unwrap().negative;
            (share.high - share.low) * (authors as f64).sqrt()
        };
        let (authors, blocks) = (width(2000), width(20_000));
        assert!((authors / blocks - 1.0).abs() < 0.2, "{authors} {blocks}");
    }

    /// Authors have a mood of their own and post once to ten times: an interval over posts would hold the truth in well
    /// under 95 % of days.
    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let mut random = Random::new(11);
        let mut held = 0;
        for round in 0..300 {
            let mut clusters = Clusters::default();
            for author in 0..120 {
                let mood = random.below(1001) as f64 / 1000.0;
                clusters.push(author, sums(1 + random.below(10) as u64, mood));
            }
            let share = clusters.shares(Draws { resamples: 300, seed: round }).0.unwrap().negative;
            held += u32::from(share.low <= 0.5 && 0.5 <= share.high);
        }
        // 300 rounds at 95 %: three standard errors are 3.8 points.
        assert!((0.91..0.985).contains(&(f64::from(held) / 300.0)), "{held}");
    }
}
