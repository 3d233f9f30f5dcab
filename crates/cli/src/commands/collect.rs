//! `polso collect`

use super::import::source_named;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::collect::{self, How};
use polso_collect::Mode;
use std::time::Duration;

/// Ask the platforms for posts
///
/// Asks each source of the settings until it is caught up, politely, and goes on where it stopped last time; with
/// --follow it stays, keeps sockets open and asks again and again. Posts and the place to go on from are stored together:
/// it may be killed at any instant. What a source does not answer is named, stands in the ledger, and the exit code is 1.
///
/// Reads platforms, writes the stream and the ledger.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  polso collect\n  polso collect --follow --source bluesky\n  polso collect --recheck"
)]
pub(crate) struct Args {
    /// Only this source; may be given several times [default: all]
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Stay and listen until told to stop (SIGTERM)
    #[arg(long)]
    follow: bool,
    /// Stop after this long: `90s`, `10m`, `2h`
    #[arg(long = "for", value_name = "DURATION", value_parser = duration)]
    at_most: Option<Duration>,
    /// Ask again for posts that are kept, where a platform has no feed of deletions, and forget those that are gone
    #[arg(long, conflicts_with = "follow")]
    pub(super) recheck: bool,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let sources = args.source.iter().map(|name| source_named(name)).collect::<Result<Vec<_>, _>>()?;
    if args.recheck {
        return collect::recheck(context, &sources, args.at_most);
    }
    let mode = if args.follow { Mode::Follow } else { Mode::CatchUp };
    collect::listen_to(context, &How { sources, mode, at_most: args.at_most })
}

/// A number with its unit.
fn duration(text: &str) -> Result<Duration, String> {
    let span: jiff::SignedDuration = text.parse().map_err(|_| "a number and s, m or h, such as 90s".to_owned())?;
    Duration::try_from(span).map_err(|_| "a time to come".to_owned())
}
