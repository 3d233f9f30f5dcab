//! Doors: the places that collectors ask. How far each was heard, what it answered last, and which of its posts it must
//! be asked for again.
//!
//! `heard_to` is the one number that silence is measured by: before it, everything was read or the ledger counts the
//! minutes that were lost; after it, nothing is known yet. It moves in the transaction that stores what was heard.

use crate::{Appended, Batch, Error, Stream, ledger};
use polso_domain::{Event, LedgerEntry, PostId, Reference, SourceId, SourceState, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A span of time, its end not included.
pub type Span = (Timestamp, Timestamp);

/// What a door answered, to be stored with what it gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtDoor {
    /// The door.
    pub name: SourceId,
    /// When the answer came.
    pub at: Timestamp,
    /// How it answered: `Heard`, `Closed`, `Failed` or `NotAsked`.
    pub state: SourceState,
    /// Why, if it did not answer; names no person.
    pub said: Option<String>,
    /// Everything in this span was read now or before.
    pub covered: Option<Span>,
    /// Spans that nobody can read any more.
    pub lost: Vec<Span>,
}

/// What is known of a door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// Its name.
    pub name: SourceId,
    /// Where its listening begins.
    pub since: Timestamp,
    /// Up to here everything was read, or the ledger says that it is lost.
    pub heard_to: Timestamp,
    /// How the last question ended; `NotAsked` before the first.
    pub state: SourceState,
    /// Why, if it was not answered.
    pub said: Option<String>,
    /// When the last question was put.
    pub asked: Option<Timestamp>,
}

impl Door {
    /// The hours from where hearing ended up to `now`, as the ledger would say it today. A later answer may still fill
    /// them, so they are never stored.
    pub fn unheard(&self, now: Timestamp) -> Vec<LedgerEntry> {
        let (asked, closed, failed) = match self.state {
            SourceState::Closed => (1, 1, 0),
            SourceState::Failed => (1, 0, 1),
            _ => (0, 0, 0),
        };
        hours((self.heard_to, now))
            .map(|(hour, minutes_missed)| {
                let empty = LedgerEntry::empty(self.name.clone(), hour);
                LedgerEntry { asked, closed, failed, minutes_missed, ..empty }
            })
            .collect()
    }
}

impl Stream {
    /// The door of that name. At the first call its listening begins at `since`: nothing before it is ever missed.
    pub fn door(&mut self, name: &SourceId, since: Timestamp) -> Result<Door, Error> {
        let path = self.path.clone();
        let at = |source| Error::Sqlite { path: path.clone(), source };
        let change = self.write().map_err(at)?;
        change
            .execute(
                "INSERT OR IGNORE INTO door VALUES (?1, ?2, ?2, ?3, NULL, NULL)",
                params![name.as_str(), since.millis(), SourceState::NotAsked.as_str()],
            )
            .map_err(at)?;
        let door = change
            .query_row("SELECT * FROM door WHERE name = ?1", [name.as_str()], |row| read(row, name.clone()))
            .map_err(at)?;
        change.commit().map_err(at)?;
        Ok(door)
    }

    /// The door of that name, if it was ever opened.
    pub fn known_door(&self, name: &SourceId) -> Result<Option<Door>, Error> {
        self.db
            .query_row("SELECT * FROM door WHERE name = ?1", [name.as_str()], |row| read(row, name.clone()))
            .optional()
            .map_err(|source| self.error(source))
    }

    /// Ids under which a door should be asked again: those it spoke of longest ago, before `before`.
    pub fn due_for_recheck(&self, door: &SourceId, before: Timestamp, max: usize) -> Result<Vec<String>, Error> {
        let max = i64::try_from(max).unwrap_or(i64::MAX);
        let mut rows = self
            .db
            .prepare_cached("SELECT ask FROM kept WHERE door = ?1 AND checked < ?2 ORDER BY checked, ask LIMIT ?3")
            .map_err(|source| self.error(source))?;
        let found = rows.query_map(params![door.as_str(), before.millis(), max], |row| row.get(0));
        found.and_then(Iterator::collect).map_err(|source| self.error(source))
    }

