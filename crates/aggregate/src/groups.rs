//! Mood by language and source, and how many people stand behind each.
//!
//! One pass over the rows: sums and counts by author, language, source and cell of the grid. Everything about people is
//! added up from these in plain Rust.

use crate::bootstrap::Clusters;
use crate::moods::Reader;
use crate::scan::{Scan, numbers, read_sums, said, sums, unpack_said};
use crate::shares::{AUTHOR, Crowd, Draws, Said};
use crate::sums::Sums;
use crate::tallies::Cells;
use crate::{Config, Group, Headline, Tally, hash};
use polars::prelude::*;
use polso_domain::PostKind;
use polso_store::columns::name;
use std::collections::{BTreeMap, HashMap};

const KINDS: [PostKind; 4] = [PostKind::Original, PostKind::Reply, PostKind::Repost, PostKind::Quote];

/// The posts of a group: what they add up to, and what was read in what the headline counts.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) clusters: Clusters,
    pub(crate) crowd: Crowd,
}

/// Groups by name.
pub(crate) type Named = BTreeMap<String, Gathered>;

/// The day's people, whole and in parts.
#[derive(Default)]
pub(crate) struct People {
    pub(crate) all: Clusters,
    pub(crate) per_post: Crowd,
    pub(crate) per_author: Crowd,
    pub(crate) by_lang: Named,
    pub(crate) by_source: Named,
    pub(crate) by_kind: BTreeMap<&'static str, (u64, u32)>,
    /// Σn² over authors.
    squares: f64,
}

/// One author within one source, language and cell.
struct Row {
    author: u64,
    read: Option<(u16, u16)>,
    cell: usize,
    sums: Sums,
    kinds: [u64; 4],
}

impl Row {
    fn said(&self) -> Option<Said> {
        self.read.map(|(lang, cell)| (lang, cell, self.sums.scored))
    }
}

impl People {
    /// By source and language. `langs` numbers the languages in which something was read.
    pub(crate) fn count(
        scan: &Scan,
        (cells, langs): (&Cells, &[&str]),
        config: &Config,
    ) -> Result<Self, polso_store::Error> {
        let cells: Vec<(&str, &str)> =
            cells.distinct(|cell| (cell.source.as_str(), cell.lang.as_str())).into_iter().collect();
        let kinds = KINDS.map(|kind| col(name::KIND).eq(lit(kind.as_str())).sum().alias(kind.as_str()));
        let wanted: Vec<Expr> = sums(config).into_iter().chain(kinds).collect();
        let rows = scan.rows().group_by([said(langs), number_of(&cells).alias("group")]).agg(wanted);
        let frame = scan.collect(rows)?;
        let mut rows = scan.read(&frame, read)?;
        drop(frame);
        rows.sort_unstable_by_key(|row| (row.author, row.read, row.cell));
        let mut people = Self::default();
        for author in rows.chunk_by(|a, b| a.author == b.author) {
            people.add(author, &cells, config.headline);
        }
        Ok(people)
    }

    fn add(&mut self, author: &[Row], cells: &[(&str, &str)], headline: Headline) {
        let id = author[0].author;
        let mut whole = Sums::default();
        let (mut langs, mut sources) = (BTreeMap::<&str, Vec<&Row>>::new(), BTreeMap::<&str, Vec<&Row>>::new());
        for row in author {
            let (source, lang) = cells.get(row.cell).copied().unwrap_or_default();
            whole += row.sums;
            langs.entry(lang).or_default().push(row);
            sources.entry(source).or_default().push(row);
        }
        for (parts, named) in [(langs, &mut self.by_lang), (sources, &mut self.by_source)] {
            for (key, rows) in parts {
                let sums = rows.iter().map(|row| row.sums).sum();
                entry(named, key).push((id, sums), rows.iter().filter_map(|row| row.said()), headline);
            }
        }
        let said: Vec<Said> = author.iter().filter_map(Row::said).collect();
        self.per_post.push(id, &said);
        self.per_author.push(id, &as_one(&said));
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

impl Gathered {
    /// Adds an author with what they posted. Where texts are counted, these come from elsewhere.
    pub(crate) fn push(&mut self, (author, sums): (u64, Sums), said: impl Iterator<Item = Said>, headline: Headline) {
        self.clusters.push(author, sums);
        match headline {
            Headline::Posts => self.crowd.push(author, &said.collect::<Vec<_>>()),
            Headline::Authors => self.crowd.push(author, &as_one(&said.collect::<Vec<_>>())),
            Headline::Texts => {}
        }
    }
}

/// What an author posted, counted as one author.
fn as_one(said: &[Said]) -> Vec<Said> {
    let all = said.iter().map(|(.., posts)| posts).sum::<u64>().max(1);
    said.iter().map(|(lang, cell, posts)| (*lang, *cell, posts * AUTHOR / all)).collect()
}

/// Groups as a summary shows them: most posts first, then by name.
pub(crate) fn shown(named: &Named, reader: &Reader<'_>, (config, kind): (&Config, &str)) -> Vec<Group> {
    let group = |(key, Gathered { clusters, crowd }): (&String, &Gathered)| {
        let seed = hash::then(hash::then(config.seed, hash::text(kind)), hash::text(key));
        let draws = Draws { resamples: config.resamples, seed };
        let (mean, needs_checking) = clusters.shares(draws);
        let mood = reader.mood(crowd, clusters.total.scored, draws).or(mean);
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
    let (keys, cells) = (numbers(frame, "said")?, numbers(frame, "group")?);
    let kinds = KINDS.map(|kind| numbers(frame, kind.as_str()));
    let [original, reply, repost, quote] = kinds;
    let kinds = [original?, reply?, repost?, quote?];
    let row = |(i, (key, sums)): (usize, (u64, Sums))| {
        let (author, read) = unpack_said(key);
        let cell = usize::try_from(cells[i]).unwrap_or(usize::MAX);
        Row { author, read, cell, sums, kinds: [kinds[0][i], kinds[1][i], kinds[2][i], kinds[3][i]] }
    };
    Ok(keys.into_iter().zip(read_sums(frame)?).enumerate().map(row).collect())
}

/// The group of that name, made where there is none.
pub(crate) fn entry<'a>(named: &'a mut Named, key: &str) -> &'a mut Gathered {
    // `entry` would want an owned key for each author.
    if !named.contains_key(key) {
        named.insert(key.to_owned(), Gathered::default());
    }
    named.entry(key.to_owned()).or_default()
}
