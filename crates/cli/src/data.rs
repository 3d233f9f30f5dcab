//! The data folder: where each thing lies, and what opening it needs.

use crate::failure::Failure;
use crate::lock::Lock;
use polso_desk::Desk;
use polso_domain::{Day, SourceId, Timestamp};
use polso_privacy::{Gate, Key};
use polso_store::Lake;
use polso_stream::Stream;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// A data folder.
#[derive(Debug, Clone)]
pub(crate) struct Data {
    root: PathBuf,
}

impl Data {
    pub(crate) fn at(root: PathBuf) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Creates the folders that are not there.
    pub(crate) fn prepare(&self) -> Result<(), Failure> {
        for folder in ["state", "lake", "reports", "quarantine"] {
            let path = self.root.join(folder);
            std::fs::create_dir_all(&path).map_err(Failure::io("create", path))?;
        }
        Ok(())
    }

    /// Takes the lock. Hold it as long as anything is changed.
    pub(crate) fn lock(&self, now: Timestamp) -> Result<Lock, Failure> {
        self.prepare()?;
        let since = jiff::Timestamp::from_millisecond(now.millis()).map(|since| since.to_string());
        Ok(Lock::take(&self.root.join("state/lock"), &since.unwrap_or_default())?)
    }

    /// Takes the collectors' own lock: a follower holds it for weeks, and a run goes on beside it.
    pub(crate) fn collect_lock(&self, now: Timestamp) -> Result<Lock, Failure> {
        self.prepare()?;
        let since = jiff::Timestamp::from_millisecond(now.millis()).map(|since| since.to_string());
        Ok(Lock::take(&self.root.join("state/collect.lock"), &since.unwrap_or_default())?)
    }

    /// Where collectors keep their sessions.
    pub(crate) fn sessions(&self) -> PathBuf {
        self.root.join("state/sessions")
    }

    /// The folder of models that were added.
    pub(crate) fn models(&self) -> PathBuf {
        self.root.join("models")
    }

    /// A model as it is opened: an added one by its folder, any other as it is named.
    pub(crate) fn model(&self, name: &str) -> String {
        let added = self.models().join(name);
        // A name, not a path that happens to lead into the folder.
        let is_name = Path::new(name).components().count() == 1;
        if is_name && name != polso_classify::BUNDLED && added.is_dir() {
            added.display().to_string()
        } else {
            name.to_owned()
        }
    }

    pub(crate) fn stream(&self) -> Result<Stream, Failure> {
        Ok(Stream::open(&self.root.join("state/polso.db"))?)
    }

    /// What people decided, in the same file as the stream.
    pub(crate) fn desk(&self) -> Result<Desk, Failure> {
        self.prepare()?;
        Ok(Desk::open(&self.root.join("state/polso.db"))?)
    }

    pub(crate) fn lake(&self) -> Result<Lake, Failure> {
        Ok(Lake::open(&self.root.join("lake"))?)
    }

    pub(crate) fn key_path(&self) -> PathBuf {
        self.root.join("state/key")
    }

    /// The gate, with the key of this folder. A folder that never held a post gets a key; one that did must have one:
    /// a new key would turn everybody into somebody else.
    pub(crate) fn gate(&self, stream: &Stream) -> Result<Gate, Failure> {
        let path = self.key_path();
        if !path.exists() && stream.is_empty()? {
            fresh_key()?.create(&path)?;
        }
        Ok(Gate::new(Key::load(&path)?))
    }

    /// The folder of reports: a folder a day, a folder a week.
    pub(crate) fn reports(&self) -> PathBuf {
        self.root.join("reports")
    }

    /// The folder of the report on a day or a week.
    pub(crate) fn report(&self, of: impl Display) -> PathBuf {
        self.reports().join(of.to_string())
    }

    pub(crate) fn quarantine(&self, source: &SourceId, day: Day) -> PathBuf {
        self.root.join(format!("quarantine/{source}/{day}.jsonl"))
    }
}

/// 32 bytes from the operating system.
pub(crate) fn fresh_key() -> Result<Key, Failure> {
    let mut bytes = [0; 32];
    let failed = |_| Failure::usage("the operating system gives no random numbers", "try again later");
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(Key::new(bytes))
}
