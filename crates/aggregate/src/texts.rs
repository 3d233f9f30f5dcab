//! What was read in each different text, whoever copied it.
//!
//! A text stands with one of its authors, the one whose hash is smallest, so that texts of one author are drawn together
//! as posts are. Copies have one reading: it depends on the text alone, and on the language, of which the first counts.

use crate::groups::{Named, entry};
use crate::scan::{Scan, numbers, said, texts as words, unpack_said};
use crate::shares::{Crowd, Said};
use polars::prelude::*;
use polso_store::columns::name;
use std::collections::BTreeMap;

/// The texts of the whole day, and how many there are.
pub(crate) fn of_day(scan: &Scan, langs: &[&str]) -> Result<(u64, Crowd), polso_store::Error> {
    let frame = scan.collect(one_each(scan.rows(), langs, &[]))?;
    let keys = scan.read(&frame, |frame| numbers(frame, "said"))?;
    Ok((keys.len() as u64, crowd(keys)))
}

/// Gives each group of posts with the same word in a column the texts in it.
pub(crate) fn fill(
    named: &mut Named,
    scan: &Scan,
    (langs, column): (&[&str], &'static str),
) -> Result<(), polso_store::Error> {
    for (key, crowd) in by(scan, scan.rows(), (langs, column), |frame| words(frame, column))? {
        entry(named, &key).crowd = crowd;
    }
    Ok(())
}

/// The texts of each group of rows, by what `keys` reads of the groups' column.
pub(crate) fn by<K: Ord>(
    scan: &Scan,
    rows: LazyFrame,
    (langs, column): (&[&str], &'static str),
    keys: impl Fn(&DataFrame) -> PolarsResult<Vec<K>>,
) -> Result<BTreeMap<K, Crowd>, polso_store::Error> {
    let frame = scan.collect(one_each(rows, langs, &[column]))?;
    let read =
        scan.read(&frame, |frame| Ok(keys(frame)?.into_iter().zip(numbers(frame, "said")?).collect::<Vec<_>>()))?;
    let mut groups: BTreeMap<K, Vec<u64>> = BTreeMap::new();
    for (key, said) in read {
        groups.entry(key).or_default().push(said);
    }
    Ok(groups.into_iter().map(|(key, said)| (key, crowd(said))).collect())
}

/// One row a text, and a group where some are named.
fn one_each(rows: LazyFrame, langs: &[&str], groups: &[&str]) -> LazyFrame {
    let keys: Vec<Expr> = groups.iter().chain(&[name::TEXT_KEY]).map(|column| col(*column)).collect();
    let scored = rows.filter(col(name::NEGATIVE).is_not_null()).with_column(said(langs));
    scored.group_by(keys).agg([col("said").min()])
}

fn crowd(mut keys: Vec<u64>) -> Crowd {
    keys.sort_unstable();
    let mut crowd = Crowd::default();
    for author in keys.chunk_by(|one, other| unpack_said(*one).0 == unpack_said(*other).0) {
        let said: Vec<Said> =
            author.iter().filter_map(|key| unpack_said(*key).1.map(|(lang, cell)| (lang, cell, 1))).collect();
        crowd.push(unpack_said(author[0]).0, &said);
    }
    crowd
}
