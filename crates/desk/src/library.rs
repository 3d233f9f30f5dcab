//! The claim library: what imports say, and what people made of it.
//!
//! An import says what a whole claim is: what it no longer says goes. Fields that a person set are left alone, whatever
//! the import says.

use crate::changes::{Subject, Trace};
use crate::error::{Error, Fault};
use crate::field::{self, Field, Fields};
use crate::{By, Desk, Edit, rows};
use polso_domain::{Claim, ClaimId, ClaimKind, Topic, Verdict};
use rusqlite::{Connection, params};
use std::borrow::Cow;

/// What an import changed. Every claim is one of the first three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Put {
    /// Claims that were not there.
    pub added: usize,
    /// Claims of which something became different.
    pub changed: usize,
    /// Claims that were there just so, or could not become otherwise because a person had spoken.
    pub unchanged: usize,
    /// Claims of which the import says something else than a person: what the person said was left.
    pub stood: usize,
}

/// What a person makes of a claim. Whatever is set here is left alone by every later import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimEdit {
    /// What it is there for: how a narrative becomes a rumour with an answer, under the same id.
    pub kind: Option<ClaimKind>,
    /// What was found.
    pub verdict: Option<Verdict>,
    /// What it is about.
    pub topic: Edit<Topic>,
    /// The page that answers it.
    pub link: Edit<String>,
    /// Put aside, or brought back.
    pub withdrawn: Option<bool>,
    /// The neutral sentence in a language.
    pub text: Option<(String, String)>,
    /// The answer in a language, which need not be one that the claim is worded in; an empty one takes it away.
    pub answer: Option<(String, String)>,
}

impl Desk {
    /// Takes claims in, all or none. Telling the same again changes nothing. Within one call, an id stands for one claim
    /// and a language for one wording. The order of wordings is not kept: they come back by language.
    ///
    /// The lock is held throughout, some seconds for a hundred thousand claims, and whoever else writes waits.
    pub fn put(&mut self, claims: &[Claim], by: By<'_>) -> Result<Put, Error> {
        rows::check(claims)?;
        self.write(|db| {
            let (held, next) = (rows::held(db)?, rows::revision(db)? + 1);
            let known = Known::of(db, claims.len())?;
            let (mut put, mut turned) = (Put::default(), Vec::new());
            for claim in claims {
                let trace = Trace { what: Subject::Claim, id: claim.id.as_str(), by };
                let Some(before) = known.claim(db, &claim.id)? else {
                    rows::insert(db, claim, next)?;
                    trace.record(db, "added", (None, Some(claim.kind.as_str())))?;
                    put.added += 1;
                    continue;
                };
                if *before == *claim {
                    put.unchanged += 1;
                    continue;
                }
                let before = field::of(&before);
                let (after, stood) = field::respecting(held.get(&claim.id), &before, field::of(claim));
                put.stood += usize::from(stood);
                match make(db, &trace, (&before, &after))? {
                    Made::Nothing => put.unchanged += 1,
                    Made::Change { matched } => {
                        put.changed += 1;
                        turned.extend(matched.then_some(&claim.id));
                    }
                }
            }
            if put.added > 0 || !turned.is_empty() {
                rows::turn(db, &turned)?;
            }
            Ok(put)
        })
    }

    /// Every claim in the order of ids, withdrawn ones included.
    pub fn claims(&self) -> Result<Vec<Claim>, Error> {
        self.read(rows::all)
    }

    /// One claim.
    pub fn claim(&self, id: &ClaimId) -> Result<Option<Claim>, Error> {
        self.read(|db| rows::one(db, id))
    }

    /// A person's word about a claim; says whether anything became different. A field that already was so is held from
    /// now on as well.
    pub fn set_claim(&mut self, id: &ClaimId, edit: &ClaimEdit, by: By<'_>) -> Result<bool, Error> {
        self.write(|db| {
            let claim = rows::one(db, id)?.ok_or_else(|| Error::UnknownClaim(id.clone()))?;
            let before = field::of(&claim);
            let mut after = before.clone();
            for (field, value) in said(edit) {
                db.prepare_cached("INSERT OR REPLACE INTO desk_held VALUES (?1, ?2, ?3, ?4)")?.execute(params![
                    id.as_str(),
                    field.to_string(),
                    by.who,
                    by.when.millis()
                ])?;
                match value {
                    Some(value) => after.insert(field, value),
                    None => after.remove(&field),
                };
            }
            field::complete(&mut after);
            let made = make(db, &Trace { what: Subject::Claim, id: id.as_str(), by }, (&before, &after))?;
            if made == (Made::Change { matched: true }) {
                rows::turn(db, &[id])?;
            }
            Ok(made != Made::Nothing)
        })
    }

