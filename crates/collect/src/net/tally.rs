//! What was asked through one door since the ledger last looked.

use std::sync::Mutex;

/// Counts since the last look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Questions put.
    pub asked: u32,
    /// Questions answered.
    pub answered: u32,
    /// Questions that failed.
    pub failed: u32,
    /// Milliseconds in which the platform asked for silence.
    pub rate_limited_ms: u64,
    /// Cursors the platform no longer honoured.
    pub cursor_resets: u32,
}

/// Counts of one door, added to by its client and taken by its loop.
#[derive(Debug, Default)]
pub struct Tally(Mutex<Count>);

impl Tally {
    /// What was counted since the last look.
    pub fn take(&self) -> Count {
        std::mem::take(&mut *self.lock())
    }

    /// Adds to the counts.
    pub(crate) fn note(&self, add: impl FnOnce(&mut Count)) {
        add(&mut self.lock());
    }

    /// Counts are whole at every instant, so a panic elsewhere spoils none.
    fn lock(&self) -> std::sync::MutexGuard<'_, Count> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
