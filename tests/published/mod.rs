//! `polso model add`: published models from a folder and from a hub, through libtorch, and what changes with them.

mod hub;
mod refused;

use crate::support::{Place, root, some_seeds};
use std::path::PathBuf;

/// A small model of random weights.
pub(crate) fn fixture(family: &str) -> String {
    root().join("crates/classify/fixtures/published").join(family).display().to_string()
}

/// A copy of one, to be spoilt.
pub(crate) fn copied(place: &Place, family: &str) -> PathBuf {
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        place.put(&format!("{family}/{file}"), &std::fs::read(PathBuf::from(fixture(family)).join(file)).unwrap());
    }
    place.path(family)
}

/// What stands in the folder of models.
pub(crate) fn added(place: &Place) -> Vec<String> {
    let folder = std::fs::read_dir(place.path("data/models")).into_iter().flatten();
    let mut names: Vec<String> =
        folder.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != ".fetched");
    names.sort();
    names
}

#[test]
fn a_folder_becomes_a_model_that_is_listed_shown_and_verified() {
    let place = Place::new();
    let ran = place.run(&["model", "add", &fixture("roberta"), "--languages", "it,en,fi", "--name", "mine"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("[classify.heads]\nsentiment = \"mine\""), "{}", ran.stdout);
    // A whole distribution of every sentence, not a label.
    let probes: Vec<&str> = ran.stdout.lines().filter(|line| line.contains("neutral 0.")).collect();
    assert!(probes.len() == 12 && probes.iter().all(|line| line.contains("negative 0.")), "{}", ran.stdout);
    assert!(ran.stderr.contains(" on ") && ran.stderr.contains("in f32"), "{}", ran.stderr);
    assert!(ran.stderr.contains("licence: not stated"), "{}", ran.stderr);
    let list = place.done(&["model", "list"]);
    assert!(list.lines().any(|line| line.starts_with("mine ") && line.contains("it en fi")), "{list}");
    let shown = place.done(&["model", "show", "mine"]);
    assert!(shown.contains("negative neutral positive") && shown.contains("libtorch"), "{shown}");
    let verified = place.done(&["model", "verify", "mine"]);
    assert!(verified.lines().count() == 3 + 12 && verified.lines().all(|line| line.starts_with('✔')), "{verified}");
    assert_eq!(added(&place), ["mine"]);
    let again = place.run(&["model", "add", &fixture("roberta"), "--languages", "it", "--name", "mine"]);
    assert!(again.code == 2 && again.stderr.contains("already"), "{}", again.stderr);
}

#[test]
fn every_task_has_its_head() {
    let place = Place::new();
    for (family, options, head) in [
        ("bert", &[][..], "sentiment"),
        ("xlm-roberta", &["--labels", "negative=LABEL_0,neutral=LABEL_1,positive=LABEL_2"], "sentiment"),
        ("electra", &["--task", "misinformation"], "needs_checking"),
        ("distilbert", &["--labels", "needs_checking=NEGATIVE"], "needs_checking"),
        ("deberta", &[], "emotions"),
        ("deberta-v2", &["--task", "emotion"], "emotions"),
    ] {
        let model = fixture(family);
        let args = [&["model", "add", &model, "--languages", "it"], options].concat();
        let ran = place.run(&args);
        assert_eq!(ran.code, 0, "{family}: {}", ran.stderr);
        assert!(ran.stdout.contains(&format!("{head} = \"{family}\"")), "{}", ran.stdout);
        assert!(place.done(&["model", "verify", family]).lines().all(|line| line.starts_with('✔')), "{family}");
    }
    assert_eq!(added(&place).len(), 6);
}

#[test]
fn heads_come_from_several_models_and_every_row_names_them() {
    let place = Place::new();
    place.done(&["model", "add", &fixture("roberta"), "--languages", "fi", "--name", "finnish"]);
    place.done(&[
        "model",
        "add",
        &fixture("electra"),
        "--languages",
        "it",
        "--name",
        "checker",
        "--task",
        "misinformation",
    ]);
    place.put("posts.jsonl", some_seeds(400).as_bytes());
    place.done(&["import", "posts.jsonl"]);
    place.put("polso.toml", b"[classify.heads]\nsentiment = \"finnish\"\nneeds_checking = \"checker\"\n");
    place.done(&["classify"]);
    let rows = |sql: &str| place.done(&["query", sql, "--format", "csv"]);
    let models = rows("SELECT DISTINCT model FROM observations");
    let id = |name: &str| {
        let card = place.read(&format!("data/models/{name}/card.toml"));
        card.lines().find_map(|line| line.strip_prefix("id = ")).unwrap().trim_matches('"').to_owned()
    };
    let expected = format!("polso-mini-2;sentiment={}[fi];needs_checking={}[it]", id("finnish"), id("checker"));
    assert_eq!(models.lines().nth(1), Some(expected.as_str()), "{models}");
    assert!(id("finnish").starts_with("finnish@"), "{models}");
    // What a model does not read is the base's, but for the share that is counted at one threshold.
    let read = rows(
        "SELECT lang, count(negative) AS moods, count(needs_checking) AS checked, count(emotions) AS feelings \
         FROM observations WHERE scored = 'scored' GROUP BY lang ORDER BY lang",
    );
    for line in read.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let expected = if cells[0] == "it" { cells[1] } else { "0" };
        assert!(cells[2] == expected && cells[3] == cells[1] && cells[1] != "0", "{read}");
    }
    assert!(read.contains("\nfi,") && read.contains("\nit,"), "{read}");
}

