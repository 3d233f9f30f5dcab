//! What posts add up to. Integers, so that neither the order nor the number of threads shows in a sum.

use std::iter::Sum;
use std::ops::AddAssign;

/// A probability of one in the fixed point of [`Sums`]: resolution 2⁻³², room for two thousand million posts.
pub(crate) const ONE: f64 = 4_294_967_296.0;

/// Sums over some posts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// Posts.
    pub(crate) posts: u64,
    /// Posts with a mood.
    pub(crate) scored: u64,
    /// Probabilities of "negative" over the scored, times [`ONE`].
    pub(crate) negative: u64,
    /// Probabilities of "positive" over the scored, times [`ONE`].
    pub(crate) positive: u64,
    /// Posts with a probability of "needs checking".
    pub(crate) checked: u64,
    /// Those at or above the threshold.
    pub(crate) flagged: u64,
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.posts += other.posts;
        self.scored += other.scored;
        self.negative += other.negative;
        self.positive += other.positive;
        self.checked += other.checked;
        self.flagged += other.flagged;
    }
}

impl Sum for Sums {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        let mut whole = Self::default();
        for sums in sums {
            whole += sums;
        }
        whole
    }
}

/// Rounds to six decimals: what a summary stores. Nothing measured here is known better.
pub(crate) fn rounded(value: f64) -> f64 {
    // Adding zero turns -0.0 into 0.0, which JSON would show.
    (value * 1e6).round() / 1e6 + 0.0
}
