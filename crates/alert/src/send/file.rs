//! A folder: one JSON file for each event and the page beside it, for programs that watch folders.

use super::error::Error;
use super::letter::Letter;
use super::receiver::receiver;
use super::way::Door;
use super::webhook;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

receiver! {
    "file" {
        /// The folder; it must be there.
        folder: PathBuf,
    }
}

/// An open folder.
pub(crate) struct Drop {
    folder: PathBuf,
    reports: PathBuf,
}

impl Drop {
    pub(super) fn open(config: &Config, door: &Door<'_>) -> Self {
        Self { folder: door.path(&config.folder), reports: door.places.reports.clone() }
    }

    /// Writes the page first: whoever sees the JSON finds both.
    pub(super) fn send(&self, letter: &Letter) -> Result<(), Error> {
        let stem = letter.event.id.file_stem();
        if let Some(page) = &letter.event.page {
            let from = self.reports.join(page);
            let bytes =
                std::fs::read(&from).map_err(|source| Error::Io { action: "read the page", path: from, source })?;
            put(&self.folder.join(format!("{stem}.html")), &bytes)?;
        }
        let mut body = webhook::body(letter).to_string();
        body.push('\n');
        put(&self.folder.join(format!("{stem}.json")), body.as_bytes())
    }

    /// Whether something can be written there.
    pub(super) fn knock(&self) -> Result<String, Error> {
        let probe = self.folder.join(".polso-probe");
        put(&probe, b"")?;
        std::fs::remove_file(&probe).map_err(|source| Error::Io { action: "remove", path: probe, source })?;
        Ok("the folder can be written".to_owned())
    }
}

/// Writes a file as a whole or not at all.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let io = |action, path: &Path| {
        let path = path.to_owned();
        move |source| Error::Io { action, path, source }
    };
    // Hidden until it is whole: watchers of folders pass over names that begin with a dot.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let half = path.with_file_name(format!(".{}.half", name.trim_start_matches('.')));
    let mut file = File::create(&half).map_err(io("write", &half))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io("write", &half))?;
    std::fs::rename(&half, path).map_err(io("write", path))
}
