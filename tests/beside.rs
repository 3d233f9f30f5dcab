//! What people put beside the numbers, the page of a week, and the same page again, by the real binary.

use crate::support::{Place, Ran, demo};
use serde_json::{Value, json};

const SETTINGS: &str = "[claims]\nseeds = false\n[aggregate]\nmin_posts_to_compare = 10\n\
    [report]\nlanguage = \"en\"\nevents = \"events.csv\"\nactions = \"actions.csv\"\noutside = [\"survey.csv\"]\n";
const EVENTS: &str = "date,title,kind\n2020-03-09,All of Italy is a protected zone,decree\n2020-03-13,Not yet,press\n";
const ACTIONS: &str = "id,action,owner,due,status,opened,closed,note,claim\n\
    a1,Publish the answer,press office,2020-03-11,doing,2020-03-09,,ask @anna.b,\n\
    a2,Tell the schools,schools service,2020-03-13,open,2020-03-12,,,\n";
const SURVEY: &str = "date,series,value,low,high,unit,source\n2020-03-11,Worried,0.62,0.58,0.66,fraction,A survey\n";
/// Monday 2 March to Sunday 15 March, and the day of which there is nothing.
const DAYS: std::ops::RangeInclusive<u32> = 2..=15;
const MISSING: u32 = 10;

const TEXTS: [&str; 4] = [
    "oggi sto a casa con la famiglia e va tutto bene",
    "che rabbia, in ospedale mancano le mascherine",
    "il sindaco parla alle diciotto in piazza",
    "grazie ai medici che lavorano giorno e notte",
];

/// Posts of a day, of synthetic people numbered from `first` on.
fn posts(day: u32, first: usize, n: usize) -> Vec<u8> {
    let post = |number: usize| {
        let post = json!({
            "type": "post", "id": format!("b{day}-{number}"), "source": "forum.example",
            "author": format!("seed_beside_{number}"), "text": TEXTS[number % TEXTS.len()],
            "posted_at": format!("2020-03-{day:02}T10:{:02}:00Z", number % 60), "kind": "original", "lang": "it",
        });
        post.to_string()
    };
    (first..first + n).map(post).collect::<Vec<_>>().join("\n").into_bytes()
}

/// Two weeks of twenty posts a day, with one day missing, and three files beside them.
fn two_weeks() -> Place {
    let place = Place::with_settings(SETTINGS);
    place.put("events.csv", EVENTS.as_bytes());
    place.put("actions.csv", ACTIONS.as_bytes());
    place.put("survey.csv", SURVEY.as_bytes());
    let all: Vec<Vec<u8>> = DAYS.filter(|day| *day != MISSING).map(|day| posts(day, 0, 20)).collect();
    place.put("posts.jsonl", &all.join(&b'\n'));
    for command in [&["import", "posts.jsonl"][..], &["classify"], &["aggregate"]] {
        place.done(command);
    }
    place
}

fn report(place: &Place, of: &str) -> Value {
    serde_json::from_str(&place.read(&format!("data/reports/{of}/report.json"))).unwrap()
}

fn verify(place: &Place, option: &str, of: &str) -> Ran {
    place.run(&["report", "--verify", option, of])
}

