//! The demo as a newcomer meets it.

use crate::support::demo;
use serde_json::Value;
use std::path::Path;

fn report() -> Value {
    serde_json::from_str(&demo().0.read("demo/data/reports/2020-03-15/report.json")).unwrap()
}

#[test]
fn it_ends_with_the_path_of_a_report() {
    let (_, ran) = demo();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let path = ran.stdout.lines().last().unwrap();
    assert!(path.ends_with("reports/2020-03-15/index.html"), "{path}");
    for file in ["index.html", "report.md", "report.json", "tables/measures.parquet"] {
        assert!(demo().0.path("demo/data/reports/2020-03-15").join(Path::new(file)).exists(), "{file}");
    }
}

#[test]
fn the_report_keeps_its_contract() {
    let report = report();
    assert_eq!(report["schema"], "polso.report/1");
    assert_eq!(report["day"], "2020-03-15");
    assert_eq!(report["timezone"], "Europe/Rome");
    assert_eq!(report["status"], "partial", "one source was closed for two hours");
    for key in [
        "posts",
        "mood",
        "by_lang",
        "by_hashtag",
        "needs_checking",
        "narratives",
        "spikes",
        "coverage",
        "model",
        "config_hash",
        "data_hash",
        "sections",
    ] {
        assert!(!report[key].is_null(), "{key}");
    }
    let mood = &report["mood"];
    let share = |class: &str, end: &str| mood[class][end].as_f64().unwrap();
    let sum: f64 = ["negative", "neutral", "positive"].iter().map(|class| share(class, "share")).sum();
    assert!((sum - 1.0).abs() < 1e-3, "{sum}");
    for class in ["negative", "neutral", "positive"] {
        assert!(share(class, "low") <= share(class, "share") && share(class, "share") <= share(class, "high"));
    }
    assert!(["up", "down", "no_real_change", "withheld"].contains(&mood["change"].as_str().unwrap()));
}

#[test]
fn every_seed_is_accounted_for() {
    let (place, _) = demo();
    let lines: Vec<Value> = crate::support::seeds().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |kind: &'static str| lines.iter().filter(move |line| line["type"] == kind);
    let ids: std::collections::HashSet<(&str, &str)> =
        of("post").map(|line| (line["source"].as_str().unwrap(), line["id"].as_str().unwrap())).collect();
    let config = ["--config", "demo/polso.toml"];
    let count = |sql: &str| -> usize {
        let answer = place.done(&[config[0], config[1], "query", sql, "--format", "csv"]);
        answer.lines().nth(1).unwrap().parse().unwrap()
    };
    assert_eq!(count("SELECT count(*) AS n FROM observations"), ids.len() - of("delete").count());
    assert_eq!(count("SELECT count(DISTINCT post_id) AS n FROM observations"), ids.len() - of("delete").count());
    assert_eq!(count("SELECT sum(kept) AS n FROM ledger"), ids.len());
}

#[test]
fn the_page_needs_nothing_from_outside() {
    let page = demo().0.read("demo/data/reports/2020-03-15/index.html");
    for forbidden in ["<script", "src=\"http", "@import", "url(http", "<link rel=\"stylesheet\""] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("lang=\"it\""));
}

#[test]
fn running_the_day_again_changes_nothing() {
    let (place, _) = demo();
    let page = "demo/data/reports/2020-03-15/report.json";
    let before = place.read(page);
    let again = ["--config", "demo/polso.toml", "--data", "demo/data", "run", "--day", "2020-03-14"];
    let first = place.run(&again);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let path = "demo/data/reports/2020-03-14/report.json";
    let report = place.read(path);
    assert!(report.contains("\"synthetic\": true"), "a folder of synthetic posts says so on every page");
    let second = place.run(&again);
    assert_eq!((second.code, place.read(path)), (0, report));
    assert_eq!(place.read(page), before);
}
