//! What the rules promise, for every number.

use super::*;
use proptest::prelude::*;

const SHIPPED: &str = include_str!("../../../../config/risk.toml");

fn rules() -> Rules {
    Rules::shipped().unwrap()
}

/// A false claim on treatment, wide and doubling: as dangerous as can be.
fn worst(history: &[Option<u64>]) -> Spread<'_> {
    Spread {
        kind: ClaimKind::Rumour,
        verdict: &Verdict::False,
        topic: Some(Topic::Treatment),
        posts: 400,
        unique_texts: 120,
        effective_authors: 180.0,
        people: 250,
        share_of_day: 0.02,
        sources: 2,
        langs: 2,
        rebut_share: 0.1,
        days_alive: 4,
        history,
        needs_checking: None,
        answered: true,
    }
}

const DOUBLING: [Option<u64>; 3] = [Some(200), Some(100), Some(50)];

fn graded(spread: &Spread<'_>) -> (Risk, Level) {
    let found = assess(&rules(), spread).unwrap();
    (found.risk, found.level)
}

#[test]
fn a_wide_false_claim_that_doubles_is_answered_directly() {
    let found = assess(&rules(), &worst(&DOUBLING)).unwrap();
    assert_eq!((found.risk, found.level, found.trend), (Risk::High, Level::Direct, Trend::Rising));
    assert!((found.velocity.unwrap().ratio.unwrap() - 400.0 * 3.0 / 350.0).abs() < 1e-9);
    assert!(matches!(found.because.last(), Some(Reason::Rises { .. })), "{:?}", found.because);
}

#[test]
fn facts_and_messages_have_no_risk() {
    for kind in [ClaimKind::Fact, ClaimKind::Message] {
        assert!(assess(&rules(), &Spread { kind, ..worst(&DOUBLING) }).is_none());
    }
}

#[test]
fn what_few_have_heard_is_ignored_whatever_else() {
    let few = Spread { people: 9, ..worst(&DOUBLING) };
    let found = assess(&rules(), &few).unwrap();
    assert_eq!((found.risk, found.level), (Risk::Low, Level::Ignore));
    assert_eq!(found.because, [Reason::Narrow { posts: 400, people: 9, from_posts: 20, from_people: 10 }]);
    assert_eq!(graded(&Spread { posts: 19, ..worst(&DOUBLING) }).1, Level::Ignore);
    let eager = Rules::parse(&SHIPPED.replace("low = \"ignore\"", "low = \"passive\"")).unwrap();
    assert_eq!(assess(&eager, &few).unwrap().level, Level::Ignore);
    assert_eq!(graded(&Spread { posts: 20, people: 10, ..worst(&DOUBLING) }).1, Level::Passive);
}

#[test]
fn what_is_so_or_was_a_joke_is_not_answered() {
    for verdict in [Verdict::True, Verdict::MostlyTrue, Verdict::Satire] {
        assert_eq!(graded(&Spread { verdict: &verdict, ..worst(&DOUBLING) }).0, Risk::Low, "{verdict:?}");
    }
}

#[test]
fn what_nobody_checked_is_as_dangerous_as_it_is_doubtful() {
    let of = |needs_checking| {
        graded(&Spread { verdict: &Verdict::Unproven, topic: None, needs_checking, ..worst(&DOUBLING) }).0
    };
    assert_eq!(
        [of(Some(0.1)), of(Some(0.3)), of(None), of(Some(0.6))],
        [Risk::Low, Risk::Medium, Risk::Medium, Risk::High]
    );
}

#[test]
fn the_voice_of_one_is_not_wide() {
    assert_eq!(graded(&Spread { effective_authors: 3.0, ..worst(&DOUBLING) }).0, Risk::Medium);
}

#[test]
fn those_who_deny_it_lower_it_by_one_step() {
    assert_eq!(graded(&Spread { rebut_share: 0.5, ..worst(&DOUBLING) }).0, Risk::Medium);
    assert_eq!(graded(&Spread { rebut_share: 0.5, people: 20, ..worst(&DOUBLING) }).0, Risk::Low);
    assert_eq!(graded(&Spread { rebut_share: 0.49, ..worst(&DOUBLING) }).0, Risk::High);
}

#[test]
fn a_steady_one_is_high_only_where_it_is_everywhere() {
    let steady = [Some(400); 3];
    assert_eq!(graded(&worst(&steady)).0, Risk::Medium);
    assert_eq!(graded(&Spread { share_of_day: 0.05, ..worst(&steady) }).0, Risk::High);
}

