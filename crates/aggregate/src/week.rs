//! Seven days beside the seven before: how much was heard, and where the mood went.
//!
//! A week is made of its days' summaries and of nothing else. A day that was not heard is left out and never a zero; a day
//! that may not be compared (too few posts, too much missed, read by another model) is shown and enters no mean. The
//! standard error of a mean of days is that of `baseline`: the larger of what the days' own errors and what their spread
//! imply. The difference of two weeks joins both (Cochran 1977, ch. 2). Three differences are looked at, so each gets an
//! interval of 1 − 0.05/3 (Dunn 1961). Days are taken as independent: where the same few people post every day, intervals are
//! too narrow, as they are there.

mod shape;

pub use shape::{AgainstBefore, HeardDays, WEEK_SCHEMA, WeekCoverage, WeekDay, WeekMood, WeekSummary};

use crate::baseline::{Measured, Z, as_read, judged, mean, of_mood, same_reading, unfit};
use crate::sums::rounded;
use crate::{Chance, Change, Config, Coverage, DaySummary, Mood, Share, Status, Verdict};
use polso_domain::{Day, Week};
use std::collections::BTreeMap;

/// Days that each of two weeks needs before they are compared.
const NEEDED: usize = 3;
/// Normal quantile of 0.975.
const Z95: f64 = 1.959_964;

/// Sums a week up from those of its days, and of the week before, that have a summary.
pub fn week<'a>(week: Week, summaries: &[&'a DaySummary], config: &Config) -> WeekSummary {
    let of = |week: Week| -> Vec<&'a DaySummary> {
        let inside = week.days().into_iter();
        inside.filter_map(|day| summaries.iter().find(|summary| summary.day == day).copied()).collect()
    };
    let (days, before) = (of(week), of(week.before()));
    // The latest day that may be compared says which model the week is told by.
    let by = days.iter().rev().find(|day| unfit(day, config).is_none()).copied();
    let fit = |days: &[&'a DaySummary]| -> (Vec<&'a DaySummary>, Vec<&'a DaySummary>) {
        let enough = days.iter().copied().filter(|day| unfit(day, config).is_none());
        enough.partition(|day| by.is_some_and(|by| same_reading(day, by)))
    };
    let ((now, _), (past, otherwise_read)) = (fit(&days), fit(&before));
    let why = match () {
        () if now.len() < NEEDED => Some("too_few_days"),
        () if before.is_empty() => Some("no_week_before"),
        () if past.len() < NEEDED && !otherwise_read.is_empty() => Some("other_model"),
        () if past.len() < NEEDED => Some("too_few_days_before"),
        () => None,
    };
    let mut models: Vec<String> = days.iter().flat_map(|day| day.models.clone()).collect();
    models.sort_unstable();
    models.dedup();
    WeekSummary {
        schema: WEEK_SCHEMA,
        week,
        timezone: days.first().map_or_else(String::new, |day| day.timezone.clone()),
        heard: heard(&days),
        days: week.days().map(|day| told(day, days.iter().find(|own| own.day == day).copied(), (by, config))).to_vec(),
        posts: days.iter().map(|day| day.posts.n).sum(),
        posts_a_day: posts_a_day(&days),
        posts_a_day_before: posts_a_day(&before),
        mood: mood(&now),
        mood_before: mood(&past),
        against_before: against((&now, &past), why),
        coverage: coverage(&days),
        models,
        withheld: 0,
    }
}

/// Whether anything was heard: posts, or the certainty that there were none.
fn is_heard(day: &DaySummary) -> bool {
    let is_silence = |source: &Coverage| matches!(source.state.as_str(), "heard" | "no_posts");
    day.status != Status::NoData || (!day.coverage.is_empty() && day.coverage.iter().all(is_silence))
}

fn heard(days: &[&DaySummary]) -> HeardDays {
    let mut heard =
        HeardDays { none: 7_u32.saturating_sub(days.len().try_into().unwrap_or(7)), ..HeardDays::default() };
    for day in days {
        *(match day.status {
            Status::Partial => &mut heard.part,
            _ if is_heard(day) => &mut heard.whole,
            _ => &mut heard.none,
        }) += 1;
    }
    heard
}

fn told(day: Day, summary: Option<&DaySummary>, (by, config): (Option<&DaySummary>, &Config)) -> WeekDay {
    let Some(summary) = summary else {
        return WeekDay {
            day,
            status: None,
            revision: 0,
            data_hash: String::new(),
            posts: None,
            people: 0,
            mood: None,
            needs_checking: None,
            is_corrected: false,
            left_out_because: Some("not_heard".to_owned()),
        };
    };
    let other = by.filter(|by| !same_reading(summary, by)).map(|_| "other_model");
    let why = (!is_heard(summary)).then_some("not_heard").or_else(|| unfit(summary, config)).or(other);
    WeekDay {
        day,
        status: Some(summary.status),
        revision: summary.revision,
        data_hash: summary.data_hash.clone(),
        posts: is_heard(summary).then_some(summary.posts.n),
        people: summary.posts.authors,
        mood: as_read(summary).cloned(),
        needs_checking: summary.needs_checking,
        is_corrected: summary.mood_as_read.is_some(),
        left_out_because: why.map(str::to_owned),
    }
}

