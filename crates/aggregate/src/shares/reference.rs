//! Where the labelled posts of each mood lie on the grid, as they are and drawn anew.
//!
//! Drawn once for all shares of a day: every group of it then meets the same labelled posts in the same draw.

use super::labelled::{Labelled, counted};
use super::{Draws, Mix, Validation, matched};
use crate::hash::{self, Random};
use std::collections::BTreeMap;

/// What a language's posts are read by.
pub(crate) struct Reference {
    /// The mix that its probabilities are right for.
    pub(super) prior: Mix,
    /// The labelled posts.
    pub(super) whole: Table,
    /// The same, drawn with replacement.
    pub(super) draws: Vec<Table>,
}

/// For each cell which part of the labelled posts of each mood lies in it.
pub(super) struct Table(Vec<[f32; 3]>);

/// References by language.
pub(crate) struct References {
    own: BTreeMap<String, Reference>,
    all: Option<Reference>,
}

impl References {
    /// Draws the labelled posts, each language from a seed of its own.
    pub(crate) fn draw(validation: &Validation, draws: Draws) -> Self {
        let seeded = |name: &str| Draws { seed: hash::then(draws.seed, hash::text(name)), ..draws };
        let own = validation.languages();
        let own = own.filter_map(|(lang, posts)| Some((lang.to_owned(), Reference::of(posts, seeded(lang))?)));
        Self { own: own.collect(), all: validation.all().and_then(|posts| Reference::of(&posts, seeded(""))) }
    }

    /// What a language is read by, and whether by labelled posts of its own; `None` where there are no labelled posts.
    pub(crate) fn of(&self, lang: &str) -> Option<(&Reference, bool)> {
        let own = self.own.get(lang).map(|own| (own, true));
        own.or_else(|| self.all.as_ref().map(|all| (all, false)))
    }
}

impl Reference {
    fn of(posts: &[Labelled], draws: Draws) -> Option<Self> {
        let counts = counted(posts.iter().copied());
        let prior = matched::prior(&counts)?;
        let mut random = Random::new(draws.seed);
        let mut anew = || Table::of(&counted((0..posts.len()).map(|_| posts[random.below(posts.len())])));
        let draws = (0..draws.resamples).map(|_| anew()).collect();
        Some(Self { prior, whole: Table::of(&counts), draws })
    }
}

impl Table {
    fn of(counts: &[Mix]) -> Self {
        let sums: Mix = std::array::from_fn(|mood| counts.iter().map(|cell| cell[mood]).sum());
        #[expect(clippy::cast_possible_truncation, reason = "a part of one; seven digits are plenty")]
        let parts = |cell: &Mix| std::array::from_fn(|mood| (cell[mood] / sums[mood].max(f64::MIN_POSITIVE)) as f32);
        Self(counts.iter().map(parts).collect())
    }

    /// The mean of a function of cells over the labelled posts of each mood.
    pub(super) fn means(&self, function: &[[f64; 2]]) -> [[f64; 2]; 3] {
        let mut means = [[0.0; 2]; 3];
        for (parts, values) in self.0.iter().zip(function) {
            for (mean, part) in means.iter_mut().zip(parts) {
                mean[0] += f64::from(*part) * values[0];
                mean[1] += f64::from(*part) * values[1];
            }
        }
        means
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shares::CELLS;
    use crate::shares::labelled::tests::labelled;

    #[test]
    fn the_parts_of_each_mood_are_one_in_every_draw() {
        let validation = Validation::of(labelled("it", 80));
        let references = References::draw(&validation, Draws { resamples: 5, seed: 3 });
        let (reference, own) = references.of("it").unwrap();
        assert!(own && !references.of("sv").unwrap().1);
        assert_eq!(reference.draws.len(), 5);
        for table in reference.draws.iter().chain([&reference.whole]) {
            let ones = table.means(&[[1.0, 0.0]; CELLS]);
            assert!(ones.iter().all(|mean| (mean[0] - 1.0).abs() < 1e-5 && mean[1].abs() < 1e-9), "{ones:?}");
        }
        assert_ne!(reference.draws[0].0, reference.draws[1].0);
    }

    #[test]
    fn without_labelled_posts_there_is_no_reference() {
        assert!(References::draw(&Validation::default(), Draws { resamples: 5, seed: 3 }).of("it").is_none());
    }
}
