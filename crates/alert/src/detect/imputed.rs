//! What a count may have been of which only the most is known.

use super::Count;
use super::negative_binomial::NegativeBinomial;

/// Mean and variance of a count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Imputed {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

/// A known count is itself. Of another, the mean and variance of a negative binomial count that is no larger: the first
/// half of a round of expectation and maximisation (Dempster, Laird and Rubin 1977).
pub(super) fn imputed(count: Count, expected: NegativeBinomial) -> Imputed {
    let most = match count {
        Count::Exactly(count) => return Imputed { mean: count, variance: 0.0 },
        Count::AtMost(most) => most.floor(),
    };
    let NegativeBinomial { mean, dispersion } = expected;
    // Probability of one more over that of `k`.
    let step = |k: f64| (1.0 + dispersion * k) * mean / ((1.0 + dispersion * mean) * (k + 1.0));
    let start = mean.floor().min(most);
    let mut sums = [0.0; 3];
    let mut add = |k: f64, weight: f64| {
        for (sum, power) in sums.iter_mut().zip([1.0, k, k * k]) {
            *sum += weight * power;
        }
    };
    add(start, 1.0);
    let (mut k, mut weight) = (start, 1.0);
    while k < most && weight > 1e-12 {
        weight *= step(k);
        k += 1.0;
        add(k, weight);
    }
    (k, weight) = (start, 1.0);
    while k > 0.0 && weight > 1e-12 {
        k -= 1.0;
        weight /= step(k);
        add(k, weight);
    }
    let [all, first, second] = sums;
    Imputed { mean: first / all, variance: (second / all - (first / all).powi(2)).max(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_is_known_is_itself() {
        let known = imputed(Count::Exactly(7.0), NegativeBinomial { mean: 2.0, dispersion: 0.1 });
        assert_eq!(known, Imputed { mean: 7.0, variance: 0.0 });
    }

    #[test]
    fn a_count_of_at_most_one_is_a_coin() {
        // Poisson with mean 3: zero and one have probabilities as 1 to 3.
        let coin = imputed(Count::AtMost(1.0), NegativeBinomial { mean: 3.0, dispersion: 0.0 });
        assert!((coin.mean - 0.75).abs() < 1e-12 && (coin.variance - 0.1875).abs() < 1e-12, "{coin:?}");
    }

    #[test]
    fn a_bound_far_away_changes_nothing() {
        let free = imputed(Count::AtMost(400.0), NegativeBinomial { mean: 5.0, dispersion: 0.2 });
        assert!((free.mean - 5.0).abs() < 1e-6 && (free.variance - 10.0).abs() < 1e-4, "{free:?}");
    }
}
