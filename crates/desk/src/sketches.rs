//! What a model made of each wording, so that each is read once.
//!
//! A sketch carries the print of the text it was made of. One that no longer fits goes when its wording changes; one that
//! was made of a text that changed meanwhile has a print that does not fit, and whoever uses sketches compares prints.
//! Narratives and questions have no text: their sketches have the print 0 and stay until others are put.

use crate::cells::{Cells, Rows};
use crate::error::{Error, Fault};
use crate::{Desk, rows};
use polso_domain::{ClaimId, Sketch, Stand, Vector};
use rusqlite::{Connection, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// A sketch of one wording of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSketch {
    /// The claim.
    pub claim: ClaimId,
    /// The wording's language.
    pub lang: String,
    /// Which wording of that language: 0 is the neutral sentence, then how people put it.
    pub place: u32,
    /// Fingerprint of the text that was read; 0 where there is none.
    pub print: u64,
    /// What was made of it.
    pub sketch: Sketch,
}

const SELECT: &str =
    "SELECT claim, lang, place, print, vector, terms, denies, asks, negated, debunks FROM desk_sketch WHERE model = ?1";

impl Desk {
    /// Keeps what `model` made of wordings, in place of what it made of them before. Of a claim without texts (print 0)
    /// the sketches given here are all there are, and posts are matched differently from now on if they differ.
    pub fn put_sketches(&mut self, model: &str, sketches: &[StoredSketch]) -> Result<(), Error> {
        check(sketches)?;
        self.write(|db| {
            let known: BTreeSet<&ClaimId> = sketches.iter().map(|sketch| &sketch.claim).collect();
            for claim in known {
                if !rows::is_known(db, claim)? {
                    return Err(Error::UnknownClaim(claim.clone()).into());
                }
            }
            let mut textless: BTreeMap<&ClaimId, Vec<&StoredSketch>> = BTreeMap::new();
            for sketch in sketches {
                if sketch.print == 0 {
                    textless.entry(&sketch.claim).or_default().push(sketch);
                    continue;
                }
                let sql = "DELETE FROM desk_sketch
                     WHERE claim = ?1 AND lang = ?2 AND place = ?3 AND model = ?4 AND print <> 0";
                let place = params![sketch.claim.as_str(), sketch.lang, sketch.place, model];
                db.prepare_cached(sql)?.execute(place)?;
                insert(db, model, sketch)?;
            }
            replace(db, model, textless)
        })
    }

    /// What `model` made of wordings, in the order of claims, languages and places.
    pub fn sketches(&self, model: &str) -> Result<Vec<StoredSketch>, Error> {
        let sql = format!("{SELECT} ORDER BY claim, lang, place, print");
        self.read(|db| Rows { table: "desk_sketch", key: 3, sql: &sql }.all(db, [model], stored))
    }
}

/// Gives each claim that has no text its sketches, and turns those whose sketches differ from what they were.
fn replace(db: &Transaction<'_>, model: &str, textless: BTreeMap<&ClaimId, Vec<&StoredSketch>>) -> Result<(), Fault> {
    let sql = format!("{SELECT} AND claim = ?2 AND print = 0 ORDER BY lang, place");
    let before = Rows { table: "desk_sketch", key: 3, sql: &sql };
    let mut turned = Vec::new();
    for (claim, mut sketches) in textless {
        sketches.sort_by(|a, b| (&a.lang, a.place).cmp(&(&b.lang, b.place)));
        if before.all(db, [model, claim.as_str()], stored)?.iter().eq(sketches.iter().copied()) {
            continue;
        }
        db.prepare_cached("DELETE FROM desk_sketch WHERE claim = ?1 AND model = ?2 AND print = 0")?
            .execute([claim.as_str(), model])?;
        for sketch in sketches {
            insert(db, model, sketch)?;
        }
        turned.push(claim);
    }
    if turned.is_empty() { Ok(()) } else { rows::turn(db, &turned) }
}

fn insert(db: &Connection, model: &str, stored: &StoredSketch) -> Result<(), Fault> {
    let Sketch { vector, terms, stand } = &stored.sketch;
    let vector: Vec<u8> = vector.bytes().iter().map(|component| component.cast_unsigned()).collect();
    let terms: Vec<u8> = terms.iter().flat_map(|term| term.to_le_bytes()).collect();
    let sql = "INSERT INTO desk_sketch VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    db.prepare_cached(sql)?.execute(params![
        stored.claim.as_str(),
        stored.lang,
        stored.place,
        model,
        stored.print.cast_signed(),
        vector,
        terms,
        stand.denies,
        stand.asks,
        stand.negated,
        stand.debunks
    ])?;
    Ok(())
}

fn stored(row: &Cells<'_, '_>) -> Result<StoredSketch, Fault> {
    let vector = row.read(4, |bytes: Vec<u8>| {
        let components: Vec<i8> = bytes.iter().map(|byte| byte.cast_signed()).collect();
        Vector::from_bytes(&components)
    })?;
    let terms = row.read(5, |bytes: Vec<u8>| {
        let (terms, rest) = bytes.as_chunks::<4>();
        rest.is_empty().then(|| terms.iter().copied().map(u32::from_le_bytes).collect())
    })?;
    let stand = Stand { denies: row.get(6)?, asks: row.get(7)?, negated: row.get(8)?, debunks: row.get(9)? };
    Ok(StoredSketch {
        claim: row.claim(0)?,
        lang: row.get(1)?,
        place: row.get(2)?,
        print: row.count(3)?,
        sketch: Sketch { vector, terms, stand },
    })
}

fn check(sketches: &[StoredSketch]) -> Result<(), Error> {
    let mut places = BTreeSet::new();
    for StoredSketch { claim, lang, place, print, sketch } in sketches {
        if !places.insert((claim, lang, place, *print == 0)) {
            return Err(Error::Twice(format!("{claim}, {lang}, {place}")));
        }
        for (field, value) in [("denies", sketch.stand.denies), ("asks", sketch.stand.asks)] {
            if !value.is_finite() {
                return Err(Error::NotANumber { id: claim.to_string(), field });
            }
        }
    }
    Ok(())
}
