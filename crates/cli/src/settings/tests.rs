//! The starter is complete, and a typing error is found where it stands.

use super::*;
use crate::args::Args;
use clap::Parser;

fn parsed(text: &str) -> Result<Settings, String> {
    let args = Args::parse_from(["polso", "check"]);
    parse(text, Path::new("/etc/polso/polso.toml"), &args.global).map_err(|error| {
        let Error::Wrong { source, .. } = error else { return error.to_string() };
        source.to_string()
    })
}

#[test]
fn the_starter_and_the_empty_file_mean_the_same() {
    let (starter, empty) = (parsed(STARTER).unwrap(), parsed("").unwrap());
    assert_eq!(starter.hash, empty.hash);
    assert_eq!(format!("{:?}", starter.alert), format!("{:?}", empty.alert));
    assert_eq!(empty.min_people, 5);
    assert_eq!(empty.data.root(), Path::new("/etc/polso/data"));
}

#[test]
fn a_typing_error_gets_a_caret() {
    let error = parsed("[privacy]\nkeep_text_dayz = 3\n").unwrap_err();
    assert!(error.contains("keep_text_dayz") && error.contains('^') && error.contains("line 2"), "{error}");
}

#[test]
fn a_wrong_value_gets_a_caret_and_a_reason() {
    for (text, reason) in [
        ("[report]\ntimezone = \"Europe/Roma\"\n", "no IANA time zone"),
        ("[report]\nlanguage = \"xx\"\n", "is not a language of the report; write one of `en`,"),
        ("[privacy]\nmin_people = 1\n", "one person is no group"),
        ("[classify]\nmin_language_confidence = 1.5\n", "not between 0 and 1"),
    ] {
        let error = parsed(text).unwrap_err();
        assert!(error.contains(reason) && error.contains('^'), "{error}");
    }
}

#[test]
fn the_hash_follows_what_shapes_numbers_only() {
    let hash = |text: &str| parsed(text).unwrap().hash;
    assert_eq!(hash("[classify]\nthreads = 7\n"), hash(""));
    assert_ne!(hash("[privacy]\nmin_people = 9\n"), hash(""));
    // What stands beside the numbers changes none of them.
    assert_eq!(hash("[report]\nevents = \"events.csv\"\n"), hash(""));
}

#[test]
fn files_beside_the_numbers_start_at_the_settings_folder() {
    let report = "[report]\nevents = \"e.csv\"\noutside = [\"s.csv\", \"/srv/t.csv\"]\n";
    let beside = parsed(report).unwrap().beside;
    assert_eq!(beside.events.as_deref(), Some(Path::new("/etc/polso/e.csv")));
    assert_eq!(beside.outside, [Path::new("/etc/polso/s.csv"), Path::new("/srv/t.csv")]);
    assert_eq!(beside.actions, None);
}
