//! Mood by language, source and hashtag, and how many people stand behind each.
//!
//! Two passes over the rows: sums by author within source and language, and by author within the hashtags posted most.
//! Everything about people is added up from these in plain Rust.

use crate::bootstrap::{Clusters, Draws};
use crate::scan::{MAX_GROUPS, Scan, author_and, numbers, read_sums, sums, texts, unpack};
use crate::sums::Sums;
use crate::tallies::Cells;
use crate::{Config, Group, Tally, hash};
use polars::prelude::*;
use polso_domain::PostKind;
use polso_store::columns::name;
use std::collections::{BTreeMap, HashMap};

const KINDS: [PostKind; 4] = [PostKind::Original, PostKind::Reply, PostKind::Repost, PostKind::Quote];

/// Groups by name.
pub(crate) type Named = BTreeMap<String, Clusters>;

/// The day's people, whole and in parts.
#[derive(Default)]
pub(crate) struct People {
    pub(crate) all: Clusters,
    pub(crate) by_lang: Named,
    pub(crate) by_source: Named,
    pub(crate) by_kind: BTreeMap<&'static str, (u64, u32)>,
    /// Σn² over authors.
    squares: f64,
}

/// One author within one source and language.
struct Row {
    author: u64,
    cell: usize,
    sums: Sums,
    kinds: [u64; 4],
}

impl People {
    /// By source and language.
    pub(crate) fn count(scan: &Scan, cells: &Cells, config: &Config) -> Result<Self, polso_store::Error> {
        let cells: Vec<(&str, &str)> =
            cells.distinct(|cell| (cell.source.as_str(), cell.lang.as_str())).into_iter().collect();
        let kinds = KINDS.map(|kind| col(name::KIND).eq(lit(kind.as_str())).sum().alias(kind.as_str()));
        let wanted: Vec<Expr> = sums(config).into_iter().chain(kinds).collect();
        let rows = scan.rows().group_by([author_and(number_of(&cells)).alias("key")]).agg(wanted);
        let frame = scan.collect(rows)?;
        let mut rows = scan.read(&frame, read)?;
        drop(frame);
        rows.sort_unstable_by_key(|row| (row.author, row.cell));
        let mut people = Self::default();
        for author in rows.chunk_by(|a, b| a.author == b.author) {
            people.add(author, &cells);
        }
        Ok(people)
    }

    fn add(&mut self, author: &[Row], cells: &[(&str, &str)]) {
        let id = author[0].author;
        let mut whole = Sums::default();
        let (mut langs, mut sources): (BTreeMap<&str, Sums>, BTreeMap<&str, Sums>) = Default::default();
        for row in author {
            let (source, lang) = cells.get(row.cell).copied().unwrap_or_default();
            whole += row.sums;
            *langs.entry(lang).or_default() += row.sums;
            *sources.entry(source).or_default() += row.sums;
        }
        for (parts, named) in [(langs, &mut self.by_lang), (sources, &mut self.by_source)] {
            for (key, sums) in parts {
                entry(named, key).push(id, sums);
            }
        }
        for (i, kind) in KINDS.iter().enumerate() {
            let posts: u64 = author.iter().map(|row| row.kinds[i]).sum();
            if posts > 0 {
                let tally = self.by_kind.entry(kind.as_str()).or_default();
                *tally = (tally.0 + posts, tally.1 + 1);
            }
        }
        self.squares += (whole.posts as f64).powi(2);
        self.all.push(id, whole);
    }

    /// How many authors there would be if all posted equally much (Kish 1965).
    pub(crate) fn effective(&self) -> f64 {
        if self.squares > 0.0 { (self.all.total.posts as f64).powi(2) / self.squares } else { 0.0 }
    }
}

/// The hashtags posted most, by name.
pub(crate) fn by_hashtag(scan: &Scan, config: &Config) -> Result<Named, polso_store::Error> {
    let top = top_hashtags(scan, config.top.min(MAX_GROUPS))?;
    let tags: HashMap<String, u32> = (0..).zip(&top).map(|(number, tag)| (tag.clone(), number)).collect();
    let number = col(name::HASHTAGS).map(
        move |texts| {
            let numbers: UInt32Chunked = texts.str()?.iter().map(|tag| tags.get(tag?).copied()).collect();
            Ok(numbers.with_name("group".into()).into_series().into())
        },
        |_, _| Ok(Field::new("group".into(), DataType::UInt32)),
    );
    let columns = [name::AUTHOR, name::NEGATIVE, name::POSITIVE, name::NEEDS_CHECKING].map(col);
    let rows = scan.rows().select([
        col(name::HASHTAGS),
        columns[0].clone(),
        columns[1].clone(),
        columns[2].clone(),
        columns[3].clone(),
    ]);
    let rows = each_item(rows, name::HASHTAGS).with_column(number.alias("group")).filter(col("group").is_not_null());
    let frame = scan.collect(rows.group_by([author_and(col("group")).alias("key")]).agg(sums(config)))?;
    let keys =
        scan.read(&frame, |frame| Ok(numbers(frame, "key")?.into_iter().zip(read_sums(frame)?).collect::<Vec<_>>()))?;
    let mut keys = keys;
    keys.sort_unstable_by_key(|(key, _)| *key);
    let mut named = Named::new();
    for (key, sums) in keys {
        let (author, number) = unpack(key);
        entry(&mut named, top.get(number).map_or("", String::as_str)).push(author, sums);
    }
    Ok(named)
}

