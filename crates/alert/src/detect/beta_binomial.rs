//! Parts of a day whose probability itself moves from day to day.

use super::Part;
use statrs::function::gamma::ln_gamma;

/// A beta-binomial part: mean `p · of`, variance `of · p (1 − p) (1 + (of − 1) · likeness)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BetaBinomial {
    /// The expected share, between 0 and 1.
    pub(super) share: f64,
    /// Correlation between two posts of a day, 0 to 1 (Williams 1975). At 0 it is a binomial part.
    pub(super) likeness: f64,
}

impl BetaBinomial {
    /// Standard deviation of the share of so many posts.
    pub(super) fn deviation(self, of: f64) -> f64 {
        let spread = 1.0 + (of - 1.0).max(0.0) * self.likeness;
        (self.share * (1.0 - self.share) * spread / of).sqrt()
    }

    /// How much more likely a part is when the share is `raised` instead of what it is: a log-likelihood ratio.
    pub(super) fn ratio(self, Part { part, of }: Part, raised: f64) -> f64 {
        let rest = of - part;
        if self.likeness < 1e-9 {
            return part * (raised / self.share).ln() + rest * ((1.0 - raised) / (1.0 - self.share)).ln();
        }
        let strength = 1.0 / self.likeness - 1.0;
        let fits = |share: f64| {
            let (a, b) = (share * strength, (1.0 - share) * strength);
            ln_gamma(part + a) - ln_gamma(a) + ln_gamma(rest + b) - ln_gamma(b)
        };
        fits(raised) - fits(self.share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Probability of a beta-binomial part, multiplied out (Skellam 1948).
    fn probability(part: u32, of: u32, share: f64, likeness: f64) -> f64 {
        let step = likeness / (1.0 - likeness);
        let rising = |p: f64, n: u32| (0..n).map(|i| p + f64::from(i) * step).product::<f64>();
        rising(share, part) * rising(1.0 - share, of - part)
    }

    #[test]
    fn the_ratio_is_that_of_the_published_probabilities() {
        for (share, raised, likeness) in [(0.3, 0.5, 0.05), (0.02, 0.1, 0.3), (0.3, 0.5, 0.0)] {
            for (part, of) in [(0, 3), (3, 3), (12, 30)] {
                let expected = (probability(part, of, raised, likeness) / probability(part, of, share, likeness)).ln();
                let counted = Part { part: f64::from(part), of: f64::from(of) };
                let ratio = BetaBinomial { share, likeness }.ratio(counted, raised);
                assert!((ratio - expected).abs() < 1e-8, "{ratio} {expected}");
            }
        }
    }
}
