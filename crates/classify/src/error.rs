//! What can go wrong with a model.

use crate::card::Head;
use crate::{BUNDLED, Device, Precision};
use polso_domain::EMOTIONS;
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
    /// The model needs an engine that this program is built without.
    #[error("the model `{model}` runs on libtorch, and this program is built without it")]
    NoLibtorch {
        /// The model's id.
        model: String,
    },
    /// A network was given to an engine that it is not made for.
    #[error("the network of the model `{model}` is made for another engine")]
    OtherEngine {
        /// The model's id.
        model: String,
    },
    /// A model is named for what it does not read.
    #[error("the model `{model}` has no head `{head}`")]
    Headless {
        /// The model's id.
        model: String,
        /// What it is named for.
        head: Head,
    },
    /// The device is not there, or cannot do what is asked of it.
    #[error("the model `{model}` cannot run on {device} in {precision}: {reason}")]
    Device {
        /// The model's id.
        model: String,
        /// What the settings ask for.
        device: Device,
        /// What the settings ask for.
        precision: Precision,
        /// Why not.
        reason: &'static str,
    },
    /// The weights do not fit the network that the configuration describes.
    #[error("`model.safetensors` of the model `{model}` {what}")]
    Weights {
        /// The model's id.
        model: String,
        /// Which tensors, and what is wrong with them.
        what: String,
    },
    /// The configuration describes no network that can be built.
    #[error("`config.json` of the model `{model}` {what}")]
    Config {
        /// The model's id.
        model: String,
        /// What is wrong with it.
        what: String,
    },
    /// The model does not fit into memory.
    #[error("the model `{model}` needs about {needed} MiB of memory, and {free} MiB are free")]
    Memory {
        /// The model's id.
        model: String,
        /// MiB.
        needed: u64,
        /// MiB.
        free: u64,
    },
    /// A published model's labels do not make a head.
    #[error("the labels of the model `{model}` ({labels}) cannot be used: {reason}", labels = labels.join(", "))]
    Labels {
        /// The model's id.
        model: String,
        /// Its labels, in the order of its outputs.
        labels: Vec<String>,
        /// What it is for, as far as that is known.
        task: Option<Head>,
        /// What is unclear.
        reason: String,
    },
    /// A published model does not say which languages it reads.
    #[error("the model `{model}` does not say which languages it reads, or none that can be told apart here")]
    Languageless {
        /// The model's id.
        model: String,
    },
    /// Weights that only Python can open, and that may run code when it does.
    #[error("the model `{model}` has its weights as a pickle (`{file}`), which may run code when it is opened")]
    Pickle {
        /// The model's id.
        model: String,
        /// The file.
        file: String,
    },
    /// Weights in several files.
    #[error("the model `{model}` has its weights in several files")]
    Sharded {
        /// The model's id.
        model: String,
    },
    /// A file that every published model must have is missing.
    #[error("the model `{model}` has no `{missing}`")]
    Incomplete {
        /// The model's id.
        model: String,
        /// The file.
        missing: &'static str,
    },
    /// The hub does not know the model.
    #[error("the hub has no model `{model}`, or not at that revision")]
    NoSuchModel {
        /// Its name there.
        model: String,
    },
    /// The hub does not give the model to everybody.
    #[error("the hub does not give out the model `{model}` without leave")]
    Closed {
        /// Its name there.
        model: String,
    },
    /// The hub cannot be reached.
    #[error("the model `{model}` cannot be fetched: {reason}")]
    Unreachable {
        /// Its name there.
        model: String,
        /// What the client said.
        reason: String,
    },
    /// A card cannot be put into its file.
    #[error("the card of the model `{model}` cannot be written: {reason}")]
    Unwritable {
        /// The model's id.
        model: String,
        /// What the writer said.
        reason: String,
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
            Self::NoLibtorch { .. } => {
                "build it with `eval \"$(scripts/libtorch.sh)\" && cargo build --release --features libtorch`".to_owned()
            }
            Self::Headless { head, .. } => {
                format!("name a model that reads `{head}` in `classify.heads.{head}`; `polso model list` shows which do")
            }
            Self::Device { .. } => "see `classify.device` and `classify.precision`: `auto` and `f32` run anywhere".to_owned(),
            Self::Weights { .. } => {
                "the file is incomplete or belongs to another model: add the model again from where it came".to_owned()
            }
            Self::Labels { labels, task, .. } => label_hint(labels, *task),
            Self::Languageless { .. } => "name them: --languages it,en".to_owned(),
            Self::Language { .. } => format!("it knows {}", crate::Languages::codes().join(", ")),
            Self::Pickle { .. } => {
                "only safetensors are read; on the hub a converted revision may stand as NAME@refs/pr/N, or convert it: docs/models.md"
                    .to_owned()
            }
            Self::Sharded { .. } => "save it in one `model.safetensors`: docs/models.md".to_owned(),
            Self::Incomplete { missing: "tokenizer.json", .. } => {
                "take it from the model that this one was made of: --tokenizer NAME or FILE".to_owned()
            }
            Self::Incomplete { .. } => "a model is a folder with `config.json`, `tokenizer.json` and `model.safetensors`".to_owned(),
            Self::NoSuchModel { .. } => "a name is OWNER/MODEL, with @REVISION where another than the newest is meant".to_owned(),
            Self::Closed { .. } => "accept its terms on its page and put a token of yours into HF_TOKEN".to_owned(),
            Self::Unreachable { .. } => {
                "where there is no way to the hub, fetch the folder elsewhere and name it: polso model add FOLDER; HF_ENDPOINT names a mirror".to_owned()
            }
            Self::Config { .. } => "docs/models.md says which families run".to_owned(),
            Self::Memory { .. } => {
                "fewer `classify.threads`, `classify.precision` bf16 or a smaller model need less".to_owned()
            }
            Self::Card { .. } => format!("compare it with `models/{BUNDLED}/card.toml`"),
            Self::Tokenizer { .. } => {
                "its `tokenizer.json` is damaged or of another kind: take it again from where the model came".to_owned()
            }
            Self::Probe { .. } => {
                "its numbers cannot be trusted on this machine: copy the bundle again or choose another model"
                    .to_owned()
            }
            _ => return None,
        };
        Some(hint)
    }
}

/// The option to be completed, with the labels there are.
fn label_hint(labels: &[String], task: Option<Head>) -> String {
    let meanings: &[&str] = match task {
        Some(Head::NeedsChecking) => &["needs_checking"],
        Some(Head::Emotions) => &EMOTIONS,
        _ => &["negative", "neutral", "positive"],
    };
    let pairs: Vec<String> = labels.iter().map(|label| format!("…={label}")).collect();
    let meanings = meanings.join(", ");
    format!(
        "say what each means, as its authors do: --labels \"{}\", where … is one of {meanings} or ignore",
        pairs.join(",")
    )
}
