//! Lineups of the bundled model with a copy of it that reads Finnish only.

use super::*;
use crate::{BUNDLED, Bundle, Classifier, Config, Lang, Text};
use std::path::Path;
use tempfile::TempDir;

/// A copy of the bundled model under another name, with its card changed.
fn copy(change: impl Fn(&str) -> String) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let bundled = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models")).join(BUNDLED);
    for file in std::fs::read_dir(bundled).unwrap() {
        let path = file.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let card = folder.path().join("card.toml");
    let text = std::fs::read_to_string(&card).unwrap();
    std::io::Write::write_all(&mut std::fs::File::create(&card).unwrap(), change(&text).as_bytes()).unwrap();
    folder
}

/// The copy reads Finnish moods five times as modestly, so that it can be told apart.
fn finnish(text: &str) -> String {
    let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
    let moods = text.find("[sentiment]").unwrap();
    let temperature = text[moods..].lines().find(|line| line.starts_with("temperature")).unwrap();
    let changed = text.replacen(&line("id = "), "id = \"copy\"", 1);
    let changed = changed.replacen(&line("languages = "), "languages = [\"fi\"]", 1);
    let modest = changed.replacen(temperature, "temperature = 50.0", 1);
    modest.replace("[sentiment.by_lang.fi]\n", "[sentiment.by_lang.xx]\n")
}

fn name(folder: &TempDir) -> String {
    folder.path().display().to_string()
}

fn classifier(lineup: &Lineup) -> Classifier {
    Classifier::of(lineup, &Bundle::named(lineup.base()).unwrap(), &Config::default()).unwrap()
}

const TEXTS: [Text<'_>; 2] = [
    Text { text: "sono stanca e arrabbiata, nessuno ci ascolta più", lang: Lang::Known("it") },
    Text { text: "olen todella iloinen tästä päivästä", lang: Lang::Known("fi") },
];

#[test]
fn a_head_named_apart_is_read_in_the_languages_of_its_model() {
    let other = copy(finnish);
    let alone = classifier(&Lineup::of(BUNDLED)).hear(&TEXTS).unwrap();
    let lineup = Lineup::of(BUNDLED).with(Head::Sentiment, name(&other));
    let mut both = classifier(&lineup);
    assert_eq!(both.id(), format!("{BUNDLED};sentiment=copy[fi]"));
    let heard = both.hear(&TEXTS).unwrap();
    assert_eq!(heard[0], alone[0]);
    let (own, base) = (heard[1].reading.unwrap(), alone[1].reading.unwrap());
    assert!(own.sentiment.positive() < base.sentiment.positive() - 0.1, "{own:?} {base:?}");
    assert_eq!((own.emotions, own.needs_checking), (base.emotions, base.needs_checking));
    assert_eq!(heard[1].vector, alone[1].vector);
}

#[test]
fn what_is_counted_at_one_threshold_is_left_empty_elsewhere() {
    let other = copy(finnish);
    let lineup = Lineup::of(BUNDLED).with(Head::NeedsChecking, name(&other)).with(Head::Emotions, name(&other));
    let heard = classifier(&lineup).hear(&TEXTS).unwrap();
    let [italian, finnish] = [0, 1].map(|at| heard[at].reading.unwrap());
    assert!(italian.needs_checking.is_none() && finnish.needs_checking.is_some());
    assert!(italian.emotions.is_some() && finnish.emotions.is_some());
}

#[test]
fn a_model_that_reads_everything_has_no_brackets_and_the_same_twice_is_one() {
    let other = copy(|text| text.replacen(&format!("id = \"{BUNDLED}\""), "id = \"copy\"", 1));
    let lineup = Lineup::of(BUNDLED).with(Head::Question, name(&other));
    assert_eq!(lineup.id().unwrap(), format!("{BUNDLED};question=copy"));
    assert_eq!(lineup.with(Head::Question, BUNDLED), Lineup::of(BUNDLED));
}

#[test]
fn a_head_that_is_not_there_is_told() {
    let cut = |table: &'static str| {
        move |text: &str| {
            let start = text.find(table).unwrap();
            let end = text[start + 1..].find("\n[").map_or(text.len(), |at| start + 1 + at);
            format!("{}{}", &text[..start], &text[end..])
        }
    };
    let (quiet, moodless) = (copy(cut("[question]")), copy(cut("[needs_checking]")));
    let lineup = Lineup::of(BUNDLED).with(Head::Question, name(&quiet));
    assert!(matches!(lineup.check(), Err(Error::Headless { head: Head::Question, .. })));
    assert!(matches!(Lineup::of(name(&moodless)).check(), Err(Error::Headless { head: Head::NeedsChecking, .. })));
    assert!(Lineup::of(name(&moodless)).with(Head::NeedsChecking, BUNDLED).check().is_ok());
}

#[test]
fn labelled_posts_of_one_model_never_speak_for_another() {
    let rows = |lineup: &Lineup| lineup.validation().unwrap().map(|validation| validation.rows().to_vec());
    let base = rows(&Lineup::of(BUNDLED)).unwrap();
    // The copy brings the base's own rows, of which Finnish has enough or not.
    let other = copy(finnish);
    let enough = base.iter().filter(|row| row.lang == "fi").count() >= ENOUGH;
    let both = rows(&Lineup::of(BUNDLED).with(Head::Sentiment, name(&other)));
    assert_eq!(both.map(|rows| rows.len()), enough.then_some(base.len()));
    // One that brings none has none, even where the base would have some.
    let unlabelled = copy(|text| {
        let line = text.lines().find(|line| line.starts_with("validation_sha256")).unwrap();
        finnish(text).replacen(line, "", 1)
    });
    assert_eq!(rows(&Lineup::of(BUNDLED).with(Head::Sentiment, name(&unlabelled))), None);
    // Who reads another head changes nothing.
    assert_eq!(rows(&Lineup::of(BUNDLED).with(Head::Question, name(&unlabelled))), Some(base));
}
