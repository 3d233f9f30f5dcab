//! The promises of the crate head, with the bundled model.

use super::*;
use proptest::prelude::*;

fn classifier(threads: usize, batch_tokens: usize) -> Classifier {
    let config = Config {
        threads: NonZeroUsize::new(threads).unwrap(),
        batch_tokens,
        cache_texts: NonZeroUsize::new(100).unwrap(),
        ..Config::default()
    };
    Classifier::new(&Bundle::bundled().unwrap(), &config).unwrap()
}

fn hear(classifier: &mut Classifier, texts: &[&str]) -> Vec<Heard> {
    let texts: Vec<Text<'_>> = texts.iter().map(|text| Text { text, lang: Lang::Hinted(None) }).collect();
    classifier.hear(&texts).unwrap()
}

const TEXTS: [&str; 8] = [
    "che bello il sole di questa mattina, grazie a tutti i medici",
    "sono stanca e arrabbiata, nessuno ci ascolta più",
    "I am so happy that we can meet again",
    "this is a disgrace, shame on all of you, I hate it",
    "olen todella iloinen tästä päivästä",
    "il comune apre lo sportello alle nove",
    "please stay at home and wash your hands",
    "pysykää kotona ja peskää kädet usein",
];

#[test]
fn what_is_heard_does_not_depend_on_the_neighbours() {
    let together = hear(&mut classifier(2, 4_096), &TEXTS);
    let mut alone = classifier(1, 1);
    for (text, heard) in TEXTS.iter().zip(&together) {
        assert_eq!(&hear(&mut alone, &[text])[0], heard, "{text}");
    }
    let mut reversed = TEXTS;
    reversed.reverse();
    let mut backwards = hear(&mut classifier(1, 64), &reversed);
    backwards.reverse();
    assert_eq!(backwards, together);
}

#[test]
fn moods_point_the_right_way() {
    let heard = hear(&mut classifier(1, 2_048), &TEXTS);
    let balance = |index: usize| {
        let mood = heard[index].reading.unwrap().sentiment;
        mood.positive() - mood.negative()
    };
    assert!(balance(0) > balance(1) + 0.1, "{heard:?}");
    assert!(balance(2) > balance(3) + 0.5, "{heard:?}");
}

#[test]
fn copies_are_read_once_and_all_answered() {
    let mut classifier = classifier(1, 2_048);
    let first = hear(
        &mut classifier,
        &[TEXTS[0], "RT @anna: CHE bello il sole di questa mattina, grazie a tutti i medici", TEXTS[1]],
    );
    assert_eq!(first[0], first[1]);
    assert_eq!(classifier.cache.len(), 2);
    assert_eq!(hear(&mut classifier, &[TEXTS[1], TEXTS[0]]), [first[2].clone(), first[0].clone()]);
}

/// What is behind the door of a platform on any day, with the reason for which it has no reading.
fn strange() -> Vec<(String, Option<Unscored>)> {
    let sentence = "una giornata lunga e triste, nessuno ci ascolta più. ";
    let (unread, foreign) = (Some(Unscored::TooShort), Some(Unscored::UnsupportedLanguage));
    [
        (String::new(), unread),
        (" \u{200b}\u{feff}\u{202e} \n".to_owned(), unread),
        ("😷😷 👍🏽 👩🏽\u{200d}⚕\u{fe0f} 🏻".to_owned(), unread),
        ("https://example.org/a".to_owned(), unread),
        ("@user @user 12 %".to_owned(), unread),
        (sentence.repeat(200), None),
        ("una giornata lunga e triste".replace(' ', "\u{200b} \u{2060}"), None),
        ("stasera restiamo tutti a casa, дома, στο σπίτι, 家で".to_owned(), None),
        ("ჩვენ სახლში ვრჩებით დღეს".to_owned(), foreign),
        ("stanna hemma och tvätta händerna ofta, var snäll".to_owned(), foreign),
        ("مرحبا بالجميع من البيت".to_owned(), foreign),
    ]
    .into()
}

#[test]
fn what_cannot_be_read_says_why_and_the_rest_is_read() {
    let strange = strange();
    assert!(strange[5].0.chars().count() > 10_000);
    let texts: Vec<&str> = strange.iter().map(|(text, _)| text.as_str()).collect();
    let heard = hear(&mut classifier(1, 2_048), &texts);
    for (heard, (text, reason)) in heard.iter().zip(&strange) {
        assert_eq!(heard.reading.err(), *reason, "{text:.60} {heard:?}");
    }
    assert!(heard[5].reading.unwrap().truncated);
}

