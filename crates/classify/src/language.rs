//! Which language a text is in, told from the text; the platform's own tag is a hint, wrong about one time in four.

use crate::Error;
use lingua::{IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder};

/// Tells languages apart and knows which of them the model reads.
pub struct Languages {
    detector: LanguageDetector,
    supported: Vec<Language>,
    min_confidence: f64,
}

/// A language with how sure the detector is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Detected {
    /// ISO 639-1 code, `und` when no language is likely enough.
    pub(crate) code: String,
    /// 0 to 1; of the best guess even when that is not good enough.
    pub(crate) confidence: f32,
    /// Whether the model reads it.
    pub(crate) supported: bool,
}

/// A tag is believed when the text itself speaks for it at least this much.
const HINT_FLOOR: f64 = 0.2;

/// More words than fit here tell nothing new and cost time.
const ENOUGH_BYTES: usize = 160;

impl Languages {
    /// A detector for all languages compiled in. `supported` are the codes the model reads; a text needs
    /// `min_confidence` (0 to 1) to count as being in one.
    pub fn new(model: &str, supported: &[String], min_confidence: f64) -> Result<Self, Error> {
        let detector = LanguageDetectorBuilder::from_all_languages().build();
        let known = Language::all();
        let find = |lang: &String| {
            let code = known.iter().find(|language| code_of(**language) == *lang).copied();
            code.ok_or_else(|| Error::Language { model: model.to_owned(), lang: lang.clone() })
        };
        let supported = supported.iter().map(find).collect::<Result<_, _>>()?;
        Ok(Self { detector, supported, min_confidence })
    }

    /// The languages that can be told apart.
    pub fn codes() -> Vec<String> {
        let mut codes: Vec<String> = Language::all().into_iter().map(code_of).collect();
        codes.sort_unstable();
        codes
    }

    /// Whether a language can be told from others.
    pub fn knows(code: &str) -> bool {
        Self::codes().iter().any(|known| known == code)
    }

    /// The language of some words. The hint decides between languages the text leaves open.
    pub(crate) fn detect(&self, words: &str, hint: Option<&str>) -> Detected {
        let enough = words.char_indices().find(|(at, c)| *at >= ENOUGH_BYTES && c.is_whitespace());
        let words = enough.map_or(words, |(end, _)| &words[..end]);
        let ranked = self.detector.compute_language_confidence_values(words);
        let Some(&(best, confidence)) = ranked.first() else { return undecided(0.0) };
        if confidence >= self.min_confidence {
            return self.found(best, confidence);
        }
        let hint = hint.map(|hint| hint.get(..2).unwrap_or(hint).to_ascii_lowercase());
        let hinted = ranked
            .iter()
            .find(|(language, value)| *value >= HINT_FLOOR && hint.as_deref() == Some(&code_of(*language)));
        hinted.map_or_else(|| undecided(confidence), |(language, value)| self.found(*language, *value))
    }

    /// A language that needs no detection.
    pub(crate) fn known(&self, code: &str) -> Detected {
        let supported = self.supported.iter().any(|language| code_of(*language) == code);
        Detected { code: code.to_owned(), confidence: 1.0, supported }
    }

    fn found(&self, language: Language, confidence: f64) -> Detected {
        Detected {
            code: code_of(language),
            confidence: narrow(confidence),
            supported: self.supported.contains(&language),
        }
    }
}

fn undecided(confidence: f64) -> Detected {
    Detected { code: "und".to_owned(), confidence: narrow(confidence), supported: false }
}

fn code_of(language: Language) -> String {
    let code: IsoCode639_1 = language.iso_code_639_1();
    code.to_string()
}

#[expect(clippy::cast_possible_truncation, reason = "a probability loses nothing that matters")]
fn narrow(confidence: f64) -> f32 {
    confidence as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages() -> Languages {
        let codes: Vec<String> = ["it", "en", "fi"].iter().map(ToString::to_string).collect();
        Languages::new("m", &codes, 0.4).unwrap()
    }

    #[test]
    fn short_texts_of_each_language_are_told_apart() {
        let languages = languages();
        for (text, code, supported) in [
            ("io resto a casa e leggo un libro", "it", true),
            ("please stay at home everyone", "en", true),
            ("pysykää kotona ja peskää kädet", "fi", true),
            ("bitte bleibt alle zu Hause", "de", false),
            ("stanna hemma och tvätta händerna", "sv", false),
            ("s'il vous plaît restez à la maison", "fr", false),
            ("hoy no hay nadie en las calles de mi pueblo", "es", false),
            ("por favor fiquem em casa, não saiam", "pt", false),
        ] {
            let found = languages.detect(text, None);
            assert_eq!((found.code.as_str(), found.supported), (code, supported), "{text} {found:?}");
        }
    }

    #[test]
    fn a_wrong_tag_does_not_win_over_the_text() {
        assert_eq!(languages().detect("io resto a casa e leggo un libro", Some("en")).code, "it");
    }

    #[test]
    fn nothing_is_guessed_from_nothing() {
        let found = languages().detect("12 %", None);
        assert_eq!((found.code.as_str(), found.supported), ("und", false));
    }

    #[test]
    fn a_language_nobody_can_tell_is_refused_at_the_start() {
        assert!(matches!(Languages::new("m", &["xx".to_owned()], 0.4), Err(Error::Language { .. })));
    }
}
