//! A summary as a long table, one figure a row: what SQL and a report's tables see.

use crate::{Baseline, Coverage, DaySummary, Group, Mood, Share};
use polso_store::Measure;

/// All figures of a summary, in its order. Repeated texts are left out: a table of figures is no place for words.
pub fn measures(summary: &DaySummary) -> Vec<Measure> {
    let mut rows = Vec::new();
    volume(&mut rows, summary);
    Line::of(&mut rows, "mood", "", summary.posts.n).shares(summary.mood.as_ref(), summary.needs_checking);
    let per = &summary.mood_per;
    for (table, mood) in [("mood_per_post", &per.post), ("mood_per_text", &per.text), ("mood_per_author", &per.author)]
    {
        Line::of(&mut rows, table, "", summary.posts.n).shares(mood.as_ref(), None);
    }
    if let Some(as_read) = &summary.mood_as_read {
        Line::of(&mut rows, "mood_as_read", "", summary.posts.n).shares(Some(as_read), None);
    }
    if let Some(asked) = summary.questions {
        Line::of(&mut rows, "questions", "", asked.n).count("posts", asked.n).count("people", u64::from(asked.people));
    }
    for (table, groups) in
        [("by_lang", &summary.by_lang), ("by_hashtag", &summary.by_hashtag), ("by_source", &summary.by_source)]
    {
        for Group { key, n, people, mood, needs_checking } in groups {
            let mut line = Line::of(&mut rows, table, key, *n);
            line.count("posts", *n).count("people", u64::from(*people));
            line.shares(mood.as_ref(), *needs_checking);
        }
    }
    for hour in &summary.hours {
        let key = format!("{:02}", hour.hour);
        let mut line = Line::of(&mut rows, "hours", &key, hour.n);
        line.count("posts", hour.n)
            .count("people", u64::from(hour.people))
            .count("minutes_missed", u64::from(hour.minutes_missed));
        if let Some(negative) = hour.negative {
            line.count("negative", negative);
        }
    }
    for site in &summary.sites {
        Line::of(&mut rows, "sites", &site.key, site.n).count("posts", site.n).count("people", u64::from(site.people));
    }
    for claim in &summary.claims {
        Line::of(&mut rows, "claims", &claim.claim, claim.n)
            .count("posts", claim.n)
            .count("people", u64::from(claim.people))
            .count("unique_texts", claim.unique_texts)
            .value("effective_authors", claim.effective_authors)
            .count("repeats", claim.repeats)
            .count("rebuts", claim.rebuts)
            .count("mentions", claim.mentions);
    }
    summary.coverage.iter().for_each(|source| coverage(&mut rows, source));
    summary.baselines.iter().for_each(|window| baseline(&mut rows, window));
    rows
}

fn volume(rows: &mut Vec<Measure>, summary: &DaySummary) {
    let posts = &summary.posts;
    Line::of(rows, "posts", "", posts.n)
        .count("posts", posts.n)
        .count("unique_texts", posts.unique_texts)
        .count("authors", posts.authors)
        .value("effective_authors", posts.effective_authors)
        .count("scored", posts.scored)
        .count("unsupported_language", posts.unsupported_language)
        .count("too_short", posts.too_short)
        .count("failed", posts.failed)
        .count("truncated", posts.truncated)
        .count("revision", u64::from(summary.revision));
    for kind in &posts.by_kind {
        Line::of(rows, "by_kind", &kind.key, kind.n).count("posts", kind.n).count("people", u64::from(kind.people));
    }
}

fn coverage(rows: &mut Vec<Measure>, source: &Coverage) {
    Line::of(rows, "coverage", &source.source, source.kept)
        .count("asked", u64::from(source.asked))
        .count("answered", u64::from(source.answered))
        .count("kept", source.kept)
        .count("set_aside", u64::from(source.set_aside))
        .count("minutes_missed", u64::from(source.minutes_missed));
}

fn baseline(rows: &mut Vec<Measure>, window: &Baseline) {
    let table = format!("baseline_{}d", window.window);
    let mut line = Line::of(rows, &table, "", u64::from(window.days));
    line.value("posts", window.posts)
        .value("negative", window.negative)
        .value("neutral", window.neutral)
        .value("positive", window.positive)
        .value("needs_checking", window.needs_checking);
    if window.withheld_because.is_none() {
        line.share("balance_change", window.balance_change.difference)
            .share("negative_change", window.negative_change.difference)
            .share("needs_checking_change", window.needs_checking_change.difference);
    }
}

/// One row of one table, taken apart into figures.
struct Line<'a> {
    rows: &'a mut Vec<Measure>,
    table: &'a str,
    key: &'a str,
    n: u64,
}

impl<'a> Line<'a> {
    fn of(rows: &'a mut Vec<Measure>, table: &'a str, key: &'a str, n: u64) -> Self {
        Self { rows, table, key, n }
    }

    fn count(&mut self, measure: &str, count: u64) -> &mut Self {
        self.value(measure, count as f64)
    }

    fn value(&mut self, measure: &str, value: f64) -> &mut Self {
        let (table, key) = (self.table.to_owned(), self.key.to_owned());
        self.rows.push(Measure { table, key, measure: measure.to_owned(), value, low: None, high: None, n: self.n });
        self
    }

    fn share(&mut self, measure: &str, Share { share, low, high }: Share) -> &mut Self {
        self.value(measure, share);
        if let Some(row) = self.rows.last_mut() {
            (row.low, row.high) = (Some(low), Some(high));
        }
        self
    }

    fn shares(&mut self, mood: Option<&Mood>, needs_checking: Option<Share>) {
        if let Some(Mood { negative, neutral, positive, balance, n, method: _, chance: _ }) = mood {
            self.n = *n;
            self.share("negative", *negative)
                .share("neutral", *neutral)
                .share("positive", *positive)
                .share("balance", *balance);
        }
        if let Some(share) = needs_checking {
            self.share("needs_checking", share);
        }
    }
}
