//! Names and types of the lake's columns: the one place where they are spelled.
//!
//! Scripts and notebooks outside rely on them. A change of name or meaning is a new [`SCHEMA`] version and a line in
//! `CHANGELOG.md`.

use polars::prelude::{DataType, Field, PlSmallStr, Schema, SchemaRef, TimeUnit, TimeZone};
use polso_domain::EMOTIONS;
use std::sync::Arc;

/// Key in the parquet metadata that says which layout a file has.
pub const SCHEMA_KEY: &str = "polso.schema";
/// Layout of `observations`.
pub const SCHEMA: &str = "polso.observations/1";
/// Layout of `vectors`.
pub const VECTORS_SCHEMA: &str = "polso.vectors/1";
/// Layout of `ledger`.
pub const LEDGER_SCHEMA: &str = "polso.ledger/1";
/// Layout of `summaries` and of a report's tables.
pub const MEASURES_SCHEMA: &str = "polso.summaries/1";

/// Columns of `observations` and of `vectors`.
#[allow(missing_docs, reason = "the names are their own documentation; their meaning is in docs/analysts.md")]
pub mod name {
    pub const POST_ID: &str = "post_id";
    pub const SOURCE: &str = "source";
    pub const AUTHOR: &str = "author";
    pub const POSTED_AT: &str = "posted_at";
    pub const RECEIVED_AT: &str = "received_at";
    pub const DAY: &str = "day";
    pub const KIND: &str = "kind";
    pub const IN_REPLY_TO: &str = "in_reply_to";
    pub const REPOSTED: &str = "reposted";
    pub const LANG: &str = "lang";
    pub const LANG_CONFIDENCE: &str = "lang_confidence";
    pub const HASHTAGS: &str = "hashtags";
    pub const LINKS: &str = "links";
    pub const MENTIONS: &str = "mentions";
    pub const TEXT: &str = "text";
    pub const TEXT_KEY: &str = "text_key";
    pub const FOLLOWERS: &str = "followers";
    pub const LIKES: &str = "likes";
    pub const REPOSTS: &str = "reposts";
    pub const REPLIES: &str = "replies";
    pub const NEGATIVE: &str = "negative";
    pub const NEUTRAL: &str = "neutral";
    pub const POSITIVE: &str = "positive";
    pub const EMOTIONS: &str = "emotions";
    pub const NEEDS_CHECKING: &str = "needs_checking";
    pub const QUESTION: &str = "question";
    pub const CLAIMS: &str = "claims";
    pub const MODEL: &str = "model";
    pub const SCORED: &str = "scored";
    pub const TRUNCATED: &str = "truncated";
    pub const DOUBTFUL_DATE: &str = "doubtful_date";
    pub const VECTOR: &str = "vector";
    pub const TERMS: &str = "terms";
    pub const DENIES: &str = "denies";
    pub const ASKS: &str = "asks";
    pub const NEGATED: &str = "negated";
    pub const DEBUNKS: &str = "debunks";
}

/// The word in `scored` for a post that has a reading; the other words are [`polso_domain::Unscored`]'s.
pub const SCORED: &str = "scored";

/// What a model added to a post: the columns that the view `posts` leaves out.
pub(crate) const READING: [&str; 10] = [
    name::NEGATIVE,
    name::NEUTRAL,
    name::POSITIVE,
    name::EMOTIONS,
    name::NEEDS_CHECKING,
    name::QUESTION,
    name::CLAIMS,
    name::MODEL,
    name::SCORED,
    name::TRUNCATED,
];

/// Columns of `observations`, in order.
pub fn observations() -> SchemaRef {
    use DataType::{Boolean, Date, Float32, String, UInt32, UInt64};
    schema(vec![
        (name::POST_ID, String),
        (name::SOURCE, String),
        (name::AUTHOR, String),
        (name::POSTED_AT, instant()),
        (name::RECEIVED_AT, instant()),
        (name::DAY, Date),
        (name::KIND, String),
        (name::IN_REPLY_TO, String),
        (name::REPOSTED, String),
        (name::LANG, String),
        (name::LANG_CONFIDENCE, Float32),
        (name::HASHTAGS, list(String)),
        (name::LINKS, list(String)),
        (name::MENTIONS, list(String)),
        (name::TEXT, String),
        (name::TEXT_KEY, UInt64),
        (name::FOLLOWERS, UInt32),
        (name::LIKES, UInt32),
        (name::REPOSTS, UInt32),
        (name::REPLIES, UInt32),
        (name::NEGATIVE, Float32),
        (name::NEUTRAL, Float32),
        (name::POSITIVE, Float32),
        (name::EMOTIONS, emotions()),
        (name::NEEDS_CHECKING, Float32),
        (name::QUESTION, Boolean),
        (name::CLAIMS, list(claim())),
        (name::MODEL, String),
        (name::SCORED, String),
        (name::TRUNCATED, Boolean),
        (name::DOUBTFUL_DATE, Boolean),
    ])
}

