//! Adding a published model: its files into a folder of its own, a card, and a look at what it answers.
//!
//! A model is put together beside the others under a name that nobody uses, and gets its own in one step: what fails half-way
//! leaves nothing behind but what was fetched, for the next try.

use super::{Staged, origin, probed, questions, write_card};
use crate::commands::model::add::{Args, Task};
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::Settings;
use polso_classify::published::{self, Wish};
use polso_classify::{BUNDLED, Card, Error};
use std::path::{Path, PathBuf};

/// Adds a model and says what it answers.
pub(crate) fn add(args: &Args, settings: &Settings, printer: Printer) -> Result<(), Failure> {
    settings.data.prepare()?;
    let name = named(args)?;
    let home = settings.data.models();
    let place = home.join(&name);
    if place.exists() {
        let hint = format!("take another --name, or remove `{}` first", place.display());
        return Err(Failure::usage(format!("there is a model `{name}` already"), hint));
    }
    std::fs::create_dir_all(&home).map_err(Failure::io("create", &home))?;
    let staged = Staged::at(home.join(format!(".adding-{name}")))?;
    let cache = home.join(".fetched").join(&name);
    let source = origin::bring(args, &cache, (&staged.folder, printer))?;
    let wish = Wish {
        id: name.clone(),
        source,
        task: args.task.map(Task::head),
        labels: args.labels.clone(),
        languages: args.languages.clone(),
        licence: args.licence.clone(),
        max_tokens: args.max_tokens,
    };
    let card = card(&staged.folder, wish, printer)?;
    write_card(&staged.folder, &card)?;
    let card = probed(&staged.folder, settings, printer)?;
    std::fs::rename(&staged.folder, &place).map_err(Failure::io("move into place", &place))?;
    // It stands where it belongs now.
    std::fs::remove_dir_all(&cache).ok();
    say(&name, &card, printer);
    Ok(())
}

/// The card; where labels do not say what they mean and a person is there, after asking.
fn card(folder: &Path, wish: Wish, printer: Printer) -> Result<Card, Failure> {
    match published::card_of(folder, &wish) {
        Err(Error::Labels { labels, task, .. }) if wish.labels.is_empty() && questions::somebody_is_there() => {
            let labels = questions::meanings(&labels, task, printer)?;
            Ok(published::card_of(folder, &Wish { labels, ..wish })?)
        }
        card => Ok(card?),
    }
}

fn say(name: &str, card: &Card, printer: Printer) {
    let head = card.heads().first().map_or_else(String::new, ToString::to_string);
    printer.say(format_args!(
        "added `{name}`: it reads {head} in {}, licence: {}",
        card.languages.join(", "),
        card.licence
    ));
    printer.say("to use it, write this into the settings:");
    printer.data(format_args!("[classify.heads]\n{head} = \"{name}\""));
    let hint = "its probabilities are its authors'; labelled posts of yours make them true: polso model calibrate";
    printer.say(format_args!("{hint} {name} --data FILE"));
}

/// The name that the model gets: one that is a folder's and nothing else.
fn named(args: &Args) -> Result<String, Failure> {
    let own = || {
        let path = args.model.split('@').next().unwrap_or_default();
        PathBuf::from(path.trim_end_matches('/')).file_name().map(|name| name.to_string_lossy().into_owned())
    };
    let name = args.name.clone().or_else(own).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name == BUNDLED || name.starts_with('.') || !name.chars().all(plain) {
        let hint =
            "take letters, digits, `-`, `_` and `.`, and not the name of the model that is compiled in: --name NAME";
        return Err(Failure::usage(format!("`{name}` is no name for a model"), hint));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(model: &str, name: Option<&str>) -> Option<String> {
        let args = Args {
            model: model.to_owned(),
            name: name.map(str::to_owned),
            task: None,
            labels: Vec::new(),
            languages: Vec::new(),
            licence: None,
            max_tokens: None,
            tokenizer: None,
        };
        named(&args).ok()
    }

    #[test]
    fn a_model_is_called_by_its_last_name() {
        assert_eq!(name("owner/some-model@refs/pr/3", None).as_deref(), Some("some-model"));
        assert_eq!(name("./folder/my.model/", None).as_deref(), Some("my.model"));
        assert_eq!(name("owner/x", Some("mine")).as_deref(), Some("mine"));
        for odd in ["..", "a/b", ".hidden", "", "polso-mini-2", "a b"] {
            assert_eq!(name("owner/x", Some(odd)), None, "{odd}");
        }
    }
}
