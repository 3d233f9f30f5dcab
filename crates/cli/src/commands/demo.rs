//! `polso demo`

use super::{init, report};
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::{self, Context};
use crate::printer::Printer;
use crate::settings::{STARTER, Settings};
use crate::stages::{self, import};
use crate::{clock, settings};
use polso_report::Language;
use std::path::{Path, PathBuf};

/// Six weeks of synthetic posts, told by `seeds/README.md`.
static POSTS: &str = include_str!("../../../../seeds/posts.jsonl");

/// What stands beside their numbers and what the invented authority said, with the names that the starter's settings give such files.
static BESIDE: [(&str, &str); 4] = [
    ("events.csv", include_str!("../../../../seeds/events.csv")),
    ("actions.csv", include_str!("../../../../seeds/actions.csv")),
    ("messages.toml", include_str!("../../../../seeds/messages.toml")),
    ("survey.csv", include_str!("../../../../seeds/survey.csv")),
];

/// The last of those days.
const DAY: &str = "2020-03-15";

/// Show the main job on synthetic posts, offline
///
/// Makes a data folder, imports six weeks of invented posts, reads them with the bundled model, sums the days up and
/// writes a report. Prints the report's path last.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to put everything [default: a new temporary folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Language of the report
    #[arg(long, value_name = "LANG", default_value = "it", value_parser = report::languages())]
    lang: Language,
}

pub(crate) fn run(args: Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let now = clock::now(global);
    let out = args.out.unwrap_or_else(|| std::env::temp_dir().join(format!("polso-demo-{}", std::process::id())));
    put_beside(&out)?;
    init::make(&out)?;
    let path = out.join("polso.toml");
    let text = std::fs::read_to_string(&path).map_err(Failure::io("read", &path))?;
    let loaded = settings::parse(&text, &path, global)?;
    let settings = Settings { language: args.lang, ..loaded };
    let context = Context { settings: &settings, printer, now };
    let _lock = settings.data.lock(now)?;
    settings.data.desk()?.set_mark(stages::report::SYNTHETIC, "demo")?;

    printer.say("The posts of this demo are synthetic: no real person wrote any of them.");
    import::compiled_in(context, "posts.jsonl", POSTS.as_bytes())?;
    let day = DAY.parse().map_err(|_| Failure::usage("the demo's day is damaged", "build polso again"))?;
    // The seeds hold an outage on purpose, so that the report has one to show; it is no failure of the demo.
    pipeline::run(context, day)?;
    printer.say(format_args!("\nAsk it something: polso --config {} query \"SELECT lang, count(*) AS n FROM observations GROUP BY lang ORDER BY n DESC\"\n\nThe report:", path.display()));
    printer.data(settings.data.report(day).join("index.html").display());
    Ok(Exit::Done)
}

/// Puts the files beside the settings, and the starter's settings with their names switched on: so every later command in
/// that folder sees them too. What is there already is left as it is.
fn put_beside(out: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(out).map_err(Failure::io("create", out))?;
    let off = [
        "# events = \"events.csv\"",
        "# actions = \"actions.csv\"",
        "# outside = [\"survey.csv\"]",
        "# messages = \"messages.toml\"",
    ];
    let switched_on =
        off.iter().fold(STARTER.to_owned(), |text, line| text.replace(line, line.trim_start_matches("# ")));
    for (name, text) in BESIDE.into_iter().chain([("polso.toml", switched_on.as_str())]) {
        let path = out.join(name);
        if !path.exists() {
            polso_store::write_atomic(&path, text.as_bytes())?;
        }
    }
    Ok(())
}
