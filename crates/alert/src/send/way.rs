//! The ways that lead to a receiver, and what opening one needs.

use super::config::Places;
use super::error::Error;
use super::file::Drop;
use super::letter::Letter;
use super::mail::Mail;
use super::net::{Hook, Net};
use std::path::{Path, PathBuf};

/// What the settings say to all ways.
pub(crate) struct Door<'a> {
    pub(crate) places: &'a Places,
    pub(crate) net: &'a Net,
}

impl Door<'_> {
    /// A path of the settings.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        self.places.base.join(path)
    }
}

/// A way, with its secrets read.
pub(crate) enum Way {
    Mail(Box<Mail>),
    Hook(Hook),
    File(Drop),
}

impl Way {
    /// Sends, once. `Ok` means that the receiver said yes.
    pub(crate) async fn send(&self, letter: &Letter) -> Result<(), Error> {
        match self {
            Self::Mail(mail) => mail.send(letter).await,
            Self::Hook(hook) => hook.send(letter).await,
            Self::File(drop) => drop.send(letter),
        }
    }

    /// Looks whether somebody is there, without telling anything. Says what was found, in a few words.
    pub(crate) async fn knock(&self) -> Result<String, Error> {
        match self {
            Self::Mail(mail) => mail.knock().await,
            Self::Hook(hook) => hook.knock().await,
            Self::File(drop) => drop.knock(),
        }
    }
}
