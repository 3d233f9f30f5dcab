//! What can be wrong with a file that is kept by hand: always which file, where there is one which line and column, and
//! what to do.

use std::path::PathBuf;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot read `{path}`: {why}", path = path.display())]
    Io { path: PathBuf, why: std::io::Error },
    #[error("`{path}` is larger than {mib} MiB", path = path.display())]
    TooLarge { path: PathBuf, mib: u64 },
    #[error("`{path}` has more than {rows} rows", path = path.display())]
    TooLong { path: PathBuf, rows: usize },
    #[error("`{path}`, line {line}: not UTF-8", path = path.display())]
    NotUtf8 { path: PathBuf, line: u64 },
    #[error("`{path}`, line {line}: {found} cells where the head has {expected}", path = path.display())]
    Cells { path: PathBuf, line: u64, found: u64, expected: u64 },
    #[error("`{path}`: {why}", path = path.display())]
    Csv { path: PathBuf, why: String },
    #[error("`{path}`, line 1: no column `{column}`", path = path.display())]
    NoColumn { path: PathBuf, column: &'static str, columns: String },
    #[error("`{path}`, line 1: a column `{column}` that nobody reads", path = path.display())]
    UnknownColumn { path: PathBuf, column: String, columns: String },
    #[error("`{path}`, line 1: the column `{column}` stands there twice", path = path.display())]
    ColumnTwice { path: PathBuf, column: String },
    #[error("`{path}`, line {line}, column `{column}`: {what}", path = path.display())]
    Cell { path: PathBuf, line: u64, column: &'static str, what: String, hint: &'static str },
    #[error("`{path}`: the series `{name}` stands in another file too", path = path.display())]
    Twice { path: PathBuf, name: String },
}

impl Error {
    /// What to do about it.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Io { .. } => "check the path in the table [report] of the settings".to_owned(),
            Self::TooLarge { .. } | Self::TooLong { .. } => "keep the last years and move the rest away".to_owned(),
            Self::NotUtf8 { .. } => "save the file as `CSV UTF-8`".to_owned(),
            Self::Cells { .. } => "put texts that hold the separator into double quotes".to_owned(),
            Self::Csv { .. } => "look at that line: a double quote may be missing".to_owned(),
            Self::NoColumn { columns, .. } | Self::UnknownColumn { columns, .. } => {
                format!("the first line names the columns: {columns}")
            }
            Self::ColumnTwice { .. } => "take one of the two away".to_owned(),
            Self::Cell { hint, .. } => (*hint).to_owned(),
            Self::Twice { .. } => "give one of them another name".to_owned(),
        }
    }
}
