//! One file, read record by record.

use super::check::Rules;
use super::columns::Nowhere;
use super::format::Shape;
use super::header::Wanted;
use super::json::{Json, NotJson};
use super::open::{Bytes, Found, Opened, Packed, open};
use super::redact::Redactor;
use super::sheet::{NoSheet, Sheet};
use super::table::Table;
use super::tray::Tray;
use super::{Error, Format, Import, Row, workbook};
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
    Sheet(Box<Sheet>),
}

/// A body, its format, and the source of its rows that name none.
type Started<'r> = (Format, &'static str, Body<'r>);

impl<'r> Reader<'r> {
    /// Opens a file and learns its format; `path` is for messages only. No row is read before every column that is
    /// needed was found.
    pub(crate) fn open(reader: impl Read + Send + 'r, import: &Import, path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        if let (Some(format), Some(_)) = (import.format.filter(|format| !format.takes_map()), &import.map) {
            return Err(Error::MapUnused { format: format.as_str() });
        }
        let (format, default, body) = match open(reader) {
            Ok(Found::Text(opened)) => text(opened, import, &path)?,
            Ok(Found::Zip(bytes)) => zip(bytes, import, &path)?,
            Err(Packed(kind)) => return Err(Error::Unsupported { path, kind }),
        };
        let fallback = || SourceId::new(default);
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
                Body::Sheet(sheet) => sheet.read(&self.rules, &mut self.tray),
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

fn text<'r>(mut opened: Opened<'r>, import: &Import, path: &Path) -> Result<Started<'r>, Error> {
    let Some(first) = opened.head.iter().copied().find(|byte| !byte.is_ascii_whitespace()) else {
        return Err(nothing(&mut opened, path.to_owned()));
    };
    let looks_like_table = !matches!(first, b'{' | b'[');
    let is_table = match import.format.map(Format::shape) {
        Some(Shape::Table) => true,
        Some(Shape::Json) => false,
        Some(Shape::Either) | None => looks_like_table,
    };
    if !is_table {
        return json(opened, import, path);
    }
    let wanted = wanted(import);
    let table =
        Table::new(opened, &wanted, import.max_row_bytes).map_err(|missing| no_column(path, import, missing))?;
    let layout = table.layout();
    Ok((layout.format, layout.source, Body::Table(Box::new(table))))
}

/// A zip is read if it is a workbook that memory can hold.
fn zip<'r>(bytes: Bytes<'r>, import: &Import, path: &Path) -> Result<Started<'r>, Error> {
    if import.format.map(Format::shape) == Some(Shape::Json) {
        return Err(Error::Unsupported { path: path.to_owned(), kind: "zip" });
    }
    let packed = workbook::take(bytes).map_err(|refusal| match refusal {
        workbook::Refusal::TooLarge { limit_mib, unpacked } => {
            Error::TooLarge { path: path.to_owned(), limit_mib, unpacked }
        }
        workbook::Refusal::Other(kind) => Error::Unsupported { path: path.to_owned(), kind },
        workbook::Refusal::Broken(source) => cut(path, source),
    })?;
    let sheet = Sheet::new(packed, wanted(import), import.max_row_bytes).map_err(|none| match none {
        NoSheet::NoColumn(missing) => no_column(path, import, missing),
        NoSheet::Broken(source) => cut(path, source),
    })?;
    let layout = sheet.layout();
    Ok((layout.format, layout.source, Body::Sheet(Box::new(sheet))))
}

fn wanted(import: &Import) -> Wanted {
    Wanted { format: import.format, map: import.map.clone() }
}

fn cut(path: &Path, source: io::Error) -> Error {
    Error::Cut { path: path.to_owned(), rows_read: 0, source }
}

fn no_column(path: &Path, import: &Import, Nowhere { field, column, mut available }: Nowhere) -> Error {
    available.truncate(AVAILABLE);
    let format = import.format.filter(|format| !format.takes_map()).map(Format::as_str);
    Error::NoSuchColumn { path: path.to_owned(), format, field: field.as_str(), column, available }
}

fn json<'r>(opened: Opened<'r>, import: &Import, path: &Path) -> Result<Started<'r>, Error> {
    match Json::new(opened, import) {
        Ok((format, json)) => Ok((format, format.default_source(), Body::Json(Box::new(json)))),
        Err(NotJson::UnknownFormat) => Err(Error::UnknownFormat { path: path.to_owned() }),
        Err(NotJson::NoColumn(missing)) => Err(no_column(path, import, missing)),
        Err(NotJson::Broken(source)) => Err(cut(path, source)),
    }
}
