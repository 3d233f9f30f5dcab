//! Files as a source: what is asked of a file, and what each of its rows turns out to be.
//!
//! The way of a byte: `open` (compression, encoding) → `values`, `table` or `sheet` (where a row ends) → one module per
//! format, or one layout per tool in `vendors` (what a row says) → `check` (whether that can be believed) → [`Row`].

mod bluesky;
mod cells;
mod check;
mod columns;
mod error;
mod format;
mod header;
mod json;
mod layout;
mod mapped;
mod mastodon;
mod open;
mod outbox;
mod platform;
mod polso;
mod raw;
mod reader;
mod redact;
mod scalar;
mod sheet;
mod sniff;
mod table;
mod telegram;
#[cfg(test)]
mod tests;
mod time;
mod tray;
mod twitter_v1;
mod twitter_v2;
mod values;
mod vendors;
mod workbook;

pub use columns::FieldMap;
pub use error::Error;
pub use format::Format;
pub use reader::Reader;

pub(crate) use check::{Fault, required};
use jiff::tz::TimeZone;
use polso_domain::{LedgerEntry, RawEvent, SetAside, SourceId, Timestamp};
pub(crate) use redact::Redactor;
pub(crate) use scalar::Scalar;
use std::io::Read;
use std::path::Path;

/// What is imported and how.
#[derive(Debug, Clone)]
pub struct Import {
    /// The format; sniffed from the first record when `None`.
    pub format: Option<Format>,
    /// Wins over what the rows and the format say.
    pub source: Option<SourceId>,
    /// Where the fields are, for CSV and for JSON of no known format.
    pub map: Option<FieldMap>,
    /// For times that name no zone.
    pub timezone: TimeZone,
    /// When the file is read: a post from later than tomorrow is damage.
    pub now: Timestamp,
    /// Bytes after which a row is too long. Memory is bounded by it.
    pub max_row_bytes: usize,
}

impl Import {
    /// Everything sniffed, times in UTC, rows of at most 16 MiB.
    pub fn new(now: Timestamp) -> Self {
        Self { format: None, source: None, map: None, timezone: TimeZone::UTC, now, max_row_bytes: 16 << 20 }
    }
}

/// One step of a file.
pub enum Row {
    /// Something the source says.
    Event(RawEvent),
    /// An hour in which the source was not heard (polso's own format only).
    Gap(LedgerEntry),
    /// A row that could not be used.
    SetAside(Rejected),
    /// A row that speaks of no post (rate limits, warnings, empty pages), or of one that is not public.
    Ignored,
}

/// A row that could not be used, fit to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub reason: SetAside,
    /// The line, from 1; in JSON that is not one value per line, the number of the value.
    pub line: u64,
    /// What was wrong. Holds no value of the row.
    pub detail: String,
    /// The row as JSON with its names removed; `None` where that cannot be promised.
    pub raw: Option<String>,
    /// The source it would have counted for.
    pub source: SourceId,
}

/// The rows of a page as X's API answers it (or of one post of its stream): what an import of the same text would give.
pub(crate) fn x_page(json: &str, source: &SourceId, now: Timestamp) -> Vec<Row> {
    let (zone, redactor) = (TimeZone::UTC, Redactor::default());
    let rules = check::Rules { zone, now, source: source.clone(), source_given: true, redactor };
    let mut tray = tray::Tray::default();
    twitter_v2::read(json, &rules, &mut tray);
    std::iter::from_fn(|| tray.take()).filter(|row| !matches!(row, Row::Ignored)).collect()
}

/// Streams a file's rows in constant memory; the path is for messages only.
pub fn rows<'r>(reader: impl Read + Send + 'r, import: &Import, path: &Path) -> Result<Reader<'r>, Error> {
    Reader::open(reader, import, path)
}
