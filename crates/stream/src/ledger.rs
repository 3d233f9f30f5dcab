//! The ledger's rows, and the rows set aside.

use crate::{Rejected, record};
use polso_domain::{LedgerEntry, SourceId, Timestamp};
use rusqlite::{Connection, Row, params};

/// Adds counts to a source's hour.
pub(crate) fn add(db: &Connection, entry: &LedgerEntry) -> Result<(), rusqlite::Error> {
    upsert(
        db,
        entry,
        "asked = asked + excluded.asked, answered = answered + excluded.answered, kept = kept + excluded.kept,
         set_aside = set_aside + excluded.set_aside, closed = closed + excluded.closed, failed = failed + excluded.failed,
         minutes_missed = min(60, minutes_missed + excluded.minutes_missed)",
    )
}

/// Counts posts kept. An hour that gave posts was asked and answered at least once.
pub(crate) fn keep(db: &Connection, source: &SourceId, hour: Timestamp, kept: u32) -> Result<(), rusqlite::Error> {
    let entry = LedgerEntry { asked: 1, answered: 1, kept, ..LedgerEntry::empty(source.clone(), hour) };
    upsert(db, &entry, "asked = max(asked, 1), answered = max(answered, 1), kept = kept + excluded.kept")
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
        "INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (source, hour) DO UPDATE SET {conflict}"
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
        add(db, &LedgerEntry { set_aside: 1, ..LedgerEntry::empty(row.source.clone(), row.hour) })?;
    }
    Ok(inserted == 1)
}

/// Everything in the ledger.
pub(crate) fn all(db: &Connection) -> Result<Vec<LedgerEntry>, rusqlite::Error> {
    let mut rows = db.prepare("SELECT * FROM ledger ORDER BY source, hour")?;
    let entries = rows.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(entries.into_iter().flatten().collect())
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
    }))
}
