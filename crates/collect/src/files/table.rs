//! CSV: which delimiter, and where its rows end.
//!
//! The delimiter is the one under which the best header is found. A quote that never closes would swallow the rest of the
//! file: a row over the limit is given up and reading goes on at the next line.

use super::check::{Fault, Rules};
use super::columns::Nowhere;
use super::header::{Header, PREAMBLE_ROWS, Wanted};
use super::layout::Layout;
use super::open::{Bytes, Opened};
use super::scalar::Scalar;
use super::tray::Tray;
use csv::{ByteRecord, ReaderBuilder, StringRecord};
use memchr::memchr;
use polso_domain::SetAside;
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
const BUFFER_BYTES: usize = 64 << 10;

/// The rows of a table.
pub(crate) struct Table<'r> {
    /// `None` only while a row is given up.
    reader: Option<csv::Reader<Fuse<'r>>>,
    header: Header,
    delimiter: u8,
    /// Rows before the first of data, the header included.
    rows_above: usize,
    record: ByteRecord,
    limit: u64,
    /// U+FFFD stands for damage.
    transcoded: bool,
    lines_before: u64,
}

impl<'r> Table<'r> {
    /// Finds the header; no row is read yet.
    pub(crate) fn new(opened: Opened<'r>, wanted: &Wanted, max_row_bytes: usize) -> Result<Self, Nowhere> {
        let (delimiter, rows_above, header) = find_header(&opened.head, wanted)?;
        let limit = max_row_bytes as u64;
        let fuse = Fuse { inner: opened.text, given: 0, until: limit + BUFFER_BYTES as u64, blown: false };
        let reader = Some(reader(delimiter, fuse));
        let transcoded = opened.transcoded;
        let record = ByteRecord::new();
        Ok(Self { reader, header, delimiter, rows_above, record, limit, transcoded, lines_before: 0 })
    }

    /// Whose table it is.
    pub(crate) fn layout(&self) -> &'static Layout {
        self.header.layout
    }

    /// Reads one record into the tray; `false` at the end.
    pub(crate) fn read(&mut self, rules: &Rules, tray: &mut Tray) -> io::Result<bool> {
        loop {
            let Some(reader) = self.reader.as_mut() else { return Ok(false) };
            tray.place = self.lines_before + reader.position().line();
            match reader.read_byte_record(&mut self.record) {
                Ok(false) => return Ok(false),
                Ok(true) => {
                    let read = reader.position().byte();
                    reader.get_mut().until = read + self.limit + BUFFER_BYTES as u64;
                    if self.rows_above > 0 {
                        self.rows_above -= 1;
                        continue;
                    }
                    self.settle(rules, tray);
                    return Ok(true);
                }
                Err(_) if reader.get_ref().blown => {
                    self.give_up()?;
                    tray.refuse(too_long(self.limit), rules.source.clone(), None);
                    return Ok(true);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn settle(&mut self, rules: &Rules, tray: &mut Tray) {
        tray.place = self.lines_before + self.record.position().map_or(0, csv::Position::line);
        let row = StringRecord::from_byte_record(std::mem::take(&mut self.record));
        let record = match row {
            Ok(record) if !(self.transcoded && record.iter().any(|cell| cell.contains('\u{fffd}'))) => record,
            _ => return tray.refuse(Fault::encoding(), rules.source.clone(), None),
        };
        let names = &self.header.names;
        if record.len() == names.len() {
            let cell =
                |column: usize| record.get(column).map_or(Scalar::Missing, |cell| Scalar::Text(Cow::Borrowed(cell)));
            match self.header.read(rules, &cell) {
                Ok(row) => tray.put(row),
                Err((fault, source)) => {
                    let raw = rules.redactor.cells(names.iter().map(String::as_str).zip(&record));
                    tray.refuse(fault, source, Some(raw));
                }
            }
        } else {
            let end = self.reader.as_ref().map_or(0, |reader| reader.position().line()) + self.lines_before;
            let lines = end.saturating_sub(tray.place).max(1);
            let detail = format!("{} cells in {lines} lines where the header has {}", record.len(), names.len());
            tray.refuse(Fault::new(SetAside::Malformed, detail), rules.source.clone(), None);
        }
        self.record = record.into_byte_record();
    }

    /// Leaves the row that is too long and starts anew at the next line.
    fn give_up(&mut self) -> io::Result<()> {
        let Some(reader_so_far) = self.reader.take() else { return Ok(()) };
        self.lines_before += reader_so_far.position().line();
        let mut fuse = reader_so_far.into_inner();
        fuse.skip_line()?;
        fuse.given = 0;
        fuse.until = self.limit + BUFFER_BYTES as u64;
        fuse.blown = false;
        self.reader = Some(reader(self.delimiter, fuse));
        Ok(())
    }
}

fn too_long(limit: u64) -> Fault {
    Fault::new(SetAside::TooLong, format!("more than {limit} bytes; perhaps a quote that never closes"))
}

fn reader<R: Read>(delimiter: u8, text: R) -> csv::Reader<R> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true).buffer_capacity(BUFFER_BYTES).from_reader(text)
}

/// The delimiter, the rows up to the header, and the header.
fn find_header(head: &[u8], wanted: &Wanted) -> Result<(u8, usize, Header), Nowhere> {
    let mut best = (b',', 0, wanted.nothing());
    for delimiter in DELIMITERS {
        let rows = reader(delimiter, head).into_byte_records().take(PREAMBLE_ROWS).map_while(Result::ok);
        for (rows_above, row) in rows.enumerate() {
            let names = row.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
            let candidate = wanted.candidate(names);
            if candidate.beats(&best.2) {
                best = (delimiter, rows_above + 1, candidate);
            }
        }
    }
    let (delimiter, rows_above, candidate) = best;
    let mut header = wanted.resolve(candidate)?;
    let rows = reader(delimiter, head).into_byte_records().map_while(Result::ok);
    header.look_at(rows.skip(rows_above));
    Ok((delimiter, rows_above, header))
}

/// A reader that fails when one row has taken too much.
struct Fuse<'r> {
    inner: BufReader<Bytes<'r>>,
    given: u64,
    until: u64,
    blown: bool,
}

