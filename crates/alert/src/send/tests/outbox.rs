//! An outbox in memory that can be made to crash.

use crate::send::{BoxError, Entry, EventId, Outbox, State};
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Memory {
    pub(super) entries: BTreeMap<(String, String), Entry>,
    /// Fails when something is to be written down as sent.
    pub(super) crashes: bool,
}

impl Memory {
    pub(super) fn state(&self, receiver: &str, id: &str) -> Option<(State, u32)> {
        self.entries.get(&(receiver.to_owned(), id.to_owned())).map(|entry| (entry.state, entry.tries))
    }
}

impl Outbox for Memory {
    fn get(&self, receiver: &str, id: &EventId) -> Result<Option<Entry>, BoxError> {
        Ok(self.entries.get(&(receiver.to_owned(), id.to_string())).cloned())
    }

    fn waiting(&self) -> Result<Vec<Entry>, BoxError> {
        Ok(self.entries.values().filter(|entry| entry.state == State::Waiting).cloned().collect())
    }

    fn put(&mut self, entry: &Entry) -> Result<(), BoxError> {
        if self.crashes && entry.state == State::Sent {
            return Err("the machine stopped".into());
        }
        assert_eq!(entry.event.is_some(), entry.state == State::Waiting, "words are kept only while they wait");
        self.entries.insert((entry.receiver.clone(), entry.id.to_string()), entry.clone());
        Ok(())
    }
}
