//! `polso claims rematch`

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::{self, Context};
use crate::stages::claims::rematch;
use polso_classify::Bundle;

/// Hold new and changed claims against the posts of the last weeks
///
/// Works on what is kept beside the posts (their vectors and word hashes), so no text is read again. Days whose numbers
/// change are summed up and, where they had a report, reported again. `run` does the same.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Days back from today [default: `claims.rematch_days`]
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// The whole library, not only what changed since last time
    #[arg(long)]
    all: bool,
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let days = args.days.unwrap_or(context.settings.claims.rematch_days);
    let today = context.settings.zone.day_of(context.now);
    let Some(done) = rematch::rematch(context, (today, days), args.all)? else {
        return Err(super::matching::finds_none(&Bundle::named(context.settings.models.base())?));
    };
    let claims = done.claims.map_or_else(|| "the whole library".to_owned(), |claims| format!("{claims} claims"));
    context
        .printer
        .data(format_args!("{claims}: {} posts looked at, {} with other claims now", done.posts, done.changed));
    pipeline::after_claims(context)?;
    Ok(Exit::Done)
}
