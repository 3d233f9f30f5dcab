//! `polso eval`

use crate::args::Global;
use crate::eval::{self, Task};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::{self, Settings};
use std::path::PathBuf;

/// Measure the model on labelled texts
///
/// Data are JSON Lines, plain or .gz, with `text`, `label` and `lang`. Labels: sentiment negative|neutral|positive,
/// misinformation 1|0 or true|false. Rows with other labels are counted and left out. Reads the file, writes to stdout.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_enum)]
    task: Task,
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// A bundled model or a folder [default: `classify.model`]
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
}

pub(crate) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let loaded = match settings::load(global) {
        Err(settings::Error::None) => settings::defaults(global)?,
        other => other?,
    };
    let model = args.model.clone().unwrap_or_else(|| loaded.model.clone());
    let settings = Settings { model, ..loaded };
    let result = eval::measure(args.task, &args.data, &settings, printer)?;
    printer.data(if args.json { eval::json(&result) } else { eval::text(&result) });
    Ok(Exit::Done)
}
