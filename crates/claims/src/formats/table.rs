//! A table of claims with a header, through a map of its columns.
//!
//! A cell that a spreadsheet would run as a formula (`=`, `+`, `-`, `@` at its start) is a text like any other: nothing is
//! ever evaluated, and the apostrophe that exporters put before it to keep others from doing so, ours too, is taken off.

use super::columns::{ColumnMap, Field};
use super::draft::Draft;
use super::limit::{Budget, LARGEST_MIB, Limited};
use super::refusal::Refusal;
use super::rows::Rows;
use super::{Format, FormatError};
use csv::{ByteRecord, ReaderBuilder};
use std::collections::BTreeMap;
use std::io::BufRead;

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Whether the first line has a column for a field, whatever stands between the columns.
pub(crate) fn has_column(head: &[u8], field: Field) -> bool {
    DELIMITERS.iter().any(|delimiter| ColumnMap::default().place(field, &header(head, *delimiter)).is_some())
}

/// Whether the first line has more than one column.
pub(crate) fn has_two_columns(head: &[u8]) -> bool {
    DELIMITERS.iter().any(|delimiter| header(head, *delimiter).len() > 1)
}

/// Reads the rows below the header.
pub(crate) fn read(input: impl BufRead, head: &[u8], rows: &mut Rows<'_>) -> Result<(), FormatError> {
    rows.found(Format::Csv);
    let map = rows.options.columns;
    let delimiter = delimiter(head, map);
    let places = map.places(&header(head, delimiter))?;
    let budget = Budget::new();
    let mut reader = builder(delimiter).from_reader(Limited::new(input, &budget));
    let mut record = ByteRecord::new();
    let mut columns = None;
    for count in 0_u64.. {
        budget.renew();
        let place = format!("row {count} (line {})", reader.position().line());
        rows.begin(place.clone());
        let more = reader.read_byte_record(&mut record).map_err(|source| broken(source, &budget, &place))?;
        if !more {
            break;
        }
        let Some(expected) = columns else {
            columns = Some(record.len());
            continue;
        };
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let surplus = record.iter().skip(expected).any(|cell| !cell.trim_ascii().is_empty());
        let flow = if record.len() < expected || surplus {
            rows.refuse(place, Refusal::Cells { found: record.len(), expected })
        } else {
            rows.draft(place, &draft(&record, &places))
        };
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

fn broken(source: csv::Error, budget: &Budget, place: &str) -> FormatError {
    if budget.is_spent() {
        return FormatError::TooLarge { place: place.to_owned(), limit_mib: LARGEST_MIB };
    }
    FormatError::Io { place: place.to_owned(), source: source.into() }
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).flexible(true).has_headers(false);
    builder
}

/// The names of the columns. A first line that is longer than the head has none that could be meant.
fn header(head: &[u8], delimiter: u8) -> Vec<String> {
    let mut record = ByteRecord::new();
    let mut reader = builder(delimiter).from_reader(head);
    match reader.read_byte_record(&mut record) {
        Ok(true) => record.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// The delimiter with which the text has a column, or that makes the most columns.
fn delimiter(head: &[u8], map: &ColumnMap) -> u8 {
    let worth = |delimiter: &u8| {
        let header = header(head, *delimiter);
        (map.place(Field::Text, &header).is_some(), header.len())
    };
    // Of equals the last is taken, and the comma is the most usual.
    DELIMITERS.into_iter().rev().max_by_key(worth).unwrap_or(b',')
}

fn draft(record: &ByteRecord, places: &BTreeMap<Field, usize>) -> Draft {
    let cell = |field: Field| {
        let cell = String::from_utf8_lossy(record.get(*places.get(&field)?)?);
        let cell = unescaped(cell.trim());
        (!cell.is_empty()).then(|| cell.to_owned())
    };
    Draft {
        id: cell(Field::Id),
        text: cell(Field::Text),
        answer: cell(Field::Answer),
        verdict: cell(Field::Verdict),
        lang: cell(Field::Lang),
        date: cell(Field::Date),
        review: cell(Field::Link),
        sites: cell(Field::Publisher).into_iter().collect(),
        kind: cell(Field::Kind),
        topic: cell(Field::Topic),
        rating: None,
        own: true,
    }
}

fn unescaped(cell: &str) -> &str {
    let formula = |rest: &&str| rest.starts_with(['=', '+', '-', '@', '\t']);
    cell.strip_prefix('\'').filter(formula).unwrap_or(cell)
}
