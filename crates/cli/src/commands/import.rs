//! `polso import`

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::import;
use polso_collect::{FieldMap, Format};
use polso_domain::SourceId;
use std::path::PathBuf;

/// Take posts from files into the stream
///
/// Reads polso's own lines of JSON, Twitter v1.1 and v2, what people save of Bluesky and Mastodon, the tables of 4CAT,
/// CrowdTangle, Brandwatch, Talkwalker and Meltwater, any CSV, and with --map any lines of JSON; plain, gzip or zstd, of
/// any size in constant memory; workbooks (XLSX) up to 128 MiB. Names are replaced before anything is stored. Rows that cannot be read go to
/// `quarantine/` and the exit code is 1. Importing a file twice adds nothing.
///
/// Reads files, writes the stream.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso import posts.jsonl.gz --map author=user.name --source archive")]
pub(crate) struct Args {
    /// Files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// polso, twitter-v1, twitter-v2, csv, jsonl, 4cat, crowdtangle, brandwatch, talkwalker, meltwater, bluesky or mastodon
    /// [default: told from the first rows]
    #[arg(long)]
    format: Option<String>,
    /// Where a field stands: `id text author posted_at lang in_reply_to reposted likes reposts replies followers hashtags links mentions`
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// Name of the source [default: what the rows or the format say]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Zone of times that name none, an IANA name [default: `import.timezone`]
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let format = args.format.as_deref().map(str::parse::<Format>).transpose()?;
    let map = (!args.map.is_empty()).then(|| FieldMap::parse(&args.map)).transpose()?;
    let source = args.source.as_deref().map(source_named).transpose()?;
    let timezone = args.timezone.as_deref().map(zone_named).transpose()?;
    import::files(context, &args.files, &import::How { format, map, source, timezone })
}

/// The source of that name.
pub(crate) fn source_named(name: &str) -> Result<SourceId, Failure> {
    let hint = "letters, digits, `.`, `_` and `-`, at most 64";
    SourceId::new(name).ok_or_else(|| Failure::usage(format!("`{name}` cannot be the name of a source"), hint))
}

fn zone_named(name: &str) -> Result<jiff::tz::TimeZone, Failure> {
    jiff::tz::TimeZone::get(name)
        .map_err(|_| Failure::usage(format!("there is no time zone `{name}`"), "an IANA name such as Europe/Rome"))
}
