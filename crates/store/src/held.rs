//! Posts of the lake as claims are matched with them, and writing back what they matched.

use crate::columns::{SCHEMA, name};
use crate::parquet;
use crate::sketches::{self, Key};
use crate::{Error, Lake, rows};
use polars::prelude::*;
use polso_domain::{AuthorKey, ClaimId, ClaimMatch, Day, Held, Stance, TextKey};
use std::collections::HashMap;

impl Lake {
    /// The parts of a day that hold posts, by the offset each starts at, in the order of the stream.
    pub fn offsets(&self, day: Day) -> Result<Vec<u64>, Error> {
        Ok(self.parts(day)?.iter().filter_map(|part| crate::lake::offset_of(part)).collect())
    }

    /// The posts of a part that have a sketch, in the order of the stream. No text is read.
    pub fn held(&self, day: Day, offset: u64) -> Result<Vec<Held>, Error> {
        let mut sketches = sketches::read(&self.vectors_path(day, offset))?;
        if sketches.is_empty() {
            return Ok(Vec::new());
        }
        let part = self.part_path(day, offset);
        parquet::label(&part, SCHEMA)?;
        let columns = [
            name::SOURCE,
            name::POST_ID,
            name::AUTHOR,
            name::LANG,
            name::TEXT_KEY,
            name::NEEDS_CHECKING,
            name::QUESTION,
            name::CLAIMS,
        ];
        let frame = parquet::read(&part, Some(&columns))?;
        held(&frame, &mut sketches).map_err(Error::shape(&part))
    }

    /// The texts of some posts of a part; those that retention has emptied are missing.
    pub fn texts(&self, day: Day, offset: u64) -> Result<HashMap<Key, String>, Error> {
        let part = self.part_path(day, offset);
        parquet::label(&part, SCHEMA)?;
        let frame = parquet::read(&part, Some(&[name::SOURCE, name::POST_ID, name::TEXT]))?;
        let texts = || -> PolarsResult<HashMap<Key, String>> {
            let texts = frame.column(name::TEXT)?.str()?;
            let rows = sketches::keys(&frame)?.into_iter().zip(texts.iter());
            Ok(rows.filter_map(|(key, text)| Some((key, text.filter(|text| !text.is_empty())?.to_owned()))).collect())
        };
        texts().map_err(Error::shape(&part))
    }

    /// Writes anew which claims some posts of a part speak of; the others keep theirs. Says whether anything changed.
    pub fn put_claims(&self, day: Day, offset: u64, found: &HashMap<Key, Vec<ClaimMatch>>) -> Result<bool, Error> {
        let part = self.part_path(day, offset);
        let label = parquet::label(&part, SCHEMA)?;
        let mut frame = parquet::read(&part, None)?;
        let changed = with_claims(&mut frame, found).map_err(Error::shape(&part))?;
        if changed {
            parquet::write(&part, &mut frame, label)?;
        }
        Ok(changed)
    }
}

fn held(frame: &DataFrame, sketches: &mut HashMap<Key, polso_domain::Sketch>) -> PolarsResult<Vec<Held>> {
    let keys = sketches::keys(frame)?;
    let claims = claims(frame)?;
    let (authors, langs) = (frame.column(name::AUTHOR)?.str()?, frame.column(name::LANG)?.str()?);
    let (texts, checking) = (frame.column(name::TEXT_KEY)?.u64()?, frame.column(name::NEEDS_CHECKING)?.f32()?);
    let questions = frame.column(name::QUESTION)?.bool()?;
    let mut posts = Vec::with_capacity(sketches.len());
    for (row, (key, claims)) in keys.into_iter().zip(claims).enumerate() {
        let Some(sketch) = sketches.remove(&key) else { continue };
        let author = authors.get(row).and_then(|hex| AuthorKey::from_hex(hex).ok());
        let (Some(author), Some(lang), Some(text)) = (author, langs.get(row), texts.get(row)) else {
            polars_bail!(ComputeError: "row {row} has no author, language or fingerprint");
        };
        posts.push(Held {
            source: key.0,
            id: key.1,
            author,
            lang: lang.to_owned(),
            text_key: TextKey(text),
            needs_checking: checking.get(row),
            question: questions.get(row),
            claims,
            sketch,
        });
    }
    Ok(posts)
}

