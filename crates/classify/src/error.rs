//! What can go wrong with a model.

use crate::BUNDLED;
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
    /// The rows a model was calibrated on are none.
    #[error("line {line} of `validation.csv` of the model `{model}` is not `{expected}`")]
    Validation {
        /// The model's id.
        model: String,
        /// The line, from one.
        line: usize,
        /// What each line holds.
        expected: &'static str,
    },
    /// A model answers a text otherwise than its card says.
    #[error("the model `{model}` answers {found:.3} for {head} of its probe {probe}, its card says {expected:.3}")]
    Probe {
        /// The model's id.
        model: String,
        /// The probe's place on the card, from one.
        probe: usize,
        /// Which answer.
        head: String,
        /// What the model answers; no number when it does not answer.
        found: f32,
        /// What the card says.
        expected: f32,
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
        let hint = match self {
            Self::Io { .. } => format!(
                "name `{BUNDLED}`, which is compiled in, or a folder with `model.onnx`, `tokenizer.json` and `card.toml` in `classify.model`"
            ),
            Self::Mismatch { .. } | Self::Validation { .. } => {
                "the file is damaged or from another model: copy the whole folder again".to_owned()
            }
            Self::Card { .. } => format!("compare it with `models/{BUNDLED}/card.toml`"),
            Self::Probe { .. } => {
                "its numbers cannot be trusted on this machine: copy the bundle again or choose another model"
                    .to_owned()
            }
            _ => return None,
        };
        Some(hint)
    }
}
