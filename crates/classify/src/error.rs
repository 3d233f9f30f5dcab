//! What can go wrong with a model.

use std::path::PathBuf;

/// What can go wrong with a model.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the bundle cannot be read.
    #[error("cannot read the model file `{path}`", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: std::io::Error,
    },
    /// The card is not a card.
    #[error("the model card `{path}` cannot be read", path = path.display())]
    Card {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A file is not the one the card speaks of.
    #[error("`{file}` of the model `{model}` has sha256 {found}, its card says {expected}")]
    Mismatch {
        /// The model's id.
        model: String,
        /// The file's name.
        file: &'static str,
        /// Hash on the card.
        expected: String,
        /// Hash of the file.
        found: String,
    },
    /// The network cannot be loaded.
    #[error("the network of the model `{model}` cannot be loaded")]
    Network {
        /// The model's id.
        model: String,
        /// What the engine said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The tokenizer cannot be loaded or fails on a text.
    #[error("the tokenizer of the model `{model}` failed")]
    Tokenizer {
        /// The model's id.
        model: String,
        /// What the tokenizer said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The network fails on a batch.
    #[error("the network of the model `{model}` failed on {rows} texts")]
    Forward {
        /// The model's id.
        model: String,
        /// How many texts were in the batch.
        rows: usize,
        /// What the engine said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The network answers in another shape than the card promises.
    #[error("the network of the model `{model}` answered `{output}` in an unexpected shape")]
    Shape {
        /// The model's id.
        model: String,
        /// The output's name.
        output: &'static str,
    },
    /// The card names a language that the detector does not know.
    #[error("the model `{model}` reads `{lang}`, which the language detector does not know")]
    Language {
        /// The model's id.
        model: String,
        /// The language's code.
        lang: String,
    },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Io { .. } => Some("name a bundled model or a folder with `model.onnx`, `tokenizer.json` and `card.toml` in `classify.model`".to_owned()),
            Self::Mismatch { .. } => Some("the file is damaged or from another model: copy the whole folder again".to_owned()),
            Self::Card { .. } => Some("compare it with `models/polso-mini-1/card.toml`".to_owned()),
            _ => None,
        }
    }
}
