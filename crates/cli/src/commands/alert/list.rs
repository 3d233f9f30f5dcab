//! `polso alert list`

use super::office;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::tell;

/// Show who is told, of what, and what they were told last
///
/// Reads the settings and the outbox, writes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(super) fn run(_args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    for receiver in office(context)?.receivers() {
        context.printer.data(format_args!("{} ({}): {}", receiver.name, receiver.kind(), receiver.wants));
        let last = match tell::last(context, receiver)? {
            None => "nothing yet".to_owned(),
            Some(row) => {
                let why = row.error.map(|error| format!(", {error}")).unwrap_or_default();
                format!("{} {}{why}", row.event, row.state.replace('_', " "))
            }
        };
        context.printer.data(format_args!("    last: {last}"));
    }
    if context.settings.alert.feed.is_some() {
        let feed = context.settings.data.reports().join("feed.xml");
        context.printer.data(format_args!("feed: {}", feed.display()));
    }
    Ok(Exit::Done)
}
