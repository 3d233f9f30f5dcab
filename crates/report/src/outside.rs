//! What others measured, drawn on the same days as the mood: beside it, never mixed with it.

use crate::block::{Cell, Table};
use crate::ink::Ink;
use crate::timeline::{Timeline, Trace, weekly};
use crate::{Error, Page, quote};
use polso_aggregate::Share;
use polso_domain::{Day, OutsidePoint, OutsideSeries};

/// Values in this unit are fractions and written as per cent.
const SHARE: &str = "share";
/// Steps of the vertical axis.
const STEPS: usize = 4;

/// Each series that has a value in the weeks that are drawn.
pub(crate) fn series(page: &Page<'_>) -> Result<Vec<Timeline>, Error> {
    let days: Vec<Day> = page.weeks().into_iter().map(|(day, _)| day).collect();
    let mut drawn = Vec::new();
    for one in &page.beside.series {
        drawn.extend(timeline(page, one, &days)?);
    }
    Ok(drawn)
}

fn timeline(page: &Page<'_>, series: &OutsideSeries, days: &[Day]) -> Result<Option<Timeline>, Error> {
    let words = page.words;
    let on = |day: &Day| series.points.iter().find(|point| point.day == *day);
    let points: Vec<Option<&OutsidePoint>> = days.iter().map(on).collect();
    let Some(last) = points.iter().rev().copied().flatten().next() else { return Ok(None) };
    let values: Vec<Option<Share>> = points.iter().map(|point| point.map(as_band)).collect();
    let (top, decimals) = scale(values.iter().flatten().map(|band| band.high).fold(0.0, f64::max));
    let steps = (0..=STEPS).map(|i| top * i as f64 / STEPS as f64);
    let mut labels = Vec::new();
    for at in weekly(days.len()) {
        labels.push((at, words.tick(days[at])?));
    }
    let name = quote::line(&series.name);
    let how = words.with("outside-how", &[("source", quote::line(&series.source).into())])?;
    let said = [("day", words.short_date(last.day)?.into()), ("value", spoken(page, series, last)?.into())];
    Ok(Some(Timeline {
        caption: words.with("outside-caption", &[("name", name.into())])?,
        description: format!("{} {how}", words.with("outside-last", &said)?),
        days: days.len(),
        labels,
        steps: steps.map(|step| (step, written(page, series, step, decimals))).collect(),
        traces: vec![Trace::Band { ink: Ink::Outside, label: String::new(), values }],
        missed: Vec::new(),
        marks: Vec::new(),
        happened: Vec::new(),
        legend: Vec::new(),
        table: table(page, series, days)?,
    }))
}

/// The value with its interval; where nobody told one, the value alone.
fn as_band(point: &OutsidePoint) -> Share {
    let (low, high) = point.interval.unwrap_or((point.value, point.value));
    Share { share: point.value, low, high }
}

/// A round top of the axis, and the decimals that its quarters need.
fn scale(highest: f64) -> (f64, usize) {
    let power = 10_f64.powf(highest.max(f64::MIN_POSITIVE).log10().floor());
    let factor = [1.0, 2.0, 4.0, 8.0, 10.0].into_iter().find(|factor| factor * power >= highest).unwrap_or(10.0);
    let top = factor * power;
    let quarter = top / STEPS as f64;
    let decimals = (0..6).find(|decimals| (quarter * 10_f64.powi(*decimals)).fract() < 1e-9).unwrap_or(6);
    (top, usize::try_from(decimals).unwrap_or(0))
}

fn written(page: &Page<'_>, series: &OutsideSeries, value: f64, decimals: usize) -> String {
    if series.unit == SHARE { page.words.rough(value) } else { page.words.style.number(value, decimals) }
}

/// A value with its unit and, where there is one, its interval.
fn spoken(page: &Page<'_>, series: &OutsideSeries, point: &OutsidePoint) -> Result<String, Error> {
    let words = page.words;
    if series.unit == SHARE {
        return if point.interval.is_some() { words.share(&as_band(point)) } else { Ok(words.percent(point.value)) };
    }
    let (_, decimals) = scale(point.value);
    let number = |value| words.style.number(value, decimals);
    let unit = quote::line(&series.unit);
    let value = format!("{} {unit}", number(point.value));
    let Some((low, high)) = point.interval else { return Ok(value) };
    let interval = words.with("interval", &[("low", number(low).into()), ("high", number(high).into())])?;
    Ok(format!("{value} ({interval})"))
}

fn table(page: &Page<'_>, series: &OutsideSeries, days: &[Day]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::new();
    for point in series.points.iter().rev().filter(|point| days.contains(&point.day)) {
        rows.push(vec![Cell::Head(words.short_date(point.day)?, None), Cell::Number(spoken(page, series, point)?)]);
    }
    Ok(Table {
        caption: words.say("weeks-table")?,
        columns: vec![words.column("column-day")?, words.numbers("column-value")?],
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_axis_holds_the_highest_value_and_wastes_at_most_half(highest in 1e-3_f64..1e6) {
            let (top, decimals) = scale(highest);
            prop_assert!(top >= highest * (1.0 - 1e-9) && top <= highest * 2.5 && decimals <= 6, "{top} {decimals}");
        }
    }
}