#[test]
fn days_that_were_not_heard_are_not_zeros() {
    let of = |history: &[Option<u64>]| assess(&rules(), &worst(history)).unwrap();
    let deaf = of(&[None, None, Some(400)]);
    assert_eq!((deaf.risk, deaf.trend), (Risk::Medium, Trend::Unclear));
    let gap = of(&[Some(400), None, Some(400)]);
    assert_eq!((gap.risk, gap.trend), (Risk::Medium, Trend::Steady));
    let zero = of(&[Some(400), Some(0), Some(0)]);
    assert_eq!((zero.risk, zero.trend), (Risk::High, Trend::Rising));
    let none: [Option<u64>; 28] = [None; 28];
    assert!(of(&none).velocity.is_none());
}

#[test]
fn its_past_begins_when_it_was_first_heard() {
    let history = [Some(390), Some(400), Some(0), Some(0), Some(0), Some(0)];
    let young = assess(&rules(), &Spread { days_alive: 3, ..worst(&history) }).unwrap();
    assert_eq!(young.trend, Trend::Steady);
    let back = assess(&rules(), &Spread { days_alive: 90, ..worst(&history) }).unwrap();
    assert_eq!(back.trend, Trend::Rising);
    let newest = assess(&rules(), &Spread { days_alive: 2, ..worst(&history) }).unwrap();
    assert_eq!((newest.trend, newest.risk), (Trend::New, Risk::High));
}

#[test]
fn it_falls_only_when_chance_is_ruled_out() {
    let of = |posts| assess(&rules(), &Spread { posts, ..worst(&DOUBLING) }).unwrap().trend;
    assert_eq!([of(20), of(110), of(130)], [Trend::Falling, Trend::Steady, Trend::Steady]);
}

#[test]
fn questions_that_nobody_answers_are_medium_and_never_high() {
    let of = |answered| assess(&rules(), &Spread { kind: ClaimKind::Question, answered, ..worst(&DOUBLING) }).unwrap();
    assert_eq!((of(false).risk, of(true).risk), (Risk::Medium, Risk::Low));
    assert_eq!(
        (of(false).because.last(), of(true).because.last()),
        (Some(&Reason::Unanswered), Some(&Reason::Answered))
    );
}

#[test]
fn grades_go_there_and_back() {
    for risk in Risk::ALL {
        assert_eq!(Risk::named(risk.as_str()), Some(*risk));
    }
    assert!(Level::named("Direct").is_none() && Trend::named("").is_none());
}

#[test]
fn rules_that_make_no_sense_are_refused() {
    for (line, instead) in [
        ("posts = 20", "posts = 0"),
        ("people = 100", "people = 9"),
        ("signs = 2", "signs = 6"),
        ("share_of_day = 0.01", "share_of_day = 1.01"),
        ("serious_from = 0.60", "serious_from = 0.1"),
        ("topics = [", "topics = [\"astrology\", "),
        ("days = 2", "days = 29"),
        ("rising = 1.5", "rising = inf"),
        ("falling = 0.67", "falling = nan"),
        ("low = \"ignore\"", "low = \"direct\""),
        ("medium = \"passive\"", "medium = \"answer\""),
        ("high = \"direct\"", "high = \"ignore\""),
        ("false = \"serious\"", "false = \"terrible\""),
        ("langs = 2 ", "lang = 2 "),
        ("[rebuttals]\n", "[rebuttals]\nshares = 1\n"),
        ("effective_authors = 50.0\n", ""),
    ] {
        let text = SHIPPED.replacen(line, instead, 1);
        assert_ne!(text, SHIPPED, "{line}");
        let error = Rules::parse(&text).expect_err(instead);
        assert!(error.hint().is_some());
    }
}

/// Every line of the shipped rules, changed to another allowed value, changes some assessment.
#[test]
fn every_shipped_rule_is_used() {
    let values: toml::Table = SHIPPED.parse().unwrap();
    let cases = cases();
    let assessments = |rules: &Rules| cases.iter().map(|spread| assess(rules, spread)).collect::<Vec<_>>();
    let usual = assessments(&rules());
    let mut lines = 0;
    for (table, keys) in &values {
        for (key, value) in keys.as_table().unwrap() {
            let mut changed = values.clone();
            changed[table][key] = other(table, key, value);
            let changed = Rules::parse(&changed.to_string()).unwrap();
            assert!(assessments(&changed) != usual, "`{table}.{key}` changes nothing");
            lines += 1;
        }
    }
    assert_eq!(lines, 29);
}

/// Another allowed value of a rule.
fn other(table: &str, key: &str, value: &toml::Value) -> toml::Value {
    match value {
        toml::Value::Integer(number) => (number + 1).into(),
        toml::Value::Float(number) if key == "falling" => (number / 2.0).into(),
        toml::Value::Float(number) => (number * 1.2).into(),
        toml::Value::Array(_) => toml::Value::Array(Vec::new()),
        _ if table == "level" && key == "medium" => "direct".into(),
        _ if table == "level" => "passive".into(),
        toml::Value::String(threat) if threat == "little" => "some".into(),
        _ => "little".into(),
    }
}

