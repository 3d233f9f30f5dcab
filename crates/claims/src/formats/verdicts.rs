//! What the words of a verdict mean, in any language, by a table that a person can edit.
//!
//! A phrase is looked up whole: in lower case, without accents, punctuation as spaces (a question mark stays: `True?` is no
//! verdict). If it is not known, what stands before its first mark of punctuation is looked up (`Falso: il video è del
//! 2015`), except that nothing becomes true or mostly true that way (`True, but not here`): a wrong fact in the library
//! is worse than an unread verdict. Nothing is looked for inside a sentence, so `not true` is not true.

use super::FormatError;
use polso_domain::Verdict;
use serde::Deserialize;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The table that polso brings, `config/verdicts.toml`.
pub const VERDICTS: &str = include_str!("../../../../config/verdicts.toml");

/// Words and what they mean.
#[derive(Debug, Clone)]
pub struct Verdicts {
    words: HashMap<String, Verdict>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Table {
    r#true: Words,
    mostly_true: Words,
    mixed: Words,
    mostly_false: Words,
    r#false: Words,
    unproven: Words,
    satire: Words,
}

impl Verdicts {
    /// Reads tables `[false]` with `words = ["falso", …]`, one for each verdict.
    pub fn parse(toml: &str) -> Result<Self, FormatError> {
        let wrong = |source| FormatError::Table { table: "verdicts", source: Box::new(source) };
        let table: Table = toml::from_str(toml).map_err(wrong)?;
        let all = [
            (Verdict::True, table.r#true),
            (Verdict::MostlyTrue, table.mostly_true),
            (Verdict::Mixed, table.mixed),
            (Verdict::MostlyFalse, table.mostly_false),
            (Verdict::False, table.r#false),
            (Verdict::Unproven, table.unproven),
            (Verdict::Satire, table.satire),
        ];
        let mut verdicts = Self { words: HashMap::new() };
        for (verdict, Words { words }) in all {
            for word in words {
                verdicts.add(&word, &verdict)?;
            }
        }
        Ok(verdicts)
    }

    fn add(&mut self, word: &str, verdict: &Verdict) -> Result<(), FormatError> {
        let folded = fold(word);
        if !folded.chars().any(char::is_alphanumeric) {
            return Err(FormatError::NoWord { word: word.to_owned() });
        }
        match self.words.insert(folded.clone(), verdict.clone()) {
            Some(before) if before != *verdict => {
                let (first, second) = (before.as_str().to_owned(), verdict.as_str().to_owned());
                Err(FormatError::TwoVerdicts { word: folded, first, second })
            }
            _ => Ok(()),
        }
    }

    /// What a phrase means; `None` when the table does not say.
    pub fn read(&self, phrase: &str) -> Option<Verdict> {
        let beginning = || {
            let verdict = self.words.get(&fold(head(phrase)?))?;
            (!matches!(verdict, Verdict::True | Verdict::MostlyTrue)).then_some(verdict)
        };
        self.words.get(&fold(phrase)).or_else(beginning).cloned()
    }
}

/// What stands before the first mark that ends or interrupts a sentence. A hyphen inside a word is none, and neither is a
/// slash: `false/true` is not false.
fn head(phrase: &str) -> Option<&str> {
    let marks = [":", ".", ",", ";", "!", "(", "|", "–", "—", " - ", "\n"];
    let end = marks.iter().filter_map(|mark| phrase.find(mark)).min()?;
    Some(&phrase[..end])
}

/// As phrases are compared.
fn fold(phrase: &str) -> String {
    let mut folded = String::with_capacity(phrase.len());
    for c in phrase.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            // An apostrophe joins, so that `doesn't` and `doesn’t` are one word.
            '\'' | '’' => {}
            '?' => folded.push_str(" ? "),
            c if c.is_alphanumeric() && !is_combining_mark(c) => folded.push(c),
            _ => folded.push(' '),
        }
    }
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ")
}

/// A verdict as a number on a scale whose ends are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rating {
    pub(crate) value: f64,
    pub(crate) worst: f64,
    pub(crate) best: f64,
}

