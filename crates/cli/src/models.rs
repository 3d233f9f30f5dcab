//! Models in the data folder: adding published ones, calibrating them on labelled posts.
//!
//! A folder of a model is never changed under whoever reads it: a new one is put together beside it and gets the name in one
//! step.

#[cfg(feature = "libtorch")]
pub(crate) mod adding;
pub(crate) mod calibrating;
#[cfg(feature = "libtorch")]
mod origin;
mod probes;
#[cfg(feature = "libtorch")]
mod questions;

use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::Settings;
use polso_classify::{Bundle, Card, Classifier};
use std::path::{Path, PathBuf};

/// Reads the probes with the model, shows the answers, and keeps them on the card.
fn probed(folder: &Path, settings: &Settings, printer: Printer) -> Result<Card, Failure> {
    let bundle = Bundle::load(folder)?;
    let mut classifier = Classifier::new(&bundle, &settings.classify)?;
    for place in classifier.places() {
        printer.say(place);
    }
    let probes = probes::asked(&mut classifier, &bundle.card().languages, printer)?;
    let card = Card { probes, ..bundle.card().clone() };
    write_card(folder, &card)?;
    Ok(card)
}

/// Writes the card of a folder.
fn write_card(folder: &Path, card: &Card) -> Result<(), Failure> {
    Ok(polso_store::write_atomic(&folder.join("card.toml"), card.written()?.as_bytes())?)
}

/// A folder that is gone again unless it gets its name.
struct Staged {
    folder: PathBuf,
}

impl Staged {
    fn at(folder: PathBuf) -> Result<Self, Failure> {
        // What a killed try left.
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(Failure::io("remove", &folder))?;
        }
        std::fs::create_dir_all(&folder).map_err(Failure::io("create", &folder))?;
        Ok(Self { folder })
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}
