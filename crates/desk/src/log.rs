//! The rumour log's numbers: how much of a claim was heard on a day, and what the rules make of it.
//!
//! Numbers are no decisions: a day that is summed up again corrects itself, and that is not written down as a change.
//! The log does not ask whether the library knows a claim, so that a day can be summed up whatever became of it.

use crate::Desk;
use crate::cells::{Cells, Rows, encode};
use crate::error::{Error, Fault};
use polso_domain::{ClaimId, Day};
use rusqlite::{Connection, Params, params};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a claim was heard on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct LogDay {
    /// The claim or narrative.
    pub claim: ClaimId,
    /// Posts that speak of it.
    pub posts: u64,
    /// Different texts among them.
    pub unique_texts: u64,
    /// Different authors.
    pub people: u32,
    /// As how many authors of equal weight they count: less than `people` where few say most.
    pub effective_authors: f64,
    /// Posts that say it is so.
    pub repeats: u64,
    /// Posts that say it is not so.
    pub rebuts: u64,
    /// Posts that take no side.
    pub mentions: u64,
    /// Posts by source.
    pub by_source: Vec<(String, u64)>,
    /// Posts by language.
    pub by_lang: Vec<(String, u64)>,
}

/// What the published rules make of a claim on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The risk's word in the rules.
    pub risk: String,
    /// The suggested level's word in the rules.
    pub level: String,
    /// The rules that led there, in their own words.
    pub because: Vec<String>,
    /// How it moves: the trend's word in the rules.
    pub trend: String,
    /// Posts today for each post on a day of its past, and the ends of that ratio's interval; `None` where there is no past.
    /// Ratio and upper end are infinite where nothing was posted before.
    pub velocity: Option<(f64, f64, f64)>,
}

const DAYS: &str = "SELECT day, claim, posts, unique_texts, people, effective_authors, repeats, rebuts, mentions,
        by_source, by_lang FROM desk_day";
const ASSESSMENTS: &str = "SELECT day, claim, risk, level, because, trend, velocity, low, high
        FROM desk_assessment";

impl Desk {
    /// Says what was heard on a day, in place of whatever was said of that day before. Assessments of claims that were
    /// not heard after all go with it; the others stay until the day is assessed again.
    pub fn put_day(&mut self, day: Day, rows: &[LogDay]) -> Result<(), Error> {
        check(rows)?;
        self.write(|db| {
            db.execute("DELETE FROM desk_day WHERE day = ?1", [day.epoch_days()])?;
            for row in rows {
                insert(db, day, row)?;
            }
            db.execute(
                "DELETE FROM desk_assessment WHERE day = ?1 AND claim NOT IN (SELECT claim FROM desk_day WHERE day = ?1)",
                [day.epoch_days()],
            )?;
            Ok(())
        })
    }

    /// Says what the rules make of one claim on a day, in place of what they made of it before.
    pub fn put_assessment(&mut self, day: Day, claim: &ClaimId, assessment: &Assessment) -> Result<(), Error> {
        self.put_assessments(day, &[(claim.clone(), assessment.clone())])
    }

    /// The same for many claims of a day, in one transaction. Claims that are not given keep their assessment.
    pub fn put_assessments(&mut self, day: Day, given: &[(ClaimId, Assessment)]) -> Result<(), Error> {
        self.write(|db| {
            for (claim, assessment) in given {
                assess(db, (day, claim), assessment)?;
            }
            Ok(())
        })
    }

    /// The days of one claim from `from` to `upto`, both included, in order. Days on which it was not heard are absent.
    pub fn days(&self, claim: &ClaimId, from: Day, upto: Day) -> Result<Vec<(Day, LogDay, Option<Assessment>)>, Error> {
        let which = "WHERE day BETWEEN ?1 AND ?2 AND claim = ?3";
        self.read(|db| days(db, which, params![from.epoch_days(), upto.epoch_days(), claim.as_str()]))
    }

    /// The days of every claim, by day and then claim: one pass over the window, however many claims there are.
    pub fn all_days(&self, from: Day, upto: Day) -> Result<Vec<(Day, LogDay, Option<Assessment>)>, Error> {
        self.read(|db| days(db, "WHERE day BETWEEN ?1 AND ?2", params![from.epoch_days(), upto.epoch_days()]))
    }
}

