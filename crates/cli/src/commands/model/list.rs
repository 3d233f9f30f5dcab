//! `polso model list`

use super::show::aligned;
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings;
use polso_classify::{BUNDLED, Bundle};

/// Which models there are
///
/// The one that is compiled in and the one that the settings name, each with its languages and what it reads in a text.
/// Reads settings and cards, writes to stdout, changes nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let settings = settings::load_or_defaults(global)?;
    let mut names = vec![BUNDLED];
    if settings.model != BUNDLED {
        names.push(&settings.model);
    }
    let mut rows = vec![["model", "id", "", "languages", "heads"].map(str::to_owned).to_vec()];
    let mut outcome = Ok(Exit::Done);
    for name in names {
        let role = if settings.model == name { "in use" } else { "" };
        match Bundle::card_of(name) {
            Ok(card) => {
                let (languages, heads) = (card.languages.join(" "), card.heads().join(" "));
                rows.push(vec![name.to_owned(), card.id, role.to_owned(), languages, heads]);
            }
            // The others are listed all the same.
            Err(error) => outcome = Err(error.into()),
        }
    }
    for line in aligned(&rows) {
        printer.data(line);
    }
    outcome
}
