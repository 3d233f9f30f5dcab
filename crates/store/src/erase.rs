//! Taking rows, authors and texts out of files that were already written.
//!
//! Parts are rewritten one by one, each as a whole or not at all: an erasure that is interrupted is finished by doing
//! it again. What matches nothing is not touched.

use crate::columns::{SCHEMA, name};
use crate::lake::offset_of;
use crate::parquet::{self, Label};
use crate::{Error, Lake, files, rows, sketches};
use polars::prelude::*;
use polso_domain::{AuthorKey, Day, PostId, SourceId, Timestamp};
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// What an erasure took out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Rows that are gone.
    pub rows: u64,
    /// Parts that were rewritten or removed.
    pub files: u64,
    /// The days they belong to: their summaries are out of date now.
    pub days: BTreeSet<Day>,
}

impl Lake {
    /// Takes posts out of parts that start before the offset `before`, on some days or (`None`) on all.
    pub fn erase(
        &self,
        ids: &HashSet<(SourceId, PostId)>,
        before: u64,
        days: Option<&BTreeSet<Day>>,
    ) -> Result<Erased, Error> {
        let ids: HashSet<(&str, &str)> = ids.iter().map(|(source, id)| (source.as_str(), id.as_str())).collect();
        let wanted =
            |day: &Day, part: &Path| days.is_none_or(|days| days.contains(day)) && offset_of(part) < Some(before);
        let mut erased = Erased::default();
        if ids.is_empty() {
            return Ok(erased);
        }
        for (day, part) in self.all_parts()?.into_iter().filter(|(day, part)| wanted(day, part)) {
            let label = parquet::label(&part, SCHEMA)?;
            let keys = parquet::read(&part, Some(&[name::SOURCE, name::POST_ID]))?;
            let keep = without_ids(&keys, &ids).map_err(Error::shape(&part))?;
            let gone = keep.len() as u64 - u64::from(keep.sum().unwrap_or_default());
            if gone > 0 {
                // First: a crash in between leaves the row that says what is still to be taken out.
                sketches::retain(&self.vectors_of(day, &part), |keys| without_ids(keys, &ids))?;
                rewrite(&part, label, |frame| frame.filter(&keep))?;
                erased.count(day, gone);
            }
        }
        Ok(erased)
    }

    /// Takes an author out: all posts of theirs, and their key where others mention them.
    pub fn erase_author(&self, author: AuthorKey) -> Result<Erased, Error> {
        self.erase_authors(&HashSet::from([author]), u64::MAX)
    }

    /// Takes authors out of parts that start before the offset `before`.
    pub fn erase_authors(&self, authors: &HashSet<AuthorKey>, before: u64) -> Result<Erased, Error> {
        let keys: HashSet<String> = authors.iter().map(AuthorKey::to_hex).collect();
        let mut erased = Erased::default();
        if keys.is_empty() {
            return Ok(erased);
        }
        for (day, part) in self.all_parts()?.into_iter().filter(|(_, part)| offset_of(part) < Some(before)) {
            let label = parquet::label(&part, SCHEMA)?;
            let people = parquet::read(&part, Some(&[name::SOURCE, name::POST_ID, name::AUTHOR, name::MENTIONS]))?;
            let (keep, mentioned) = traces(&people, &keys).map_err(Error::shape(&part))?;
            let gone = keep.len() as u64 - u64::from(keep.sum().unwrap_or_default());
            if gone > 0 {
                let ids = ids_of(&people, &!&keep).map_err(Error::shape(&part))?;
                let ids = ids.iter().map(|(source, id)| (source.as_str(), id.as_str())).collect();
                sketches::retain(&self.vectors_of(day, &part), |keys| without_ids(keys, &ids))?;
            }
            if gone > 0 || mentioned {
                rewrite(&part, label, |frame| without_mentions(&frame.filter(&keep)?, &keys))?;
                erased.count(day, gone);
            }
        }
        Ok(erased)
    }

