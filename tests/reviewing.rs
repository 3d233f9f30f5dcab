//! The review loop, as the binary runs it: a sample goes to people, comes back, and moves the numbers.

use crate::support::Place;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;

const SAMPLE: [&str; 8] = ["review", "sample", "--day", "2020-03-15", "--out", "sample.csv", "--n", "120"];
const REPORT: &str = "demo/data/reports/2020-03-15/report.json";

/// The demo in a place of its own.
fn demo() -> Place {
    let place = Place::new();
    place.done(&["demo", "--out", "demo"]);
    for name in ["polso.toml", "messages.toml", "events.csv", "actions.csv", "survey.csv"] {
        std::fs::rename(place.path(&format!("demo/{name}")), place.path(name)).unwrap();
    }
    let settings = place.read("polso.toml").replace("dir = \"data\"", "dir = \"demo/data\"");
    place.put("polso.toml", settings.as_bytes());
    // The demo's reports say that they are one; what is compared below are reports like everybody's.
    place.run(&["report", "--day", "2020-03-15"]);
    place
}

/// A sample with its columns to fill given what `answer` makes of its other columns.
fn filled(place: &Place, answer: impl Fn(usize, &dyn Fn(&str) -> String) -> [String; 3]) {
    let text = place.read("sample.csv");
    let mut csv = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = csv.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    // As an Italian spreadsheet writes it.
    let mut out = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record(&head).unwrap();
    for (number, record) in csv.records().enumerate() {
        let record = record.unwrap();
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        let answers = answer(number, &|name| record[at(name)].to_owned());
        for (name, value) in ["mood", "needs_checking", "question"].into_iter().zip(answers) {
            cells[at(name)] = value;
        }
        out.write_record(&cells).unwrap();
    }
    place.put("filled.csv", &[b"\xef\xbb\xbf".as_slice(), &out.into_inner().unwrap()].concat());
}

/// A label as an Italian reviewer writes it.
fn italian(word: &str) -> &str {
    match word {
        "negative" => "Negativo",
        "neutral" => "neutro",
        "positive" => "positivo",
        "yes" => "sì",
        other => other,
    }
}

/// The model's own answers, in Italian, but for one mood in `often` that becomes neutral.
fn nearly_the_models(place: &Place, often: usize) {
    filled(place, |number, cell| {
        let mood = if number.is_multiple_of(often) { "neutro".into() } else { italian(&cell("model_mood")).to_owned() };
        let checking = cell("model_needs_checking").parse::<f64>().is_ok_and(|share| share >= 0.5);
        [mood, if checking { "sì" } else { "no" }.to_owned(), italian(&cell("model_question")).to_owned()]
    });
}

fn report(place: &Place) -> Value {
    serde_json::from_str(&place.read(REPORT)).unwrap()
}

#[test]
fn what_people_answer_becomes_quality_and_corrects_the_day() {
    let place = demo();
    let plain = place.read(REPORT);
    let sample = place.run(&[&SAMPLE[..], &["--show"]].concat());
    assert!(sample.code == 0 && sample.stderr.contains("delete it once it was imported"), "{}", sample.stderr);
    nearly_the_models(&place, 6);
    let import = ["review", "import", "filled.csv", "--reviewer", "r1"];
    let first = place.run(&import);
    assert!(first.code == 0 && first.stderr.contains("360 answers are new"), "{}", first.stderr);
    insta::assert_snapshot!(place.run(&["review", "quality"]).shown(&place));
    let corrected = place.read(REPORT);
    let method = report(&place)["mood"]["method"].as_str().unwrap().to_owned();
    assert!(corrected != plain && method.contains("corrected by 120 reviewed posts"), "{method}");

    let again = place.run(&import);
    assert!(again.stderr.contains("0 answers are new, 0 changed, 360 were known"), "{}", again.stderr);
    assert_eq!(place.read(REPORT), corrected);

    nearly_the_models(&place, 4);
    place.done(&["review", "import", "filled.csv", "--reviewer", "r2"]);
    let quality: Value = serde_json::from_str(&place.done(&["review", "quality", "--json"])).unwrap();
    let all = quality["rows"].as_array().unwrap().iter().find(|row| row["task"] == "sentiment").unwrap();
    assert_eq!((all["n"].as_u64(), all["n_twice"].as_u64()), (Some(120), Some(120)));
    let kappa = all["between_reviewers"]["share"].as_f64().unwrap();
    assert!((0.3..1.0).contains(&kappa), "{kappa}");
    let elsewhere = place.run(&["review", "quality", "--until", "2020-03-14"]);
    assert!(elsewhere.stdout.is_empty() && elsewhere.stderr.contains("nobody has reviewed"), "{}", elsewhere.stderr);
}

