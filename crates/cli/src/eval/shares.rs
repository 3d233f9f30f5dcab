//! Shares of labels in a set of texts, and how far an estimate of them is off.

use polso_aggregate::{Prior, prevalence};
use serde::Serialize;

/// Mean absolute error of the labels' shares over all texts.
#[derive(Debug, Default, Serialize)]
pub(super) struct ShareError {
    /// When the predicted labels are counted.
    pub(super) count: f64,
    /// When the shares are estimated from the probabilities.
    pub(super) estimated: f64,
}

/// Estimated shares: adjusted to the mix of these texts where the mix is known that the probabilities were calibrated
/// on, their mean where it is not.
pub(super) fn estimated<const N: usize>(probabilities: &[[f64; N]], prior: Option<Prior<N>>) -> [f64; N] {
    prior.map_or_else(|| mean(probabilities), |prior| prevalence(probabilities, &prior))
}

/// The mean of some rows; zeros when there are none.
pub(super) fn mean<const N: usize>(rows: &[[f64; N]]) -> [f64; N] {
    let n = rows.len().max(1) as f64;
    std::array::from_fn(|label| rows.iter().map(|row| row[label]).sum::<f64>() / n)
}

/// Shares of groups as shares of all, each group counting by its size.
pub(super) fn pooled<const N: usize>(groups: &[(usize, [f64; N])]) -> [f64; N] {
    let all: usize = groups.iter().map(|(n, _)| n).sum();
    let part = |label: usize| groups.iter().map(|(n, shares)| *n as f64 * shares[label]).sum::<f64>();
    std::array::from_fn(|label| part(label) / all.max(1) as f64)
}

/// Mean absolute difference.
pub(super) fn distance<const N: usize>(shares: [f64; N], truth: [f64; N]) -> f64 {
    shares.iter().zip(truth).map(|(share, truth)| (share - truth).abs()).sum::<f64>() / N as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_count_by_their_size() {
        assert!(distance(pooled(&[(3, [1.0, 0.0]), (1, [0.0, 1.0])]), [0.75, 0.25]) < 1e-9);
        assert!(distance(pooled(&[]), [0.0, 0.0]) < 1e-9);
    }

    #[test]
    fn a_known_prior_undoes_the_lean_towards_it() {
        // Two kinds of texts; of the first kind 80 % are of the first label when both labels are as frequent.
        let texts: Vec<[f64; 2]> = (0..100).map(|i| if i < 68 { [0.8, 0.2] } else { [0.2, 0.8] }).collect();
        let even = estimated(&texts, Some(Prior { shares: [0.5, 0.5], posts: f64::INFINITY }));
        assert!((even[0] - 0.8).abs() < 1e-4, "{even:?}");
        assert!((estimated(&texts, None)[0] - 0.608).abs() < 1e-9);
    }
}