    /// Retention: takes the sketches and empties texts and links of rows that were received before `before`, of one source or (`None`) of all.
    /// Says how many rows lost theirs. Cheap when there is nothing to do: a part that was emptied as a whole says so in
    /// its metadata, and of others two columns are read.
    pub fn drop_texts(&self, before: Timestamp, source: Option<&SourceId>) -> Result<u64, Error> {
        let mut emptied = 0;
        for (day, part) in self.all_parts()? {
            let label = parquet::label(&part, SCHEMA)?;
            if label.texts_dropped {
                continue;
            }
            let rows = parquet::read(&part, Some(&[name::SOURCE, name::RECEIVED_AT]))?;
            let due = due(&rows, before, source).map_err(Error::shape(&part))?;
            if due.any() {
                sketches::retain(&self.vectors_of(day, &part), |rows| Ok(!&self::due(rows, before, source)?))?;
                emptied += drop_due_texts(&part, label, &due)?;
            }
        }
        Ok(emptied)
    }

    fn vectors_of(&self, day: Day, part: &Path) -> PathBuf {
        self.vectors_path(day, offset_of(part).unwrap_or_default())
    }

    fn all_parts(&self) -> Result<Vec<(Day, std::path::PathBuf)>, Error> {
        let mut all = Vec::new();
        for day in self.days()? {
            all.extend(self.parts(day)?.into_iter().map(|part| (day, part)));
        }
        Ok(all)
    }
}

impl Erased {
    fn count(&mut self, day: Day, rows: u64) {
        self.rows += rows;
        self.files += 1;
        self.days.insert(day);
    }
}

/// Replaces a part by what `change` makes of it; a part without rows is removed. Says how many rows are left.
fn rewrite(part: &Path, label: Label, change: impl FnOnce(DataFrame) -> PolarsResult<DataFrame>) -> Result<u64, Error> {
    let mut frame = change(parquet::read(part, None)?).map_err(Error::shape(part))?;
    if frame.height() == 0 {
        files::remove(part)?;
    } else {
        parquet::write(part, &mut frame, label)?;
    }
    Ok(frame.height() as u64)
}

/// Source and id of the rows that `of` says.
fn ids_of(rows: &DataFrame, of: &BooleanChunked) -> PolarsResult<HashSet<(SourceId, PostId)>> {
    Ok(sketches::keys(&rows.select([name::SOURCE, name::POST_ID])?.filter(of)?)?.into_iter().collect())
}

fn without_ids(keys: &DataFrame, ids: &HashSet<(&str, &str)>) -> PolarsResult<BooleanChunked> {
    let (sources, posts) = (keys.column(name::SOURCE)?.str()?, keys.column(name::POST_ID)?.str()?);
    let row = |(source, post): (Option<&str>, Option<&str>)| !ids.contains(&(source.unwrap_or(""), post.unwrap_or("")));
    Ok(sources.iter().zip(posts.iter()).map(row).collect())
}

/// Which rows are not the authors', and whether any row mentions one of them.
fn traces(people: &DataFrame, keys: &HashSet<String>) -> PolarsResult<(BooleanChunked, bool)> {
    let is_one = |key: Option<&str>| key.is_some_and(|key| keys.contains(key));
    let keep = people.column(name::AUTHOR)?.str()?.iter().map(|author| !is_one(author)).collect();
    let mentions = people.column(name::MENTIONS)?.list()?.get_inner();
    let mentioned = mentions.str()?.iter().any(is_one);
    Ok((keep, mentioned))
}

fn without_mentions(frame: &DataFrame, keys: &HashSet<String>) -> PolarsResult<DataFrame> {
    let rows = string_lists(frame.column(name::MENTIONS)?)?;
    let kept = rows.iter().map(|row| row.iter().map(String::as_str).filter(|key| !keys.contains(*key)));
    replace_column(frame, rows::lists(name::MENTIONS, kept))
}