#[test]
fn a_sample_is_private_repeatable_and_says_nothing_of_people() {
    let place = demo();
    place.done(&SAMPLE);
    let hidden = place.read("sample.csv");
    let mode = std::fs::metadata(place.path("sample.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!hidden.contains("model_") && hidden.contains("needs_checking"));
    let people = place.done(&["query", "SELECT DISTINCT author FROM posts", "--format", "csv"]);
    assert!(people.lines().count() > 50 && people.lines().skip(1).all(|key| !hidden.contains(key)));
    place.done(&SAMPLE);
    assert_eq!(place.read("sample.csv"), hidden);
    place.done(&[&SAMPLE[..], &["--seed", "7"]].concat());
    assert_ne!(place.read("sample.csv"), hidden);

    let few = [
        "review",
        "sample",
        "--from",
        "2020-03-14",
        "--until",
        "2020-03-15",
        "--n",
        "10",
        "--show",
        "--out",
        "sample.csv",
    ];
    place.done(&few);
    let mood = || serde_json::from_str::<Value>(&place.read(REPORT)).unwrap()["mood"].clone();
    let plain = mood();
    nearly_the_models(&place, 3);
    place.done(&["review", "import", "filled.csv", "--reviewer", "r1"]);
    assert_eq!(mood(), plain, "ten reviewed posts are too few to correct a day");

    for (args, code) in [
        (vec!["review", "sample", "--day", "2019-01-01", "--out", "sample.csv"], 2),
        (vec!["review", "sample", "--day", "2020-03-15", "--out", "demo/data/reports/sample.csv"], 2),
        (vec!["review", "import", "filled.csv", "--reviewer", "Anna Rossi"], 2),
    ] {
        let ran = place.run(&args);
        assert!(ran.code == code && ran.stderr.contains("hint:"), "{args:?} {}", ran.stderr);
        assert!(!ran.stderr.contains("Rossi"), "{}", ran.stderr);
    }
}

/// Two posts by two people; the first is a formula to a spreadsheet, and both ids are numbers to it.
const POSTS: &str = r#"{"id":"1237100000000000001","text":"=HYPERLINK(\"https://example.org\") resto a casa oggi","author":"seed_anna","posted_at":"2020-03-09T10:00:00Z","lang":"it"}
{"id":"1237100000000000002","text":"Domani vado al parco con mio fratello","author":"seed_bruno","posted_at":"2020-03-09T10:00:00Z","lang":"it"}
"#;

fn two_posts() -> Place {
    let place = Place::new();
    place.put("posts.jsonl", POSTS.as_bytes());
    place.done(&["import", "posts.jsonl", "--source", "twitter", "--format", "jsonl", "--map", "id=id"]);
    place.done(&["classify"]);
    place.done(&["review", "sample", "--day", "2020-03-09", "--out", "sample.csv", "--show"]);
    place
}

#[test]
fn formulas_and_long_numbers_survive_and_damaged_rows_are_told() {
    let place = two_posts();
    let sample = place.read("sample.csv");
    assert!(sample.contains("\"'=HYPERLINK(") && sample.contains(",'1237100000000000002,"), "{sample}");
    filled(&place, |number, _| [["male", "positivo"][number].into(), String::new(), String::new()]);
    let ran = place.run(&["review", "import", "filled.csv", "--reviewer", "r1"]);
    assert!(ran.code == 1 && ran.stderr.contains("1 answers are new"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("missing: line 2: `mood` may be negative, neutral, positive, unsure or empty"),
        "{}",
        ran.stderr
    );
    let latin: Vec<u8> =
        place.read("filled.csv").replace("male", "s\u{ec}").chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    place.put("latin.csv", &latin);
    place.put("other.csv", b"id;text\n1;x\n");
    for (file, hint) in [("latin.csv", "CSV UTF-8"), ("other.csv", "polso review sample"), ("none.csv", "path")] {
        let ran = place.run(&["review", "import", file, "--reviewer", "r1"]);
        assert!(ran.code == 2 && ran.stderr.contains(hint), "{file} {}", ran.stderr);
    }
}

#[test]
fn what_was_said_of_a_post_goes_with_it() {
    let place = two_posts();
    filled(&place, |_, _| ["neutral".into(), "no".into(), "no".into()]);
    place.done(&["review", "import", "filled.csv", "--reviewer", "r1"]);
    let answers = || {
        let quality: Value = serde_json::from_str(&place.done(&["review", "quality", "--json"])).unwrap();
        let rows = quality["rows"].as_array().unwrap();
        rows.iter().find(|row| row["task"] == "sentiment").map_or(0, |row| row["n"].as_u64().unwrap())
    };
    assert_eq!(answers(), 2);
    let said = place.done(&["forget", "seed_bruno@twitter"]);
    assert!(said.contains("desk: 3 answers of reviewers erased"), "{said}");
    assert_eq!(answers(), 1);
    place.put("delete.jsonl", br#"{"delete":{"status":{"id_str":"1237100000000000001","user_id_str":"77"}}}"#);
    place.done(&["import", "delete.jsonl", "--format", "twitter-v1"]);
    place.done(&["classify"]);
    assert_eq!(answers(), 0);
    let late = place.run(&["review", "import", "filled.csv", "--reviewer", "r1"]);
    assert!(late.code == 0 && late.stderr.contains("2 posts are left out"), "{}", late.stderr);
}
