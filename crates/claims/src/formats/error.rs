//! What stops a file of claims, or a table that it is read by. A bad row stops nothing: it is a [`Refusal`](super::Refusal).

use super::columns::Field;
use std::io;

/// Why a file cannot be read, or not to its end. What came before was delivered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Zero bytes: a workbook, a packed file, UTF-16.
    #[error("the file is not text in UTF-8")]
    NotText,
    /// It begins like none of the formats.
    #[error("the format is none that polso knows")]
    UnknownFormat,
    /// No format has this name.
    #[error("there is no format `{name}`")]
    UnknownName {
        /// What was asked for.
        name: String,
    },
    /// The JSON ends too early, is damaged or is nested without end.
    #[error("the file {} at {place}", if source.is_eof() { "breaks off" } else { "is no JSON that can be read" })]
    Json {
        /// The element that was being read.
        place: String,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
    /// One element is larger than any claim.
    #[error("{place} is larger than {limit_mib} MiB")]
    TooLarge {
        /// The element.
        place: String,
        /// What is still read, in MiB.
        limit_mib: usize,
    },
    /// The system or the decompressor gave up.
    #[error("the file cannot be read beyond {place}")]
    Io {
        /// The element that was being read.
        place: String,
        /// What was said.
        #[source]
        source: io::Error,
    },
    /// A pair of the column map is none.
    #[error("`{pair}` is not of the form FIELD=COLUMN")]
    BadMap {
        /// What was given.
        pair: String,
    },
    /// The column map names a field that claims do not have.
    #[error("there is no field `{field}`")]
    UnknownField {
        /// What was given.
        field: String,
    },
    /// A field that every claim needs, or that was mapped, has no column. No row was read.
    #[error("there is no column `{column}` for `{field}`", field = field.as_str())]
    NoColumn {
        /// The field.
        field: Field,
        /// The column it should have.
        column: String,
        /// Columns that are there.
        available: Vec<String>,
    },
    /// A file of seeds is no TOML, or lacks what a claim needs.
    #[error("the claims in TOML cannot be read")]
    Toml(#[source] Box<toml::de::Error>),
    /// Two claims have one id.
    #[error("the id `{id}` stands in line {first} and again in line {second}")]
    Twice {
        /// The id.
        id: String,
        /// Line of the first.
        first: usize,
        /// Line of the second.
        second: usize,
    },
    /// A value of a seed is none of those that are known.
    #[error("`{value}` is no {what} (claim in line {line})")]
    Seed {
        /// The line of the claim's id.
        line: usize,
        /// What it should be.
        what: &'static str,
        /// What stands there.
        value: String,
    },
    /// The table of verdicts or of publishers is no TOML of its shape.
    #[error("the table of {table} cannot be read")]
    Table {
        /// Which one.
        table: &'static str,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A word is given two verdicts.
    #[error("the word `{word}` stands under `{first}` and under `{second}`")]
    TwoVerdicts {
        /// The word as it is compared.
        word: String,
        /// One verdict.
        first: String,
        /// The other.
        second: String,
    },
    /// A word of the table of verdicts has no letter.
    #[error("`{word}` is no word of a verdict")]
    NoWord {
        /// What stands there.
        word: String,
    },
    /// A publisher is not a host.
    #[error("`{host}` is not the host of a publisher")]
    NotAHost {
        /// What stands there.
        host: String,
    },
}

impl FormatError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty => "was the export or the download complete?".to_owned(),
            Self::NotText => "export it as CSV or JSON in UTF-8; a workbook must be saved as CSV".to_owned(),
            Self::UnknownFormat => format!(
                "name it with --format ({}), or say where the fields of a table are with --map text=COLUMN …",
                super::Format::names()
            ),
            Self::UnknownName { .. } => format!("one of {}", super::Format::names()),
            Self::Json { source, .. } if !source.is_eof() => {
                "what came before is kept; a file with one object per line loses only the damaged line".to_owned()
            }
            Self::Json { .. } | Self::Io { .. } => {
                "what came before is kept; import the whole file again when you have it".to_owned()
            }
            Self::TooLarge { .. } => {
                "what came before is kept; in a table, look for a quotation mark that is never closed".to_owned()
            }
            Self::BadMap { .. } => "for example --map text=claim".to_owned(),
            Self::UnknownField { .. } => format!("a field is one of {}", Field::names()),
            Self::NoColumn { field, available, .. } => {
                format!("the file has {}; name one with --map {}=COLUMN", available.join(", "), field.as_str())
            }
            Self::Toml(_) | Self::Seed { .. } => "compare it with `seeds/claims.toml`".to_owned(),
            Self::Twice { .. } => "give one of them another id".to_owned(),
            Self::Table { table, .. } => format!("compare it with `config/{table}.toml`"),
            Self::TwoVerdicts { .. } => "leave it under one of them in the table of verdicts".to_owned(),
            Self::NoWord { .. } => "take it out of the table of verdicts".to_owned(),
            Self::NotAHost { .. } => "write hosts like `who.int`, without `https://` and path".to_owned(),
        }
    }
}
