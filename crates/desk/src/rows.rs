//! Claims as rows: `desk_claim` and, by language, `desk_wording` and `desk_answer`.

use crate::cells::{Cells, Rows};
use crate::error::{Error, Fault};
use crate::field::{self, Difference, Field};
use polso_domain::{Claim, ClaimId, ClaimKind, Topic, Verdict, Wording};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

const CLAIM: &str = "SELECT id, kind, verdict, topic, link, publisher, since, withdrawn FROM desk_claim";
const WORDING: &str = "SELECT claim, lang, place, text FROM desk_wording";
const ANSWER: &str = "SELECT claim, lang, text FROM desk_answer";

/// Every claim, in the order of ids.
pub(crate) fn all(db: &Connection) -> Result<Vec<Claim>, Fault> {
    load(db, "", None)
}

/// One claim.
pub(crate) fn one(db: &Connection, id: &ClaimId) -> Result<Option<Claim>, Fault> {
    Ok(load(db, "= ?1", Some(id))?.pop())
}

/// The claims whose id fits `which`, a comparison with `id`.
fn load(db: &Connection, which: &str, id: Option<&ClaimId>) -> Result<Vec<Claim>, Fault> {
    let ask = |select: &str, key: &str, order: &str| {
        let filter = if which.is_empty() { String::new() } else { format!("WHERE {key} {which}") };
        format!("{select} {filter} ORDER BY {order}")
    };
    let id = || rusqlite::params_from_iter(id.map(ClaimId::as_str));
    let mut claims = Rows { table: "desk_claim", key: 1, sql: &ask(CLAIM, "id", "id") }.all(db, id(), claim)?;
    // Both tables come in the order of ids, so one pass over the claims finds every row its own.
    let mut nth = 0;
    Rows { table: "desk_wording", key: 3, sql: &ask(WORDING, "claim", "claim, lang, place") }.each(
        db,
        id(),
        |row| {
            let wordings = &mut owner(&mut claims, &mut nth, row)?.wordings;
            add_text(wordings, row)
        },
    )?;
    let mut nth = 0;
    Rows { table: "desk_answer", key: 2, sql: &ask(ANSWER, "claim", "claim, lang") }.each(db, id(), |row| {
        let (lang, text): (String, String) = (row.get(1)?, row.get(2)?);
        let wordings = &mut owner(&mut claims, &mut nth, row)?.wordings;
        let wording = wordings.iter_mut().find(|wording| wording.lang == lang).ok_or_else(|| row.damaged())?;
        wording.answer = Some(text);
        Ok(())
    })?;
    Ok(claims)
}

fn claim(row: &Cells<'_, '_>) -> Result<Claim, Fault> {
    Ok(Claim {
        id: row.claim(0)?,
        kind: row.read(1, |word: String| ClaimKind::named(&word))?,
        verdict: row.read(2, |word: String| Some(Verdict::named(&word)))?,
        topic: row.maybe(3, Topic::named)?,
        link: row.get(4)?,
        publisher: row.get(5)?,
        since: row.maybe(6, |day| day.parse().ok())?,
        withdrawn: row.get(7)?,
        wordings: Vec::new(),
    })
}

/// The claim that a row belongs to, at `nth` or after it.
fn owner<'c>(claims: &'c mut [Claim], nth: &mut usize, row: &Cells<'_, '_>) -> Result<&'c mut Claim, Fault> {
    let id: String = row.get(0)?;
    while claims.get(*nth).is_some_and(|claim| claim.id.as_str() < id.as_str()) {
        *nth += 1;
    }
    claims.get_mut(*nth).filter(|claim| claim.id.as_str() == id).ok_or_else(|| row.damaged())
}

/// Places come rising from 0 without a gap.
fn add_text(wordings: &mut Vec<Wording>, row: &Cells<'_, '_>) -> Result<(), Fault> {
    let (lang, place, text): (String, usize, String) = (row.get(1)?, row.read(2, place)?, row.get(3)?);
    let same = wordings.last_mut().filter(|last| last.lang == lang);
    match (same, place) {
        (Some(last), place) if place == last.phrasings.len() + 1 => last.phrasings.push(text),
        (None, 0) => wordings.push(Wording { lang, text, answer: None, phrasings: Vec::new() }),
        _ => return Err(row.damaged()),
    }
    Ok(())
}

fn place(number: i64) -> Option<usize> {
    usize::try_from(number).ok()
}

/// Stores a claim that was not there.
pub(crate) fn insert(db: &Connection, claim: &Claim, revision: i64) -> Result<(), Fault> {
    let (id, fields) = (claim.id.as_str(), field::of(claim));
    let said = |field| fields.get(&field).map(String::as_str);
    db.prepare_cached("INSERT INTO desk_claim VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 = 'yes', ?9)")?.execute(
        params![
            id,
            said(Field::Kind),
            said(Field::Verdict),
            said(Field::Topic),
            said(Field::Link),
            said(Field::Publisher),
            said(Field::Since),
            said(Field::Withdrawn),
            revision
        ],
    )?;
    for (field, value) in &fields {
        if matches!(field, Field::Wording { .. } | Field::Answer { .. }) {
            set(db, id, (field, Some(value)))?;
        }
    }
    Ok(())
}

