//! From a normalised text to the ids that a network takes.

use crate::{Bundle, Error};
use tokenizers::Tokenizer;

/// A text as a network takes it.
pub(crate) struct Tokens {
    pub(crate) ids: Vec<u32>,
    /// It was longer than that.
    pub(crate) truncated: bool,
}

/// Cuts texts into pieces as one model knows them.
pub(crate) struct Cutter {
    model: String,
    max_tokens: usize,
    tokenizer: Tokenizer,
}

impl Cutter {
    pub(crate) fn new(bundle: &Bundle) -> Self {
        let card = &bundle.card;
        Self { model: card.id.clone(), max_tokens: card.max_tokens, tokenizer: bundle.tokenizer.clone() }
    }

    /// The ids of a text, at most as many as the model reads.
    pub(crate) fn tokens(&self, normalized: &str) -> Result<Tokens, Error> {
        let refused = |source| Error::Tokenizer { model: self.model.clone(), source };
        let encoding = self.tokenizer.encode_fast(normalized, true).map_err(refused)?;
        let mut ids = encoding.get_ids().to_vec();
        let truncated = ids.len() > self.max_tokens;
        if truncated {
            // The last token closes a text for the model; the cut text keeps it.
            let close = ids.last().copied();
            ids.truncate(self.max_tokens.saturating_sub(1));
            ids.extend(close);
        }
        Ok(Tokens { ids, truncated })
    }
}

#[cfg(test)]
mod tests;
