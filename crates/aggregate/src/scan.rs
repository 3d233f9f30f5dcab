//! A day's rows as polars expressions: each post once, authors as numbers, probabilities as integers.

use crate::hash;
use crate::shares::{self, CELLS};
use crate::sums::{ONE, Sums};
use crate::{Config, dedupe};
use polars::prelude::*;
use polso_domain::Day;
use polso_store::Lake;
use polso_store::columns::name;
use std::collections::HashMap;

/// A group beside an author's hash, in one number: the hash keeps its upper 48 bits, the group has the lower 16.
///
/// Grouping by one integer is several times faster than by two strings. Two of ten million authors share 48 bits in one
/// day out of six; they are then counted as one person.
const GROUP_BITS: u32 = 16;

/// The bits of a key that an author's hash has.
const AUTHOR_BITS: u64 = u64::MAX << GROUP_BITS;

/// A day of the lake, each post once.
pub(crate) struct Scan<'a> {
    lake: &'a Lake,
    day: Day,
    rows: LazyFrame,
}

impl<'a> Scan<'a> {
    pub(crate) fn of(lake: &'a Lake, day: Day) -> Result<Self, polso_store::Error> {
        let whole = Self { lake, day, rows: lake.scan(day)? };
        let rows = dedupe::each_post_once(&whole)?;
        Ok(Self { rows, ..whole })
    }

    /// The rows, lazily.
    pub(crate) fn rows(&self) -> LazyFrame {
        self.rows.clone()
    }

    /// Carries a plan out. A damaged file is named.
    pub(crate) fn collect(&self, plan: LazyFrame) -> Result<DataFrame, polso_store::Error> {
        let answer = plan.collect_with_engine(Engine::Streaming).map_err(|error| self.lake.blame(self.day, error))?;
        Ok(answer.unwrap_single())
    }

    /// Whether a column holds one of some values.
    pub(crate) fn is_one_of(&self, column: &str, values: &Series) -> Result<Expr, polso_store::Error> {
        // In one list: the bare series would be compared row by row.
        let list = values.implode().map_err(|error| self.lake.blame(self.day, error))?;
        Ok(col(column).is_in(lit(list.into_series()), false))
    }

    /// Takes a collected frame apart.
    pub(crate) fn read<T>(
        &self,
        frame: &DataFrame,
        read: impl FnOnce(&DataFrame) -> PolarsResult<T>,
    ) -> Result<T, polso_store::Error> {
        read(frame).map_err(|error| self.lake.blame(self.day, error))
    }
}

/// The hash of a text column.
pub(crate) fn hashed(column: &str) -> Expr {
    let hash = |texts: Column| -> PolarsResult<Column> {
        let hashes: UInt64Chunked = texts.str()?.apply_nonnull_values_generic(DataType::UInt64, hash::text);
        Ok(hashes.into_series().into())
    };
    col(column).map(hash, |_, field| Ok(Field::new(field.name().clone(), DataType::UInt64)))
}

/// An author's hash and a group's number in one key; rows without a group get null.
pub(crate) fn author_and(group: Expr) -> Expr {
    let pack = move |columns: &mut [Column]| -> PolarsResult<Column> {
        let (authors, groups) = (columns[0].str()?, columns[1].u32()?);
        let pack =
            |(author, group): (Option<&str>, Option<u32>)| Some(hash::text(author?) & AUTHOR_BITS | u64::from(group?));
        let keys: UInt64Chunked = authors.iter().zip(groups.iter()).map(pack).collect();
        Ok(keys.with_name("key".into()).into_series().into())
    };
    map_multiple(pack, [col(name::AUTHOR), group], |_, _| Ok(Field::new("key".into(), DataType::UInt64)))
}

/// Lower bits of a key of [`said`]: the language's number above that of the cell.
const CELL_BITS: u32 = 8;

/// No cell, or no language: nothing was read.
const NONE: u32 = (1 << CELL_BITS) - 1;

const _: () = assert!(CELLS < NONE as usize, "cells must fit their bits");

