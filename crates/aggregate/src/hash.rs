//! Hashes that stay the same: on every machine, with every version of every library.
//!
//! They decide which block of the bootstrap an author falls into and end up in `data_hash`, so they must not depend on
//! what a dependency thinks a good hash is this year. Not for secrets: author keys are made elsewhere, with a key.

/// Mixes 64 bits so that each depends on all (the finaliser of `SplitMix64`, Steele, Lea & Flood 2014).
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// One step of a hash over several values: the order counts.
pub(crate) fn then(state: u64, value: u64) -> u64 {
    mix(state.rotate_left(5) ^ value.wrapping_add(0x9E37_79B9_7F4A_7C15))
}

/// Hash of a text.
pub(crate) fn text(text: &str) -> u64 {
    let mut chunks = text.as_bytes().chunks_exact(8);
    let mut state = text.len() as u64;
    for chunk in &mut chunks {
        state = then(state, chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    let rest = chunks.remainder().iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    then(state, rest)
}

/// Random numbers from a seed: `SplitMix64`.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`, each as likely (up to 2⁻⁴⁰ for the bounds met here: Lemire 2019 without rejection).
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let wide = u128::from(mix(self.0)) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from 0 to 1, without 1.
    pub(crate) fn unit(&mut self) -> f64 {
        self.below(1 << 52) as f64 / (1_u64 << 52) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_never_change() {
        assert_eq!(mix(1), 6_238_072_747_940_578_789);
        assert_eq!(text(""), text(""));
        assert_ne!(text("a"), text("b"));
        assert_ne!(text("a"), text("a\0"));
        assert_ne!(then(then(0, 1), 2), then(then(0, 2), 1));
    }

    #[test]
    fn random_numbers_cover_their_range_evenly() {
        let mut random = Random::new(7);
        let mut counts = [0_u32; 10];
        (0..100_000).for_each(|_| counts[random.below(10)] += 1);
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
    }
}
