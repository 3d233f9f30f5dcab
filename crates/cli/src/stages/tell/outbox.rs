//! The desk as the outbox of events.

use polso_alert::send::{BoxError, Entry, EventId, Outbox, State};
use polso_desk::{Desk, ToldRow};

/// The desk, seen from the post office.
pub(super) struct DeskOutbox(pub(super) Desk);

impl Outbox for DeskOutbox {
    fn get(&self, receiver: &str, id: &EventId) -> Result<Option<Entry>, BoxError> {
        self.0.told(receiver, id.as_str())?.map(entry).transpose()
    }

    fn waiting(&self) -> Result<Vec<Entry>, BoxError> {
        self.0.told_waiting()?.into_iter().map(entry).collect()
    }

    fn put(&mut self, entry: &Entry) -> Result<(), BoxError> {
        let row = ToldRow {
            receiver: entry.receiver.clone(),
            event: entry.id.to_string(),
            state: entry.state.as_str().to_owned(),
            tries: entry.tries,
            next_at: entry.next_at,
            changed_at: entry.changed_at,
            error: entry.error.clone(),
            message: entry.event.as_ref().map(serde_json::to_string).transpose()?,
        };
        Ok(self.0.put_told(&row)?)
    }
}

fn entry(row: ToldRow) -> Result<Entry, BoxError> {
    let damaged = || format!("the outbox has a damaged row: {} for `{}`", row.event, row.receiver);
    Ok(Entry {
        id: EventId::parse(&row.event).ok_or_else(damaged)?,
        state: State::parse(&row.state).ok_or_else(damaged)?,
        event: row.message.as_deref().map(serde_json::from_str).transpose().map_err(|_| damaged())?,
        receiver: row.receiver,
        tries: row.tries,
        next_at: row.next_at,
        changed_at: row.changed_at,
        error: row.error,
    })
}
