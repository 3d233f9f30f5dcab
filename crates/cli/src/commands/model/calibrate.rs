//! `polso model calibrate`

use super::add::Task;
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::models::calibrating;
use crate::printer::Printer;
use crate::settings;
use std::path::PathBuf;

/// Make a model's probabilities true on labelled posts
///
/// Data are JSON Lines, plain or .gz, with `text`, `label` and `lang`, labelled as `polso eval` wants them for what the model
/// reads. Temperature and bias are fitted for all languages, and for each that has 200 rows; thresholds too where there are
/// any. For moods the held-out answers are kept beside the model, so that shares can be estimated with them
/// (docs/method.md). Writes the model's card anew: it has another id from then on, and a baseline of its own.
///
/// Here --data names the labelled posts; the data folder is the one of the settings.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso model calibrate my-model --data labelled.jsonl")]
pub(super) struct Args {
    /// An added model or a folder
    #[arg(value_name = "NAME|FOLDER")]
    model: String,
    /// Which of its heads, where it has several [default: the mood]
    #[arg(long, value_enum)]
    task: Option<Task>,
    /// Labelled texts like those that it will read
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
}

pub(super) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let settings = settings::load_or_defaults(&global.without_data())?;
    calibrating::calibrate((&settings.data.model(&args.model), args.task), &args.data, (&settings, printer))?;
    Ok(Exit::Done)
}
