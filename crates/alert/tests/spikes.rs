//! What must hold of every verdict, and how often the rule errs on days whose truth is known.

mod simulated;

use polso_alert::detect::{Config, Count, Measure, Part, Reason, Series, Values, Verdict, judge, judge_all};
use polso_domain::Day;
use proptest::prelude::*;
use simulated::{BURST, Life, c1_found, false_alarms, found};
use std::collections::BTreeMap;

const TODAY: i32 = 18_330;

fn today() -> Day {
    Day::from_epoch_days(TODAY)
}

/// Counts of the days up to today, the last one last; `None` was not heard.
fn counts(days: &[Option<f64>]) -> Series {
    let first = today().plus(1 - i32::try_from(days.len()).unwrap_or_default());
    let heard = (0..).zip(days).filter_map(|(number, count)| Some((first.plus(number), Count::Exactly((*count)?))));
    Series { measure: Measure::Volume, values: Values::Counts(heard.collect()) }
}

fn verdict(series: &Series) -> Verdict {
    judge(series, today(), &Config::default())
}

/// Sixty ordinary days and today.
fn steady(today: f64) -> Vec<Option<f64>> {
    (0..60).map(|number| Some(f64::from(40 + number * 7 % 11))).chain([Some(today)]).collect()
}

#[test]
fn a_jump_is_flagged_with_its_numbers() {
    let Verdict::Flagged(found) = verdict(&counts(&steady(120.0))) else { panic!("not flagged") };
    assert!((found.today, found.days) == (120.0, 56) && (44.0..46.0).contains(&found.usual), "{found:?}");
    assert!(found.sum > 5.0 && found.since == Some(today()), "{found:?}");
    assert_eq!([found.ears.c1, found.ears.c2], [Some(true), Some(true)]);
    assert!(matches!(verdict(&counts(&steady(50.0))), Verdict::Quiet(_)));
}

#[test]
fn a_rise_of_some_days_is_flagged_from_its_first_day() {
    let mut days = steady(62.0);
    days[57..60].fill(Some(62.0));
    let Verdict::Flagged(found) = verdict(&counts(&days)) else { panic!("not flagged") };
    assert_eq!(found.since, Some(today().plus(-3)));
}

#[test]
fn a_burst_that_is_over_is_not_told_again() {
    let mut days = steady(44.0);
    days[57..60].fill(Some(150.0));
    let Verdict::Quiet(found) = verdict(&counts(&days)) else { panic!("flagged") };
    assert!(found.sum > 5.0, "{found:?}");
}

#[test]
fn what_cannot_be_judged_says_why() {
    let config = Config::default();
    let short = counts(&steady(120.0)[45..]);
    let why = Reason::TooFewDays { heard: 13, needed: 14 };
    assert_eq!(verdict(&short), Verdict::NotJudged(why));
    assert_eq!(judge(&counts(&steady(1.0)), today().plus(1), &config), Verdict::NotJudged(Reason::NotHeard));
    let mut unknown = counts(&steady(120.0));
    if let Values::Counts(days) = &mut unknown.values {
        days.insert(today(), Count::AtMost(4.0));
    }
    assert_eq!(verdict(&unknown), Verdict::NotJudged(Reason::TooFewPeople));
}

#[test]
fn what_is_only_known_as_small_is_no_zero() {
    let of = |usual: Count, now: f64| {
        let days = (1..=60).map(|ago| (today().plus(-ago), usual));
        let values = Values::Counts(days.chain([(today(), Count::Exactly(now))]).collect());
        verdict(&Series { measure: Measure::Tag("sauna".into()), values })
    };
    assert!(matches!(of(Count::Exactly(0.0), 7.0), Verdict::Flagged(_)));
    assert!(matches!(of(Count::AtMost(4.0), 7.0), Verdict::Quiet(_)));
    let Verdict::Flagged(found) = of(Count::AtMost(4.0), 20.0) else { panic!("not flagged") };
    assert!((4.0..4.1).contains(&found.usual), "{found:?}");
}

#[test]
fn a_share_of_few_posts_is_not_flagged_and_one_of_many_is() {
    let of = |now: Part| {
        let days = (1..=60).map(|ago| (today().plus(-ago), Part { part: f64::from(25 + ago % 9), of: 100.0 }));
        let values = Values::Shares(days.chain([(today(), now)]).collect());
        verdict(&Series { measure: Measure::NegativeShare, values })
    };
    assert!(matches!(of(Part { part: 3.0, of: 4.0 }), Verdict::Quiet(_)));
    let Verdict::Flagged(found) = of(Part { part: 75.0, of: 100.0 }) else { panic!("not flagged") };
    assert!((found.today - 0.75).abs() < 1e-12 && (0.28..0.3).contains(&found.usual), "{found:?}");
}

