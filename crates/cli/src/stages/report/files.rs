//! The files of a report, made and not yet written.

use crate::exit::Exit;
use crate::failure::Failure;
use std::path::{Path, PathBuf};

/// The page.
pub(super) const HTML: &str = "index.html";
/// The page for e-mail and repositories.
pub(super) const MARKDOWN: &str = "report.md";
/// The page for scripts.
pub(super) const JSON: &str = "report.json";

/// The page of what cannot wait. There only while something cannot.
pub(super) const ALERT: &str = "alert.html";

/// All files of a report.
pub(super) struct Files {
    /// Names below the report's folder, and contents, in the order of writing. `report.json` is last, for whoever waits for
    /// it: when it is there, the rest is.
    pub(super) files: Vec<(&'static str, Vec<u8>)>,
    /// Whether everything that belongs beside the numbers could be read.
    pub(super) exit: Exit,
}

impl Files {
    /// Writes them into a folder and says where the page is.
    pub(super) fn write(&self, folder: &Path) -> Result<PathBuf, Failure> {
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            let parent = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent).map_err(Failure::io("create", parent))?;
            polso_store::write_atomic(&path, bytes)?;
        }
        if self.get(ALERT).is_empty() {
            // Of an earlier revision, when it still could not wait.
            remove(&folder.join(ALERT))?;
        }
        Ok(folder.join(HTML))
    }

    /// The contents of a file.
    pub(super) fn get(&self, name: &str) -> &[u8] {
        self.files.iter().find(|(own, _)| *own == name).map_or(&[], |(_, bytes)| bytes)
    }
}

fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::io("remove", path)(error)),
        _ => Ok(()),
    }
}
