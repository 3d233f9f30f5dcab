//! `polso run`

use crate::clock::{self, DayArg};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::{self, Context};
use crate::stages::tell;

/// Do one day's work: the command for cron
///
/// Imports what is new in the inbox, classifies, sums up, reports, drops texts past their time, and tells those whom
/// `[[alert.…]]` names; prints the page's path. Running it again changes nothing and tells nobody twice. Exit code: 0 all
/// was heard and told, 1 done but something is missing (named on stderr), 2 nothing was done, 3 failed.
///
/// Reads the inbox, writes everything.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso --config /etc/polso/polso.toml run")]
pub(crate) struct Args {
    /// YYYY-MM-DD, yesterday or today, in `report.timezone`
    #[arg(long, value_name = "D", default_value = "yesterday")]
    day: DayArg,
    /// Tell nobody
    #[arg(long)]
    no_alerts: bool,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let day = args.day.resolve(context.now, &context.settings.zone);
    if !args.no_alerts {
        // Wrong settings are found before anything is done.
        tell::office(context)?;
    }
    // Quiet hours may begin or end while a run goes on.
    let clock = clock::ticking(context.now);
    let ran = pipeline::run(context, day).inspect_err(|failure| {
        if !args.no_alerts {
            tell::failed(Context { now: clock(), ..context }, day, failure);
        }
    })?;
    let told = if args.no_alerts { Exit::Done } else { tell::all(Context { now: clock(), ..context }, &ran) };
    context.printer.data(context.settings.data.report(day).join("index.html").display());
    Ok(ran.exit.or(told))
}
