//! What goes round: the library, matching, narratives and the log, by the real binary.

use crate::support::{Place, demo};
use serde_json::{Value, json};

const WARM_WATER: &str = "warm-water-flushes-virus";

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The demo's place, with settings that find its data.
fn in_demo(args: &[&str]) -> String {
    let (place, _) = demo();
    let mut all = vec!["--config", "demo/polso.toml"];
    all.extend(args);
    place.done(&all)
}

/// The log's line of a claim on a day of the demo.
fn line(claim: &str, day: &str) -> Option<Value> {
    let log = in_demo(&["claims", "log", "--day", day, "--json"]);
    lines(&log).into_iter().find(|line| line["claim"] == claim)
}

/// A post of a synthetic person.
fn post(number: usize, day: u32, text: &str) -> Value {
    json!({
        "type": "post", "id": format!("p{day}-{number}"), "source": "forum.example", "author": format!("seed_claim_{number}"),
        "text": text, "posted_at": format!("2020-03-{day:02}T10:{:02}:00Z", number % 60), "kind": "original", "lang": "it",
    })
}

fn as_file(posts: &[Value]) -> Vec<u8> {
    let lines: Vec<String> = posts.iter().map(Value::to_string).collect();
    lines.join("\n").into_bytes()
}

#[test]
fn a_known_rumour_grows_under_one_id_and_denials_do_not_spread_it() {
    let days: Vec<Value> =
        ["2020-03-12", "2020-03-13", "2020-03-15"].iter().filter_map(|day| line(WARM_WATER, day)).collect();
    let posts: Vec<u64> = days.iter().map(|line| line["posts"].as_u64().unwrap()).collect();
    assert!(posts.windows(2).all(|pair| pair[0] < pair[1]), "{posts:?}");
    let last = days.last().unwrap();
    assert_eq!(last["first_seen"], "2020-03-11");
    let (repeats, rebuts) = (last["repeats"].as_u64().unwrap(), last["rebuts"].as_u64().unwrap());
    assert!(repeats > 30 && rebuts > 0, "{last}");
}

#[test]
fn what_a_report_tells_is_the_answer_first_and_no_post() {
    let (place, _) = demo();
    let page = place.read("demo/data/reports/2020-03-15/index.html");
    let answer = page.find("acqua").unwrap_or_else(|| panic!("the rumour is not answered"));
    assert!(answer > 0);
    let report: Value = serde_json::from_str(&place.read("demo/data/reports/2020-03-15/report.json")).unwrap();
    let told = report["narratives"].as_array().unwrap();
    let warm = told.iter().find(|line| line["claim"] == WARM_WATER).unwrap();
    assert!(["low", "medium", "high"].contains(&warm["risk"].as_str().unwrap()));
    assert_eq!(warm["level"].as_str().unwrap() == "ignore", warm["answer"].is_null());
}

#[test]
fn a_text_is_matched_or_is_not() {
    let found: Value = serde_json::from_str(&in_demo(&[
        "claims",
        "match",
        "--json",
        "bevete acqua calda ogni quarto d'ora così il virus finisce nello stomaco e muore",
    ]))
    .unwrap();
    assert_eq!(found["claims"][0]["claim"], WARM_WATER, "{found}");
    assert_eq!(found["claims"][0]["stance"], "repeats");
    assert!(!found["claims"][0]["words"].as_array().unwrap().is_empty());
    let none: Value = serde_json::from_str(&in_demo(&[
        "claims",
        "match",
        "--json",
        "stamattina ho preso il treno per andare al lavoro",
    ]))
    .unwrap();
    assert_eq!(none["claims"], json!([]));
    assert!(in_demo(&["claims", "match", "🙂"]).starts_with("no match"));
}