/// Groups as a summary shows them: most posts first, then by name.
pub(crate) fn shown(named: &Named, config: &Config, kind: &str) -> Vec<Group> {
    let group = |(key, clusters): (&String, &Clusters)| {
        let seed = hash::then(hash::then(config.seed, hash::text(kind)), hash::text(key));
        let (mood, needs_checking) = clusters.shares(Draws { resamples: config.resamples, seed });
        Group { key: key.clone(), n: clusters.total.posts, people: clusters.people, mood, needs_checking }
    };
    let mut groups: Vec<Group> = named.iter().map(group).collect();
    groups.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
    groups
}

/// Counts as a summary shows them: most posts first, then by name.
pub(crate) fn tallied<'a>(counts: impl Iterator<Item = (&'a str, u64, u32)>) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = counts.map(|(key, n, people)| Tally { key: key.to_owned(), n, people }).collect();
    tallies.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
    tallies
}

/// A row per item of a list column; rows with an empty list go.
pub(crate) fn each_item(rows: LazyFrame, list: &'static str) -> LazyFrame {
    rows.explode(by_name([list], true, false), ExplodeOptions { empty_as_null: false, keep_nulls: false })
}

fn top_hashtags(scan: &Scan, top: usize) -> Result<Vec<String>, polso_store::Error> {
    let tags = each_item(scan.rows().select([col(name::HASHTAGS)]), name::HASHTAGS);
    let frame = scan.collect(tags.group_by([col(name::HASHTAGS)]).agg([len().alias("posts")]))?;
    let mut counts = scan.read(&frame, |frame| {
        Ok(numbers(frame, "posts")?.into_iter().zip(texts(frame, name::HASHTAGS)?).collect::<Vec<_>>())
    })?;
    counts.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    counts.truncate(top);
    Ok(counts.into_iter().map(|(_, tag)| tag).collect())
}

/// The number of a row's source and language among `cells`.
fn number_of(cells: &[(&str, &str)]) -> Expr {
    let pair = |source: &str, lang: &str| hash::then(hash::text(source), hash::text(lang));
    let numbers: HashMap<u64, u32> =
        (0..).zip(cells).map(|(number, (source, lang))| (pair(source, lang), number)).collect();
    let number = move |columns: &mut [Column]| -> PolarsResult<Column> {
        let (sources, langs) = (columns[0].str()?, columns[1].str()?);
        let number = |(source, lang): (Option<&str>, Option<&str>)| numbers.get(&pair(source?, lang?)).copied();
        let found: UInt32Chunked = sources.iter().zip(langs.iter()).map(number).collect();
        Ok(found.with_name("group".into()).into_series().into())
    };
    map_multiple(number, [col(name::SOURCE), col(name::LANG)], |_, _| Ok(Field::new("group".into(), DataType::UInt32)))
}

fn read(frame: &DataFrame) -> PolarsResult<Vec<Row>> {
    let keys = numbers(frame, "key")?;
    let kinds = KINDS.map(|kind| numbers(frame, kind.as_str()));
    let [original, reply, repost, quote] = kinds;
    let kinds = [original?, reply?, repost?, quote?];
    let row = |(i, (key, sums)): (usize, (u64, Sums))| {
        let (author, cell) = unpack(key);
        Row { author, cell, sums, kinds: [kinds[0][i], kinds[1][i], kinds[2][i], kinds[3][i]] }
    };
    Ok(keys.into_iter().zip(read_sums(frame)?).enumerate().map(row).collect())
}

fn entry<'a>(named: &'a mut Named, key: &str) -> &'a mut Clusters {
    // `entry` would want an owned key for each author.
    if !named.contains_key(key) {
        named.insert(key.to_owned(), Clusters::default());
    }
    named.entry(key.to_owned()).or_default()
}
