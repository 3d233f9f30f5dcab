//! Invented days whose truth is known: what the rule must find, and what it must leave alone.

mod draw;
mod equal;

use draw::Draw;
pub(crate) use equal::c1_found;
use polso_alert::detect::{Config, Count, Measure, Part, Series, Values, Verdict, judge};
use polso_domain::Day;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Days of a burst, and of the past before it.
pub(crate) const BURST: i32 = 14;
const PAST: i32 = 60;

/// How a measure behaves when nothing happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Life {
    /// Mean a day; of a share, the share.
    pub(crate) mean: f64,
    /// Dispersion of a count; of a share, the correlation between two posts.
    pub(crate) dispersion: f64,
    /// Weekends are this much of a weekday.
    pub(crate) weekend: f64,
    /// Share of days that were not heard.
    pub(crate) missing: f64,
    /// Posts a day behind a share; `None` for a count.
    pub(crate) of: Option<f64>,
    /// Growth a day, as a factor.
    pub(crate) drift: f64,
    /// Smallest count that is known: what is less is taken for this much.
    pub(crate) floor: f64,
}

impl Life {
    /// A steady count.
    pub(crate) fn count(mean: f64, dispersion: f64) -> Self {
        Self { mean, dispersion, weekend: 1.0, missing: 0.0, of: None, drift: 1.0, floor: -1.0 }
    }

    /// A steady share of so many posts.
    pub(crate) fn share(share: f64, likeness: f64, of: f64) -> Self {
        Self { of: Some(of), ..Self::count(share, likeness) }
    }
}

/// Who says that a day stands out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Says {
    pub(crate) cusum: f64,
    pub(crate) ears: [f64; 3],
}

/// Share of quiet days that are flagged, over so many series.
pub(crate) fn false_alarms(life: &Life, (series, seed): (u32, u64), config: &Config) -> Says {
    average(series, |number| {
        let days = days(life, 0.0, seed ^ u64::from(number));
        said(&days, BURST..=BURST, config).pop()
    })
}

/// Share of bursts of which at least one day is flagged. A burst raises each day by so many standard deviations.
pub(crate) fn found(life: &Life, (rise, burst): (f64, i32), (series, seed): (u32, u64), config: &Config) -> Says {
    average(series, |number| {
        let days = said(&days(life, rise, seed ^ u64::from(number)), 1..=burst, config);
        days.into_iter().reduce(|a, b| Verdicts {
            cusum: a.cusum || b.cusum,
            ears: [0, 1, 2].map(|method| a.ears[method] || b.ears[method]),
        })
    })
}

#[derive(Clone, Copy)]
struct Verdicts {
    cusum: bool,
    ears: [bool; 3],
}

fn average(series: u32, of: impl Fn(u32) -> Option<Verdicts>) -> Says {
    let mut says = Says::default();
    let one = |yes: bool| f64::from(u8::from(yes)) / f64::from(series);
    for found in (0..series).filter_map(of) {
        says.cusum += one(found.cusum);
        for (sum, yes) in says.ears.iter_mut().zip(found.ears) {
            *sum += one(yes);
        }
    }
    says
}

/// Sixty days of life and a burst after them.
fn days(life: &Life, rise: f64, seed: u64) -> Series {
    let mut draw = Draw::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let start: i32 = 18_000 + draw.below(7);
    let (mut counts, mut shares) = (BTreeMap::new(), BTreeMap::new());
    for number in 0..PAST + BURST {
        let day = Day::from_epoch_days(start + number);
        let rise = if number < PAST { 0.0 } else { rise };
        let today = number == PAST + BURST - 1;
        let weekend = if day.weekday() > 4 { life.weekend } else { 1.0 };
        let mean = life.mean * weekend * life.drift.powi(number);
        if !today && draw.chance(life.missing) {
            continue;
        }
        if let Some(of) = life.of {
            let of = draw.poisson(of).max(1.0);
            let deviation = (mean * (1.0 - mean) * (1.0 + (of - 1.0) * life.dispersion) / of).sqrt();
            let part = draw.beta_binomial(of, (mean + rise * deviation).min(0.95), life.dispersion);
            shares.insert(day, Part { part, of });
        } else {
            let deviation = (mean + life.dispersion * mean * mean).sqrt();
            let count = draw.negative_binomial(mean + rise * deviation, life.dispersion);
            let known = if count > life.floor { Count::Exactly(count) } else { Count::AtMost(life.floor) };
            counts.insert(day, known);
        }
    }
    let values = if life.of.is_some() { Values::Shares(shares) } else { Values::Counts(counts) };
    Series { measure: Measure::Volume, values }
}

/// What is said on some days of the burst, counted from one.
fn said(series: &Series, days: RangeInclusive<i32>, config: &Config) -> Vec<Verdicts> {
    let last = match &series.values {
        Values::Counts(days) => days.keys().next_back().copied(),
        Values::Shares(days) => days.keys().next_back().copied(),
    };
    let Some(last) = last else { return Vec::new() };
    days.filter_map(|number| match judge(series, last.plus(number - BURST), config) {
        Verdict::Flagged(found) => Some((true, found.ears)),
        Verdict::Quiet(found) => Some((false, found.ears)),
        Verdict::NotJudged(_) => None,
    })
    .map(|(cusum, ears)| Verdicts { cusum, ears: [ears.c1, ears.c2, ears.c3].map(|says| says == Some(true)) })
    .collect()
}
