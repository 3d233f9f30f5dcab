//! `date,series,value,low,high,unit,source`: what others measured, a row a value.

use super::Error;
use super::table::{self, Columns, Row};
use polso_domain::{OutsidePoint, OutsideSeries};
use std::path::Path;

const COLUMNS: Columns = Columns { needed: &["date", "series", "value", "unit", "source"], optional: &["low", "high"] };

/// Reads a file; series come out in the order in which they first stand there, their points by day.
pub(super) fn read(path: &Path) -> Result<Vec<OutsideSeries>, Error> {
    let mut all: Vec<OutsideSeries> = Vec::new();
    for row in table::rows(path, &COLUMNS)? {
        let (name, unit, source) = (row.needed("series")?, row.needed("unit")?, row.needed("source")?);
        let at = all.iter().position(|series| series.name == name).unwrap_or(all.len());
        if at == all.len() {
            all.push(OutsideSeries { name, unit, source, points: Vec::new() });
        } else if all[at].unit != unit {
            return Err(row.wrong("unit", "another unit than in the rows before", "give the series another name"));
        } else if all[at].source != source {
            return Err(row.wrong("source", "another source than in the rows before", "give the series another name"));
        }
        let point = point(&row)?;
        let points = &mut all[at].points;
        match points.binary_search_by_key(&point.day, |point| point.day) {
            Ok(_) => return Err(row.wrong("date", "a second value of the series on a day", "keep one of the two")),
            Err(place) => points.insert(place, point),
        }
    }
    Ok(all)
}

fn point(row: &Row) -> Result<OutsidePoint, Error> {
    let value = row
        .number("value")?
        .ok_or_else(|| row.wrong("value", "empty", "take the row away: a day without a value has no row"))?;
    let interval = match (row.number("low")?, row.number("high")?) {
        (None, None) => None,
        (Some(low), Some(high)) if low <= value && value <= high => Some((low, high)),
        (Some(_), Some(_)) => {
            return Err(row.wrong("low", "the value is not between low and high", "check the three numbers"));
        }
        _ => return Err(row.wrong("low", "one end of the interval is missing", "give both ends, or neither")),
    };
    Ok(OutsidePoint { day: row.needed_day("date")?, value, interval })
}
