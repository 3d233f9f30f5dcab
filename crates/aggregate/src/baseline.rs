//! The day beside the days before it, and the word for the difference.
//!
//! The difference is today's share minus the mean of the daily shares. Its standard error joins two parts (variance of a
//! difference of independent estimates; Cochran 1977, ch. 2): today's, from its bootstrap interval, and the mean's, the
//! larger of what the days' own errors and what the days' spread imply. Three differences of a window are looked at, so
//! each gets an interval of 1 − 0.05/3 (Bonferroni; Dunn 1961): all three hold together in 95 % of cases. A change is
//! called one only where that interval leaves zero out.

use crate::coverage::missed_share;
use crate::sums::rounded;
use crate::{Baseline, Change, Config, DaySummary, Mood, Share, Verdict};

/// How far each window looks back, and the days it needs there.
const WINDOWS: [(u32, usize); 2] = [(7, 3), (28, 10)];
/// How far the longest looks back: a day's summary depends on that many before it.
pub(crate) const REACH: i32 = 28;
/// Width of a 95 % interval in standard errors.
const WIDTH: f64 = 2.0 * 1.959_964;
/// Normal quantile of 1 − 0.05/6: two sides, three comparisons.
pub(crate) const Z: f64 = 2.393_980;

/// A day before, and how many days ago it was.
pub(crate) struct Earlier<'a> {
    pub(crate) ago: u32,
    pub(crate) summary: &'a DaySummary,
}

/// Both windows of a day. Its own `baselines` are not looked at.
pub(crate) fn baselines(today: &DaySummary, earlier: &[Earlier], config: &Config) -> Vec<Baseline> {
    WINDOWS.iter().map(|&(window, needed)| baseline(today, earlier, config, (window, needed))).collect()
}

fn baseline(today: &DaySummary, earlier: &[Earlier], config: &Config, (window, needed): (u32, usize)) -> Baseline {
    let within = earlier.iter().filter(|day| day.ago <= window).map(|day| day.summary);
    let enough: Vec<&DaySummary> = within.filter(|day| unfit(day, config).is_none()).collect();
    let days: Vec<&DaySummary> = enough.iter().copied().filter(|day| same_reading(day, today)).collect();
    let why = unfit(today, config).or(match () {
        () if days.len() >= needed => None,
        () if enough.len() >= needed => Some("other_model"),
        () => Some("too_few_days"),
    });
    let of_mood = |of: fn(&Mood) -> Share| move |day: &DaySummary| as_read(day).map(of);
    let (balance, negative) = (of_mood(|mood| mood.balance), of_mood(|mood| mood.negative));
    let checking = |day: &DaySummary| day.needs_checking;
    let change = |of: &dyn Fn(&DaySummary) -> Option<Share>| {
        change(of(today), &days.iter().filter_map(|day| of(day)).collect::<Vec<_>>(), why.is_some())
    };
    let share = |of: &dyn Fn(&DaySummary) -> Option<Share>| {
        rounded(mean(days.iter().filter_map(|day| of(day)).map(|share| share.share)))
    };
    Baseline {
        window,
        days: u32::try_from(days.len()).unwrap_or(window),
        posts: rounded(mean(days.iter().map(|day| day.posts.n as f64))),
        negative: share(&negative),
        neutral: share(&of_mood(|mood| mood.neutral)),
        positive: share(&of_mood(|mood| mood.positive)),
        needs_checking: share(&checking),
        balance_change: change(&balance),
        negative_change: change(&negative),
        needs_checking_change: change(&checking),
        withheld_because: why.map(str::to_owned),
    }
}

/// A day's mood as the model reads it: a corrected day beside days that nobody reviewed would look like a change.
pub(crate) fn as_read(day: &DaySummary) -> Option<&Mood> {
    day.mood_as_read.as_ref().or(day.mood.as_ref())
}

/// Why a day can neither be compared nor compared with.
pub(crate) fn unfit(day: &DaySummary, config: &Config) -> Option<&'static str> {
    let scored = day.mood.as_ref().map_or(0, |mood| mood.n);
    if scored == 0 || scored < config.min_posts_to_compare {
        Some("too_few_posts")
    } else if missed_share(&day.coverage) > config.max_missed_share {
        Some("low_coverage")
    } else {
        None
    }
}

/// Whether two days were read by the same models with the same threshold.
pub(crate) fn same_reading(day: &DaySummary, other: &DaySummary) -> bool {
    day.models == other.models && day.threshold.to_bits() == other.threshold.to_bits()
}

