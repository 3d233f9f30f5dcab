//! What can go wrong while claims are made ready to be found.

/// Claims that could not be matched with anything. Nothing is guessed in their place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The parameters of matching are not readable.
    #[error("cannot read the parameters of claim matching")]
    Params {
        /// Where they break off.
        #[source]
        source: toml::de::Error,
    },
    /// A table of weights lacks one, or has one that nothing asks for.
    #[error("the weights in `{table}` do not fit: `{name}`")]
    Weights {
        /// The table.
        table: &'static str,
        /// The weight that is missing or unknown.
        name: String,
    },
    /// Vectors of another model than the parameters were measured for.
    #[error("a vector has {found} components where `{model}` has {expected}")]
    Size {
        /// The model that the parameters were measured for.
        model: String,
        /// Components of its vectors.
        expected: usize,
        /// Components found.
        found: usize,
    },
    /// More wordings than can be numbered.
    #[error("{rows} wordings are more than a library holds")]
    TooMany {
        /// How many there are.
        rows: usize,
    },
    /// The index of words could not be built or asked.
    #[error("the index of the claims' words failed")]
    Lexical(#[from] tantivy::TantivyError),
    /// Posts could not be grouped.
    #[error("the posts of a day could not be grouped")]
    Grouping(#[from] leiden_rs::LeidenError),
    /// Vectors could not be compared.
    #[error("the claims' vectors could not be compared")]
    Nearest(#[from] rten_gemm::GemmError),
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
            Self::Params { .. } | Self::Weights { .. } => Some(
                "take `claims.toml` as it came with the model, or make it anew with `models/training/claims.py`"
                    .to_owned(),
            ),
            Self::Size { model, .. } => Some(format!(
                "match claims and posts that `{model}` read, or give the model that read them a `claims.toml` of its own"
            )),
            Self::Rules { .. } | Self::Rule { .. } => {
                Some("correct that line; `config/risk.toml` as it comes with polso shows every key".to_owned())
            }
            Self::TooMany { .. } => Some("leave out phrasings, or split the library".to_owned()),
            Self::Lexical(_) | Self::Grouping(_) | Self::Nearest(_) => None,
        }
    }
}
