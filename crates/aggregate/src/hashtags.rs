//! Mood by hashtag: the hashtags posted most, and who posted what under each.

use crate::groups::{Named, entry};
use crate::scan::{Scan, each_item, numbers, read_sums, said, sums, texts as words, unpack_said};
use crate::sums::Sums;
use crate::{Config, Headline, texts};
use polars::prelude::*;
use polso_store::columns::name;
use std::collections::HashMap;

/// The hashtags posted most, by name. `langs` numbers the languages in which something was read.
pub(crate) fn by_hashtag(scan: &Scan, langs: &[&str], config: &Config) -> Result<Named, polso_store::Error> {
    let top = top_hashtags(scan, config.top)?;
    let rows = numbered(scan, &top);
    let by_author = rows.clone().group_by([said(langs), col("group")]).agg(sums(config));
    let frame = scan.collect(by_author)?;
    let mut keys = scan.read(&frame, read)?;
    keys.sort_unstable_by_key(|(key, group, _)| (*group, *key));
    let mut named = Named::new();
    for author in keys.chunk_by(|one, other| (one.1, unpack_said(one.0).0) == (other.1, unpack_said(other.0).0)) {
        let whole: Sums = author.iter().map(|(.., sums)| *sums).sum();
        let said = author.iter().filter_map(|(key, _, sums)| {
            let (lang, cell) = unpack_said(*key).1?;
            Some((lang, cell, sums.scored))
        });
        let (id, group) = (unpack_said(author[0].0).0, author[0].1);
        let name = usize::try_from(group).ok().and_then(|group| top.get(group)).map_or("", String::as_str);
        entry(&mut named, name).push((id, whole), said, config.headline);
    }
    if config.headline == Headline::Texts {
        let by_group = texts::by(scan, rows, (langs, "group"), |frame| numbers(frame, "group"))?;
        for (group, crowd) in by_group {
            let name = usize::try_from(group).ok().and_then(|group| top.get(group)).map_or("", String::as_str);
            entry(&mut named, name).crowd = crowd;
        }
    }
    Ok(named)
}

/// A row for each of these hashtags that a post has, with the hashtag's number in `group`.
fn numbered(scan: &Scan, top: &[String]) -> LazyFrame {
    let tags: HashMap<String, u32> = (0..).zip(top).map(|(number, tag)| (tag.clone(), number)).collect();
    let number = col(name::HASHTAGS).map(
        move |texts| {
            let numbers: UInt32Chunked = texts.str()?.iter().map(|tag| tags.get(tag?).copied()).collect();
            Ok(numbers.with_name("group".into()).into_series().into())
        },
        |_, _| Ok(Field::new("group".into(), DataType::UInt32)),
    );
    let columns = [name::HASHTAGS, name::AUTHOR, name::LANG, name::TEXT_KEY, name::NEEDS_CHECKING];
    let moods = [name::NEGATIVE, name::NEUTRAL, name::POSITIVE];
    let columns: Vec<Expr> = columns.into_iter().chain(moods).map(col).collect();
    let rows = each_item(scan.rows().select(columns), name::HASHTAGS);
    rows.with_column(number.alias("group")).filter(col("group").is_not_null())
}

fn top_hashtags(scan: &Scan, top: usize) -> Result<Vec<String>, polso_store::Error> {
    let tags = each_item(scan.rows().select([col(name::HASHTAGS)]), name::HASHTAGS);
    let frame = scan.collect(tags.group_by([col(name::HASHTAGS)]).agg([len().alias("posts")]))?;
    let mut counts = scan.read(&frame, |frame| {
        Ok(numbers(frame, "posts")?.into_iter().zip(words(frame, name::HASHTAGS)?).collect::<Vec<_>>())
    })?;
    counts.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    counts.truncate(top);
    Ok(counts.into_iter().map(|(_, tag)| tag).collect())
}

fn read(frame: &DataFrame) -> PolarsResult<Vec<(u64, u64, Sums)>> {
    let keys = numbers(frame, "said")?.into_iter().zip(numbers(frame, "group")?);
    Ok(keys.zip(read_sums(frame)?).map(|((key, group), sums)| (key, group, sums)).collect())
}