/// Makes a claim that is there differ. A wording that changes takes the sketches with it that were made of its text.
pub(crate) fn update(db: &Connection, id: &str, differences: &[Difference]) -> Result<(), Fault> {
    for (field, _, after) in differences {
        set(db, id, (field, after.as_deref()))?;
        if let Field::Wording { lang, place } = field {
            let sql = "DELETE FROM desk_sketch WHERE claim = ?1 AND lang = ?2 AND place = ?3 AND print <> 0";
            db.prepare_cached(sql)?.execute(params![id, lang, place])?;
        }
    }
    Ok(())
}

fn set(db: &Connection, id: &str, (field, value): (&Field, Option<&str>)) -> Result<(), Fault> {
    let sql = match (field, value) {
        (Field::Kind, _) => "UPDATE desk_claim SET kind = ?2 WHERE id = ?1",
        (Field::Verdict, _) => "UPDATE desk_claim SET verdict = ?2 WHERE id = ?1",
        (Field::Topic, _) => "UPDATE desk_claim SET topic = ?2 WHERE id = ?1",
        (Field::Link, _) => "UPDATE desk_claim SET link = ?2 WHERE id = ?1",
        (Field::Publisher, _) => "UPDATE desk_claim SET publisher = ?2 WHERE id = ?1",
        (Field::Since, _) => "UPDATE desk_claim SET since = ?2 WHERE id = ?1",
        (Field::Withdrawn, _) => "UPDATE desk_claim SET withdrawn = (?2 = 'yes') WHERE id = ?1",
        (Field::Wording { lang, place }, Some(text)) => {
            let sql = "INSERT OR REPLACE INTO desk_wording VALUES (?1, ?2, ?3, ?4)";
            db.prepare_cached(sql)?.execute(params![id, lang, place, text])?;
            return Ok(());
        }
        (Field::Wording { lang, place }, None) => {
            let sql = "DELETE FROM desk_wording WHERE claim = ?1 AND lang = ?2 AND place = ?3";
            db.prepare_cached(sql)?.execute(params![id, lang, place])?;
            return Ok(());
        }
        (Field::Answer { lang }, Some(text)) => {
            let sql = "INSERT OR REPLACE INTO desk_answer VALUES (?1, ?2, ?3)";
            db.prepare_cached(sql)?.execute(params![id, lang, text])?;
            return Ok(());
        }
        (Field::Answer { lang }, None) => {
            let sql = "DELETE FROM desk_answer WHERE claim = ?1 AND lang = ?2";
            db.prepare_cached(sql)?.execute(params![id, lang])?;
            return Ok(());
        }
    };
    db.prepare_cached(sql)?.execute(params![id, value])?;
    Ok(())
}

/// The fields that persons set, by claim.
pub(crate) fn held(db: &Connection) -> Result<BTreeMap<ClaimId, BTreeSet<String>>, Fault> {
    let mut held: BTreeMap<ClaimId, BTreeSet<String>> = BTreeMap::new();
    Rows { table: "desk_held", key: 2, sql: "SELECT claim, field FROM desk_held" }.each(db, [], |row| {
        held.entry(row.claim(0)?).or_default().insert(row.get(1)?);
        Ok(())
    })?;
    Ok(held)
}

/// One language twice in a claim could be told apart by nobody.
pub(crate) fn check(claims: &[Claim]) -> Result<(), Error> {
    let mut ids = BTreeSet::new();
    for claim in claims {
        if !ids.insert(&claim.id) {
            return Err(Error::Twice(claim.id.to_string()));
        }
        let mut langs = BTreeSet::new();
        if let Some(twice) = claim.wordings.iter().find(|wording| !langs.insert(&wording.lang)) {
            return Err(Error::Twice(format!("{}, {}", claim.id, twice.lang)));
        }
    }
    Ok(())
}

/// The number of changes to what is matched.
pub(crate) fn revision(db: &Connection) -> Result<i64, Fault> {
    let rows = Rows { table: "desk_head", key: 1, sql: "SELECT only, revision FROM desk_head" };
    let found = rows.one(db, [], |row| row.get(1))?;
    found.ok_or(Fault::Damaged { table: "desk_head", id: "0".to_owned() })
}

/// Says that what is matched has changed, and that these claims are matched differently from now on.
pub(crate) fn turn(db: &Connection, claims: &[&ClaimId]) -> Result<(), Fault> {
    db.execute("UPDATE desk_head SET revision = revision + 1", [])?;
    let revision = revision(db)?;
    for claim in claims {
        db.prepare_cached("UPDATE desk_claim SET revision = ?2 WHERE id = ?1")?
            .execute(params![claim.as_str(), revision])?;
    }
    Ok(())
}

/// Whether the library has a claim.
pub(crate) fn is_known(db: &Connection, id: &ClaimId) -> Result<bool, Fault> {
    Ok(db.prepare_cached("SELECT 1 FROM desk_claim WHERE id = ?1")?.exists([id.as_str()])?)
}
