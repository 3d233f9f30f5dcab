//! From a text to what is known of it before a model is asked, or to the reason why none is.

use crate::answer::Answer;
use crate::{Error, Lang, Languages, normalize};
use polso_domain::{TextKey, Unscored};

/// Fewer letters than this are no words.
const MIN_LETTERS: usize = 3;

/// What equal texts share: their fingerprint and what is known of their language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    key: TextKey,
    lang: Option<String>,
    is_known: bool,
}

impl Identity {
    pub(crate) fn of(key: TextKey, lang: Lang<'_>) -> Self {
        let (lang, is_known) = match lang {
            Lang::Hinted(hint) => (hint, false),
            Lang::Known(code) => (Some(code), true),
        };
        Self { key, lang: lang.map(str::to_owned), is_known }
    }
}

/// Everything that is known of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Detected language as an ISO 639-1 code; `und` when it cannot be told.
    pub lang: String,
    /// How sure the detector is, 0 to 1.
    pub lang_confidence: f32,
    /// Fingerprint of the normalised text.
    pub text_key: TextKey,
    /// What the models say, or why there is nothing.
    pub answer: Result<Answer, Unscored>,
}

/// Everything but the models.
pub(crate) struct Preparer {
    languages: Languages,
}

impl Preparer {
    /// `supported` are the languages in which the models answer what they are there for.
    pub(crate) fn new(model: &str, supported: &[String], min_lang_confidence: f64) -> Result<Self, Error> {
        Ok(Self { languages: Languages::new(model, supported, min_lang_confidence)? })
    }

    /// Decides whether the models are asked: then the answer is empty, and theirs to fill.
    pub(crate) fn prepare(&self, normalized: &str, identity: &Identity) -> Said {
        let said =
            |lang: String, lang_confidence, answer| Said { lang, lang_confidence, text_key: identity.key, answer };
        let words = normalize::words_only(normalized);
        if words.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
            return said("und".to_owned(), 0.0, Err(Unscored::TooShort));
        }
        let hint = identity.lang.as_deref();
        let language = match hint {
            Some(code) if identity.is_known => self.languages.known(code),
            _ => self.languages.detect(&words, hint),
        };
        let answer = if language.supported { Ok(Answer::default()) } else { Err(Unscored::UnsupportedLanguage) };
        said(language.code, language.confidence, answer)
    }
}
