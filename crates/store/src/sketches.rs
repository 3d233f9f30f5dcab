//! What is kept of texts so that a new claim can be held against them: `lake/vectors`, beside the observations.
//!
//! A part of vectors has the name of its part of observations and a row for each of its posts that has a sketch. It goes
//! when the text goes. It is not joined by place: erasing touches one file after the other, and rows are found by id.

use crate::columns::{self, VECTORS_SCHEMA, name};
use crate::parquet::{self, Label};
use crate::{Error, files, rows};
use polars::prelude::*;
use polso_domain::{Observation, PostId, Sketch, SourceId, Stand, Vector};
use std::collections::HashMap;
use std::path::Path;

/// A post's key as it is looked up.
pub(crate) type Key = (SourceId, PostId);

/// Writes the sketches of some rows; no file where none has one.
pub(crate) fn write(path: &Path, rows: &[&Observation]) -> Result<(), Error> {
    let with: Vec<(&Observation, &Sketch)> = rows.iter().filter_map(|row| Some((*row, row.sketch.as_ref()?))).collect();
    if with.is_empty() {
        return files::remove(path).map(drop);
    }
    let mut frame = to_frame(&with).map_err(Error::shape(path))?;
    parquet::write(path, &mut frame, Label::of(VECTORS_SCHEMA))
}

/// The sketches of a part by post; empty when there is no such file.
pub(crate) fn read(path: &Path) -> Result<HashMap<Key, Sketch>, Error> {
    if !path.exists() {
        return Ok(HashMap::new());
    }
    parquet::label(path, VECTORS_SCHEMA)?;
    let frame = parquet::read(path, None)?;
    from_frame(&frame).map_err(Error::shape(path))
}

/// Keeps the rows of a part that `keep` says; a part without rows goes.
pub(crate) fn retain(path: &Path, keep: impl FnOnce(&DataFrame) -> PolarsResult<BooleanChunked>) -> Result<(), Error> {
    if !path.exists() {
        return Ok(());
    }
    let label = parquet::label(path, VECTORS_SCHEMA)?;
    let keys = parquet::read(path, Some(&[name::SOURCE, name::POST_ID, name::RECEIVED_AT]))?;
    let keep = keep(&keys).map_err(Error::shape(path))?;
    if keep.all() {
        return Ok(());
    }
    let mut kept = parquet::read(path, None)?.filter(&keep).map_err(Error::shape(path))?;
    if kept.height() == 0 {
        return files::remove(path).map(drop);
    }
    parquet::write(path, &mut kept, label)
}

fn to_frame(rows: &[(&Observation, &Sketch)]) -> PolarsResult<DataFrame> {
    let binary = |name: &str, of: &dyn Fn(&Sketch) -> Vec<u8>| -> Column {
        Column::new(name.into(), rows.iter().map(|(_, sketch)| Some(of(sketch))).collect::<BinaryChunked>())
    };
    let share = |name: &str, of: fn(&Stand) -> f32| -> Column {
        Column::new(name.into(), rows.iter().map(|(_, sketch)| of(&sketch.stand)).collect::<Vec<_>>())
    };
    let flag = |name: &str, of: fn(&Stand) -> bool| -> Column {
        Column::new(name.into(), rows.iter().map(|(_, sketch)| of(&sketch.stand)).collect::<Vec<_>>())
    };
    let columns = vec![
        rows::strings(name::SOURCE, rows.iter().map(|(row, _)| row.post.source.as_str())),
        rows::strings(name::POST_ID, rows.iter().map(|(row, _)| row.post.id.as_str())),
        rows::instants(name::RECEIVED_AT, rows.iter().map(|(row, _)| row.post.received.millis()).collect())?,
        binary(name::VECTOR, &|sketch| sketch.vector.bytes().iter().map(|byte| byte.cast_unsigned()).collect()),
        binary(name::TERMS, &|sketch| sketch.terms.iter().flat_map(|term| term.to_le_bytes()).collect()),
        share(name::DENIES, |stand| stand.denies),
        share(name::ASKS, |stand| stand.asks),
        flag(name::NEGATED, |stand| stand.negated),
        flag(name::DEBUNKS, |stand| stand.debunks),
    ];
    DataFrame::new(rows.len(), columns)?.select(columns::vectors().iter_names().cloned())
}

fn from_frame(frame: &DataFrame) -> PolarsResult<HashMap<Key, Sketch>> {
    let keys = keys(frame)?;
    let (vectors, terms) = (frame.column(name::VECTOR)?.binary()?, frame.column(name::TERMS)?.binary()?);
    let (denies, asks) = (frame.column(name::DENIES)?.f32()?, frame.column(name::ASKS)?.f32()?);
    let (negated, debunks) = (frame.column(name::NEGATED)?.bool()?, frame.column(name::DEBUNKS)?.bool()?);
    let sketch = |row: usize| {
        let components: Vec<i8> = vectors.get(row)?.iter().map(|byte| byte.cast_signed()).collect();
        Some(Sketch {
            vector: Vector::from_bytes(&components)?,
            terms: terms
                .get(row)?
                .chunks_exact(4)
                .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
                .collect(),
            stand: Stand {
                denies: denies.get(row)?,
                asks: asks.get(row)?,
                negated: negated.get(row)?,
                debunks: debunks.get(row)?,
            },
        })
    };
    keys.into_iter()
        .enumerate()
        .map(|(row, key)| {
            let damaged = || polars_err!(ComputeError: "row {row} holds no sketch");
            sketch(row).map(|sketch| (key, sketch)).ok_or_else(damaged)
        })
        .collect()
}

/// Source and id of every row.
pub(crate) fn keys(frame: &DataFrame) -> PolarsResult<Vec<Key>> {
    let (sources, ids) = (frame.column(name::SOURCE)?.str()?, frame.column(name::POST_ID)?.str()?);
    let key = |(source, id): (Option<&str>, Option<&str>)| {
        let source = source.and_then(SourceId::new);
        let both = source.zip(id).map(|(source, id)| (source, PostId::new(id)));
        both.ok_or_else(|| polars_err!(ComputeError: "a row has no source or no id"))
    };
    sources.iter().zip(ids.iter()).map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{day, observation, unscored};

    #[test]
    fn a_sketch_comes_back_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("part");
        let stored =
            [observation(day("2020-03-09"), 1), unscored(day("2020-03-09"), 2), observation(day("2020-03-09"), 3)];
        write(&path, &stored.iter().collect::<Vec<_>>()).unwrap();
        let found = read(&path).unwrap();
        assert_eq!(found.len(), 2);
        for row in [&stored[0], &stored[2]] {
            assert_eq!(found[&(row.post.source.clone(), row.post.id.clone())], *row.sketch.as_ref().unwrap());
        }
        assert_eq!(**parquet::read(&path, None).unwrap().schema(), *columns::vectors());
    }

    #[test]
    fn nothing_to_keep_is_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("part");
        write(&path, &[&observation(day("2020-03-09"), 1)]).unwrap();
        write(&path, &[&unscored(day("2020-03-09"), 1)]).unwrap();
        assert!(!path.exists() && read(&path).unwrap().is_empty());
    }

    #[test]
    fn a_damaged_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("part");
        crate::write_atomic(&path, b"PAR1 no PAR1").unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("part"));
    }
}
