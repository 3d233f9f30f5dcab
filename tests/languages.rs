//! The page in every language that has a file, and what a language without one is told.

use crate::support::{Place, root};
use std::fmt::Write;

/// Codes of the translation files, in order.
fn codes() -> Vec<String> {
    let files = std::fs::read_dir(root().join("crates/report/locales")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut codes: Vec<_> = names.filter_map(|name| name.strip_suffix(".ftl").map(str::to_owned)).collect();
    codes.sort();
    codes
}

/// A day of some people.
fn day(settings: &str) -> Place {
    let mut posts = String::new();
    for number in 0..12 {
        writeln!(
            posts,
            r#"{{"id":"{number}","source":"forum","author":"seed_{number}","text":"Oggi resto a casa con la famiglia e leggo il giornale {number} #iorestoacasa","posted_at":"2020-03-09T1{}:00:00Z"}}"#,
            number % 10
        )
        .unwrap();
    }
    let place = Place::with_settings(settings);
    place.put("posts.jsonl", posts.as_bytes());
    for stage in [&["import", "posts.jsonl"][..], &["classify"], &["aggregate"]] {
        place.done(stage);
    }
    place
}

const REPORT: [&str; 3] = ["report", "--day", "2020-03-09"];

#[test]
fn every_file_is_a_language_of_the_page() {
    let place = day("[report]\nlanguage = \"sv\"\n");
    let page = || place.read("data/reports/2020-03-09/index.html");
    place.done(&REPORT);
    assert!(page().contains("<html lang=\"sv\">") && page().contains("I korthet"), "the settings ask for Swedish");
    let codes = codes();
    assert!(codes.len() > 3, "{codes:?}");
    for code in codes {
        place.done(&[&REPORT[..], &["--lang", &code]].concat());
        assert!(page().contains(&format!("<html lang=\"{code}\">")), "{code}");
    }
}

#[test]
fn a_language_without_a_file_is_refused_and_those_with_one_are_listed() {
    let place = Place::new();
    let listed = codes().join(", ");
    for command in ["report", "demo"] {
        let ran = place.run(&[command, "--lang", "xx"]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(&listed), "{}", ran.stderr);
        let help = place.done(&[command, "--help"]);
        assert!(help.contains(&listed), "{help}");
    }
    let place = Place::with_settings("[report]\nlanguage = \"xx\"\n");
    let ran = place.run(&REPORT);
    assert!(ran.code == 2 && ran.stderr.contains("`en`, `fi`, `it`"), "{}", ran.stderr);
}
