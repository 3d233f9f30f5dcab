//! What a day comes down to. This is also the stored shape of `lake/summaries/day=D.json`, schema `polso.summary/1`.
//!
//! Figures that concern groups of people carry `people`, the number of authors behind them, so that the privacy gate
//! can withhold what too few stand behind. Shares are fractions in [0, 1]; `low` and `high` bound a 95 % interval.

mod withhold;

use crate::{Headline, Revision};
use polso_domain::Day;
use serde::{Deserialize, Serialize};

/// Name and version of the stored shape.
pub const SCHEMA: &str = "polso.summary/1";

/// One day of readings, summed up. Every number that a report shows comes from here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DaySummary {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The day, in `timezone`.
    #[serde(with = "as_text")]
    pub day: Day,
    /// IANA name of the zone that cuts the days.
    pub timezone: String,
    /// 1 for the first summary of the day, one more each time late posts, edits or erasures changed it.
    pub revision: u32,
    /// What this revision changed; `None` for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Revision>,
    /// Whether the day was heard as a whole.
    pub status: Status,
    /// How much was heard.
    pub posts: Volume,
    /// The mood of all scored posts; `None` when there are none.
    pub mood: Option<Mood>,
    /// What `mood` and the moods of groups count.
    #[serde(default)]
    pub headline: Headline,
    /// The mood per post, per text and per author, as the model reads it.
    #[serde(default)]
    pub mood_per: MoodPer,
    /// What the model alone reads, where `mood` was corrected by reviewed posts: days are compared by this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mood_as_read: Option<Mood>,
    /// Posts that need checking among the scored; `None` when there are none.
    pub needs_checking: Option<Share>,
    /// Posts that ask something; `None` where no model told questions apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<Asked>,
    /// Mood by language, most posts first.
    pub by_lang: Vec<Group>,
    /// Mood by hashtag, most posts first.
    pub by_hashtag: Vec<Group>,
    /// Mood by source, most posts first.
    pub by_source: Vec<Group>,
    /// Posts by hour on the zone's clocks, in order, hours without posts included.
    pub hours: Vec<Hour>,
    /// Sites that links led to, most people first. Whole addresses would send readers to what goes round.
    #[serde(default)]
    pub sites: Vec<Counted>,
    /// Texts posted most by different people, most people first.
    pub repeated: Vec<Repeated>,
    /// Claims that posts speak of, most posts first.
    #[serde(default)]
    pub claims: Vec<ClaimDay>,
    /// What was asked and heard of each source, in name order.
    pub coverage: Vec<Coverage>,
    /// The day beside the 7 and the 28 days before it, as far as those exist.
    pub baselines: Vec<Baseline>,
    /// Hashtags that rise beside the followed ones, the steepest first.
    #[serde(default)]
    pub suggested: Vec<Suggestion>,
    /// Ids of the models that read the posts, in name order.
    pub models: Vec<String>,
    /// Posts at and above this probability count as "needs checking".
    pub threshold: f32,
    /// Fingerprint of the settings that shaped these numbers.
    pub config_hash: String,
    /// Fingerprint of the posts and readings behind them, whatever file they stand in.
    pub data_hash: String,
    /// Groups withheld because too few people stand behind them. Zero until the gate was passed.
    pub withheld: u32,
}

/// Whether the day was heard as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Every source answered all day.
    Complete,
    /// Something was not heard; `coverage` says what.
    Partial,
    /// Not one post.
    NoData,
}

/// How much was heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Volume {
    /// Posts, one per id.
    pub n: u64,
    /// Distinct texts.
    pub unique_texts: u64,
    /// Distinct authors.
    pub authors: u64,
    /// How many authors there would be if all posted equally much: (Σn)² / Σn², Kish 1965.
    pub effective_authors: f64,
    /// Posts with a reading.
    pub scored: u64,
    /// Posts without, because of their language.
    pub unsupported_language: u64,
    /// Posts without, because nothing is left to read.
    pub too_short: u64,
    /// Posts without, because the model failed.
    pub failed: u64,
    /// Posts of which only the beginning was read.
    pub truncated: u64,
    /// Posts by kind, most first.
    pub by_kind: Vec<Tally>,
    /// Posts by source, most first.
    pub by_source: Vec<Tally>,
    /// Posts by detected language, most first.
    pub by_lang: Vec<Tally>,
}

/// Posts of one kind, source or language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Which.
    pub key: String,
    /// Posts.
    pub n: u64,
    /// Authors.
    pub people: u32,
}

/// A share with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The estimate.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Shares of the three moods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mood {
    /// Share of negative posts.
    pub negative: Share,
    /// Share of neutral posts.
    pub neutral: Share,
    /// Share of positive posts.
    pub positive: Share,
    /// Positive minus negative share, −1 to 1, with its own interval.
    pub balance: Share,
    /// Scored posts behind it; different texts or authors where these are counted.
    pub n: u64,
    /// How the shares were estimated: the estimator, whose labelled posts, what was drawn for the interval.
    pub method: String,
    /// How much another day may differ by chance; `None` where the interval says that too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Chance>,
}

