//! `polso check`

use crate::args::Global;
use crate::checklist::Checklist;
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::{self, Settings};
use crate::verify;
use polso_privacy::Key;
use std::path::Path;

/// Look whether everything is in place
///
/// Settings, data folder, key, stream, lake, disk, model and sources, each with ✔ or ✖ and a hint. Changes nothing but creates
/// the data folder. Exit code 2 if anything is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Less than this much free space is a warning: a day of a busy tag and its report.
const ROOM_MIB: u64 = 1_024;

pub(crate) fn run(global: &Global, printer: Printer) -> Exit {
    let mut list = Checklist::new(printer);
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
    list.show("model", model(&settings), Clone::clone);
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
    list.exit()
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

fn model(settings: &Settings) -> Result<String, Failure> {
    let findings = verify::bundle(&settings.model, &settings.classify)?;
    let looked_at = findings.len();
    let wrong = findings.into_iter().find_map(|(_, outcome)| outcome.err());
    wrong.map_or_else(
        || Ok(format!("{}: {looked_at} files and probes are as its card says", settings.model)),
        |error| Err(error.into()),
    )
}
