//! What a day counts as in a series: exactly, at most, or not at all.

use super::*;
use polso_domain::{Claim, ClaimId, ClaimKind, RumourLine, Verdict};
use serde_json::{Value, json};

const LIMITS: Limits = Limits { min_people: 5, max_missed_share: 0.2, top: 2 };

fn day(ago: i32) -> Day {
    "2020-03-31".parse::<Day>().unwrap().plus(-ago)
}

/// A day of a hundred posts, with what a test changes.
fn told(ago: i32, changed: &Value) -> Told {
    let share = json!({"share": 0.3, "low": 0.2, "high": 0.4});
    let mut summary = json!({
        "schema": "polso.summary/1", "day": day(ago).to_string(), "timezone": "Europe/Rome", "revision": 1,
        "status": "complete",
        "posts": {"n": 100, "unique_texts": 90, "authors": 80, "effective_authors": 70.0, "scored": 90,
            "unsupported_language": 10, "too_short": 0, "failed": 0, "truncated": 0, "by_kind": [], "by_source": [],
            "by_lang": []},
        "mood": {"negative": share, "neutral": share, "positive": share, "balance": share, "n": 90, "method": "mean"},
        "needs_checking": null, "by_lang": [], "by_hashtag": [], "by_source": [], "hours": [], "repeated": [],
        "coverage": [source("a", 100, 0)], "baselines": [], "models": ["mini"], "threshold": 0.5,
        "config_hash": "", "data_hash": "", "withheld": 0,
    });
    for (key, value) in changed.as_object().unwrap() {
        summary[key] = value.clone();
    }
    Told::of(serde_json::from_value(summary).unwrap(), LIMITS)
}

fn source(name: &str, kept: u32, minutes_missed: u32) -> Value {
    json!({"source": name, "asked": 1, "answered": 1, "kept": kept, "set_aside": 0, "minutes_missed": minutes_missed,
        "state": "heard"})
}

fn tag(name: &str, posts: u32, people: u32) -> Value {
    json!({"key": name, "n": posts, "people": people, "mood": null, "needs_checking": null})
}

fn counts(days: &[Told], log: &RumourLog, measure: &Measure) -> BTreeMap<Day, Count> {
    let found = series(days, log, LIMITS).into_iter().find(|one| one.measure == *measure);
    match found.map(|one| one.values) {
        Some(Values::Counts(counts)) => counts,
        _ => BTreeMap::new(),
    }
}

#[test]
fn days_that_heard_something_else_are_left_out() {
    let days = [
        told(7, &json!({"status": "no_data", "coverage": []})),
        told(6, &json!({"coverage": [source("a", 100, 600)]})),
        told(5, &json!({"coverage": [source("b", 100, 0)]})),
        told(4, &json!({"coverage": [source("a", 100, 0), source("b", 10, 0)]})),
        told(3, &json!({"coverage": [source("a", 60, 0), source("b", 40, 0)]})),
        told(2, &json!({"coverage": [source("a", 0, 0)], "status": "no_data"})),
        told(0, &json!({})),
    ];
    let heard: Vec<Day> = counts(&days, &RumourLog::default(), &Measure::Volume).into_keys().collect();
    assert_eq!(heard, [day(4), day(2), day(0)]);
}

#[test]
fn today_unheard_is_in_no_series() {
    let days = [told(1, &json!({})), told(0, &json!({"coverage": [source("a", 100, 900)]}))];
    let volume = counts(&days, &RumourLog::default(), &Measure::Volume);
    assert!(!volume.contains_key(&day(0)));
}

#[test]
fn shares_are_compared_within_one_model_as_it_read() {
    let share = |share: f64| json!({"share": share, "low": share, "high": share});
    let mood = |negative: f64| {
        json!({"negative": share(negative), "neutral": share(0.5), "positive": share(0.1), "balance": share(0.0),
            "n": 90, "method": "mean"})
    };
    let days = [
        told(3, &json!({"models": ["other"]})),
        told(2, &json!({"threshold": 0.6})),
        told(1, &json!({"mood": mood(0.9), "mood_as_read": mood(0.4)})),
        told(0, &json!({})),
    ];
    let found = series(&days, &RumourLog::default(), LIMITS);
    let Some(Values::Shares(shares)) =
        found.into_iter().find(|one| one.measure == Measure::NegativeShare).map(|one| one.values)
    else {
        panic!("no shares")
    };
    assert_eq!(shares.keys().copied().collect::<Vec<_>>(), [day(1), day(0)]);
    assert!((shares[&day(1)].part - 36.0).abs() < 1e-9 && (shares[&day(0)].part - 27.0).abs() < 1e-9);
}