#[test]
fn strange_texts_get_the_same_answer_on_every_run_and_in_any_batch() {
    let mut texts: Vec<String> = strange().into_iter().map(|(text, _)| text).collect();
    texts.push("a".repeat(10_000));
    texts.push("mixed слова und 言葉 e\u{301}\u{301}\u{301} كلمات".to_owned());
    texts.extend(TEXTS.map(str::to_owned));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let together = hear(&mut classifier(2, 4_096), &texts);
    assert_eq!(hear(&mut classifier(1, 300), &texts), together);
    let mut alone = classifier(1, 1);
    for (text, heard) in texts.iter().zip(&together) {
        assert_eq!(&hear(&mut alone, &[text])[0], heard, "{text:.60}");
    }
}

/// A copy of the bundled model that may be spoilt.
fn copied() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models");
    for file in std::fs::read_dir(std::path::Path::new(bundled).join(crate::BUNDLED)).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    folder
}

fn put(path: &std::path::Path, bytes: &[u8]) {
    std::fs::File::create(path).and_then(|mut file| std::io::Write::write_all(&mut file, bytes)).unwrap();
}

#[test]
fn a_damaged_file_is_refused_with_both_hashes() {
    let folder = copied();
    assert!(Bundle::load(folder.path()).is_ok());
    let card = Bundle::card_of(&folder.path().display().to_string()).unwrap();
    for file in crate::bundle::files(&card) {
        let path = folder.path().join(file);
        let whole = std::fs::read(&path).unwrap();
        let mut bytes = whole.clone();
        bytes[whole.len() / 2] ^= 1;
        put(&path, &bytes);
        let said = Bundle::load(folder.path()).map(drop).unwrap_err().to_string();
        let hash = crate::bundle::hash(&card, file).unwrap();
        let found = crate::bundle::sha256(&bytes);
        assert!(said.contains(file) && said.contains(hash) && said.contains(&found), "{said}");
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(Bundle::load(folder.path()), Err(Error::Io { .. })), "{file}");
        put(&path, &whole);
    }
}

#[test]
fn a_file_that_the_card_means_but_nobody_can_read_is_refused() {
    let folder = copied();
    let card_path = folder.path().join("card.toml");
    let text = std::fs::read_to_string(&card_path).unwrap();
    let card = Bundle::card_of(&folder.path().display().to_string()).unwrap();
    // How claims are found is read by whoever matches them, not here.
    for file in crate::bundle::files(&card).filter(|file| *file != "claims.toml") {
        let path = folder.path().join(file);
        let whole = std::fs::read(&path).unwrap();
        put(&path, b"nothing of the kind");
        let (old, new) = (crate::bundle::hash(&card, file).unwrap(), crate::bundle::sha256(b"nothing of the kind"));
        put(&card_path, text.replace(old, &new).as_bytes());
        let loaded = Bundle::load(folder.path()).and_then(|bundle| crate::RtenEngine::load(&bundle).map(drop));
        let refused = matches!(loaded, Err(Error::Network { .. } | Error::Tokenizer { .. } | Error::Validation { .. }));
        assert!(refused, "{file} {loaded:?}");
        put(&path, &whole);
    }
}

#[test]
fn the_bundled_model_answers_its_probes() {
    let mut classifier = classifier(1, 2_048);
    let answers = classifier.probe().unwrap();
    assert!(!answers.is_empty());
    for answer in answers {
        answer.unwrap();
    }
}

#[test]
fn heads_that_the_card_has_are_heard_and_others_are_not() {
    let mut classifier = classifier(1, 2_048);
    let heard = hear(&mut classifier, &TEXTS);
    let heads = classifier.card().heads();
    for heard in heard {
        let reading = heard.reading.unwrap();
        let found = [
            (Head::NeedsChecking, reading.needs_checking.is_some()),
            (Head::Emotions, reading.emotions.is_some()),
            (Head::Question, reading.question.is_some()),
            (Head::Vector, heard.vector.is_some()),
        ];
        for (head, is_there) in found {
            assert_eq!(is_there, heads.contains(&head), "{head}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_text_crashes_the_reader(texts in prop::collection::vec("\\PC{0,80}", 1..6)) {
        let mut classifier = classifier(1, 256);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let heard = hear(&mut classifier, &texts);
        prop_assert_eq!(heard.len(), texts.len());
    }
}
