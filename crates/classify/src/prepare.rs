//! From a text to tokens, or to the reason why the model is not asked.

use crate::{Bundle, Card, Error, Lang, Languages, normalize};
use polso_domain::{Heard, TextKey, Unscored};
use tokenizers::Tokenizer;

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

/// Everything but the network.
pub(crate) struct Preparer {
    pub(crate) card: Card,
    tokenizer: Tokenizer,
    languages: Languages,
}

/// A text on its way to the model.
pub(crate) struct Prepared {
    /// What is known so far; `Failed` until the model has answered.
    pub(crate) heard: Heard,
    /// Empty when the model is not asked.
    pub(crate) tokens: Vec<u32>,
    pub(crate) truncated: bool,
}

impl Preparer {
    pub(crate) fn new(bundle: &Bundle, min_lang_confidence: f64) -> Result<Self, Error> {
        let card = bundle.card.clone();
        let languages = Languages::new(&card.id, &card.languages, min_lang_confidence)?;
        Ok(Self { card, tokenizer: bundle.tokenizer.clone(), languages })
    }

    /// Decides whether the model is asked, and with which tokens.
    pub(crate) fn prepare(&self, normalized: &str, identity: &Identity) -> Result<Prepared, Error> {
        let words = normalize::words_only(normalized);
        if words.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
            return Ok(unasked(identity.key, "und".to_owned(), 0.0, Unscored::TooShort));
        }
        let hint = identity.lang.as_deref();
        let language = match hint {
            Some(code) if identity.is_known => self.languages.known(code),
            _ => self.languages.detect(&words, hint),
        };
        if !language.supported {
            return Ok(unasked(identity.key, language.code, language.confidence, Unscored::UnsupportedLanguage));
        }
        let (tokens, truncated) = self.tokens(normalized)?;
        Ok(Prepared {
            tokens,
            truncated,
            ..unasked(identity.key, language.code, language.confidence, Unscored::Failed)
        })
    }

    /// A text as the network takes it, and whether it was longer than that.
    fn tokens(&self, normalized: &str) -> Result<(Vec<u32>, bool), Error> {
        let refused = |source| Error::Tokenizer { model: self.card.id.clone(), source };
        let encoding = self.tokenizer.encode_fast(normalized, true).map_err(refused)?;
        let mut tokens = encoding.get_ids().to_vec();
        let truncated = tokens.len() > self.card.max_tokens;
        if truncated {
            // The last token closes a text for the model; the cut text keeps it.
            let close = tokens.last().copied();
            tokens.truncate(self.card.max_tokens.saturating_sub(1));
            tokens.extend(close);
        }
        Ok((tokens, truncated))
    }
}

fn unasked(text_key: TextKey, lang: String, lang_confidence: f32, reason: Unscored) -> Prepared {
    let heard = Heard { lang, lang_confidence, text_key, reading: Err(reason), vector: None };
    Prepared { heard, tokens: Vec::new(), truncated: false }
}

#[cfg(test)]
mod tests;
