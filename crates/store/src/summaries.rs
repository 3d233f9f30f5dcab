//! What days came down to: `lake/summaries/day=D.json` as `aggregate` shapes it, and the same as a long table for SQL.

use crate::columns::{self, MEASURES_SCHEMA};
use crate::lake::day_of;
use crate::parquet::{self, Label};
use crate::{Error, Lake, files};
use polars::prelude::*;
use polso_domain::Day;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One figure: which table, which row of it, which column, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The table it belongs to: `mood`, `by_lang`, …
    pub table: String,
    /// The row: a language, a hashtag; empty when the table has one row.
    pub key: String,
    /// The column: `negative`, `posts`, …
    pub measure: String,
    /// The figure.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end of its 95 % interval.
    pub high: Option<f64>,
    /// Posts behind it.
    pub n: u64,
}

impl Lake {
    /// Replaces a day's summary.
    pub fn write_summary_json(&self, day: Day, json: &str) -> Result<(), Error> {
        files::write_atomic(&self.summary_path(day, "json"), json.as_bytes())
    }

    /// A day's summary; `None` when it has none.
    pub fn read_summary_json(&self, day: Day) -> Result<Option<String>, Error> {
        files::read_text(&self.summary_path(day, "json"))
    }

    /// Replaces a day's summary as a table.
    pub fn write_summary_table(&self, day: Day, measures: &[Measure]) -> Result<(), Error> {
        let path = self.summary_path(day, "parquet");
        let mut frame = to_frame(day, measures).map_err(Error::shape(&path))?;
        parquet::write(&path, &mut frame, Label::of(MEASURES_SCHEMA))
    }

    /// The days that have a summary.
    pub fn summary_days(&self) -> Result<BTreeSet<Day>, Error> {
        let paths = files::list(&self.folder("summaries"))?;
        let summaries = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        Ok(summaries.filter_map(|path| day_of(path)).collect())
    }

    /// What each summary was made from, as [`Self::write_inputs`] left it; `None` before the first time.
    pub fn read_inputs(&self) -> Result<Option<String>, Error> {
        files::read_text(&self.inputs_path())
    }

    /// Notes what each summary was made from. Hidden: it is bookkeeping, deleting it costs only time.
    pub fn write_inputs(&self, json: &str) -> Result<(), Error> {
        files::write_atomic(&self.inputs_path(), json.as_bytes())
    }

    fn summary_path(&self, day: Day, extension: &str) -> PathBuf {
        self.folder("summaries").join(format!("day={day}.{extension}"))
    }

    fn inputs_path(&self) -> PathBuf {
        self.folder("summaries").join(".inputs.json")
    }
}

/// A parquet file of figures, as it will stand at `path`, the shape of `summaries` and of a report's tables. The same
/// figures give the same bytes.
pub fn measures_file(path: &Path, day: Day, measures: &[Measure]) -> Result<Vec<u8>, Error> {
    let mut frame = to_frame(day, measures).map_err(Error::shape(path))?;
    let mut bytes = Vec::new();
    parquet::encode(&mut bytes, &mut frame, Label::of(MEASURES_SCHEMA)).map_err(Error::writing(path))?;
    Ok(bytes)
}

fn to_frame(day: Day, rows: &[Measure]) -> PolarsResult<DataFrame> {
    let text = |name: &str, of: fn(&Measure) -> &str| Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>());
    let end = |name: &str, of: fn(&Measure) -> Option<f64>| -> Column {
        Column::new(name.into(), rows.iter().map(of).collect::<Float64Chunked>())
    };
    let all = vec![
        Column::new("day".into(), vec![day.epoch_days(); rows.len()]).cast(&DataType::Date)?,
        text("table", |row| &row.table),
        text("key", |row| &row.key),
        text("measure", |row| &row.measure),
        Column::new("value".into(), rows.iter().map(|row| row.value).collect::<Vec<_>>()),
        end("low", |row| row.low),
        end("high", |row| row.high),
        Column::new("n".into(), rows.iter().map(|row| row.n).collect::<Vec<_>>()),
    ];
    DataFrame::new(rows.len(), all)?.select(columns::measures().iter_names().cloned())
}