proptest! {
    #[test]
    fn a_series_that_does_not_move_is_never_flagged(level in 0.0_f64..500.0, days in 1_usize..80) {
        let flagged = matches!(verdict(&counts(&vec![Some(level); days])), Verdict::Flagged(_));
        prop_assert!(!flagged);
    }

    #[test]
    fn days_out_of_reach_and_days_to_come_change_nothing(
        days in proptest::collection::vec(0.0_f64..90.0, 61),
        far in 0.0_f64..900.0,
    ) {
        let days: Vec<Option<f64>> = days.into_iter().map(|count| Some(count.floor())).collect();
        let near = counts(&days);
        let mut more = near.clone();
        if let Values::Counts(days) = &mut more.values {
            days.insert(today().plus(-61), Count::Exactly(far));
            days.insert(today().plus(1), Count::Exactly(far));
        }
        prop_assert_eq!(verdict(&near), verdict(&more));
    }

    #[test]
    fn more_posts_today_are_never_less_evidence(
        days in proptest::collection::vec(proptest::option::of(0_u32..90), 60),
        (less, more) in (0_u32..90, 0_u32..90),
    ) {
        let of = |now: u32| {
            let heard = days.iter().map(|count| count.map(f64::from));
            match verdict(&counts(&heard.chain([Some(f64::from(now))]).collect::<Vec<_>>())) {
                Verdict::Flagged(found) | Verdict::Quiet(found) => Some(found.sum),
                Verdict::NotJudged(_) => None,
            }
        };
        prop_assert!(of(less.min(more)) <= of(less.max(more)));
    }

    #[test]
    fn a_share_is_the_same_for_its_days_of_nothing(parts in proptest::collection::vec((0_u32..40, 40_u32..90), 61)) {
        let part = |(part, of): &(u32, u32)| Part { part: f64::from(*part), of: f64::from(*of) };
        let ago = (0..).zip(&parts).map(|(ago, one)| (today().plus(-ago), part(one)));
        let mut days: BTreeMap<Day, Part> = ago.collect();
        days.remove(&today().plus(-5));
        let left_out = Series { measure: Measure::NegativeShare, values: Values::Shares(days.clone()) };
        days.insert(today().plus(-5), Part { part: 0.0, of: 0.0 });
        let empty = Series { measure: Measure::NegativeShare, values: Values::Shares(days) };
        prop_assert_eq!(verdict(&left_out), verdict(&empty));
    }

    #[test]
    fn the_order_of_measures_changes_nothing(shuffled in Just((0..9).collect::<Vec<u32>>()).prop_shuffle()) {
        let names: Vec<u32> = (0..9).collect();
        let one = |number: &u32| Series {
            measure: Measure::Tag(format!("tag{number}")),
            ..counts(&steady(f64::from(40 + 9 * number)))
        };
        let judged = |names: &[u32]| judge_all(&names.iter().map(one).collect::<Vec<_>>(), today(), &Config::default());
        prop_assert_eq!(judged(&names), judged(&shuffled));
        prop_assert_eq!(judged(&names).len(), 9);
    }
}

/// The whole table is `cargo bench --bench spikes`; these rows are enough to see the rule break.
#[test]
fn false_alarms_are_few_and_bursts_are_found() {
    let config = Config::default();
    let rows = [
        (Life::count(0.3, 0.1), 0.75),
        (Life::count(2.0, 0.1), 0.92),
        (Life::count(10.0, 0.5), 0.85),
        (Life { weekend: 0.5, ..Life::count(50.0, 0.1) }, 0.92),
        (Life::count(400.0, 0.1), 0.92),
        (Life::share(0.3, 0.02, 50.0), 0.95),
    ];
    for (life, least) in rows {
        let quiet = false_alarms(&life, (1_000, 3), &config);
        let burst = found(&life, (2.0, BURST), (200, 4), &config);
        // 0.005 and what chance adds to it in a thousand series, three standard errors.
        assert!(quiet.cusum < 0.012, "{life:?} {quiet:?}");
        assert!(burst.cusum > least - 0.06, "{life:?} {burst:?}");
        // What it is for: C1 errs more often at its published bound, and finds less where it errs as rarely.
        assert!(quiet.ears[0] > quiet.cusum, "{life:?} {quiet:?}");
        assert!(c1_found(&life, 2.0, (1_000, 5)) < burst.cusum - 0.1, "{life:?} {burst:?}");
    }
}
