//! `polso check`

use crate::args::Global;
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::{self, Settings};
use polso_classify::{Bundle, Classifier, Lang, Text};
use polso_privacy::Key;
use std::fmt::Display;
use std::path::Path;

/// Look whether everything is in place
///
/// Settings, data folder, key, stream, lake, disk, model and sources, each with ✔ or ✖ and a hint. Changes nothing but creates
/// the data folder. Exit code 2 if anything is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Less than this much free space is a warning: a day of a busy tag and its report.
const ROOM_MIB: u64 = 1_024;

/// How far a probe's answer may lie from the card's: engines round differently, models differ more.
const TOLERANCE: f32 = 0.02;

pub(crate) fn run(global: &Global, printer: Printer) -> Exit {
    let mut list = Checklist { printer, fine: true };
    let Some(settings) = list.show("settings", settings::load(global).map_err(Failure::from), |settings| {
        format!("{} hashtags, days in {}", settings.hashtags.len(), settings.zone.name())
    }) else {
        return Exit::Refused;
    };
    let root = settings.data.root().display().to_string();
    list.show("data folder", settings.data.lock(clock::now(global)), |_| {
        format!("`{root}` can be written and is free")
    });
    list.show("disk", room(settings.data.root()), |mib| format!("{mib} MiB free"));
    list.show("key", key(&settings), |text| (*text).to_owned());
    list.show("stream", settings.data.stream().and_then(|stream| Ok(stream.waiting("classify")?)), |waiting| {
        format!("{waiting} entries wait to be read")
    });
    list.show("lake", settings.data.lake().and_then(|lake| Ok(lake.days()?)), |days| format!("{} days", days.len()));
    list.show("model", model(&settings), |id| format!("{id}: files match the card, probes answered"));
    let doors = settings.inbox.as_ref().map_or_else(
        || Ok("files by `polso import`; no inbox is set".to_owned()),
        |inbox| {
            inbox
                .read_dir()
                .map(|files| format!("inbox with {} entries", files.count()))
                .map_err(Failure::io("read the inbox", inbox))
        },
    );
    list.show("sources", doors, Clone::clone);
    if list.fine { Exit::Done } else { Exit::Refused }
}

struct Checklist {
    printer: Printer,
    fine: bool,
}

impl Checklist {
    /// One line of the list; the value if it is there.
    fn show<T, D: Display>(&mut self, what: &str, found: Result<T, Failure>, say: impl FnOnce(&T) -> D) -> Option<T> {
        match found {
            Ok(value) => {
                self.printer.check(true, format_args!("{what}: {}", say(&value)));
                Some(value)
            }
            Err(failure) => {
                self.fine = false;
                self.printer.check(false, format_args!("{what}: {failure}"));
                let mut cause = std::error::Error::source(&failure);
                while let Some(error) = cause {
                    self.printer.data(format_args!("    {}", error.to_string().trim_end().replace('\n', "\n    ")));
                    cause = error.source();
                }
                failure.hint().inspect(|hint| self.printer.data(format_args!("    hint: {hint}")));
                None
            }
        }
    }
}

fn room(root: &Path) -> Result<u64, Failure> {
    let about = rustix::fs::statvfs(root).map_err(|error| Failure::io("look at", root)(error.into()))?;
    let mib = about.f_bavail.saturating_mul(about.f_frsize) >> 20;
    if mib >= ROOM_MIB {
        return Ok(mib);
    }
    Err(Failure::usage(format!("only {mib} MiB are free"), format!("leave at least {ROOM_MIB} MiB")))
}

fn key(settings: &Settings) -> Result<&'static str, Failure> {
    let path = settings.data.key_path();
    if !path.exists() && settings.data.stream()?.is_empty()? {
        return Ok("none yet; the first import makes one");
    }
    Key::load(&path)?;
    Ok("in place, readable by its owner alone")
}

/// Loads the model and asks it what its card says it must answer.
fn model(settings: &Settings) -> Result<String, Failure> {
    let bundle = Bundle::named(&settings.model)?;
    let mut classifier = Classifier::new(&bundle, &settings.classify)?;
    for probe in &bundle.card().probes {
        let heard = classifier.hear(&[Text { text: &probe.text, lang: Lang::Hinted(None) }])?;
        let reading = heard.first().and_then(|heard| heard.reading.ok());
        let near = reading.is_some_and(|reading| {
            let mood = reading.sentiment;
            let pairs = [
                (mood.negative(), probe.negative),
                (mood.neutral(), probe.neutral),
                (mood.positive(), probe.positive),
                (reading.needs_checking.unwrap_or(f32::NAN), probe.needs_checking),
            ];
            pairs.iter().all(|(found, expected)| (found - expected).abs() <= TOLERANCE)
        });
        if !near {
            let hint = "its numbers cannot be trusted on this machine: copy the bundle again or choose another model";
            return Err(Failure::usage(format!("{} does not answer its probes", bundle.card().id), hint));
        }
    }
    Ok(bundle.card().id.clone())
}