#[test]
fn a_page_shows_what_stands_beside_it_and_can_be_made_again() {
    let place = two_weeks();
    let day = ["report", "--day", "2020-03-12", "--lang", "fi"];
    place.done(&day);
    let page = report(&place, "2020-03-12");
    assert_eq!((&page["lang"], &page["synthetic"]), (&json!("fi"), &json!(false)));
    assert_eq!(
        page["events"],
        json!([{"day": "2020-03-09", "title": "All of Italy is a protected zone", "kind": "decree"}])
    );
    assert_eq!(page["outside"][0]["points"][0]["value"], 0.62);
    let actions: Vec<_> = page["actions"].as_array().unwrap().iter().map(|action| &action["standing"]).collect();
    assert_eq!(actions, ["late", "due_next"]);
    assert_eq!(page["actions"][0]["note"], "ask @user");
    assert!(place.read("data/reports/2020-03-12/report.md").contains("ask \\@user"));

    // The same bytes, in the language of the page and not of the settings.
    let same = verify(&place, "--day", "2020-03-12");
    assert_eq!((same.code, same.stdout.matches('✔').count()), (0, 4), "{}{}", same.stdout, same.stderr);
    assert!(same.stdout.contains("✔ 2020-03-12/tables/measures.parquet: the same, blake3 "), "{}", same.stdout);

    let edited = place.read("data/reports/2020-03-12/report.md").replace("press office", "nobody");
    place.put("data/reports/2020-03-12/report.md", edited.as_bytes());
    let line = 1 + edited.lines().position(|line| line.contains("nobody")).unwrap();
    let other = verify(&place, "--day", "2020-03-12");
    assert_eq!((other.code, other.stdout.matches('✔').count()), (1, 3), "{}", other.stdout);
    assert!(other.stdout.contains(&format!("✖ 2020-03-12/report.md: differs from line {line} on")), "{}", other.stdout);
    assert!(other.stderr.contains("the page was edited"), "{}", other.stderr);
    std::fs::remove_file(place.path("data/reports/2020-03-12/report.md")).unwrap();
    assert!(verify(&place, "--day", "2020-03-12").stdout.contains("✖ 2020-03-12/report.md: not there"));

    place.done(&day);
    place.put("actions.csv", ACTIONS.replace("doing", "open").as_bytes());
    let other = verify(&place, "--day", "2020-03-12");
    assert!(
        other.code == 1 && other.stderr.contains("files that stand beside the numbers changed"),
        "{}",
        other.stderr
    );
    let none = verify(&place, "--day", "2020-03-13");
    assert!(none.code == 2 && none.stderr.contains("2020-03-13 has no report"), "{}", none.stderr);
}

#[test]
fn late_posts_make_a_revision_that_says_so() {
    let place = two_weeks();
    place.done(&["report", "--day", "2020-03-12"]);
    assert_eq!(report(&place, "2020-03-12")["changed"], Value::Null);
    place.put("late.jsonl", &posts(12, 20, 14));
    for command in [&["import", "late.jsonl"][..], &["classify"], &["aggregate"]] {
        place.done(command);
    }
    let other = verify(&place, "--day", "2020-03-12");
    assert!(other.code == 1 && other.stderr.contains("the numbers changed since"), "{}", other.stderr);
    assert!(!other.stderr.contains("the desk changed"), "the log follows its posts: {}", other.stderr);
    place.done(&["report", "--day", "2020-03-12"]);
    let changed = &report(&place, "2020-03-12")["changed"];
    assert_eq!((&changed["posts_before"], &changed["posts"]), (&json!(20), &json!(34)));
    assert_eq!(changed["because"], json!(["late_posts"]));
    let page = place.read("data/reports/2020-03-12/report.md");
    assert!(page.contains("> Version 2 of this day: 14 late posts; negative share "), "{page}");
    // A day after it has a new version too: what it is compared with changed.
    place.done(&["report", "--day", "2020-03-13"]);
    let page = place.read("data/reports/2020-03-13/report.md");
    assert!(page.contains("> Version 2 of this day: the days that it is compared with changed."), "{page}");
    assert_eq!(verify(&place, "--day", "2020-03-13").code, 0);
}

