//! One run at a time per data folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Held while a command changes the data folder; the operating system lets go of it however the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Why the data folder cannot be changed now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("another polso is at work in `{path}` ({holder})", path = path.display())]
    Held { path: PathBuf, holder: String },
    #[error("cannot lock `{path}`", path = path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    pub(crate) fn hint(&self) -> String {
        let hint = match self {
            Self::Held { .. } => "wait until it ends; nothing was done",
            Self::Io { .. } => "check that this user may write there and that the file system can lock files",
        };
        hint.to_owned()
    }
}

impl Lock {
    /// Takes the lock or says who holds it.
    pub(crate) fn take(path: &Path, since: &str) -> Result<Self, Error> {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                file.read_to_string(&mut holder).map_err(failed)?;
                let folder = path.parent().and_then(Path::parent).unwrap_or(path);
                return Err(Error::Held { path: folder.to_owned(), holder: holder.trim().to_owned() });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        let note = format!("pid {}, since {since}\n", std::process::id());
        file.set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| file.write_all(note.as_bytes()))
            .map_err(failed)?;
        Ok(Self { _file: file })
    }
}