/// An author's hash with the number of the language among `langs` and the cell of the probabilities, in one number.
pub(crate) fn said(langs: &[&str]) -> Expr {
    let numbers: HashMap<String, u32> = langs.iter().map(|lang| (*lang).to_owned()).zip(0..NONE).collect();
    let pack = move |columns: &mut [Column]| -> PolarsResult<Column> {
        let (authors, langs) = (columns[0].str()?, columns[1].str()?);
        let moods = [columns[2].f32()?, columns[3].f32()?, columns[4].f32()?];
        let [negative, neutral, positive] = moods.map(ChunkedArray::iter);
        let read = negative.zip(neutral).zip(positive).map(|((negative, neutral), positive)| {
            let cell = shares::cell([negative?, neutral?, positive?].map(f64::from))?;
            u32::try_from(cell).ok()
        });
        let pack = |((author, lang), cell): ((Option<&str>, Option<&str>), Option<u32>)| {
            let read = cell.zip(lang.and_then(|lang| numbers.get(lang).copied()));
            let (cell, lang) = read.unwrap_or((NONE, NONE));
            Some(hash::text(author?) & AUTHOR_BITS | u64::from(lang << CELL_BITS | cell))
        };
        let keys: UInt64Chunked = authors.iter().zip(langs.iter()).zip(read).map(pack).collect();
        Ok(keys.with_name("said".into()).into_series().into())
    };
    let columns = [name::AUTHOR, name::LANG, name::NEGATIVE, name::NEUTRAL, name::POSITIVE].map(col);
    map_multiple(pack, columns, |_, _| Ok(Field::new("said".into(), DataType::UInt64))).alias("said")
}

/// Takes a key of [`said`] apart: the author's hash; language and cell where something was read.
pub(crate) fn unpack_said(key: u64) -> (u64, Option<(u16, u16)>) {
    let number = |shift: u32| u16::try_from(key >> shift & u64::from(NONE)).unwrap_or(0);
    let (lang, cell) = (number(CELL_BITS), number(0));
    (key & AUTHOR_BITS, (u32::from(cell) != NONE).then_some((lang, cell)))
}

/// Takes a key of [`author_and`] apart: the author's hash, the group.
pub(crate) fn unpack(key: u64) -> (u64, usize) {
    let group = key & !AUTHOR_BITS;
    (key & AUTHOR_BITS, usize::try_from(group).unwrap_or(0))
}

/// A row per item of a list column; rows with an empty list go.
pub(crate) fn each_item(rows: LazyFrame, list: &'static str) -> LazyFrame {
    rows.explode(by_name([list], true, false), ExplodeOptions { empty_as_null: false, keep_nulls: false })
}

/// Sums over the rows of a group, as [`read_sums`] takes them.
pub(crate) fn sums(config: &Config) -> Vec<Expr> {
    let fixed =
        |column: &str| (col(column).cast(DataType::Float64) * lit(ONE)).cast(DataType::UInt64).sum().alias(column);
    vec![
        len().alias("posts"),
        col(name::NEGATIVE).count().alias("scored"),
        fixed(name::NEGATIVE),
        fixed(name::POSITIVE),
        col(name::NEEDS_CHECKING).count().alias("checked"),
        col(name::NEEDS_CHECKING).gt_eq(lit(config.threshold)).sum().alias("flagged"),
    ]
}

/// Reads what [`sums`] made of each group, in the frame's order.
pub(crate) fn read_sums(frame: &DataFrame) -> PolarsResult<Vec<Sums>> {
    let column = |name: &str| numbers(frame, name);
    let (posts, scored, checked, flagged) =
        (column("posts")?, column("scored")?, column("checked")?, column("flagged")?);
    let (negative, positive) = (column(name::NEGATIVE)?, column(name::POSITIVE)?);
    let row = |i: usize| Sums {
        posts: posts[i],
        scored: scored[i],
        negative: negative[i],
        positive: positive[i],
        checked: checked[i],
        flagged: flagged[i],
    };
    Ok((0..frame.height()).map(row).collect())
}

/// A column of counts; null counts as zero.
pub(crate) fn numbers(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u64>> {
    let column = frame.column(name)?.cast(&DataType::UInt64)?;
    Ok(column.u64()?.iter().map(Option::unwrap_or_default).collect())
}

/// A column of texts; null is empty.
pub(crate) fn texts(frame: &DataFrame, name: &str) -> PolarsResult<Vec<String>> {
    Ok(frame.column(name)?.str()?.iter().map(|text| text.unwrap_or_default().to_owned()).collect())
}
