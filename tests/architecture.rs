//! The architecture is a table, and this test holds the code against it.

use crate::support::root;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Which crate may know which. A crate that is not here, or an arrow that is not here, is refused.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("privacy", &["domain"]),
    ("collect", &["domain"]),
    ("stream", &["domain"]),
    ("classify", &["domain"]),
    ("claims", &["domain"]),
    ("desk", &["domain"]),
    ("store", &["domain"]),
    ("aggregate", &["domain", "store"]),
    ("alert", &["domain"]),
    ("report", &["domain", "privacy", "aggregate", "alert"]),
    (
        "cli",
        &[
            "domain",
            "privacy",
            "collect",
            "stream",
            "classify",
            "claims",
            "desk",
            "store",
            "aggregate",
            "alert",
            "report",
        ],
    ),
];

/// Outside things that only some crates may know.
const QUARANTINE: &[(&str, &[&str])] = &[
    ("polars", &["store", "aggregate"]),
    ("rusqlite", &["stream", "desk"]),
    ("rten", &["classify"]),
    ("rten-gemm", &["claims"]),
    ("rust-bert", &["classify"]),
    ("tch", &["classify"]),
    ("safetensors", &["classify"]),
    ("hf-hub", &["classify"]),
    ("tantivy", &["claims"]),
    ("leiden-rs", &["claims"]),
    ("tokenizers", &["classify"]),
    ("lingua", &["classify"]),
    ("reqwest", &["collect", "alert"]),
    ("lettre", &["alert"]),
    ("statrs", &["alert"]),
    ("tokio-tungstenite", &["collect"]),
    ("governor", &["collect"]),
    ("scraper", &["collect"]),
    ("feed-rs", &["collect"]),
    ("calamine", &["collect"]),
    ("tokio", &["collect", "alert", "cli"]),
    ("maud", &["report", "alert"]),
    ("plotters", &["report"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
];

const LONGEST_FILE: usize = 400;

fn manifests() -> BTreeMap<String, toml::Table> {
    let crates = std::fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    crates
        .filter(|path| path.is_dir())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path.join("Cargo.toml")).unwrap().parse().unwrap())
        })
        .collect()
}

/// What a manifest depends on, in any of its tables but the tests' own.
fn dependencies(manifest: &toml::Table) -> Vec<String> {
    let tables = ["dependencies", "build-dependencies"];
    let found = tables.iter().filter_map(|table| manifest.get(*table)?.as_table());
    found.flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn no_crate_looks_upwards() {
    let allowed: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    for (name, manifest) in manifests() {
        let may_know = allowed.get(name.as_str()).unwrap_or_else(|| panic!("`{name}` is not in the table"));
        for dependency in dependencies(&manifest) {
            if let Some(known) = dependency.strip_prefix("polso-") {
                assert!(may_know.contains(&known), "`{name}` may not depend on `{known}`");
            }
        }
    }
}

#[test]
fn outside_things_stay_behind_their_crate() {
    for (name, manifest) in manifests() {
        for dependency in dependencies(&manifest) {
            let owners = QUARANTINE.iter().find(|(thing, _)| *thing == dependency).map(|(_, owners)| *owners);
            assert!(
                owners.is_none_or(|owners| owners.contains(&name.as_str())),
                "`{name}` may not know `{dependency}`"
            );
        }
    }
}

#[test]
fn every_crate_has_lints() {
    for (name, manifest) in manifests() {
        let lints = manifest.get("lints").unwrap_or_else(|| panic!("`{name}` has no lints"));
        let inherits = lints.get("workspace").and_then(toml::Value::as_bool) == Some(true);
        // The binary may print and exit, so it spells its lints out.
        assert!(inherits || name == "cli", "`{name}` does not take over the workspace's lints");
        let unsafe_code = lints.get("rust").and_then(|rust| rust.get("unsafe_code")).and_then(toml::Value::as_str);
        assert!(inherits || unsafe_code == Some("forbid"), "`{name}` does not forbid unsafe code");
    }
}

#[test]
fn heads_and_overview_say_the_same() {
    let overview = std::fs::read_to_string(root().join("crates/README.md")).unwrap();
    for (name, manifest) in manifests() {
        let main = if name == "cli" { "main.rs" } else { "lib.rs" };
        let code = std::fs::read_to_string(root().join(format!("crates/{name}/src/{main}"))).unwrap();
        let head = code.lines().next().unwrap().trim_start_matches("//! ");
        let line = format!("| `{name}` | {head} |");
        assert!(overview.contains(&line), "crates/README.md lacks the line\n{line}");
        let description = manifest["package"]["description"].as_str().unwrap();
        assert_eq!(description, head, "Cargo.toml of `{name}`");
    }
}

fn sources() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = ["crates", "tests", "benches"].iter().map(|name| root().join(name)).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

#[test]
fn files_have_a_head_and_one_reason_to_be() {
    for path in sources() {
        let code = std::fs::read_to_string(&path).unwrap();
        assert!(code.starts_with("//!"), "{} has no head", path.display());
        let lines = code.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
}
