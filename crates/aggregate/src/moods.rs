//! Estimated mixes as the moods of a summary.

use crate::reviewed::spread;
use crate::shares::{self, Crowd, Draws, Estimate, Mix, References, Used, Validation};
use crate::tallies::{Cell, Cells};
use crate::{Chance, Config, Mood, Share, hash, sums};
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
    fn of(estimate: &Estimate, n: u64) -> Self {
        let share = |of: fn(&Mix) -> f64, floor: f64| {
            Share::around(of(&estimate.mix), estimate.draws.iter().map(of).collect(), floor)
        };
        let error = |of: fn(&Mix) -> f64| sums::rounded(spread(estimate.of_authors.iter().map(of)));
        let balance = |mix: &Mix| mix[2] - mix[0];
        Self {
            negative: share(|mix| mix[0], 0.0),
            neutral: share(|mix| mix[1], 0.0),
            positive: share(|mix| mix[2], 0.0),
            balance: share(balance, -1.0),
            n,
            method: method(estimate),
            chance: (!estimate.of_authors.is_empty())
                .then(|| Chance { negative: error(|mix| mix[0]), balance: error(balance) }),
        }
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