#[test]
fn a_claim_that_comes_later_finds_what_was_posted_before_without_a_text() {
    let place = Place::new();
    let said = [
        "la banana matura ferma il virus nei polmoni",
        "mangiate una banana matura al giorno e il virus si ferma nei polmoni!",
        "dicono che una banana ben matura blocchi il virus prima dei polmoni",
    ];
    let posts: Vec<Value> = said.iter().enumerate().map(|(number, text)| post(number, 9, text)).collect();
    place.put("posts.jsonl", &as_file(&posts));
    let now = ["--now", "2020-03-10T06:00:00Z"];
    let run = |args: &[&str]| place.done(&[&now, args].concat());
    run(&["import", "posts.jsonl"]);
    run(&["classify"]);
    run(&["aggregate"]);
    let matched = "SELECT count(*) AS n FROM observations WHERE length(text) > 0 AND claims IS NOT NULL";
    assert_eq!(place.count(matched), 3);
    place.put("new.csv", "id;text;verdict;lang;publisher\nbanana-stops-virus;Una banana matura al giorno ferma il virus nei polmoni;Falso;it;www.iss.it\n".as_bytes());
    let imported = run(&["claims", "import", "new.csv"]);
    assert!(imported.contains("1 new"), "{imported}");
    let again = run(&["claims", "import", "new.csv"]);
    assert!(again.contains("0 new, 0 changed, 1 as they were"), "{again}");
    let done = run(&["claims", "rematch"]);
    assert!(done.contains("3 posts looked at"), "{done}");
    let log = run(&["claims", "log", "--day", "2020-03-09", "--json"]);
    let line = lines(&log).into_iter().find(|line| line["claim"].as_str().unwrap().contains("banana")).unwrap();
    assert!(line["posts"].as_u64().unwrap() >= 2, "{line}");
    assert!(run(&["claims", "rematch"]).starts_with("0 claims"), "nothing changed since");
}

#[test]
fn decisions_are_kept_with_what_was_there_before() {
    let place = Place::new();
    let posts: Vec<Value> = (0..12)
        .map(|number| post(number, 9, "bere acqua calda ogni quindici minuti manda il virus nello stomaco e lo uccide"))
        .collect();
    place.put("posts.jsonl", &as_file(&posts));
    let at = |time: &'static str, args: &[&str]| place.done(&[&["--now", time], args].concat());
    at("2020-03-10T06:00:00Z", &["import", "posts.jsonl"]);
    at("2020-03-10T06:00:00Z", &["classify"]);
    at("2020-03-10T06:00:00Z", &["aggregate"]);
    at(
        "2020-03-10T08:00:00Z",
        &["claims", "set", WARM_WATER, "--status", "answered", "--action", "video", "--by", "ab"],
    );
    at("2020-03-10T09:00:00Z", &["claims", "set", WARM_WATER, "--level", "ignore", "--by", "cd"]);
    let shown = at("2020-03-10T10:00:00Z", &["claims", "show", WARM_WATER]);
    for change in ["status: `open` → `answered` by ab", "action: `` → `video` by ab", "by cd"] {
        assert!(shown.contains(change), "{change}\n{shown}");
    }
    // Summing up again does not undo what people decided.
    at("2020-03-10T11:00:00Z", &["aggregate", "--day", "2020-03-09"]);
    let log = at("2020-03-10T12:00:00Z", &["claims", "log", "--day", "2020-03-09", "--json"]);
    let row = lines(&log).into_iter().find(|line| line["claim"] == WARM_WATER).unwrap();
    assert_eq!((row["level"].as_str(), row["status"].as_str()), (Some("ignore"), Some("answered")));
    let refused = place.run(&["claims", "set", "no-such-claim", "--status", "closed", "--by", "ab"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
}

#[test]
fn a_place_where_few_speak_of_a_rumour_is_not_named() {
    let place = Place::new();
    let said = "bere acqua calda ogni quindici minuti manda il virus nello stomaco e lo uccide";
    let mut posts: Vec<Value> = (0..30).map(|number| post(number, 9, said)).collect();
    let mut lone = post(40, 9, said);
    lone["source"] = "lonely.example".into();
    posts.push(lone);
    place.put("posts.jsonl", &as_file(&posts));
    let run = |args: &[&str]| place.run(&[&["--now", "2020-03-10T06:00:00Z"], args].concat());
    for args in [&["import", "posts.jsonl"][..], &["classify"], &["aggregate"], &["report", "--day", "2020-03-09"]] {
        assert!(run(args).code <= 1, "{args:?}");
    }
    let report: Value = serde_json::from_str(&place.read("data/reports/2020-03-09/report.json")).unwrap();
    let warm = report["narratives"].as_array().unwrap().iter().find(|line| line["claim"] == WARM_WATER).unwrap();
    assert_eq!(warm["posts"], 31);
    assert!(warm.to_string().contains("forum.example") && !warm.to_string().contains("lonely.example"), "{warm}");
}
