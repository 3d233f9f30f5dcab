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
//! Undoing a lean makes every error of the calibration larger, and a calibration on a few hundred posts has some. So the
//! estimate leans on the plain mean of the probabilities, the more, the fewer posts the calibration rests on: in each step
//! the mean counts as much as [`LEAN_POSTS`] over those posts. On held-out posts of sets that the calibration had not seen
//! this halved the worst errors and cost nothing where the assumptions hold.
//!
//! Assumptions
//! * The texts of one label look as they did where the probabilities were calibrated; only how many there are of each
//!   has changed (prior, or label, shift). New words for an old mood break this.
//! * The probabilities are calibrated for `prior`. Where they are overconfident the estimate goes too far.
//!
//! It is not an interval: for how sure the shares are, texts have to be drawn anew.

/// Steps at most; a mix that is hard to tell from the texts converges slowly and is stopped near enough.
const STEPS: usize = 1_000;

/// How many posts of calibration a full lean is worth.
const LEAN_POSTS: f64 = 80.0;

/// A step that moves no share by more than this is the last.
const STILL: f64 = 1e-7;

/// The mix of labels that probabilities are calibrated for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior<const LABELS: usize> {
    /// Shares of the labels; they sum to one.
    pub shares: [f64; LABELS],
    /// Labelled posts that the calibration rests on; without end, the estimate does not lean.
    pub posts: f64,
}

impl<const LABELS: usize> Prior<LABELS> {
    /// The mix of so many labelled posts of each label.
    pub fn counted(counts: [u32; LABELS]) -> Self {
        let posts: f64 = counts.iter().copied().map(f64::from).sum();
        Self { shares: counts.map(|count| f64::from(count) / posts.max(1.0)), posts }
    }
}

/// Estimated shares of the labels among texts with these probabilities, calibrated for `prior`. They sum to one when the
/// prior's do; without texts they are the prior's. A label that the prior does not have is found only as far as the
/// estimate leans on the mean.
pub fn prevalence<const LABELS: usize>(probabilities: &[[f64; LABELS]], prior: &Prior<LABELS>) -> [f64; LABELS] {
    let mut shares = prior.shares;
    if probabilities.is_empty() {
        return shares;
    }
    let lean = LEAN_POSTS / prior.posts.max(1.0);
    let mean = reweighted_mean(probabilities, &[1.0; LABELS], &shares);
    for _ in 0..STEPS {
        let found = reweighted_mean(probabilities, &ratios(&shares, &prior.shares), &shares);
        let next: [f64; LABELS] = std::array::from_fn(|label| (found[label] + lean * mean[label]) / (1.0 + lean));
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

    /// A calibration without doubt.
    fn certain<const LABELS: usize>(shares: [f64; LABELS]) -> Prior<LABELS> {
        Prior { shares, posts: f64::INFINITY }
    }

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
            let own = error(prevalence(&rows, &certain(PRIOR)), truth);
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
        assert!(error(prevalence(&rows, &certain(PRIOR)), truth) < 0.02);
    }

    #[test]
    fn no_texts_leave_the_prior_and_certain_texts_are_counted() {
        assert!(error(prevalence(&[], &certain(PRIOR)), PRIOR) < 1e-9);
        let sure = [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]];
        assert!((prevalence(&sure, &certain([0.5, 0.5]))[0] - 0.75).abs() < 1e-9);
    }

    #[test]
    fn the_fewer_posts_were_calibrated_on_the_more_the_mean_counts() {
        let (rows, truth) = simulated(&mut Random::new(3), 1_000, [0.6, 0.3, 0.1]);
        let errors = [f64::INFINITY, 1_000.0, 50.0, 1.0]
            .map(|posts| error(prevalence(&rows, &Prior { shares: PRIOR, posts }), truth));
        assert!(errors.is_sorted(), "{errors:?}");
        assert!(error(prevalence(&rows, &Prior::counted([0, 0, 0])), mean(&rows)) < 0.01);
    }

    #[test]
    fn a_label_without_prior_is_not_found() {
        assert!(prevalence(&[[0.0, 1.0], [0.5, 0.5]], &certain([1.0, 0.0]))[1] < 1e-9);
    }

    proptest! {
        #[test]
        fn shares_are_shares(
            weights in prop::collection::vec(prop::array::uniform3(0.0_f64..1.0), 0..60),
            prior in prop::array::uniform3(0.01_f64..1.0),
            posts in 1.0_f64..5_000.0,
        ) {
            let scaled = |weights: [f64; 3]| weights.map(|weight| weight / weights.iter().sum::<f64>().max(1e-9));
            let rows: Vec<[f64; 3]> = weights.into_iter().map(scaled).collect();
            let shares = prevalence(&rows, &Prior { shares: scaled(prior), posts });
            prop_assert!(shares.iter().all(|share| (0.0..=1.0 + 1e-9).contains(share)), "{shares:?}");
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{shares:?}");
        }

        #[test]
        fn the_order_of_the_texts_does_not_matter(seed in 0_u64..500) {
            let (mut rows, _) = simulated(&mut Random::new(seed), 200, [0.2, 0.5, 0.3]);
            let shares = prevalence(&rows, &certain(PRIOR));
            rows.reverse();
            prop_assert!(error(prevalence(&rows, &certain(PRIOR)), shares) < 1e-6);
        }
    }
}
