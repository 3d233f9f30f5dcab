//! `polso export`

use super::query::{self, Format};
use crate::args::Global;
use crate::clock::{self, DayArg};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::settings;
use clap::ValueEnum;
use std::path::PathBuf;

/// Hand a day on, past the privacy gate
///
/// One row a post, without author, mentions and the post it answers; a text only if at least `privacy.min_people`
/// people posted it. Reads the lake, writes --out.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso export --day yesterday --format csv --out day.csv")]
pub(crate) struct Args {
    /// YYYY-MM-DD, yesterday or today
    #[arg(long, value_name = "D")]
    day: DayArg,
    #[arg(long, value_enum)]
    format: FileFormat,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FileFormat {
    Csv,
    Parquet,
}

pub(crate) fn run(args: &Args, global: &Global) -> Result<Exit, Failure> {
    let settings = settings::load(global)?;
    let day = args.day.resolve(clock::now(global), &settings.zone);
    let table = settings.data.lake()?.export(day, settings.min_people)?;
    let format = match args.format {
        FileFormat::Csv => Format::Csv,
        FileFormat::Parquet => Format::Parquet,
    };
    query::put(&table, format, Some(&args.out))?;
    Ok(Exit::Done)
}
