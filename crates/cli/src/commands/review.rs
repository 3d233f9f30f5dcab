//! `polso review`

mod import;
mod quality;
mod sample;

use super::{with_lock, without_lock};
use crate::args::Global;
use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::printer::Printer;
use polso_domain::Day;

/// Let people look at a sample of posts, and learn from it how good the labels are
///
/// `sample` draws posts into a file, people fill it, `import` takes it back, `quality` tells how often the model is right.
/// A day with enough answers has its mood corrected by them. The loop is told in docs/review.md.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Sample(sample::Args),
    Import(import::Args),
    Quality(quality::Args),
}

/// From one day to another.
#[derive(Debug, clap::Args)]
struct Span {
    /// First day, YYYY-MM-DD, yesterday or today
    #[arg(long, value_name = "D")]
    from: Option<DayArg>,
    /// Last day
    #[arg(long, value_name = "D")]
    until: Option<DayArg>,
}

impl Span {
    /// The first and the last day, as far as they were named.
    fn resolve(&self, context: Context<'_>) -> Result<(Option<Day>, Option<Day>), Failure> {
        let day = |arg: Option<DayArg>| arg.map(|day| day.resolve(context.now, &context.settings.zone));
        match (day(self.from), day(self.until)) {
            (Some(from), Some(until)) if from > until => {
                Err(Failure::usage(format!("{from} is after {until}"), "--from names the first day, --until the last"))
            }
            days => Ok(days),
        }
    }
}

pub(crate) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    match &args.command {
        Command::Sample(args) => without_lock(global, printer, |context| sample::run(args, context)),
        Command::Import(args) => with_lock(global, printer, |context| import::run(args, context)),
        Command::Quality(args) => without_lock(global, printer, |context| quality::run(args, context)),
    }
}
