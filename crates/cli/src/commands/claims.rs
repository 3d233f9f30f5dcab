//! `polso claims`

mod import;
mod list;
mod log;
mod matching;
mod rematch;
mod set;
mod show;

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use polso_domain::{Claim, ClaimId, Wording};

/// The claim library and the rumour log: what goes round, what answers it, what is done about it
///
/// The library starts with the project's own claims and grows by `import`. Posts are matched with it when they are read;
/// `rematch` holds a new or changed claim against the last weeks. docs/claims.md has the whole story.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    Match(matching::Args),
    Import(import::Args),

    Rematch(rematch::Args),
    Log(log::Args),
    Set(Box<set::Args>),
}

pub(crate) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    match &args.command {
        Command::List(args) => super::without_lock(global, printer, |context| list::run(args, context)),
        Command::Show(args) => super::without_lock(global, printer, |context| show::run(args, context)),
        Command::Match(args) => super::without_lock(global, printer, |context| matching::run(args, context)),
        Command::Import(args) => super::with_lock(global, printer, |context| import::run(args, context)),
        Command::Rematch(args) => super::with_lock(global, printer, |context| rematch::run(args, context)),
        Command::Log(args) => super::without_lock(global, printer, |context| log::run(args, context)),
        Command::Set(args) => super::with_lock(global, printer, |context| set::run(args, context)),
    }
}

/// An id as typed.
fn id(text: &str) -> Result<ClaimId, Failure> {
    let hint = "`polso claims list` shows the ids";
    ClaimId::new(text).ok_or_else(|| Failure::usage(format!("`{text}` is not the id of a claim"), hint))
}

/// A claim that must be there.
fn known(desk: &polso_desk::Desk, text: &str) -> Result<Claim, Failure> {
    let hint = "`polso claims list` shows the ids";
    let missing = || Failure::usage(format!("there is no claim `{text}`"), hint);
    desk.claim(&id(text)?)?.ok_or_else(missing)
}

/// A claim's wording in a language, else in English, else any.
pub(crate) fn wording<'a>(claim: &'a Claim, lang: &str) -> Option<&'a Wording> {
    let of = |lang: &str| claim.wordings.iter().find(|wording| wording.lang == lang);
    of(lang).or_else(|| of("en")).or(claim.wordings.first())
}
