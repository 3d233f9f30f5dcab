//! The classifier: a window of texts in, one `Heard` a text out, in order.

use crate::card::Head;
use crate::prepare::{Identity, Preparer, Said};
use crate::reader::Reader;
use crate::{Bundle, Card, Device, Engine, Error, Lineup, Precision, TokenBatch, engine, normalize, pool};
use lru::LruCache;
use polso_domain::{Heard, Unscored};
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
    /// What networks run on that have a choice.
    pub device: Device,
    /// In what numbers they compute.
    pub precision: Precision,
}

/// One thread of the processor, in 32 bits, with the numbers of the settings that come with the project; nothing is
/// remembered.
impl Default for Config {
    fn default() -> Self {
        Self {
            threads: NonZeroUsize::MIN,
            batch_tokens: 512,
            min_lang_confidence: 0.4,
            cache_texts: NonZeroUsize::MIN,
            device: Device::Cpu,
            precision: Precision::F32,
        }
    }
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
    /// The base model first, then those that read heads of their own.
    readers: Vec<Reader>,
    /// What observations name.
    id: String,
    threads: usize,
    cache: LruCache<Identity, Said>,
}

impl Classifier {
    /// A classifier with one model.
    pub fn new(bundle: &Bundle, config: &Config) -> Result<Self, Error> {
        Self::with_engines(bundle, config, engine::load(bundle, config)?)
    }

    /// A classifier with engines of the caller's, one a thread.
    pub fn with_engines(bundle: &Bundle, config: &Config, engines: Vec<Box<dyn Engine>>) -> Result<Self, Error> {
        let reader = Reader::new(bundle, engines, config.batch_tokens);
        Self::with_readers(vec![reader], bundle.card.id.clone(), config)
    }

    /// A classifier with every model of a lineup; `base` is the one that the lineup calls so.
    pub fn of(lineup: &Lineup, base: &Bundle, config: &Config) -> Result<Self, Error> {
        lineup.check()?;
        let mut readers = vec![Reader::new(base, engine::load(base, config)?, config.batch_tokens)];
        for name in lineup.names().into_iter().skip(1) {
            let bundle = Bundle::named(name)?;
            let mut reader = Reader::new(&bundle, engine::load(&bundle, config)?, config.batch_tokens);
            reader.heads = lineup.heads_of(name);
            readers.push(reader);
        }
        Self::with_readers(readers, lineup.id()?, config)
    }

    fn with_readers(readers: Vec<Reader>, id: String, config: &Config) -> Result<Self, Error> {
        let moody = readers.iter().any(|reader| reader.heads.contains(&Head::Sentiment));
        let asked = readers.iter().filter(|reader| !moody || reader.heads.contains(&Head::Sentiment));
        let mut languages: Vec<String> = asked.flat_map(|reader| reader.card.languages.clone()).collect();
        languages.sort_unstable();
        languages.dedup();
        let preparer = Preparer::new(&id, &languages, config.min_lang_confidence)?;
        Ok(Self { preparer, readers, id, threads: config.threads.get(), cache: LruCache::new(config.cache_texts) })
    }

    /// What observations name: the id of the model, or of each head's.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The card of the base model.
    pub fn card(&self) -> &Card {
        &self.readers[0].card
    }

    /// For each model that has a choice, on what it runs.
    pub fn places(&self) -> Vec<String> {
        self.readers.iter().filter_map(Reader::place).collect()
    }