/// Standard errors from the chance of who posted what, the labelled posts being what they are: what is wrong with those is
/// wrong on every day and makes none differ from another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// Of the negative share.
    pub negative: f64,
    /// Of the balance.
    pub balance: f64,
}

/// The mood of a day by what is counted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MoodPer {
    /// Each post the same.
    pub post: Option<Mood>,
    /// Each different text the same.
    pub text: Option<Mood>,
    /// Each author the same.
    pub author: Option<Mood>,
}

/// A part of the day: one language, hashtag or source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Which.
    pub key: String,
    /// Posts, scored or not.
    pub n: u64,
    /// Authors.
    pub people: u32,
    /// Its mood; `None` when nothing in it was scored.
    pub mood: Option<Mood>,
    /// Its share that needs checking.
    pub needs_checking: Option<Share>,
}

/// One hour of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hour {
    /// 0 to 23 on the zone's clocks; the repeated hour of an autumn night counts once.
    pub hour: u8,
    /// Posts.
    pub n: u64,
    /// Authors.
    pub people: u32,
    /// Scored posts whose most probable mood is negative: for drawing, not for quoting. `None` when withheld.
    pub negative: Option<u64>,
    /// Minutes that some source was not heard, 0 to 60.
    pub minutes_missed: u32,
}

/// Posts that ask something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Posts.
    pub n: u64,
    /// Authors.
    pub people: u32,
}

/// Something that was posted often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What: a link.
    pub key: String,
    /// Posts with it.
    pub n: u64,
    /// Authors.
    pub people: u32,
}

/// A hashtag that rises beside the followed ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The hashtag.
    pub key: String,
    /// Posts with it.
    pub n: u64,
    /// Authors.
    pub people: u32,
    /// Posts with it on a day of the week before, on average.
    pub usual: f64,
}

/// A text that several people posted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Repeated {
    /// The text, without names.
    pub text: String,
    /// Its language.
    pub lang: String,
    /// Posts with it.
    pub n: u64,
    /// Authors.
    pub people: u32,
    /// Probability that it is negative; `None` when unscored.
    pub negative: Option<f32>,
    /// Probability that it needs checking; `None` when unscored.
    pub needs_checking: Option<f32>,
    /// Ids of the claims that it speaks of and does not deny.
    #[serde(default)]
    pub claims: Vec<String>,
}

/// What a day's posts do with one claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimDay {
    /// The claim's id in the library.
    pub claim: String,
    /// Posts that speak of it.
    pub n: u64,
    /// Distinct texts among them.
    pub unique_texts: u64,
    /// Authors.
    pub people: u32,
    /// How many authors there would be if all posted equally much.
    pub effective_authors: f64,
    /// Posts that say it is so.
    pub repeats: u64,
    /// Posts that say it is not so.
    pub rebuts: u64,
    /// Posts that take no side.
    pub mentions: u64,
    /// Posts by source, most first.
    pub by_source: Vec<Tally>,
    /// Posts by detected language, most first.
    pub by_lang: Vec<Tally>,
}

/// What was asked of one source and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The source.
    pub source: String,
    /// Questions put (pages, files).
    pub asked: u32,
    /// Questions answered.
    pub answered: u32,
    /// Posts kept.
    pub kept: u64,
    /// Rows set aside.
    pub set_aside: u32,
    /// Minutes of the day in which it was not heard.
    pub minutes_missed: u32,
    /// `heard`, `no_posts`, `closed`, `failed` or `not_asked`.
    pub state: String,
}

/// The days before, beside this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// How many days it looks back: 7 or 28.
    pub window: u32,
    /// How many of those days have a summary that may be compared.
    pub days: u32,
    /// Mean posts a day.
    pub posts: f64,
    /// Mean of the daily shares.
    pub negative: f64,
    /// Mean of the daily shares.
    pub neutral: f64,
    /// Mean of the daily shares.
    pub positive: f64,
    /// Mean of the daily shares that need checking.
    pub needs_checking: f64,
    /// Today's balance against the window's.
    pub balance_change: Change,
    /// Today's negative share against the window's.
    pub negative_change: Change,
    /// Today's share that needs checking against the window's.
    pub needs_checking_change: Change,
    /// Why changes are withheld: `too_few_days`, `too_few_posts`, `too_few_authors`, `low_coverage`,
    /// `other_model`; `None` when they are not.
    pub withheld_because: Option<String>,
}

/// What may be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Today minus the window's mean, with the interval of that difference.
    pub difference: Share,
    /// The word for it.
    pub verdict: Verdict,
}

/// The word for a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The interval of the difference lies above zero.
    Up,
    /// The interval of the difference lies below zero.
    Down,
    /// The interval of the difference holds zero.
    NoRealChange,
    /// Not enough was heard to compare.
    Withheld,
}

/// Days as `YYYY-MM-DD`.
pub(crate) mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::{fmt::Display, str::FromStr};

    pub(crate) fn serialize<T: Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub(crate) fn deserialize<'de, T, D>(from: D) -> Result<T, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
