//! The rumour log's rows: what was ever alive, since when, and what was decided about it.
//!
//! When something was first and last heard follows from the days in the log, so a day that is summed up again corrects
//! it. Decisions have rows of their own, which nothing deletes: one about a claim whose posts all turned out to be
//! something else waits until it is heard again.

use crate::cells::{Cells, Rows};
use crate::changes::{Subject, Trace};
use crate::error::{Error, Fault};
use crate::{By, Desk, Edit, rows};
use polso_domain::{ClaimId, Day, Timestamp};
use rusqlite::{Connection, params};

/// How far a rumour has come on the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Status {
    /// Nobody has decided.
    #[default]
    Open,
    /// It was answered.
    Answered,
    /// Nothing more is done about it.
    Closed,
}

impl Status {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::Closed];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The one that is stored as `word`.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// A claim or narrative that was heard on at least one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rumour {
    /// Its id in the library.
    pub claim: ClaimId,
    /// The first day with posts.
    pub first_seen: Day,
    /// The latest day with posts, as far as was asked.
    pub last_seen: Day,
    /// How far it has come.
    pub status: Status,
    /// Who decided last.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What is done about it.
    pub action: Option<String>,
    /// What came of that.
    pub result: Option<String>,
    /// The risk that a person sees, whatever the rules say.
    pub risk_set: Option<String>,
    /// The level that a person chose, whatever the rules suggest.
    pub level_set: Option<String>,
}

/// What a person decides about a rumour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RumourEdit {
    /// How far it has come.
    pub status: Option<Status>,
    /// What is done about it.
    pub action: Edit<String>,
    /// What came of that.
    pub result: Edit<String>,
    /// The risk; taken away, the rules' word counts again.
    pub risk: Edit<String>,
    /// The level; taken away, the rules' word counts again.
    pub level: Edit<String>,
}

/// Status, action, result, risk, level: what is decided, in the order of the columns.
type Decided = [Option<String>; 5];
const FIELDS: [&str; 5] = ["status", "action", "result", "risk", "level"];

/// The index on claims holds all that the first part needs.
const RUMOURS: &str =
    "SELECT d.claim, d.first, d.last, r.status, r.action, r.result, r.risk, r.level, decided_by, decided_at
    FROM (SELECT claim, min(day) AS first, max(day) AS last FROM desk_day
          WHERE posts > 0 AND day <= ?1 GROUP BY claim) d
    LEFT JOIN desk_rumour r ON r.claim = d.claim ORDER BY d.claim";

impl Desk {
    /// Everything that was heard up to a day, in the order of ids. Days after `upto` are left out of account; decisions
    /// are told as they stand now, and [`Desk::changes`] says how they stood.
    pub fn rumours(&self, upto: Day) -> Result<Vec<Rumour>, Error> {
        let rows = Rows { table: "desk_rumour", key: 1, sql: RUMOURS };
        self.read(|db| rows.all(db, [upto.epoch_days()], rumour))
    }

    /// A person's decision; says whether anything became different. Refused for what was never heard.
    pub fn set_rumour(&mut self, id: &ClaimId, edit: &RumourEdit, by: By<'_>) -> Result<bool, Error> {
        self.write(|db| {
            refuse_unheard(db, id)?;
            let before = decided(db, id)?;
            let mut after = before.clone();
            let RumourEdit { status, action, result, risk, level } = edit;
            after[0] = status.map(|status| status.as_str().to_owned()).or(after[0].take());
            for (value, edit) in after[1..].iter_mut().zip([action, result, risk, level]) {
                edit.apply(value);
            }
            if before == after {
                return Ok(false);
            }
            let trace = Trace { what: Subject::Rumour, id: id.as_str(), by };
            for (field, (before, after)) in FIELDS.iter().zip(before.iter().zip(&after)) {
                if before != after {
                    trace.record(db, field, (before.as_deref(), after.as_deref()))?;
                }
            }
            let [status, action, result, risk, level] = after;
            db.prepare_cached("INSERT OR REPLACE INTO desk_rumour VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
                .execute(params![id.as_str(), status, action, result, risk, level, by.who, by.when.millis()])?;
            Ok(true)
        })
    }
}

fn rumour(row: &Cells<'_, '_>) -> Result<Rumour, Fault> {
    Ok(Rumour {
        claim: row.claim(0)?,
        first_seen: row.day(1)?,
        last_seen: row.day(2)?,
        status: row.maybe(3, Status::named)?.unwrap_or_default(),
        action: row.get(4)?,
        result: row.get(5)?,
        risk_set: row.get(6)?,
        level_set: row.get(7)?,
        decided_by: row.get(8)?,
        decided_at: row.get::<Option<i64>>(9)?.map(Timestamp::from_millis),
    })
}

fn refuse_unheard(db: &Connection, id: &ClaimId) -> Result<(), Fault> {
    let heard = "SELECT 1 FROM desk_day WHERE claim = ?1 AND posts > 0 LIMIT 1";
    if db.prepare_cached(heard)?.exists([id.as_str()])? {
        return Ok(());
    }
    let error = if rows::is_known(db, id)? { Error::NeverHeard } else { Error::UnknownClaim };
    Err(error(id.clone()).into())
}

/// What stands; open where nothing was decided.
fn decided(db: &Connection, id: &ClaimId) -> Result<Decided, Fault> {
    let sql = "SELECT claim, status, action, result, risk, level FROM desk_rumour WHERE claim = ?1";
    let found = Rows { table: "desk_rumour", key: 1, sql }
        .one(db, [id.as_str()], |row| Ok([row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]))?;
    Ok(found.unwrap_or_else(|| [Some(Status::default().as_str().to_owned()), None, None, None, None]))
}
