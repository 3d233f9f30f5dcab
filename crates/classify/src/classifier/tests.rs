//! The promises of the crate head, with the bundled model.

use super::*;
use proptest::prelude::*;

fn classifier(threads: usize, batch_tokens: usize) -> Classifier {
    let config = Config {
        threads: NonZeroUsize::new(threads).unwrap(),
        batch_tokens,
        min_lang_confidence: 0.4,
        cache_texts: NonZeroUsize::new(100).unwrap(),
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

#[test]
fn what_cannot_be_read_says_why() {
    let long = "una giornata lunga e triste ".repeat(400);
    let heard = hear(
        &mut classifier(1, 2_048),
        &["", "😷😷", "https://example.org/a", "@user @user", "ჩვენ სახლში ვრჩებით დღეს", &long],
    );
    for text in &heard[..4] {
        assert_eq!(text.reading, Err(Unscored::TooShort));
    }
    assert_eq!(heard[4].reading, Err(Unscored::UnsupportedLanguage));
    assert!(heard[5].reading.unwrap().truncated);
}

#[test]
fn a_damaged_bundle_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let bundled = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/polso-mini-1"));
    for file in ["model.onnx", "tokenizer.json", "card.toml"] {
        std::fs::copy(bundled.join(file), folder.path().join(file)).unwrap();
    }
    assert!(Bundle::load(folder.path()).is_ok());
    let network = folder.path().join("model.onnx");
    let mut bytes = std::fs::read(&network).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::File::create(&network).and_then(|mut file| std::io::Write::write_all(&mut file, &bytes)).unwrap();
    assert!(matches!(Bundle::load(folder.path()), Err(Error::Mismatch { file: "model.onnx", .. })));
    std::fs::remove_file(&network).unwrap();
    assert!(matches!(Bundle::load(folder.path()), Err(Error::Io { .. })));
}

#[test]
fn the_bundled_model_answers_its_probes() {
    let bundle = Bundle::bundled().unwrap();
    let mut classifier = classifier(1, 2_048);
    assert!(!bundle.card().probes.is_empty());
    for probe in &bundle.card().probes {
        let reading = hear(&mut classifier, &[&probe.text])[0].reading.unwrap();
        let expected = [probe.negative, probe.neutral, probe.positive, probe.needs_checking];
        let mood = reading.sentiment;
        let found = [mood.negative(), mood.neutral(), mood.positive(), reading.needs_checking.unwrap()];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.02, "{found} is not {expected}");
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
