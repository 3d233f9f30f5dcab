//! Estimated mixes as the moods of a summary.

use crate::reviewed::spread;
use crate::shares::{self, Crowd, Draws, Estimate, Mix, References, Used, Validation};
use crate::tallies::{Cell, Cells};
use crate::{Chance, Config, Mood, Share, hash, proportion, sums};
use polso_store::columns;
use std::collections::BTreeMap;

/// A post that a model has read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadPost<'a> {
    /// Who posted it, as any number that tells authors apart.
    pub author: u64,
    /// Its language.
    pub lang: &'a str,
    /// Calibrated probabilities of negative, neutral and positive.
    pub probabilities: [f64; 3],
}

/// The mood of some posts, as a day's would be: estimated with labelled posts, from so many draws beginning at `seed`.
/// `None` where there are no posts, or too few labelled ones.
pub fn mood(posts: &[ReadPost<'_>], validation: &Validation, (resamples, seed): (u32, u64)) -> Option<Mood> {
    let draws = Draws { resamples, seed };
    let mut langs: Vec<&str> = posts.iter().map(|post| post.lang).collect();
    langs.sort_unstable();
    langs.dedup();
    let mut authors: BTreeMap<u64, Vec<shares::Said>> = BTreeMap::new();
    for post in posts {
        let lang = u16::try_from(langs.partition_point(|lang| *lang < post.lang)).ok();
        let cell = shares::cell(post.probabilities).and_then(|cell| u16::try_from(cell).ok());
        if let Some((lang, cell)) = lang.zip(cell) {
            authors.entry(hash::mix(post.author)).or_default().push((lang, cell, 1));
        }
    }
    let mut crowd = Crowd::default();
    for (author, said) in &authors {
        crowd.push(*author, said);
    }
    let references = References::draw(validation, draws);
    Reader { references: Some(&references), langs }.mood(&crowd, posts.len() as u64, draws)
}

/// What a day's posts are read by.
pub(crate) struct Reader<'a> {
    /// The labelled posts; `None` where they are another model's.
    pub(crate) references: Option<&'a References>,
    /// Names of the languages, by the numbers that crowds have them under.
    pub(crate) langs: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    /// For the posts of a day. Labelled posts tell nothing about what another model says.
    pub(crate) fn of(cells: &'a Cells, references: &'a References, config: &Config) -> Self {
        let scored = |cell: &Cell| cell.scored == columns::SCORED;
        let same = cells.0.iter().filter(|cell| scored(cell)).all(|cell| cell.model == config.model);
        let langs = cells.distinct(|cell| scored(cell).then_some(cell.lang.as_str()));
        Self { references: same.then_some(references), langs: langs.into_iter().flatten().collect() }
    }

    /// The mood of a crowd behind which stand `n`; `None` where labelled posts cannot tell it.
    pub(crate) fn mood(&self, crowd: &Crowd, n: u64, draws: Draws) -> Option<Mood> {
        let estimate = shares::estimate(crowd, &self.langs, self.references?, draws)?;
        Some(Mood::of(&estimate, n))
    }
}

impl Mood {
    /// No interval is narrower than that of a count by hand of as many posts by as many authors: where a group's posts are
    /// clearer than any labelled ones, every draw ends at the same bound and would promise certainty.
    fn of(estimate: &Estimate, n: u64) -> Self {
        let counted: [Share; 3] = estimate.mix.map(|share| proportion::wilson(share, estimate.effective));
        let share = |mood: usize| {
            let drawn = estimate.draws.iter().map(|mix| mix[mood]).collect();
            Share::around(estimate.mix[mood], drawn, 0.0).at_least(counted[mood])
        };
        let [negative, _, positive] = counted;
        let by_hand = Share {
            share: estimate.mix[2] - estimate.mix[0],
            low: positive.low - negative.high,
            high: positive.high - negative.low,
        };
        let drawn = estimate.draws.iter().map(|mix| mix[2] - mix[0]).collect();
        let error = |of: fn(&Mix) -> f64, by_hand: Share| {
            let by_hand = (by_hand.high - by_hand.low) / (2.0 * proportion::Z);
            sums::rounded(spread(estimate.of_authors.iter().map(of)).max(by_hand))
        };
        Self {
            negative: share(0),
            neutral: share(1),
            positive: share(2),
            balance: Share::around(by_hand.share, drawn, -1.0).at_least(by_hand),
            n,
            method: method(estimate),
            chance: (!estimate.of_authors.is_empty()).then(|| Chance {
                negative: error(|mix| mix[0], negative),
                balance: error(|mix| mix[2] - mix[0], by_hand),
            }),
        }
    }
}

impl Share {
    /// With an interval that also holds another one.
    fn at_least(self, other: Self) -> Self {
        Self { low: self.low.min(sums::rounded(other.low)), high: self.high.max(sums::rounded(other.high)), ..self }
    }
}

fn method(estimate: &Estimate) -> String {
    let way = match estimate.used {
        Used::Sld => "SLD (expectation-maximisation), adjusted by labelled posts",
        Used::Pacc => "PACC (probabilities adjusted by labelled posts), as SLD did not settle",
    };
    let borrowed = match estimate.borrowed.as_slice() {
        [] => String::new(),
        langs => format!(" (those of all languages for {})", langs.join(", ")),
    };
    format!("{way}{borrowed}; bootstrap over authors and labelled posts")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shares::tests::labelled;

    #[test]
    fn posts_that_are_clearer_than_any_labelled_ones_are_not_certain() {
        let posts = |authors: u64| -> Vec<ReadPost<'static>> {
            (0..authors).map(|author| ReadPost { author, lang: "it", probabilities: [0.01, 0.01, 0.98] }).collect()
        };
        let validation = Validation::of(labelled("it", 100));
        let of = |authors: u64| mood(&posts(authors), &validation, (200, 7)).unwrap();
        let (few, many) = (of(30), of(3_000));
        assert!(few.positive.share > 0.999 && few.positive.low < 0.9 && few.negative.high > 0.1, "{few:?}");
        assert!(few.balance.low < 0.8 && few.chance.unwrap().negative > 0.02, "{few:?}");
        assert!(many.positive.low > 0.99, "{many:?}");
    }

    #[test]
    fn without_labelled_posts_there_is_no_estimate() {
        let post = ReadPost { author: 1, lang: "it", probabilities: [0.2, 0.3, 0.5] };
        assert_eq!(mood(&[post], &Validation::default(), (10, 1)), None);
        assert_eq!(mood(&[], &Validation::of(labelled("it", 100)), (10, 1)), None);
    }
}
