//! The answer to a question: rows to print or to hand on.

use crate::{Error, cells};
use polars::prelude::{AnyValue, DataFrame, ParquetWriter};
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::path::Path;

/// Cells longer than this are cut when shown to a person.
const WIDEST: usize = 48;

/// Rows and columns, in memory.
#[derive(Debug, Clone)]
pub struct Table(DataFrame);

impl Table {
    pub(crate) fn new(mut frame: DataFrame) -> Self {
        // Rows are read one by one below; in one piece each read is direct.
        frame.rechunk_mut();
        Self(frame)
    }

    /// How many rows.
    pub fn height(&self) -> usize {
        self.0.height()
    }

    /// The columns' names, in order.
    pub fn columns(&self) -> Vec<&str> {
        self.0.columns().iter().map(|column| column.name().as_str()).collect()
    }

    /// Comma-separated, with a header. Lists and structs are JSON. A text that a spreadsheet would take for a formula
    /// gets a leading `'`.
    pub fn write_csv(&self, to: &mut dyn Write) -> io::Result<()> {
        let header: Vec<String> = self.columns().into_iter().map(quoted).collect();
        writeln!(to, "{}", header.join(","))?;
        self.each_row(|cells| {
            let cells: Vec<String> = cells.iter().map(csv_cell).collect();
            writeln!(to, "{}", cells.join(","))
        })
    }

    /// One JSON object a line.
    pub fn write_json(&self, to: &mut dyn Write) -> io::Result<()> {
        let names = self.columns();
        self.each_row(|row| {
            let object: Map<String, Value> =
                names.iter().map(|name| (*name).to_owned()).zip(row.iter().map(cells::json)).collect();
            writeln!(to, "{}", Value::Object(object))
        })
    }

    /// Parquet, zstd. `at` is the file that an error names.
    pub fn write_parquet(&self, to: &mut dyn Write, at: &Path) -> Result<(), Error> {
        ParquetWriter::new(to).finish(&mut self.0.clone()).map_err(Error::writing(at))?;
        Ok(())
    }

    /// At most `max_rows` rows for a person to read, columns lined up.
    pub fn to_text(&self, max_rows: usize) -> String {
        let mut lines: Vec<Vec<String>> = vec![self.columns().into_iter().map(str::to_owned).collect()];
        for row in 0..self.height().min(max_rows) {
            lines.push(self.row(row).iter().map(|value| shortened(&cells::text(value))).collect());
        }
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.0.width()).map(width).collect();
        let mut text = String::new();
        for line in &lines {
            let padded: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            text.push_str(padded.join("  ").trim_end());
            text.push('\n');
        }
        if self.height() > max_rows {
            text.extend(["… ", &(self.height() - max_rows).to_string(), " more rows\n"]);
        }
        text
    }

    fn each_row(&self, mut write: impl FnMut(&[AnyValue<'_>]) -> io::Result<()>) -> io::Result<()> {
        (0..self.height()).try_for_each(|row| write(&self.row(row)))
    }

    fn row(&self, row: usize) -> Vec<AnyValue<'_>> {
        self.0.columns().iter().map(|column| column.get(row).unwrap_or(AnyValue::Null)).collect()
    }
}

fn csv_cell(value: &AnyValue<'_>) -> String {
    let text = cells::text(value);
    let is_text = matches!(value, AnyValue::String(_) | AnyValue::StringOwned(_));
    // https://owasp.org/www-community/attacks/CSV_Injection
    if is_text && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        quoted(&format!("'{text}"))
    } else {
        quoted(&text)
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match line.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use crate::fixtures::{day, lake, observation};

    #[test]
    fn a_formula_is_defused_and_a_number_is_not() {
        let (_dir, lake) = lake();
        let mut row = observation(day("2020-03-09"), 1);
        row.post.text = "=HYPERLINK(\"x\"),1".into();
        lake.write_part(0, &[row]).unwrap();
        let table = lake.query("select text, -1 as less, hashtags, claims from observations").unwrap();
        let mut csv = Vec::new();
        table.write_csv(&mut csv).unwrap();
        let expected = "text,less,hashtags,claims\n\"'=HYPERLINK(\"\"x\"\"),1\",-1,\"[\"\"iorestoacasa\"\"]\",\
                        \"[{\"\"claim\"\":\"\"5g\"\",\"\"similarity\"\":0.5,\"\"stance\"\":\"\"rebuts\"\"}]\"\n";
        assert_eq!(String::from_utf8(csv).unwrap(), expected);
    }

    #[test]
    fn json_lines_keep_types() {
        let (_dir, lake) = lake();
        lake.write_part(0, &[observation(day("2020-03-09"), 1)]).unwrap();
        let table =
            lake.query("select day, posted_at, likes, followers, negative, text_key from observations").unwrap();
        let mut json = Vec::new();
        table.write_json(&mut json).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(value["posted_at"], "2020-03-09T00:00:01.000Z");
        assert_eq!((value["likes"].as_u64(), value["negative"].as_f64()), (Some(1), Some(0.5)));
        assert_eq!(value["text_key"].as_u64(), Some(u64::MAX - 1));
        assert!(value["followers"].is_null());
    }
}