/// Replaces the column of claims; `false` when nothing differs.
fn with_claims(frame: &mut DataFrame, found: &HashMap<Key, Vec<ClaimMatch>>) -> PolarsResult<bool> {
    let mut all = claims(frame)?;
    let mut changed = false;
    for (key, claims) in sketches::keys(frame)?.iter().zip(&mut all) {
        if let Some(new) = found.get(key).filter(|new| *new != claims) {
            claims.clone_from(new);
            changed = true;
        }
    }
    if changed {
        frame.replace(name::CLAIMS, rows::claims(all.iter().map(Vec::as_slice))?)?;
    }
    Ok(changed)
}

/// The claims of every row.
pub(crate) fn claims(frame: &DataFrame) -> PolarsResult<Vec<Vec<ClaimMatch>>> {
    let row = |list: Option<Series>| -> PolarsResult<Vec<ClaimMatch>> {
        let Some(list) = list.filter(|list| !list.is_empty()) else { return Ok(Vec::new()) };
        let fields = list.struct_()?;
        let (ids, stances) = (fields.field_by_name("claim")?, fields.field_by_name("stance")?);
        let similarities = fields.field_by_name("similarity")?;
        let (ids, stances, similarities) = (ids.str()?, stances.str()?, similarities.f32()?);
        let known = |at: usize| {
            let claim = ids.get(at).and_then(ClaimId::new)?;
            let stance = stances.get(at).and_then(Stance::named)?;
            Some(ClaimMatch { claim, stance, similarity: similarities.get(at)? })
        };
        (0..list.len())
            .map(|at| known(at).ok_or_else(|| polars_err!(ComputeError: "a claim has no id, stance or similarity")))
            .collect()
    };
    frame.column(name::CLAIMS)?.list()?.series_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{day, lake, observation, unscored};

    fn matched(claim: &str) -> Vec<ClaimMatch> {
        vec![ClaimMatch { claim: ClaimId::new(claim).unwrap(), stance: Stance::Repeats, similarity: 0.75 }]
    }

    #[test]
    fn what_is_held_is_what_was_written() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let rows = [observation(today, 1), unscored(today, 2), observation(today, 3)];
        lake.write_part(5, &rows).unwrap();
        assert_eq!(lake.offsets(today).unwrap(), [5]);
        let held = lake.held(today, 5).unwrap();
        assert_eq!(held.len(), 2);
        assert_eq!(
            (held[1].id.as_str(), held[1].author, held[1].question),
            ("post-3", rows[2].post.author, Some(false))
        );
        assert_eq!((&held[1].claims, &held[1].sketch), (&rows[2].claims, rows[2].sketch.as_ref().unwrap()));
        assert_eq!(lake.texts(today, 5).unwrap().len(), 3);
    }

    #[test]
    fn claims_are_put_where_they_belong_and_once() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        lake.write_part(5, &[observation(today, 1), unscored(today, 2), observation(today, 3)]).unwrap();
        let held = lake.held(today, 5).unwrap();
        let found = HashMap::from([((held[1].source.clone(), held[1].id.clone()), matched("sauna"))]);
        assert!(lake.put_claims(today, 5, &found).unwrap());
        assert!(!lake.put_claims(today, 5, &found).unwrap());
        let again = lake.held(today, 5).unwrap();
        assert_eq!((&again[0].claims, &again[1].claims), (&held[0].claims, &matched("sauna")));
        let gone = HashMap::from([((held[1].source.clone(), held[1].id.clone()), Vec::new())]);
        assert!(lake.put_claims(today, 5, &gone).unwrap());
        assert!(lake.held(today, 5).unwrap()[1].claims.is_empty());
    }
}
