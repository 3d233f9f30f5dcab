//! What can go wrong between a summary and a page.

use crate::Language;

/// Why there is no report. None of these depends on the posts: each is a fault of a translation file or of a library.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such language.
    #[error("`{0}` is not a language of the report")]
    UnknownLanguage(String),
    /// A translation file cannot be read by Fluent.
    #[error("`locales/{language}.ftl` cannot be read: {reason}")]
    BadTranslation {
        /// Code of the language.
        language: &'static str,
        /// What the parser says.
        reason: String,
    },
    /// A translation file has no such message.
    #[error("`locales/{language}.ftl` has no message `{id}`")]
    MissingMessage {
        /// Code of the language.
        language: &'static str,
        /// The message asked for.
        id: String,
    },
    /// A message could not be filled in.
    #[error("message `{id}` of `locales/{language}.ftl` cannot be filled in: {reason}")]
    BadMessage {
        /// Code of the language.
        language: &'static str,
        /// The message asked for.
        id: String,
        /// What Fluent says.
        reason: String,
    },
    /// The drawing library gave up.
    #[error("a chart cannot be drawn")]
    Chart(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The JSON library gave up.
    #[error("`report.json` cannot be written")]
    Json(#[from] serde_json::Error),
}

impl Error {
    /// What the reader of the message can do, when there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownLanguage(_) => {
                let codes: Vec<_> = Language::all().map(|language| format!("`{language}`")).collect();
                Some(format!("write one of {}", codes.join(", ")))
            }
            Self::BadTranslation { .. } | Self::MissingMessage { .. } | Self::BadMessage { .. } => Some(
                "compare the file with `locales/en.ftl`: both need the same messages with the same `{ $names }`"
                    .to_owned(),
            ),
            Self::Chart(_) | Self::Json(_) => None,
        }
    }
}
