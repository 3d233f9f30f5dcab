//! What can go wrong while claims are made ready to be found.

/// Claims that could not be matched with anything. Nothing is guessed in their place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The rules of risk are not readable.
    #[error("cannot read the rules of risk")]
    Rules {
        /// Where they break off.
        #[source]
        source: toml::de::Error,
    },
    /// A rule of risk says what makes no sense.
    #[error("the rule of risk `{key}` must be {allowed}")]
    Rule {
        /// Its key.
        key: &'static str,
        /// What it may be.
        allowed: &'static str,
    },
}

impl Error {
    /// What to do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Rules { .. } | Self::Rule { .. } => {
                Some("correct that line; `config/risk.toml` as it comes with polso shows every key".to_owned())
            }
        }
    }
}
