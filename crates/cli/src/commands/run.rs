//! `polso run`

use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::{self, Context};

/// Do one day's work: the command for cron
///
/// Imports what is new in the inbox, classifies, sums up, reports, and drops texts past their time; prints the page's
/// path. Running it again changes nothing. Exit code: 0 all was heard, 1 done but something is missing (named on
/// stderr), 2 nothing was done, 3 failed.
///
/// Reads the inbox, writes everything.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso --config /etc/polso/polso.toml run")]
pub(crate) struct Args {
    /// YYYY-MM-DD, yesterday or today, in `report.timezone`
    #[arg(long, value_name = "D", default_value = "yesterday")]
    day: DayArg,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let day = args.day.resolve(context.now, &context.settings.zone);
    let exit = pipeline::run(context, day)?;
    context.printer.data(context.settings.data.report(day).join("index.html").display());
    Ok(exit)
}
