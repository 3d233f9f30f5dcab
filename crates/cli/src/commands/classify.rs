//! `polso classify`

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::classify;

/// Read what the stream holds with the model
///
/// Reads the stream, writes `lake/observations`. A killed run goes on where it stopped; nothing is read twice.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Read at most so many posts
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Read again what stands in the stream from this offset on; its parts in the lake are replaced
    #[arg(long, value_name = "OFFSET")]
    from: Option<u64>,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    if let Some(offset) = args.from {
        classify::again(context, offset)?;
    }
    classify::everything(context, args.limit)
}
