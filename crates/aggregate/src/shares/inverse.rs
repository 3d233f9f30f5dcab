//! From what a function says of posts on average to the mix of moods that makes it say so.
//!
//! Of labelled posts one knows what the function says of each mood on average; the mean over a mix of moods is the mix of
//! those means. So the mix follows from the mean by turning a matrix round (Bella et al. 2010, eq. 9, for three classes).
//! The function here are probabilities: they sum to one, so that two of them, negative and positive, say all.

use super::Mix;

/// Below this the moods cannot be told apart.
const FLAT: f64 = 1e-6;

/// What turns means into mixes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inverse {
    neutral: [f64; 2],
    rows: [[f64; 2]; 2],
}

impl Inverse {
    /// From the mean probabilities of negative and positive over the labelled posts of each mood; `None` where they hardly
    /// differ.
    pub(super) fn of(means: [[f64; 2]; 3]) -> Option<Self> {
        let [negative, neutral, positive] = means;
        let apart = |mood: [f64; 2]| [mood[0] - neutral[0], mood[1] - neutral[1]];
        let (negative, positive) = (apart(negative), apart(positive));
        let determinant = negative[0] * positive[1] - positive[0] * negative[1];
        if !(determinant.is_finite() && determinant.abs() > FLAT) {
            return None;
        }
        let rows = [[positive[1], -positive[0]], [-negative[1], negative[0]]];
        Some(Self { neutral, rows: rows.map(|row| row.map(|value| value / determinant)) })
    }

    /// The mix behind a mean. It sums to one; of few posts parts of it may lie below zero.
    pub(super) fn mix(&self, mean: [f64; 2]) -> Mix {
        let off = [mean[0] - self.neutral[0], mean[1] - self.neutral[1]];
        let [negative, positive] = self.rows.map(|row| row[0] * off[0] + row[1] * off[1]);
        [negative, 1.0 - negative - positive, positive]
    }
}

/// The mix that is nearest to some numbers that sum to one (Duchi et al. 2008, *Efficient projections onto the l1-ball*).
pub(super) fn nearest_mix(numbers: Mix) -> Mix {
    let mut sorted = numbers;
    sorted.sort_by(|one, other| other.total_cmp(one));
    let (mut sum, mut excess) = (0.0, 0.0);
    for (count, value) in (1..).zip(sorted) {
        sum += value;
        let candidate = (sum - 1.0) / f64::from(count);
        if value > candidate {
            excess = candidate;
        }
    }
    numbers.map(|number| (number - excess).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moods_that_look_alike_have_no_inverse() {
        assert!(Inverse::of([[0.5, 0.2], [0.5, 0.2], [0.1, 0.8]]).is_none());
        assert!(Inverse::of([[f64::NAN, 0.2], [0.4, 0.2], [0.1, 0.8]]).is_none());
    }

    proptest! {
        #[test]
        fn the_mean_of_a_mix_gives_the_mix(weights in prop::array::uniform3(0.01_f64..1.0)) {
            let means = [[0.6, 0.15], [0.25, 0.25], [0.2, 0.6]];
            let mix = weights.map(|weight| weight / weights.iter().sum::<f64>());
            let mean: [f64; 2] = std::array::from_fn(|of| (0..3).map(|mood| mix[mood] * means[mood][of]).sum());
            let found = Inverse::of(means).unwrap().mix(mean);
            prop_assert!(found.iter().zip(mix).all(|(found, share)| (found - share).abs() < 1e-9));
        }

        #[test]
        fn the_nearest_mix_is_a_mix_and_a_mix_is_its_own(
            numbers in prop::array::uniform2(-2.0_f64..2.0),
        ) {
            let mix = nearest_mix([numbers[0], 1.0 - numbers[0] - numbers[1], numbers[1]]);
            prop_assert!(mix.iter().all(|share| (0.0..=1.0 + 1e-9).contains(share)));
            prop_assert!((mix.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(nearest_mix(mix).iter().zip(mix).all(|(again, share)| (again - share).abs() < 1e-9));
        }
    }
}
