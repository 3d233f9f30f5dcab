//! The day beside the days before it, and the word for the difference.
//!
//! The difference is today's share minus the mean of the daily shares. Its standard error joins two parts (variance of a
//! difference of independent estimates; Cochran 1977, ch. 2): today's, from its bootstrap, and the mean's, the
//! larger of what the days' own errors and what the days' spread imply. Errors of moods are those of chance alone where
//! they are known: what is wrong with the labelled posts is wrong on all days alike.
//!
//! A page shows three differences of each window that can be compared. Each gets an interval of 1 − 0.05 over their number
//! (Bonferroni; Dunn 1961), so that all of a page hold together in 95 % of cases. A change is called one only where that
//! interval leaves zero out.

use crate::coverage::missed_share;
use crate::sums::rounded;
use crate::{Baseline, Chance, Change, Config, DaySummary, Mood, Share, Verdict};

/// How far each window looks back, and the days it needs there.
const WINDOWS: [(u32, usize); 2] = [(7, 3), (28, 10)];
/// How far the longest looks back: a day's summary depends on that many before it.
pub(crate) const REACH: i32 = 28;
/// Width of a 95 % interval in standard errors.
const WIDTH: f64 = 2.0 * 1.959_964;
/// Normal quantiles of 1 − 0.05/6 and of 1 − 0.05/12: two sides, and the three comparisons of one window or of both.
const QUANTILES: [f64; 2] = [2.393_980, 2.638_257];
/// The first of them, for the three comparisons of two weeks.
pub(crate) const Z: f64 = QUANTILES[0];

/// A day before, and how many days ago it was.
pub(crate) struct Earlier<'a> {
    pub(crate) ago: u32,
    pub(crate) summary: &'a DaySummary,
}

/// Both windows of a day. Its own `baselines` are not looked at.
pub(crate) fn baselines(today: &DaySummary, earlier: &[Earlier], config: &Config) -> Vec<Baseline> {
    let windows: Vec<Window> = WINDOWS.iter().map(|window| Window::of(today, earlier, config, *window)).collect();
    let compared = windows.iter().filter(|window| window.withheld.is_none()).count();
    let quantile = QUANTILES[compared.saturating_sub(1).min(QUANTILES.len() - 1)];
    windows.iter().map(|window| baseline(today, window, quantile)).collect()
}

/// The days of a window that may be compared with.
struct Window<'a> {
    reach: u32,
    days: Vec<&'a DaySummary>,
    withheld: Option<&'static str>,
}

impl<'a> Window<'a> {
    fn of(today: &DaySummary, earlier: &[Earlier<'a>], config: &Config, (reach, needed): (u32, usize)) -> Self {
        let within = earlier.iter().filter(|day| day.ago <= reach).map(|day| day.summary);
        let enough: Vec<&DaySummary> = within.filter(|day| unfit(day, config).is_none()).collect();
        let days: Vec<&DaySummary> = enough.iter().copied().filter(|day| same_reading(day, today)).collect();
        let withheld = unfit(today, config).or(match () {
            () if days.len() >= needed => None,
            () if enough.len() >= needed => Some("other_model"),
            () => Some("too_few_days"),
        });
        Self { reach, days, withheld }
    }
}

fn baseline(today: &DaySummary, Window { reach, days, withheld }: &Window<'_>, quantile: f64) -> Baseline {
    let balance = of_mood(|mood| mood.balance, |chance| chance.balance);
    let negative = of_mood(|mood| mood.negative, |chance| chance.negative);
    let checking = |day: &DaySummary| day.needs_checking.map(Measured::of);
    let change = |of: &dyn Fn(&DaySummary) -> Option<Measured>| {
        let days: Vec<Measured> = days.iter().filter_map(|day| of(day)).collect();
        change(of(today).filter(|_| withheld.is_none()), &days, quantile)
    };
    let share = |of: &dyn Fn(&DaySummary) -> Option<f64>| rounded(mean(days.iter().filter_map(|day| of(day))));
    let of_shares = |of: fn(&Mood) -> Share| move |day: &DaySummary| as_read(day).map(|mood| of(mood).share);
    Baseline {
        window: *reach,
        days: u32::try_from(days.len()).unwrap_or(*reach),
        posts: rounded(mean(days.iter().map(|day| day.posts.n as f64))),
        negative: share(&of_shares(|mood| mood.negative)),
        neutral: share(&of_shares(|mood| mood.neutral)),
        positive: share(&of_shares(|mood| mood.positive)),
        needs_checking: share(&|day| day.needs_checking.map(|share| share.share)),
        balance_change: change(&balance),
        negative_change: change(&negative),
        needs_checking_change: change(&checking),
        withheld_because: withheld.map(str::to_owned),
    }
}

/// A share and its standard errors.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) share: f64,
    /// Of chance: another one every day.
    pub(crate) error: f64,
    /// Of what is wrong on all days alike, as the labelled posts are: no difference has it, every mean keeps it.
    pub(crate) common: f64,
}

