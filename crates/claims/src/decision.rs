//! Whether a post speaks of a claim: features of two sketches, their log-odds, a threshold a language.
//!
//! The features depend on the two sketches and on how often the library uses each word, on nothing else. So a post that
//! was matched when it was read and one that is matched four weeks later are judged alike.

use crate::Error;
use crate::contrast::{Contrast, Place};
use crate::params::{DecisionParams, Params, Weights, logistic};
use polso_domain::Sketch;
use std::collections::{BTreeMap, HashMap};

/// What is looked at in a post and a wording, in order; the columns of a feature file.
pub const MATCH_FEATURES: [&str; 8] =
    ["cosine", "contrast", "row_covered", "post_covered", "shared_mass", "post_terms", "row_terms", "same_lang"];

/// Values of [`MATCH_FEATURES`].
pub type MatchFeatures = [f32; MATCH_FEATURES.len()];

/// How many of them the score is made of.
const SCORED: usize = 5;

/// What the log-odds are made of, in order: the score, by how much it stands out, and the features that are not scored.
pub const ODDS_FEATURES: [&str; 5] = ["score", "stands_out", "post_terms", "row_terms", "same_lang"];

/// Claims that one must stand out from. Where a library has fewer, the others are as good as the background.
const OTHERS: usize = 8;

/// How telling each word of a library is.
#[derive(Clone)]
pub(crate) struct Frequencies {
    rows: f32,
    of: HashMap<u32, u32>,
}

/// One side of a comparison.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) sketch: &'a Sketch,
    pub(crate) lang: &'a str,
    pub(crate) place: &'a Place,
    /// Sum of what its words tell.
    pub(crate) mass: f32,
}

/// Weights and thresholds.
#[derive(Clone)]
pub(crate) struct Decision {
    contrast: Contrast,
    score: Weights<SCORED>,
    odds: Weights<{ ODDS_FEATURES.len() }>,
    background: f32,
    threshold: f32,
    thresholds: BTreeMap<String, f32>,
}

impl Frequencies {
    /// Counts the rows that use each word.
    pub(crate) fn of<'a>(rows: impl Iterator<Item = &'a [u32]>) -> Self {
        let (mut of, mut count) = (HashMap::new(), 0_usize);
        for terms in rows {
            count += 1;
            for term in terms {
                *of.entry(*term).or_insert(0) += 1;
            }
        }
        Self { rows: count as f32, of }
    }

    /// How telling a word is: the inverse document frequency of BM25 (Robertson & Zaragoza 2009, eq. 3.3, kept positive).
    pub(crate) fn tells(&self, term: u32) -> f32 {
        let rows = self.of.get(&term).copied().unwrap_or(0) as f32;
        (1.0 + (self.rows - rows + 0.5) / (rows + 0.5)).ln()
    }

    /// What all of these tell.
    pub(crate) fn mass(&self, terms: &[u32]) -> f32 {
        terms.iter().map(|term| self.tells(*term)).sum()
    }
}

/// Features that say how well two texts fit each other; those behind them say what texts they are.
const FITTING: usize = 5;

fn first<T: Copy>(of: &[T; MATCH_FEATURES.len()]) -> [T; FITTING] {
    std::array::from_fn(|place| of[place])
}

impl Decision {
    pub(crate) fn new(params: &Params) -> Result<Self, Error> {
        let DecisionParams { score, odds, background, threshold, thresholds } = &params.decision;
        Ok(Self {
            contrast: Contrast::new(&params.contrast)?,
            score: score.in_order("decision.score", first(&MATCH_FEATURES))?,
            odds: odds.in_order("decision.odds", ODDS_FEATURES)?,
            background: *background,
            threshold: *threshold,
            thresholds: thresholds.clone(),
        })
    }

    /// What vectors have in common.
    pub(crate) fn contrast(&self) -> &Contrast {
        &self.contrast
    }

    /// How well a post and a wording fit each other.
    pub(crate) fn score(&self, features: &MatchFeatures) -> f32 {
        self.score.sum(&first(features))
    }

    /// Probability that a post speaks of each of some claims, whose best wordings have these scores and features.
    ///
    /// A claim must stand out from the others that came into question: a post about vaccines fits every claim about
    /// vaccines a little.
    pub(crate) fn probabilities(&self, judged: &[(f32, &MatchFeatures)]) -> Vec<f32> {
        let missing = OTHERS.saturating_sub(judged.len().saturating_sub(1));
        let others = (judged.len().saturating_sub(1) + missing) as f32;
        let sum = judged.iter().map(|(score, _)| score).sum::<f32>() + missing as f32 * self.background;
        let probability = |(score, features): &(f32, &MatchFeatures)| {
            let [.., post_terms, row_terms, same_lang] = **features;
            let stands_out = score - (sum - score) / others;
            logistic(self.odds.sum(&[*score, stands_out, post_terms, row_terms, same_lang]))
        };
        judged.iter().map(probability).collect()
    }

    /// The probability from which a claim counts as found in this language.
    pub(crate) fn threshold(&self, lang: &str) -> f32 {
        self.thresholds.get(lang).copied().unwrap_or(self.threshold)
    }

    /// What is told of a post and a row by both sketches.
    pub(crate) fn features(&self, post: Side<'_>, row: Side<'_>, (cosine, told): (f32, &Frequencies)) -> MatchFeatures {
        let shared: f32 = shared(&post.sketch.terms, &row.sketch.terms).map(|term| told.tells(term)).sum();
        let share = |mass: f32| if mass > 0.0 { shared / mass } else { 0.0 };
        let words = |side: Side<'_>| (1.0 + side.sketch.terms.len() as f32).ln();
        [
            cosine,
            self.contrast.cosine(post.place, row.place, cosine),
            share(row.mass),
            share(post.mass),
            shared.ln_1p(),
            words(post),
            words(row),
            f32::from(u8::from(post.lang == row.lang)),
        ]
    }
}

/// What two rising lists have in common, rising.
pub(crate) fn shared<'a>(left: &'a [u32], right: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let mut right = right.iter().copied().peekable();
    left.iter().copied().filter(move |term| {
        while right.next_if(|other| other < term).is_some() {}
        right.peek() == Some(term)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn what_is_shared_is_in_both(left: BTreeSet<u8>, right: BTreeSet<u8>) {
            let list = |set: &BTreeSet<u8>| set.iter().map(|term| u32::from(*term)).collect::<Vec<_>>();
            let both: Vec<u32> = left.intersection(&right).map(|term| u32::from(*term)).collect();
            prop_assert_eq!(shared(&list(&left), &list(&right)).collect::<Vec<_>>(), both);
        }
    }

    #[test]
    fn rare_words_tell_more_and_none_tells_less_than_nothing() {
        let rows: [&[u32]; 3] = [&[1, 2], &[1, 3], &[1]];
        let told = Frequencies::of(rows.into_iter());
        assert!(told.tells(9) > told.tells(2) && told.tells(2) > told.tells(1) && told.tells(1) > 0.0);
        assert!((told.mass(&[1, 2]) - told.tells(1) - told.tells(2)).abs() < 1e-6);
        assert!(Frequencies::of(std::iter::empty()).tells(1) > 0.0);
    }
}
