//! The languages a report can be read in: one for each file of `locales/`, which `build.rs` lists.

use crate::Error;
use std::fmt;
use std::str::FromStr;

/// Code and translation file of each language, by code.
const TRANSLATIONS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/translations.rs"));

/// A language with a translation file in `locales/`: its place among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(usize);

impl Language {
    /// Every language, by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..TRANSLATIONS.len()).map(Self)
    }

    /// ISO 639-1 code: the name of the translation file and the page's `lang`.
    pub fn code(self) -> &'static str {
        TRANSLATIONS[self.0].0
    }

    /// The translation file, compiled in.
    pub(crate) fn source(self) -> &'static str {
        TRANSLATIONS[self.0].1
    }
}

/// The code.
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Error> {
        Self::all().find(|language| language.code() == code).ok_or_else(|| Error::UnknownLanguage(code.to_owned()))
    }
}
