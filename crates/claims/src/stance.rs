//! How a text stands to what it speaks of, and what a post does with a claim.
//!
//! A text by itself supports, denies, asks or comments: a multinomial regression on its vector and its [cues]. What that
//! means for a claim depends on the claim: denying that masks help is repeating that they do not. So the stands of both
//! are compared, and a second regression says whether the post repeats, rebuts or mentions.
//!
//! It is not a reading of irony, and it knows nothing of who is right.

use crate::cues::{self, CUES, Cues};
use crate::params::{self, Params, Weights, entry, largest, softmax};
use crate::{Error, params::Linear};
use polso_domain::{Stance, Stand, Vector};
use std::collections::BTreeMap;

/// What a text does, seen by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Attitude {
    /// Says it is so.
    Support,
    /// Says it is not so.
    Deny,
    /// Asks.
    Query,
    /// Says something beside it.
    Comment,
}

/// Probabilities of the four attitudes of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attitudes {
    of: [f32; Attitude::ALL.len()],
    raised: [f32; Attitude::ALL.len()],
}

/// Columns of a feature file of attitudes: [`CUES`], then so many components of a vector of length one.
pub fn attitude_columns(size: usize) -> Vec<String> {
    CUES.into_iter().map(str::to_owned).chain((0..size).map(|place| format!("v{place}"))).collect()
}

/// Values of [`attitude_columns`].
pub fn attitude_features(text: &str, lang: &str, vector: &Vector) -> Vec<f32> {
    cues::cues(text, lang).into_iter().chain(vector.unit()).collect()
}

/// What the stance of a post to a row looks at, in order; the columns of a feature file.
pub const PAIR_FEATURES: [&str; 8] = [
    "denies_more",
    "denies",
    "asks",
    "asks_more",
    "negation_differs",
    "debunks_more",
    "debunks_less",
    "parity_differs",
];

/// Values of [`PAIR_FEATURES`].
pub type PairFeatures = [f32; PAIR_FEATURES.len()];

/// A post that asks by so much more than the claim does takes no side rather than repeats it. One that seems to deny it
/// stays a denial: of invented rebuttals half would else count as questions.
const ASKS_MORE: f32 = 0.1;

/// The regressions.
#[derive(Clone)]
pub struct Stances {
    attitudes: [(Weights<{ CUES.len() }>, Vec<f32>); Attitude::ALL.len()],
    raised: [f32; Attitude::ALL.len()],
    pairs: [Weights<{ PAIR_FEATURES.len() }>; Stance::ALL.len()],
}

impl Attitude {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Support, Self::Deny, Self::Query, Self::Comment];

    /// The word for it in labelled sets and parameters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Deny => "deny",
            Self::Query => "query",
            Self::Comment => "comment",
        }
    }

    /// The one that is called `word`.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

impl Attitudes {
    /// Probability of one of them.
    pub fn probability(&self, of: Attitude) -> f32 {
        self.of[of as usize]
    }

    /// The one to name where one must be named. Rare attitudes are named at a lower probability than common ones, as the
    /// parameters say, for otherwise hardly any would be.
    pub fn named(&self) -> Attitude {
        let mut raised = self.raised;
        raised
            .iter_mut()
            .zip(self.of)
            .for_each(|(raised, probability)| *raised += probability.max(f32::MIN_POSITIVE).ln());
        Attitude::ALL[largest(raised)]
    }
}

impl Stances {
    /// The regressions of the parameters.
    pub fn new(params: &Params) -> Result<Self, Error> {
        let params::AttitudeParams { cues, vector, four } = &params.attitude;
        let mut attitudes = Vec::with_capacity(Attitude::ALL.len());
        let mut raised = [0.0; Attitude::ALL.len()];
        for attitude in Attitude::ALL {
            let name = attitude.as_str();
            let weights = entry(cues, "attitude.cues", name)?.in_order("attitude.cues", CUES)?;
            attitudes.push((weights, entry(vector, "attitude.vector", name)?.clone()));
            raised[attitude as usize] = *entry(four, "attitude.four", name)?;
        }
        let unfit = |name: &str| Error::Weights { table: "attitude.cues", name: name.to_owned() };
        let attitudes = attitudes.try_into().map_err(|_| unfit("attitudes"))?;
        Ok(Self { attitudes, raised, pairs: pairs(&params.pair)? })
    }

    /// Components of the vectors that the parameters were measured on.
    pub(crate) fn size(&self) -> usize {
        self.attitudes[0].1.len()
    }

    /// What a text does, seen by itself. The vector of another model tells nothing: only the cues count.
    pub fn attitudes(&self, text: &str, lang: &str, vector: &Vector) -> Attitudes {
        self.told_by(&cues::cues(text, lang), vector)
    }

    /// How a text stands to what it speaks of.
    pub(crate) fn stand(&self, text: &str, lang: &str, vector: &Vector) -> Stand {
        let cues = cues::cues(text, lang);
        let attitudes = self.told_by(&cues, vector);
        let (negated, debunks) = cues::negated_and_debunks(&cues);
        let [denies, asks] = [Attitude::Deny, Attitude::Query].map(|attitude| attitudes.probability(attitude));
        Stand { denies, asks, negated, debunks }
    }

    fn told_by(&self, cues: &Cues, vector: &Vector) -> Attitudes {
        let along = |weights: &[f32]| -> f32 {
            let fits = weights.len() == vector.bytes().len();
            if fits {
                weights.iter().zip(vector.unit()).map(|(weight, component)| weight * component).sum()
            } else {
                0.0
            }
        };
        let odds = Attitude::ALL.map(|attitude| {
            let (of_cues, of_vector) = &self.attitudes[attitude as usize];
            of_cues.sum(cues) + along(of_vector)
        });
        Attitudes { of: softmax(odds), raised: self.raised }
    }

    /// What a post does with the claim of a row.
    pub fn between(&self, post: &Stand, row: &Stand) -> Stance {
        if post.debunks && !row.debunks {
            return Stance::Rebuts;
        }
        let features = pair_features(post, row);
        let odds = [0, 1, 2].map(|place| self.pairs[place].sum(&features));
        match Stance::ALL[largest(odds)] {
            Stance::Repeats if post.asks - row.asks > ASKS_MORE => Stance::Mentions,
            likeliest => likeliest,
        }
    }
}

/// What the stance of a post to a row looks at.
pub fn pair_features(post: &Stand, row: &Stand) -> PairFeatures {
    let said = |yes: bool| f32::from(u8::from(yes));
    let odd = |stand: &Stand| stand.negated != stand.debunks;
    [
        odds(post.denies) - odds(row.denies),
        odds(post.denies),
        odds(post.asks),
        odds(post.asks) - odds(row.asks),
        said(post.negated != row.negated),
        said(post.debunks && !row.debunks),
        said(row.debunks && !post.debunks),
        said(odd(post) != odd(row)),
    ]
}

/// Log-odds, cut where a rounded probability would be certain.
fn odds(probability: f32) -> f32 {
    let probability = probability.clamp(1e-3, 1.0 - 1e-3);
    (probability / (1.0 - probability)).ln()
}

fn pairs(of: &BTreeMap<String, Linear>) -> Result<[Weights<{ PAIR_FEATURES.len() }>; Stance::ALL.len()], Error> {
    let weights = |stance: Stance| entry(of, "pair", stance.as_str())?.in_order("pair", PAIR_FEATURES);
    Ok([weights(Stance::Repeats)?, weights(Stance::Rebuts)?, weights(Stance::Mentions)?])
}

#[cfg(test)]
mod tests;
