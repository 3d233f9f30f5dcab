//! A workbook's sheet: the same table as in CSV, but for its cells, which are numbers and dates as well as texts.
//!
//! The sheet whose header is the best is read, row by row, on a thread of its own: its reader borrows the workbook, and
//! whatever goes wrong in either ends the thread and not the program. What a spreadsheet does to numbers is not undone:
//! from fifteen digits on it rounds them, so such a cell is never an id. A date is civil time, without a zone.

use super::check::{Fault, Rules};
use super::columns::Nowhere;
use super::header::{Candidate, Header, PREAMBLE_ROWS, Wanted};
use super::layout::Layout;
use super::scalar::Scalar;
use super::tray::Tray;
use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxCellReader, XlsxError};
use polso_domain::SetAside;
use std::borrow::Cow;
use std::io::{self, Cursor};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Rows on their way between the threads.
const AHEAD: usize = 256;
/// Sheets that are looked at for a header.
const SHEETS: usize = 32;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// The rows of a sheet.
pub(crate) struct Sheet {
    header: Header,
    rows: Receiver<Message>,
    limit: usize,
}

/// Why there are no rows.
pub(crate) enum NoSheet {
    NoColumn(Nowhere),
    Broken(io::Error),
}

enum Message {
    Header(Result<Box<Header>, Nowhere>),
    Row(Line),
    End,
    Broken(XlsxError),
}

/// A row, or what is left of one that is too long.
struct Line {
    /// From 1, as the spreadsheet counts.
    number: u32,
    cells: Vec<Scalar<'static>>,
    bytes: usize,
}

impl Sheet {
    /// Finds the sheet and its header; no row is read yet.
    pub(crate) fn new(packed: Vec<u8>, wanted: Wanted, max_row_bytes: usize) -> Result<Self, NoSheet> {
        let (to, rows) = sync_channel(AHEAD);
        let work = move || {
            let end = work(packed, &wanted, max_row_bytes, &to);
            // Nobody listens any more when the reader was dropped.
            to.send(end.map_or_else(Message::Broken, |()| Message::End)).ok();
        };
        thread::Builder::new().name("workbook".to_owned()).spawn(work).map_err(NoSheet::Broken)?;
        match rows.recv() {
            Ok(Message::Header(Ok(header))) => Ok(Self { header: *header, rows, limit: max_row_bytes }),
            Ok(Message::Header(Err(nowhere))) => Err(NoSheet::NoColumn(nowhere)),
            Ok(Message::Broken(error)) => Err(NoSheet::Broken(io::Error::other(error))),
            _ => Err(NoSheet::Broken(lost())),
        }
    }

    /// Whose table it is.
    pub(crate) fn layout(&self) -> &'static Layout {
        self.header.layout
    }

    /// Reads one row into the tray; `false` at the end.
    pub(crate) fn read(&mut self, rules: &Rules, tray: &mut Tray) -> io::Result<bool> {
        match self.rows.recv() {
            Ok(Message::Row(line)) => {
                tray.place = u64::from(line.number);
                self.settle(line, rules, tray);
                Ok(true)
            }
            Ok(Message::End) => Ok(false),
            Ok(Message::Broken(error)) => Err(io::Error::other(error)),
            Ok(Message::Header(_)) | Err(_) => Err(lost()),
        }
    }

    fn settle(&self, Line { cells, bytes, .. }: Line, rules: &Rules, tray: &mut Tray) {
        if bytes > self.limit {
            let fault = Fault::new(SetAside::TooLong, format!("more than {} bytes", self.limit));
            return tray.refuse(fault, rules.source.clone(), None);
        }
        let cell = |column: usize| cells.get(column).map_or(Scalar::Missing, borrowed);
        match self.header.read(rules, &cell) {
            Ok(row) => tray.put(row),
            Err((fault, source)) => {
                let spelt: Vec<String> = cells.iter().map(|cell| cell.clone().text().unwrap_or_default()).collect();
                let names = self.header.names.iter().map(String::as_str);
                let raw = rules.redactor.cells(names.zip(spelt.iter().map(String::as_str)));
                tray.refuse(fault, source, Some(raw));
            }
        }
    }
}

/// The thread ended without a word: the reader of workbooks gave up on this one.
fn lost() -> io::Error {
    io::Error::other("the workbook is damaged")
}

fn borrowed<'c>(cell: &'c Scalar<'static>) -> Scalar<'c> {
    match cell {
        Scalar::Text(text) => Scalar::Text(Cow::Borrowed(text)),
        other => other.clone(),
    }
}

