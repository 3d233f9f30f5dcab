//! What the documents say is what the program does.

use crate::support::{demo, root};

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let open = format!("```{language}\n");
    text.split(&open).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_analysts_queries_run() {
    let queries = blocks(&document("docs/analysts.md"), "sql");
    assert!(queries.len() >= 4);
    for query in queries {
        let answer = demo().0.done(&["--config", "demo/polso.toml", "query", &query, "--format", "csv"]);
        assert!(answer.lines().count() > 1, "{query}\n{answer}");
    }
}

#[test]
fn the_readme_shows_its_two_commands_and_a_report() {
    let readme = document("README.md");
    for needed in ["cargo run --release -- demo", "cargo test --release --workspace", "docs/report.png"] {
        assert!(readme.contains(needed), "{needed}");
    }
}

#[test]
fn every_command_is_in_the_help_and_says_what_it_reads_and_writes() {
    let (place, _) = demo();
    let help = place.done(&["--help"]);
    for command in [
        "demo",
        "init",
        "check",
        "collect",
        "import",
        "classify",
        "aggregate",
        "report",
        "run",
        "alert",
        "query",
        "export",
        "eval",
        "model",
        "review",
        "forget",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}\n{help}");
        let own = place.done(&[command, "--help"]);
        assert!(own.contains("rites") || own.contains("hanges") || own.contains("Makes"), "{own}");
    }
    for command in ["sample", "import", "quality"] {
        let own = place.done(&["review", command, "--help"]);
        assert!(own.contains("Reads") && own.contains("writes"), "{own}");
    }
    for command in ["list", "test", "preview"] {
        let own = place.done(&["alert", command, "--help"]);
        assert!(own.contains("Reads") || own.contains("reads"), "{own}");
        assert!(own.contains("writes nothing"), "{own}");
    }
    for command in ["list", "show", "verify"] {
        let own = place.done(&["model", command, "--help"]);
        assert!(own.contains("Reads") && own.contains("writes"), "{own}");
    }
}

#[test]
fn the_settings_name_the_model_that_is_compiled_in() {
    let named = format!("model = \"{}\"", polso_classify::BUNDLED);
    assert!(document("config/polso.toml").contains(&named), "config/polso.toml lacks `{named}`");
    let folder = format!("models/{}", polso_classify::BUNDLED);
    assert!(document("README.md").contains(&folder), "README.md lacks `{folder}`");
}

#[test]
fn every_source_of_the_settings_can_be_switched_on() {
    let starter = document("config/polso.toml");
    let (head, rest) = starter.split_once("# [[collect.").unwrap();
    let (tables, tail) = rest.split_once("\n[import]").unwrap();
    let on: String = format!("# [[collect.{tables}").lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).fold(
        String::new(),
        |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        },
    );
    let settings =
        format!("{head}{on}\n[import]{tail}").replace("contact = \"\"", "contact = \"press@health.example\"");
    let place = crate::support::Place::with_settings(&settings);
    let said = place.run(&["collect", "--source", "nobody"]);
    // The settings are read, the sources made, and the name is the only thing that is wrong.
    assert!(said.code == 2 && said.stderr.contains("no source `nobody`"), "{}", said.stderr);
    let sources = document("docs/sources.md").to_lowercase();
    for table in on.lines().filter_map(|line| line.strip_prefix("[[collect.")?.split(']').next()) {
        assert!(sources.contains(&format!("\n## {table}")), "docs/sources.md lacks {table}");
        assert!(said.stderr.contains(table) || said.stderr.contains("example"), "{}", said.stderr);
    }
}

#[test]
fn every_receiver_of_the_settings_can_be_switched_on() {
    let starter = document("config/polso.toml");
    let (head, tables) = starter.split_once("\n# [[alert.").unwrap();
    let on: Vec<&str> = tables.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    let place = crate::support::Place::with_settings(&format!("{head}\n[[alert.{}\n", on.join("\n")));
    let list = place.done(&["alert", "list"]);
    let docs = document("docs/alerts.md");
    for kind in ["mail", "slack", "teams", "matrix", "webhook", "file"] {
        assert!(list.contains(&format!("{kind} ({kind}): report, spike, rumour, failed from notice on")), "{list}");
        assert!(docs.contains(&format!("`[[alert.{kind}]]`")), "docs/alerts.md lacks {kind}");
    }
    assert!(list.contains("feed.xml") && list.contains("quiet 22:00-07:00"), "{list}");
}

#[test]
fn init_writes_the_commented_settings_and_check_likes_them() {
    let place = crate::support::Place::new();
    let said = place.done(&["init", "work"]);
    assert!(said.contains("wrote work/polso.toml"), "{said}");
    assert_eq!(place.read("work/polso.toml"), document("config/polso.toml"));
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(place.path("work/data/state/key")).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    assert!(place.done(&["init", "work"]).contains("kept  work/polso.toml"));
    let list = place.done(&["--config", "work/polso.toml", "check"]);
    assert!(list.lines().count() >= 8 && list.lines().all(|line| line.starts_with('✔')), "{list}");
}

#[test]
fn check_says_what_is_wrong_with_a_hint() {
    let place = crate::support::Place::with_settings("[classify]\nmodel = \"nowhere\"\n");
    let ran = place.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("✖ model:") && ran.stdout.contains("hint:"), "{}", ran.stdout);
}
