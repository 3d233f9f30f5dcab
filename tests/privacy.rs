//! No handle, no name, no address of the seeds in any byte that polso writes.

use crate::support::{demo, seeds, some_seeds};
use serde_json::Value;
use std::collections::HashSet;

/// Everything that names somebody in the seeds, lowercase.
fn names() -> HashSet<String> {
    let mut names = HashSet::new();
    for line in seeds().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        for key in ["author", "author_name"] {
            names.extend(line[key].as_str().map(str::to_lowercase));
        }
        for mention in line["mentions"].as_array().into_iter().flatten() {
            names.extend(mention.as_str().map(str::to_lowercase));
        }
    }
    assert!(names.len() > 1_000, "the seeds name only {}", names.len());
    names
}

/// Handles are words with underscores: cutting the bytes into words finds each of them.
fn words(bytes: &[u8]) -> impl Iterator<Item = String> {
    bytes
        .split(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'))
        .filter(|word| word.len() >= 6)
        .map(|word| String::from_utf8_lossy(word).to_lowercase())
}

fn assert_nameless(what: &str, bytes: &[u8], names: &HashSet<String>) {
    for word in words(bytes) {
        assert!(!names.contains(&word), "`{word}` in {what}");
    }
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    for name in names.iter().filter(|name| name.contains(' ')) {
        assert!(!text.contains(name.as_str()), "`{name}` in {what}");
    }
    for part in ["@example.org", "/@seed_", "5550 01", "7946 00"] {
        assert!(!text.contains(part), "`{part}` in {what}");
    }
}

#[test]
fn no_name_of_the_input_is_in_any_file() {
    let names = names();
    let (place, ran) = demo();
    for path in place.files("demo") {
        let bytes = std::fs::read(&path).unwrap();
        // Raw bytes cover the database, the reports and the notes; parquet is compressed, its rows are read below.
        if path.extension().is_some_and(|extension| extension == "parquet") {
            continue;
        }
        assert_nameless(&path.display().to_string(), &bytes, &names);
    }
    for table in ["observations", "summaries", "ledger"] {
        let sql = format!("SELECT * FROM {table}");
        let rows = place.done(&["--config", "demo/polso.toml", "query", &sql, "--format", "json"]);
        assert!(rows.lines().count() > 30, "{table}");
        assert_nameless(table, rows.as_bytes(), &names);
    }
    assert_nameless("what was said", ran.stderr.as_bytes(), &names);
}

#[test]
fn an_export_holds_nobody() {
    let (place, _) = demo();
    place.done(&[
        "--config",
        "demo/polso.toml",
        "export",
        "--day",
        "2020-03-15",
        "--format",
        "csv",
        "--out",
        "day.csv",
    ]);
    let csv = place.read("day.csv");
    let header = csv.lines().next().unwrap();
    for column in ["author", "mentions", "in_reply_to"] {
        assert!(!header.split(',').any(|name| name == column), "{header}");
    }
    assert_nameless("the export", csv.as_bytes(), &names());
}

#[test]
fn a_forgotten_account_leaves_every_table_and_stays_out() {
    let place = crate::support::Place::new();
    let posts = some_seeds(400);
    place.put("posts.jsonl", posts.as_bytes());
    place.run(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    place.done(&["aggregate"]);
    let first: Value = serde_json::from_str(posts.lines().next().unwrap()).unwrap();
    let (handle, source) = (first["author"].as_str().unwrap(), first["source"].as_str().unwrap());
    let theirs = posts
        .lines()
        .filter(|line| {
            line.contains(&format!("\"author\": \"{handle}\"")) || line.contains(&format!("\"author\":\"{handle}\""))
        })
        .filter(|line| line.contains(&format!("\"{source}\"")))
        .count();
    let before = place.count("SELECT count(*) AS n FROM observations");
    let said = place.done(&["forget", &format!("@{handle}@{source}")]);
    assert!(!said.contains(handle), "{said}");
    let after = place.count("SELECT count(*) AS n FROM observations");
    assert!(after < before && before - after <= i64::try_from(theirs).unwrap(), "{before} {after} {theirs}");
    place.run(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    assert_eq!(place.count("SELECT count(*) AS n FROM observations"), after);
}
