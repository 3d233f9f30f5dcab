//! The classifier: a window of texts in, one `Heard` a text out, in order.

use crate::prepare::{Identity, Prepared, Preparer};
use crate::{Bundle, Card, Engine, Error, Outputs, RtenEngine, TokenBatch, batch, calibrate, normalize, pool};
use lru::LruCache;
use polso_domain::{Heard, Reading, Unscored, Vector};
use std::collections::HashMap;
use std::num::NonZeroUsize;

/// How to classify.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Threads, each with an engine of its own.
    pub threads: NonZeroUsize,
    /// Tokens in a batch, padding counted.
    pub batch_tokens: usize,
    /// Confidence, 0 to 1, that a language needs.
    pub min_lang_confidence: f64,
    /// Texts whose readings are remembered within a run.
    pub cache_texts: NonZeroUsize,
}

/// A text to read.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The text as stored.
    pub text: &'a str,
    /// What is known of its language.
    pub lang: Lang<'a>,
}

/// What is known of a text's language before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang<'a> {
    /// What the platform says, if anything; the text decides.
    Hinted(Option<&'a str>),
    /// Somebody who knows has said so (labelled data).
    Known(&'a str),
}

/// Reads windows of texts.
pub struct Classifier {
    preparer: Preparer,
    engines: Vec<Box<dyn Engine>>,
    cache: LruCache<Identity, Heard>,
    batch_tokens: usize,
}

impl Classifier {
    /// A classifier with the embedded engine.
    pub fn new(bundle: &Bundle, config: &Config) -> Result<Self, Error> {
        let first = RtenEngine::load(bundle)?;
        let mut engines: Vec<Box<dyn Engine>> = Vec::new();
        engines.resize_with(config.threads.get(), || Box::new(first.sibling()));
        Self::with_engines(bundle, config, engines)
    }

    /// A classifier with engines of the caller's, one a thread.
    pub fn with_engines(bundle: &Bundle, config: &Config, engines: Vec<Box<dyn Engine>>) -> Result<Self, Error> {
        let preparer = Preparer::new(bundle, config.min_lang_confidence)?;
        Ok(Self { preparer, engines, cache: LruCache::new(config.cache_texts), batch_tokens: config.batch_tokens })
    }

    /// The model's card.
    pub fn card(&self) -> &Card {
        &self.preparer.card
    }

    /// Reads a window of texts: copies once, the others sorted by length. Answers in the order of the texts.
    #[tracing::instrument(name = "hear", skip_all, fields(texts = texts.len()))]
    pub fn hear(&mut self, texts: &[Text<'_>]) -> Result<Vec<Heard>, Error> {
        let threads = self.engines.len();
        let normalized: Vec<(Identity, String)> = pool::map(threads, texts, identified);
        let (place_of, unread) = self.unread(&normalized);
        let preparer = &self.preparer;
        let fresh = pool::map(threads, &unread, |(identity, normalized)| preparer.prepare(normalized, identity));
        let mut fresh = fresh.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.read(&mut fresh)?;
        let mut answers = Vec::with_capacity(normalized.len());
        for (identity, _) in &normalized {
            let known = place_of.get(identity).map(|place| &fresh[*place].heard);
            // What is not fresh was in the cache a moment ago, and only reading it does not push anything out.
            answers.extend(known.or_else(|| self.cache.get(identity)).cloned());
        }
        tracing::debug!(unique = fresh.len(), "window read");
        let place_of: Vec<(Identity, usize)> = place_of.into_iter().map(|(key, place)| (key.clone(), place)).collect();
        for (identity, place) in place_of {
            self.cache.put(identity, fresh[place].heard.clone());
        }
        Ok(answers)
    }

    /// The batches that reading these texts takes, all of them unread: to measure an engine by itself.
    pub fn batches(&self, texts: &[Text<'_>]) -> Result<Vec<TokenBatch>, Error> {
        let mut tokens = Vec::new();
        for text in texts {
            let (identity, normalized) = identified(text);
            tokens.push(self.preparer.prepare(&normalized, &identity)?.tokens);
        }
        tokens.retain(|tokens| !tokens.is_empty());
        tokens.sort_by_key(Vec::len);
        let lengths: Vec<usize> = tokens.iter().map(Vec::len).collect();
        let batch = |range: std::ops::Range<usize>| {
            TokenBatch::of(&tokens[range].iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        Ok(batch::cut(&lengths, self.batch_tokens).into_iter().map(batch).collect())
    }

    /// Texts that neither the cache nor an earlier place in the window holds, and where each of them stands.
    fn unread<'a>(
        &self,
        normalized: &'a [(Identity, String)],
    ) -> (HashMap<&'a Identity, usize>, Vec<&'a (Identity, String)>) {
        let (mut place_of, mut unread) = (HashMap::new(), Vec::new());
        for text in normalized {
            if !self.cache.contains(&text.0) && !place_of.contains_key(&text.0) {
                place_of.insert(&text.0, unread.len());
                unread.push(text);
            }
        }
        (place_of, unread)
    }

    /// Runs the model over everything that has tokens and writes the readings in.
    fn read(&mut self, fresh: &mut [Prepared]) -> Result<(), Error> {
        let mut order: Vec<usize> = (0..fresh.len()).filter(|place| !fresh[*place].tokens.is_empty()).collect();
        order.sort_by_key(|place| fresh[*place].tokens.len());
        let lengths: Vec<usize> = order.iter().map(|place| fresh[*place].tokens.len()).collect();
        let batches = batch::cut(&lengths, self.batch_tokens);
        let outputs = pool::run(&mut self.engines, &batches, |range| {
            let texts: Vec<&[u32]> = order[range].iter().map(|place| fresh[*place].tokens.as_slice()).collect();
            TokenBatch::of(&texts)
        })?;
        for (range, outputs) in batches.into_iter().zip(outputs) {
            for (row, place) in order[range].iter().enumerate() {
                let text = &mut fresh[*place];
                text.heard.reading = reading(&self.preparer.card, &outputs, (row, text)).ok_or(Unscored::Failed);
                text.heard.vector = text.heard.reading.ok().and_then(|_| vector(&self.preparer.card, &outputs, row));
            }
        }
        Ok(())
    }
}

/// A text as the model sees it, with what it shares with its copies.
fn identified(text: &Text<'_>) -> (Identity, String) {
    let normalized = normalize::normalize(text.text);
    (Identity::of(normalize::text_key(&normalized), text.lang), normalized)
}

/// What the outputs of one row mean; `None` when one of them is no number.
fn reading(card: &Card, outputs: &Outputs, (row, text): (usize, &Prepared)) -> Option<Reading> {
    let sentiment = calibrate::sentiment(*outputs.sentiment.get(row)?, &card.sentiment, &text.heard.lang)?;
    let needs_checking = calibrate::probability(*outputs.needs_checking.get(row)?, &card.needs_checking)?;
    let emotions = match (&card.emotions, &outputs.emotions) {
        (Some(head), Some(logits)) => Some(calibrate::emotions(*logits.get(row)?, head)?),
        _ => None,
    };
    let question = match (&card.question, &outputs.question) {
        (Some(head), Some(logits)) => Some(calibrate::probability(*logits.get(row)?, head)? >= head.threshold),
        _ => None,
    };
    let needs_checking = Some(needs_checking);
    Some(Reading { sentiment, emotions, needs_checking, question, truncated: text.truncated })
}

fn vector(card: &Card, outputs: &Outputs, row: usize) -> Option<Vector> {
    let size = card.vector?.size;
    Vector::new(outputs.vectors.as_ref()?.get(row * size..(row + 1) * size)?)
}

#[cfg(test)]
mod tests;
