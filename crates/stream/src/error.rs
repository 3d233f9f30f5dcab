//! What can go wrong with the stream.

use rusqlite::ErrorCode;
use std::path::PathBuf;

/// What can go wrong with the stream.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `SQLite` refused.
    #[error("cannot use the stream `{path}`", path = path.display())]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// What `SQLite` said.
        #[source]
        source: rusqlite::Error,
    },
    /// The file was written by a later polso.
    #[error("the stream `{path}` has schema {found}, this polso knows up to {known}", path = path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Schema of the file.
        found: i64,
        /// Latest schema this program knows.
        known: i64,
    },
    /// A record cannot be decoded.
    #[error("record {offset} of the stream `{path}` is damaged", path = path.display())]
    Record {
        /// The database.
        path: PathBuf,
        /// Its offset.
        offset: u64,
    },
    /// What should be read again is not there any more.
    #[error("the stream no longer holds what stood up to offset {purged}: its retention is over")]
    Purged {
        /// The latest entry that is gone.
        purged: u64,
    },
    /// A record cannot be encoded.
    #[error("a post cannot be written to the stream")]
    Encode(#[source] postcard::Error),
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Sqlite { source, .. } => match source.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => {
                    Some("free some space and run the same command again: nothing is lost or doubled".to_owned())
                }
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                    Some("restore `state/` from the backup, then import again what came since".to_owned())
                }
                Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                    Some("check that this user may write to the data folder".to_owned())
                }
                _ => None,
            },
            Self::Newer { .. } => Some("use the polso that wrote it, or a later one".to_owned()),
            Self::Record { .. } => Some("restore `state/` from the backup".to_owned()),
            Self::Purged { .. } => Some("restore the damaged files from the backup instead".to_owned()),
            Self::Encode(_) => None,
        }
    }
}