#[test]
fn another_model_begins_a_new_baseline_and_the_page_says_so() {
    let place = Place::with_settings("[aggregate]\nmin_posts_to_compare = 5\nmin_authors_to_compare = 2\n");
    place.put("posts.jsonl", some_seeds(600).as_bytes());
    place.done(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    place.done(&["aggregate"]);
    let days = place.done(&[
        "query",
        "SELECT day, count(*) AS n FROM observations GROUP BY day ORDER BY day",
        "--format",
        "csv",
    ]);
    let day = days.lines().last().unwrap().split(',').next().unwrap().to_owned();
    place.done(&["model", "add", &fixture("roberta"), "--languages", "it,en,fi", "--name", "mine"]);
    place.put(
        "polso.toml",
        b"[aggregate]\nmin_posts_to_compare = 5\nmin_authors_to_compare = 2\n[classify.heads]\nsentiment = \"mine\"\n",
    );
    // The day is read again by the new model, those before are not.
    let more = some_seeds(600).lines().last().unwrap().replace("\"id\":\"", "\"id\":\"again-");
    place.put("more.jsonl", more.as_bytes());
    std::fs::remove_dir_all(place.path(&format!("data/lake/observations/day={day}"))).unwrap();
    place.done(&["import", "more.jsonl"]);
    place.done(&["classify"]);
    place.done(&["aggregate"]);
    place.done(&["report", "--day", &day, "--lang", "en"]);
    let report: serde_json::Value =
        serde_json::from_str(&place.read(&format!("data/reports/{day}/report.json"))).unwrap();
    assert!(report["model"].as_str().unwrap().starts_with("polso-mini-2;sentiment=mine@"), "{}", report["model"]);
    // No labelled posts of the new model: the plain mean, and the report says which way was taken.
    if let Some(method) = report["mood"]["method"].as_str() {
        assert!(method.starts_with("mean of"), "{method}");
    }
}

#[test]
fn calibration_gives_another_id_and_posts_to_estimate_shares_with() {
    let place = Place::new();
    place.done(&["model", "add", &fixture("roberta"), "--languages", "it", "--name", "mine"]);
    let before = place.read("data/models/mine/card.toml");
    let labels = ["negative", "neutral", "positive", "mixed"];
    let row = |i: usize| {
        let text =
            format!("il centro numero {i} apre domani e qualcuno aspetta fuori, {}", ["bene", "male", "chissà"][i % 3]);
        serde_json::json!({"text": text, "label": labels[i % 7 % 4], "lang": "it"}).to_string() + "\n"
    };
    place.put("labelled.jsonl", (0..500).map(row).collect::<String>().as_bytes());
    let ran = place.run(&["model", "calibrate", "mine", "--data", "labelled.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("calibration error ") && ran.stderr.contains("new baseline"), "{}", ran.stderr);
    let after = place.read("data/models/mine/card.toml");
    assert!(before != after && after.contains('+') && after.contains("id = \"mine@"), "{after}");
    let validation = place.read("data/models/mine/validation.csv");
    assert!(validation.lines().count() > 400 && !validation.contains("centro"), "{validation}");
    assert!(place.done(&["model", "verify", "mine"]).lines().all(|line| line.starts_with('✔')));
    let measured =
        place.done(&["eval", "--task", "sentiment", "--model", "mine", "--data", "labelled.jsonl", "--json"]);
    let measured: serde_json::Value = serde_json::from_str(&measured).unwrap();
    assert!(measured["ece"].as_f64().unwrap() < 0.1, "{measured}");
    assert_eq!(added(&place), ["mine"]);
    // Once more on other posts: the id follows.
    place.put("labelled.jsonl", (0..300).map(row).collect::<String>().as_bytes());
    place.done(&["model", "calibrate", "mine", "--data", "labelled.jsonl"]);
    assert!(place.read("data/models/mine/card.toml") != after);
    place.put("few.jsonl", row(1).as_bytes());
    let few = place.run(&["model", "calibrate", "mine", "--data", "few.jsonl"]);
    assert!(few.code == 2 && few.stderr.contains("hint:"), "{}", few.stderr);
}