    /// Rises by one with every transaction that changes what posts are matched with: a claim comes, turns into another
    /// kind, is withdrawn or brought back, one of its wordings changes, or the sketches of one that has no text.
    pub fn revision(&self) -> Result<u64, Error> {
        self.read(rows::revision).map(i64::cast_unsigned)
    }

    /// Claims that are matched differently than at `revision`, in the order of ids.
    pub fn changed_since(&self, revision: u64) -> Result<Vec<ClaimId>, Error> {
        let sql = "SELECT id FROM desk_claim WHERE revision > ?1 ORDER BY id";
        let rows = crate::cells::Rows { table: "desk_claim", key: 1, sql };
        // A revision that no desk can have reached has nothing after it.
        let revision = i64::try_from(revision).unwrap_or(i64::MAX);
        self.read(|db| rows.all(db, [revision], |row| row.claim(0)))
    }
}

/// What an import compares with.
enum Known {
    /// The whole library in the order of ids: reading it at once is faster than asking for each.
    Whole(Vec<Claim>),
    /// Each claim is looked up.
    Single,
}

impl Known {
    /// From how many claims on the whole library is read.
    const MANY: usize = 5_000;

    fn of(db: &Connection, claims: usize) -> Result<Self, Fault> {
        if claims < Self::MANY { Ok(Self::Single) } else { rows::all(db).map(Self::Whole) }
    }

    fn claim(&self, db: &Connection, id: &ClaimId) -> Result<Option<Cow<'_, Claim>>, Fault> {
        match self {
            Self::Whole(claims) => {
                let found = claims.binary_search_by(|claim| claim.id.cmp(id)).ok();
                Ok(found.and_then(|nth| claims.get(nth)).map(Cow::Borrowed))
            }
            Self::Single => Ok(rows::one(db, id)?.map(Cow::Owned)),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    Nothing,
    Change { matched: bool },
}

/// Turns a claim into another and writes down how.
fn make(db: &Connection, trace: &Trace<'_>, (before, after): (&Fields, &Fields)) -> Result<Made, Fault> {
    let differences = field::differences(before, after);
    if differences.is_empty() {
        return Ok(Made::Nothing);
    }
    rows::update(db, trace.id, &differences)?;
    for (field, before, after) in &differences {
        trace.record(db, &field.to_string(), (before.as_deref(), after.as_deref()))?;
    }
    Ok(Made::Change { matched: differences.iter().any(|(field, ..)| field.is_matched()) })
}

/// The fields that an edit speaks of, and what it makes of each.
fn said(edit: &ClaimEdit) -> Vec<(Field, Option<String>)> {
    let ClaimEdit { kind, verdict, topic, link, withdrawn, text, answer } = edit;
    let mut said = Vec::new();
    said.extend(kind.map(|kind| (Field::Kind, Some(kind.as_str().to_owned()))));
    said.extend(verdict.as_ref().map(|verdict| (Field::Verdict, Some(verdict.as_str().to_owned()))));
    match topic {
        Edit::Keep => {}
        Edit::Clear => said.push((Field::Topic, None)),
        Edit::Set(topic) => said.push((Field::Topic, Some(topic.as_str().to_owned()))),
    }
    match link {
        Edit::Keep => {}
        Edit::Clear => said.push((Field::Link, None)),
        Edit::Set(link) => said.push((Field::Link, Some(link.clone()))),
    }
    said.extend(withdrawn.map(|is| (Field::Withdrawn, Some(field::withdrawn(is).to_owned()))));
    said.extend(text.as_ref().map(|(lang, text)| (Field::sentence(lang), Some(text.clone()))));
    said.extend(
        answer.as_ref().map(|(lang, text)| (Field::answer(lang), Some(text.clone()).filter(|text| !text.is_empty()))),
    );
    said
}