/// Claims at the edge of each rule.
fn cases() -> Vec<Spread<'static>> {
    const STEADY: [Option<u64>; 3] = [Some(400); 3];
    static VERDICTS: [Verdict; 7] = [
        Verdict::True,
        Verdict::MostlyTrue,
        Verdict::Mixed,
        Verdict::MostlyFalse,
        Verdict::Unproven,
        Verdict::Satire,
        Verdict::Other(String::new()),
    ];
    let worst = worst(&DOUBLING);
    let doubtful = |needs_checking| Spread { verdict: &Verdict::Unproven, needs_checking, ..worst.clone() };
    let mut cases = vec![
        Spread { posts: 20, ..worst.clone() },
        Spread { people: 10, ..worst.clone() },
        Spread { people: 100, ..worst.clone() },
        Spread { effective_authors: 50.0, ..worst.clone() },
        doubtful(Some(0.15)),
        doubtful(Some(0.6)),
        Spread { rebut_share: 0.5, ..worst.clone() },
        Spread { share_of_day: 0.05, ..self::worst(&STEADY) },
        Spread { posts: 40, ..worst.clone() },
        Spread { posts: 198, ..worst.clone() },
        Spread { days_alive: 3, ..worst.clone() },
    ];
    let bare = Spread { share_of_day: 0.0, sources: 1, langs: 1, unique_texts: 1, days_alive: 1, ..worst.clone() };
    cases.extend([
        Spread { share_of_day: 0.01, sources: 2, ..bare.clone() },
        Spread { sources: 2, langs: 2, ..bare.clone() },
        Spread { langs: 2, unique_texts: 50, ..bare.clone() },
        Spread { unique_texts: 50, days_alive: 3, ..bare },
    ]);
    cases.extend(VERDICTS.iter().map(|verdict| Spread { verdict, ..worst.clone() }));
    cases.push(worst);
    cases
}

prop_compose! {
    fn any_spread()(
        (kind, verdict) in (prop::sample::select(ClaimKind::ALL), 0..VERDICTS.len()),
        (posts, people) in (0_u64..600, 0_u64..300),
        (effective_authors, unique_texts) in (0.0..200.0_f64, 0_u64..200),
        (share_of_day, rebut_share) in (0.0..0.1_f64, 0.0..1.0_f64),
        (sources, langs, days_alive) in (0_usize..4, 0_usize..4, 0_u32..40),
        needs_checking in prop::option::of(0.0..1.0_f64),
        answered in any::<bool>(),
        history in prop::sample::select(HISTORIES),
    ) -> Spread<'static> {
        Spread {
            kind, verdict: &VERDICTS[verdict], topic: None, posts, unique_texts, effective_authors, people, share_of_day,
            sources, langs, rebut_share, days_alive, history, needs_checking, answered,
        }
    }
}

static VERDICTS: [Verdict; 4] = [Verdict::False, Verdict::Mixed, Verdict::Unproven, Verdict::True];
const HISTORIES: &[&[Option<u64>]] =
    &[&[], &[None; 28], &[Some(0); 28], &DOUBLING, &[Some(30), None, Some(90), Some(2)], &[Some(200); 28]];

proptest! {
    #[test]
    fn more_posts_or_people_never_lower_a_risk(spread in any_spread(), posts in 0_u64..500, people in 0_u64..500) {
        let rules = rules();
        let more = Spread { posts: spread.posts + posts, people: spread.people + people, ..spread.clone() };
        if let (Some(less), Some(more)) = (assess(&rules, &spread), assess(&rules, &more)) {
            prop_assert!(more.risk >= less.risk && more.level >= less.level, "{less:?} {more:?}");
        }
    }

    #[test]
    fn more_rebuttals_never_raise_it(spread in any_spread(), more in 0.0..1.0_f64) {
        let rules = rules();
        let denied = Spread { rebut_share: spread.rebut_share.max(more), ..spread.clone() };
        if let (Some(less), Some(more)) = (assess(&rules, &denied), assess(&rules, &spread)) {
            prop_assert!(more.risk >= less.risk);
        }
    }

    #[test]
    fn few_people_are_always_ignored_and_a_reason_is_always_given(spread in any_spread()) {
        if let Some(found) = assess(&rules(), &spread) {
            prop_assert!(!found.because.is_empty());
            let few = spread.people < 10 || spread.posts < 20;
            prop_assert!(!few || found.level == Level::Ignore);
        }
    }
}
