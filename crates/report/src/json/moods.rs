//! Shares as `report.json` writes them: rounded, with the verdict on their change where there is one.

use super::Keyed;
use crate::phrases;
use polso_aggregate::{Baseline, DaySummary, Group, Headline, Mood, Share, Verdict};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct MoodV1<'a> {
    negative: ShareV1,
    neutral: ShareV1,
    positive: ShareV1,
    /// Positive minus negative share.
    balance: ShareV1,
    method: &'a str,
    n: u64,
    /// What the shares above count.
    headline: Headline,
    per_post: Option<GroupMoodV1>,
    per_text: Option<GroupMoodV1>,
    per_author: Option<GroupMoodV1>,
    baseline_7d: Option<BaselineV1<'a>>,
    /// What may be said of the balance against the seven days before.
    change: Verdict,
}

impl<'a> MoodV1<'a> {
    pub(super) fn new(mood: &'a Mood, day: &DaySummary, week: Option<&'a Baseline>) -> Self {
        let mut negative = ShareV1::new(&mood.negative);
        negative.change = week.map(|week| week.negative_change.verdict);
        Self {
            negative,
            neutral: ShareV1::new(&mood.neutral),
            positive: ShareV1::new(&mood.positive),
            balance: ShareV1::new(&mood.balance),
            method: &mood.method,
            n: mood.n,
            headline: day.headline,
            per_post: day.mood_per.post.as_ref().map(GroupMoodV1::new),
            per_text: day.mood_per.text.as_ref().map(GroupMoodV1::new),
            per_author: day.mood_per.author.as_ref().map(GroupMoodV1::new),
            baseline_7d: week.map(BaselineV1::new),
            change: week.map_or(Verdict::Withheld, |week| week.balance_change.verdict),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ShareV1 {
    share: f64,
    low: f64,
    high: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Verdict>,
}

impl ShareV1 {
    pub(super) fn new(share: &Share) -> Self {
        Self { share: rounded(share.share), low: rounded(share.low), high: rounded(share.high), change: None }
    }
}

#[derive(Serialize)]
pub(super) struct BaselineV1<'a> {
    days: u32,
    posts: f64,
    negative: f64,
    neutral: f64,
    positive: f64,
    needs_checking: f64,
    withheld_because: Option<&'a str>,
}

impl<'a> BaselineV1<'a> {
    pub(super) fn new(past: &'a Baseline) -> Self {
        Self {
            days: past.days,
            posts: rounded(past.posts),
            negative: rounded(past.negative),
            neutral: rounded(past.neutral),
            positive: rounded(past.positive),
            needs_checking: rounded(past.needs_checking),
            withheld_because: past.withheld_because.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct CheckingV1 {
    #[serde(flatten)]
    share: ShareV1,
    n: u64,
    threshold: f64,
}

impl CheckingV1 {
    pub(super) fn new(share: &Share, day: &DaySummary, week: Option<&Baseline>) -> Self {
        let mut share = ShareV1::new(share);
        share.change = week.map(|week| week.needs_checking_change.verdict);
        Self { share, n: phrases::scored(day), threshold: rounded(day.threshold.into()) }
    }
}

#[derive(Serialize)]
pub(super) struct GroupV1 {
    n: u64,
    people: u32,
    mood: Option<GroupMoodV1>,
    needs_checking: Option<ShareV1>,
}

#[derive(Serialize)]
pub(super) struct GroupMoodV1 {
    negative: ShareV1,
    neutral: ShareV1,
    positive: ShareV1,
    n: u64,
}

impl GroupMoodV1 {
    fn new(mood: &Mood) -> Self {
        Self {
            negative: ShareV1::new(&mood.negative),
            neutral: ShareV1::new(&mood.neutral),
            positive: ShareV1::new(&mood.positive),
            n: mood.n,
        }
    }
}

pub(super) fn groups(groups: &[Group]) -> Keyed<'_, GroupV1> {
    let group = |group: &Group| GroupV1 {
        n: group.n,
        people: group.people,
        mood: group.mood.as_ref().map(GroupMoodV1::new),
        needs_checking: group.needs_checking.as_ref().map(ShareV1::new),
    };
    Keyed(groups.iter().map(|one| (one.key.as_str(), group(one))).collect())
}

/// Four decimals: finer than any interval, and the same text on every machine.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
