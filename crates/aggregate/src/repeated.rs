//! What many people posted: links to the same site, and texts.
//!
//! To rank by people without counting the people behind each of millions of texts: nothing has more people than posts.
//! So the items with most posts are counted first, and then those, if any, whose posts could still beat the last place.

use crate::scan::{Scan, each_item, numbers, texts};
use crate::{Counted, Repeated};
use polars::prelude::*;
use polso_domain::Stance;
use polso_store::columns::name;
use std::collections::{BTreeSet, HashMap};

/// Items whose people are counted at first: enough that a second look is rare.
const FIRST_LOOK: usize = 1000;

/// Fewer people than this do not repeat one another.
const SEVERAL: u64 = 2;

/// A frame with the posts of each item: the item, `posts`.
struct Items {
    rows: LazyFrame,
    item: &'static str,
    counts: DataFrame,
}

/// How an item's keys are read from a frame.
type Keys<K> = fn(&DataFrame) -> PolarsResult<Vec<K>>;

/// An item and what stands behind it.
struct Ranked<K> {
    key: K,
    posts: u64,
    people: u64,
}

/// Sites that links lead to, by people. A post with several links to a site counts once.
pub(crate) fn sites(scan: &Scan, top: usize) -> Result<Vec<Counted>, polso_store::Error> {
    let sites = col(name::LINKS).map(|links| sites_of_posts(&links), |_, field| Ok(field.clone()));
    let rows = each_item(scan.rows().select([sites, col(name::AUTHOR)]), name::LINKS);
    let items = Items::count(scan, rows, name::LINKS)?;
    let ranked = items.rank(scan, top, (1, |frame| texts(frame, name::LINKS)))?;
    Ok(ranked.into_iter().map(|site| Counted { key: site.key, n: site.posts, people: small(site.people) }).collect())
}

/// For the links of each post, the sites that they lead to.
fn sites_of_posts(links: &Column) -> PolarsResult<Column> {
    let links = links.list()?;
    let mut sites = ListStringChunkedBuilder::new(links.name().clone(), links.len(), links.len());
    for links in links.amortized_iter() {
        let Some(links) = links else {
            sites.append_null();
            continue;
        };
        let of_post: BTreeSet<&str> = links.as_ref().str()?.iter().flatten().map(site).collect();
        sites.append_values_iter(of_post.into_iter());
    }
    Ok(sites.finish().into_column())
}