impl Read for Fuse<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given >= self.until {
            self.blown = true;
            return Err(io::Error::other("row too long"));
        }
        let read = self.inner.read(buffer)?;
        self.given += read as u64;
        Ok(read)
    }
}

impl Fuse<'_> {
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let chunk = self.inner.fill_buf()?;
            let newline = memchr(b'\n', chunk);
            let used = newline.map_or(chunk.len(), |at| at + 1);
            let ended = newline.is_some() || chunk.is_empty();
            self.inner.consume(used);
            if ended {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{import, posts, read, refused};
    use super::super::{Error, FieldMap, Import};
    use polso_domain::{PostKind, SetAside};

    const ROW: &str = "1227153622074580993,rosa,\"Ciao,\n\"\"mondo\"\"\",2020-03-08 23:00:00,\"1,234\"";

    #[test]
    fn usual_headers_need_no_map() {
        let text = format!("\u{feff}ID,Screen Name,Full Text,Created At,like_count\r\n{ROW}\r\n");
        let posts = posts(read(&text, &import()).unwrap());
        assert_eq!(posts[0].text, "Ciao,\n\"mondo\"");
        assert_eq!(posts[0].author.handle, "rosa");
        assert_eq!(posts[0].reach.likes, Some(1234));
        assert_eq!(posts[0].kind, PostKind::Original);
    }

    #[test]
    fn delimiter_and_lines_above_the_header_are_found() {
        for delimiter in [",", ";", "\t", "|"] {
            let header = ["id", "author", "body", "timestamp", "in_reply_to"].join(delimiter);
            let row = ["5", "rosa", "ciao", "2020-03-08 23:00:00", "4"].join(delimiter);
            let text = format!("Export of 9 March 2020\n\nQuery{delimiter}virus\n{header}\n{row}\n");
            let posts = posts(read(&text, &import()).unwrap());
            assert_eq!(posts.len(), 1, "{delimiter}");
            assert_eq!((posts[0].kind, posts[0].in_reply_to.as_deref()), (PostKind::Reply, Some("4")));
        }
    }

    #[test]
    fn a_wrong_map_is_told_before_any_row() {
        let map = FieldMap::parse(&["text=note"]).ok();
        let error = read("id,text,author,date\n1,a,b,2020-01-01\n", &Import { map, ..import() }).err().unwrap();
        assert!(matches!(&error, Error::NoSuchColumn { field: "text", .. }), "{error}");
        assert!(error.hint().unwrap().contains("id, text, author, date"));
        let bare = read("1,ciao,rosa\n2,ciao,luca\n", &import()).err().unwrap();
        assert!(matches!(&bare, Error::NoSuchColumn { available, .. } if available.is_empty()));
    }

    #[test]
    fn rounded_ids_are_refused_where_all_are() {
        let file = |ids: [&str; 3]| {
            let rows = ids.map(|id| format!("{id},ciao,rosa,2020-01-01")).join("\n");
            refused(read(format!("id,text,author,date\n{rows}"), &import()).unwrap())
        };
        let rounded = file(["1227153622074580000", "5", "1227153622074590000"]);
        assert_eq!(
            rounded.iter().map(|row| (row.line, row.reason)).collect::<Vec<_>>(),
            [(2, SetAside::MangledId), (4, SetAside::MangledId)]
        );
        assert!(file(["1227153622074580000", "5", "1227153622074590001"]).is_empty());
        assert!(file(["1227153622074580000", "5", "6"]).is_empty());
    }

    #[test]
    fn damaged_rows_cost_only_themselves() {
        let mut text =
            b"id,text,author,date\n1,a,rosa,2020-01-01\n1.2E+18,b,rosa,2020-01-01\n3,c\n4,\xff,rosa,2020-01-01\n"
                .to_vec();
        text.extend_from_slice(b"5,e,rosa,2020-01-01\n");
        let rows = read(&text, &import()).unwrap();
        assert_eq!(rows.len(), 5);
        let refused = refused(rows);
        let reasons: Vec<_> = refused.iter().map(|row| (row.line, row.reason)).collect();
        assert_eq!(reasons, [(3, SetAside::MangledId), (4, SetAside::Malformed), (5, SetAside::BadEncoding)]);
        assert!(refused.iter().all(|row| !row.raw.as_deref().unwrap_or("").contains("rosa")));
    }

    #[test]
    fn a_quote_that_never_closes_costs_the_limit_and_no_more() {
        let row = |id: u32| format!("{id},ciao,rosa,2020-01-01\n");
        let rows: String = (0..50_000).map(row).collect();
        let text = format!("id,text,author,date\n{}9,\"open,rosa,2020-01-01\n{rows}", row(8));
        let read = read(&text, &Import { max_row_bytes: 1000, ..import() }).unwrap();
        let good = read.iter().filter(|row| matches!(row, super::super::Row::Event(_))).count();
        let refused = refused(read);
        assert_eq!((refused.len(), refused[0].reason, refused[0].line), (1, SetAside::TooLong, 3));
        assert!(good > 44_000, "{good}");
    }
}
