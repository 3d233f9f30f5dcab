//! The words of a text as numbers that stay the same for ever, and as written for whoever reads a report.
//!
//! Words are lowercased, freed of the most common ones, stemmed as their language asks and stripped of accents, in this
//! order: stop words and stems are spelt with their accents. What stands for a person or a page is no word.
//!
//! It knows nothing of claims: both sides of every comparison go through here.

use crate::stance::Stances;
use crate::{Error, Params};
use polso_domain::{Heard, Sketch};
use std::collections::HashMap;
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};

/// Languages with a stemmer.
const STEMMED: [(&str, Language); 18] = [
    ("ar", Language::Arabic),
    ("da", Language::Danish),
    ("de", Language::German),
    ("el", Language::Greek),
    ("en", Language::English),
    ("es", Language::Spanish),
    ("fi", Language::Finnish),
    ("fr", Language::French),
    ("hu", Language::Hungarian),
    ("it", Language::Italian),
    ("nl", Language::Dutch),
    ("no", Language::Norwegian),
    ("pt", Language::Portuguese),
    ("ro", Language::Romanian),
    ("ru", Language::Russian),
    ("sv", Language::Swedish),
    ("ta", Language::Tamil),
    ("tr", Language::Turkish),
];

/// What the privacy gate and the reader of texts leave in place of people and pages.
const STANDINS: [&str; 5] = ["@user", "[email]", "[phone]", "[profile]", "[name]"];

/// Bytes of the longest word that counts.
const LONGEST: usize = 60;

/// Makes sketches of texts.
pub struct Sketcher {
    chains: HashMap<&'static str, TextAnalyzer>,
    plain: TextAnalyzer,
    stances: Stances,
}

impl Sketcher {
    /// A sketcher for the model of the parameters.
    pub fn new(params: &Params) -> Result<Self, Error> {
        let chains = STEMMED.into_iter().map(|(code, language)| (code, chain(Some(language)))).collect();
        Ok(Self { chains, plain: chain(None), stances: Stances::new(params)? })
    }

    /// The sketch of a text from what was heard in it; `None` without a vector.
    pub fn sketch(&self, text: &str, heard: &Heard) -> Option<Sketch> {
        let vector = heard.vector.clone()?;
        let mut terms: Vec<u32> = self.words(text, &heard.lang).into_iter().map(|(hash, _)| hash).collect();
        terms.sort_unstable();
        terms.dedup();
        let stand = self.stances.stand(text, &heard.lang, &vector);
        Some(Sketch { vector, terms, stand })
    }

    /// The hash of each word of a text beside the word as written, in the order of the text.
    pub fn words(&self, text: &str, lang: &str) -> Vec<(u32, String)> {
        let text = without_standins(text);
        let mut chain = self.chains.get(lang).unwrap_or(&self.plain).clone();
        let mut stream = chain.token_stream(&text);
        let mut words = Vec::new();
        while let Some(token) = stream.next() {
            let tells = token.text.len() > 1 || token.text.bytes().all(|byte| byte.is_ascii_digit());
            if tells && let Some(written) = text.get(token.offset_from..token.offset_to) {
                words.push((hash(&token.text), written.to_owned()));
            }
        }
        words
    }
}

/// How the words of a language are taken.
fn chain(language: Option<Language>) -> TextAnalyzer {
    let words = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter_dynamic(RemoveLongFilter::limit(LONGEST))
        .filter_dynamic(LowerCaser);
    let words = match language.and_then(StopWordFilter::new) {
        Some(stops) => words.filter_dynamic(stops),
        None => words,
    };
    let words = match language {
        Some(language) => words.filter_dynamic(Stemmer::new(language)),
        None => words,
    };
    words.filter_dynamic(AsciiFoldingFilter).build()
}

/// A text without links, accounts and what stands for them. Words keep their order.
fn without_standins(text: &str) -> String {
    let text = STANDINS.iter().fold(text.to_owned(), |text, standin| text.replace(standin, " "));
    let is_word = |word: &&str| {
        let word = word.trim_start_matches(|c: char| !(c.is_alphanumeric() || c == '@' || c == '#'));
        !(word.starts_with('@') || word.contains("://") || word.starts_with("www.") || word == "http")
    };
    text.split_whitespace().filter(is_word).collect::<Vec<_>>().join(" ")
}

/// A hash that never changes: the first four bytes of BLAKE3.
fn hash(word: &str) -> u32 {
    let [a, b, c, d, ..] = *blake3::hash(word.as_bytes()).as_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests;
