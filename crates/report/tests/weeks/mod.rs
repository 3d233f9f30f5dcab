//! The page of a week: days with holes, a first week, and what may not be told.

use crate::days::{self, beside::HUSHED, rumours};
use crate::{MIN_PEOPLE, check_tags, lang, settings};
use insta::assert_snapshot;
use polso_aggregate::{
    AgainstBefore, Change, HeardDays, Mood, Share, Status, Verdict, WEEK_SCHEMA, WeekCoverage, WeekDay, WeekMood,
    WeekSummary,
};
use polso_domain::{Beside, Day, RumourLog, Week};
use polso_privacy::{Published, publish};
use polso_report::{Language, RenderedWeek, WeekInputs, render_week};
use serde_json::Value;
use std::collections::BTreeMap;

/// 9 March 2020.
fn monday() -> Day {
    Day::from_epoch_days(18_330)
}

fn around(share: f64, half: f64) -> Share {
    Share { share, low: share - half, high: share + half }
}

fn mean(negative: f64) -> WeekMood {
    WeekMood {
        days: 5,
        n: 41_200,
        negative: around(negative, 0.02),
        neutral: around(0.4, 0.02),
        positive: around(0.6 - negative, 0.02),
        balance: around(0.6 - 2.0 * negative, 0.03),
        needs_checking: Some(around(0.08, 0.01)),
    }
}

fn day(place: i32) -> WeekDay {
    let mood: Option<Mood> = days::full().mood;
    let told = WeekDay {
        day: monday().plus(place),
        status: Some(Status::Complete),
        revision: 1,
        data_hash: "7d793037a0760186574b0282f2f435e7".to_owned(),
        posts: Some(9_000),
        people: 2_000,
        mood,
        needs_checking: Some(around(0.08, 0.01)),
        is_corrected: place == 1,
        left_out_because: None,
    };
    let silent = WeekDay { posts: None, people: 0, mood: None, needs_checking: None, ..told.clone() };
    match place {
        2 => WeekDay { left_out_because: Some("low_coverage".to_owned()), status: Some(Status::Partial), ..told },
        3 => WeekDay { status: None, revision: 0, data_hash: String::new(), ..silent },
        4 => WeekDay { status: Some(Status::NoData), left_out_because: Some("not_heard".to_owned()), ..silent },
        _ => told,
    }
}

fn summary() -> WeekSummary {
    let change = |difference, verdict| Change { difference: around(difference, 0.02), verdict };
    WeekSummary {
        schema: WEEK_SCHEMA,
        week: Week::of(monday()),
        timezone: "Europe/Rome".to_owned(),
        days: (0..7).map(day).collect(),
        heard: HeardDays { whole: 4, part: 1, none: 2 },
        posts: 45_000,
        posts_a_day: Some(9_000.0),
        posts_a_day_before: Some(7_200.0),
        mood: Some(mean(0.38)),
        mood_before: Some(mean(0.33)),
        against_before: AgainstBefore {
            negative: change(0.05, Verdict::Up),
            balance: change(-0.1, Verdict::Down),
            needs_checking: change(0.0, Verdict::NoRealChange),
            withheld_because: None,
        },
        coverage: vec![WeekCoverage {
            source: "twitter".to_owned(),
            asked: 864,
            answered: 720,
            kept: 45_000,
            set_aside: 12,
            minutes_missed: 1_620,
            days: BTreeMap::from([("heard".to_owned(), 5), ("failed".to_owned(), 1)]),
        }],
        models: vec!["polso-mini-2".to_owned()],
        withheld: 0,
    }
}

/// Two days: on the second the tea is heard again, and one narrative is told no more.
fn logs() -> Vec<(Day, Published<RumourLog>)> {
    let mut later = rumours::log();
    later.changes.clear();
    later.rumours.retain(|line| matches!(line.claim.id.as_str(), "hot-tea-clears-virus" | "n-2020-03-09-4f1c"));
    for line in &mut later.rumours {
        line.posts = 100;
        "falling".clone_into(&mut line.trend);
        if line.claim.id.as_str() != "hot-tea-clears-virus" {
            "ignore".clone_into(&mut line.level);
        }
    }
    [(monday(), rumours::log()), (monday().plus(5), later)].map(|(day, log)| (day, publish(log, MIN_PEOPLE))).into()
}

