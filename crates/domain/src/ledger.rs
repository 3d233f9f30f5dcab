//! What was asked of each source and what came back, hour by hour: the material of the coverage box.

use crate::{SourceId, Timestamp};
use std::collections::BTreeMap;

/// Four silences that are never mixed, and the sound of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceState {
    /// Asked, and posts came.
    Heard,
    /// Asked, answered, and there was nothing.
    NoPosts,
    /// The platform refuses to show it.
    Closed,
    /// It was asked and did not answer, or the answer broke off.
    Failed,
    /// Nobody asked.
    NotAsked,
}

impl SourceState {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::NoPosts => "no_posts",
            Self::Closed => "closed",
            Self::Failed => "failed",
            Self::NotAsked => "not_asked",
        }
    }
}

/// Why a row was not kept. Each is counted, shown and kept in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SetAside {
    /// The bytes are not text in the file's encoding.
    BadEncoding,
    /// The row is not JSON or CSV.
    Malformed,
    /// A required field is missing or empty.
    MissingField,
    /// The id went through a spreadsheet (`1.23E+18`) and names another post now, or none.
    MangledId,
    /// The time cannot be read.
    BadTime,
    /// The time is before social media or after now.
    ImplausibleTime,
    /// The row is longer than the limit.
    TooLong,
}

impl SetAside {
    /// All reasons, in the order they are stored.
    pub const ALL: [Self; 7] = [
        Self::BadEncoding,
        Self::Malformed,
        Self::MissingField,
        Self::MangledId,
        Self::BadTime,
        Self::ImplausibleTime,
        Self::TooLong,
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadEncoding => "bad_encoding",
            Self::Malformed => "malformed",
            Self::MissingField => "missing_field",
            Self::MangledId => "mangled_id",
            Self::BadTime => "bad_time",
            Self::ImplausibleTime => "implausible_time",
            Self::TooLong => "too_long",
        }
    }
}

/// One source in one hour. Entries of the same source and hour add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The source.
    pub source: SourceId,
    /// Start of the hour, UTC. For files: the hour the posts are from, not the hour of the import.
    pub hour: Timestamp,
    /// Questions put (pages, files).
    pub asked: u32,
    /// Questions answered.
    pub answered: u32,
    /// Posts kept.
    pub kept: u32,
    /// Rows set aside.
    pub set_aside: u32,
    /// Answers that said "closed".
    pub closed: u32,
    /// Questions that failed.
    pub failed: u32,
    /// Minutes of the hour, 0 to 60, in which the source was not heard.
    pub minutes_missed: u32,
    /// Posts that had come before, through this door or another.
    pub again: u32,
    /// Seconds in which the platform asked for silence.
    pub rate_limited_seconds: u32,
    /// Times the platform no longer held what stood behind the cursor.
    pub cursor_resets: u32,
    /// Rows set aside, by reason.
    pub why: BTreeMap<SetAside, u32>,
}

impl LedgerEntry {
    /// An hour of which nothing is known yet.
    pub fn empty(source: SourceId, hour: Timestamp) -> Self {
        Self {
            source,
            hour: hour.hour(),
            asked: 0,
            answered: 0,
            kept: 0,
            set_aside: 0,
            closed: 0,
            failed: 0,
            minutes_missed: 0,
            again: 0,
            rate_limited_seconds: 0,
            cursor_resets: 0,
            why: BTreeMap::new(),
        }
    }

    /// Adds another entry's counts; minutes missed stay within the hour.
    pub fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.answered += other.answered;
        self.kept += other.kept;
        self.set_aside += other.set_aside;
        self.closed += other.closed;
        self.failed += other.failed;
        self.minutes_missed = (self.minutes_missed + other.minutes_missed).min(60);
        self.again += other.again;
        self.rate_limited_seconds += other.rate_limited_seconds;
        self.cursor_resets += other.cursor_resets;
        for (reason, n) in &other.why {
            *self.why.entry(*reason).or_default() += n;
        }
    }
}
