//! Exit codes: what a cron job learns.

use std::process::ExitCode;

/// How a command ended. The numbers are a promise (see `docs/operations.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done; every source that was asked answered.
    Done = 0,
    /// Done, but something is missing and was named on stderr.
    Missing = 1,
    /// Command, settings or environment are wrong; nothing was done.
    Refused = 2,
    /// Failed; there is no new result.
    Failed = 3,
    /// Interrupted from the keyboard; all state is safe.
    Interrupted = 130,
}

impl Exit {
    /// The worse of two.
    pub(crate) fn or(self, other: Self) -> Self {
        if (other as u8) > (self as u8) { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
