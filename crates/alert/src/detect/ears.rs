//! The three methods of the Early Aberration Reporting System (Hutwagner et al. 2003), as R's `surveillance::earsC`
//! computes them: a day beside the mean and the standard deviation of seven days before.
//!
//! C1 looks at the seven days just before. C2 leaves out the two just before. C3 adds up what C2 saw of the two days
//! before, as `earsC` does: it says that a rise lasted, not that today is high. Days that were not heard are no days
//! here: the seven are the last seven that were.

use statrs::distribution::{ContinuousCDF, Normal};

/// Days that a day is held against.
const BASELINE: usize = 7;
/// Days that C2 and C3 leave out.
const LAG: usize = 2;
/// Error of C1 and C2, and of C3, as EARS has them.
const ALPHA: [f64; 3] = [0.001, 0.001, 0.025];

/// What each method says: above its bound or not; `None` before it has enough days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ears {
    /// Seven days just before.
    pub c1: Option<bool>,
    /// Seven days before the last two.
    pub c2: Option<bool>,
    /// What C2 saw of the two days before, together.
    pub c3: Option<bool>,
}

/// What EARS says of the last of these days.
pub(super) fn of(days: &[f64]) -> Ears {
    let Some((today, _)) = days.split_last() else { return Ears::default() };
    let [c1, c2, c3] = bounds(days).map(|bound| bound.map(|bound| *today > bound));
    Ears { c1, c2, c3 }
}

/// The upper bounds of C1, C2 and C3 for the last of these days.
fn bounds(days: &[f64]) -> [Option<f64>; 3] {
    let Some(last) = days.len().checked_sub(1) else { return [None; 3] };
    let [z1, z2, z3] = ALPHA.map(|alpha| Normal::standard().inverse_cdf(1.0 - alpha));
    // How far C2 saw a day above its mean, less one; beyond all bounds where nothing moved before.
    let excess = |ago: usize| {
        let at = last.checked_sub(ago)?;
        let (mean, deviation) = baseline(days, at, LAG)?;
        Some(((days[at] - mean) / deviation - 1.0).max(0.0))
    };
    let lagged = baseline(days, last, LAG);
    let c3 = |(_, deviation): (f64, f64)| Some((days[last] + deviation * (z3 - excess(1)? - excess(2)?)).max(0.0));
    [
        baseline(days, last, 0).map(|(mean, deviation)| mean + z1 * deviation),
        lagged.map(|(mean, deviation)| mean + z2 * deviation),
        lagged.and_then(c3),
    ]
}

/// Mean and standard deviation of the seven days that end `lag` days before the one before `at`.
fn baseline(days: &[f64], at: usize, lag: usize) -> Option<(f64, f64)> {
    let end = at.checked_sub(lag)?;
    let days = days.get(end.checked_sub(BASELINE)?..end)?;
    let mean = days.iter().sum::<f64>() / BASELINE as f64;
    let squares: f64 = days.iter().map(|day| (day - mean).powi(2)).sum();
    Some((mean, (squares / (BASELINE as f64 - 1.0)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_those_of_surveillance() {
        let table = include_str!("../../tests/surveillance/ears.csv");
        let rows: Vec<Vec<&str>> = table.lines().skip(2).map(|line| line.split(',').collect()).collect();
        let counts: Vec<f64> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
        let mut compared = [0; 3];
        for (number, row) in rows.iter().enumerate() {
            let found = bounds(&counts[..=number]);
            for method in 0..3 {
                // R leaves C3 open where nothing moved before, and begins it a day later than it could.
                let Ok(published) = row[method + 1].parse::<f64>() else { continue };
                let bound = found[method].unwrap();
                assert!((bound - published).abs() < 1e-9, "C{} of day {number}: {bound} {published}", method + 1);
                compared[method] += 1;
            }
        }
        assert!(compared[0] == 83 && compared[1] == 81 && compared[2] > 60, "{compared:?}");
    }

    #[test]
    fn days_that_do_not_move_are_not_above_their_bounds() {
        assert_eq!(of(&[5.0; 30]), Ears { c1: Some(false), c2: Some(false), c3: Some(false) });
        assert_eq!(of(&[0.0; 12]), Ears { c1: Some(false), c2: Some(false), c3: Some(false) });
        assert_eq!(of(&[5.0; 7]), Ears::default());
        assert_eq!(of(&[]), Ears::default());
    }
}
