//! What stands beside the numbers: actions by how pressing they are, events and series up to the day, revisions.

use crate::days::{self, beside::HUSHED};
use crate::{MIN_PEOPLE, lang, settings};
use polso_aggregate::{DaySummary, Revision};
use polso_alert::detect::Spikes;
use polso_domain::{Beside, BesideFile};
use polso_privacy::publish;
use polso_report::{Inputs, Language, Rendered, render};
use serde_json::Value;

fn rendered(day: DaySummary, beside: &Beside, language: Language) -> Rendered {
    let (summary, log) = (publish(day, MIN_PEOPLE), publish(days::rumours::log(), MIN_PEOPLE));
    let spikes = publish(Spikes::default(), MIN_PEOPLE);
    let inputs = Inputs { summary: &summary, past: &[], log: &log, quality: &[], beside, spikes: &spikes };
    render(&inputs, language, &settings()).unwrap_or_else(|error| panic!("{error}"))
}

fn english(beside: &Beside) -> (String, Value) {
    let Rendered { markdown, json, .. } = rendered(days::full(), beside, lang("en"));
    (markdown, serde_json::from_str(&json).unwrap_or_default())
}

fn names(list: &Value, key: &str) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|one| Some(one[key].as_str()?.to_owned())).collect()
}

#[test]
fn late_actions_stand_first_and_the_day_knows_no_tomorrow() {
    let (page, json) = english(&days::beside::beside());
    let standing: Vec<String> = names(&json["actions"], "standing");
    assert_eq!(names(&json["actions"], "id"), ["late", "next", "opened", "closed", "open", "hushed"]);
    assert_eq!(standing, ["late", "due_next", "opened", "closed", "open", "open"]);
    assert!(page.contains("Going on: 5, of which late: 1. Done or given up: 1."), "{page}");
    let order = [
        "**Late: not done by the end of 9 March**",
        "Publish the answer on hot drinks",
        "waits for a word from the ministry",
        "**Due on 10 March**",
        "Film the answer",
        "**Newly decided**",
        "**Done or given up**",
        "**Going on**",
        r"Train the \| citizens",
    ];
    let actions = &page[page.find("## What is being done").unwrap_or(0)..];
    let inside: Vec<_> = order.iter().filter_map(|text| actions.find(text)).collect();
    assert!(inside.windows(2).all(|pair| pair[0] < pair[1]) && inside.len() == order.len(), "{actions}");
    for unknown in ["Nobody knows this yet", "Nobody speaks of this"] {
        assert!(!page.contains(unknown), "{page}");
    }
}

#[test]
fn an_action_on_what_is_only_counted_is_only_counted() {
    for language in Language::all() {
        let Rendered { html, markdown, json, alert, .. } = rendered(days::full(), &days::beside::beside(), language);
        assert!([html, markdown, json, alert.unwrap_or_default()].iter().all(|text| !text.contains(HUSHED)));
    }
    let (page, json) = english(&days::beside::beside());
    assert!(page.contains("One more action concerns what has little spread"), "{page}");
    assert_eq!(json["actions"][5]["action"], Value::Null);
}

#[test]
fn events_and_series_end_with_the_day() {
    let (_, json) = english(&days::beside::beside());
    assert_eq!(names(&json["events"], "title"), ["Schools closed", "Conferenza"]);
    assert_eq!(names(&json["outside"][0]["points"], "day"), ["2020-02-24", "2020-03-02"]);
    assert_eq!(json["outside"][0]["points"][0]["low"], 0.28);
    assert_eq!(json["outside"][0]["source"], "Invented survey");
    let (_, json) = english(&Beside::default());
    assert_eq!((&json["actions"], names(&json["events"], "title").len()), (&Value::Null, 0));
}

#[test]
fn nobody_keeps_a_list_the_list_is_empty_and_the_list_cannot_be_read_are_three_things() {
    let (page, _) = english(&Beside::default());
    assert!(!page.contains("## What is being done"), "{page}");
    let (page, json) = english(&Beside { actions: Some(Vec::new()), ..Beside::default() });
    assert!(page.contains("Nothing is on the list"), "{page}");
    assert_eq!(json["actions"].as_array().map(Vec::len), Some(0));
    let unread = vec![BesideFile::Events, BesideFile::Actions];
    let (page, json) = english(&Beside { unread, ..Beside::default() });
    assert!(page.contains("could not be read: the events, the list of actions."), "{page}");
    assert_eq!(json["beside_unread"], serde_json::json!(["events", "actions"]));
}

#[test]
fn a_revision_says_in_one_line_what_changed() {
    let note = |changed: Option<Revision>, language| {
        let day = DaySummary { changed, ..days::full() };
        rendered(day, &Beside::default(), language).markdown
    };
    let full = || days::full().changed;
    for (language, expected) in [
        (lang("en"), "> Version 2 of this day: 14 late posts; negative share 37% → 38%."),
        (lang("it"), "> Versione 2 di questo giorno: post arrivati tardi: 14; quota negativa 37\u{a0}% → 38\u{a0}%."),
        (lang("fi"), "> Tämän päivän versio 2: 14 viestiä tuli myöhässä; kielteisten osuus 37\u{a0}% → 38\u{a0}%."),
    ] {
        let page = note(full(), language);
        assert!(page.contains(expected), "{page}");
    }
    let because = |reasons: &[&str]| {
        let because = reasons.iter().map(|reason| (*reason).to_owned()).collect();
        full().map(|changed| Revision { because, negative: Some(0.37), posts: 12_465, ..changed })
    };
    let page = note(because(&["settings", "fewer_posts"]), lang("en"));
    assert!(page.contains("the settings were changed; one post fewer; negative share still 37%."), "{page}");
    assert!(note(None, lang("en")).contains("This is version 2 of this day"));
    let all = ["model", "edits", "claims", "coverage", "reviews", "days_before", "something newer"];
    let page = note(because(&all), lang("en"));
    assert!(
        page.contains("the days that it is compared with changed; something newer; negative share still 37%."),
        "{page}"
    );
    let nothing = full().map(|changed| Revision { negative: Some(0.37), posts: 12_466, ..changed });
    let nothing = nothing.map(|changed| Revision { because: vec!["days_before".to_owned()], ..changed });
    let page = note(nothing, lang("en"));
    assert!(page.contains("> Version 2 of this day: the days that it is compared with changed."), "{page}");
}

#[test]
fn a_revision_of_too_few_people_tells_no_share() {
    let changed = days::full().changed.map(|changed| Revision { people: 4, ..changed });
    let page = rendered(DaySummary { changed, ..days::full() }, &Beside::default(), lang("en"));
    assert!(page.markdown.contains("Version 2 of this day: 14 late posts."), "{}", page.markdown);
    let json: Value = serde_json::from_str(&page.json).unwrap_or_default();
    assert_eq!(json["changed"]["negative_before"], Value::Null);
    assert_eq!(json["changed"]["posts_before"], 12_466);
}