#[test]
fn a_hashtag_that_is_not_told_counts_as_the_most_it_can_have_been() {
    let days = [
        told(4, &json!({"by_hashtag": [tag("pane", 30, 20)]})),
        told(3, &json!({"by_hashtag": [tag("pane", 9, 4)]})),
        told(2, &json!({"by_hashtag": [tag("acqua", 60, 40), tag("vino", 31, 22)]})),
        told(1, &json!({"by_hashtag": [tag("acqua", 60, 40)]})),
        told(0, &json!({"by_hashtag": [tag("pane", 50, 33), tag("segreto", 9, 4)]})),
    ];
    let pane = counts(&days, &RumourLog::default(), &Measure::Tag("pane".into()));
    let expected =
        [Count::Exactly(20.0), Count::AtMost(4.0), Count::AtMost(31.0), Count::AtMost(4.0), Count::Exactly(33.0)];
    assert_eq!(pane.into_values().collect::<Vec<_>>(), expected);
    assert!(counts(&days, &RumourLog::default(), &Measure::Tag("segreto".into())).is_empty());
}

#[test]
fn a_few_who_ask_are_neither_nobody_nor_unheard() {
    let days = [
        told(3, &json!({})),
        told(2, &json!({"questions": {"n": 0, "people": 0}})),
        told(1, &json!({"questions": {"n": 6, "people": 3}})),
        told(0, &json!({"questions": {"n": 30, "people": 21}})),
    ];
    let asked = counts(&days, &RumourLog::default(), &Measure::Questions);
    let expected = [(day(2), Count::Exactly(0.0)), (day(1), Count::AtMost(4.0)), (day(0), Count::Exactly(21.0))];
    assert_eq!(asked.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn nobody_looked_for_a_narrative_before_it_was_heard() {
    let claim = |people: u32| {
        json!([{"claim": "n-1", "n": 40, "unique_texts": 9, "people": people, "effective_authors": 9.0, "repeats": 40,
            "rebuts": 0, "mentions": 0, "by_source": [], "by_lang": []}])
    };
    let days = [
        told(3, &json!({})),
        told(2, &json!({"claims": claim(9)})),
        told(1, &json!({})),
        told(0, &json!({"claims": claim(12)})),
    ];
    let log = RumourLog { rumours: vec![line("n-1", day(2))], ..RumourLog::default() };
    let people = counts(&days, &log, &Measure::Narrative(ClaimId::new("n-1").unwrap()));
    let expected = [(day(2), Count::Exactly(9.0)), (day(1), Count::AtMost(4.0)), (day(0), Count::Exactly(12.0))];
    assert_eq!(people.into_iter().collect::<Vec<_>>(), expected);
}

fn line(id: &str, first_seen: Day) -> RumourLine {
    let claim = Claim {
        id: ClaimId::new(id).unwrap(),
        kind: ClaimKind::Narrative,
        verdict: Verdict::Unproven,
        topic: None,
        link: None,
        publisher: None,
        since: None,
        withdrawn: false,
        wordings: Vec::new(),
    };
    RumourLine {
        claim,
        words: Vec::new(),
        first_seen,
        status: "open".into(),
        decided: None,
        action: None,
        result: None,
        posts: 40,
        unique_texts: 9,
        people: 12,
        effective_authors: 9.0,
        repeats: 40,
        rebuts: 0,
        mentions: 0,
        by_source: Vec::new(),
        by_lang: Vec::new(),
        history: Vec::new(),
        risk: "low".into(),
        level: "passive".into(),
        trend: "new".into(),
        velocity: None,
        because: Vec::new(),
        by_person: false,
    }
}
