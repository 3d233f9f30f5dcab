//! Shares of labels in a set of texts, from calibrated probabilities, when the mix of labels is not the one the
//! probabilities were calibrated on.
//!
//! A calibrated probability is right on average for one mix of labels, its prior. Where the mix is another one, each
//! probability leans back towards the prior, and so does their mean: an eight-point change shows as four or five.
//! [`prevalence`] undoes the lean by expectation-maximisation (Saerens, Latinne & Decaestecker 2002, *Adjusting the
//! outputs of a classifier to new a priori probabilities*, eq. 2.9): probabilities are reweighted by the estimated mix
//! over the prior, the mean of the reweighted ones is the next estimate, and that is repeated until it stays. The
//! likelihood grows with each step and has a single maximum in the mix, so where it starts does not matter.
//!
//! Assumptions
//! * The texts of one label look as they did where the probabilities were calibrated; only how many there are of each
//!   has changed (prior, or label, shift). New words for an old mood break this.
//! * The probabilities are calibrated for `prior`. Where they are overconfident the estimate goes too far.
//!
//! It is not an interval: for how sure the shares are, texts have to be drawn anew.

/// Steps at most; a mix that is hard to tell from the texts converges slowly and is stopped near enough.
const STEPS: usize = 1_000;

/// A step that moves no share by more than this is the last.
const STILL: f64 = 1e-7;

/// Estimated shares of the labels among texts with these probabilities, calibrated for `prior`. They sum to one when
/// `prior` does; without texts they are the prior. A label that the prior does not have is not found either.
pub fn prevalence<const LABELS: usize>(probabilities: &[[f64; LABELS]], prior: [f64; LABELS]) -> [f64; LABELS] {
    let mut shares = prior;
    if probabilities.is_empty() {
        return shares;
    }
    for _ in 0..STEPS {
        let next = reweighted_mean(probabilities, &ratios(&shares, &prior), &shares);
        let moved = next.iter().zip(shares).map(|(next, share)| (next - share).abs()).fold(0.0, f64::max);
        shares = next;
        if moved < STILL {
            break;
        }
    }
    shares
}

fn ratios<const LABELS: usize>(shares: &[f64; LABELS], prior: &[f64; LABELS]) -> [f64; LABELS] {
    std::array::from_fn(|label| if prior[label] > 0.0 { shares[label] / prior[label] } else { 0.0 })
}

