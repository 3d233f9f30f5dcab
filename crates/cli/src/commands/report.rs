//! `polso report`

use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::settings::Settings;
use crate::stages::feed;
use crate::stages::report::{self, verify, verify::Which};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use polso_domain::Week;
use polso_report::Language;

/// Write the report of a day or a week, or look whether it would be the same again
///
/// Reads `lake/summaries`, the desk and the files that stand beside the numbers, writes `reports/D/` (index.html, report.md,
/// report.json, tables) or `reports/W/` (the same without tables) and prints the page's path. With `--verify` it writes
/// nothing: it makes the report again and compares. Exit code 0 the same, 1 different, 2 no report.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// YYYY-MM-DD, yesterday or today
    #[arg(long, value_name = "D", default_value = "yesterday")]
    day: DayArg,
    /// A week from Monday to Sunday, such as 2020-W11, instead of a day
    #[arg(long, value_name = "W", conflicts_with = "day", value_parser = week)]
    week: Option<Week>,
    /// Language of the report [default: `report.language`]
    #[arg(long, value_name = "LANG", value_parser = languages(), conflicts_with = "verify")]
    lang: Option<Language>,
    /// Make it again, in the language it was written in, and compare with the files
    #[arg(long)]
    verify: bool,
}

pub(crate) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let day = args.day.resolve(context.now, &context.settings.zone);
    if args.verify {
        return verify::verify(context, args.week.map_or(Which::Day(day), Which::Week));
    }
    let language = args.lang.unwrap_or(context.settings.language);
    let settings = Settings { language, ..context.settings.clone() };
    let context = Context { settings: &settings, ..context };
    let written = match args.week {
        Some(week) => report::week::write(context, week)?,
        None => report::write(context, day)?.0,
    };
    feed::write(context)?;
    context.printer.data(written.page.display());
    Ok(written.exit)
}

/// The week that is spelt so.
fn week(text: &str) -> Result<Week, String> {
    text.parse().map_err(|_| "write a week of the calendar as YYYY-Www, such as 2020-W11".to_owned())
}

/// Takes the code of a language; the help and a refusal list those that there are.
pub(crate) fn languages() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::all().map(Language::code)).try_map(|code| code.parse::<Language>())
}
