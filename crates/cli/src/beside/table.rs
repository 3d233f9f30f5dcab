//! A CSV file as rows with named cells, read strictly: a column that nobody reads is more likely misspelt than meant.
//!
//! UTF-8 with or without its mark. Cells are separated by commas, or by semicolons, as spreadsheets write where numbers have
//! a decimal comma; the head decides. Empty lines are passed over, an empty cell is nothing.

use super::Error;
use polso_domain::{ClaimId, Day};
use polso_privacy::scrub_loose;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest file, in MiB.
const LARGEST_MIB: u64 = 4;
/// The most rows: a hundred years of events each day.
const MOST_ROWS: usize = 40_000;
/// The longest text, in characters.
const LONGEST: usize = 300;

/// What a file is expected to hold.
pub(super) struct Columns {
    pub(super) needed: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
}

impl Columns {
    fn list(&self) -> String {
        let optional = self.optional.iter().map(|name| format!("{name} (may be left out)"));
        self.needed.iter().map(|name| (*name).to_owned()).chain(optional).collect::<Vec<_>>().join(", ")
    }

    /// The name as it is written here, whatever case it has in the file.
    fn known(&self, name: &str) -> Option<&'static str> {
        self.needed.iter().chain(self.optional).copied().find(|known| known.eq_ignore_ascii_case(name.trim()))
    }
}

/// One row.
pub(super) struct Row {
    path: PathBuf,
    pub(super) line: u64,
    decimal_comma: bool,
    cells: Vec<(&'static str, String)>,
}

/// Reads all rows of a file.
pub(super) fn rows(path: &Path, columns: &Columns) -> Result<Vec<Row>, Error> {
    let bytes = bytes(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| Error::NotUtf8 {
        path: path.to_owned(),
        line: bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count() as u64,
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let semicolons = head.contains(';') && !head.contains(',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(if semicolons { b';' } else { b',' }).from_reader(text.as_bytes());
    let names = names(path, columns, reader.headers().map_err(wrong(path))?)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong(path))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(Error::TooLong { path: path.to_owned(), rows: MOST_ROWS });
        }
        let cells = names.iter().copied().zip(record.iter().map(|cell| cell.trim().to_owned())).collect();
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { path: path.to_owned(), line, decimal_comma: semicolons, cells });
    }
    Ok(rows)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let io = |why| Error::Io { path: path.to_owned(), why };
    let mut bytes = Vec::new();
    let most = LARGEST_MIB << 20;
    File::open(path).map_err(io)?.take(most + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > most {
        return Err(Error::TooLarge { path: path.to_owned(), mib: LARGEST_MIB });
    }
    Ok(bytes)
}

fn names(path: &Path, columns: &Columns, head: &csv::StringRecord) -> Result<Vec<&'static str>, Error> {
    let mut names = Vec::with_capacity(head.len());
    for written in head {
        let name = columns.known(written).ok_or_else(|| Error::UnknownColumn {
            path: path.to_owned(),
            column: scrub_loose(written),
            columns: columns.list(),
        })?;
        if names.contains(&name) {
            return Err(Error::ColumnTwice { path: path.to_owned(), column: name.to_owned() });
        }
        names.push(name);
    }
    match columns.needed.iter().find(|needed| !names.contains(needed)) {
        Some(column) => Err(Error::NoColumn { path: path.to_owned(), column, columns: columns.list() }),
        None => Ok(names),
    }
}

fn wrong(path: &Path) -> impl Fn(csv::Error) -> Error {
    let path = path.to_owned();
    move |error| match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => Error::Cells {
            path: path.clone(),
            line: pos.as_ref().map_or(0, csv::Position::line),
            found: *len,
            expected: *expected_len,
        },
        _ => Error::Csv { path: path.clone(), why: error.to_string() },
    }
}

impl Row {
    /// What is wrong with a cell, and what to do.
    pub(super) fn wrong(&self, column: &'static str, what: impl Into<String>, hint: &'static str) -> Error {
        Error::Cell { path: self.path.clone(), line: self.line, column, what: what.into(), hint }
    }

    /// A cell as it stands there; empty when the file has no such column.
    pub(super) fn raw(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell)
    }

    /// A text without accounts, addresses and telephone numbers; `None` when the cell is empty.
    pub(super) fn text(&self, column: &'static str) -> Result<Option<String>, Error> {
        let raw = self.raw(column);
        if raw.chars().count() > LONGEST {
            let what = format!("longer than {LONGEST} characters");
            return Err(self.wrong(column, what, "say it in a sentence; the page has room for no more"));
        }
        Ok(Some(scrub_loose(raw)).filter(|text| !text.is_empty()))
    }

    /// A text that must be there.
    pub(super) fn needed(&self, column: &'static str) -> Result<String, Error> {
        self.text(column)?.ok_or_else(|| self.wrong(column, "empty", "fill the cell in, or take the row away"))
    }

    /// A day; `None` when the cell is empty.
    pub(super) fn day(&self, column: &'static str) -> Result<Option<Day>, Error> {
        let raw = self.raw(column);
        let wrong = |_| {
            let what = format!("`{}` is no day", scrub_loose(raw));
            self.wrong(column, what, "write days as YYYY-MM-DD, such as 2020-03-09; format the column as text")
        };
        if raw.is_empty() { Ok(None) } else { raw.parse().map(Some).map_err(wrong) }
    }

    /// A day that must be there.
    pub(super) fn needed_day(&self, column: &'static str) -> Result<Day, Error> {
        self.day(column)?.ok_or_else(|| self.wrong(column, "empty", "every row needs its day, as YYYY-MM-DD"))
    }

    /// A number; `None` when the cell is empty.
    pub(super) fn number(&self, column: &'static str) -> Result<Option<f64>, Error> {
        let raw = self.raw(column);
        if raw.is_empty() {
            return Ok(None);
        }
        let plain = if self.decimal_comma { raw.replace(',', ".") } else { raw.to_owned() };
        let number = plain.parse().ok().filter(|number: &f64| number.is_finite());
        let wrong = || {
            let what = format!("`{}` is no number", scrub_loose(raw));
            self.wrong(column, what, "write plain numbers such as 0.62, without a unit")
        };
        number.map(Some).ok_or_else(wrong)
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &self,
        column: &'static str,
        named: fn(&str) -> Option<T>,
        hint: &'static str,
    ) -> Result<T, Error> {
        let raw = self.raw(column);
        let wrong = || self.wrong(column, format!("`{}` is none of the words for it", scrub_loose(raw)), hint);
        named(&raw.to_ascii_lowercase()).ok_or_else(wrong)
    }

    /// The id of a claim; `None` when the cell is empty.
    pub(super) fn claim(&self, column: &'static str) -> Result<Option<ClaimId>, Error> {
        let raw = self.raw(column);
        if raw.is_empty() {
            return Ok(None);
        }
        let wrong = || {
            let what = format!("`{}` is no id of a claim", scrub_loose(raw));
            self.wrong(column, what, "`polso claims list` shows the ids")
        };
        ClaimId::new(raw).map(Some).ok_or_else(wrong)
    }
}
