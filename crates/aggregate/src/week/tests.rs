//! Weeks with holes, first weeks, and the words for the difference.

use super::*;
use crate::fixtures::{config, day, lake, posts};
use crate::sum_up;

const WEEK: &str = "2020-W11";

/// A day of 70 posts with that share of negative ones.
fn summary(on: Day, negative: f64) -> DaySummary {
    let (_dir, lake) = lake();
    lake.write_part(0, &posts(on, 0..70)).unwrap();
    let mut summary = sum_up(&lake, on, &config()).unwrap();
    if let Some(mood) = &mut summary.mood {
        mood.negative = Share { share: negative, low: negative - 0.02, high: negative + 0.02 };
    }
    summary
}

/// Days of a week with these shares; `None` is a day that was never summed up.
fn days(week: &str, negative: &[Option<f64>; 7]) -> Vec<DaySummary> {
    let week: Week = week.parse().unwrap();
    week.days().into_iter().zip(negative).filter_map(|(day, share)| Some(summary(day, (*share)?))).collect()
}

fn of(summaries: &[DaySummary]) -> WeekSummary {
    week(WEEK.parse().unwrap(), &summaries.iter().collect::<Vec<_>>(), &config())
}

const USUAL: [Option<f64>; 7] = [Some(0.30), Some(0.31), Some(0.29), Some(0.30), Some(0.32), Some(0.30), Some(0.31)];

#[test]
fn a_missing_day_is_left_out_and_never_a_zero() {
    let mut holed = USUAL;
    holed[2] = None;
    let week = of(&days(WEEK, &holed));
    assert_eq!(week.heard, HeardDays { whole: 6, part: 0, none: 1 });
    assert_eq!((week.posts, week.posts_a_day), (420, Some(70.0)));
    let mood = week.mood.unwrap();
    assert_eq!(mood.days, 6);
    assert!((mood.negative.share - 0.306_667).abs() < 1e-6, "{}", mood.negative.share);
    let missing = &week.days[2];
    assert_eq!((missing.posts, missing.status, missing.mood.is_none()), (None, None, true));
    assert_eq!(missing.left_out_because.as_deref(), Some("not_heard"));
    assert_eq!(week.days.len(), 7);
}

#[test]
fn a_first_week_is_told_and_not_compared() {
    let week = of(&days(WEEK, &USUAL));
    assert_eq!(week.against_before.withheld_because.as_deref(), Some("no_week_before"));
    assert_eq!(week.against_before.negative.verdict, Verdict::Withheld);
    assert!(week.mood.is_some() && week.mood_before.is_none() && week.posts_a_day_before.is_none());
}

#[test]
fn an_empty_week_says_nothing() {
    let week = of(&[]);
    assert_eq!(week.heard, HeardDays { whole: 0, part: 0, none: 7 });
    assert_eq!((week.posts_a_day, week.mood, week.coverage.len()), (None, None, 0));
    assert_eq!(week.against_before.withheld_because.as_deref(), Some("too_few_days"));
}

#[test]
fn a_shift_is_a_change_and_a_wobble_is_not() {
    let verdict = |negative: f64| {
        let mut both = days(WEEK, &USUAL.map(|share| share.map(|share| share + negative)));
        both.extend(days("2020-W10", &USUAL));
        let week = of(&both);
        assert_eq!(week.against_before.withheld_because, None);
        assert!((week.against_before.negative.difference.share - negative).abs() < 1e-6);
        week.against_before.negative.verdict
    };
    assert_eq!(verdict(0.10), Verdict::Up);
    assert_eq!(verdict(-0.10), Verdict::Down);
    assert_eq!(verdict(0.005), Verdict::NoRealChange);
}

#[test]
fn restless_weeks_make_wide_intervals() {
    let restless = [0.10, 0.50, 0.20, 0.40, 0.15, 0.45, 0.30].map(Some);
    let mut both = days(WEEK, &USUAL.map(|share| share.map(|share| share + 0.06)));
    both.extend(days("2020-W10", &restless));
    let week = of(&both);
    assert_eq!(week.against_before.negative.verdict, Verdict::NoRealChange);
    let width = |mood: Option<WeekMood>| mood.map_or(0.0, |mood| mood.negative.high - mood.negative.low);
    assert!(width(week.mood_before) > 5.0 * width(week.mood));
}

#[test]
fn what_may_not_be_compared_is_shown_and_enters_no_mean() {
    let mut all = days(WEEK, &USUAL);
    all[0].models = vec!["older".into()];
    all[1].posts.scored = 3;
    all[3].status = Status::Partial;
    let before: Vec<DaySummary> =
        days("2020-W10", &USUAL).into_iter().map(|day| DaySummary { models: vec!["older".into()], ..day }).collect();
    all.extend(before);
    let week = of(&all);
    let why: Vec<_> = week.days.iter().map(|day| day.left_out_because.as_deref().unwrap_or("")).collect();
    assert_eq!(why, ["other_model", "too_few_posts", "", "", "", "", ""]);
    assert_eq!(week.mood.unwrap().days, 5);
    assert_eq!(week.heard, HeardDays { whole: 6, part: 1, none: 0 });
    assert_eq!(week.against_before.withheld_because.as_deref(), Some("other_model"));
    assert_eq!(week.models, ["older", "tiny"]);
}

#[test]
fn a_day_without_posts_is_quiet_or_unheard() {
    let source = |state: &str| Coverage {
        source: "a".into(),
        asked: 9,
        answered: 9,
        kept: 0,
        set_aside: 1,
        minutes_missed: if state == "failed" { 1440 } else { 0 },
        state: state.into(),
    };
    let (_dir, lake) = lake();
    let empty = |on: &str, state: &str| {
        let summary = sum_up(&lake, day(on), &config()).unwrap();
        DaySummary { coverage: vec![source(state)], ..summary }
    };
    let mut all = days(WEEK, &[Some(0.3), Some(0.3), Some(0.3), None, None, None, None]);
    all.extend([empty("2020-03-12", "no_posts"), empty("2020-03-13", "failed")]);
    let week = of(&all);
    assert_eq!(week.heard, HeardDays { whole: 4, part: 0, none: 3 });
    assert_eq!((week.days[3].posts, week.days[4].posts), (Some(0), None));
    assert_eq!(week.posts_a_day, Some(52.5));
    let expected = BTreeMap::from([("failed".to_owned(), 1), ("no_posts".to_owned(), 1)]);
    assert_eq!(
        (week.coverage[0].minutes_missed, week.coverage[0].set_aside, &week.coverage[0].days),
        (1440, 2, &expected)
    );
}

#[test]
fn a_mood_of_too_few_people_does_not_come_back_in_the_mean() {
    use polso_domain::Withhold;
    let mut week = of(&days(WEEK, &USUAL));
    assert_eq!(week.clone().withhold(7), 0);
    assert_eq!(week.withhold(8), 7);
    assert!(week.mood.is_none() && week.days.iter().all(|day| day.mood.is_none()) && week.withheld == 7);
}
