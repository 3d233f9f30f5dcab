//! `polso alert preview`

use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::{report, tell};
use polso_alert::send::{Event, Fate};
use polso_domain::Timestamp;

/// Show what would be told of a day, to whom, and send nothing
///
/// Also what waits from earlier runs. Reads `lake/summaries` and the outbox, writes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// YYYY-MM-DD, yesterday or today
    #[arg(long, value_name = "D", default_value = "yesterday")]
    day: DayArg,
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let day = args.day.resolve(context.now, &context.settings.zone);
    let brief = report::brief(context, day)?;
    let planned = tell::plan(context, &brief)?;
    let mut shown: Vec<&Event> = Vec::new();
    for (receiver, event, fate) in &planned {
        let what = format!("{} ({})", event.id, event.level.as_str());
        context.printer.data(format_args!("{}: {what}: {}", receiver.name, fate_in_words(*fate)));
        if !shown.iter().any(|known| known.id == event.id) {
            shown.push(event);
        }
    }
    if planned.is_empty() {
        context.printer.say("nobody is told: the settings have no [[alert.…]]");
    }
    for event in shown {
        context.printer.data(format_args!("\n== {}\n{}", event.id, event.title));
        for line in &event.lines {
            context.printer.data(format!("* {} {}", line.headline, line.evidence).trim_end());
        }
    }
    Ok(Exit::Done)
}

fn fate_in_words(fate: Fate) -> String {
    match fate {
        Fate::Due => "would be told now".to_owned(),
        Fate::Held(until) => format!("would wait for the end of the quiet hours, {}", spelt(until)),
        Fate::Later(at) => format!("failed before, tried again after {}", spelt(at)),
        Fate::Told => "told before".to_owned(),
        Fate::GaveUp => "given up before".to_owned(),
        Fate::PassedOver => "a later revision takes its place".to_owned(),
        Fate::Unwanted => "does not want to hear of it".to_owned(),
        Fate::Old => "about a day longer ago than `alert.tell_days`".to_owned(),
    }
}

fn spelt(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.millis()).map(|at| at.to_string()).unwrap_or_default()
}
