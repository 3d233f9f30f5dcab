//! Intervals for proportions of weighted samples.
//!
//! A proportion of `n` posts of unequal weights is taken as one of fewer posts of equal weights: (Σw)² / Σw² of them
//! (Kish 1965, ch. 11.7). On that number stands the interval of Wilson (1927), which keeps its promise near 0 and 1, where
//! a bootstrap of a sample without errors would say that there are none (Korn & Graubard 1998; Franco et al. 2019).

use crate::Share;
use crate::sums::rounded;

/// Normal quantile of a 95 % interval.
pub(crate) const Z: f64 = 1.959_964;

/// How often a step of bisection halves an interval of one: to well below what is shown.
const HALVINGS: u32 = 40;

/// A part of some posts, with weights.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Part {
    /// Posts.
    pub(crate) n: usize,
    /// Sum of their weights.
    pub(crate) weight: f64,
    squares: f64,
    hits: f64,
}

impl Part {
    /// Adds a post that counts `weight` and of which `hit`, 0 to 1, belongs to the part.
    pub(crate) fn add(&mut self, weight: f64, hit: f64) {
        if weight > 0.0 {
            self.n += 1;
            self.weight += weight;
            self.squares += weight * weight;
            self.hits += weight * hit;
        }
    }

    /// The proportion; zero of nothing.
    pub(crate) fn share(&self) -> f64 {
        if self.weight > 0.0 { (self.hits / self.weight).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The proportion with its interval; of nothing, everything.
    pub(crate) fn interval(&self) -> Share {
        let share = self.share();
        if self.squares <= 0.0 {
            return Share { share, low: 0.0, high: 1.0 };
        }
        wilson(share, self.weight.powi(2) / self.squares)
    }
}

/// A proportion of `n` posts of equal weights, with its interval.
pub(crate) fn wilson(share: f64, n: f64) -> Share {
    let (middle, scale) = (share + Z * Z / (2.0 * n), 1.0 + Z * Z / n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    Share { share, low: ((middle - half) / scale).clamp(0.0, share), high: ((middle + half) / scale).clamp(share, 1.0) }
}

impl Share {
    /// Rounded as a summary stores it.
    pub(crate) fn rounded(self) -> Self {
        Self { share: rounded(self.share), low: rounded(self.low), high: rounded(self.high) }
    }
}

/// Of all posts with a label, the share among those that were called so. `called` holds the posts that were, `rest` the
/// others, each with the share that has the label; `None` when none has.
///
/// The two shares are estimated apart, each from its own posts: that among the many others no label was missed says little
/// when few of them were looked at. Their intervals are joined by the method of variance estimates recovery (Zou & Donner
/// 2008) for the contrast (1 − r)·C·p − r·R·q, which is zero at the share r that is looked for (Fieller 1954).
pub(crate) fn found(called: &Part, rest: &Part) -> Option<Share> {
    let (with, missed) = (called.hits, rest.hits);
    if with + missed <= 0.0 {
        return None;
    }
    let share = with / (with + missed);
    let (p, q) = (called.interval(), rest.interval());
    let contrast = |r: f64| (1.0 - r) * with - r * missed;
    let margin =
        |r: f64, of_called: f64, of_rest: f64| ((1.0 - r) * called.weight * of_called).hypot(r * rest.weight * of_rest);
    let low = boundary(share, 0.0, |r| contrast(r) >= margin(r, p.share - p.low, q.high - q.share));
    let high = boundary(share, 1.0, |r| -contrast(r) >= margin(r, p.high - p.share, q.share - q.low));
    Some(Share { share, low, high })
}

/// Where, on the way from `inside` to `outside`, what is `beyond` begins; `outside` when nothing before it is.
fn boundary(mut inside: f64, mut outside: f64, beyond: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(inside, outside);
        if beyond(middle) {
            outside = middle;
        } else {
            inside = middle;
        }
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(hits: usize, n: usize, weight: f64) -> Part {
        let mut part = Part::default();
        (0..n).for_each(|at| part.add(weight, if at < hits { 1.0 } else { 0.0 }));
        part
    }

    #[test]
    fn wilsons_interval_is_the_textbooks() {
        // Newcombe 1998, table I: 81 of 263, and 0 of 20.
        let share = part(81, 263, 3.0).interval();
        assert!((share.low - 0.2553).abs() < 1e-4 && (share.high - 0.3662).abs() < 1e-4, "{share:?}");
        assert!((part(0, 20, 1.0).interval().high - 0.1611).abs() < 1e-4);
    }

    #[test]
    fn unequal_weights_count_as_fewer_posts() {
        let mut uneven = part(10, 20, 1.0);
        uneven.add(20.0, 1.0);
        let width = |share: Share| share.high - share.low;
        assert!(width(uneven.interval()) > 1.5 * width(part(10, 20, 1.0).interval()));
    }

    #[test]
    fn what_was_hardly_looked_at_may_hide_much() {
        // All thirty called have the label; of the others forty of eight thousand were looked at, and none has it.
        let share = found(&part(30, 30, 10.0), &part(0, 40, 200.0)).unwrap();
        assert!((share.share - 1.0).abs() < 1e-9 && share.low < 0.35, "{share:?}");
        let share = found(&part(0, 30, 10.0), &part(4, 40, 200.0)).unwrap();
        assert!(share.share.abs() < 1e-9 && share.low.abs() < 1e-9 && share.high > 0.01, "{share:?}");
        assert!(found(&part(0, 30, 10.0), &part(0, 40, 200.0)).is_none());
    }
}
