//! The reader's words: one translation file, asked by message id.
//!
//! A missing message or argument is an error: a report with a hole in a sentence is worse than none.

use crate::numbers::Style;
use crate::{Error, Language};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use intl_memoizer::Memoizable;
use unic_langid::{LanguageIdentifier, LanguageIdentifierError};

/// The arguments of a message, by the names it uses.
pub(crate) type With<'a> = &'a [(&'static str, FluentValue<'a>)];

/// One language's messages.
pub(crate) struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    pub(crate) style: Style,
}

impl Words {
    /// Parses the translation file.
    pub(crate) fn load(language: Language) -> Result<Self, Error> {
        let (mut bundle, identifier) = parsed(language)?;
        // As Fluent will ask for it below: what cannot be had there is an error here.
        let style = Style::construct(identifier, ())?;
        bundle.set_formatter(Some(|value, known| match value {
            FluentValue::Number(number) => known.with_try_get((), |style: &Style| style.number(number.value, 0)).ok(),
            _ => None,
        }));
        Ok(Self { language, bundle, style })
    }

    /// The language of these words.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// A message without arguments.
    pub(crate) fn say(&self, id: &str) -> Result<String, Error> {
        self.with(id, &[])
    }

    /// A message with arguments. Whole numbers are grouped as the language does it.
    pub(crate) fn with(&self, id: &str, with: With<'_>) -> Result<String, Error> {
        said(self.language, &self.bundle, id, with)
    }

    /// The word for a key of an open list, `family-key`; the key itself when there is no word for it.
    pub(crate) fn name(&self, family: &str, key: &str) -> Result<String, Error> {
        Ok(self.known(family, key)?.unwrap_or_else(|| key.to_owned()))
    }

    /// The word for a key of an open list, if there is one.
    pub(crate) fn known(&self, family: &str, key: &str) -> Result<Option<String>, Error> {
        let id = format!("{family}-{}", key.replace(['_', '.'], "-"));
        self.bundle.has_message(&id).then(|| self.say(&id)).transpose()
    }
}

/// The file as Fluent reads it, and the language as Fluent knows it: it chooses among plural forms.
fn parsed(language: Language) -> Result<(FluentBundle<FluentResource>, LanguageIdentifier), Error> {
    let broken = |reason: String| Error::BadTranslation { language: language.code(), reason };
    let resource = FluentResource::try_new(language.source().to_owned())
        .map_err(|(_, errors)| broken(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))?;
    let identifier: LanguageIdentifier =
        language.code().parse().map_err(|error: LanguageIdentifierError| broken(error.to_string()))?;
    let mut bundle = FluentBundle::new(vec![identifier.clone()]);
    // All languages run left to right; isolation marks would only end up in files and searches.
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
    Ok((bundle, identifier))
}

/// A message filled in.
fn said(language: Language, bundle: &FluentBundle<FluentResource>, id: &str, with: With<'_>) -> Result<String, Error> {
    let language = language.code();
    let pattern = bundle.get_message(id).and_then(|message| message.value());
    let pattern = pattern.ok_or_else(|| Error::MissingMessage { language, id: id.to_owned() })?;
    let args: FluentArgs<'_> = with.iter().cloned().collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    match errors.first() {
        None => Ok(text),
        Some(error) => Err(Error::BadMessage { language, id: id.to_owned(), reason: error.to_string() }),
    }
}

/// Fluent hands its formatter no more than the language, and keeps what was made for it.
impl Memoizable for Style {
    type Args = ();
    type Error = Error;

    fn construct(identifier: LanguageIdentifier, (): ()) -> Result<Self, Error> {
        let language = identifier.to_string().parse()?;
        let (bundle, _) = parsed(language)?;
        Self::read(|id| said(language, &bundle, id, &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: &str) -> Words {
        Words::load(code.parse().unwrap()).unwrap()
    }

    #[test]
    fn every_translation_file_can_be_read() {
        for language in Language::all() {
            Words::load(language).unwrap_or_else(|error| panic!("{error}"));
        }
    }

    #[test]
    fn numbers_in_a_sentence_follow_the_language() {
        for (code, number) in [("it", "12.480"), ("en", "12,480"), ("fi", "12\u{a0}480"), ("sv", "12\u{a0}480")] {
            let text = words(code).with("mood-caption", &[("n", 12_480.into())]).unwrap();
            assert!(text.ends_with(&format!("n = {number}")), "{text}");
        }
        assert_eq!(words("it").style.percent(0.3119, 1), "31,2\u{a0}%");
        assert_eq!(words("en").style.percent(0.3119, 1), "31.2%");
        assert_eq!(words("sv").style.signed(-0.3119, 0), "\u{2212}31");
    }

    #[test]
    fn a_hole_in_a_sentence_is_an_error() {
        let words = words("it");
        assert!(matches!(words.say("no-such-message"), Err(Error::MissingMessage { language: "it", .. })));
        assert!(matches!(words.say("page-title"), Err(Error::BadMessage { .. })));
    }

    #[test]
    fn names_of_unknown_languages_stay_codes() {
        let words = words("fi");
        assert_eq!(words.name("lang", "it").unwrap(), "italia");
        assert_eq!(words.name("lang", "tlh").unwrap(), "tlh");
    }
}