impl Measured {
    /// With the error that its interval stands for.
    pub(crate) fn of(share: Share) -> Self {
        Self { share: share.share, error: (share.high - share.low) / WIDTH, common: 0.0 }
    }

    /// With as much of the error as is chance.
    fn by_chance(self, error: f64) -> Self {
        Self { error, common: (self.error.powi(2) - error.powi(2)).max(0.0).sqrt(), ..self }
    }
}

/// A part of a day's mood, with the error of chance alone where it is known.
pub(crate) fn of_mood(
    share: fn(&Mood) -> Share,
    error: fn(&Chance) -> f64,
) -> impl Fn(&DaySummary) -> Option<Measured> {
    move |day| {
        let mood = as_read(day)?;
        let measured = Measured::of(share(mood));
        Some(mood.chance.as_ref().map_or(measured, |chance| measured.by_chance(error(chance))))
    }
}

/// A day's mood as the model reads it: a corrected day beside days that nobody reviewed would look like a change.
pub(crate) fn as_read(day: &DaySummary) -> Option<&Mood> {
    day.mood_as_read.as_ref().or(day.mood.as_ref())
}

/// Why a day can neither be compared nor compared with.
pub(crate) fn unfit(day: &DaySummary, config: &Config) -> Option<&'static str> {
    let scored = day.mood.as_ref().map_or(0, |_| day.posts.scored);
    if scored == 0 || scored < config.min_posts_to_compare {
        Some("too_few_posts")
    } else if day.posts.authors < config.min_authors_to_compare {
        Some("too_few_authors")
    } else if missed_share(&day.coverage) > config.max_missed_share {
        Some("low_coverage")
    } else {
        None
    }
}

/// Whether two days were read by the same models with the same threshold, and count the same.
pub(crate) fn same_reading(day: &DaySummary, other: &DaySummary) -> bool {
    day.models == other.models && day.headline == other.headline && day.threshold.to_bits() == other.threshold.to_bits()
}

fn change(today: Option<Measured>, days: &[Measured], quantile: f64) -> Change {
    let (Some(today), true) = (today, days.len() > 1) else {
        return Change { difference: Share { share: 0.0, low: 0.0, high: 0.0 }, verdict: Verdict::Withheld };
    };
    let k = days.len() as f64;
    let usual = mean(days.iter().map(|day| day.share));
    let spread = days.iter().map(|day| (day.share - usual).powi(2)).sum::<f64>() / (k - 1.0);
    let own = mean(days.iter().map(|day| day.error.powi(2)));
    let half = quantile * (today.error.powi(2) + spread.max(own) / k).sqrt();
    judged(today.share - usual, half)
}

/// A difference with its interval, and the word that this allows.
pub(crate) fn judged(difference: f64, half: f64) -> Change {
    let (low, high) = (rounded(difference - half), rounded(difference + half));
    let verdict = match () {
        () if low > 0.0 => Verdict::Up,
        () if high < 0.0 => Verdict::Down,
        () => Verdict::NoRealChange,
    };
    Change { difference: Share { share: rounded(difference), low, high }, verdict }
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
        few.posts.scored = 9;
        assert_eq!(why(&few, &[0.3; 3]), "too_few_posts");
        let mut alone = today.clone();
        alone.posts.authors = 4;
        assert_eq!(why(&alone, &[0.3; 3]), "too_few_authors");
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