    /// Takes in what a door said when it was asked again: posts that are gone are taken back, the others are fine until
    /// next time. One transaction.
    pub fn rechecked(
        &mut self,
        door: &SourceId,
        (gone, there): (&[String], &[String]),
        now: Timestamp,
    ) -> Result<Appended, Error> {
        let mut events = Vec::new();
        for ask in gone {
            let found: Option<(String, String)> = self
                .db
                .prepare_cached("SELECT source, post FROM kept WHERE door = ?1 AND ask = ?2")
                .and_then(|mut row| {
                    row.query_row(params![door.as_str(), ask], |row| Ok((row.get(0)?, row.get(1)?))).optional()
                })
                .map_err(|source| self.error(source))?;
            if let Some((source, id)) = found
                && let Some(source) = SourceId::new(&source)
            {
                events.push(Event::Delete(Reference { source, id: PostId::new(id) }));
            }
        }
        let appended = self.append(&Batch { events, ..Batch::default() })?;
        // A crash in between only asks once more for what is already taken back.
        let path = self.path.clone();
        let at = |source| Error::Sqlite { path: path.clone(), source };
        let change = self.write().map_err(at)?;
        for ask in gone {
            change.execute("DELETE FROM kept WHERE door = ?1 AND ask = ?2", params![door.as_str(), ask]).map_err(at)?;
        }
        for ask in there {
            change
                .execute(
                    "UPDATE kept SET checked = ?3 WHERE door = ?1 AND ask = ?2",
                    params![door.as_str(), ask, now.millis()],
                )
                .map_err(at)?;
        }
        change.commit().map_err(at)?;
        Ok(appended)
    }
}

/// Stores an answer: the door's state, how far it was heard, and in the ledger what was covered and what is lost.
pub(crate) fn answered(db: &Connection, answer: &AtDoor) -> Result<(), rusqlite::Error> {
    let name = answer.name.as_str();
    let (since, mut heard_to): (i64, i64) = db
        .prepare_cached("SELECT since, heard_to FROM door WHERE name = ?1")?
        .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (from, to) in &answer.lost {
        let from = from.millis().max(since);
        lose(db, &answer.name, (from, to.millis()))?;
        // Only what touches the heard part moves it: before a hole, nothing is known yet.
        if from <= heard_to {
            heard_to = heard_to.max(to.millis());
        }
    }
    if let Some((from, to)) = answer.covered {
        // A hole that the collector did not speak of was not read either.
        lose(db, &answer.name, (heard_to, from.millis().min(to.millis())))?;
        for (hour, _) in hours((Timestamp::from_millis(heard_to.max(from.millis())), to)) {
            ledger::cover(db, &answer.name, hour)?;
        }
        heard_to = heard_to.max(to.millis());
    }
    db.prepare_cached("UPDATE door SET heard_to = ?2, state = ?3, said = ?4, asked = ?5 WHERE name = ?1")?
        .execute(params![name, heard_to, answer.state.as_str(), answer.said, answer.at.millis()])
        .map(drop)
}

fn lose(db: &Connection, door: &SourceId, (from, to): (i64, i64)) -> Result<(), rusqlite::Error> {
    for (hour, minutes_missed) in hours((Timestamp::from_millis(from), Timestamp::from_millis(to))) {
        let empty = LedgerEntry::empty(door.clone(), hour);
        ledger::add(db, &LedgerEntry { asked: 1, failed: 1, minutes_missed, ..empty })?;
    }
    Ok(())
}

/// The hours a span touches, with how many minutes of each; a begun minute counts.
fn hours((from, to): Span) -> impl Iterator<Item = (Timestamp, u32)> {
    let (from, to) = (from.millis(), to.millis());
    let touched = if from < to { from.div_euclid(HOUR_MS)..(to - 1).div_euclid(HOUR_MS) + 1 } else { 0..0 };
    touched.map(move |hour| {
        let start = hour * HOUR_MS;
        let inside = to.min(start + HOUR_MS) - from.max(start);
        (Timestamp::from_millis(start), u32::try_from((inside + MINUTE_MS - 1) / MINUTE_MS).unwrap_or(60))
    })
}

fn read(row: &Row<'_>, name: SourceId) -> Result<Door, rusqlite::Error> {
    let state: String = row.get("state")?;
    let state =
        [SourceState::Heard, SourceState::Closed, SourceState::Failed].into_iter().find(|is| is.as_str() == state);
    Ok(Door {
        name,
        since: Timestamp::from_millis(row.get("since")?),
        heard_to: Timestamp::from_millis(row.get("heard_to")?),
        state: state.unwrap_or(SourceState::NotAsked),
        said: row.get("said")?,
        asked: row.get::<_, Option<i64>>("asked")?.map(Timestamp::from_millis),
    })
}

#[cfg(test)]
mod tests;
