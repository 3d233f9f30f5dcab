//! The formats by name, and how a file that names none tells what it is.

use super::columns::{self, ColumnMap};
use super::{FormatError, table};
use serde::de::IgnoredAny;
use std::fmt;
use std::str::FromStr;

/// How a file's claims are spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// schema.org's `ClaimReview` in JSON-LD: an object, an array, a graph, one object a line.
    ClaimReview,
    /// A `DataFeed` of reviews, as Data Commons publishes it.
    DataCommons,
    /// An answer of Google's Fact Check Tools.
    FactCheckTools,
    /// A table with a header.
    Csv,
    /// polso's own TOML.
    Seeds,
}

impl Format {
    const ALL: [Self; 5] = [Self::ClaimReview, Self::DataCommons, Self::FactCheckTools, Self::Csv, Self::Seeds];

    /// The name as `--format` takes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClaimReview => "claimreview",
            Self::DataCommons => "datacommons",
            Self::FactCheckTools => "factchecktools",
            Self::Csv => "csv",
            Self::Seeds => "toml",
        }
    }

    /// All names, for messages.
    pub(crate) fn names() -> String {
        Self::ALL.map(Self::as_str).join(", ")
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(name: &str) -> Result<Self, FormatError> {
        let known = Self::ALL.into_iter().find(|format| format.as_str() == name);
        known.ok_or_else(|| FormatError::UnknownName { name: name.to_owned() })
    }
}

/// How a file is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// JSON, one document after the other.
    Documents,
    /// JSON, one object a line: damage stays in its line.
    Lines,
    Table,
    Seeds,
}

/// The byte order mark.
pub(crate) const MARK: &[u8] = "\u{feff}".as_bytes();

/// What the beginning of a file tells, within the format that was named.
pub(crate) fn shape(head: &[u8], format: Option<Format>, map: &ColumnMap) -> Result<Shape, FormatError> {
    let head = head.strip_prefix(MARK).unwrap_or(head);
    let text = head.trim_ascii();
    if text.is_empty() {
        return Err(FormatError::Empty);
    }
    if head.contains(&0) {
        return Err(FormatError::NotText);
    }
    match format {
        Some(Format::Csv) => Ok(Shape::Table),
        Some(Format::Seeds) => Ok(Shape::Seeds),
        Some(_) => Ok(json(head)),
        None if is_seeds(head) => Ok(Shape::Seeds),
        None if matches!(text.first(), Some(b'{' | b'[')) || is_script(text) => Ok(json(head)),
        None if !map.is_empty() || table::has_column(head, columns::Field::Text) => Ok(Shape::Table),
        None if table::has_two_columns(head) && text.first() != Some(&b'<') => Ok(Shape::Table),
        None => Err(FormatError::UnknownFormat),
    }
}

fn is_seeds(head: &[u8]) -> bool {
    let lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.filter(|line| !line.is_empty() && !line.starts_with(b"#")).take(1).next();
    first.is_some_and(|line| line.starts_with(b"[[claim]]") || line.starts_with(b"[[message]]"))
}

/// The set of 2018 has every review in the element in which it stood on its page.
fn is_script(text: &[u8]) -> bool {
    text.len() >= 7 && text[..7].eq_ignore_ascii_case(b"<script")
}

/// Whole objects on lines of their own are the mark of JSON Lines; the last line of the head may be cut.
fn json(head: &[u8]) -> Shape {
    let mut lines: Vec<&[u8]> = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).collect();
    lines.pop();
    lines.retain(|line| !line.is_empty());
    let is_whole = |line: &&[u8]| {
        is_script(line) || (line.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok())
    };
    let whole = lines.iter().filter(|line| is_whole(line)).count();
    let script = is_script(head.trim_ascii());
    if script || (whole > 0 && whole * 2 >= lines.len()) { Shape::Lines } else { Shape::Documents }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse::<Format>().unwrap(), format);
        }
        assert!("xlsx".parse::<Format>().unwrap_err().hint().contains("datacommons"));
    }

    #[test]
    fn a_file_tells_its_shape() {
        let shape = |head: &str| shape(head.as_bytes(), None, &ColumnMap::default()).ok();
        for (head, expected) in [
            ("{\"@type\":\"ClaimReview\"}", Some(Shape::Documents)),
            ("\u{feff}\n [{\"a\":1}]", Some(Shape::Documents)),
            ("{\n \"a\": [\n{\"b\":1},\n{\"b\":2}\n]}", Some(Shape::Documents)),
            ("{\"a\":1}\n{\"a\":2}\n", Some(Shape::Lines)),
            ("{\"a\":\n{\"a\":2}\n{\"a\":3}\n{\"a\"", Some(Shape::Lines)),
            ("<script type=\"application/ld+json\">{}</script>", Some(Shape::Lines)),
            ("# mine\n\n[[claim]]\nid = \"a\"", Some(Shape::Seeds)),
            ("[[message]]\n", Some(Shape::Seeds)),
            ("[[1]]", Some(Shape::Documents)),
            ("Text\nIl virus", Some(Shape::Table)),
            ("claim;verdict\na;b", Some(Shape::Table)),
            ("<html><body>, ,", None),
            ("hello", None),
            (" \n", None),
            ("a\0b", None),
        ] {
            assert_eq!(shape(head), expected, "{head}");
        }
    }
}
