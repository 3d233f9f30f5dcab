//! the durable log of admitted posts, with every collector's cursor
//!
//! One `SQLite` file (`state/polso.db`) holds what came in, in the order it came, until every later stage has read it:
//!
//! ```text
//! append(batch) ─▶ log (offset → record) + known (id → offset) + ledger + cursor      one transaction
//! read(consumer) ─▶ entries after the consumer's offset         commit(consumer, offset) once they are safe elsewhere
//! ```
//!
//! Invariants
//! * A post and the cursor that says it was read are committed together: a crash repeats a page or nothing at all, and a
//!   repeated page adds nothing.
//! * An id stands in the log once. An edit takes the earlier text out and goes to the end; a deletion takes it out for
//!   good. Ids and earlier versions stay known, so that reading an older file again brings nothing back. (The price: a
//!   post that is edited back to exactly what it was keeps its later version.)
//! * Nothing of a forgotten author comes in again.
//! * Offsets only grow and are never used twice.
//!
//! It is not an archive: texts leave when their retention ends ([`Stream::purge`]); the lake keeps the readings.

mod append;
mod door;
mod error;
mod forget;
mod ledger;
mod record;
mod schema;

use polso_domain::{Event, LedgerEntry, SourceId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};

pub use append::{Appended, Batch, Rejected};
pub use door::{AtDoor, Door, Span};
pub use error::Error;
pub use forget::Forgotten;

/// The open stream. Several processes may read and write: a follower appends while a run reads what it brought.
pub struct Stream {
    path: PathBuf,
    db: Connection,
}

/// Position in the log; 0 is before the first entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(pub u64);

/// One thing in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where it stands.
    pub offset: Offset,
    /// What was said.
    pub event: Event,
    /// When the version that it edits or deletes was posted; `None` if there is no earlier version.
    pub replaces: Option<Timestamp>,
}

