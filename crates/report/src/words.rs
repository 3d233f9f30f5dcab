//! The reader's words: one translation file, asked by message id.
//!
//! A missing message or argument is an error: a report with a hole in a sentence is worse than none.

use crate::{Error, Language, numbers};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, LanguageIdentifierError};

/// The arguments of a message, by the names it uses.
pub(crate) type With<'a> = &'a [(&'static str, FluentValue<'a>)];

/// One language's messages.
pub(crate) struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Parses the translation file.
    pub(crate) fn load(language: Language) -> Result<Self, Error> {
        let broken = |reason: String| Error::BadTranslation { language: language.code(), reason };
        let resource = FluentResource::try_new(language.source().to_owned())
            .map_err(|(_, errors)| broken(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))?;
        // Chooses among plural forms.
        let identifier: LanguageIdentifier =
            language.code().parse().map_err(|error: LanguageIdentifierError| broken(error.to_string()))?;
        let mut bundle = FluentBundle::new(vec![identifier]);
        // All three languages run left to right; isolation marks would only end up in files and searches.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Italian => |value, _| grouped(Language::Italian, value),
            Language::English => |value, _| grouped(Language::English, value),
            Language::Finnish => |value, _| grouped(Language::Finnish, value),
        }));
        bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
        Ok(Self { language, bundle })
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
        let language = self.language.code();
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        let pattern = pattern.ok_or_else(|| Error::MissingMessage { language, id: id.to_owned() })?;
        let args: FluentArgs<'_> = with.iter().cloned().collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        match errors.first() {
            None => Ok(text),
            Some(error) => Err(Error::BadMessage { language, id: id.to_owned(), reason: error.to_string() }),
        }
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

fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(numbers::number(language, number.value, 0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_in_a_sentence_is_an_error() {
        let words = Words::load(Language::Italian).unwrap();
        assert!(matches!(words.say("no-such-message"), Err(Error::MissingMessage { language: "it", .. })));
        assert!(matches!(words.say("page-title"), Err(Error::BadMessage { .. })));
    }

    #[test]
    fn names_of_unknown_languages_stay_codes() {
        let words = Words::load(Language::Finnish).unwrap();
        assert_eq!(words.name("lang", "it").unwrap(), "italia");
        assert_eq!(words.name("lang", "tlh").unwrap(), "tlh");
    }
}
