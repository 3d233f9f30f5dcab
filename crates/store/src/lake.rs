//! The folder tree of the lake, and parts of observations in it.

use crate::columns::{self, SCHEMA};
use crate::parquet::{self, Label};
use crate::{Error, files, rows, sketches};
use polars::prelude::*;
use polso_domain::{Day, Observation};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The days on disk, `lake/` under the data dir.
#[derive(Debug, Clone)]
pub struct Lake {
    root: PathBuf,
}

impl Lake {
    /// Opens the lake at `root`, making its folders where they are missing.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let lake = Self { root: root.to_owned() };
        for folder in [lake.observations(), lake.folder("vectors"), lake.folder("summaries"), lake.folder("ledger")] {
            fs::create_dir_all(&folder).map_err(Error::io("create", &folder))?;
        }
        Ok(lake)
    }

    /// Writes a batch of the stream that starts at `offset`: one part per day in it. Says which days were touched.
    ///
    /// The same offset again replaces what it wrote before, on days that it no longer touches too. Of rows with the
    /// same source and id the last one is written.
    pub fn write_part(&self, offset: u64, rows: &[Observation]) -> Result<BTreeSet<Day>, Error> {
        let mut touched = BTreeSet::new();
        for (day, rows) in by_day(rows) {
            let path = self.part_path(day, offset);
            let folder = self.day_folder(day);
            let vectors = self.vectors_path(day, offset);
            for folder in [Some(folder.as_path()), vectors.parent()].into_iter().flatten() {
                fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
            }
            sketches::write(&vectors, &rows)?;
            let mut frame = rows::to_frame(&rows).map_err(Error::shape(&path))?;
            parquet::write(&path, &mut frame, Label::of(SCHEMA))?;
            touched.insert(day);
        }
        for day in self.folders()?.difference(&touched).copied().collect::<Vec<_>>() {
            files::remove(&self.vectors_path(day, offset))?;
            if files::remove(&self.part_path(day, offset))? {
                touched.insert(day);
            }
        }
        Ok(touched)
    }

    /// The days that have observations.
    pub fn days(&self) -> Result<BTreeSet<Day>, Error> {
        let mut days = BTreeSet::new();
        for day in self.folders()? {
            if !self.parts(day)?.is_empty() {
                days.insert(day);
            }
        }
        Ok(days)
    }

    /// The parts of a day, in the order of the stream.
    pub fn parts(&self, day: Day) -> Result<Vec<PathBuf>, Error> {
        let mut paths = files::list(&self.day_folder(day))?;
        paths.retain(|path| offset_of(path).is_some());
        Ok(paths)
    }

    /// Removes parts that start behind the offset `after`: leftovers of a run that died before it said they were done,
    /// or rows that are to be read again. Says how many went.
    pub fn drop_parts_after(&self, after: u64) -> Result<u64, Error> {
        let mut gone = 0;
        for day in self.days()? {
            for part in self.parts(day)? {
                if let Some(offset) = offset_of(&part).filter(|offset| *offset > after) {
                    files::remove(&self.vectors_path(day, offset))?;
                    files::remove(&part)?;
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }

    /// A text that changes when a day's parts or its ledger change: what a summary was made from. Cheap: it reads names,
    /// lengths and times of modification, no contents. Equal contents written anew may change it; nothing but work comes of it.
    pub fn fingerprint(&self, day: Day) -> Result<String, Error> {
        let mut hash = blake3::Hasher::new();
        let mut paths = self.parts(day)?;
        paths.push(self.ledger_path(day));
        for path in paths {
            let Some(stamp) = stamp(&path)? else { continue };
            hash.update(path.file_name().unwrap_or_default().as_encoded_bytes());
            hash.update(&stamp);
        }
        Ok(hash.finalize().to_hex()[..32].to_owned())
    }

    /// A day's observations, lazily, in the order of the stream. Every part's footer is read first: a damaged file is
    /// an error here, with its name. Rows without files have the right columns.
    pub fn scan(&self, day: Day) -> Result<LazyFrame, Error> {
        let parts = self.parts(day)?;
        for part in &parts {
            parquet::label(part, SCHEMA)?;
        }
        scan(&parts, &columns::observations(), &self.day_folder(day))
    }

    /// What a day's observations take on disk, in bytes, compressed.
    pub fn size(&self, day: Day) -> Result<u64, Error> {
        let sizes = self
            .parts(day)?
            .into_iter()
            .map(|part| fs::metadata(&part).map(|meta| meta.len()).map_err(Error::io("read", &part)));
        sizes.sum()
    }

    /// Finds the file behind an error that came while a day was being scanned: pages can be damaged where the footer is
    /// not. Reads the whole day.
    pub fn blame(&self, day: Day, error: PolarsError) -> Error {
        let parts = self.parts(day).unwrap_or_default();
        let damaged = parts.iter().find_map(|part| parquet::read(part, None).err());
        damaged.unwrap_or_else(|| Error::shape(&self.day_folder(day))(error))
    }

    /// Where the lake is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(crate) fn ledger_path(&self, day: Day) -> PathBuf {
        self.folder("ledger").join(format!("day={day}.parquet"))
    }

    fn observations(&self) -> PathBuf {
        self.folder("observations")
    }

    fn day_folder(&self, day: Day) -> PathBuf {
        self.observations().join(format!("day={day}"))
    }

    /// Where the sketches of a part stand.
    pub(crate) fn vectors_path(&self, day: Day, offset: u64) -> PathBuf {
        self.folder("vectors").join(format!("day={day}/part-{offset:020}.parquet"))
    }

    pub(crate) fn part_path(&self, day: Day, offset: u64) -> PathBuf {
        self.day_folder(day).join(format!("part-{offset:020}.parquet"))
    }

    fn folders(&self) -> Result<BTreeSet<Day>, Error> {
        let paths = files::list(&self.observations())?;
        Ok(paths.iter().filter_map(|path| day_of(path)).collect())
    }
}

/// Scans files that have these columns; without files an empty frame. `at` is what an error names.
pub(crate) fn scan(paths: &[PathBuf], schema: &SchemaRef, at: &Path) -> Result<LazyFrame, Error> {
    if paths.is_empty() {
        return Ok(DataFrame::empty_with_schema(schema).lazy());
    }
    let paths = paths.iter().map(|path| PlRefPath::try_from_path(path)).collect::<PolarsResult<Vec<_>>>();
    let args = ScanArgsParquet {
        // The files hold their day themselves, and a data dir may have `=` in its own path.
        hive_options: polars::io::HiveOptions::new_disabled(),
        glob: false,
        ..ScanArgsParquet::default()
    };
    paths.and_then(|paths| LazyFrame::scan_parquet_files(paths.into_iter().collect(), args)).map_err(Error::reading(at))
}

/// The offset in a part's name; `None` for every other file.
pub(crate) fn offset_of(path: &Path) -> Option<u64> {
    let digits = path.file_name()?.to_str()?.strip_prefix("part-")?.strip_suffix(".parquet")?;
    (digits.len() == 20).then(|| digits.parse().ok()).flatten()
}

/// The day in `day=D` or `day=D.parquet`.
pub(crate) fn day_of(path: &Path) -> Option<Day> {
    let name = path.file_name()?.to_str()?.strip_prefix("day=")?;
    name.strip_suffix(".parquet").or(name.strip_suffix(".json")).unwrap_or(name).parse().ok()
}

/// Rows by day, in their order; of rows with the same source and id the last.
fn by_day(rows: &[Observation]) -> BTreeMap<Day, Vec<&Observation>> {
    let mut seen = HashSet::with_capacity(rows.len());
    let mut days: BTreeMap<Day, Vec<&Observation>> = BTreeMap::new();
    for row in rows.iter().rev().filter(|row| seen.insert((&row.post.source, &row.post.id))) {
        days.entry(row.day).or_default().push(row);
    }
    for rows in days.values_mut() {
        rows.reverse();
    }
    days
}

/// Length and time of modification; `None` when there is no such file.
fn stamp(path: &Path) -> Result<Option<[u8; 24]>, Error> {
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("read", path)(error)),
    };
    let changed = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let mut stamp = [0; 24];
    stamp[..8].copy_from_slice(&meta.len().to_le_bytes());
    stamp[8..].copy_from_slice(&changed.as_nanos().to_le_bytes());
    Ok(Some(stamp))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{day, lake, observation, unscored};
    use polso_domain::Timestamp;
    use proptest::prelude::*;

    #[test]
    fn a_part_written_twice_counts_once() {
        let (_dir, lake) = lake();
        let (today, tomorrow) = (day("2020-03-09"), day("2020-03-10"));
        let rows = [observation(today, 1), unscored(tomorrow, 2)];
        assert_eq!(lake.write_part(5, &rows).unwrap(), BTreeSet::from([today, tomorrow]));
        assert_eq!(lake.write_part(5, &rows).unwrap(), BTreeSet::from([today, tomorrow]));
        assert_eq!(lake.query("select count(*) as n from posts").unwrap().to_text(1), "n\n2\n");
        // The same batch without tomorrow's row: tomorrow was touched, its part is gone.
        assert_eq!(lake.write_part(5, &rows[..1]).unwrap(), BTreeSet::from([today, tomorrow]));
        assert_eq!(lake.days().unwrap(), BTreeSet::from([today]));
    }

    #[test]
    fn the_last_row_of_a_post_is_written() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let mut edited = observation(today, 1);
        edited.post.text = "dopo".into();
        lake.write_part(0, &[observation(today, 1), edited]).unwrap();
        assert_eq!(lake.query("select text from posts").unwrap().to_text(9), "text\ndopo\n");
    }

    #[test]
    fn a_damaged_part_is_named() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        lake.write_part(0, &[observation(today, 1)]).unwrap();
        let part = lake.parts(today).unwrap().remove(0);
        let whole = fs::read(&part).unwrap();
        crate::write_atomic(&part, &whole[..whole.len() / 2]).unwrap();
        let errors = [
            lake.scan(today).err(),
            lake.query("select * from posts").err(),
            lake.drop_texts(Timestamp::from_millis(i64::MAX), None).err(),
        ];
        for error in errors {
            let error = error.unwrap();
            assert!(error.to_string().contains("part-00000000000000000000.parquet"), "{error}");
            assert!(error.hint().unwrap().contains("backup"));
        }
    }

    #[test]
    fn damaged_pages_are_found_behind_a_sound_footer() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        lake.write_part(0, &[observation(today, 1)]).unwrap();
        let part = lake.parts(today).unwrap().remove(0);
        let mut bytes = fs::read(&part).unwrap();
        bytes[4..400].fill(0xAA);
        crate::write_atomic(&part, &bytes).unwrap();
        let error = lake.scan(today).unwrap().collect_with_engine(Engine::Streaming).err().unwrap();
        assert!(matches!(lake.blame(today, error), Error::Corrupt { path, .. } if path == part));
    }

    #[test]
    fn a_fingerprint_moves_with_parts_and_ledger() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let empty = lake.fingerprint(today).unwrap();
        lake.write_part(0, &[observation(today, 1)]).unwrap();
        let one = lake.fingerprint(today).unwrap();
        assert_ne!(empty, one);
        assert_eq!(one, lake.fingerprint(today).unwrap());
        lake.write_part(1, &[observation(today, 2)]).unwrap();
        assert_ne!(one, lake.fingerprint(today).unwrap());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn whatever_the_batches_every_post_is_there_once(cuts in proptest::collection::vec(1_u32..40, 1..4)) {
            let (_dir, lake) = lake();
            let days = [day("2020-03-08"), day("2020-03-09")];
            let mut number = 0;
            for cut in cuts {
                let from = number;
                let rows: Vec<Observation> = (from..from + cut).map(|n| observation(days[(n % 2) as usize], n)).collect();
                number += cut;
                lake.write_part(u64::from(from), &rows).unwrap();
                lake.write_part(u64::from(from), &rows).unwrap();
            }
            let table = lake.query("select count(*) as n, count(distinct post_id) as ids from posts").unwrap();
            let shown = table.to_text(1);
            let counts: Vec<&str> = shown.lines().skip(1).flat_map(str::split_whitespace).collect();
            prop_assert_eq!(counts, [number.to_string(), number.to_string()]);
        }
    }
}
