//! What was changed, by whom and when: the memory of the desk.
//!
//! A change is one field: what it was, what it became. The fields of something new are not written out one by one, only
//! that it was added; going back from what is there now through its changes gives every earlier state.

use crate::cells::{Cells, Rows};
use crate::error::{Error, Fault};
use crate::{By, Desk};
use polso_domain::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// What kind of thing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A claim of the library; its id.
    Claim,
    /// A row of the rumour log; the claim's id.
    Rumour,
    /// A review; a number that says neither post nor author.
    Review,
}

impl Subject {
    const ALL: [Self; 3] = [Self::Claim, Self::Rumour, Self::Review];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Rumour => "rumour",
            Self::Review => "review",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.as_str() == word)
    }
}

/// One field that became something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Rises with every change.
    pub number: u64,
    /// What kind of thing.
    pub what: Subject,
    /// Which of them.
    pub id: String,
    /// Which field: `verdict`, `answer.it`, `wording.it.0` (its place), `status`; `added` for what is new.
    pub field: String,
    /// What it was.
    pub before: Option<String>,
    /// What it became.
    pub after: Option<String>,
    /// Who changed it.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// Which changes are asked for; the default is all of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChangeFilter<'a> {
    /// Of one kind of thing.
    pub what: Option<Subject>,
    /// Of the things with this id.
    pub id: Option<&'a str>,
    /// Made at this instant or later.
    pub from: Option<Timestamp>,
    /// Made before this instant.
    pub until: Option<Timestamp>,
}

impl Desk {
    /// Changes, oldest first.
    pub fn changes(&self, filter: &ChangeFilter<'_>) -> Result<Vec<Change>, Error> {
        let from = filter.from.map_or(i64::MIN, Timestamp::millis);
        let until = filter.until.map_or(i64::MAX, Timestamp::millis);
        let mut values: Vec<Value> = vec![from.into(), until.into()];
        let mut sql = "SELECT number, what, id, field, before, after, who, at FROM desk_change
             WHERE at >= ? AND at < ?"
            .to_owned();
        if let Some(what) = filter.what {
            sql.push_str(" AND what = ?");
            values.push(what.as_str().to_owned().into());
        }
        if let Some(id) = filter.id {
            sql.push_str(" AND id = ?");
            values.push(id.to_owned().into());
        }
        sql.push_str(" ORDER BY number");
        let rows = Rows { table: "desk_change", key: 1, sql: &sql };
        self.read(|db| rows.all(db, params_from_iter(values), change))
    }
}

fn change(cells: &Cells<'_, '_>) -> Result<Change, Fault> {
    Ok(Change {
        number: cells.count(0)?,
        what: cells.read(1, |word: String| Subject::named(&word))?,
        id: cells.get(2)?,
        field: cells.get(3)?,
        before: cells.get(4)?,
        after: cells.get(5)?,
        who: cells.get(6)?,
        at: cells.instant(7)?,
    })
}

/// What a field was and what it became.
pub(crate) type Turn<'a> = (Option<&'a str>, Option<&'a str>);

/// The thing whose changes are written down, and who makes them.
pub(crate) struct Trace<'a> {
    pub(crate) what: Subject,
    pub(crate) id: &'a str,
    pub(crate) by: By<'a>,
}

impl Trace<'_> {
    /// Writes one change down, in the transaction that makes it.
    pub(crate) fn record(&self, db: &Connection, field: &str, (before, after): Turn<'_>) -> Result<(), Fault> {
        let sql =
            "INSERT INTO desk_change (what, id, field, before, after, who, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let by = self.by;
        db.prepare_cached(sql)?.execute(params![
            self.what.as_str(),
            self.id,
            field,
            before,
            after,
            by.who,
            by.when.millis()
        ])?;
        Ok(())
    }
}