fn due(rows: &DataFrame, before: Timestamp, source: Option<&SourceId>) -> PolarsResult<BooleanChunked> {
    let instants = rows.column(name::RECEIVED_AT)?.cast(&DataType::Int64)?;
    let sources = rows.column(name::SOURCE)?.str()?;
    let row = |(at, of): (Option<i64>, Option<&str>)| {
        at.is_none_or(|at| at < before.millis()) && source.is_none_or(|source| of == Some(source.as_str()))
    };
    Ok(instants.i64()?.iter().zip(sources.iter()).map(row).collect())
}

/// Empties texts and links of the rows that are due; counts those that still had a text.
fn drop_due_texts(part: &Path, label: Label, due: &BooleanChunked) -> Result<u64, Error> {
    let frame = parquet::read(part, None)?;
    let (mut emptied, count) = without_texts(&frame, due).map_err(Error::shape(part))?;
    let texts_dropped = due.all();
    if count > 0 || texts_dropped {
        parquet::write(part, &mut emptied, Label { texts_dropped, ..label })?;
    }
    Ok(count)
}

fn without_texts(frame: &DataFrame, due: &BooleanChunked) -> PolarsResult<(DataFrame, u64)> {
    let texts = frame.column(name::TEXT)?.str()?;
    let had =
        |(text, due): (Option<&str>, Option<bool>)| due == Some(true) && text.is_some_and(|text| !text.is_empty());
    let count = texts.iter().zip(due.iter()).filter(|row| had(*row)).count() as u64;
    let kept: StringChunked =
        texts.iter().zip(due.iter()).map(|(text, due)| if due == Some(true) { Some("") } else { text }).collect();
    let links = string_lists(frame.column(name::LINKS)?)?;
    let links = links.iter().zip(due.iter()).map(|(links, due)| {
        let kept = if due == Some(true) { &[][..] } else { links.as_slice() };
        kept.iter().map(String::as_str)
    });
    let emptied = replace_column(frame, Column::new(name::TEXT.into(), kept))?;
    let links = rows::lists(name::LINKS, links.collect::<Vec<_>>().into_iter());
    Ok((replace_column(&emptied, links)?, count))
}

fn replace_column(frame: &DataFrame, column: Column) -> PolarsResult<DataFrame> {
    let mut frame = frame.clone();
    frame.replace(&column.name().clone(), column)?;
    Ok(frame)
}