    /// Reads a window of texts as observations hold it. Answers in the order of the texts.
    pub fn hear(&mut self, texts: &[Text<'_>]) -> Result<Vec<Heard>, Error> {
        Ok(self.say(texts)?.into_iter().map(heard).collect())
    }

    /// Reads a window of texts: copies once, the others sorted by length. Answers in the order of the texts.
    #[tracing::instrument(name = "hear", skip_all, fields(texts = texts.len()))]
    pub fn say(&mut self, texts: &[Text<'_>]) -> Result<Vec<Said>, Error> {
        let normalized: Vec<(Identity, String)> = pool::map(self.threads, texts, identified);
        let (place_of, unread) = self.unread(&normalized);
        let preparer = &self.preparer;
        let begun = |(identity, normalized): &&(Identity, String)| preparer.prepare(normalized, identity);
        let mut fresh: Vec<Said> = pool::map(self.threads, &unread, begun);
        for place in 0..self.readers.len() {
            self.ask(place, &unread, &mut fresh)?;
        }
        let mut answers = Vec::with_capacity(normalized.len());
        for (identity, _) in &normalized {
            let known = place_of.get(identity).map(|place| &fresh[*place]);
            // What is not fresh was in the cache a moment ago, and only reading it does not push anything out.
            answers.extend(known.or_else(|| self.cache.get(identity)).cloned());
        }
        tracing::debug!(unique = fresh.len(), "window read");
        for (identity, place) in place_of.into_iter().map(|(key, place)| (key.clone(), place)).collect::<Vec<_>>() {
            self.cache.put(identity, fresh[place].clone());
        }
        Ok(answers)
    }

    /// The batches that reading these texts takes with the base model, all of them unread: to measure an engine by itself.
    pub fn batches(&self, texts: &[Text<'_>]) -> Result<Vec<TokenBatch>, Error> {
        let mut unread = Vec::new();
        for text in texts {
            let (identity, normalized) = identified(text);
            let said = self.preparer.prepare(&normalized, &identity);
            unread.extend(said.answer.is_ok().then_some((normalized, said.lang)));
        }
        let texts: Vec<(&str, &str)> = unread.iter().map(|(text, lang)| (text.as_str(), lang.as_str())).collect();
        self.readers[0].batches(&texts)
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

    /// Asks one of the models about the texts that it is there for, and takes its answers over.
    fn ask(&mut self, place: usize, unread: &[&(Identity, String)], fresh: &mut [Said]) -> Result<(), Error> {
        let mut heads_in: HashMap<String, Vec<Head>> = HashMap::new();
        for said in fresh.iter() {
            if !heads_in.contains_key(&said.lang) {
                heads_in.insert(said.lang.clone(), self.heads(place, &said.lang));
            }
        }
        let wanted = |at: &usize| fresh[*at].answer.is_ok() && !heads_in[&fresh[*at].lang].is_empty();
        let asked: Vec<usize> = (0..fresh.len()).filter(wanted).collect();
        let texts: Vec<(&str, &str)> =
            asked.iter().map(|at| (unread[*at].1.as_str(), fresh[*at].lang.as_str())).collect();
        let answers = self.readers[place].read(&texts)?;
        for (at, answer) in asked.into_iter().zip(answers) {
            let said = &mut fresh[at];
            match (&mut said.answer, answer) {
                (Ok(whole), Some(answer)) => whole.take(&answer, &heads_in[&said.lang]),
                (whole, _) => *whole = Err(Unscored::Failed),
            }
        }
        Ok(())
    }

    /// What one of the models is asked for in texts of a language.
    fn heads(&self, place: usize, lang: &str) -> Vec<Head> {
        let reader = &self.readers[place];
        let apart = |head: Head| self.readers[1..].iter().find(|reader| reader.heads.contains(&head));
        let wanted = |head: &Head| match apart(*head) {
            Some(_) if place > 0 => true,
            // One share is counted at one threshold.
            Some(other) => *head != Head::NeedsChecking && !other.card.reads(lang),
            None => true,
        };
        let reads = reader.card.reads(lang);
        reader.heads.iter().copied().filter(|head| reads && wanted(head)).collect()
    }
}

/// What an observation holds of it.
fn heard(said: Said) -> Heard {
    let Said { lang, lang_confidence, text_key, answer } = said;
    let reading = answer.as_ref().map_err(|reason| *reason).and_then(|answer| answer.reading().ok_or(Unscored::Failed));
    let vector = answer.ok().filter(|_| reading.is_ok()).and_then(|answer| answer.vector);
    Heard { lang, lang_confidence, text_key, reading, vector }
}

/// A text as the model sees it, with what it shares with its copies.
fn identified(text: &Text<'_>) -> (Identity, String) {
    let normalized = normalize::normalize(text.text);
    (Identity::of(normalize::text_key(&normalized), text.lang), normalized)
}

#[cfg(test)]
mod tests;
