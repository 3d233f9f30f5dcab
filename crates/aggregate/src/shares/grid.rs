//! Probabilities on a grid, so that a day of any size becomes a few hundred counts.
//!
//! Posts and labelled posts go through the same grid. So it costs a little sharpness and no correctness: what is
//! estimated from the labelled posts is estimated for cells.

use super::Mix;

/// Steps from 0 to 1.
const STEPS: usize = 20;

/// Cells: ways to hand [`STEPS`] out to three moods.
pub(crate) const CELLS: usize = (STEPS + 1) * (STEPS + 2) / 2;

/// What the corner of a cell at 0 or 1 lies inside of it, in steps: no post is certain to be something.
const INSIDE: f64 = 0.25;

/// The cell of a post: the nearest point of the grid. `None` where these are no probabilities.
pub(crate) fn cell(probabilities: [f64; 3]) -> Option<usize> {
    let sum: f64 = probabilities.iter().sum();
    let valid = probabilities.iter().all(|probability| *probability >= 0.0) && sum.is_finite() && sum > 0.0;
    if !valid {
        return None;
    }
    let scaled = probabilities.map(|probability| probability / sum * STEPS as f64);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to STEPS")]
    let mut steps = scaled.map(|value| value.floor() as usize);
    // Whole steps, with the rest to where most of one is left; of equal ones the first.
    while steps.iter().sum::<usize>() < STEPS {
        let left = |mood: usize| scaled[mood] - steps[mood] as f64;
        let most = (1..3).fold(0, |most, mood| if left(mood) > left(most) { mood } else { most });
        steps[most] += 1;
    }
    let [negative, _, positive] = steps;
    Some(row_start(negative) + positive)
}

/// Probabilities that stand for a cell. None is zero.
pub(crate) fn centre(cell: usize) -> Mix {
    let negative = (1..=STEPS).take_while(|negative| row_start(*negative) <= cell).last().unwrap_or(0);
    let positive = cell - row_start(negative);
    let steps = [negative, STEPS - negative - positive, positive];
    steps.map(|steps| (steps as f64 + INSIDE) / (STEPS as f64 + 3.0 * INSIDE))
}

/// The first cell with so many steps of negative.
fn row_start(negative: usize) -> usize {
    negative * (2 * STEPS + 3 - negative) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_cell_is_the_cell_of_its_centre() {
        assert!((0..CELLS).all(|number| cell(centre(number)) == Some(number)));
        assert_eq!((cell([0.0, 0.0, 1.0]), cell([1.0, 0.0, 0.0])), (Some(STEPS), Some(CELLS - 1)));
    }

    #[test]
    fn what_is_no_probability_has_no_cell() {
        for wrong in [[0.0; 3], [f64::NAN, 0.5, 0.5], [-0.1, 0.6, 0.5], [f64::INFINITY, 0.0, 0.0]] {
            assert_eq!(cell(wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn a_cell_is_near(weights in prop::array::uniform3(0.001_f64..1.0)) {
            let probabilities = weights.map(|weight| weight / weights.iter().sum::<f64>());
            let near = centre(cell(probabilities).unwrap());
            let distance = near.iter().zip(probabilities).map(|(near, probability)| (near - probability).abs());
            prop_assert!(distance.fold(0.0, f64::max) < 1.0 / STEPS as f64);
        }
    }
}
