//! The pseudonym key: 32 random bytes in a file only its owner may read.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The secret behind every pseudonym. Neither printable nor comparable.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// What can be wrong with the key file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no key.
    #[error("no pseudonym key at `{path}`", path = path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// Somebody else may read it.
    #[error("the pseudonym key `{path}` can be read by others (mode {mode:o})", path = path.display())]
    Open {
        /// Where it is.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It is not 64 hexadecimal digits.
    #[error("the pseudonym key `{path}` is damaged: it must hold 64 hexadecimal digits", path = path.display())]
    Damaged {
        /// Where it is.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("cannot use the pseudonym key `{path}`", path = path.display())]
    Io {
        /// Where it is.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Missing { .. } => {
                "restore `state/key` from the backup; without it the same people would get new pseudonyms and \
                 `polso forget` could not find them. For a new data folder run `polso init`"
                    .to_owned()
            }
            Self::Open { path, .. } => format!("run `chmod 600 {}`", path.display()),
            Self::Damaged { .. } => "restore the file from the backup".to_owned(),
            Self::Io { .. } => return None,
        })
    }
}

impl Key {
    /// Wraps 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the key and refuses one that others may read.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let failed = |source: std::io::Error| match source.kind() {
            ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
            _ => Error::Io { path: path.to_owned(), source },
        };
        let mode = std::fs::metadata(path).map_err(failed)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(Error::Open { path: path.to_owned(), mode });
        }
        // Bytes, not text: a key file of rubbish is damaged, whatever its encoding.
        let content = std::fs::read(path).map_err(failed)?;
        let damaged = || Error::Damaged { path: path.to_owned() };
        let hex = blake3::Hash::from_hex(content.trim_ascii()).map_err(|_| damaged())?;
        Ok(Self(*hex.as_bytes()))
    }

    /// Writes the key to a file that must not exist yet, readable by its owner alone, and flushes it to the disk.
    pub fn create(&self, path: &Path) -> Result<(), Error> {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
        let hex = blake3::Hash::from_bytes(self.0).to_hex();
        file.write_all(hex.as_bytes())
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.sync_all())
            .map_err(failed)
    }

    /// 128 bits of a keyed hash of the parts; parts cannot run into each other.
    pub(crate) fn hash(&self, parts: &[&str]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        for part in parts {
            hasher.update(part.as_bytes()).update(&[0]);
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_to_disk_and_back_and_stays_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        let key = Key::new([7; 32]);
        key.create(&path).unwrap();
        assert_eq!(Key::load(&path).unwrap().0, key.0);
        assert!(matches!(key.create(&path), Err(Error::Io { .. })), "an existing key is never replaced");

        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Key::load(&path), Err(Error::Open { mode: 0o644, .. })));
        assert!(matches!(Key::load(&dir.path().join("none")), Err(Error::Missing { .. })));
    }
}
