//! which known claim a post repeats, rebuts or mentions; narratives, risk; formats of claim libraries
//!
//! A text comes in as a [`polso_domain::Sketch`]: its vector and the hashes of its words. Everything here is a pure
//! function of sketches, claims and settings, so that a post is matched the same way on the day it is read and four
//! weeks later, when a new claim is held against it and nobody reads it again.
//!
//! Invariants
//! * No match is an answer: a post has no claim unless the calibrated decision reaches its language's threshold.
//! * The same sketches give the same answers, in any order and any batch.
//! * A wording that came from outside is data: it is bounded, never markup and never a path.
//!
//! It is not a fact-checker: verdicts come with the claims, from those who checked them. It stores nothing and knows no
//! clock.

mod contrast;
mod cues;
mod decision;
mod error;
#[cfg(test)]
mod fixtures;
pub mod formats;
mod lexical;
mod library;
pub mod narratives;
mod nearest;
mod params;
pub mod risk;
mod stance;
mod words;

pub use cues::{CUES, Cues, cues};
pub use decision::{MATCH_FEATURES, MatchFeatures, ODDS_FEATURES};
pub use error::Error;
pub use library::{Candidate, Found, Library, Query, Row};
pub use nearest::{Nearest, Neighbour, Pair};
pub use params::Params;
pub use stance::{
    Attitude, Attitudes, PAIR_FEATURES, PairFeatures, Stances, attitude_columns, attitude_features, pair_features,
};
pub use words::Sketcher;
