//! The languages a report can be read in.

use crate::Error;
use std::str::FromStr;

/// A language with a translation file in `locales/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// `it`
    Italian,
    /// `en`
    English,
    /// `fi`
    Finnish,
}

impl Language {
    /// Every language, in the order of the enum.
    pub const ALL: [Self; 3] = [Self::Italian, Self::English, Self::Finnish];

    /// ISO 639-1 code: the name of the translation file and the page's `lang`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
            Self::Finnish => "fi",
        }
    }

    /// The translation file, compiled in.
    pub(crate) fn source(self) -> &'static str {
        match self {
            Self::Italian => include_str!("../locales/it.ftl"),
            Self::English => include_str!("../locales/en.ftl"),
            Self::Finnish => include_str!("../locales/fi.ftl"),
        }
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|language| language.code() == code);
        known.ok_or_else(|| Error::UnknownLanguage(code.to_owned()))
    }
}
