//! Random numbers of the distributions that the rule speaks of, from a seed.

/// A stream of them.
pub(super) struct Draw(fastrand::Rng);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    pub(super) fn below(&mut self, end: i32) -> i32 {
        self.0.i32(0..end)
    }

    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.0.f64() < share
    }

    /// Products of uniform numbers, in pieces small enough for them (Knuth 1969, § 3.4.1).
    pub(super) fn poisson(&mut self, mean: f64) -> f64 {
        let (mut count, mut left) = (0.0, mean);
        while left > 0.0 {
            let (bound, mut product) = ((-left.min(25.0)).exp(), self.0.f64());
            while product > bound {
                product *= self.0.f64();
                count += 1.0;
            }
            left -= 25.0;
        }
        count
    }

    /// A gamma mixture of Poisson counts.
    pub(super) fn negative_binomial(&mut self, mean: f64, dispersion: f64) -> f64 {
        let mean = if dispersion > 0.0 { mean * dispersion * self.gamma(1.0 / dispersion) } else { mean };
        self.poisson(mean)
    }

    /// A beta mixture of binomial parts.
    pub(super) fn beta_binomial(&mut self, of: f64, share: f64, likeness: f64) -> f64 {
        let share = if likeness > 0.0 {
            let strength = 1.0 / likeness - 1.0;
            let (with, without) = (self.gamma(share * strength), self.gamma((1.0 - share) * strength));
            with / (with + without)
        } else {
            share
        };
        let (mut part, mut left) = (0.0, of);
        while left > 0.0 {
            part += f64::from(u8::from(self.chance(share)));
            left -= 1.0;
        }
        part
    }

    /// Marsaglia and Tsang 2000, with scale one.
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.0.f64().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.0.f64().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Box and Muller 1958.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.0.f64()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.0.f64()).cos()
    }
}