/// Columns of `vectors`, in order. `vector` holds a signed byte a component, `terms` four bytes (little endian) a word.
pub fn vectors() -> SchemaRef {
    use DataType::{Binary, Boolean, Float32, String};
    schema(vec![
        (name::SOURCE, String),
        (name::POST_ID, String),
        (name::RECEIVED_AT, instant()),
        (name::VECTOR, Binary),
        (name::TERMS, Binary),
        (name::DENIES, Float32),
        (name::ASKS, Float32),
        (name::NEGATED, Boolean),
        (name::DEBUNKS, Boolean),
    ])
}

/// Columns of `ledger`, in order.
pub fn ledger() -> SchemaRef {
    let mut columns = vec![("day", DataType::Date), ("source", DataType::String), ("hour", instant())];
    columns.extend(LEDGER_COUNTS.map(|count| (count, DataType::UInt32)));
    columns.push((SET_ASIDE_WHY, DataType::String));
    schema(columns)
}

/// The counts of the ledger, in order.
pub(crate) const LEDGER_COUNTS: [&str; 10] = [
    "asked",
    "answered",
    "kept",
    "set_aside",
    "closed",
    "failed",
    "minutes_missed",
    "again",
    "rate_limited_seconds",
    "cursor_resets",
];

/// Why rows were set aside: `bad_time 3, malformed 1`; empty when none was.
pub(crate) const SET_ASIDE_WHY: &str = "set_aside_why";

/// Columns of `summaries` and of a report's tables, in order: one measure a row.
pub fn measures() -> SchemaRef {
    use DataType::{Date, Float64, String, UInt64};
    schema(vec![
        ("day", Date),
        ("table", String),
        ("key", String),
        ("measure", String),
        ("value", Float64),
        ("low", Float64),
        ("high", Float64),
        ("n", UInt64),
    ])
}

pub(crate) fn instant() -> DataType {
    DataType::Datetime(TimeUnit::Milliseconds, Some(TimeZone::UTC))
}

pub(crate) fn claim() -> DataType {
    let field = |name: &'static str, kind| Field::new(PlSmallStr::from_static(name), kind);
    DataType::Struct(vec![
        field("claim", DataType::String),
        field("stance", DataType::String),
        field("similarity", DataType::Float32),
    ])
}

fn emotions() -> DataType {
    DataType::Struct(EMOTIONS.map(|name| Field::new(name.into(), DataType::Float32)).to_vec())
}

fn list(inner: DataType) -> DataType {
    DataType::List(Box::new(inner))
}

fn schema(columns: Vec<(&'static str, DataType)>) -> SchemaRef {
    Arc::new(columns.into_iter().map(|(name, kind)| Field::new(name.into(), kind)).collect::<Schema>())
}

#[cfg(test)]
mod tests {
    use crate::fixtures::{day, lake, observation, unscored};

    /// What scripts outside rely on: change it only with a new schema version.
    const PROMISED: [&str; 31] = [
        "post_id str",
        "source str",
        "author str",
        "posted_at datetime[ms, UTC]",
        "received_at datetime[ms, UTC]",
        "day date",
        "kind str",
        "in_reply_to str",
        "reposted str",
        "lang str",
        "lang_confidence f32",
        "hashtags list[str]",
        "links list[str]",
        "mentions list[str]",
        "text str",
        "text_key u64",
        "followers u32",
        "likes u32",
        "reposts u32",
        "replies u32",
        "negative f32",
        "neutral f32",
        "positive f32",
        "emotions struct[8]",
        "needs_checking f32",
        "question bool",
        "claims list[struct[3]]",
        "model str",
        "scored str",
        "truncated bool",
        "doubtful_date bool",
    ];

    #[test]
    fn a_written_file_has_the_promised_columns() {
        let (_dir, lake) = lake();
        let today = day("2020-03-09");
        for rows in [vec![observation(today, 1), unscored(today, 2)], vec![unscored(today, 3)]] {
            lake.write_part(7, &rows).unwrap();
            let frame = crate::parquet::read(&lake.parts(today).unwrap()[0], None).unwrap();
            let found: Vec<String> = frame.schema().iter().map(|(name, kind)| format!("{name} {kind}")).collect();
            assert_eq!(found, PROMISED);
            assert_eq!(**frame.schema(), *super::observations());
        }
    }
}