fn posts_a_day(days: &[&DaySummary]) -> Option<f64> {
    let heard = || days.iter().filter(|day| is_heard(day));
    (heard().count() > 0).then(|| rounded(mean(heard().map(|day| day.posts.n as f64))))
}

fn mood(days: &[&DaySummary]) -> Option<WeekMood> {
    let moods: Vec<&Mood> = days.iter().filter_map(|day| as_read(day)).collect();
    let share = |of: fn(&Mood) -> Share, chance: fn(&Chance) -> f64| {
        let of = of_mood(of, chance);
        around(&days.iter().filter_map(|day| of(day)).collect::<Vec<_>>(), Z95)
    };
    let checking: Vec<_> = days.iter().filter_map(|day| day.needs_checking.map(Measured::of)).collect();
    Some(WeekMood {
        days: u32::try_from(moods.len()).unwrap_or(7),
        n: moods.iter().map(|mood| mood.n).sum(),
        negative: share(|mood| mood.negative, |chance| chance.negative)?,
        neutral: around(&steady(&moods, |mood| mood.neutral), Z95)?,
        positive: around(&steady(&moods, |mood| mood.positive), Z95)?,
        balance: share(|mood| mood.balance, |chance| chance.balance)?,
        needs_checking: around(&checking, Z95),
    })
}

/// Shares of which it is not known how much of their error is chance: all of it is taken to be the same on all days.
fn steady(moods: &[&Mood], of: fn(&Mood) -> Share) -> Vec<Measured> {
    let measured = |mood: &&Mood| {
        let measured = Measured::of(of(mood));
        if mood.chance.is_some() { Measured { error: 0.0, common: measured.error, ..measured } } else { measured }
    };
    moods.iter().map(measured).collect()
}

/// The mean of some days' shares, `z` standard errors to either side; `None` of no days.
///
/// What is wrong on all days alike does not average out.
fn around(days: &[Measured], z: f64) -> Option<Share> {
    let share = mean(days.iter().map(|day| day.share));
    let half = z * (squared_error(days) + mean(days.iter().map(|day| day.common.powi(2)))).sqrt();
    (!days.is_empty()).then(|| Share { share: rounded(share), low: rounded(share - half), high: rounded(share + half) })
}

/// Squared standard error of chance of the mean of some days.
fn squared_error(days: &[Measured]) -> f64 {
    let k = days.len() as f64;
    let usual = mean(days.iter().map(|day| day.share));
    let own = mean(days.iter().map(|day| day.error.powi(2)));
    let spread =
        if k > 1.0 { days.iter().map(|day| (day.share - usual).powi(2)).sum::<f64>() / (k - 1.0) } else { 0.0 };
    spread.max(own) / k.max(1.0)
}

fn against((now, past): (&[&DaySummary], &[&DaySummary]), why: Option<&str>) -> AgainstBefore {
    let change = |of: &dyn Fn(&DaySummary) -> Option<Measured>| {
        let shares = |days: &[&DaySummary]| days.iter().filter_map(|day| of(day)).collect::<Vec<_>>();
        change((&shares(now), &shares(past)), why.is_some())
    };
    AgainstBefore {
        negative: change(&of_mood(|mood| mood.negative, |chance| chance.negative)),
        balance: change(&of_mood(|mood| mood.balance, |chance| chance.balance)),
        needs_checking: change(&|day| day.needs_checking.map(Measured::of)),
        withheld_because: why.map(str::to_owned),
    }
}

fn change((now, past): (&[Measured], &[Measured]), withheld: bool) -> Change {
    if withheld || now.len() < NEEDED || past.len() < NEEDED {
        return Change { difference: Share { share: 0.0, low: 0.0, high: 0.0 }, verdict: Verdict::Withheld };
    }
    let difference = mean(now.iter().map(|day| day.share)) - mean(past.iter().map(|day| day.share));
    judged(difference, Z * (squared_error(now) + squared_error(past)).sqrt())
}

fn coverage(days: &[&DaySummary]) -> Vec<WeekCoverage> {
    let mut sources: BTreeMap<&str, WeekCoverage> = BTreeMap::new();
    for source in days.iter().flat_map(|day| &day.coverage) {
        let sum = sources.entry(&source.source).or_default();
        sum.source.clone_from(&source.source);
        sum.asked += u64::from(source.asked);
        sum.answered += u64::from(source.answered);
        sum.kept += source.kept;
        sum.set_aside += u64::from(source.set_aside);
        sum.minutes_missed += u64::from(source.minutes_missed);
        *sum.days.entry(source.state.clone()).or_default() += 1;
    }
    sources.into_values().collect()
}

#[cfg(test)]
mod tests;
