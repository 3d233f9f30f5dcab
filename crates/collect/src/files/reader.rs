//! One file, read record by record.

use super::check::Rules;
use super::columns::Nowhere;
use super::json::{Json, NotJson};
use super::open::{Opened, Packed, open};
use super::redact::Redactor;
use super::table::Table;
use super::tray::Tray;
use super::{Error, Format, Import, Row};
use polso_domain::SourceId;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Columns named in a message.
const AVAILABLE: usize = 40;

/// The rows of one file. After an error there are no more.
pub struct Reader<'r> {
    path: PathBuf,
    format: Format,
    rules: Rules,
    body: Body<'r>,
    tray: Tray,
    rows_read: u64,
    ended: bool,
}

enum Body<'r> {
    Json(Box<Json<'r>>),
    Table(Box<Table<'r>>),
}

impl<'r> Reader<'r> {
    /// Opens a file and learns its format; `path` is for messages only. No row is read before every column that is
    /// needed was found.
    pub(crate) fn open(reader: impl Read + Send + 'r, import: &Import, path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        let mut opened = match open(reader) {
            Ok(opened) => opened,
            Err(Packed(kind)) => return Err(Error::Unsupported { path, kind }),
        };
        let Some(first) = opened.head.iter().copied().find(|byte| !byte.is_ascii_whitespace()) else {
            return Err(nothing(&mut opened, path));
        };
        if let (Some(format @ (Format::Polso | Format::TwitterV1 | Format::TwitterV2)), Some(_)) =
            (import.format, &import.map)
        {
            return Err(Error::MapUnused { format: format.as_str() });
        }
        let is_table = import.format.map_or(!matches!(first, b'{' | b'['), |format| format == Format::Csv);
        let (format, body) = if is_table { table(opened, import, &path)? } else { json(opened, import, &path)? };
        let fallback = || SourceId::new(format.default_source());
        let Some(source) = import.source.clone().or_else(fallback) else { return Err(Error::UnknownFormat { path }) };
        let rules = Rules {
            zone: import.timezone.clone(),
            now: import.now,
            source,
            source_given: import.source.is_some(),
            redactor: Redactor::new(import.map.as_ref()),
        };
        Ok(Self { path, format, rules, body, tray: Tray::default(), rows_read: 0, ended: false })
    }

    /// The format, as named or as sniffed.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The source of rows that name none.
    pub fn source(&self) -> &SourceId {
        &self.rules.source
    }

    /// Rows given so far.
    pub fn rows_read(&self) -> u64 {
        self.rows_read
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.tray.take() {
                self.rows_read += 1;
                return Some(Ok(row));
            }
            if self.ended {
                return None;
            }
            let more = match &mut self.body {
                Body::Json(json) => json.read(&self.rules, &mut self.tray),
                Body::Table(table) => table.read(&self.rules, &mut self.tray),
            };
            self.ended = !matches!(more, Ok(true));
            if let Err(source) = more {
                return Some(Err(Error::Cut { path: self.path.clone(), rows_read: self.rows_read, source }));
            }
        }
    }
}

/// An empty file, or one that fails at its first byte.
fn nothing(opened: &mut Opened<'_>, path: PathBuf) -> Error {
    match io::copy(&mut opened.text, &mut io::sink()) {
        Ok(_) => Error::Empty { path },
        Err(source) => Error::Cut { path, rows_read: 0, source },
    }
}

fn table<'r>(opened: Opened<'r>, import: &Import, path: &Path) -> Result<(Format, Body<'r>), Error> {
    let table = Table::new(opened, import).map_err(|missing| no_column(path, missing))?;
    Ok((Format::Csv, Body::Table(Box::new(table))))
}

fn no_column(path: &Path, Nowhere { field, column, mut available }: Nowhere) -> Error {
    available.truncate(AVAILABLE);
    Error::NoSuchColumn { path: path.to_owned(), field: field.as_str(), column, available }
}

fn json<'r>(opened: Opened<'r>, import: &Import, path: &Path) -> Result<(Format, Body<'r>), Error> {
    match Json::new(opened, import) {
        Ok((format, json)) => Ok((format, Body::Json(Box::new(json)))),
        Err(NotJson::UnknownFormat) => Err(Error::UnknownFormat { path: path.to_owned() }),
        Err(NotJson::NoColumn(missing)) => Err(no_column(path, missing)),
        Err(NotJson::Broken(source)) => Err(Error::Cut { path: path.to_owned(), rows_read: 0, source }),
    }
}
