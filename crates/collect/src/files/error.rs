//! What stops an import. A bad row stops nothing: it is a [`Row::SetAside`](super::Row::SetAside).

use super::Format;
use super::columns::Field;
use super::open::CAR;
use std::io;
use std::path::PathBuf;

/// Why a file cannot be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing in it.
    #[error("`{}` is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A packed or binary format that polso does not open.
    #[error("`{}` is a {kind} file", path.display())]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// What it is.
        kind: &'static str,
    },
    /// A workbook that would fill the memory.
    #[error("`{}` is a workbook of more than {limit_mib} MiB{}", path.display(), if *unpacked { " unpacked" } else { "" })]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What is still opened, in MiB.
        limit_mib: u64,
        /// It is small on disk and large inside.
        unpacked: bool,
    },
    /// The first records tell no format.
    #[error("the format of `{}` is none that polso knows", path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// `--format` names none.
    #[error("there is no format `{name}`")]
    UnknownName {
        /// What was asked for.
        name: String,
    },
    /// A mapping was given for a format that says itself where its fields are.
    #[error("a column map cannot be used with the format `{format}`")]
    MapUnused {
        /// The format.
        format: &'static str,
    },
    /// `--map` is not `FIELD=COLUMN`.
    #[error("`{pair}` is not of the form FIELD=COLUMN")]
    BadMap {
        /// What was given.
        pair: String,
    },
    /// `--map` names a field that posts do not have.
    #[error("there is no field `{field}`")]
    UnknownField {
        /// What was given.
        field: String,
    },
    /// A field that every post needs, or that was mapped, is nowhere in the file. No row was read.
    #[error("{} in `{}`", missing(field, column.as_deref()), path.display())]
    NoSuchColumn {
        /// The file.
        path: PathBuf,
        /// The format, where it says itself where its fields are.
        format: Option<&'static str>,
        /// The field of the post.
        field: &'static str,
        /// The column it was mapped to, if it was.
        column: Option<String>,
        /// Columns that are there.
        available: Vec<String>,
    },
    /// The file breaks off or cannot be read further. All rows before it were delivered.
    #[error("`{}` cannot be read beyond row {rows_read}", path.display())]
    Cut {
        /// The file.
        path: PathBuf,
        /// Rows before the break.
        rows_read: u64,
        /// What the system or the decompressor says.
        #[source]
        source: io::Error,
    },
}

fn missing(field: &str, column: Option<&str>) -> String {
    match column {
        Some(column) => format!("there is no column `{column}` for `{field}`"),
        None => format!("there is no column for `{field}`"),
    }
}

impl Error {
    /// What the reader of the message can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Empty { .. } => "was the export or the download complete?".to_owned(),
            Self::Unsupported { kind, .. } if *kind == CAR => {
                "save the pages of `com.atproto.repo.listRecords` for `app.bsky.feed.post`, or of \
                 `app.bsky.feed.getAuthorFeed`, one page a line, and import that"
                    .to_owned()
            }
            Self::Unsupported { .. } => {
                "unpack it, or export it as XLSX, CSV or JSON Lines; gzip and zstd may stay".to_owned()
            }
            Self::TooLarge { .. } => "export it as CSV, which is read at any size, or in parts".to_owned(),
            Self::UnknownFormat { .. } => {
                "name it with --format, or say where the fields are with --map id=COLUMN --map text=COLUMN …".to_owned()
            }
            Self::UnknownName { .. } => format!("one of {}", Format::names()),
            Self::MapUnused { .. } => "leave --map out, or use --format csv or jsonl".to_owned(),
            Self::BadMap { .. } => "for example --map author=user.screen_name".to_owned(),
            Self::UnknownField { .. } => format!("a field is one of {}", Field::names()),
            Self::NoSuchColumn { available, .. } if available.is_empty() => "no header row was found".to_owned(),
            Self::NoSuchColumn { format: Some(format), available, .. } => {
                format!("the file has {}; is it of the format `{format}`? else use --format csv", available.join(", "))
            }
            Self::NoSuchColumn { field, available, .. } => {
                format!("the file has {}; name one with --map {field}=COLUMN", available.join(", "))
            }
            Self::Cut { .. } => "the rows before it are kept; import the whole file again when you have it".to_owned(),
        };
        Some(hint)
    }
}
