//! Everything that one pass over the rows can count without knowing who posted: cells of source, language, status,
//! model and quarter of an hour, with the fingerprint of what is in them.

use crate::coverage::Clock;
use crate::dedupe;
use crate::hash;
use crate::scan::{Scan, author_and, numbers, texts, unpack};
use polars::prelude::*;
use polso_store::columns::name;
use std::collections::BTreeSet;

const SLOT: &str = "slot";

/// Posts that share all of this.
pub(crate) struct Cell {
    pub(crate) source: String,
    pub(crate) lang: String,
    pub(crate) scored: String,
    pub(crate) model: String,
    /// Quarter of an hour since the day's start.
    pub(crate) slot: usize,
    pub(crate) posts: u64,
    pub(crate) truncated: u64,
    /// Scored posts whose most probable mood is negative.
    pub(crate) negative: u64,
    fingerprint: [u64; 2],
}

/// The day's cells.
pub(crate) struct Cells(pub(crate) Vec<Cell>);

impl Cells {
    pub(crate) fn count(scan: &Scan, clock: &Clock) -> Result<Self, polso_store::Error> {
        let keys = [col(name::SOURCE), col(name::LANG), col(name::SCORED), col(name::MODEL), slot(clock)];
        let negative = col(name::NEGATIVE);
        let mostly = negative.clone().gt(col(name::NEUTRAL)).and(negative.gt(col(name::POSITIVE)));
        let half = |shift: u64| (col("print") / lit(1_u64 << shift) % lit(1_u64 << 32)).sum();
        let wanted = [len().alias("posts"), col(name::TRUNCATED).sum(), mostly.sum().alias(name::NEGATIVE)];
        let mut wanted = wanted.to_vec();
        wanted.extend([half(32).alias("high"), half(0).alias("low")]);
        let cells = scan.rows().with_column(fingerprint()).group_by(keys).agg(wanted);
        let frame = scan.collect(cells)?;
        scan.read(&frame, read).map(Self)
    }

    /// Posts in all cells that pass.
    pub(crate) fn posts(&self, passes: impl Fn(&Cell) -> bool) -> u64 {
        self.0.iter().filter(|cell| passes(cell)).map(|cell| cell.posts).sum()
    }

    /// The different values of one part of the cells, in order.
    pub(crate) fn distinct<'a, T: Ord>(&'a self, of: impl Fn(&'a Cell) -> T) -> BTreeSet<T> {
        self.0.iter().map(of).collect()
    }

    /// Fingerprint of posts and readings: a sum over the rows, so that it is the same in any order and any file.
    pub(crate) fn data_hash(&self) -> String {
        let sum =
            |half: usize| hash::mix(self.0.iter().fold(0_u64, |sum, cell| sum.wrapping_add(cell.fingerprint[half])));
        format!("{:016x}{:016x}", sum(0), sum(1))
    }
}

/// Different authors in each hour on the clock.
pub(crate) fn people_by_hour(scan: &Scan, clock: &Clock) -> Result<[u32; 24], polso_store::Error> {
    let on_clock = clock.clone();
    let hour = slot(clock).map(
        move |slots: Column| {
            let hour = |slot: Option<u32>| slot.map(|slot| u32::from(on_clock.hour(slot as usize)));
            let hours: UInt32Chunked = slots.u32()?.iter().map(hour).collect();
            Ok(hours.with_name(slots.name().clone()).into_series().into())
        },
        |_, field| Ok(Field::new(field.name().clone(), DataType::UInt32)),
    );
    let frame = scan.collect(scan.rows().group_by([author_and(hour).alias("key")]).agg([len().alias("posts")]))?;
    let keys = scan.read(&frame, |frame| numbers(frame, "key"))?;
    let mut people = [0; 24];
    for key in keys {
        people[unpack(key).1 % 24] += 1;
    }
    Ok(people)
}

/// Quarter of an hour since the day's start: the finest step that clocks are moved by anywhere.
fn slot(clock: &Clock) -> Expr {
    let since = col(name::POSTED_AT).cast(DataType::Int64) - lit(clock.start_ms());
    (since / lit(Clock::SLOT_MS)).cast(DataType::UInt32).alias(SLOT)
}

/// Hash of everything a summary says about one row: which post, which text, when, and what was read in it.
fn fingerprint() -> Expr {
    let instant = col(name::POSTED_AT).cast(DataType::Int64).cast(DataType::UInt64);
    let bits = |column: &str| col(column).cast(DataType::Float32);
    let parts = [
        dedupe::id(),
        col(name::TEXT_KEY),
        instant,
        bits(name::NEGATIVE),
        bits(name::NEUTRAL),
        bits(name::POSITIVE),
        bits(name::NEEDS_CHECKING),
        col(name::SCORED),
    ];
    let hash = |columns: &mut [Column]| -> PolarsResult<Column> {
        let (texts, words) = (columns[1].u64()?, columns[7].str()?);
        let (ids, instants) = (columns[0].u64()?, columns[2].u64()?);
        let mut hashes: Vec<u64> =
            ids.iter().zip(texts.iter()).map(|(id, text)| hash::then(id.unwrap_or(0), text.unwrap_or(0))).collect();
        let mut add = |values: &mut dyn Iterator<Item = u64>| {
            hashes.iter_mut().zip(values).for_each(|(hash, value)| *hash = hash::then(*hash, value));
        };
        add(&mut instants.iter().map(Option::unwrap_or_default));
        for column in &columns[3..7] {
            // No probability is told from every probability: no f32 has these 64 bits.
            add(&mut column.f32()?.iter().map(|value| value.map_or(u64::MAX, |value| u64::from(value.to_bits()))));
        }
        add(&mut words.iter().map(|word| hash::text(word.unwrap_or_default())));
        Ok(UInt64Chunked::from_vec("print".into(), hashes).into_series().into())
    };
    map_multiple(hash, parts, |_, _| Ok(Field::new("print".into(), DataType::UInt64))).alias("print")
}

fn read(frame: &DataFrame) -> PolarsResult<Vec<Cell>> {
    let text = |name: &str| texts(frame, name);
    let number = |name: &str| numbers(frame, name);
    let (source, lang, scored, model) =
        (text(name::SOURCE)?, text(name::LANG)?, text(name::SCORED)?, text(name::MODEL)?);
    let (slot, posts, truncated, negative) =
        (number(SLOT)?, number("posts")?, number(name::TRUNCATED)?, number(name::NEGATIVE)?);
    let (high, low) = (number("high")?, number("low")?);
    let cell = |i: usize| Cell {
        source: source[i].clone(),
        lang: lang[i].clone(),
        scored: scored[i].clone(),
        model: model[i].clone(),
        slot: usize::try_from(slot[i]).unwrap_or(usize::MAX),
        posts: posts[i],
        truncated: truncated[i],
        negative: negative[i],
        fingerprint: [high[i], low[i]],
    };
    Ok((0..frame.height()).map(cell).collect())
}
