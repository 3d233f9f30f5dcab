//! Why somebody could not be told: whose fault, and whether trying again helps.

use super::outbox::BoxError;
use std::path::PathBuf;
use std::time::Duration;

/// Why somebody could not be told. No message holds a secret, an address of a person or the path of a hook.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The settings or a file they name are wrong.
    #[error("{what}")]
    Settings {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
    /// No connection, or none that can be trusted.
    #[error("`{host}` cannot be reached")]
    Unreachable {
        /// The host, with its port where that is not the usual one.
        host: String,
        /// What the network said.
        #[source]
        source: BoxError,
    },
    /// The host cannot take it now: HTTP 408, 425, 429 and 5xx, SMTP 4xx.
    #[error("`{host}` cannot take it now ({status})")]
    Busy {
        /// The host.
        host: String,
        /// Status of HTTP or SMTP.
        status: u16,
        /// How long it asks to wait.
        wait: Option<Duration>,
    },
    /// The host does not take it, and will not the next time: the rest of HTTP's statuses, SMTP 5xx.
    #[error("`{host}` refuses it ({status}{comma}{code})", comma = if code.is_empty() { "" } else { ", " })]
    Refused {
        /// The host.
        host: String,
        /// Status of HTTP or SMTP; 0 where the answer was none.
        status: u16,
        /// The host's own word for it, empty if it has none.
        code: String,
    },
    /// The message cannot be written as a mail.
    #[error("no mail can be made of this")]
    Mail(#[source] BoxError),
    /// A file cannot be read or written.
    #[error("cannot {action} `{path}`", path = path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// What was told before cannot be looked up or written down.
    #[error("the outbox cannot be used")]
    Outbox(#[source] BoxError),
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let said = match self {
            Self::Settings { hint, .. } => return Some(hint.clone()),
            Self::Unreachable { .. } => {
                "check the host's name and port, the network, and its certificate (`alert.ca_file`)"
            }
            Self::Busy { .. } => "nothing to do: it is tried again in the next runs",
            Self::Refused { status: 401 | 403 | 530 | 534 | 535, .. } => {
                "check the user, the password or token, and what they may do"
            }
            Self::Refused { status: 404 | 410, .. } => {
                "the address is wrong or was withdrawn: make a new hook, and write it into its file"
            }
            Self::Refused { status: 550..=553, .. } => {
                "check the addresses `to` and `from`: the server knows none of that name, or may not send for it"
            }
            Self::Refused { status: 300..=399, .. } => {
                "it sends elsewhere, and that is not followed: write the new address into the settings"
            }
            Self::Refused { .. } => "check the settings of this receiver; `polso alert test` tries it again",
            Self::Mail(_) => "check `from` and `to` of this receiver",
            Self::Io { .. } => "check that this user may read and write there",
            Self::Outbox(_) => return None,
        };
        Some(said.to_owned())
    }

    /// Whether the same may go well in a moment without anybody mending anything.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Busy { .. })
    }

    /// How long the host asks to wait.
    pub(crate) fn wait(&self) -> Option<Duration> {
        match self {
            Self::Busy { wait, .. } => *wait,
            _ => None,
        }
    }

    /// Wrong settings.
    pub(crate) fn settings(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Settings { what: what.into(), hint: hint.into() }
    }
}
