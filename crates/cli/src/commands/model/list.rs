//! `polso model list`

use super::show::aligned;
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::{self, Settings};
use polso_classify::{BUNDLED, Bundle, Head, Lineup};

/// Which models there are
///
/// The one that is compiled in, those that were added and those that the settings name, each with what it is used for, its
/// languages and what it reads in a text. Reads settings and cards, writes to stdout, changes nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(global: &Global, printer: Printer) -> Result<Exit, Failure> {
    let settings = settings::load_or_defaults(global)?;
    let mut rows = vec![["model", "id", "", "languages", "heads"].map(str::to_owned).to_vec()];
    let mut outcome = Ok(Exit::Done);
    for (shown, name) in there(&settings)? {
        match Bundle::card_of(&name) {
            Ok(card) => {
                let heads: Vec<&str> = card.heads().into_iter().map(Head::name).collect();
                let (languages, heads) = (card.languages.join(" "), heads.join(" "));
                rows.push(vec![shown, card.id, role(&settings.models, &name), languages, heads]);
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

/// The models, each as it is called and as it is opened.
fn there(settings: &Settings) -> Result<Vec<(String, String)>, Failure> {
    let mut models = vec![(BUNDLED.to_owned(), BUNDLED.to_owned())];
    let home = settings.data.models();
    if home.is_dir() {
        for entry in std::fs::read_dir(&home).map_err(Failure::io("read", &home))? {
            let entry = entry.map_err(Failure::io("read", &home))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Those with a dot are being put together.
            if !name.starts_with('.') {
                models.push((name, entry.path().display().to_string()));
            }
        }
    }
    models[1..].sort_unstable();
    for name in settings.models.names() {
        if models.iter().all(|(_, known)| known != name) {
            models.push((name.to_owned(), name.to_owned()));
        }
    }
    Ok(models)
}

/// What a model is used for.
fn role(lineup: &Lineup, name: &str) -> String {
    let heads: Vec<&str> = Head::ALL.into_iter().filter(|head| lineup.named(*head) == name).map(Head::name).collect();
    match heads.len() {
        0 if lineup.base() != name => String::new(),
        _ if lineup.base() == name => "in use".to_owned(),
        _ => format!("in use for {}", heads.join(", ")),
    }
}
