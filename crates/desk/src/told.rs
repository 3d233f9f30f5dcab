//! Who was told of what: the outbox of events, so that nobody is told twice and nothing that waits is lost.
//!
//! Like marks, rows are no decisions and are not written down as changes. What an event says is kept as the text that its
//! sender wrote, and only while it waits.

use crate::Desk;
use crate::cells::{Cells, Rows};
use crate::error::{Error, Fault};
use polso_domain::Timestamp;
use rusqlite::params;

/// An event on its way to one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRow {
    /// The receiver's name in the settings.
    pub receiver: String,
    /// The event's name.
    pub event: String,
    /// How far it has got: the sender's word.
    pub state: String,
    /// Runs that tried.
    pub tries: u32,
    /// Not before this.
    pub next_at: Timestamp,
    /// When it got this far.
    pub changed_at: Timestamp,
    /// Why the last try failed.
    pub error: Option<String>,
    /// What is to be told; `None` once nobody needs it any more.
    pub message: Option<String>,
}

const SELECT: &str = "SELECT receiver, event, state, tries, next_at, changed_at, error, message FROM desk_told";

const LATEST: &str = "ORDER BY message IS NULL, changed_at DESC, event DESC LIMIT 1";

impl Desk {
    /// Writes a row in place of the one before.
    pub fn put_told(&mut self, row: &ToldRow) -> Result<(), Error> {
        self.write(|db| {
            let put = "INSERT OR REPLACE INTO desk_told VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            db.prepare_cached(put)?.execute(params![
                row.receiver,
                row.event,
                row.state,
                row.tries,
                row.next_at.millis(),
                row.changed_at.millis(),
                row.error,
                row.message
            ])?;
            Ok(())
        })
    }

    /// What is known of an event at a receiver.
    pub fn told(&self, receiver: &str, event: &str) -> Result<Option<ToldRow>, Error> {
        let sql = format!("{SELECT} WHERE receiver = ?1 AND event = ?2");
        self.read(|db| rows(&sql).one(db, [receiver, event], row))
    }

    /// Every row with something still to be told, the oldest first.
    pub fn told_waiting(&self) -> Result<Vec<ToldRow>, Error> {
        let sql = format!("{SELECT} WHERE message IS NOT NULL ORDER BY changed_at, receiver, event");
        self.read(|db| rows(&sql).all(db, [], row))
    }

    /// The row of a receiver that matters most: of what still waits, else of all, the one that changed last.
    pub fn told_last(&self, receiver: &str) -> Result<Option<ToldRow>, Error> {
        let sql = format!("{SELECT} WHERE receiver = ?1 {LATEST}");
        self.read(|db| rows(&sql).one(db, [receiver], row))
    }
}

fn rows(sql: &str) -> Rows<'_> {
    Rows { table: "desk_told", key: 2, sql }
}

fn row(cells: &Cells<'_, '_>) -> Result<ToldRow, Fault> {
    Ok(ToldRow {
        receiver: cells.get(0)?,
        event: cells.get(1)?,
        state: cells.get(2)?,
        tries: cells.get(3)?,
        next_at: cells.instant(4)?,
        changed_at: cells.instant(5)?,
        error: cells.get(6)?,
        message: cells.get(7)?,
    })
}