#[test]
fn a_mistake_in_a_file_is_named_and_costs_the_file_not_the_page() {
    let place = two_weeks();
    place.put("actions.csv", ACTIONS.replace("2020-03-11", "11/3/2020").as_bytes());
    let ran = place.run(&["report", "--day", "2020-03-12"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("actions.csv`, line 2, column `due`: `11/3/2020` is no day; write days as"),
        "{}",
        ran.stderr
    );
    let page = report(&place, "2020-03-12");
    assert_eq!((&page["actions"], &page["beside_unread"]), (&Value::Null, &json!(["actions"])));
    assert_eq!(page["events"].as_array().unwrap().len(), 1);
    assert!(place.read("data/reports/2020-03-12/report.md").contains("could not be read: the list of actions."));
    let list = place.run(&["check"]);
    assert!(list.code == 2 && list.stdout.contains("✖ files beside: "), "{}", list.stdout);
    assert!(list.stdout.contains("hint: write days as YYYY-MM-DD"), "{}", list.stdout);
    place.put("actions.csv", ACTIONS.as_bytes());
    let list = place.done(&["check"]);
    assert!(list.contains("✔ files beside: 2 events, 2 actions, 1 outside series"), "{list}");
}

#[test]
fn a_week_is_told_with_its_holes_and_against_the_week_before() {
    let place = two_weeks();
    let ran = place.run(&["report", "--week", "2020-W11"]);
    assert!(
        ran.code == 1 && ran.stdout.trim().ends_with("reports/2020-W11/index.html"),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
    assert!(ran.stderr.contains("of 2020-W11, 0 days were heard in part and 1 not at all"), "{}", ran.stderr);
    let week = report(&place, "2020-W11");
    assert_eq!((&week["schema"], &week["week"]), (&json!("polso.week/1"), &json!("2020-W11")));
    assert_eq!(week["heard"], json!({"whole": 6, "part": 0, "none": 1}));
    assert_eq!((&week["posts"], &week["posts_a_day"]), (&json!(120), &json!(20.0)));
    assert_eq!((&week["days"][1]["posts"], &week["days"][2]["posts"]), (&Value::Null, &json!(20)));
    assert_eq!(week["against_before"]["negative"]["verdict"], "no_real_change");
    assert_eq!((&week["mood"]["days"], &week["mood_before"]["days"]), (&json!(6), &json!(7)));
    assert_eq!(week["actions"][0]["standing"], "late");
    let page = place.read("data/reports/2020-W11/report.md");
    assert!(page.contains("| Tuesday 10 March 2020 | no record | – | – |"), "{page}");
    let same = verify(&place, "--week", "2020-W11");
    assert_eq!((same.code, same.stdout.matches('✔').count()), (0, 3), "{}{}", same.stdout, same.stderr);

    place.done(&["report", "--week", "2020-W10"]);
    let first = report(&place, "2020-W10");
    assert_eq!(first["against_before"]["withheld_because"], "no_week_before");
    assert!(place.read("data/reports/2020-W10/report.md").contains("there is no week before yet"));

    let none = place.run(&["report", "--week", "2020-W20"]);
    assert!(none.code == 2 && none.stderr.contains("no day of 2020-W20 has a summary"), "{}", none.stderr);
    let none = place.run(&["report", "--week", "2020-W60"]);
    assert!(none.code == 2 && none.stderr.contains("such as 2020-W11"), "{}", none.stderr);
    assert_eq!(place.run(&["report", "--week", "2020-W11", "--day", "2020-03-12"]).code, 2);
}

#[test]
fn a_forgotten_person_leaves_the_week_too() {
    let place = two_weeks();
    place.run(&["report", "--week", "2020-W11"]);
    place.done(&["forget", "seed_beside_3@forum.example"]);
    assert_eq!(report(&place, "2020-W11")["posts"], 114);
    assert_eq!(verify(&place, "--week", "2020-W11").code, 0);
}

#[test]
fn the_demo_has_all_three() {
    let (place, _) = demo();
    let page: Value = serde_json::from_str(&place.read("demo/data/reports/2020-03-15/report.json")).unwrap();
    for list in ["events", "outside", "actions"] {
        assert!(!page[list].as_array().unwrap().is_empty(), "{list}");
    }
    assert_eq!((&page["synthetic"], &page["beside_unread"]), (&json!(true), &json!([])));
    let settings = place.read("demo/polso.toml");
    for line in ["\nevents = \"events.csv\"\n", "\nactions = \"actions.csv\"\n", "\noutside = [\"survey.csv\"]\n"] {
        assert!(settings.contains(line), "{line}");
    }
}
