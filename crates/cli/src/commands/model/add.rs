//! `polso model add`

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use clap::ValueEnum;
use polso_classify::Head;

/// Add a published model
///
/// From a folder, or from the hub of Hugging Face by its name there: `config.json`, `tokenizer.json` and `model.safetensors`
/// go into `models/NAME` of the data folder, with a card that says what its labels mean. A few sentences are read and shown.
/// Nothing uses the model until the settings name it. Needs a polso that is built with libtorch (docs/models.md).
///
/// `HF_TOKEN` opens private and gated models, `HF_ENDPOINT` names a mirror. What was fetched before a line broke stays for the
/// next try.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  polso model add cardiffnlp/twitter-xlm-roberta-base-sentiment --languages it,en \\\n      --tokenizer \
                             FacebookAI/xlm-roberta-base\n  polso model add ./my-model --task misinformation --labels needs_checking=FAKE"
)]
pub(crate) struct Args {
    /// A folder, or OWNER/MODEL on the hub, with @REVISION where another than the newest is meant
    #[arg(value_name = "FOLDER|OWNER/MODEL")]
    pub(crate) model: String,
    /// The name that it gets [default: that of the folder, or MODEL]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// What it reads [default: what its labels say]
    #[arg(long, value_enum)]
    pub(crate) task: Option<Task>,
    /// What its labels mean, as MEANING=LABEL: moods, emotions, `needs_checking`, or `ignore`
    #[arg(long, value_name = "PAIRS", value_delimiter = ',', value_parser = pair)]
    pub(crate) labels: Vec<(String, String)>,
    /// Languages that it is to read [default: what its README.md says]
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) languages: Vec<String>,
    /// Its licence [default: what its README.md says]
    #[arg(long, value_name = "NAME")]
    pub(crate) licence: Option<String>,
    /// Where texts are cut [default: 128, or what the model has places for]
    #[arg(long, value_name = "N")]
    pub(crate) max_tokens: Option<usize>,
    /// Where `tokenizer.json` comes from when the model has none: a file, a folder or OWNER/MODEL
    #[arg(long, value_name = "FILE|FOLDER|OWNER/MODEL")]
    pub(crate) tokenizer: Option<String>,
}

/// What a model may be added for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Task {
    Sentiment,
    Misinformation,
    Emotion,
}

impl Task {
    pub(crate) fn head(self) -> Head {
        match self {
            Self::Sentiment => Head::Sentiment,
            Self::Misinformation => Head::NeedsChecking,
            Self::Emotion => Head::Emotions,
        }
    }
}

fn pair(written: &str) -> Result<(String, String), String> {
    let (meaning, label) = written.split_once('=').ok_or("this is no MEANING=LABEL")?;
    Ok((meaning.trim().to_owned(), label.trim().to_owned()))
}

#[cfg(feature = "libtorch")]
pub(super) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let settings = crate::settings::load_or_defaults(global)?;
    crate::models::adding::add(args, &settings, printer)?;
    Ok(Exit::Done)
}

#[cfg(not(feature = "libtorch"))]
pub(super) fn run(args: &Args, _: &Global, _: Printer) -> Result<Exit, Failure> {
    Err(polso_classify::Error::NoLibtorch { model: args.model.clone() }.into())
}