impl Rating {
    /// The five steps of Google's scale (1 false, 2 mostly false, 3 half true, 4 mostly true, 5 true), whatever numbers the
    /// ends have; `None` for a number that is not on the scale.
    pub(crate) fn verdict(self) -> Option<Verdict> {
        let span = self.best - self.worst;
        let share = (self.value - self.worst) / span;
        if !(span > 0.0 && (0.0..=1.0).contains(&share)) {
            return None;
        }
        let steps = [
            (0.125, Verdict::False),
            (0.375, Verdict::MostlyFalse),
            (0.625, Verdict::Mixed),
            (0.875, Verdict::MostlyTrue),
        ];
        let step = steps.into_iter().find(|(below, _)| share < *below);
        Some(step.map_or(Verdict::True, |(_, verdict)| verdict))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(phrase: &str) -> Option<Verdict> {
        Verdicts::parse(VERDICTS).unwrap().read(phrase)
    }

    #[test]
    fn words_of_many_languages_are_read() {
        for (word, expected) in [
            ("FALSO!", Verdict::False),
            ("Falso: il video è del 2015", Verdict::False),
            ("Notizia falsa", Verdict::False),
            ("Pants on Fire!", Verdict::False),
            ("Väärä", Verdict::False),
            ("Falskt", Verdict::False),
            ("Fałsz", Verdict::False),
            ("Falsch", Verdict::False),
            ("Faux", Verdict::False),
            ("Not true", Verdict::False),
            ("Fuori contesto", Verdict::Mixed),
            ("Half-True", Verdict::Mixed),
            ("Trompeur", Verdict::Mixed),
            ("Engañoso", Verdict::Mixed),
            ("Mostly  False", Verdict::MostlyFalse),
            ("Mostly true", Verdict::MostlyTrue),
            ("Vero", Verdict::True),
            ("Totta", Verdict::True),
            ("Senza prove", Verdict::Unproven),
            ("Satira", Verdict::Satire),
        ] {
            assert_eq!(read(word), Some(expected), "{word}");
        }
    }

    #[test]
    fn nothing_is_guessed_from_inside_a_sentence() {
        for phrase in [
            "True?",
            "Vrai ou faux ?",
            "True, but it misses the point",
            "Vero: ma solo in parte",
            "it is far from true",
            "nobody knows whether it is false",
            "false/true",
            "Valse bewering",
            "4",
            "",
        ] {
            assert_eq!(read(phrase), None, "{phrase}");
        }
    }

    #[test]
    fn our_own_words_are_in_the_table() {
        for word in ["true", "mostly_true", "mixed", "mostly_false", "false", "unproven", "satire"] {
            assert_eq!(read(word), Some(Verdict::named(word)));
        }
    }

    #[test]
    fn a_bad_table_says_why() {
        let wrong = |toml: &str| Verdicts::parse(toml).unwrap_err();
        let twice = wrong("[true]\nwords = [\"Sì\"]\n[false]\nwords = [\"si\"]").to_string();
        assert_eq!(twice, "the word `si` stands under `true` and under `false`");
        assert!(wrong("[false]\nwords = [\"!\"]").to_string().contains("`!`"));
        assert!(wrong("[fake]\nwords = []").hint().contains("config/verdicts.toml"));
        assert!(Verdicts::parse("[false]\nwords = [\"no\", \"No!\"]").is_ok());
    }

    #[test]
    fn numbers_are_steps_between_the_ends() {
        let of = |value, worst, best| Rating { value, worst, best }.verdict();
        assert_eq!(of(1.0, 1.0, 5.0), Some(Verdict::False));
        assert_eq!(of(2.0, 1.0, 5.0), Some(Verdict::MostlyFalse));
        assert_eq!(of(3.0, 1.0, 5.0), Some(Verdict::Mixed));
        assert_eq!(of(4.0, 1.0, 5.0), Some(Verdict::MostlyTrue));
        assert_eq!(of(100.0, 0.0, 100.0), Some(Verdict::True));
        for (value, worst, best) in
            [(0.0, 1.0, 5.0), (6.0, 1.0, 5.0), (3.0, 5.0, 1.0), (1.0, 1.0, 1.0), (f64::NAN, 1.0, 5.0)]
        {
            assert_eq!(of(value, worst, best), None);
        }
    }
}