fn rendered(week: WeekSummary, beside: &Beside, language: Language) -> RenderedWeek {
    let (summary, logs) = (publish(week, MIN_PEOPLE), logs());
    let inputs = WeekInputs { summary: &summary, logs: &logs, beside };
    render_week(&inputs, language, &settings()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_week_with_holes() {
    let page = rendered(summary(), &days::beside::beside(), lang("en"));
    assert_snapshot!("week.en.md", page.markdown);
    let page = rendered(summary(), &days::beside::beside(), lang("it"));
    assert_snapshot!("week.it.md", page.markdown);
}

/// For whoever looks at it with a browser, beside the pages of days.
#[test]
fn the_page_is_left_for_a_browser() {
    for language in Language::all() {
        let page = rendered(summary(), &days::beside::beside(), language);
        crate::leave(&format!("week-{}.html", language.code()), &page.html);
    }
}

#[test]
fn a_first_week_is_not_compared() {
    let mut first = summary();
    (first.mood_before, first.posts_a_day_before) = (None, None);
    first.against_before.withheld_because = Some("no_week_before".to_owned());
    let page = rendered(first, &Beside::default(), lang("en")).markdown;
    assert!(page.contains("> Not compared with the week before: there is no week before yet."), "{page}");
    assert!(!page.contains("Week before |") && page.contains("| Negative | 38% (36–40) |"), "{page}");
}

#[test]
fn a_week_without_a_mood_says_so() {
    let empty = WeekSummary { mood: None, mood_before: None, ..summary() };
    let page = rendered(empty, &Beside::default(), lang("en")).markdown;
    assert!(page.contains("No day of this week has enough posts to tell a mood."), "{page}");
}

#[test]
fn the_log_of_the_last_day_decides_what_is_told() {
    let page = rendered(summary(), &days::beside::beside(), lang("en"));
    let json: Value = serde_json::from_str(&page.json).unwrap_or_default();
    let tea = &json["narratives"][0];
    assert_eq!((tea["last"]["claim"].as_str(), tea["days"].as_u64()), (Some("hot-tea-clears-virus"), Some(2)));
    assert_eq!((tea["posts"].as_u64(), tea["last"]["posts"].as_u64()), (Some(500), Some(100)));
    assert_eq!((tea["last_day"].as_str(), tea["last"]["trend"].as_str()), (Some("2020-03-14"), Some("falling")));
    for language in Language::all() {
        let RenderedWeek { html, markdown, json, .. } = rendered(summary(), &days::beside::beside(), language);
        for text in [&html, &markdown, &json] {
            let lower = text.to_lowercase();
            assert!(rumours::COUNTED.iter().all(|words| !lower.contains(&words.to_lowercase())));
            assert!(rumours::PHRASINGS.iter().all(|post| !text.contains(post)));
            assert!(!text.contains("ambulanze"), "it was told on Monday and is only counted on Saturday");
            assert!(!text.contains(HUSHED) && !text.contains("seen-by-four"));
        }
        check_tags(&html);
    }
}

#[test]
fn the_json_of_a_week_keeps_its_contract() {
    let page = rendered(summary(), &days::beside::beside(), lang("fi"));
    let json: Value = serde_json::from_str(&page.json).unwrap_or_default();
    assert!(page.json.starts_with("{\n  \"schema\": \"polso.week/1\",\n  \"week\": \"2020-W11\""), "{}", page.json);
    for key in [
        "timezone",
        "days",
        "heard",
        "posts",
        "posts_a_day",
        "mood",
        "mood_before",
        "against_before",
        "coverage",
        "models",
        "lang",
        "synthetic",
        "narratives",
        "questions",
        "rumour_log_changes",
        "events",
        "outside",
        "actions",
        "sections",
    ] {
        assert!(json.get(key).is_some(), "{key}");
    }
    assert_eq!(json["days"][3]["posts"], Value::Null, "a day that was not heard is no zero");
    assert_eq!(json["against_before"]["negative"]["verdict"], "up");
    assert_eq!(page, rendered(summary(), &days::beside::beside(), lang("fi")));
}
