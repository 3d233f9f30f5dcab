//! Tables, and how an older file becomes a newer one.
//!
//! `known` is clustered by source and id. Ids of most platforms grow with time, so new ones land beside each other and
//! an import touches few pages, whatever the size of the table.

use crate::Error;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Each step leads from the version of its index to the next; steps are never edited once released.
const MIGRATIONS: &[&str] = &[
    "
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE log (
    offset INTEGER PRIMARY KEY,
    received INTEGER,                    -- NULL for a deletion: it carries no text and never expires
    record BLOB NOT NULL
) STRICT;
CREATE TABLE known (
    source INTEGER NOT NULL REFERENCES source (id),
    id     BLOB    NOT NULL,             -- 8 bytes of a number, or 16 of a hash
    offset INTEGER NOT NULL,             -- latest entry in the log
    posted INTEGER,                      -- when that version was posted; NULL for a deletion of a post never seen
    print  INTEGER,                      -- fingerprint of that version; NULL once deleted
    PRIMARY KEY (source, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE past (
    source INTEGER NOT NULL, id BLOB NOT NULL,
    print INTEGER NOT NULL,              -- a version that was replaced: reading it again must not bring it back
    PRIMARY KEY (source, id, print)
) STRICT, WITHOUT ROWID;
CREATE TABLE cursor (source TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE consumer (name TEXT PRIMARY KEY, offset INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE head (
    only INTEGER PRIMARY KEY CHECK (only = 0),
    offset INTEGER NOT NULL,             -- the latest entry
    purged INTEGER NOT NULL              -- the latest entry whose retention is over
) STRICT;
INSERT INTO head VALUES (0, 0, 0);
CREATE TABLE ledger (
    source TEXT NOT NULL, hour INTEGER NOT NULL,
    asked INTEGER NOT NULL, answered INTEGER NOT NULL, kept INTEGER NOT NULL, set_aside INTEGER NOT NULL,
    closed INTEGER NOT NULL, failed INTEGER NOT NULL, minutes_missed INTEGER NOT NULL,
    PRIMARY KEY (source, hour)
) STRICT, WITHOUT ROWID;
CREATE TABLE rejected (
    number INTEGER PRIMARY KEY, source TEXT NOT NULL, received INTEGER NOT NULL,
    print INTEGER NOT NULL UNIQUE, row TEXT NOT NULL
) STRICT;
CREATE TABLE forgotten (author BLOB PRIMARY KEY, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
",
    "
ALTER TABLE ledger ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN rate_limited_seconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN cursor_resets INTEGER NOT NULL DEFAULT 0;
CREATE TABLE reason (
    source TEXT NOT NULL, hour INTEGER NOT NULL, reason TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (source, hour, reason)
) STRICT, WITHOUT ROWID;
CREATE TABLE door (
    name TEXT PRIMARY KEY,
    since INTEGER NOT NULL,              -- where its listening begins
    heard_to INTEGER NOT NULL,           -- up to here everything was read, or the ledger says that it is lost
    state TEXT NOT NULL,                 -- how the last question ended
    said TEXT,                           -- why, if it was not answered
    asked INTEGER                        -- when the last question was put
) STRICT, WITHOUT ROWID;
CREATE TABLE voice (author BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;   -- authors heard through doors
CREATE TABLE kept (
    door TEXT NOT NULL,
    ask TEXT NOT NULL,                   -- the id under which the door is asked again
    source TEXT NOT NULL, post TEXT NOT NULL,
    received INTEGER NOT NULL,
    checked INTEGER NOT NULL,            -- when the door last said that it is still there
    PRIMARY KEY (door, ask)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_checked ON kept (door, checked);
",
];

/// Sets the connection up and runs what is missing, each step in a transaction of its own.
pub(crate) fn prepare(db: &mut Connection, path: &Path) -> Result<(), Error> {
    let at = |source| Error::Sqlite { path: path.to_owned(), source };
    // FULL: a committed batch survives a power cut. The cache bounds memory, the checkpoint bounds the log file.
    // Patience comes first: what follows may meet another process.
    db.execute_batch(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON; PRAGMA cache_size = -49152; PRAGMA wal_autocheckpoint = 4000;",
    )
    .map_err(at)?;
    let known = number(MIGRATIONS.len());
    let found = version(db).map_err(at)?;
    if found > known {
        return Err(Error::Newer { path: path.to_owned(), found, known });
    }
    if found < known {
        migrate(db).map_err(at)?;
    }
    Ok(())
}

/// Takes the steps that are missing. A follower and a run may open a new file at the same moment: which step is next is
/// looked up under the lock that the step is taken under.
fn migrate(db: &mut Connection) -> Result<(), rusqlite::Error> {
    loop {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = version(&change)?;
        let Some(step) = usize::try_from(done).ok().and_then(|done| MIGRATIONS.get(done)) else { return Ok(()) };
        change.execute_batch(step)?;
        change.pragma_update(None, "user_version", done + 1)?;
        change.commit()?;
    }
}

fn version(db: &Connection) -> Result<i64, rusqlite::Error> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Versions are small.
fn number(version: usize) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
