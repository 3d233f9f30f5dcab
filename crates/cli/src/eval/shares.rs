//! Shares of labels in a set of texts, and how far an estimate of them is off.

use polso_aggregate::{Mood, ReadPost, Validation};
use serde::Serialize;

/// Mean absolute error of the labels' shares over all texts.
#[derive(Debug, Default, Serialize)]
pub(super) struct ShareError {
    /// When the predicted labels are counted.
    pub(super) count: f64,
    /// When the shares are estimated from the probabilities.
    pub(super) estimated: f64,
}

/// Estimated shares of moods in texts of one language, as the shares of a day are; the mean of the probabilities where
/// there are no labelled posts to estimate with.
pub(super) fn estimated(probabilities: &[[f64; 3]], lang: &str, validation: &Validation) -> [f64; 3] {
    let posts = (0..).zip(probabilities).map(|(author, said)| ReadPost { author, lang, probabilities: *said });
    let mood = polso_aggregate::mood(&posts.collect::<Vec<_>>(), validation, (0, 0));
    let shares = |mood: Mood| [mood.negative, mood.neutral, mood.positive].map(|share| share.share);
    mood.map_or_else(|| mean(probabilities), shares)
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
    use polso_aggregate::LabelledPost;

    #[test]
    fn groups_count_by_their_size() {
        assert!(distance(pooled(&[(3, [1.0, 0.0]), (1, [0.0, 1.0])]), [0.75, 0.25]) < 1e-9);
        assert!(distance(pooled(&[]), [0.0, 0.0]) < 1e-9);
    }

    #[test]
    fn labelled_posts_undo_the_lean_towards_their_mix() {
        // Of each mood eight labelled posts in ten look like it, and one like each of the others; so do the texts, and
        // seven in ten of them are negative.
        let says = |seen: usize| std::array::from_fn(|mood| if mood == seen { 0.8 } else { 0.1 });
        let seen = |number: usize, mood: usize| (mood + [0, 0, 0, 0, 0, 0, 0, 0, 1, 2][number % 10]) % 3;
        let labelled = (0..900).map(|number| LabelledPost {
            lang: "it".into(),
            mood: std::array::from_fn(|mood| f64::from(u8::from(mood == number % 3))),
            probabilities: says(seen(number / 3, number % 3)),
        });
        let texts: Vec<[f64; 3]> =
            (0..1_000).map(|number| says(seen(number, if number < 700 { 0 } else { 1 + number / 850 }))).collect();
        let found = estimated(&texts, "it", &Validation::of(labelled));
        assert!(distance(found, [0.7, 0.15, 0.15]) < 1e-3, "{found:?}");
        let plain = estimated(&texts, "it", &Validation::default());
        assert!(distance(plain, mean(&texts)) < 1e-9 && plain[0] < 0.6, "{plain:?}");
    }
}
