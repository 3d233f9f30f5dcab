//! `polso model verify`

use super::Which;
use crate::args::Global;
use crate::checklist::Checklist;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::verify;

/// Look whether a model is what its card says
///
/// The sha256 of each file, then the answer to each probe of the card, which may differ by 0.02: ✔ or ✖ with a hint. Reads the
/// model, writes to stdout, changes nothing. Exit code 2 if anything is wrong.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let (name, settings) = args.which.resolve(global)?;
    let mut list = Checklist::new(printer);
    for (what, outcome) in verify::bundle(&name, &settings.classify)? {
        list.show(&what, outcome.map_err(Failure::from), |()| "as the card says");
    }
    Ok(list.exit())
}