/// The mean of probabilities that are right for the mix `shares`, which are the given ones times `ratios`, scaled.
fn reweighted_mean<const LABELS: usize>(
    probabilities: &[[f64; LABELS]],
    ratios: &[f64; LABELS],
    shares: &[f64; LABELS],
) -> [f64; LABELS] {
    let mut mean = [0.0; LABELS];
    let each = 1.0 / probabilities.len() as f64;
    for row in probabilities {
        let weight: f64 = row.iter().zip(ratios).map(|(probability, ratio)| probability * ratio).sum();
        for label in 0..LABELS {
            // A text that is certain to be what nothing can be says nothing.
            mean[label] += each * if weight > 0.0 { row[label] * ratios[label] / weight } else { shares[label] };
        }
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Random;
    use proptest::prelude::*;

    /// Texts on a line: each label lies around a place of its own, as far apart as a model that is right three times
    /// in four would put them. The probabilities follow from Bayes' rule, so they are calibrated for `prior`.
    const PLACES: [f64; 3] = [-1.9, 0.0, 1.9];
    const PRIOR: [f64; 3] = [0.35, 0.35, 0.3];

    fn uniform(random: &mut Random) -> f64 {
        (random.below(1 << 30) as f64 + 0.5) / f64::from(1 << 30)
    }

    fn posterior(at: f64) -> [f64; 3] {
        let weights: [f64; 3] = std::array::from_fn(|label| PRIOR[label] * (-(at - PLACES[label]).powi(2) / 2.0).exp());
        weights.map(|weight| weight / weights.iter().sum::<f64>())
    }

    /// Probabilities of `n` texts with the given number of each label out of `n`, and the labels' true shares.
    fn simulated(random: &mut Random, n: usize, mix: [f64; 3]) -> (Vec<[f64; 3]>, [f64; 3]) {
        let mut truth = [0.0; 3];
        let rows = (0..n).map(|i| {
            let at = (i as f64 + 0.5) / n as f64;
            let label = if at < mix[0] { 0 } else { usize::from(at >= mix[0] + mix[1]) + 1 };
            truth[label] += 1.0 / n as f64;
            // A normal number from two even ones (Box & Muller 1958).
            let (radius, angle) = (uniform(random), uniform(random));
            let noise = (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos();
            posterior(PLACES[label] + noise)
        });
        (rows.collect(), truth)
    }

    fn mean(rows: &[[f64; 3]]) -> [f64; 3] {
        std::array::from_fn(|label| rows.iter().map(|row| row[label]).sum::<f64>() / rows.len() as f64)
    }

    fn error(found: [f64; 3], truth: [f64; 3]) -> f64 {
        found.iter().zip(truth).map(|(found, truth)| (found - truth).abs()).sum::<f64>() / 3.0
    }

    #[test]
    fn an_eight_point_shift_in_a_thousand_texts_is_found() {
        let (mut estimated, mut averaged, mut near) = (0.0, 0.0, 0);
        for seed in 0..40 {
            let (rows, truth) = simulated(&mut Random::new(seed), 1_000, [0.43, 0.35, 0.22]);
            let own = error(prevalence(&rows, PRIOR), truth);
            near += u32::from(own < 0.025);
            estimated += own / 40.0;
            averaged += error(mean(&rows), truth) / 40.0;
        }
        // A thousand texts are a sample: the estimate is near on average and on nearly every one of the days.
        assert!(estimated < 0.0125 && near >= 38, "{estimated} {near}");
        assert!(averaged > 1.3 * estimated, "{averaged} {estimated}");
    }

    #[test]
    fn without_a_shift_nothing_is_invented() {
        let (rows, truth) = simulated(&mut Random::new(7), 5_000, PRIOR);
        assert!(error(prevalence(&rows, PRIOR), truth) < 0.02);
    }

    #[test]
    fn no_texts_leave_the_prior_and_certain_texts_are_counted() {
        assert!(error(prevalence(&[], PRIOR), PRIOR) < 1e-9);
        let certain = [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]];
        assert!((prevalence(&certain, [0.5, 0.5])[0] - 0.75).abs() < 1e-9);
    }

    #[test]
    fn a_label_without_prior_is_not_found() {
        assert!(prevalence(&[[0.0, 1.0], [0.5, 0.5]], [1.0, 0.0])[1] < 1e-9);
    }

    proptest! {
        #[test]
        fn shares_are_shares(
            weights in prop::collection::vec(prop::array::uniform3(0.0_f64..1.0), 0..60),
            prior in prop::array::uniform3(0.01_f64..1.0),
        ) {
            let scaled = |weights: [f64; 3]| weights.map(|weight| weight / weights.iter().sum::<f64>().max(1e-9));
            let rows: Vec<[f64; 3]> = weights.into_iter().map(scaled).collect();
            let shares = prevalence(&rows, scaled(prior));
            prop_assert!(shares.iter().all(|share| (0.0..=1.0 + 1e-9).contains(share)), "{shares:?}");
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{shares:?}");
        }

        #[test]
        fn the_order_of_the_texts_does_not_matter(seed in 0_u64..500) {
            let (mut rows, _) = simulated(&mut Random::new(seed), 200, [0.2, 0.5, 0.3]);
            let shares = prevalence(&rows, PRIOR);
            rows.reverse();
            prop_assert!(error(prevalence(&rows, PRIOR), shares) < 1e-6);
        }
    }
}
