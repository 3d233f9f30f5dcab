//! What can go wrong with a file, always with the file's name and what to do about it.

use polars::error::PolarsError;
use std::io;
use std::path::{Path, PathBuf};

/// A file that could not be read or written, or a question that makes no sense.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file system said no.
    #[error("cannot {action} `{}`", path.display())]
    Io {
        /// What was tried: `read`, `write`, …
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system answered.
        #[source]
        source: io::Error,
    },
    /// The file is there and is not the parquet it should be.
    #[error("`{}` is damaged or is not parquet", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What the reader stumbled over.
        #[source]
        source: PolarsError,
    },
    /// The file has another layout than this version writes.
    #[error("`{}` has the layout `{found}`, expected `{expected}`", path.display())]
    Layout {
        /// The file.
        path: PathBuf,
        /// What its metadata say; empty when they say nothing.
        found: String,
        /// What this version reads.
        expected: &'static str,
    },
    /// Rows could not be brought into columns or columns into rows.
    #[error("cannot bring the rows of `{}` into columns", path.display())]
    Shape {
        /// The file they were meant for or came from.
        path: PathBuf,
        /// What polars answered.
        #[source]
        source: PolarsError,
    },
    /// The SQL could not be understood or carried out.
    #[error("the query cannot be answered")]
    Query {
        /// What polars answered.
        #[source]
        source: PolarsError,
    },
}

impl Error {
    /// What to do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Io { path, source, .. } => io_hint(path, source.kind()),
            Self::Corrupt { path, .. } => Some(format!(
                "restore `{}` from a backup, or, while the texts are kept, read it and what came after again with `polso \
                 classify --from` and the number in its name",
                path.display()
            )),
            Self::Layout { .. } => Some("it was written by another version of polso; use that one or read CHANGELOG.md".into()),
            Self::Shape { .. } => None,
            Self::Query { .. } => Some(
                "the tables are `posts`, `observations`, `summaries` and `ledger`; `select * from posts limit 1` shows columns"
                    .into(),
            ),
        }
    }

    /// Wraps an answer of the file system.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }

    /// Wraps what polars said while it wrote: a full disk stays a full disk.
    pub(crate) fn writing(path: &Path) -> impl FnOnce(PolarsError) -> Self {
        move |source| match as_io(&source) {
            Some(source) => Self::Io { action: "write", path: path.to_owned(), source },
            None => Self::Shape { path: path.to_owned(), source },
        }
    }

    /// Wraps what polars said while it read.
    pub(crate) fn reading(path: &Path) -> impl FnOnce(PolarsError) -> Self {
        move |source| match as_io(&source) {
            Some(source) => Self::Io { action: "read", path: path.to_owned(), source },
            None => Self::Corrupt { path: path.to_owned(), source },
        }
    }

    /// Wraps what polars said about rows and columns that belong to a file.
    pub(crate) fn shape(path: &Path) -> impl FnOnce(PolarsError) -> Self {
        move |source| Self::Shape { path: path.to_owned(), source }
    }
}

/// The file system's own complaint inside polars' one. An early end of file is damage, not a complaint of the system.
fn as_io(error: &PolarsError) -> Option<io::Error> {
    match error {
        PolarsError::IO { error, .. } if error.kind() != io::ErrorKind::UnexpectedEof => Some(
            error
                .raw_os_error()
                .map_or_else(|| io::Error::new(error.kind(), error.to_string()), io::Error::from_raw_os_error),
        ),
        _ => None,
    }
}

fn io_hint(path: &Path, kind: io::ErrorKind) -> Option<String> {
    let folder = path.parent().unwrap_or(path).display();
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(format!(
            "make room on the disk that holds `{folder}`; nothing was lost, the same command goes on from here"
        )),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Some(format!("let the user that runs polso read and write `{folder}`"))
        }
        _ => None,
    }
}
