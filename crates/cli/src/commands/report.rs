//! `polso report`

use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::settings::Settings;
use crate::stages::{feed, report};
use polso_report::Language;

/// Write a day's report
///
/// Reads `lake/summaries`, writes `reports/D/` (index.html, report.md, report.json, tables) and prints the page's path.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// YYYY-MM-DD, yesterday or today
    #[arg(long, value_name = "D", default_value = "yesterday")]
    day: DayArg,
    /// it, en or fi [default: `report.language`]
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let day = args.day.resolve(context.now, &context.settings.zone);
    let settings = match &args.lang {
        None => context.settings.clone(),
        Some(lang) => Settings { language: language(lang)?, ..context.settings.clone() },
    };
    let context = Context { settings: &settings, ..context };
    let written = report::write(context, day)?;
    feed::write(context)?;
    context.printer.data(written.page.display());
    Ok(written.exit)
}

/// The language of that code.
pub(crate) fn language(code: &str) -> Result<Language, Failure> {
    code.parse().map_err(|_| Failure::usage(format!("there is no report in `{code}`"), "one of it, en, fi"))
}
