//! How fast a claim goes against its own past.
//!
//! Today's posts `x` beside the posts `y` of `k` heard days before: given `x + y` posts in all, `x` of them falling on today
//! is binomial with `p = r / (r + k)`, where `r` is the ratio of today's rate to the rate before (Przyborowski and Wileński
//! 1940; Ederer and Mantel 1974, Am. J. Epidemiol. 100, 165). The 95 % interval of `p` is Wilson's (1927), from
//! which that of `r` follows.
//!
//! A day that was not heard is left out of `k` and of `y`: it is no zero. Posts come in bursts, more than Poisson counts do,
//! so the interval is somewhat too narrow; a rule should ask for more than a ratio of one.

/// Normal quantile of 0.975.
const Z: f64 = 1.959_964;

/// A ratio of rates with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Velocity {
    /// Today's posts over the mean of the heard days; `None` when nothing was posted on any of them.
    pub ratio: Option<f64>,
    /// Lower end.
    pub low: f64,
    /// Upper end; infinite when nothing was posted before.
    pub high: f64,
    /// Days that were heard.
    pub days: u32,
}

/// Today beside the heard days of its past; `None` when there is none, or nothing was ever posted.
pub(super) fn velocity(today: u64, past: &[Option<u64>]) -> Option<Velocity> {
    let heard = || past.iter().flatten();
    let days = u32::try_from(heard().count()).ok().filter(|days| *days > 0)?;
    let (x, y, k) = (today as f64, heard().map(|posts| *posts as f64).sum::<f64>(), f64::from(days));
    if x + y <= 0.0 {
        return None;
    }
    let (low, high) = wilson(x, x + y);
    let ratio = |p: f64| if p < 1.0 { k * p / (1.0 - p) } else { f64::INFINITY };
    Some(Velocity { ratio: (y > 0.0).then(|| k * x / y), low: ratio(low), high: ratio(high), days })
}

/// The interval of a proportion of `x` in `n`.
fn wilson(x: f64, n: f64) -> (f64, f64) {
    let (p, square) = (x / n, Z * Z / n);
    let middle = p + square / 2.0;
    let half = Z * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
    let low = if x > 0.0 { (middle - half) / (1.0 + square) } else { 0.0 };
    // One, not almost one: the ratio of what never was is infinite.
    let high = if x < n { (middle + half) / (1.0 + square) } else { 1.0 };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_the_published_one() {
        // 81 of 263: Newcombe 1998 (doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E), table I.
        let (low, high) = wilson(81.0, 263.0);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
    }

    #[test]
    fn a_day_that_was_not_heard_is_no_zero() {
        let gaps = velocity(20, &[Some(10), None, Some(10), None]).unwrap();
        let zeros = velocity(20, &[Some(10), Some(0), Some(10), Some(0)]).unwrap();
        assert_eq!((gaps.ratio, gaps.days), (Some(2.0), 2));
        assert_eq!((zeros.ratio, zeros.days), (Some(4.0), 4));
        assert!(zeros.low > gaps.low);
        assert!(velocity(20, &[None, None]).is_none() && velocity(0, &[Some(0)]).is_none());
    }

    #[test]
    fn what_comes_from_nothing_has_a_lower_end_only() {
        let out_of_nothing = velocity(20, &[Some(0), Some(0), Some(0)]).unwrap();
        assert!(out_of_nothing.ratio.is_none() && out_of_nothing.high.is_infinite() && out_of_nothing.low > 5.0);
        let gone = velocity(0, &[Some(30), Some(40)]).unwrap();
        assert!(gone.low.abs() < 1e-12 && gone.high < 0.2, "{gone:?}");
    }
}