/// Both tables are asked alike and put together here, so that a damaged row is called by its own table.
fn days(
    db: &Connection,
    which: &str,
    params: impl Params + Copy,
) -> Result<Vec<(Day, LogDay, Option<Assessment>)>, Fault> {
    let mut assessments = BTreeMap::new();
    let sql = format!("{ASSESSMENTS} {which}");
    Rows { table: "desk_assessment", key: 2, sql: &sql }.each(db, params, |row| {
        assessments.insert((row.day(0)?, row.claim(1)?), assessment(row)?);
        Ok(())
    })?;
    let sql = format!("{DAYS} {which} ORDER BY day, claim");
    Rows { table: "desk_day", key: 2, sql: &sql }.all(db, params, |row| {
        let (day, counts) = (row.day(0)?, counts(row)?);
        let assessment = assessments.remove(&(day, counts.claim.clone()));
        Ok((day, counts, assessment))
    })
}

fn counts(row: &Cells<'_, '_>) -> Result<LogDay, Fault> {
    Ok(LogDay {
        claim: row.claim(1)?,
        posts: row.count(2)?,
        unique_texts: row.count(3)?,
        people: row.get(4)?,
        effective_authors: row.get(5)?,
        repeats: row.count(6)?,
        rebuts: row.count(7)?,
        mentions: row.count(8)?,
        by_source: row.list(9)?,
        by_lang: row.list(10)?,
    })
}

fn assessment(row: &Cells<'_, '_>) -> Result<Assessment, Fault> {
    let (ratio, low, high): (Option<f64>, Option<f64>, Option<f64>) = (row.get(6)?, row.get(7)?, row.get(8)?);
    let velocity = low.map(|low| (ratio.unwrap_or(f64::INFINITY), low, high.unwrap_or(f64::INFINITY)));
    Ok(Assessment { risk: row.get(2)?, level: row.get(3)?, because: row.list(4)?, trend: row.get(5)?, velocity })
}

fn insert(db: &Connection, day: Day, row: &LogDay) -> Result<(), Fault> {
    let sql = "INSERT INTO desk_day VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    db.prepare_cached(sql)?.execute(params![
        day.epoch_days(),
        row.claim.as_str(),
        row.posts.cast_signed(),
        row.unique_texts.cast_signed(),
        row.people,
        row.effective_authors,
        row.repeats.cast_signed(),
        row.rebuts.cast_signed(),
        row.mentions.cast_signed(),
        encode("desk_day", &row.by_source)?,
        encode("desk_day", &row.by_lang)?
    ])?;
    Ok(())
}

fn assess(db: &Connection, (day, claim): (Day, &ClaimId), assessment: &Assessment) -> Result<(), Fault> {
    let Assessment { risk, level, because, trend, velocity } = assessment;
    if velocity.is_some_and(|(ratio, low, high)| ratio.is_nan() || high.is_nan() || !low.is_finite()) {
        return Err(Error::NotANumber { id: claim.to_string(), field: "velocity" }.into());
    }
    let counted = "SELECT 1 FROM desk_day WHERE day = ?1 AND claim = ?2";
    if !db.prepare_cached(counted)?.exists(params![day.epoch_days(), claim.as_str()])? {
        return Err(Error::NotThatDay { claim: claim.clone(), day }.into());
    }
    let sql = "INSERT OR REPLACE INTO desk_assessment VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let because = encode("desk_assessment", because)?;
    let finite = |value: f64| Some(value).filter(|value| value.is_finite());
    let (ratio, low, high) =
        velocity.map_or((None, None, None), |(ratio, low, high)| (finite(ratio), Some(low), finite(high)));
    let key = (day.epoch_days(), claim.as_str());
    db.prepare_cached(sql)?.execute(params![key.0, key.1, risk, level, because, trend, ratio, low, high])?;
    Ok(())
}

fn check(rows: &[LogDay]) -> Result<(), Error> {
    let mut claims = BTreeSet::new();
    for row in rows {
        if !claims.insert(&row.claim) {
            return Err(Error::Twice(row.claim.to_string()));
        }
        if !(row.effective_authors.is_finite() && row.effective_authors >= 0.0) {
            return Err(Error::NotANumber { id: row.claim.to_string(), field: "effective_authors" });
        }
    }
    Ok(())
}
