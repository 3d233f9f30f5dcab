//! `polso model`

pub(crate) mod add;
mod calibrate;
mod list;
mod show;
mod verify;

pub(crate) use show::aligned;

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings;

/// Models: which there are, what they say of themselves, whether they are intact; add published ones
///
/// A model is a folder with a network, `tokenizer.json`, `card.toml` and what else the card names; one is compiled in. Added
/// ones stand in the data folder under `models`, each by its name.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Add(add::Args),
    Calibrate(calibrate::Args),
    List(list::Args),
    Show(show::Args),
    Verify(verify::Args),
}

/// Which model, where one has to be named.
#[derive(Debug, clap::Args)]
struct Which {
    /// The model that is compiled in, an added one or a folder [default: `classify.model`]
    #[arg(value_name = "NAME|FOLDER")]
    model: Option<String>,
}

impl Which {
    /// The model's name with the settings to run it by.
    fn resolve(&self, global: &Global) -> Result<(String, settings::Settings), Failure> {
        let settings = settings::load_or_defaults(global)?;
        let named = self.model.as_deref().map(|name| settings.data.model(name));
        Ok((named.unwrap_or_else(|| settings.models.base().to_owned()), settings))
    }
}

pub(crate) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    match &args.command {
        Command::Add(args) => add::run(args, global, printer),
        Command::Calibrate(args) => calibrate::run(args, global, printer),
        Command::List(_) => list::run(global, printer),
        Command::Show(args) => show::run(args, global, printer),
        Command::Verify(args) => verify::run(args, global, printer),
    }
}
