//! The report's sentences can be read by those whom it is for: a mayor in a hurry, a reader with lower secondary school.
//!
//! Measured are the messages that are whole sentences, section by section, with the formula that was made for the
//! language. Headings, labels and cells of tables are none. A formula sees the length of words and sentences and nothing
//! else: it refuses what is certainly too hard, and does not prove that the rest is easy.

use super::locales;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::collections::BTreeMap;

/// The longest sentence of a language, in words. Words are longer where they take endings and are written together.
fn longest(code: &str) -> usize {
    if code == "fi" { 20 } else { 28 }
}

/// What the formulas count.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    sentences: f64,
    words: f64,
    letters: f64,
    /// Groups of vowels: an approximation, good for English only.
    syllables: f64,
    /// Words of more than six letters.
    long: f64,
}

impl Counts {
    fn of<'a>(texts: impl IntoIterator<Item = &'a String>) -> Self {
        let mut counts = Self::default();
        for sentence in texts.into_iter().flat_map(|text| sentences(text)) {
            counts.sentences += 1.0;
            for word in words(sentence) {
                let letters = word.chars().filter(|c| c.is_alphanumeric()).count() as f64;
                counts.words += 1.0;
                counts.letters += letters;
                counts.syllables += syllables(word) as f64;
                counts.long += f64::from(u8::from(letters > 6.0));
            }
        }
        counts
    }

    /// Gulpease (Lucisano and Piemontese 1988), for Italian. Their readers with lower secondary school read alone from
    /// 60 on, found it difficult from 40 to 60, and did not follow below.
    fn gulpease(&self) -> f64 {
        89.0 + (300.0 * self.sentences - 10.0 * self.letters) / self.words
    }

    /// Reading ease (Flesch 1948), for English. From 60 on it is what he calls standard, from 70 on fairly easy.
    fn flesch(&self) -> f64 {
        206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words
    }

    /// Läsbarhetsindex (Björnsson 1968), for Swedish: the lower, the easier; 40 to 50 is what newspapers have.
    fn lix(&self) -> f64 {
        self.words / self.sentences + 100.0 * self.long / self.words
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/' | '’'));
    pieces.filter(|word| word.chars().any(char::is_alphanumeric))
}

/// Split where a full stop, a question mark or an exclamation mark is followed by a blank or by nothing.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')) {
        let end = i + c.len_utf8();
        if text[end..].chars().next().is_none_or(char::is_whitespace) {
            found.push(&text[start..end]);
            start = end;
        }
    }
    found.push(&text[start..]);
    found.retain(|sentence| words(sentence).next().is_some());
    found
}

/// Groups of vowels; an `e` at the end is silent, but not that of "table".
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let spoken = if word.ends_with("le") { word } else { word.strip_suffix('e').unwrap_or(word) };
    let groups = spoken.split(|c: char| !"aeiouy".contains(c)).filter(|group| !group.is_empty()).count();
    groups.max(1)
}

/// The whole sentences of a file by section (`## …`), every argument filled in with a number.
fn told(source: &str, number: u32) -> BTreeMap<String, Vec<String>> {
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut bundle = FluentBundle::default();
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut args = FluentArgs::new();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for rest in source.split('$').skip(1) {
        args.set(rest.split(|c| !is_name(c)).next().unwrap_or_default().to_owned(), number);
    }
    let mut sections = BTreeMap::<String, Vec<String>>::new();
    let mut section = "";
    for line in source.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title;
        }
        let Some((id, _)) = line.split_once(" =").filter(|(id, _)| !id.starts_with(['#', ' '])) else { continue };
        let pattern = bundle.get_message(id).and_then(|message| message.value());
        let text = pattern.map(|pattern| bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned());
        if let Some(text) = text.filter(|text| text.ends_with(['.', '!', '?']) && words(text).next().is_some()) {
            sections.entry(section.to_owned()).or_default().push(text);
        }
    }
    sections
}

/// Prints what each section reaches with `--nocapture`, and says which ones are too hard.
#[expect(clippy::print_stdout, reason = "whoever writes sentences asks for the levels")]
fn too_hard(code: &str, formula: fn(&Counts) -> f64, is_easy: fn(f64) -> bool) -> Vec<String> {
    let sections = told(&locales()[code], 12);
    assert!(sections.len() > 10 && sections.values().flatten().count() > 60, "{code}.ftl was not read");
    let mut hard = Vec::new();
    for (section, texts) in &sections {
        let level = formula(&Counts::of(texts));
        let line = format!("{code} {level:5.1} {section}");
        println!("{line}");
        if !is_easy(level) {
            hard.push(line);
        }
    }
    println!("{code} {:5.1} all\n", formula(&Counts::of(sections.values().flatten())));
    hard
}

#[test]
fn italian_can_be_read_with_lower_secondary_school() {
    assert_eq!(too_hard("it", Counts::gulpease, |level| level >= 60.0), [""; 0]);
    // One hard message does not hide among easy ones; a short one swings, so it is given some room.
    for text in told(&locales()["it"], 12).values().flatten() {
        let level = Counts::of([text]).gulpease();
        assert!(level >= 50.0, "{level:.1}: {text}");
    }
}

#[test]
fn english_is_plain_english() {
    assert_eq!(too_hard("en", Counts::flesch, |level| level >= 60.0), [""; 0]);
}

#[test]
fn swedish_is_no_harder_than_a_newspaper() {
    assert_eq!(too_hard("sv", Counts::lix, |level| level <= 45.0), [""; 0]);
}

#[test]
fn no_sentence_is_too_long() {
    for (code, source) in locales() {
        // Both forms of what is chosen by number.
        for number in [1, 12] {
            for text in told(&source, number).values().flatten() {
                for sentence in sentences(text) {
                    let n = words(sentence).count();
                    assert!(n <= longest(&code), "{code}, {n} words: {sentence}");
                }
            }
        }
    }
}

#[test]
fn words_are_counted_as_a_person_counts_them() {
    let counts = Counts::of(&["The cat sat on the table. It ate nothing (0.5 grams) else today.".to_owned()]);
    assert_eq!((counts.sentences, counts.words, counts.letters, counts.long), (2.0, 13.0, 47.0, 1.0));
    assert_eq!(syllables("table") + syllables("nothing") + syllables("ate") + syllables("the"), 6);
}

#[test]
fn what_is_hard_is_refused() {
    let law = "Le amministrazioni competenti provvedono all’espletamento delle procedure concorsuali finalizzate \
               all’individuazione dell’affidatario nel rispetto delle disposizioni regolamentari vigenti in materia.";
    assert!(Counts::of(&[law.to_owned()]).gulpease() < 40.0);
    let law = "Notwithstanding the foregoing provisions, competent administrations shall ensure implementation of \
               procedures necessary for identification of beneficiaries.";
    assert!(Counts::of(&[law.to_owned()]).flesch() < 30.0);
}
