//! Observations as columns: the only place where a domain type becomes a stored shape.

use crate::columns::{self, name};
use polars::chunked_array::builder::{ListStringChunkedBuilder, get_list_builder};
use polars::prelude::*;
use polso_domain::{ClaimMatch, EMOTIONS, Observation, Post, PostId, Reading, Unscored};
use std::collections::HashSet;

/// One frame with the columns of [`columns::observations`], a row per observation, in their order.
pub(crate) fn to_frame(rows: &[&Observation]) -> PolarsResult<DataFrame> {
    let mut all = post_columns(rows)?;
    all.extend(reading_columns(rows)?);
    let schema = columns::observations();
    DataFrame::new(rows.len(), all)?.select(schema.iter_names().cloned())
}

fn post_columns(rows: &[&Observation]) -> PolarsResult<Vec<Column>> {
    let text = |name: &str, of: fn(&Observation) -> &str| strings(name, rows.iter().map(|row| of(row)));
    let id = |name: &str, of: fn(&Post) -> Option<&PostId>| -> Column {
        Column::new(name.into(), rows.iter().map(|row| of(&row.post).map(PostId::as_str)).collect::<StringChunked>())
    };
    let reach = |name: &str, of: fn(&Post) -> Option<u32>| -> Column {
        Column::new(name.into(), rows.iter().map(|row| of(&row.post)).collect::<UInt32Chunked>())
    };
    let authors: StringChunked = rows.iter().map(|row| Some(row.post.author.to_hex())).collect();
    let days: Vec<i32> = rows.iter().map(|row| row.day.epoch_days()).collect();
    Ok(vec![
        text(name::POST_ID, |row| row.post.id.as_str()),
        text(name::SOURCE, |row| row.post.source.as_str()),
        Column::new(name::AUTHOR.into(), authors),
        instants(name::POSTED_AT, rows.iter().map(|row| row.post.posted.millis()).collect())?,
        instants(name::RECEIVED_AT, rows.iter().map(|row| row.post.received.millis()).collect())?,
        Column::new(name::DAY.into(), days).cast(&DataType::Date)?,
        text(name::KIND, |row| row.post.kind.as_str()),
        id(name::IN_REPLY_TO, |post| post.in_reply_to.as_ref()),
        id(name::REPOSTED, |post| post.reposted.as_ref()),
        text(name::LANG, |row| &row.heard.lang),
        Column::new(name::LANG_CONFIDENCE.into(), rows.iter().map(|row| row.heard.lang_confidence).collect::<Vec<_>>()),
        lists(name::HASHTAGS, rows.iter().map(|row| row.post.hashtags.iter().map(String::as_str))),
        lists(name::LINKS, rows.iter().map(|row| row.post.links.iter().map(String::as_str))),
        mentions(rows),
        text(name::TEXT, |row| &row.post.text),
        Column::new(name::TEXT_KEY.into(), rows.iter().map(|row| row.heard.text_key.0).collect::<Vec<_>>()),
        reach(name::FOLLOWERS, |post| post.reach.followers),
        reach(name::LIKES, |post| post.reach.likes),
        reach(name::REPOSTS, |post| post.reach.reposts),
        reach(name::REPLIES, |post| post.reach.replies),
        Column::new(name::DOUBTFUL_DATE.into(), rows.iter().map(|row| row.post.doubtful_date).collect::<Vec<_>>()),
    ])
}

fn reading_columns(rows: &[&Observation]) -> PolarsResult<Vec<Column>> {
    let share = |name: &str, of: &dyn Fn(&Reading) -> Option<f32>| -> Column {
        let values: Float32Chunked = rows.iter().map(|row| reading(row).and_then(of)).collect();
        Column::new(name.into(), values)
    };
    let emotions: Vec<Column> = EMOTIONS
        .iter()
        .enumerate()
        .map(|(i, name)| share(name, &|reading| reading.emotions.and_then(|emotions| emotions[i])))
        .collect();
    let emotions = StructChunked::from_columns(name::EMOTIONS.into(), rows.len(), &emotions)?;
    let question: BooleanChunked = rows.iter().map(|row| reading(row).and_then(|reading| reading.question)).collect();
    let truncated: Vec<bool> = rows.iter().map(|row| reading(row).is_some_and(|reading| reading.truncated)).collect();
    let scored = |row: &Observation| row.heard.reading.map_or_else(Unscored::as_str, |_| columns::SCORED);
    Ok(vec![
        share(name::NEGATIVE, &|reading| Some(reading.sentiment.negative())),
        share(name::NEUTRAL, &|reading| Some(reading.sentiment.neutral())),
        share(name::POSITIVE, &|reading| Some(reading.sentiment.positive())),
        emotions.into_series().into(),
        share(name::NEEDS_CHECKING, &|reading| reading.needs_checking),
        Column::new(name::QUESTION.into(), question),
        claims(rows.iter().map(|row| row.claims.as_slice()))?,
        strings(name::MODEL, rows.iter().map(|row| row.model.as_str())),
        strings(name::SCORED, rows.iter().map(|row| scored(row))),
        Column::new(name::TRUNCATED.into(), truncated),
    ])
}

fn reading(row: &Observation) -> Option<&Reading> {
    row.heard.reading.as_ref().ok()
}

pub(crate) fn strings<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Column {
    Column::new(name.into(), values.map(Some).collect::<StringChunked>())
}

pub(crate) fn instants(name: &str, millis: Vec<i64>) -> PolarsResult<Column> {
    Column::new(name.into(), millis).cast(&columns::instant())
}

/// A list of strings a row, each string once; no list is an empty one, never null.
pub(crate) fn lists<'a, R>(name: &str, rows: impl ExactSizeIterator<Item = R>) -> Column
where
    R: Iterator<Item = &'a str>,
{
    let mut builder = ListStringChunkedBuilder::new(name.into(), rows.len(), rows.len());
    for row in rows {
        // A post has a hashtag or has it not: twice in one list would count it twice.
        let mut seen = HashSet::new();
        builder.append_values_iter(row.filter(|item| seen.insert(*item)).collect::<Vec<_>>().into_iter());
    }
    builder.finish().into_series().into()
}

fn mentions(rows: &[&Observation]) -> Column {
    let keys: Vec<Vec<String>> =
        rows.iter().map(|row| row.post.mentions.iter().map(polso_domain::AuthorKey::to_hex).collect()).collect();
    lists(name::MENTIONS, keys.iter().map(|row| row.iter().map(String::as_str)))
}

/// The claims of each row; none is an empty list, never null.
pub(crate) fn claims<'a>(rows: impl ExactSizeIterator<Item = &'a [ClaimMatch]>) -> PolarsResult<Column> {
    let mut builder = get_list_builder(&columns::claim(), rows.len(), rows.len(), name::CLAIMS.into());
    let none = claim_structs(&[])?;
    for row in rows {
        if row.is_empty() {
            builder.append_series(&none)?;
        } else {
            builder.append_owned_series(claim_structs(row)?)?;
        }
    }
    Ok(builder.finish().into_series().into())
}

fn claim_structs(claims: &[ClaimMatch]) -> PolarsResult<Series> {
    let fields = [
        strings("claim", claims.iter().map(|found| found.claim.as_str())),
        strings("stance", claims.iter().map(|found| found.stance.as_str())),
        Column::new("similarity".into(), claims.iter().map(|found| found.similarity).collect::<Vec<_>>()),
    ];
    Ok(StructChunked::from_columns("claim".into(), claims.len(), &fields)?.into_series())
}
