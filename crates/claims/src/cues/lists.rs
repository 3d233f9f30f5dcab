//! The words of each language, as patterns: `*` stands for any ending.

mod english;
mod finnish;
mod italian;
mod others;

use english::ENGLISH;
use finnish::FINNISH;
use italian::ITALIAN;
use others::{FRENCH, GERMAN, PORTUGUESE, SPANISH};

/// Patterns of one language.
#[derive(Clone, Copy)]
pub(crate) struct Lists {
    pub(crate) negation: &'static [&'static str],
    pub(crate) debunks: &'static [&'static str],
    pub(crate) denial_first: &'static [&'static str],
    pub(crate) agrees: &'static [&'static str],
    pub(crate) question_first: &'static [&'static str],
    pub(crate) asks_whether: &'static [&'static str],
}

impl Lists {
    /// The lists of a language; empty ones where it has none.
    pub(crate) fn of(lang: &str) -> &'static Self {
        match lang {
            "it" => &ITALIAN,
            "en" => &ENGLISH,
            "fi" => &FINNISH,
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            "pt" => &PORTUGUESE,
            _ => &NONE,
        }
    }
}

const NONE: Lists =
    Lists { negation: &[], debunks: &[], denial_first: &[], agrees: &[], question_first: &[], asks_whether: &[] };
