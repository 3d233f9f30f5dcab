//! `polso aggregate`

use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::{self, Context};
use crate::stages::aggregate;
use crate::stages::claims::log;
use polso_domain::Day;

/// Sum days up
///
/// Reads `lake/observations` and `lake/ledger`, writes `lake/summaries`. A summary whose numbers change gets the next
/// revision; one whose numbers do not is left as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// YYYY-MM-DD, yesterday or today; may be repeated [default: all days that changed since last time]
    #[arg(long = "day", value_name = "D")]
    days: Vec<DayArg>,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let days: Vec<Day> = args.days.iter().map(|day| day.resolve(context.now, &context.settings.zone)).collect();
    if days.is_empty() {
        pipeline::sum_up(context, &[])?;
    } else {
        aggregate::only(context, &days)?;
        log::write(context)?;
    }
    Ok(Exit::Done)
}
