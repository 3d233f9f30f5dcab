//! `polso forget`

use super::import::source_named;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::{self, Context};

/// Erase every post of one account everywhere
///
/// Erases the account's posts and its pseudonym from the stream and the lake and what reviewers said of them, sums the touched days up again, renews
/// their reports, and keeps later files from bringing the account back. Prints what went. Backups are yours to clean.
///
/// Reads and writes everything.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso forget anna@mastodon.example")]
pub(crate) struct Args {
    /// The account and its source; what stands behind the last `@` is the source
    #[arg(value_name = "HANDLE@SOURCE")]
    account: String,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let hint =
        "for example anna@bluesky; the sources are listed by `polso query \"SELECT DISTINCT source FROM posts\"`";
    let account = args.account.trim_start_matches('@').rsplit_once('@').filter(|(handle, _)| !handle.is_empty());
    let (handle, source) = account.ok_or_else(|| Failure::usage("an account is written HANDLE@SOURCE", hint))?;
    let data = &context.settings.data;
    let mut stream = data.stream()?;
    let author = data.gate(&stream)?.author(&source_named(source)?, handle);
    let from_stream = stream.forget(author, context.now)?;
    let from_lake = data.lake()?.erase_author(author)?;
    let reviews = data.desk()?.forget(&author)?;
    pipeline::refresh(context, &from_lake.days)?;
    // The handle itself is not repeated: this line may end in a log.
    context.printer.data(format_args!(
        "stream: {} posts erased, struck out of {} others\nlake: {} rows erased in {} files, {} days summed up again\ndesk: {reviews} answers of reviewers erased",
        from_stream.posts,
        from_stream.mentions,
        from_lake.rows,
        from_lake.files,
        from_lake.days.len(),
    ));
    Ok(Exit::Done)
}