impl Stream {
    /// Opens or creates the stream and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let at = |source| Error::Sqlite { path: path.to_owned(), source };
        let mut db = Connection::open(path).map_err(at)?;
        schema::prepare(&mut db, path)?;
        Ok(Self { path: path.to_owned(), db })
    }

    /// Up to `max` entries that `consumer` has not committed yet, in order.
    pub fn read(&self, consumer: &str, max: usize) -> Result<Vec<Entry>, Error> {
        let after = self.committed(consumer)?;
        let mut rows = self
            .db
            .prepare_cached("SELECT offset, received, record FROM log WHERE offset > ?1 ORDER BY offset LIMIT ?2")
            .map_err(|source| self.error(source))?;
        let max = i64::try_from(max).unwrap_or(i64::MAX);
        let stored = rows
            .query_map(params![after.0.cast_signed(), max], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, Vec<u8>>(2)?))
            })
            .map_err(|source| self.error(source))?;
        let mut entries = Vec::new();
        for row in stored {
            let (offset, received, bytes) = row.map_err(|source| self.error(source))?;
            let offset = Offset(offset.cast_unsigned());
            let (event, replaces) = record::decode(&bytes, received)
                .ok_or_else(|| Error::Record { path: self.path.clone(), offset: offset.0 })?;
            entries.push(Entry { offset, event, replaces });
        }
        Ok(entries)
    }

    /// Says that `consumer` holds everything up to `upto` safely and never needs it again.
    pub fn commit(&self, consumer: &str, upto: Offset) -> Result<(), Error> {
        self.db
            .execute(
                "INSERT INTO consumer (name, offset) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET offset = max(offset, excluded.offset)",
                params![consumer, upto.0.cast_signed()],
            )
            .map(drop)
            .map_err(|source| self.error(source))
    }

    /// Sends `consumer` back, to read again what comes after `to`; refused when some of that was purged.
    pub fn rewind(&self, consumer: &str, to: Offset) -> Result<(), Error> {
        let purged: i64 =
            self.db.query_row("SELECT purged FROM head", [], |row| row.get(0)).map_err(|source| self.error(source))?;
        if to.0 < purged.cast_unsigned() {
            return Err(Error::Purged { purged: purged.cast_unsigned() });
        }
        self.db
            .execute(
                "UPDATE consumer SET offset = min(offset, ?2) WHERE name = ?1",
                params![consumer, to.0.cast_signed()],
            )
            .map(drop)
            .map_err(|source| self.error(source))
    }

    /// How far `consumer` has come.
    pub fn committed(&self, consumer: &str) -> Result<Offset, Error> {
        let offset: Option<i64> = self
            .db
            .query_row("SELECT offset FROM consumer WHERE name = ?1", [consumer], |row| row.get(0))
            .optional()
            .map_err(|source| self.error(source))?;
        Ok(Offset(offset.unwrap_or(0).cast_unsigned()))
    }

    /// How many entries `consumer` has yet to read.
    pub fn waiting(&self, consumer: &str) -> Result<u64, Error> {
        let after = self.committed(consumer)?;
        let count: i64 = self
            .db
            .query_row("SELECT count(*) FROM log WHERE offset > ?1", [after.0.cast_signed()], |row| row.get(0))
            .map_err(|source| self.error(source))?;
        Ok(count.cast_unsigned())
    }

    /// Where a collector stopped asking.
    pub fn cursor(&self, source: &SourceId) -> Result<Option<String>, Error> {
        self.db
            .query_row("SELECT value FROM cursor WHERE source = ?1", [source.as_str()], |row| row.get(0))
            .optional()
            .map_err(|source| self.error(source))
    }

    /// Whether anything was ever appended: a stream with posts and no key beside it is a damaged backup.
    pub fn is_empty(&self) -> Result<bool, Error> {
        let known: i64 = self
            .db
            .query_row("SELECT EXISTS (SELECT 1 FROM known)", [], |row| row.get(0))
            .map_err(|source| self.error(source))?;
        Ok(known == 0)
    }

    /// The whole ledger, by source and hour.
    pub fn ledger(&self) -> Result<Vec<LedgerEntry>, Error> {
        ledger::all(&self.db).map_err(|source| self.error(source))
    }

    /// Rows set aside on the day that starts at `from` and ends before `until`, as JSON lines in order of arrival.
    pub fn rejected(&self, source: &SourceId, from: Timestamp, until: Timestamp) -> Result<Vec<String>, Error> {
        ledger::rejected(&self.db, source, (from, until)).map_err(|source| self.error(source))
    }

    /// Takes entries out that were received before `before` and that every consumer in `consumers` has read.
    /// Returns how many went. Their ids stay known.
    pub fn purge(&mut self, before: Timestamp, consumers: &[&str]) -> Result<u64, Error> {
        let mut upto = u64::MAX;
        for consumer in consumers {
            upto = upto.min(self.committed(consumer)?.0);
        }
        let path = self.path.clone();
        let at = |source| Error::Sqlite { path: path.clone(), source };
        let due = params![upto.cast_signed().max(0), before.millis()];
        let change = self.write().map_err(at)?;
        change
            .execute("UPDATE head SET purged = (SELECT ifnull(max(offset), purged) FROM log WHERE offset <= ?1 AND received < ?2)", due)
            .map_err(at)?;
        let gone = change.execute("DELETE FROM log WHERE offset <= ?1 AND received < ?2", due).map_err(at)?;
        change.execute("DELETE FROM kept WHERE received < ?1", [before.millis()]).map_err(at)?;
        change.commit().map_err(at)?;
        Ok(gone as u64)
    }

    /// The same for one source whose platform allows its texts a shorter time.
    pub fn purge_source(&mut self, source: &SourceId, before: Timestamp, consumers: &[&str]) -> Result<u64, Error> {
        let mut upto = u64::MAX;
        for consumer in consumers {
            upto = upto.min(self.committed(consumer)?.0);
        }
        let mut due = Vec::new();
        {
            let mut rows = self
                .db
                .prepare_cached("SELECT offset, received, record FROM log WHERE offset <= ?1 AND received < ?2")
                .map_err(|source| self.error(source))?;
            let mut rows =
                rows.query(params![upto.cast_signed().max(0), before.millis()]).map_err(|source| self.error(source))?;
            while let Some(row) = rows.next().map_err(|source| self.error(source))? {
                let read = || Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, Vec<u8>>(2)?));
                let (offset, received, bytes) = read().map_err(|source| self.error(source))?;
                let damaged = || Error::Record { path: self.path.clone(), offset: offset.cast_unsigned() };
                match record::decode(&bytes, received).ok_or_else(damaged)?.0 {
                    Event::Post(post) if post.source == *source => due.push(offset),
                    _ => {}
                }
            }
        }
        let path = self.path.clone();
        let at = |source| Error::Sqlite { path: path.clone(), source };
        let change = self.write().map_err(at)?;
        for offset in &due {
            change.execute("DELETE FROM log WHERE offset = ?1", [offset]).map_err(at)?;
            change.execute("UPDATE head SET purged = max(purged, ?1)", [offset]).map_err(at)?;
        }
        change.commit().map_err(at)?;
        Ok(due.len() as u64)
    }

    /// A transaction that writes. It takes the lock at its start: one that read first and wrote later could find that
    /// another process had written meanwhile, and fail without waiting.
    fn write(&mut self) -> Result<Transaction<'_>, rusqlite::Error> {
        self.db.transaction_with_behavior(TransactionBehavior::Immediate)
    }

    fn error(&self, source: rusqlite::Error) -> Error {
        Error::Sqlite { path: self.path.clone(), source }
    }
}

#[cfg(test)]
mod tests;
