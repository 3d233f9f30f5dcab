//! Whether a post speaks of a claim: features of two sketches, their log-odds, a threshold a language.
//!
//! The features depend on the two sketches and on how often the library uses each word, on nothing else. So a post that
//! was matched when it was read and one that is matched four weeks later are judged alike.

use crate::params::{Params, Weights, logistic};
use crate::{Error, params};
use polso_domain::Sketch;
use std::collections::{BTreeMap, HashMap};

/// What the decision looks at, in order; the columns of a feature file.
pub const MATCH_FEATURES: [&str; 8] =
    ["cosine", "cosine_squared", "row_covered", "post_covered", "shared_mass", "post_terms", "row_terms", "same_lang"];

/// Values of [`MATCH_FEATURES`].
pub type MatchFeatures = [f32; MATCH_FEATURES.len()];

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
    /// Sum of what its words tell.
    pub(crate) mass: f32,
}

/// Weights and thresholds.
#[derive(Clone)]
pub(crate) struct Decision {
    odds: Weights<{ MATCH_FEATURES.len() }>,
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

impl Decision {
    pub(crate) fn new(params: &Params) -> Result<Self, Error> {
        let params::DecisionParams { odds, threshold, thresholds } = &params.decision;
        let odds = odds.in_order("decision.odds", MATCH_FEATURES)?;
        Ok(Self { odds, threshold: *threshold, thresholds: thresholds.clone() })
    }

    /// Probability that the post speaks of the row's claim.
    pub(crate) fn probability(&self, features: &MatchFeatures) -> f32 {
        logistic(self.odds.sum(features))
    }

    /// The probability from which a claim counts as found in this language.
    pub(crate) fn threshold(&self, lang: &str) -> f32 {
        self.thresholds.get(lang).copied().unwrap_or(self.threshold)
    }
}

/// What is told of a post and a row by both sketches.
pub(crate) fn features(post: Side<'_>, row: Side<'_>, (cosine, told): (f32, &Frequencies)) -> MatchFeatures {
    let shared: f32 = shared(&post.sketch.terms, &row.sketch.terms).map(|term| told.tells(term)).sum();
    let share = |mass: f32| if mass > 0.0 { shared / mass } else { 0.0 };
    let words = |side: Side<'_>| (1.0 + side.sketch.terms.len() as f32).ln();
    [
        cosine,
        cosine * cosine,
        share(row.mass),
        share(post.mass),
        shared.ln_1p(),
        words(post),
        words(row),
        f32::from(u8::from(post.lang == row.lang)),
    ]
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
