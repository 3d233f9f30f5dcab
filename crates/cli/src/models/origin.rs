//! Where a published model comes from: a folder, or the hub.

use crate::commands::model::add::Args;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings;
use indicatif::ProgressBar;
use polso_classify::published::{self, Hub, Progress};
use std::path::{Path, PathBuf};

/// Where a model or a tokenizer is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Origin<'a> {
    /// A file or a folder.
    Here(&'a Path),
    /// A name on the hub, and a revision.
    Hub(&'a str, Option<&'a str>),
}

impl<'a> Origin<'a> {
    /// What is there is a path; OWNER/MODEL is a name on the hub; anything else is neither.
    pub(super) fn of(written: &'a str) -> Result<Self, Failure> {
        let path = Path::new(written);
        if path.exists() {
            return Ok(Self::Here(path));
        }
        let (name, revision) =
            written.split_once('@').map_or((written, None), |(name, revision)| (name, Some(revision)));
        let parts: Vec<&str> = name.split('/').collect();
        let is_name = |part: &&str| !part.is_empty() && !part.starts_with('.');
        match parts.as_slice() {
            [owner, model] if is_name(owner) && is_name(model) => Ok(Self::Hub(name, revision)),
            _ => {
                let hint = "name a folder that is there, or a model on the hub as OWNER/MODEL";
                Err(Failure::usage(format!("there is no folder `{written}`"), hint))
            }
        }
    }
}

/// Brings the files of a model into a folder, and says where they are from.
pub(super) fn bring(args: &Args, cache: &Path, (folder, printer): (&Path, Printer)) -> Result<String, Failure> {
    let tokenizer = args.tokenizer.as_deref().map(|written| tokenizer(written, cache, printer)).transpose()?;
    let (from, source) = match Origin::of(&args.model)? {
        Origin::Here(path) => {
            let whole = std::fs::canonicalize(path).map_err(Failure::io("read", path))?;
            (path.to_owned(), whole.display().to_string())
        }
        Origin::Hub(name, revision) => {
            let fetched = hub(cache).model((name, revision), tokenizer.is_none(), &mut Bar::new(printer))?;
            (fetched.folder, format!("{name}@{}", fetched.commit))
        }
    };
    for (file, path) in published::take(&args.model, &from, tokenizer.as_deref())? {
        let bar = printer.bar("copying", path.metadata().map_or(0, |about| about.len()), "bytes");
        std::fs::copy(&path, folder.join(file)).map_err(Failure::io("copy", &path))?;
        bar.finish_and_clear();
    }
    Ok(source)
}

/// The file of a tokenizer that another model has.
fn tokenizer(written: &str, cache: &Path, printer: Printer) -> Result<PathBuf, Failure> {
    match Origin::of(written)? {
        Origin::Here(path) if path.is_dir() => Ok(path.join("tokenizer.json")),
        Origin::Here(path) => Ok(path.to_owned()),
        Origin::Hub(name, revision) => Ok(hub(cache).tokenizer((name, revision), &mut Bar::new(printer))?),
    }
}

fn hub(cache: &Path) -> Hub {
    let (token, endpoint) = settings::hub();
    Hub { endpoint, token, cache: cache.to_owned() }
}

/// Shows how far a file is.
struct Bar {
    printer: Printer,
    bar: ProgressBar,
}

impl Bar {
    fn new(printer: Printer) -> Self {
        Self { printer, bar: ProgressBar::hidden() }
    }
}

impl Progress for Bar {
    fn begin(&mut self, file: &str, bytes: u64) {
        self.bar.finish_and_clear();
        self.bar = self.printer.bar(file, bytes, "bytes");
    }

    fn advance(&mut self, bytes: u64) {
        self.bar.inc(bytes);
    }

    fn end(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_a_path_and_two_names_are_the_hubs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().display().to_string();
        assert_eq!(Origin::of(&path).unwrap(), Origin::Here(folder.path()));
        assert_eq!(Origin::of("owner/model@refs/pr/1").unwrap(), Origin::Hub("owner/model", Some("refs/pr/1")));
        for neither in ["nowhere", "./a/b", "/no/such/folder", "a/b/c", "../x"] {
            assert!(Origin::of(neither).is_err(), "{neither}");
        }
    }
}
