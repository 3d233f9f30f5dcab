//! `polso init`

use crate::data::{self, Data};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::STARTER;
use std::path::{Path, PathBuf};

/// Make a place to work: commented settings and a secret key
///
/// Writes `polso.toml` and `data/state/key` into DIR. What is there already is left as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder; it is created if needed
    #[arg(default_value = ".", value_name = "DIR")]
    dir: PathBuf,
}

pub(crate) fn run(args: &Args, printer: Printer) -> Result<Exit, Failure> {
    let (config, key) = make(&args.dir)?;
    let settings = args.dir.join("polso.toml");
    printer.data(format_args!("{} {}", if config { "wrote" } else { "kept " }, settings.display()));
    let key_path = Data::at(args.dir.join("data")).key_path();
    printer.data(format_args!("{} {}", if key { "wrote" } else { "kept " }, key_path.display()));
    printer.say(format_args!(
        "Back the key up apart from the data: without it nobody can be forgotten, with it pseudonyms can be tested.\n\
         Next: set `track.hashtags` and `report.timezone`, then `polso --config {} check`",
        settings.display(),
    ));
    Ok(Exit::Done)
}

/// Writes the settings and the key; says of each whether it was written.
pub(crate) fn make(dir: &Path) -> Result<(bool, bool), Failure> {
    let data = Data::at(dir.join("data"));
    data.prepare()?;
    let settings = dir.join("polso.toml");
    let config = !settings.exists();
    if config {
        polso_store::write_atomic(&settings, STARTER.as_bytes())?;
    }
    let key = !data.key_path().exists();
    if key {
        data::fresh_key()?.create(&data.key_path())?;
    }
    Ok((config, key))
}
