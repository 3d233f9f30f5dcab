//! `polso alert`

mod list;
mod preview;
mod test;

use super::without_lock;
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::printer::Printer;
use crate::stages::tell;
use polso_alert::send::{Office, Receiver};

/// Who is told what a run brings, and whether it reaches them
///
/// `run` tells by itself; these commands look at it. Receivers are the tables `[[alert.…]]` of the settings; docs/alerts.md
/// says what each gets and when.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(list::Args),
    Test(test::Args),
    Preview(preview::Args),
}

pub(crate) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    match &args.command {
        Command::List(args) => without_lock(global, printer, |context| list::run(args, context)),
        Command::Test(args) => without_lock(global, printer, |context| test::run(args, context)),
        Command::Preview(args) => without_lock(global, printer, |context| preview::run(args, context)),
    }
}

/// The receivers that were named, or all.
fn named(office: &Office, names: &[String]) -> Result<Vec<Receiver>, Failure> {
    if let Some(name) = names.iter().find(|name| !office.receivers().iter().any(|known| known.name == **name)) {
        let all: Vec<&str> = office.receivers().iter().map(|known| known.name.as_str()).collect();
        let hint =
            if all.is_empty() { "the settings name none".to_owned() } else { format!("one of {}", all.join(", ")) };
        return Err(Failure::usage(format!("there is no receiver `{name}`"), hint));
    }
    let is_named = |receiver: &&Receiver| names.is_empty() || names.contains(&receiver.name);
    Ok(office.receivers().iter().filter(is_named).cloned().collect())
}

/// The post office of the settings.
fn office(context: Context<'_>) -> Result<Office, Failure> {
    let office = tell::office(context)?;
    if office.receivers().is_empty() {
        context.printer.say("nobody is told: the settings have no [[alert.…]]");
    }
    Ok(office)
}
