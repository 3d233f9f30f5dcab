//! Tables, and how an older file becomes a newer one.
//!
//! The file is the stream's too, which counts its versions in `user_version`; the desk counts in `desk_version`. Both may
//! open a new file at the same moment.

use crate::error::Fault;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

/// Each step leads from the version of its index to the next; steps are never edited once released.
const MIGRATIONS: &[&str] = &["
CREATE TABLE desk_head (
    only INTEGER PRIMARY KEY CHECK (only = 0),
    revision INTEGER NOT NULL            -- how often what is matched has changed
) STRICT;
INSERT INTO desk_head VALUES (0, 0);
CREATE TABLE desk_claim (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL, verdict TEXT NOT NULL, topic TEXT, link TEXT, publisher TEXT,
    since TEXT,                          -- YYYY-MM-DD
    withdrawn INTEGER NOT NULL,
    revision INTEGER NOT NULL            -- the latest that changed how this claim is matched
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_claim_revision ON desk_claim (revision);
CREATE TABLE desk_wording (
    claim TEXT NOT NULL REFERENCES desk_claim (id), lang TEXT NOT NULL,
    place INTEGER NOT NULL,              -- 0 is the neutral sentence, then how people put it
    text TEXT NOT NULL,
    PRIMARY KEY (claim, lang, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_answer (
    claim TEXT NOT NULL REFERENCES desk_claim (id), lang TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (claim, lang)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_held (
    claim TEXT NOT NULL REFERENCES desk_claim (id),
    field TEXT NOT NULL,                 -- set by a person: imports leave it
    who TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (claim, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_sketch (
    claim TEXT NOT NULL REFERENCES desk_claim (id), lang TEXT NOT NULL, place INTEGER NOT NULL,
    model TEXT NOT NULL,
    print INTEGER NOT NULL,              -- fingerprint of the wording that was read; 0 where there never was a text
    vector BLOB NOT NULL,                -- one signed byte a component
    terms BLOB NOT NULL,                 -- four bytes each, little-endian
    denies REAL NOT NULL, asks REAL NOT NULL, negated INTEGER NOT NULL, debunks INTEGER NOT NULL,
    UNIQUE (claim, lang, place, model, print)
) STRICT;
CREATE TABLE desk_day (
    day INTEGER NOT NULL,                -- days since 1970-01-01
    claim TEXT NOT NULL,
    posts INTEGER NOT NULL, unique_texts INTEGER NOT NULL, people INTEGER NOT NULL, effective_authors REAL NOT NULL,
    repeats INTEGER NOT NULL, rebuts INTEGER NOT NULL, mentions INTEGER NOT NULL,
    by_source BLOB NOT NULL, by_lang BLOB NOT NULL,   -- names and posts, in postcard
    PRIMARY KEY (day, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_day_claim ON desk_day (claim, day, posts);
CREATE TABLE desk_assessment (
    day INTEGER NOT NULL, claim TEXT NOT NULL,
    risk TEXT NOT NULL, level TEXT NOT NULL,
    because BLOB NOT NULL,               -- texts, in postcard
    trend TEXT NOT NULL,
    velocity REAL, low REAL, high REAL,  -- a ratio with its interval; without `low` there is none, else what is missing is infinite
    PRIMARY KEY (day, claim)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_rumour (
    claim TEXT PRIMARY KEY,              -- a row only where something was decided
    status TEXT NOT NULL, action TEXT, result TEXT, risk TEXT, level TEXT,
    decided_by TEXT NOT NULL, decided_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_change (
    number INTEGER PRIMARY KEY,
    what TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, before TEXT, after TEXT,
    who TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX desk_change_of ON desk_change (what, id);
CREATE INDEX desk_change_at ON desk_change (at);
CREATE TABLE desk_mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE desk_review (
    number INTEGER PRIMARY KEY,          -- what its changes call it: they hold neither post nor author
    source TEXT NOT NULL, post TEXT NOT NULL, task TEXT NOT NULL,
    about TEXT NOT NULL,                 -- the claim that a stance is to; empty for other tasks
    reviewer TEXT NOT NULL,
    author BLOB NOT NULL, day INTEGER NOT NULL, lang TEXT NOT NULL,
    value TEXT NOT NULL, model TEXT NOT NULL, stratum TEXT NOT NULL, weight REAL NOT NULL,
    negative REAL, neutral REAL, positive REAL, needs_checking REAL, question INTEGER, stance TEXT,
    UNIQUE (source, post, task, about, reviewer)
) STRICT;
CREATE INDEX desk_review_author ON desk_review (author);
CREATE INDEX desk_review_day ON desk_review (day);
", "
CREATE TABLE desk_told (
    receiver TEXT NOT NULL, event TEXT NOT NULL,
    state TEXT NOT NULL, tries INTEGER NOT NULL,
    next_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,   -- milliseconds since 1970
    error TEXT,
    message TEXT,                        -- what is to be told; kept only while it waits
    PRIMARY KEY (receiver, event)
) STRICT, WITHOUT ROWID;
"];

/// Sets the connection up and takes the steps that are missing.
pub(crate) fn prepare(db: &mut Connection) -> Result<(), Fault> {
    // The stream's settings, for the stream's reasons: one file, one promise.
    db.execute_batch(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON; PRAGMA cache_size = -49152; PRAGMA wal_autocheckpoint = 4000;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let found = version(db)?;
    if found > known {
        return Err(Fault::Newer { found, known });
    }
    if found < known {
        migrate(db)?;
    }
    Ok(())
}

/// Which step is next is looked up under the lock that the step is taken under: another process may take it meanwhile.
fn migrate(db: &mut Connection) -> Result<(), rusqlite::Error> {
    loop {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = version(&change)?;
        let Some(step) = usize::try_from(done).ok().and_then(|done| MIGRATIONS.get(done)) else { return Ok(()) };
        change.execute_batch(step)?;
        change.execute_batch(
            "CREATE TABLE IF NOT EXISTS desk_version (
                 only INTEGER PRIMARY KEY CHECK (only = 0), version INTEGER NOT NULL
             ) STRICT",
        )?;
        change.execute("INSERT OR REPLACE INTO desk_version VALUES (0, ?1)", [done + 1])?;
        change.commit()?;
    }
}

/// 0 where the stream was here and the desk was not.
fn version(db: &Connection) -> Result<i64, rusqlite::Error> {
    let there = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'desk_version'";
    if db.query_row(there, [], |_| Ok(())).optional()?.is_none() {
        return Ok(0);
    }
    db.query_row("SELECT version FROM desk_version", [], |row| row.get(0))
}
