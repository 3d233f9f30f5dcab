//! What can go wrong with the desk.
//!
//! Inside, functions speak of [`Fault`]s, which do not know the file they happened in; the door of each public call adds
//! it. So a statement can end in `?`.

use polso_domain::{ClaimId, Day};
use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// What can go wrong with the desk.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `SQLite` refused.
    #[error("cannot use the desk in `{path}`", path = path.display())]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// What `SQLite` said.
        #[source]
        source: rusqlite::Error,
    },
    /// The file was written by a later polso.
    #[error("the desk in `{path}` has schema {found}, this polso knows up to {known}", path = path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Schema of the file.
        found: i64,
        /// Latest schema this program knows.
        known: i64,
    },
    /// A row cannot be read.
    #[error("row `{id}` of table `{table}` in `{path}` is damaged", path = path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// The row's key.
        id: String,
    },
    /// Something was taken out, and another process still reads what it was before.
    #[error("what was forgotten is gone from the tables of `{path}` and may still be in its log", path = path.display())]
    StillRead {
        /// The database.
        path: PathBuf,
    },
    /// The library has no claim of that name.
    #[error("the library has no claim `{0}`")]
    UnknownClaim(ClaimId),
    /// The claim is known and was never heard, so that there is nothing to decide about.
    #[error("the claim `{0}` was never heard and is not in the rumour log")]
    NeverHeard(ClaimId),
    /// The claim has no counts on the day it is assessed for.
    #[error("the claim `{claim}` has no counts on {day}")]
    NotThatDay {
        /// The claim.
        claim: ClaimId,
        /// The day.
        day: Day,
    },
    /// One call says two things about the same.
    #[error("`{0}` is given twice")]
    Twice(String),
    /// A number that is no number, or is negative where nothing can be.
    #[error("`{field}` of `{id}` is not a number that can be kept")]
    NotANumber {
        /// Whose.
        id: String,
        /// Which.
        field: &'static str,
    },
    /// A label that its task does not have.
    #[error("the answer of {id} is none for `{task}`")]
    NotALabel {
        /// Which, counted from 1 in what was given: an answer may hold anything, and is not repeated.
        id: String,
        /// The task's stored word.
        task: &'static str,
        /// What may be given.
        known: &'static [&'static str],
    },
    /// A list cannot be encoded.
    #[error("a list of `{table}` cannot be written")]
    Encode {
        /// The table.
        table: &'static str,
        /// Why.
        #[source]
        source: postcard::Error,
    },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let said = match self {
            Self::Sqlite { source, .. } => match source.sqlite_error_code()? {
                ErrorCode::DiskFull => "free some space and run the same command again: nothing is lost or doubled",
                ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => "restore `state/` from the backup",
                ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
                    "check that this user may write to the data folder"
                }
                ErrorCode::DatabaseBusy => "another polso is writing; run the same command again when it is done",
                _ => return None,
            },
            Self::Newer { .. } => "use the polso that wrote it, or a later one",
            Self::Damaged { .. } => "restore `state/` from the backup",
            Self::StillRead { .. } => "run the same command again when no other polso uses the data folder",
            Self::UnknownClaim(_) => "look its id up in the library; an id never changes",
            Self::NeverHeard(_) => "only what was heard in a post can be decided about; look the rumour log up",
            Self::NotThatDay { .. } => "sum that day up first",
            Self::Twice(_) => "take one of the two out; nothing was changed",
            Self::NotANumber { .. } => "correct it where it was made; nothing was changed",
            Self::NotALabel { known, .. } => return Some(format!("it may be one of `{}`", known.join("`, `"))),
            Self::Encode { .. } => return None,
        };
        Some(said.to_owned())
    }
}

/// An error before anybody has said in which file.
#[derive(Debug)]
pub(crate) enum Fault {
    Sqlite(rusqlite::Error),
    Newer { found: i64, known: i64 },
    Damaged { table: &'static str, id: String },
    StillRead,
    Refused(Error),
}

impl Fault {
    /// The error, once the file is known.
    pub(crate) fn at(self, path: &Path) -> Error {
        let path = path.to_owned();
        match self {
            Self::Sqlite(source) => Error::Sqlite { path, source },
            Self::Newer { found, known } => Error::Newer { path, found, known },
            Self::Damaged { table, id } => Error::Damaged { path, table, id },
            Self::StillRead => Error::StillRead { path },
            Self::Refused(error) => error,
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sqlite(source)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}
