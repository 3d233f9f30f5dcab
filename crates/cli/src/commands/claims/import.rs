//! `polso claims import`

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::settings::Settings;
use crate::stages::claims::library;
use polso_claims::formats::{self, ColumnMap, Format, Options, PUBLISHERS, Publishers, Read, VERDICTS, Verdicts};
use polso_desk::{By, Desk, Put};
use polso_domain::{Claim, ClaimId};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Claims put into the desk at a time.
const BATCH: usize = 5_000;
/// Refused entries that are named one by one; the others are counted.
const NAMED: usize = 10;

/// Add checked claims to the library
///
/// Reads `ClaimReview` JSON-LD, the Data Commons feed, answers of the Google Fact Check Tools, CSV, and the form of
/// `seeds/claims.toml`; `.gz` too. A claim that is known is brought up to date; what a person set stays. Entries that
/// cannot be used, or come from publishers that are not on the list, are counted and named. Exit code 1 says that some
/// were. The next `polso run`, or `polso claims rematch`, holds what is new against the last weeks.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  polso claims import claims.csv --map text=claim --map verdict=rating")]
pub(super) struct Args {
    /// Files to read
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What they are, instead of looking
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<As>,
    /// CSV: which column holds a field (id, text, verdict, lang, link, answer, topic, date, kind, publisher)
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    columns: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum As {
    ClaimReview,
    DataCommons,
    FactCheckTools,
    Csv,
    Seeds,
}

impl As {
    fn format(self) -> Format {
        match self {
            Self::ClaimReview => Format::ClaimReview,
            Self::DataCommons => Format::DataCommons,
            Self::FactCheckTools => Format::FactCheckTools,
            Self::Csv => Format::Csv,
            Self::Seeds => Format::Seeds,
        }
    }
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let mut desk = library::open(context)?;
    let (verdicts, publishers) = tables(context.settings)?;
    let columns = ColumnMap::parse(args.columns.iter().map(String::as_str))?;
    let clean = |text: &str| polso_privacy::scrub_loose(text);
    let options = Options { verdicts: &verdicts, publishers: &publishers, columns: &columns, clean: &clean };
    let mut exit = Exit::Done;
    for path in &args.files {
        let mut intake = Intake::new(context, &mut desk, path);
        let format = args.format.map(As::format);
        let read = formats::read(open(path)?, format, &options, &mut |read| intake.take(read));
        let (kept, found) = intake.finish()?;
        exit = exit.or(found);
        if let Err(error) = read {
            if kept == 0 {
                return Err(error.into());
            }
            // What came before a cut is whole, and reading the file again changes nothing.
            let (path, hint) = (path.display(), error.hint());
            context.printer.missing(format_args!("{path}: {error}; the {kept} claims before that are kept. {hint}"));
            exit = exit.or(Exit::Missing);
        }
    }
    Ok(exit)
}

/// The table of verdict words and the list of publishers: the settings' own, or those that are compiled in.
fn tables(settings: &Settings) -> Result<(Verdicts, Publishers), Failure> {
    let text = |path: &Option<PathBuf>, shipped: &str| match path {
        Some(path) => std::fs::read_to_string(path).map_err(Failure::io("read", path)),
        None => Ok(shipped.to_owned()),
    };
    let verdicts = Verdicts::parse(&text(&settings.claims.verdicts, VERDICTS)?)?;
    Ok((verdicts, Publishers::parse(&text(&settings.claims.publishers, PUBLISHERS)?)?))
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    let file = File::open(path).map_err(Failure::io("open", path))?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    Ok(if packed {
        Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(file)))
    } else {
        Box::new(BufReader::new(file))
    })
}

/// What one file brings.
struct Intake<'a> {
    context: Context<'a>,
    desk: &'a mut Desk,
    path: &'a Path,
    /// By id: a later version of a claim in the same file takes the place of an earlier one.
    waiting: BTreeMap<ClaimId, Claim>,
    put: Put,
    refused: usize,
    failed: Option<Failure>,
}

impl<'a> Intake<'a> {
    fn new(context: Context<'a>, desk: &'a mut Desk, path: &'a Path) -> Self {
        Self { context, desk, path, waiting: BTreeMap::new(), put: Put::default(), refused: 0, failed: None }
    }

    fn take(&mut self, read: Read) -> ControlFlow<()> {
        match read {
            Read::Claim(claim) => {
                self.waiting.insert(claim.id.clone(), claim);
                if self.waiting.len() >= BATCH {
                    self.failed = self.store().err();
                }
            }
            Read::Noted { place, note } => tracing::warn!(place, "{note}"),
            Read::Refused { place, reason } => {
                self.refused += 1;
                if self.refused <= NAMED {
                    self.context.printer.missing(format_args!("{} {place}: {reason}", self.path.display()));
                }
            }
        }
        if self.failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn store(&mut self) -> Result<(), Failure> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let by = By { who: &format!("import {name}"), when: self.context.now };
        let claims: Vec<Claim> = std::mem::take(&mut self.waiting).into_values().collect();
        let put = self.desk.put(&claims, by)?;
        self.put.added += put.added;
        self.put.changed += put.changed;
        self.put.unchanged += put.unchanged;
        self.put.stood += put.stood;
        Ok(())
    }

    /// How many claims of the file the library holds now, and whether all of them.
    fn finish(mut self) -> Result<(usize, Exit), Failure> {
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        self.store()?;
        let Put { added, changed, unchanged, stood } = self.put;
        let (path, refused) = (self.path.display(), self.refused);
        self.context.printer.data(format_args!(
            "{path}: {added} new, {changed} changed, {unchanged} as they were, {stood} left as a person set them, {refused} refused"
        ));
        if self.refused > NAMED {
            self.context.printer.missing(format_args!("{} more entries of {path} were refused", self.refused - NAMED));
        }
        let exit = if self.refused == 0 { Exit::Done } else { Exit::Missing };
        Ok((added + changed + unchanged + stood, exit))
    }
}
