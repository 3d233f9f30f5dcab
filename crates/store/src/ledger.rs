//! What was asked and heard, a file per day: `lake/ledger/day=D.parquet`.

use crate::columns::{self, LEDGER_COUNTS, LEDGER_SCHEMA, SET_ASIDE_WHY};
use crate::lake::day_of;
use crate::parquet::{self, Label};
use crate::{Error, Lake, files, rows};
use polars::prelude::*;
use polso_domain::{Day, LedgerEntry, SetAside, SourceId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

impl Lake {
    /// Replaces a day's ledger. The order of the entries does not matter; equal contents leave the file untouched.
    pub fn write_ledger(&self, day: Day, entries: &[LedgerEntry]) -> Result<(), Error> {
        let mut entries = entries.to_vec();
        entries.sort_by(|a, b| (&a.source, a.hour).cmp(&(&b.source, b.hour)));
        if entries == self.read_ledger(day)? {
            return Ok(());
        }
        let path = self.ledger_path(day);
        let mut frame = to_frame(day, &entries).map_err(Error::shape(&path))?;
        parquet::write(&path, &mut frame, Label::of(LEDGER_SCHEMA))
    }

    /// A day's ledger by source and hour; empty when nobody wrote one.
    pub fn read_ledger(&self, day: Day) -> Result<Vec<LedgerEntry>, Error> {
        let path = self.ledger_path(day);
        if !path.exists() {
            return Ok(Vec::new());
        }
        parquet::label(&path, LEDGER_SCHEMA)?;
        from_frame(&parquet::read(&path, None)?).map_err(Error::shape(&path))
    }

    /// The days that have a ledger.
    pub fn ledger_days(&self) -> Result<BTreeSet<Day>, Error> {
        Ok(files::list(&self.folder("ledger"))?.iter().filter_map(|path| day_of(path)).collect())
    }
}

fn counts(entry: &LedgerEntry) -> [u32; 10] {
    // Taken apart without `..`: a new count must be stored before it compiles.
    let LedgerEntry {
        source: _,
        hour: _,
        why: _,
        asked,
        answered,
        kept,
        set_aside,
        closed,
        failed,
        minutes_missed,
        again,
        rate_limited_seconds,
        cursor_resets,
    } = *entry;
    [asked, answered, kept, set_aside, closed, failed, minutes_missed, again, rate_limited_seconds, cursor_resets]
}

fn why(entry: &LedgerEntry) -> String {
    let reasons = entry.why.iter().map(|(reason, n)| format!("{} {n}", reason.as_str()));
    reasons.collect::<Vec<_>>().join(", ")
}

/// Reads what [`why`] wrote; a word that is not known any more is left out.
fn reasons(text: &str) -> BTreeMap<SetAside, u32> {
    let pair = |pair: &str| {
        let (word, n) = pair.split_once(' ')?;
        let reason = SetAside::ALL.into_iter().find(|reason| reason.as_str() == word)?;
        Some((reason, n.parse().ok()?))
    };
    text.split(", ").filter_map(pair).collect()
}

fn to_frame(day: Day, entries: &[LedgerEntry]) -> PolarsResult<DataFrame> {
    let mut all = vec![
        Column::new("day".into(), vec![day.epoch_days(); entries.len()]).cast(&DataType::Date)?,
        Column::new("source".into(), entries.iter().map(|entry| entry.source.as_str()).collect::<Vec<_>>()),
        rows::instants("hour", entries.iter().map(|entry| entry.hour.millis()).collect())?,
    ];
    for (i, name) in LEDGER_COUNTS.into_iter().enumerate() {
        all.push(Column::new(name.into(), entries.iter().map(|entry| counts(entry)[i]).collect::<Vec<_>>()));
    }
    all.push(Column::new(SET_ASIDE_WHY.into(), entries.iter().map(why).collect::<Vec<_>>()));
    DataFrame::new(entries.len(), all)?.select(columns::ledger().iter_names().cloned())
}

fn from_frame(frame: &DataFrame) -> PolarsResult<Vec<LedgerEntry>> {
    let sources = frame.column("source")?.str()?;
    let hours = frame.column("hour")?.cast(&DataType::Int64)?;
    let hours = hours.i64()?;
    let counts: Vec<&UInt32Chunked> =
        LEDGER_COUNTS.iter().map(|name| frame.column(name)?.u32()).collect::<PolarsResult<_>>()?;
    let whys = frame.column(SET_ASIDE_WHY)?.str()?;
    let row = |i: usize| -> PolarsResult<LedgerEntry> {
        let source = sources.get(i).and_then(SourceId::new);
        let (Some(source), Some(hour)) = (source, hours.get(i)) else {
            polars_bail!(ComputeError: "row {i} of the ledger has no source or no hour");
        };
        let count = |column: usize| counts[column].get(i).unwrap_or_default();
        Ok(LedgerEntry {
            asked: count(0),
            answered: count(1),
            kept: count(2),
            set_aside: count(3),
            closed: count(4),
            failed: count(5),
            minutes_missed: count(6),
            again: count(7),
            rate_limited_seconds: count(8),
            cursor_resets: count(9),
            why: reasons(whys.get(i).unwrap_or_default()),
            ..LedgerEntry::empty(source, Timestamp::from_millis(hour))
        })
    };
    (0..frame.height()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{day, lake};

    #[test]
    fn a_ledger_goes_there_and_back() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        assert!(lake.read_ledger(today).unwrap().is_empty());
        let entry = |source: &str, hour: i64| LedgerEntry {
            asked: 3,
            minutes_missed: 15,
            set_aside: 4,
            cursor_resets: 1,
            why: BTreeMap::from([(SetAside::Malformed, 1), (SetAside::BadTime, 3)]),
            ..LedgerEntry::empty(SourceId::new(source).unwrap(), Timestamp::from_millis(hour * 3_600_000))
        };
        let mut entries = vec![entry("b", 1), entry("a", 2), entry("a", 1)];
        lake.write_ledger(today, &entries).unwrap();
        let before = lake.fingerprint(today).unwrap();
        entries.reverse();
        lake.write_ledger(today, &entries).unwrap();
        assert_eq!(before, lake.fingerprint(today).unwrap());
        assert_eq!(lake.read_ledger(today).unwrap(), [entry("a", 1), entry("a", 2), entry("b", 1)]);
        let sum = lake.query("select day, sum(asked) as asked from ledger group by day").unwrap().to_text(9);
        assert_eq!(sum, "day         asked\n2020-03-09  9\n");
    }
}
