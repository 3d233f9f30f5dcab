//! one day's observations → one `DaySummary`; shares with intervals
//!
//! Between the lake, which it reads and writes through `store`, and the report, which sees nothing else. Each number
//! is asked of polars lazily, with the columns it needs, and streamed; what comes back is small, and plain Rust does the
//! statistics on it.
//!
//! Invariants
//! * The same posts and settings give the same summary, byte for byte, on any number of cores and whatever files the
//!   posts stand in: probabilities are added up as integers, orders have no ties, randomness is seeded.
//! * A post counts once. Of rows with the same source and id the last one in stream order wins.
//! * Every share has an interval, and the interval knows that one author's posts are not independent, and of moods that
//!   what the model makes of a mood is known from some labelled posts only.
//! * What was not heard is part of the summary; where too much is missing, comparison is withheld.
//!
//! It is not where small groups are hidden: the privacy gate does that, with the `people` that each figure carries.

mod agreement;
mod baseline;
mod bootstrap;
mod claims;
mod config;
mod corrected;
mod coverage;
mod day;
mod dedupe;
mod error;
#[cfg(test)]
mod fixtures;
mod groups;
mod hash;
mod hashtags;
mod known;
mod measures;
mod moods;
mod proportion;
mod quality;
mod questions;
mod repeated;
mod reviewed;
mod revision;
mod sample;
mod scan;
mod shares;
mod suggested;
mod summary;
mod sums;
mod tallies;
mod texts;
mod update;
mod week;

pub use config::{Config, Headline};
pub use coverage::missed_share;
pub use day::{stored, sum_up};
pub use error::Error;
pub use measures::measures;
pub use moods::{ReadPost, mood};
pub use quality::{Judged, Quality, quality};
pub use reviewed::Reviewed;
pub use revision::Revision;
pub use sample::{Candidate, Drawn, sample};
pub use shares::{LabelledPost, Validation};
pub use summary::{
    Asked, Baseline, Chance, Change, ClaimDay, Counted, Coverage, DaySummary, Group, Hour, Mood, MoodPer, Repeated,
    SCHEMA, Share, Status, Suggestion, Tally, Verdict, Volume,
};
pub use update::{Changed, update};
pub use week::{AgainstBefore, HeardDays, WEEK_SCHEMA, WeekCoverage, WeekDay, WeekMood, WeekSummary, week};
