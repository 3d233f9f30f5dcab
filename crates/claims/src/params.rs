//! What was measured for one model: weights, thresholds. A file beside the model, so that another model brings its own.
//!
//! Invariants
//! * Every weight has the name of its feature; a name too many or too few is refused, so that parameters and features
//!   cannot drift apart unseen.
//!
//! They are not settings: nobody turns them, they come out of `models/training/claims.py`.

use crate::Error;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parameters of matching and of stance for the vectors of one model.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The model whose vectors they were measured on.
    pub model: String,
    /// What vectors of posts have in common.
    pub(crate) contrast: ContrastParams,
    /// Whether a post speaks of a claim.
    pub(crate) decision: DecisionParams,
    /// How a text stands to what it speaks of.
    pub(crate) attitude: AttitudeParams,
    /// What a post does with a claim.
    pub(crate) pair: BTreeMap<String, Linear>,
}

/// What vectors of posts have in common.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContrastParams {
    /// The mean of vectors of length one.
    pub(crate) mean: Vec<f32>,
    /// The directions of most spread, each of length one.
    pub(crate) directions: Vec<Vec<f32>>,
    /// What is kept of each, 0 to 1.
    pub(crate) kept: Vec<f32>,
}

/// Whether a post speaks of a claim.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionParams {
    /// How well a post and a wording fit each other.
    pub(crate) score: Linear,
    /// Log-odds of a match, from the score and what stands beside it.
    pub(crate) odds: Linear,
    /// The score of claims that a post does not speak of, on average.
    pub(crate) background: f32,
    /// Probability, 0 to 1, from which a claim counts as found in a language that has no threshold of its own.
    pub(crate) threshold: f32,
    /// Thresholds of languages.
    pub(crate) thresholds: BTreeMap<String, f32>,
}

/// How a text stands to what it speaks of.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttitudeParams {
    /// By attitude: log-odds from the cues.
    pub(crate) cues: BTreeMap<String, Linear>,
    /// By attitude: log-odds from the vector of length one.
    pub(crate) vector: BTreeMap<String, Vec<f32>>,
    /// By attitude: what its log-probability is raised by where one of four must be named.
    pub(crate) four: BTreeMap<String, f32>,
}

/// A sum of weighted features.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Linear {
    intercept: f32,
    weights: BTreeMap<String, f32>,
}

/// The same with the weights in the order of their features.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Weights<const N: usize> {
    intercept: f32,
    weights: [f32; N],
}

impl Params {
    /// From TOML as `models/training/claims.py` writes it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        toml::from_str(text).map_err(|source| Error::Params { source })
    }
}

impl Linear {
    /// The weights in the order of `names`.
    pub(crate) fn in_order<const N: usize>(&self, table: &'static str, names: [&str; N]) -> Result<Weights<N>, Error> {
        let unfit = |name: &str| Error::Weights { table, name: name.to_owned() };
        if let Some(unknown) = self.weights.keys().find(|name| !names.contains(&name.as_str())) {
            return Err(unfit(unknown));
        }
        let mut weights = [0.0; N];
        for (weight, name) in weights.iter_mut().zip(names) {
            *weight = *self.weights.get(name).ok_or_else(|| unfit(name))?;
        }
        Ok(Weights { intercept: self.intercept, weights })
    }
}

impl<const N: usize> Weights<N> {
    /// Intercept and weighted features.
    pub(crate) fn sum(&self, features: &[f32; N]) -> f32 {
        self.weights.iter().zip(features).fold(self.intercept, |sum, (weight, feature)| weight.mul_add(*feature, sum))
    }
}

/// The entry of `table` for `name`.
pub(crate) fn entry<'a, T>(of: &'a BTreeMap<String, T>, table: &'static str, name: &str) -> Result<&'a T, Error> {
    of.get(name).ok_or_else(|| Error::Weights { table, name: name.to_owned() })
}

/// Log-odds as a probability.
pub(crate) fn logistic(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// Log-odds of exclusive cases as probabilities.
pub(crate) fn softmax<const N: usize>(odds: [f32; N]) -> [f32; N] {
    let top = odds.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights = odds.map(|odds| (odds - top).exp());
    let sum: f32 = weights.iter().sum();
    weights.map(|weight| weight / sum)
}

/// The place of the largest value, the first of equal ones.
pub(crate) fn largest<const N: usize>(values: [f32; N]) -> usize {
    (1..N).fold(0, |best, place| if values[place] > values[best] { place } else { best })
}
