//! The mix of moods for which probabilities are right, found from posts whose mood is known.
//!
//! Probabilities that were calibrated elsewhere, or on other posts, are right for some mix, only not for the one on their
//! label. Reweighted by the labelled posts' mix over the right prior, they must on average say of the labelled posts what
//! these are. That equation has one solution: the intercepts of a logistic regression of mood on log probabilities,
//! with slopes of one (Cox 1958, *Two further applications of a model for binary regression*).

use super::Mix;
use super::grid::centre;

/// Steps at most; Newton's method needs four or five.
const STEPS: u32 = 30;

/// Means that differ by no more than this agree.
const STILL: f64 = 1e-10;

/// The prior of the cells' probabilities that labelled posts speak for: for each cell what its posts of each mood count.
/// `None` where a mood is missing or the search does not settle.
pub(super) fn prior(labelled: &[Mix]) -> Option<Mix> {
    let count = |mood: usize| labelled.iter().map(|cell| cell[mood]).sum::<f64>();
    let counts: Mix = std::array::from_fn(count);
    let all: f64 = counts.iter().sum();
    if counts.iter().any(|count| *count <= 0.0) {
        return None;
    }
    let shares = counts.map(|count| count / all);
    let cells: Vec<(Mix, f64)> = labelled
        .iter()
        .enumerate()
        .filter(|(_, counts)| counts.iter().any(|count| *count > 0.0))
        .map(|(number, counts)| (centre(number), counts.iter().sum::<f64>() / all))
        .collect();
    let (mut negative, mut positive) = (0.0_f64, 0.0_f64);
    for _ in 0..STEPS {
        let factors = [negative.exp(), 1.0, positive.exp()];
        let (mut mean, mut spread) = ([0.0; 3], [0.0; 3]);
        for (probabilities, weight) in &cells {
            let said: Mix = std::array::from_fn(|mood| probabilities[mood] * factors[mood]);
            let said = said.map(|part| part / said.iter().sum::<f64>());
            for mood in 0..3 {
                mean[mood] += weight * said[mood];
            }
            // Second derivatives: negative twice, both, positive twice.
            spread[0] += weight * said[0] * (1.0 - said[0]);
            spread[1] -= weight * said[0] * said[2];
            spread[2] += weight * said[2] * (1.0 - said[2]);
        }
        let off = [shares[0] - mean[0], shares[2] - mean[2]];
        if off.iter().all(|off| off.abs() < STILL) {
            let prior: Mix = std::array::from_fn(|mood| shares[mood] / factors[mood]);
            return Some(prior.map(|share| share / prior.iter().sum::<f64>()));
        }
        let determinant = spread[0] * spread[2] - spread[1] * spread[1];
        negative += (spread[2] * off[0] - spread[1] * off[1]) / determinant;
        positive += (spread[0] * off[1] - spread[1] * off[0]) / determinant;
        if !(negative.abs() < 50.0 && positive.abs() < 50.0) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shares::CELLS;

    #[test]
    fn probabilities_that_are_right_for_a_mix_have_that_prior() {
        // As many posts in each cell as an even mix of moods would put there, then twice the negative ones.
        let even: Vec<Mix> = (0..CELLS).map(centre).collect();
        let twice = even.iter().map(|[negative, neutral, positive]| [2.0 * negative, *neutral, *positive]);
        for labelled in [even.clone(), twice.collect::<Vec<Mix>>()] {
            let found = prior(&labelled).unwrap();
            let sums: Mix = std::array::from_fn(|mood| even.iter().map(|cell| cell[mood]).sum::<f64>());
            let all: f64 = sums.iter().sum();
            assert!(found.iter().zip(sums).all(|(found, sum)| (found - sum / all).abs() < 1e-6), "{found:?}");
        }
    }

    #[test]
    fn a_mood_that_nobody_labelled_has_no_prior() {
        let mut labelled = vec![[0.0; 3]; CELLS];
        labelled[9] = [4.0, 3.0, 0.0];
        assert_eq!(prior(&labelled), None);
    }
}
