//! what people decide: the claim library, the rumour log, reviews; every change kept
//!
//! Tables of their own in `state/polso.db`, beside the stream's. Posts are not here: the desk knows claims, days, counts
//! and decisions.
//!
//! ```text
//! import, narratives ─▶ put(claims), put_sketches ─▶ the library ─▶ claims(), sketches()        what posts are held against
//! a day summed up ────▶ put_day, put_assessment ───▶ the log ─────▶ rumours(), days()           what the report tells
//! a person ───────────▶ set_claim, set_rumour ─────▶ both ────────▶ changes()                   what was decided, by whom
//! a person ───────────▶ put_reviews ───────────────▶ reviews() ──▶ precision, recall, agreement
//! an event ───────────▶ put_told ──────────────────▶ told() ──────▶ nobody is told twice
//! ```
//!
//! Invariants
//! * A change is written down with what was there before, by whom and when, in the transaction that makes it. Nothing is
//!   deleted but by forgetting an author.
//! * What a person set stands: no later import and no rule writes over it.
//! * Saying the same twice changes nothing and is not written down.
//! * A row that cannot be read is an error with its table and id, never a row less.
//!
//! It decides nothing: matching and risk are made in `claims`, numbers in `aggregate`.

mod cells;
mod changes;
mod error;
mod field;
mod forget;
mod library;
mod log;
mod marks;
mod reviews;
mod rows;
mod rumours;
mod schema;
mod sketches;
mod told;

use polso_domain::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

pub use changes::{Change, ChangeFilter, Subject};
pub use error::Error;
pub use library::{ClaimEdit, Put};
pub use log::{Assessment, LogDay};
pub use reviews::{ModelAnswer, PutReviews, Review, Task};
pub use rumours::{Rumour, RumourEdit, Status};
pub use sketches::StoredSketch;
pub use told::ToldRow;

use error::Fault;

/// The open desk. Several processes may read and write: each change is one transaction, and whoever comes second waits.
pub struct Desk {
    path: PathBuf,
    db: Connection,
}

/// Who changes something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By<'a> {
    /// `seeds`, `import facta.json`, `rules`, or the code of a person. It is written down and never checked.
    pub who: &'a str,
    /// When.
    pub when: Timestamp,
}

/// What an edit does with something that may be absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Edit<T> {
    /// Leaves it as it is.
    #[default]
    Keep,
    /// Takes it away.
    Clear,
    /// Makes it this.
    Set(T),
}

impl<T: Clone> Edit<T> {
    /// Makes of `value` what the edit says.
    fn apply(&self, value: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *value = None,
            Self::Set(new) => *value = Some(new.clone()),
        }
    }
}

impl Desk {
    /// Opens or creates the desk and brings its tables up to date. `path` is the stream's file; either may open it first.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut db = Connection::open(path).map_err(|source| Error::Sqlite { path: path.to_owned(), source })?;
        schema::prepare(&mut db).map_err(|fault| fault.at(path))?;
        Ok(Self { path: path.to_owned(), db })
    }

    /// Reads in one transaction: every statement in it sees the same moment, whoever writes meanwhile.
    fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Error> {
        let moment = self.db.unchecked_transaction().map_err(Fault::from);
        moment.and_then(|moment| look(&moment)).map_err(|fault| fault.at(&self.path))
    }

    /// Changes all or nothing. The lock is taken at the start: a transaction that read first and wrote later could find
    /// that another process had written meanwhile, and fail without waiting.
    fn write<T>(&mut self, alter: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, Error> {
        let Self { path, db } = self;
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Fault::from);
        let done = change.and_then(|change| {
            let done = alter(&change)?;
            change.commit()?;
            Ok(done)
        });
        done.map_err(|fault| fault.at(path))
    }
}

#[cfg(test)]
mod tests;
