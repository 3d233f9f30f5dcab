//! Files that are there as a whole or not at all.
//!
//! Written beside their place, synced, renamed into it, and the folder synced: a crash at any instant leaves the old
//! file or the new one. A leftover `*.tmp` is overwritten by the next attempt and read by nobody.

use crate::Error;
use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Replaces a file by these bytes, durably. The folder must exist.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace(path, |file| file.write_all(bytes).map_err(Error::io("write", path)))
}

/// The same for a file that nobody else may read: its mode is 0600 from the first byte on.
pub fn write_atomic_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace(path, |file| {
        file.set_permissions(Permissions::from_mode(0o600)).map_err(Error::io("write", path))?;
        file.write_all(bytes).map_err(Error::io("write", path))
    })
}

/// Replaces a file by what `fill` writes, durably. When `fill` fails the old file stands.
pub(crate) fn replace(path: &Path, fill: impl FnOnce(&mut File) -> Result<(), Error>) -> Result<(), Error> {
    let draft = draft_of(path);
    let written = fill_draft(&draft, fill).and_then(|()| fs::rename(&draft, path).map_err(Error::io("write", path)));
    if written.is_err() {
        // Best effort: on a full disk the draft should not stay in the way.
        fs::remove_file(&draft).ok();
    }
    written.and_then(|()| sync_folder(path))
}

/// Removes a file that may be gone already; durable. Says whether it was there.
pub(crate) fn remove(path: &Path) -> Result<bool, Error> {
    match fs::remove_file(path) {
        Ok(()) => sync_folder(path).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io("delete", path)(error)),
    }
}

/// What a folder holds, in name order; empty when there is no such folder.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("list", folder)(error)),
    };
    let paths: io::Result<Vec<PathBuf>> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(Error::io("list", folder))?;
    paths.sort();
    Ok(paths)
}

/// The text of a file; `None` when there is none.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", path)(error)),
    }
}

fn fill_draft(path: &Path, write: impl FnOnce(&mut File) -> Result<(), Error>) -> Result<(), Error> {
    let mut file = File::create(path).map_err(Error::io("create", path))?;
    write(&mut file)?;
    file.sync_all().map_err(Error::io("write", path))
}

fn draft_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".tmp");
    path.with_file_name(name)
}

/// A rename is durable only when the folder that holds the name is.
fn sync_folder(path: &Path) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::io("write", folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_file_is_for_its_owner() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("note");
        write_atomic(&path, b"old").unwrap();
        write_atomic_private(&path, b"new").unwrap();
        assert_eq!(
            (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().permissions().mode() & 0o777),
            (b"new".to_vec(), 0o600)
        );
    }

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("note");
        write_atomic(&path, b"old").unwrap();
        let broken = replace(&path, |file| {
            file.write_all(b"half").unwrap();
            Err(Error::io("write", &path)(io::Error::from(io::ErrorKind::StorageFull)))
        });
        assert!(broken.unwrap_err().hint().unwrap().contains("make room"));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(list(dir.path()).unwrap(), [path]);
    }
}
