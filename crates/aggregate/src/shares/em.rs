//! The mix under which some posts are most likely.
//!
//! Expectation-maximisation (Saerens, Latinne & Decaestecker 2002, eq. 2.9): probabilities are reweighted by the estimated
//! mix over the prior, the mean of the reweighted ones is the next estimate, and that is repeated until it stays. The
//! likelihood grows with each step and has a single top, so where it starts does not matter.

use super::Mix;

/// Steps at most. Where that is not enough the posts hardly tell one mix from another.
const STEPS: u32 = 500;

/// A step that moves no share by more than this is the last: a hundredth of a point is near enough for a mix that
/// probabilities are reweighted for.
const STILL: f64 = 1e-5;

/// The most likely mix of posts, each given by its probabilities divided by their prior, and by what it counts. `None`
/// where the search does not settle, or where nothing counts.
pub(super) fn most_likely(posts: &[(Mix, f64)]) -> Option<Mix> {
    let all: f64 = posts.iter().map(|(_, weight)| weight).sum();
    let mut mix = [1.0 / 3.0; 3];
    for _ in 0..STEPS {
        let next = step(mix, posts).map(|sum| sum / all);
        let moved = next.iter().zip(mix).map(|(next, now)| (next - now).abs()).sum::<f64>();
        if !moved.is_finite() {
            return None;
        }
        mix = next;
        if moved < STILL {
            return Some(mix);
        }
    }
    None
}

/// The sum of probabilities that are right for a mix.
fn step(mix: Mix, posts: &[(Mix, f64)]) -> Mix {
    let mut sums = [0.0; 3];
    for (ratios, weight) in posts {
        let parts: Mix = std::array::from_fn(|mood| mix[mood] * ratios[mood]);
        let scale = weight / parts.iter().sum::<f64>();
        sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += scale * part);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn certain_posts_are_counted() {
        let posts = [([3.0, 0.0, 0.0], 5.0), ([0.0, 3.0, 0.0], 3.0), ([0.0, 0.0, 3.0], 2.0)];
        let mix = most_likely(&posts).unwrap();
        assert!(mix.iter().zip([0.5, 0.3, 0.2]).all(|(found, share)| (found - share).abs() < 1e-6), "{mix:?}");
    }

    #[test]
    fn no_posts_and_impossible_ones_have_no_mix() {
        assert_eq!((most_likely(&[]), most_likely(&[([0.0; 3], 1.0)])), (None, None));
        assert_eq!(most_likely(&[([1.0; 3], 4.0)]), Some([1.0 / 3.0; 3]));
    }

    proptest! {
        #[test]
        fn no_mix_beside_it_is_more_likely(
            posts in prop::collection::vec((prop::array::uniform3(0.05_f64..3.0), 1.0_f64..40.0), 3..40),
            other in prop::array::uniform3(0.01_f64..1.0),
        ) {
            let likelihood = |mix: Mix| -> f64 {
                let density = |ratios: &Mix| mix.iter().zip(ratios).map(|(share, ratio)| share * ratio).sum::<f64>();
                let all: f64 = posts.iter().map(|(_, weight)| weight).sum();
                posts.iter().map(|(ratios, weight)| weight * density(ratios).ln()).sum::<f64>() / all
            };
            if let Some(mix) = most_likely(&posts) {
                let other = other.map(|share| share / other.iter().sum::<f64>());
                prop_assert!((mix.iter().sum::<f64>() - 1.0).abs() < 1e-9 && mix.iter().all(|share| *share >= 0.0));
                prop_assert!(likelihood(mix) > likelihood(other) - 1e-3, "{mix:?} {other:?}");
            }
        }
    }
}
