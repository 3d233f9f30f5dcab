//! What is said of a measure, with the numbers that it rests on.

use super::{Ears, Measure};
use polso_domain::Day;

/// A measure and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Which.
    pub measure: Measure,
    /// What.
    pub verdict: Verdict,
}

/// What is said of a measure on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// More than its past lets expect.
    Flagged(Evidence),
    /// Judged, and nothing out of the ordinary.
    Quiet(Evidence),
    /// Nothing can be said. It does not mean quiet.
    NotJudged(Reason),
}

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The day itself was not heard, or not enough of it.
    NotHeard,
    /// Of the day itself it is only known that it is small.
    TooFewPeople,
    /// Too few days before it were heard.
    TooFewDays {
        /// Days that were.
        heard: usize,
        /// Days that are needed.
        needed: usize,
    },
}

/// The numbers behind a verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Today's count or share.
    pub today: f64,
    /// What the past lets expect of a day like today.
    pub usual: f64,
    /// Standard deviation of that: how far days like today are off, and how far the expected value may be off itself.
    pub deviation: f64,
    /// The sum of log-likelihood ratios; see [`super::Config::threshold`].
    pub sum: f64,
    /// The first day of the rise that the sum adds up; `None` when there is none.
    pub since: Option<Day>,
    /// Heard days behind the expected value.
    pub days: usize,
    /// What EARS would say.
    pub ears: Ears,
}
