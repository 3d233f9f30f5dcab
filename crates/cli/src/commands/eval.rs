//! `polso eval`

use crate::args::Global;
use crate::eval::{self, Data, Task};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::{self, Settings};
use polso_classify::Lineup;
use std::path::PathBuf;

/// Measure the model on labelled texts
///
/// Data are JSON Lines, plain or .gz, with `text`, `label` and `lang`. Labels: sentiment negative|neutral|positive;
/// misinformation 1|0 or true|false (needs checking or not); emotion a list of names, or names joined with `+`, `neutral`
/// or nothing for none. Rows with other labels are counted and left out. For claims the rows have `text` and
/// `relevant_claim_ids` (none: a post that speaks of no claim), and --claims names JSON Lines with `id`, `text` and, where
/// claims have one, `title`. Stance: support|deny|query|comment. Reads the files, writes to stdout.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  polso eval --task sentiment --data labelled.jsonl.gz --json\n  polso eval --task \
                             claims --data posts.jsonl --claims claims.jsonl"
)]
pub(crate) struct Args {
    #[arg(long, value_enum)]
    task: Task,
    /// Labelled texts
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The claims that `--task claims` looks for
    #[arg(long, value_name = "FILE")]
    claims: Option<PathBuf>,
    /// For `--task claims` and `stance`: write down the numbers they decide by, for models/training/claims.py
    #[arg(long, value_name = "FILE")]
    features: Option<PathBuf>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// One model by itself: the one that is compiled in, an added one or a folder [default: those in use]
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
}

pub(crate) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let loaded = settings::load_or_defaults(&global.without_data())?;
    let settings = match &args.model {
        Some(name) => Settings { models: Lineup::of(loaded.data.model(name)), ..loaded },
        None => loaded,
    };
    let data = Data {
        task: args.task,
        file: &args.data,
        claims: args.claims.as_deref(),
        features: args.features.as_deref(),
        json: args.json,
    };
    printer.data(eval::measure(&data, &settings, printer)?);
    Ok(Exit::Done)
}
