//! Words that tell how a text stands to what it speaks of: negations, words that call something false, questions.
//!
//! A model's vector says little about a "not"; these say it in so many words. They are lists, so that whoever reads the
//! language can mend them.
//!
//! Invariants
//! * A pattern is lowercase words, the last of which may end in `*` for any ending; apostrophes and hyphens part words.
//! * A language without lists has no cues but signs.

mod lists;

use lists::{Lists, Patterns};

/// What is counted in a text, in order; the first columns of a feature file of stance.
pub const CUES: [&str; 11] = [
    "negation",
    "debunks",
    "denial_first",
    "agrees",
    "agrees_first",
    "question_mark",
    "question_first",
    "asks_whether",
    "exclamation",
    "link",
    "length",
];

/// Values of [`CUES`]: 0 or 1, but for the length.
pub type Cues = [f32; CUES.len()];

/// Where the first words of a text end.
const FIRST_WORDS: usize = 4;

/// The cues of a text in a language.
pub fn cues(text: &str, lang: &str) -> Cues {
    let lists = Lists::of(lang);
    let words = Words::of(text);
    let said = |yes: bool| f32::from(u8::from(yes));
    [
        said(words.hold(&lists.negation)),
        said(words.hold(&lists.debunks)),
        said(words.begin_with(&lists.denial_first)),
        said(words.hold(&lists.agrees)),
        said(words.begin_with(&lists.agrees)),
        said(text.contains('?')),
        said(words.begin_with(&lists.question_first)),
        said(words.hold(&lists.asks_whether)),
        said(text.contains('!')),
        said(text.contains("http") || text.contains("[profile]")),
        (1.0 + words.0.len() as f32).ln() / 4.0,
    ]
}

/// Whether a text holds a negation, and whether it calls something false.
pub(crate) fn negated_and_debunks(cues: &Cues) -> (bool, bool) {
    (cues[0] > 0.0, cues[1] > 0.0)
}

/// A text as the lists see it.
struct Words(Vec<String>);

impl Words {
    /// Lowercase words without accounts and links.
    fn of(text: &str) -> Self {
        let standin = |word: &&str| !(word.starts_with('@') || word.contains("://") || word.starts_with('['));
        let parts = text.split_whitespace().filter(standin).flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
        Self(parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect())
    }

    fn hold(&self, patterns: &Patterns) -> bool {
        (0..self.0.len()).any(|start| patterns.iter().any(|pattern| self.holds_at(start, pattern)))
    }

    fn begin_with(&self, patterns: &Patterns) -> bool {
        (0..self.0.len().min(FIRST_WORDS)).any(|start| patterns.iter().any(|pattern| self.holds_at(start, pattern)))
    }

    fn holds_at(&self, start: usize, pattern: &[&str]) -> bool {
        let mut rest = self.0[start..].iter();
        pattern.iter().all(|wanted| {
            rest.next().is_some_and(|word| match wanted.strip_suffix('*') {
                Some(beginning) => word.starts_with(beginning),
                None => word == wanted,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, lang: &str) -> Vec<&'static str> {
        let names = CUES.into_iter().zip(cues(text, lang));
        names.filter(|(name, value)| *name != "length" && *value > 0.0).map(|(name, _)| name).collect()
    }

    #[test]
    fn each_language_says_no_in_its_own_way() {
        for (lang, text) in [
            ("it", "L'acqua calda non guarisce"),
            ("en", "Hot water doesn’t cure it"),
            ("fi", "Kuuma vesi ei paranna"),
            ("de", "Heißes Wasser heilt nicht"),
            ("fr", "L'eau chaude ne guérit pas"),
            ("es", "El agua caliente no cura"),
            ("pt", "A água quente não cura"),
        ] {
            let told = told(text, lang);
            assert!(told.contains(&"negation") && !told.contains(&"debunks"), "{lang} {told:?}");
        }
    }

    #[test]
    fn hoaxes_are_called_so_and_doubts_are_asked() {
        for (lang, text) in [("it", "Ennesima bufala!"), ("en", "Another #hoax!"), ("fi", "Taas yksi huijaus!")] {
            let told = told(text, lang);
            assert!(told.contains(&"debunks") && !told.contains(&"negation"), "{lang} {told:?}");
        }
        for (lang, text) in
            [("it", "Ma è vero che guarisce?"), ("en", "Is it true that it heals?"), ("fi", "Onko totta että paranee?")]
        {
            assert!(told(text, lang).contains(&"asks_whether"), "{lang} {:?}", told(text, lang));
        }
    }

    #[test]
    fn every_list_is_spelt_as_texts_are_read() {
        for lang in ["it", "en", "fi", "de", "fr", "es", "pt", "xx"] {
            let Lists { negation, debunks, denial_first, agrees, question_first, asks_whether } = Lists::of(lang);
            for pattern in [negation, debunks, denial_first, agrees, question_first, asks_whether].into_iter().flatten()
            {
                let bare: Vec<&str> = pattern.iter().map(|word| word.strip_suffix('*').unwrap_or(word)).collect();
                assert_eq!(Words::of(&bare.join(" ")).0, bare, "{lang}");
                assert!(!pattern.is_empty(), "{lang}");
            }
        }
    }

    #[test]
    fn other_languages_have_their_signs() {
        assert_eq!(told("@user что это? https://site.example/a", "ru"), ["question_mark", "link"]);
    }
}
