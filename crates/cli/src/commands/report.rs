//! `polso report`

use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::settings::Settings;
use crate::stages::report;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use polso_report::Language;

/// Write a day's report
///
/// Reads `lake/summaries`, writes `reports/D/` (index.html, report.md, report.json, tables) and prints the page's path.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// YYYY-MM-DD, yesterday or today
    #[arg(long, value_name = "D", default_value = "yesterday")]
    day: DayArg,
    /// Language of the report [default: `report.language`]
    #[arg(long, value_name = "LANG", value_parser = languages())]
    lang: Option<Language>,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let day = args.day.resolve(context.now, &context.settings.zone);
    let language = args.lang.unwrap_or(context.settings.language);
    let settings = Settings { language, ..context.settings.clone() };
    let written = report::write(Context { settings: &settings, ..context }, day)?;
    context.printer.data(written.page.display());
    Ok(written.exit)
}

/// Takes the code of a language; the help and a refusal list those that there are.
pub(crate) fn languages() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::all().map(Language::code)).try_map(|code| code.parse::<Language>())
}
