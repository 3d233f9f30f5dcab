//! What a week comes down to. This is also how `report.json` of a week begins, schema `polso.week/1`.

use crate::summary::as_text;
use crate::{Change, Mood, Share, Status};
use polso_domain::{Day, Week, Withhold};
use serde::Serialize;
use std::collections::BTreeMap;

/// Name and version of the shape.
pub const WEEK_SCHEMA: &str = "polso.week/1";
/// Seven days, and the mean of those that may be compared. Shares are fractions in [0, 1] with 95 % intervals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeekSummary {
    /// Always [`WEEK_SCHEMA`].
    pub schema: &'static str,
    /// The week, such as `2020-W11`.
    #[serde(with = "as_text")]
    pub week: Week,
    /// IANA name of the zone that cuts the days; empty when no day was summed up.
    pub timezone: String,
    /// All seven days, Monday first.
    pub days: Vec<WeekDay>,
    /// Days that were heard as a whole, in part, and not at all.
    pub heard: HeardDays,
    /// Posts of the week.
    pub posts: u64,
    /// Mean posts of a day that was heard, at least in part; `None` when none was.
    pub posts_a_day: Option<f64>,
    /// The same of the week before.
    pub posts_a_day_before: Option<f64>,
    /// Mean of the days that may be compared; `None` when there is none.
    pub mood: Option<WeekMood>,
    /// The same of the week before.
    pub mood_before: Option<WeekMood>,
    /// The difference of the two.
    pub against_before: AgainstBefore,
    /// What was asked and heard of each source, in name order.
    pub coverage: Vec<WeekCoverage>,
    /// Ids of the models that read the posts, in name order.
    pub models: Vec<String>,
    /// Moods that were withheld because too few people stand behind. Zero until the gate was passed.
    pub withheld: u32,
}

/// How many days were heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct HeardDays {
    /// Every source answered all day, be it that there was nothing.
    pub whole: u32,
    /// Something was not heard.
    pub part: u32,
    /// Nothing was heard, or the day was never summed up.
    pub none: u32,
}

/// One day of a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeekDay {
    /// Which.
    #[serde(with = "as_text")]
    pub day: Day,
    /// Whether it was heard as a whole; `None` when it was never summed up.
    pub status: Option<Status>,
    /// Which version of the day this is; 0 when it was never summed up.
    pub revision: u32,
    /// Fingerprint of its posts and readings; empty when it was never summed up.
    pub data_hash: String,
    /// Posts; `None` on days that were not heard.
    pub posts: Option<u64>,
    /// Distinct authors.
    pub people: u64,
    /// The mood as the model reads it, without what reviewers corrected: only so are days alike.
    pub mood: Option<Mood>,
    /// Posts that need checking among the scored.
    pub needs_checking: Option<Share>,
    /// People reviewed so much of the day that its own page corrects the mood.
    pub is_corrected: bool,
    /// Why it enters no mean: `too_few_posts`, `low_coverage`, `other_model`, `not_heard`; `None` when it does.
    pub left_out_because: Option<String>,
}

/// The mean of some days. Each share is the mean of the daily shares: a loud day does not drown the others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeekMood {
    /// How many days.
    pub days: u32,
    /// Scored posts of those days.
    pub n: u64,
    /// Share of negative posts.
    pub negative: Share,
    /// Share of neutral posts.
    pub neutral: Share,
    /// Share of positive posts.
    pub positive: Share,
    /// Positive minus negative share.
    pub balance: Share,
    /// Share of posts that need checking.
    pub needs_checking: Option<Share>,
}

/// A week against the week before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgainstBefore {
    /// Share of negative posts.
    pub negative: Change,
    /// Positive minus negative share.
    pub balance: Change,
    /// Share of posts that need checking.
    pub needs_checking: Change,
    /// Why it is withheld: `too_few_days` of this week, `too_few_days_before`, `no_week_before`, `other_model`.
    pub withheld_because: Option<String>,
}

/// What was asked of one source in a week and what came back; days that were never summed up are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WeekCoverage {
    /// The source.
    pub source: String,
    /// Questions put.
    pub asked: u64,
    /// Questions answered.
    pub answered: u64,
    /// Posts kept.
    pub kept: u64,
    /// Rows set aside.
    pub set_aside: u64,
    /// Minutes in which it was not heard.
    pub minutes_missed: u64,
    /// Days in each state: `heard`, `no_posts`, `closed`, `failed`, `not_asked`.
    pub days: BTreeMap<String, u32>,
}

impl Withhold for WeekSummary {
    /// The days passed the gate one by one; a mood that did not must not come back in a mean.
    fn withhold(&mut self, people: u32) -> u32 {
        // Taken apart without `..`: a new table must be judged here before it compiles.
        let Self {
            schema: _,
            week: _,
            timezone: _,
            days,
            heard: _,
            posts: _,
            posts_a_day: _,
            posts_a_day_before: _,
            mood,
            mood_before: _,
            against_before: _,
            coverage: _,
            models: _,
            withheld,
        } = self;
        let mut gone = 0;
        for day in days.iter_mut().filter(|day| day.people < u64::from(people)) {
            day.needs_checking = None;
            gone += u32::from(day.mood.take().is_some());
        }
        if gone > 0 {
            *mood = None;
        }
        *withheld += gone;
        gone
    }
}
