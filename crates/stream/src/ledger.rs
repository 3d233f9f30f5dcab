//! The ledger's rows, and the rows set aside.

use crate::{Rejected, record};
use polso_domain::{LedgerEntry, SetAside, SourceId, Timestamp};
use rusqlite::{Connection, Row, params};
use std::collections::{BTreeMap, HashMap};

/// Adds counts to a source's hour.
pub(crate) fn add(db: &Connection, entry: &LedgerEntry) -> Result<(), rusqlite::Error> {
    upsert(
        db,
        entry,
        "asked = asked + excluded.asked, answered = answered + excluded.answered, kept = kept + excluded.kept,
         set_aside = set_aside + excluded.set_aside, closed = closed + excluded.closed, failed = failed + excluded.failed,
         minutes_missed = min(60, minutes_missed + excluded.minutes_missed), again = again + excluded.again,
         rate_limited_seconds = rate_limited_seconds + excluded.rate_limited_seconds,
         cursor_resets = cursor_resets + excluded.cursor_resets",
    )?;
    for (reason, n) in &entry.why {
        db.prepare_cached("INSERT INTO reason VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET n = n + excluded.n")?
            .execute(params![entry.source.as_str(), entry.hour.millis(), reason.as_str(), n])?;
    }
    Ok(())
}

/// Says that an hour was asked about and answered, whether there were posts in it or not.
pub(crate) fn cover(db: &Connection, source: &SourceId, hour: Timestamp) -> Result<(), rusqlite::Error> {
    let entry = LedgerEntry { asked: 1, answered: 1, ..LedgerEntry::empty(source.clone(), hour) };
    upsert(db, &entry, "asked = max(asked, 1), answered = max(answered, 1)")
}

/// Counts posts kept, and posts that had come before. An hour that gave posts was asked and answered at least once.
pub(crate) fn keep(
    db: &Connection,
    source: &SourceId,
    hour: Timestamp,
    (kept, again): (u32, u32),
) -> Result<(), rusqlite::Error> {
    let entry = LedgerEntry { asked: 1, answered: 1, kept, again, ..LedgerEntry::empty(source.clone(), hour) };
    upsert(
        db,
        &entry,
        "asked = max(asked, 1), answered = max(answered, 1), kept = kept + excluded.kept, again = again + excluded.again",
    )
}

/// Takes over what a file says was missed; the same file said twice says nothing new.
pub(crate) fn cover_gap(db: &Connection, entry: &LedgerEntry) -> Result<(), rusqlite::Error> {
    upsert(
        db,
        entry,
        "asked = max(asked, excluded.asked), closed = max(closed, excluded.closed), failed = max(failed, excluded.failed),
         minutes_missed = max(minutes_missed, excluded.minutes_missed)",
    )
}

fn upsert(db: &Connection, entry: &LedgerEntry, conflict: &str) -> Result<(), rusqlite::Error> {
    let sql = format!(
        "INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (source, hour) DO UPDATE SET {conflict}"
    );
    db.prepare_cached(&sql)?
        .execute(params![
            entry.source.as_str(),
            entry.hour.millis(),
            entry.asked,
            entry.answered,
            entry.kept,
            entry.set_aside,
            entry.closed,
            entry.failed,
            entry.minutes_missed,
            entry.again,
            entry.rate_limited_seconds,
            entry.cursor_resets,
        ])
        .map(drop)
}

/// Keeps a row that could not be read; `false` if just this row was set aside before.
pub(crate) fn reject(db: &Connection, row: &Rejected) -> Result<bool, rusqlite::Error> {
    let print = record::fingerprint(format!("{}\0{}", row.source, row.row).as_bytes());
    let inserted = db
        .prepare_cached("INSERT OR IGNORE INTO rejected (source, received, print, row) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![row.source.as_str(), row.received.millis(), print, row.row])?;
    if inserted == 1 {
        let why = BTreeMap::from([(row.reason, 1)]);
        add(db, &LedgerEntry { set_aside: 1, why, ..LedgerEntry::empty(row.source.clone(), row.hour) })?;
    }
    Ok(inserted == 1)
}

/// Everything in the ledger.
pub(crate) fn all(db: &Connection) -> Result<Vec<LedgerEntry>, rusqlite::Error> {
    let mut rows = db.prepare("SELECT * FROM ledger ORDER BY source, hour")?;
    let entries = rows.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    let mut reasons = reasons(db)?;
    let with_reasons = |entry: LedgerEntry| {
        let why = reasons.remove(&(entry.source.as_str().to_owned(), entry.hour.millis())).unwrap_or_default();
        LedgerEntry { why, ..entry }
    };
    Ok(entries.into_iter().flatten().map(with_reasons).collect())
}

/// Why rows were set aside, by source and hour.
type Reasons = HashMap<(String, i64), BTreeMap<SetAside, u32>>;

fn reasons(db: &Connection) -> Result<Reasons, rusqlite::Error> {
    let mut reasons = Reasons::new();
    let mut rows = db.prepare("SELECT source, hour, reason, n FROM reason")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let word: String = row.get(2)?;
        if let Some(reason) = SetAside::ALL.into_iter().find(|reason| reason.as_str() == word) {
            reasons.entry((row.get(0)?, row.get(1)?)).or_default().insert(reason, row.get(3)?);
        }
    }
    Ok(reasons)
}

/// Rows of one source set aside in a span of time.
pub(crate) fn rejected(
    db: &Connection,
    source: &SourceId,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<String>, rusqlite::Error> {
    let mut rows =
        db.prepare("SELECT row FROM rejected WHERE source = ?1 AND received >= ?2 AND received < ?3 ORDER BY number")?;
    rows.query_map(params![source.as_str(), from.millis(), until.millis()], |row| row.get(0))?.collect()
}

fn read(row: &Row<'_>) -> Result<Option<LedgerEntry>, rusqlite::Error> {
    let name: String = row.get(0)?;
    let Some(source) = SourceId::new(&name) else { return Ok(None) };
    Ok(Some(LedgerEntry {
        source,
        hour: Timestamp::from_millis(row.get(1)?),
        asked: row.get(2)?,
        answered: row.get(3)?,
        kept: row.get(4)?,
        set_aside: row.get(5)?,
        closed: row.get(6)?,
        failed: row.get(7)?,
        minutes_missed: row.get(8)?,
        again: row.get(9)?,
        rate_limited_seconds: row.get(10)?,
        cursor_resets: row.get(11)?,
        why: BTreeMap::new(),
    }))
}