fn change(today: Option<Share>, days: &[Share], withheld: bool) -> Change {
    let (Some(today), true, false) = (today, days.len() > 1, withheld) else {
        return Change { difference: Share { share: 0.0, low: 0.0, high: 0.0 }, verdict: Verdict::Withheld };
    };
    let k = days.len() as f64;
    let usual = mean(days.iter().map(|day| day.share));
    let spread = days.iter().map(|day| (day.share - usual).powi(2)).sum::<f64>() / (k - 1.0);
    let own = mean(days.iter().map(|day| error(*day).powi(2)));
    let half = Z * (error(today).powi(2) + spread.max(own) / k).sqrt();
    let difference = today.share - usual;
    let (low, high) = (rounded(difference - half), rounded(difference + half));
    let verdict = match () {
        () if low > 0.0 => Verdict::Up,
        () if high < 0.0 => Verdict::Down,
        () => Verdict::NoRealChange,
    };
    Change { difference: Share { share: rounded(difference), low, high }, verdict }
}

/// The standard error that an interval stands for.
pub(crate) fn error(share: Share) -> f64 {
    (share.high - share.low) / WIDTH
}

pub(crate) fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    if n > 0.0 { sum / n } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{config, day, lake, posts};
    use crate::sum_up;

    /// A day of 70 posts, with the mood moved.
    fn summary(negative: f64) -> DaySummary {
        let (_dir, lake) = lake();
        lake.write_part(0, &posts(day("2020-03-09"), 0..70)).unwrap();
        let mut summary = sum_up(&lake, day("2020-03-09"), &config()).unwrap();
        if let Some(mood) = &mut summary.mood {
            mood.negative = Share { share: negative, low: negative - 0.02, high: negative + 0.02 };
        }
        summary
    }

    fn week(today: &DaySummary, days: &[f64]) -> Baseline {
        let days: Vec<DaySummary> = days.iter().map(|negative| summary(*negative)).collect();
        let earlier: Vec<Earlier> = (1..).zip(&days).map(|(ago, summary)| Earlier { ago, summary }).collect();
        baselines(today, &earlier, &config()).remove(0)
    }

    #[test]
    fn a_jump_is_a_change_and_a_wobble_is_not() {
        let usual = [0.30, 0.31, 0.29, 0.30, 0.32];
        assert_eq!(week(&summary(0.45), &usual).negative_change.verdict, Verdict::Up);
        assert_eq!(week(&summary(0.15), &usual).negative_change.verdict, Verdict::Down);
        assert_eq!(week(&summary(0.31), &usual).negative_change.verdict, Verdict::NoRealChange);
    }

    #[test]
    fn a_day_that_people_corrected_is_compared_as_it_was_read() {
        let read = summary(0.31);
        let corrected = DaySummary { mood: summary(0.6).mood, mood_as_read: read.mood.clone(), ..read.clone() };
        let usual = [0.30, 0.31, 0.29];
        assert_eq!(week(&corrected, &usual), week(&read, &usual));
    }

    #[test]
    fn restless_weeks_make_wide_intervals() {
        let change = |days: &[f64]| week(&summary(0.36), days).negative_change;
        assert_eq!(change(&[0.30, 0.30, 0.30, 0.30]).verdict, Verdict::Up);
        assert_eq!(change(&[0.10, 0.50, 0.20, 0.40]).verdict, Verdict::NoRealChange);
    }

    #[test]
    fn comparison_is_withheld_with_its_reason() {
        let why = |today: &DaySummary, days: &[f64]| week(today, days).withheld_because.unwrap_or_default();
        let today = summary(0.3);
        assert_eq!(why(&today, &[0.3, 0.3]), "too_few_days");
        assert_eq!(why(&today, &[0.3; 3]), "");
        let other = DaySummary { models: vec!["other".into()], ..today.clone() };
        assert_eq!(why(&other, &[0.3; 3]), "other_model");
        let mut few = today.clone();
        few.mood.as_mut().unwrap().n = 9;
        assert_eq!(why(&few, &[0.3; 3]), "too_few_posts");
        let mut deaf = today.clone();
        deaf.coverage = vec![crate::Coverage {
            source: "a".into(),
            asked: 1,
            answered: 1,
            kept: 1,
            set_aside: 0,
            minutes_missed: 900,
            state: "heard".into(),
        }];
        assert_eq!(why(&deaf, &[0.3; 3]), "low_coverage");
        assert_eq!(week(&deaf, &[0.3; 3]).negative_change.verdict, Verdict::Withheld);
    }
}
