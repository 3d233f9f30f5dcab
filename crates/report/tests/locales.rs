//! The translation files agree with one another, with the code and with what a reader can follow.

mod reading;

use polso_report::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every file of the folder: the language's code, and the text.
fn locales() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let files = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let named = files.filter_map(|path| {
        let code = path.file_name()?.to_str()?.strip_suffix(".ftl")?.to_owned();
        Some((code, std::fs::read_to_string(&path).ok()?))
    });
    named.collect()
}

fn english() -> String {
    locales().remove("en").unwrap_or_default()
}

/// Messages whose ids the code puts together: `family-key`.
const FAMILIES: [&str; 17] = [
    "action-", "beside-", "change-", "checked-", "label-", "lang-", "level-", "month-", "risk-", "rule-", "state-",
    "status-", "task-", "topic-", "trend-", "weekday-", "who-",
];

/// Ids with the arguments that their texts use.
fn messages(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut messages = BTreeMap::<&str, BTreeSet<&str>>::new();
    let mut id = "";
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            id = line.split(" =").next().unwrap_or_default();
            assert!(!messages.contains_key(id), "`{id}` stands twice");
            messages.insert(id, BTreeSet::new());
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        for rest in line.split('$').skip(1) {
            let name = rest.split(|c| !is_name(c)).next().unwrap_or_default();
            messages.entry(id).or_default().insert(name);
        }
    }
    messages
}

fn sources(dir: &Path, text: &mut String) {
    for entry in dir.read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|end| end == "rs") {
            text.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

#[test]
fn every_file_of_the_folder_is_a_language_and_swedish_needed_no_code() {
    let languages: Vec<_> = Language::all().map(|language| language.code().to_owned()).collect();
    assert_eq!(languages, locales().into_keys().collect::<Vec<_>>());
    assert!(languages.iter().any(|code| code == "sv"));
    for code in languages {
        assert_eq!(code.parse::<Language>().unwrap().to_string(), code);
    }
    let refusal = "xx".parse::<Language>().unwrap_err();
    assert!(refusal.hint().unwrap().contains("`en`, `fi`, `it`, `sv`"), "{:?}", refusal.hint());
}

#[test]
fn translations_have_the_same_messages_and_arguments() {
    let (reference, locales) = (english(), locales());
    let english = messages(&reference);
    assert!(english.len() > 400 && locales.len() > 3);
    for (name, text) in &locales {
        let other = messages(text);
        for (id, args) in &english {
            assert_eq!(other.get(id), Some(args), "`{id}` in {name}.ftl");
        }
        for id in other.keys() {
            assert!(english.contains_key(id), "`{id}` is in {name}.ftl only");
        }
    }
}

#[test]
fn the_code_uses_every_message_and_no_other() {
    let reference = english();
    let english = messages(&reference);
    let mut code = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    for id in english.keys() {
        let used = code.contains(&format!("\"{id}\"")) || FAMILIES.iter().any(|family| id.starts_with(family));
        assert!(used, "nothing says `{id}`");
    }
    for call in ["words.say(", "words.with(", "words.column(", "words.numbers(", "self.with(", "self.say("] {
        for rest in code.split(call).skip(1) {
            let Some(literal) = rest.trim_start().strip_prefix('"') else { continue };
            let id = literal.split('"').next().unwrap_or_default();
            assert!(english.contains_key(id) || id.starts_with("no-such"), "no message `{id}`");
        }
    }
}

#[test]
fn no_text_is_empty_and_no_line_has_tabs() {
    for source in locales().values() {
        for line in source.lines() {
            assert!(!line.trim_end().ends_with(" ="), "{line}");
            assert!(!line.contains('\t'), "{line}");
        }
    }
}
