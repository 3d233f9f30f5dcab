//! Workbooks, made part by part. Every name here is made up.

use super::tools::BRANDWATCH;
use super::*;
use crate::files::workbook::tests::zip;
use std::fmt::Write;

/// A cell as its XML: a shared text is given by its number.
enum Cell {
    Text(String),
    Number(&'static str),
    Date(&'static str),
    Nothing,
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Nothing } else { Cell::Text(text.to_owned()) }
}

/// A workbook with these sheets; dates have the second style.
fn workbook(sheets: &[Vec<Vec<Cell>>]) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org";
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let (mut list, mut relations, mut bodies) = (String::new(), String::new(), Vec::new());
    for (at, rows) in sheets.iter().enumerate() {
        let n = at + 1;
        write!(list, r#"<sheet name="Sheet{n}" sheetId="{n}" r:id="rId{n}"/>"#).unwrap();
        write!(relations, r#"<Relationship Id="rId{n}" Type="{TYPES}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>"#).unwrap();
        let mut body = String::new();
        for (row, cells) in rows.iter().enumerate() {
            write!(body, r#"<row r="{}">"#, row + 1).unwrap();
            for (column, cell) in cells.iter().enumerate() {
                let at = format!("{}{}", name(column), row + 1);
                match cell {
                    Cell::Text(text) => write!(
                        body,
                        r#"<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                        escape(text)
                    ),
                    Cell::Number(number) => write!(body, r#"<c r="{at}"><v>{number}</v></c>"#),
                    Cell::Date(serial) => write!(body, r#"<c r="{at}" s="1"><v>{serial}</v></c>"#),
                    Cell::Nothing => Ok(()),
                }
                .unwrap();
            }
            body.push_str("</row>");
        }
        bodies.push((
            format!("xl/worksheets/sheet{n}.xml"),
            format!(r#"<worksheet xmlns="{TYPES}/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>"#),
        ));
    }
    let book = format!(
        r#"<workbook xmlns="{TYPES}/spreadsheetml/2006/main" xmlns:r="{TYPES}/officeDocument/2006/relationships"><sheets>{list}</sheets></workbook>"#
    );
    let relations = format!(r#"<Relationships xmlns="{TYPES}/package/2006/relationships">{relations}</Relationships>"#);
    let styles = format!(
        r#"<styleSheet xmlns="{TYPES}/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>"#
    );
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{TYPES}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let mut parts = vec![
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", book.as_str()),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/styles.xml", &styles),
    ];
    parts.extend(bodies.iter().map(|(name, body)| (name.as_str(), body.as_str())));
    zip(&parts)
}

/// `A`, `Z`, `AA`.
fn name(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap());
    if column < 26 { letter(column).to_string() } else { format!("{}{}", letter(column / 26 - 1), letter(column)) }
}

/// The rows of a CSV as cells of text.
fn cells(csv: &str) -> Vec<Vec<Cell>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    reader.into_records().map(|row| row.unwrap().iter().map(text).collect()).collect()
}

#[test]
fn a_workbook_says_what_its_csv_says() {
    let book = workbook(&[cells("Notes\nnothing to see\n"), cells(BRANDWATCH)]);
    let reader = rows(&book[..], &import(), Path::new("file")).unwrap();
    assert_eq!(reader.format(), Format::Brandwatch);
    let all: Vec<Row> = reader.map(Result::unwrap).collect();
    let told = |rows: &[Row]| rows.iter().filter(|row| matches!(row, Row::SetAside(_))).count();
    let table = read(BRANDWATCH, &import()).unwrap();
    assert_eq!((all.len(), told(&all)), (table.len(), told(&table)));
    for (a, b) in posts(all).iter().zip(posts(table)) {
        assert_eq!(
            (&a.id, &a.text, a.posted, &a.author.handle, a.reach),
            (&b.id, &b.text, b.posted, &b.author.handle, b.reach)
        );
        assert_eq!((a.kind, &a.hashtags, a.source.as_str()), (b.kind, &b.hashtags, b.source.as_str()));
    }
}

fn header() -> Vec<Cell> {
    ["id", "text", "author", "date", "likes"].map(text).into_iter().collect()
}

#[test]
fn numbers_and_dates_of_a_workbook_are_exact_or_refused() {
    let row = |id: Cell, date: Cell| vec![id, text("ciao"), text("seed_anna_1"), date, Cell::Number("1234")];
    let sheet = vec![
        header(),
        row(Cell::Number("12345"), Cell::Date("44563.12783564815")),
        row(Cell::Number("1.227153622074581E+18"), Cell::Date("44563.5")),
        row(Cell::Number("1234567890123456"), Cell::Date("44563.5")),
        row(text("1227153622074580993"), Cell::Date("44563.5")),
        row(text("6"), Cell::Number("44563.5")),
        vec![],
        vec![text("7"), Cell::Nothing, text("seed_anna_1"), Cell::Date("44563.5")],
    ];
    let rome = Import { timezone: TimeZone::get("Europe/Rome").unwrap(), ..import() };
    let rows = read(workbook(&[sheet]), &rome).unwrap();
    let reasons: Vec<(u64, SetAside)> = refused_rows(&rows);
    let expected = [
        (3, SetAside::MangledId),
        (4, SetAside::MangledId),
        (6, SetAside::ImplausibleTime),
        (8, SetAside::MissingField),
    ];
    assert_eq!(reasons, expected);
    let all = posts(rows);
    // 2022-01-02 03:04:05 in Rome.
    assert_eq!(
        (all[0].id.as_str(), all[0].posted.millis(), all[0].reach.likes),
        ("12345", 1_641_089_045_000, Some(1234))
    );
    assert_eq!(all[1].id, "1227153622074580993");
}

fn refused_rows(rows: &[Row]) -> Vec<(u64, SetAside)> {
    rows.iter()
        .filter_map(|row| if let Row::SetAside(row) = row { Some((row.line, row.reason)) } else { None })
        .collect()
}

#[test]
fn a_row_that_is_too_long_costs_only_itself() {
    let row = |words: &str| vec![text("5"), text(words), text("seed_anna_1"), text("2022-01-02")];
    let book = workbook(&[vec![header(), row(&"x".repeat(2000)), row("ciao")]]);
    let rows = read(book, &Import { max_row_bytes: 1000, ..import() }).unwrap();
    assert_eq!(refused_rows(&rows), [(2, SetAside::TooLong)]);
    assert_eq!(posts(rows)[0].text, "ciao");
}

#[test]
fn a_workbook_without_posts_says_what_it_has() {
    let book = workbook(&[vec![["id", "text", "who"].map(text).into_iter().collect(), vec![text("1")]]]);
    let error = read(book, &import()).err().unwrap();
    assert!(matches!(&error, Error::NoSuchColumn { field: "author", .. }), "{error}");
    assert!(error.hint().unwrap().contains("id, text, who"));
    let broken = zip(&[("xl/workbook.xml", "<workbook")]);
    assert!(matches!(read(broken, &import()), Err(Error::Cut { rows_read: 0, .. })));
}

#[test]
fn a_dropped_reader_ends_its_thread() {
    let many = (0..2000).map(|_| vec![text("5"), text("ciao"), text("seed_anna_1"), text("2022-01-02")]);
    let book = workbook(&[std::iter::once(header()).chain(many).collect()]);
    let mut reader = rows(&book[..], &import(), Path::new("file")).unwrap();
    assert!(matches!(reader.next(), Some(Ok(Row::Event(_)))));
    drop(reader);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn damaged_workbooks_end_in_an_error_or_in_rows(at in any::<prop::sample::Index>(), byte in any::<u8>(), part in 0..3usize) {
        let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
        let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
        let strings = "<sst count=\"1\" uniqueCount=\"1\"><si><t>id</t></si></sst>";
        let mut bodies = [sheet, book, strings].map(|body| body.as_bytes().to_vec());
        let at = at.index(bodies[part].len());
        bodies[part][at] = byte & 0x7f;
        let [sheet, book, strings] = bodies.map(|body| String::from_utf8(body).unwrap());
        let rels = "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
        let root = "<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
        let zip = zip(&[("_rels/.rels", root), ("xl/workbook.xml", &book), ("xl/_rels/workbook.xml.rels", rels), ("xl/worksheets/sheet1.xml", &sheet), ("xl/sharedStrings.xml", &strings)]);
        if let Ok(reader) = rows(&zip[..], &import(), Path::new("file")) {
            prop_assert!(reader.count() < 100);
        }
    }
}
