//! Counts that vary more than Poisson counts do.

/// A negative binomial count: variance `mean + dispersion · mean²`. Without dispersion it is a Poisson count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NegativeBinomial {
    /// Above zero.
    pub(super) mean: f64,
    /// Not negative.
    pub(super) dispersion: f64,
}

impl NegativeBinomial {
    pub(super) fn deviation(self) -> f64 {
        (self.mean * (1.0 + self.dispersion * self.mean)).sqrt()
    }

    /// How much more likely a count is when the mean is `raised` instead of what it is: a log-likelihood ratio
    /// (Hawkins and Olwell 1998, § 6.3). Above zero for counts nearer to the raised mean.
    pub(super) fn ratio(self, count: f64, raised: f64) -> f64 {
        let (mean, a) = (self.mean, self.dispersion);
        if a < 1e-9 {
            return count * (raised / mean).ln() - (raised - mean);
        }
        let spread = ((1.0 + a * raised) / (1.0 + a * mean)).ln();
        count * ((raised / mean).ln() - spread) - spread / a
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Discrete, NegativeBinomial as Published, Poisson};

    #[test]
    fn the_ratio_is_that_of_the_published_probabilities() {
        for (mean, raised, dispersion) in [(0.3, 1.1, 0.5), (10.0, 14.0, 0.2), (400.0, 520.0, 0.1)] {
            let of = |mean: f64| Published::new(1.0 / dispersion, 1.0 / (1.0 + dispersion * mean)).unwrap();
            for count in [0_u64, 1, 7, 300] {
                let expected = of(raised).ln_pmf(count) - of(mean).ln_pmf(count);
                let ratio = NegativeBinomial { mean, dispersion }.ratio(count as f64, raised);
                assert!((ratio - expected).abs() < 1e-8, "{ratio} {expected}");
            }
        }
    }

    #[test]
    fn without_dispersion_it_is_poisson() {
        let expected = Poisson::new(5.0).unwrap().ln_pmf(9) - Poisson::new(3.0).unwrap().ln_pmf(9);
        let plain = NegativeBinomial { mean: 3.0, dispersion: 0.0 };
        let almost = NegativeBinomial { mean: 3.0, dispersion: 1e-8 };
        assert!((plain.ratio(9.0, 5.0) - expected).abs() < 1e-12);
        assert!((almost.ratio(9.0, 5.0) - expected).abs() < 1e-5);
    }
}
