//! A day's rows as polars expressions: each post once, authors as numbers, probabilities as integers.

use crate::hash;
use crate::sums::{ONE, Sums};
use crate::{Config, dedupe};
use polars::prelude::*;
use polso_domain::Day;
use polso_store::Lake;
use polso_store::columns::name;

/// A group beside an author's hash, in one number: the hash keeps its upper 48 bits, the group has the lower 16.
///
/// Grouping by one integer is several times faster than by two strings. Two of ten million authors share 48 bits in one
/// day out of six; they are then counted as one person.
const GROUP_BITS: u32 = 16;

/// Groups at most that one [`sums_by`] can tell apart.
pub(crate) const MAX_GROUPS: usize = 1 << GROUP_BITS;

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
    let mask = u64::MAX << GROUP_BITS;
    let pack = move |columns: &mut [Column]| -> PolarsResult<Column> {
        let (authors, groups) = (columns[0].str()?, columns[1].u32()?);
        let pack = |(author, group): (Option<&str>, Option<u32>)| Some(hash::text(author?) & mask | u64::from(group?));
        let keys: UInt64Chunked = authors.iter().zip(groups.iter()).map(pack).collect();
        Ok(keys.with_name("key".into()).into_series().into())
    };
    map_multiple(pack, [col(name::AUTHOR), group], |_, _| Ok(Field::new("key".into(), DataType::UInt64)))
}

/// Takes a key of [`author_and`] apart: the author's hash, the group.
pub(crate) fn unpack(key: u64) -> (u64, usize) {
    let group = key & !(u64::MAX << GROUP_BITS);
    (key & (u64::MAX << GROUP_BITS), usize::try_from(group).unwrap_or(0))
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
