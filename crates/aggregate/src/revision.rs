//! What a revision changed, for one line of the page: how many late posts, and where the negative share went.
//!
//! Both versions of a page are public, and a share before and after one late post would tell that post's mood. So the two
//! shares are kept in whole per cent here; the gate takes them out where either version had too few people.

use crate::DaySummary;
use serde::{Deserialize, Serialize};

/// A summary beside the one that it replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Posts of the version before.
    pub posts_before: u64,
    /// Posts of this version.
    pub posts: u64,
    /// Authors of that version of the two which has fewer.
    pub people: u64,
    /// Share of negative posts before, in whole per cent.
    pub negative_before: Option<f64>,
    /// Share of negative posts now, in whole per cent.
    pub negative: Option<f64>,
    /// What changed: `model`, `settings`, `late_posts`, `fewer_posts`, `edits`, `claims`, `coverage`, `reviews`, `days_before`;
    /// all that hold, in this order.
    pub because: Vec<String>,
}

impl Revision {
    /// What `after` says otherwise than `before`.
    pub(crate) fn between(before: &DaySummary, after: &DaySummary) -> Self {
        Self {
            posts_before: before.posts.n,
            posts: after.posts.n,
            people: before.posts.authors.min(after.posts.authors),
            negative_before: negative(before),
            negative: negative(after),
            because: reasons(before, after).into_iter().map(str::to_owned).collect(),
        }
    }

    /// Drops the shares where fewer than `people` stand behind one of them.
    pub(crate) fn withhold(&mut self, people: u32) {
        if self.people < u64::from(people) {
            (self.negative_before, self.negative) = (None, None);
        }
    }
}

fn negative(summary: &DaySummary) -> Option<f64> {
    summary.mood.as_ref().map(|mood| (mood.negative.share * 100.0).round() / 100.0)
}

fn reasons(before: &DaySummary, after: &DaySummary) -> Vec<&'static str> {
    let (was, is) = (before.posts.n, after.posts.n);
    let other_model = before.models != after.models && was > 0 && is > 0;
    let other_posts = before.data_hash != after.data_hash;
    let other_claims = before.claims != after.claims;
    let corrected = before.mood_as_read != after.mood_as_read || (!other_posts && before.mood != after.mood);
    let mut found = Vec::new();
    for (word, holds) in [
        ("model", other_model),
        ("settings", before.config_hash != after.config_hash),
        ("late_posts", is > was),
        ("fewer_posts", is < was),
        ("edits", is == was && other_posts && !other_model),
        ("claims", other_claims && !other_posts),
        ("coverage", before.coverage != after.coverage && !other_posts),
        ("reviews", corrected && !other_posts && before.config_hash == after.config_hash),
    ] {
        if holds {
            found.push(word);
        }
    }
    if found.is_empty() {
        // Nothing of its own: what it is compared with.
        found.push("days_before");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{config, day, lake, posts};
    use crate::sum_up;

    fn summary(numbers: std::ops::Range<u32>) -> DaySummary {
        let (_dir, lake) = lake();
        lake.write_part(0, &posts(day("2020-03-09"), numbers)).unwrap();
        sum_up(&lake, day("2020-03-09"), &config()).unwrap()
    }

    #[test]
    fn every_reason_is_told() {
        let before = summary(0..40);
        let because = |after: &DaySummary| Revision::between(&before, after).because;
        let claims = vec![];
        assert_eq!(because(&summary(0..54)), ["late_posts"]);
        assert_eq!(because(&summary(0..30)), ["fewer_posts"]);
        assert_eq!(because(&summary(1..41)), ["edits"]);
        assert_eq!(because(&DaySummary { config_hash: "other".into(), ..before.clone() }), ["settings"]);
        assert_eq!(because(&DaySummary { coverage: summary_coverage(), ..before.clone() }), ["coverage"]);
        let reviewed = DaySummary { mood_as_read: before.mood.clone(), ..before.clone() };
        assert_eq!(because(&reviewed), ["reviews"]);
        let other = DaySummary { models: vec!["other".into()], data_hash: "other".into(), ..before.clone() };
        assert_eq!(because(&other), ["model"]);
        assert_eq!(because(&DaySummary { baselines: vec![], claims, ..before.clone() }), ["days_before"]);
        let both = DaySummary { config_hash: "other".into(), ..summary(0..54) };
        assert_eq!(because(&both), ["settings", "late_posts"]);
    }

    fn summary_coverage() -> Vec<crate::Coverage> {
        vec![crate::Coverage {
            source: "a".into(),
            asked: 1,
            answered: 0,
            kept: 0,
            set_aside: 0,
            minutes_missed: 60,
            state: "failed".into(),
        }]
    }

    #[test]
    fn shares_are_coarse_and_behind_the_gate() {
        let mut revision = Revision::between(&summary(0..40), &summary(0..54));
        let negative = revision.negative.unwrap();
        assert!((negative * 100.0 - (negative * 100.0).round()).abs() < 1e-9);
        assert_eq!((revision.posts_before, revision.posts, revision.people), (40, 54, 7));
        revision.withhold(7);
        assert!(revision.negative.is_some() && revision.negative_before.is_some());
        revision.withhold(8);
        assert_eq!((revision.negative, revision.negative_before), (None, None));
    }
}
