//! What is counted from day to day.

use polso_domain::{ClaimId, Day};
use std::collections::BTreeMap;

/// What a series is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Posts.
    Volume,
    /// Share of negative posts among the scored.
    NegativeShare,
    /// People who ask something.
    Questions,
    /// People who speak of one claim or narrative.
    Narrative(ClaimId),
    /// People who use one hashtag, without `#`.
    Tag(String),
}

/// A part of something, both counted. The part may be a sum of probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// How many have the property, 0 to `of`.
    pub part: f64,
    /// How many there are.
    pub of: f64,
}

/// A count, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Count {
    /// So many; finite and not negative.
    Exactly(f64),
    /// So many or fewer: what the privacy gate or the length of a list leaves open.
    AtMost(f64),
}

impl Count {
    /// The most it can be.
    pub fn most(self) -> f64 {
        let (Self::Exactly(count) | Self::AtMost(count)) = self;
        count
    }
}

/// The days that were heard. A day that is missing here was not heard.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// A count a day.
    Counts(BTreeMap<Day, Count>),
    /// A part of something a day. A day of nothing says nothing, and is left out.
    Shares(BTreeMap<Day, Part>),
}

/// One measure over its days.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is about.
    pub measure: Measure,
    /// What was counted.
    pub values: Values,
}