fn string_lists(column: &Column) -> PolarsResult<Vec<Vec<String>>> {
    let row = |list: Option<Series>| -> PolarsResult<Vec<String>> {
        let Some(list) = list else { return Ok(Vec::new()) };
        Ok(list.str()?.iter().flatten().map(str::to_owned).collect())
    };
    column.list()?.series_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{author, day, lake, observation, source};

    fn texts(lake: &Lake, sql: &str) -> String {
        lake.query(sql).unwrap().to_text(99)
    }

    #[test]
    fn only_earlier_parts_lose_the_post() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        lake.write_part(0, &[observation(today, 1), observation(today, 2)]).unwrap();
        lake.write_part(2, &[observation(today, 1)]).unwrap();
        let ids = HashSet::from([(source(), PostId::new("post-1"))]);
        let erased = lake.erase(&ids, 2, None).unwrap();
        assert_eq!(erased, Erased { rows: 1, files: 1, days: BTreeSet::from([today]) });
        assert_eq!(lake.erase(&ids, 2, None).unwrap(), Erased::default());
        assert_eq!(texts(&lake, "select post_id from posts order by post_id"), "post_id\npost-1\npost-2\n");
    }

    #[test]
    fn an_emptied_part_goes() {
        let (_dir, lake) = lake();
        lake.write_part(0, &[observation(day("2020-03-09"), 1)]).unwrap();
        let ids = HashSet::from([(source(), PostId::new("post-1"))]);
        let elsewhere = BTreeSet::from([day("2020-03-10")]);
        assert_eq!(lake.erase(&ids, 1, Some(&elsewhere)).unwrap().rows, 0);
        lake.erase(&ids, 1, None).unwrap();
        assert!(lake.days().unwrap().is_empty());
    }

    #[test]
    fn an_author_leaves_no_byte() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        lake.write_part(0, &(0..14).map(|n| observation(today, n)).collect::<Vec<_>>()).unwrap();
        assert_eq!(lake.erase_author(author(3)).unwrap().rows, 2);
        assert_eq!(lake.erase_author(author(9)).unwrap(), Erased { rows: 0, files: 1, days: BTreeSet::from([today]) });
        let left = texts(&lake, "select * from observations");
        assert!(!left.contains(&author(3).to_hex()) && !left.contains(&author(9).to_hex()));
        assert!(left.contains(&author(8).to_hex()));
    }

    #[test]
    fn sketches_go_with_their_posts_and_texts() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        lake.write_part(0, &(0..14).map(|n| observation(today, n)).collect::<Vec<_>>()).unwrap();
        let left = || lake.held(today, 0).unwrap().iter().map(|post| post.id.as_str().to_owned()).collect::<Vec<_>>();
        let stored = || sketches::read(&lake.vectors_path(today, 0)).unwrap().len();
        lake.erase_author(author(3)).unwrap();
        assert_eq!((left().len(), stored()), (12, 12));
        lake.erase(&HashSet::from([(source(), PostId::new("post-1"))]), 9, None).unwrap();
        assert_eq!((left().len(), stored()), (11, 11));
        let before = Timestamp::from_millis(i64::from(today.epoch_days()) * 86_400_000 + 5_000);
        lake.drop_texts(before, None).unwrap();
        assert_eq!((left(), stored()), ((5..14).filter(|n| *n != 10).map(|n| format!("post-{n}")).collect(), 8));
        lake.drop_texts(Timestamp::from_millis(i64::MAX), None).unwrap();
        assert!(!lake.vectors_path(today, 0).exists());
    }

    #[test]
    fn texts_go_after_their_time_and_once() {
        let (_dir, lake) = lake();
        lake.write_part(0, &[observation(day("2020-03-08"), 1), observation(day("2020-03-09"), 2)]).unwrap();
        let before = Timestamp::from_millis(i64::from(day("2020-03-09").epoch_days()) * 86_400_000);
        assert_eq!(lake.drop_texts(before, None).unwrap(), 1);
        let print = lake.fingerprint(day("2020-03-08")).unwrap();
        assert_eq!(lake.drop_texts(before, None).unwrap(), 0);
        assert_eq!(print, lake.fingerprint(day("2020-03-08")).unwrap());
        assert_eq!(texts(&lake, "select text from posts order by day"), "text\n\ntesto numero 2\n");
        // An erasure afterwards keeps the mark.
        lake.write_part(9, &[observation(day("2020-03-08"), 7)]).unwrap();
        lake.drop_texts(before, None).unwrap();
        lake.erase_author(author(8)).unwrap();
        assert_eq!(lake.drop_texts(before, None).unwrap(), 0);
    }

    #[test]
    fn a_source_may_have_a_time_of_its_own() {
        let (_dir, lake) = lake();
        lake.write_part(0, &[observation(day("2020-03-08"), 1)]).unwrap();
        let any = Timestamp::from_millis(i64::MAX);
        assert_eq!(lake.drop_texts(any, SourceId::new("youtube").as_ref()).unwrap(), 0);
        assert_eq!(lake.drop_texts(any, Some(&source())).unwrap(), 1);
    }

    #[test]
    fn a_part_of_two_times_loses_only_the_old_texts() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let rows = [observation(today, 1), observation(today, 5)];
        lake.write_part(0, &rows).unwrap();
        assert_eq!(lake.drop_texts(rows[1].post.received, None).unwrap(), 1);
        assert_eq!(lake.drop_texts(rows[1].post.received, None).unwrap(), 0);
        assert_eq!(texts(&lake, "select text from posts order by posted_at"), "text\n\ntesto numero 5\n");
    }
}