fn work(packed: Vec<u8>, wanted: &Wanted, limit: usize, to: &SyncSender<Message>) -> Result<(), XlsxError> {
    let mut book: Book = Xlsx::new(Cursor::new(packed))?;
    let mut best: (Option<String>, u32, Candidate) = (None, 0, wanted.nothing());
    for sheet in book.sheet_names().into_iter().take(SHEETS) {
        let Ok(mut rows) = Rows::of(&mut book, &sheet, limit) else { continue };
        for _ in 0..PREAMBLE_ROWS {
            let Some(line) = rows.next()? else { break };
            let candidate =
                wanted.candidate(line.cells.into_iter().map(|cell| cell.text().unwrap_or_default()).collect());
            if candidate.beats(&best.2) {
                best = (Some(sheet.clone()), line.number, candidate);
            }
        }
    }
    let (sheet, header_row, candidate) = best;
    let header = wanted.resolve(candidate).map(Box::new);
    let found = header.is_ok();
    let heard = to.send(Message::Header(header)).is_ok();
    let Some(sheet) = sheet.filter(|_| found && heard) else { return Ok(()) };
    let mut rows = Rows::of(&mut book, &sheet, limit)?;
    while let Some(line) = rows.next()? {
        if line.number > header_row && to.send(Message::Row(line)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// Cells, gathered to rows. Empty rows are none.
struct Rows<'b> {
    cells: XlsxCellReader<'b, Cursor<Vec<u8>>>,
    /// The first cell of the next row.
    next: Option<(u32, u32, Scalar<'static>)>,
    /// Behind the end there is only an error.
    ended: bool,
    limit: usize,
}

impl<'b> Rows<'b> {
    fn of(book: &'b mut Book, sheet: &str, limit: usize) -> Result<Self, XlsxError> {
        Ok(Self { cells: book.worksheet_cells_reader(sheet)?, next: None, ended: false, limit })
    }

    fn next(&mut self) -> Result<Option<Line>, XlsxError> {
        let Some((row, column, cell)) = self.next.take().map_or_else(|| self.cell(), |cell| Ok(Some(cell)))? else {
            return Ok(None);
        };
        let mut line = Line { number: row.saturating_add(1), cells: Vec::new(), bytes: 0 };
        line.put(column, cell, self.limit);
        while let Some((other, column, cell)) = self.cell()? {
            if other != row {
                self.next = Some((other, column, cell));
                break;
            }
            line.put(column, cell, self.limit);
        }
        Ok(Some(line))
    }

    /// The next cell that says something.
    fn cell(&mut self) -> Result<Option<(u32, u32, Scalar<'static>)>, XlsxError> {
        while !self.ended {
            let Some(cell) = self.cells.next_cell()? else {
                self.ended = true;
                break;
            };
            let value = scalar(cell.get_value());
            if value != Scalar::Missing {
                let (row, column) = cell.get_position();
                return Ok(Some((row, column, value)));
            }
        }
        Ok(None)
    }
}

impl Line {
    /// Excel's own last column.
    const COLUMNS: usize = 16_384;

    fn put(&mut self, column: u32, cell: Scalar<'static>, limit: usize) {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= Self::COLUMNS {
            return;
        }
        self.bytes += if let Scalar::Text(text) = &cell { text.len() } else { 0 };
        if self.bytes > limit {
            self.cells = Vec::new();
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Scalar::Missing);
        }
        self.cells[column] = cell;
    }
}

fn scalar(cell: &DataRef<'_>) -> Scalar<'static> {
    match cell {
        DataRef::Int(number) => rounded(*number as f64),
        DataRef::Float(number) => rounded(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) => Scalar::Text(Cow::Owned(text.clone())),
        DataRef::SharedString(text) => Scalar::Text(Cow::Owned((*text).to_owned())),
        DataRef::Bool(truth) => Scalar::Text(Cow::Borrowed(if *truth { "true" } else { "false" })),
        DataRef::DateTime(date) if date.is_datetime() => Scalar::Text(Cow::Owned(spelt(date))),
        DataRef::DateTime(_) | DataRef::DurationIso(_) | DataRef::Error(_) => Scalar::Odd,
        DataRef::Empty => Scalar::Missing,
    }
}

/// A number as a spreadsheet knows it: fifteen digits, of which none is lost.
fn rounded(number: f64) -> Scalar<'static> {
    const EXACT_BELOW: f64 = 1e15;
    if number.fract() == 0.0 && (0.0..EXACT_BELOW).contains(&number) {
        format!("{number:.0}").parse().map_or(Scalar::Number(number), Scalar::Whole)
    } else {
        Scalar::Number(number)
    }
}

/// A day and its time; a time alone where there is no day.
fn spelt(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    if date.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}")
}