/// The host of an address, as people speak of it.
fn site(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// How many different texts there are, and those that most people posted.
pub(crate) fn repeated(scan: &Scan, top: usize) -> Result<(u64, Vec<Repeated>), polso_store::Error> {
    let items = Items::count(scan, scan.rows().select([col(name::TEXT_KEY), col(name::AUTHOR)]), name::TEXT_KEY)?;
    let unique = items.counts.height() as u64;
    let ranked = items.rank(scan, top, (SEVERAL, |frame| numbers(frame, name::TEXT_KEY)))?;
    drop(items);
    let mut earliest = earliest(scan, &ranked)?;
    let shown = ranked.into_iter().filter_map(|item| {
        let first = earliest.remove(&item.key)?;
        Some(Repeated { n: item.posts, people: small(item.people), ..first })
    });
    Ok((unique, shown.collect()))
}

impl Items {
    fn count(scan: &Scan, rows: LazyFrame, item: &'static str) -> Result<Self, polso_store::Error> {
        let counts = scan.collect(rows.clone().group_by([col(item)]).agg([len().alias("posts")]))?;
        Ok(Self { rows, item, counts })
    }

    /// The `top` items by people, then posts, then key. Items with fewer than `least` people are left out.
    fn rank<K: Ord + Clone>(
        &self,
        scan: &Scan,
        top: usize,
        (least, keys): (u64, Keys<K>),
    ) -> Result<Vec<Ranked<K>>, polso_store::Error> {
        let mut posts = scan.read(&self.counts, |counts| numbers(counts, "posts"))?;
        posts.sort_unstable_by(|a, b| b.cmp(a));
        let first = posts.get(FIRST_LOOK).map_or(least, |posts| (*posts).max(least));
        let mut ranked = self.people(scan, first, keys)?;
        let needed = ranked.get(top.saturating_sub(1)).map_or(least, |item| item.people.max(least));
        if needed < first {
            ranked = self.people(scan, needed, keys)?;
        }
        ranked.retain(|item| item.people >= least);
        ranked.truncate(top);
        Ok(ranked)
    }

    /// The items with at least so many posts, ranked by people.
    fn people<K: Ord + Clone>(
        &self,
        scan: &Scan,
        posts: u64,
        keys: Keys<K>,
    ) -> Result<Vec<Ranked<K>>, polso_store::Error> {
        let wanted = self.counts.clone().lazy().filter(col("posts").gt_eq(lit(posts)));
        let wanted = scan.collect(wanted.select([col(self.item)]))?;
        let wanted = scan.read(&wanted, |wanted| Ok(wanted.column(self.item)?.as_materialized_series().clone()))?;
        let rows = self.rows.clone().filter(scan.is_one_of(self.item, &wanted)?);
        let counted =
            rows.group_by([col(self.item)]).agg([len().alias("posts"), col(name::AUTHOR).n_unique().alias("people")]);
        let frame = scan.collect(counted)?;
        let (keys, posts, people) =
            scan.read(&frame, |frame| Ok((keys(frame)?, numbers(frame, "posts")?, numbers(frame, "people")?)))?;
        let mut ranked: Vec<Ranked<K>> = keys
            .into_iter()
            .zip(posts)
            .zip(people)
            .map(|((key, posts), people)| Ranked { key, posts, people })
            .collect();
        ranked.sort_unstable_by(|a, b| {
            b.people.cmp(&a.people).then(b.posts.cmp(&a.posts)).then_with(|| a.key.cmp(&b.key))
        });
        Ok(ranked)
    }
}

/// The earliest post of each text. Texts that retention has emptied are left out.
fn earliest(scan: &Scan, ranked: &[Ranked<u64>]) -> Result<HashMap<u64, Repeated>, polso_store::Error> {
    let keys = UInt64Chunked::from_vec("keys".into(), ranked.iter().map(|item| item.key).collect()).into_series();
    let of_these = scan.rows().filter(scan.is_one_of(name::TEXT_KEY, &keys)?);
    let firsts = of_these.group_by([col(name::TEXT_KEY)]).agg([col(name::POSTED_AT).cast(DataType::Int64).min()]);
    let firsts = scan.collect(firsts)?;
    let pairs = scan.read(&firsts, |frame| {
        let instants = frame.column(name::POSTED_AT)?.i64()?.iter().flatten();
        Ok(numbers(frame, name::TEXT_KEY)?.into_iter().zip(instants).collect::<Vec<_>>())
    })?;
    let is_first = pairs
        .into_iter()
        .map(|(key, at)| col(name::TEXT_KEY).eq(lit(key)).and(col(name::POSTED_AT).cast(DataType::Int64).eq(lit(at))))
        .reduce(Expr::or)
        .unwrap_or(lit(false));
    let columns =
        [name::TEXT_KEY, name::SOURCE, name::POST_ID, name::TEXT, name::LANG, name::NEGATIVE, name::NEEDS_CHECKING];
    let columns = columns.into_iter().chain([name::CLAIMS]).map(col).collect::<Vec<_>>();
    let frame = scan.collect(scan.rows().filter(is_first).select(columns))?;
    let mut rows = scan.read(&frame, posts)?;
    // Several in the same millisecond: the last in this order stays in the map.
    rows.sort_unstable_by(|a, b| b.0.cmp(&a.0));
    Ok(rows.into_iter().filter(|(_, row)| !row.text.is_empty()).map(|((key, ..), row)| (key, row)).collect())
}

type Place = (u64, String, String);

fn posts(frame: &DataFrame) -> PolarsResult<Vec<(Place, Repeated)>> {
    let keys = numbers(frame, name::TEXT_KEY)?;
    let (sources, ids) = (texts(frame, name::SOURCE)?, texts(frame, name::POST_ID)?);
    let (words, langs) = (texts(frame, name::TEXT)?, texts(frame, name::LANG)?);
    let (negative, checking) = (frame.column(name::NEGATIVE)?.f32()?, frame.column(name::NEEDS_CHECKING)?.f32()?);
    let claims = frame.column(name::CLAIMS)?.list()?;
    let row = |i: usize| {
        let shown = Repeated {
            text: words[i].clone(),
            lang: langs[i].clone(),
            n: 0,
            people: 0,
            negative: negative.get(i),
            needs_checking: checking.get(i),
            claims: not_denied(claims.get_as_series(i))?,
        };
        Ok(((keys[i], sources[i].clone(), ids[i].clone()), shown))
    };
    (0..frame.height()).map(row).collect()
}

/// The claims of a post that it does not deny.
fn not_denied(claims: Option<Series>) -> PolarsResult<Vec<String>> {
    let Some(claims) = claims.filter(|claims| !claims.is_empty()) else { return Ok(Vec::new()) };
    let fields = claims.struct_()?;
    let (ids, stances) = (fields.field_by_name("claim")?, fields.field_by_name("stance")?);
    let pairs = ids.str()?.iter().zip(stances.str()?.iter());
    let spread = pairs.filter(|(_, stance)| *stance != Some(Stance::Rebuts.as_str()));
    Ok(spread.filter_map(|(id, _)| id.map(str::to_owned)).collect())
}

fn small(people: u64) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{day, lake, post};
    use polso_domain::{AuthorKey, TextKey};

    #[test]
    fn many_copies_of_one_author_do_not_hide_two_people() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let mut rows = Vec::new();
        for number in 0..3602_u32 {
            let mut row = post(today, number % 1440);
            row.post.id = polso_domain::PostId::new(number.to_string());
            let (text, author) = if number < 3600 { (number % 1200, 1) } else { (9999, number - 3599) };
            row.heard.text_key = TextKey(u64::from(text));
            row.post.text = format!("testo {text}");
            row.post.author = AuthorKey::new([u8::try_from(author).unwrap(); 16]);
            rows.push(row);
        }
        lake.write_part(0, &rows).unwrap();
        let scan = Scan::of(&lake, today).unwrap();
        let (unique, repeated) = repeated(&scan, 3).unwrap();
        assert_eq!(unique, 1201);
        assert_eq!(
            repeated.iter().map(|row| (row.text.as_str(), row.n, row.people)).collect::<Vec<_>>(),
            [("testo 9999", 2, 2)]
        );
    }

    #[test]
    fn an_address_is_told_by_its_site() {
        for (link, host) in [
            ("https://www.example.org/a?b#c", "example.org"),
            ("http://example.org:8080/@seed_anna_1", "example.org"),
            ("example.org", "example.org"),
            ("", ""),
        ] {
            assert_eq!(site(link), host);
        }
    }

    #[test]
    fn a_post_counts_once_for_a_site() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        let mut rows: Vec<_> = (0..3).map(|number| post(today, number)).collect();
        rows[0].post.links =
            ["https://a.example/1", "https://www.a.example/2", "https://b.example"].map(String::from).into();
        rows[1].post.links = vec!["https://a.example/1".to_owned()];
        rows[2].post.links = Vec::new();
        lake.write_part(0, &rows).unwrap();
        let sites = sites(&Scan::of(&lake, today).unwrap(), 5).unwrap();
        assert_eq!(
            sites.iter().map(|site| (site.key.as_str(), site.n)).collect::<Vec<_>>(),
            [("a.example", 2), ("b.example", 1)]
        );
    }

    #[test]
    fn emptied_texts_are_not_shown() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        lake.write_part(0, &crate::fixtures::posts(today, 0..20)).unwrap();
        lake.drop_texts(polso_domain::Timestamp::from_millis(i64::MAX), None).unwrap();
        let scan = Scan::of(&lake, today).unwrap();
        let (unique, shown) = repeated(&scan, 3).unwrap();
        assert_eq!((unique, shown.len(), sites(&scan, 3).unwrap().len()), (5, 0, 0));
    }
}
