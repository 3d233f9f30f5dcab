//! C1 at the same false alarms as the rule: its bound is moved until so many quiet days are above it.

use super::{BURST, Life, days};
use polso_alert::detect::{Config, Series, Values};
use polso_domain::Day;

/// Days that C1 looks back.
const BASELINE: usize = 7;

/// Share of bursts that C1 finds when it flags [`Config::FALSE_ALARMS`] of the quiet days.
pub(crate) fn c1_found(life: &Life, rise: f64, (series, seed): (u32, u64)) -> f64 {
    let quiet = (0..series).filter_map(|number| highest(&days(life, 0.0, seed ^ u64::from(number)), BURST));
    let mut quiet: Vec<f64> = quiet.collect();
    quiet.sort_by(f64::total_cmp);
    let above = (quiet.len() as f64 * Config::FALSE_ALARMS).floor();
    let Some(bound) = quiet.iter().rev().zip(0_u32..).find(|(_, place)| f64::from(*place) >= above) else { return 0.0 };
    let bursts = series / 10;
    let found = (series..series + bursts)
        .filter(|number| highest(&days(life, rise, seed ^ u64::from(*number)), 1).is_some_and(|day| day > *bound.0));
    f64::from(u32::try_from(found.count()).unwrap_or(u32::MAX)) / f64::from(bursts)
}

/// How far the days of a burst, from its day `first` on, stand above the seven days before them at most, in standard
/// deviations. A day above days that did not move stands above everything.
fn highest(series: &Series, first: i32) -> Option<f64> {
    let values: Vec<(Day, f64)> = match &series.values {
        Values::Counts(days) => days.iter().map(|(day, count)| (*day, count.most())).collect(),
        Values::Shares(days) => days.iter().map(|(day, part)| (*day, part.part / part.of)).collect(),
    };
    let from = values.last()?.0.plus(first - BURST);
    let places = (BASELINE..values.len()).filter(|place| values[*place].0 >= from);
    places.map(|place| above(&values[place - BASELINE..place], values[place].1)).max_by(f64::total_cmp)
}

fn above(before: &[(Day, f64)], value: f64) -> f64 {
    let n = before.len() as f64;
    let mean = before.iter().map(|(_, value)| value).sum::<f64>() / n;
    let variance = before.iter().map(|(_, value)| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    match value - mean {
        // Nothing moves: no rise.
        off if off <= 0.0 => off,
        off if variance > 0.0 => off / variance.sqrt(),
        _ => f64::INFINITY,
    }
}
