//! `polso review sample`

use super::Span;
use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::review::{Look, Population, Row, written};
use polso_domain::Day;
use polso_store::write_atomic_private;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// Draw posts for people to look at
///
/// A random sample of the texts of a day, or of days, by language, whether the model would have them checked, and mood; a
/// text once, however often it was posted. Neither authors nor links to posts are in the file, but texts are: it is
/// readable by its owner alone and should go once it was imported.
///
/// Columns to fill, each may stay empty: `mood` negative|neutral|positive; `needs_checking` and `question` yes|no; `stance`
/// repeats|rebuts|mentions|unrelated, where a claim is named; `unsure` in any of them. `note` is yours and is not imported.
/// Italian and Finnish words do as well. Leave the other columns as they are.
///
/// Reads the lake and the claim library, writes --out. The same days, number and seed draw the same sample.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso review sample --day yesterday --n 200 --out sample.csv")]
pub(super) struct Args {
    /// The day, YYYY-MM-DD, yesterday or today
    #[arg(long, value_name = "D", required_unless_present = "from", conflicts_with_all = ["from", "until"])]
    day: Option<DayArg>,
    #[command(flatten)]
    span: Span,
    /// How many texts
    #[arg(long, value_name = "N", default_value = "100")]
    n: NonZeroUsize,
    /// Put the model's answers in; who sees them tends to agree with them
    #[arg(long, overrides_with = "hide")]
    show: bool,
    /// Leave the model's answers out: the default
    #[arg(long)]
    hide: bool,
    /// Start of the random numbers [default: made from the days]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Separate cells by `;`, as spreadsheets in Italian and Finnish expect
    #[arg(long)]
    semicolon: bool,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let settings = context.settings;
    private(&args.out, context)?;
    let days = days(args, context)?;
    let lake = settings.data.lake()?;
    let population = Population::of(&lake, &days, settings.models.threshold()?)?;
    let (texts, posts) = population.size();
    if texts == 0 {
        let hint = "`polso classify` reads posts; texts are kept for `privacy.keep_text_days`";
        return Err(Failure::usage("no post of these days was read and still has its text", hint));
    }
    let first = days.first().map_or(0, |day| day.epoch_days().unsigned_abs());
    let seed = args.seed.unwrap_or_else(|| u64::from(first) << 16 | days.len() as u64 & 0xffff);
    let rows = population.draw(&lake, args.n.get(), seed)?;
    let look = Look { model: args.show, delimiter: if args.semicolon { b';' } else { b',' } };
    write_atomic_private(&args.out, &written(&rows, &settings.data.desk()?.claims()?, look)?)?;
    for (stratum, (drawn, stands_for)) in counted(&rows) {
        context.printer.say(format_args!("{stratum}: {drawn} texts for {stands_for:.0} posts"));
    }
    context.printer.say(format_args!(
        "{} of {texts} texts of {posts} posts\nThe file holds texts that people wrote: delete it once it was imported.",
        rows.len()
    ));
    context.printer.data(args.out.display());
    Ok(Exit::Done)
}

/// Texts and posts of each stratum.
fn counted(rows: &[Row]) -> BTreeMap<&str, (usize, f64)> {
    let mut counts: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for row in rows {
        let (drawn, stands_for) = counts.entry(&row.drawn.stratum).or_default();
        *drawn += 1;
        *stands_for += row.drawn.weight;
    }
    counts
}

fn days(args: &Args, context: Context<'_>) -> Result<Vec<Day>, Failure> {
    if let Some(day) = args.day {
        return Ok(vec![day.resolve(context.now, &context.settings.zone)]);
    }
    let (from, until) = args.span.resolve(context)?;
    let (Some(from), Some(until)) = (from, until) else {
        return Err(Failure::usage("--from and --until go together", "or name one --day"));
    };
    // Only days that have posts: a span may be a century by a slip of the keyboard.
    let days = context.settings.data.lake()?.days()?;
    Ok(days.range(from..=until).copied().collect())
}

/// What is published must not hold texts of single people.
fn private(out: &Path, context: Context<'_>) -> Result<(), Failure> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().map_err(Failure::io("write to", folder))?;
    let reports = context.settings.data.root().join("reports").canonicalize();
    if reports.is_ok_and(|reports| folder.starts_with(reports)) {
        let hint = "name a file outside of it; reports are made to be published";
        return Err(Failure::usage("a sample holds texts of people and is not written into `reports/`", hint));
    }
    Ok(())
}
