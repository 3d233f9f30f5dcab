//! `polso check`

use crate::args::Global;
use crate::checklist::Checklist;
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::printer::Printer;
use crate::settings::{self, Settings};
use crate::stages::{collect, tell};
use crate::verify;
use polso_collect::{AskError, Client, Source, Tally};
use polso_privacy::Key;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Look whether everything is in place
///
/// Settings, data folder, key, stream, lake, disk, model, sources and those who are told, each with ✔ or ✖ and a hint. Changes
/// nothing but creates the data folder. Exit code 2 if anything is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Less than this much free space is a warning: a day of a busy tag and its report.
const ROOM_MIB: u64 = 1_024;

/// A door that has not said anything by then is shut.
const KNOCK: Duration = Duration::from_secs(30);

pub(crate) fn run(global: &Global, printer: Printer) -> Exit {
    let mut list = Checklist::new(printer);
    let Some(settings) = list.show("settings", settings::load(global).map_err(Failure::from), |settings| {
        format!("{} hashtags, days in {}", settings.track.any.len(), settings.zone.name())
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
    if let Some(inbox) = &settings.inbox {
        let files = inbox.read_dir().map_err(Failure::io("read the inbox", inbox)).map(Iterator::count);
        list.show("inbox", files, |files| format!("{files} entries"));
    }
    if !settings.beside.is_empty() {
        list.show("files beside", settings.beside.read().map_err(Failure::from), |found| {
            let actions = found.actions.as_ref().map_or(0, Vec::len);
            format!("{} events, {actions} actions, {} outside series", found.events.len(), found.series.len())
        });
    }
    let context = Context { settings: &settings, printer, now: clock::now(global) };
    doors(&mut list, context);
    receivers(&mut list, context);
    list.exit()
}

/// Tries each source's door, one after the other: one line each.
fn doors(list: &mut Checklist, context: Context<'_>) {
    let Some(sources) =
        list.show("sources", context.settings.sources().map_err(Failure::from), |all| match all.len() {
            0 => "none; posts come by `polso import`".to_owned(),
            n => format!("{n} in the settings"),
        })
    else {
        return;
    };
    if sources.is_empty() {
        return;
    }
    let Some((hosts, runtime)) =
        list.show("politeness", collect::hosts(context).and_then(|hosts| Ok((hosts, collect::runtime()?))), |_| {
            format!("asking as {}", context.settings.collect.contact)
        })
    else {
        return;
    };
    for Source { door, collector } in sources {
        let client = Client::new(Arc::clone(&hosts), Arc::new(Tally::default()));
        let knocked = collector.and_then(|mut collector| {
            let late = AskError::Unreachable { host: door.to_string(), source: "no answer in time".into() };
            runtime.block_on(async {
                tokio::time::timeout(KNOCK, collector.knock(&client, context.now)).await.unwrap_or(Err(late))
            })
        });
        list.show(door.as_str(), knocked.map_err(Failure::from), Clone::clone);
    }
}

/// Looks whether those who are to be told can be reached: one line each. Nobody is told anything.
fn receivers(list: &mut Checklist, context: Context<'_>) {
    let opened = tell::office(context).and_then(|office| Ok((office, collect::runtime()?)));
    let Some((office, runtime)) = list.show("alerts", opened, |(office, _)| match office.receivers().len() {
        0 => "nobody is told; whoever wants to know opens the page".to_owned(),
        n => format!("{n} in the settings"),
    }) else {
        return;
    };
    for receiver in office.receivers() {
        let knocked = runtime.block_on(office.knock(receiver));
        list.show(&receiver.name, knocked.map_err(Failure::from), Clone::clone);
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

fn model(settings: &Settings) -> Result<String, Failure> {
    settings.models.check()?;
    let mut looked_at = 0;
    for name in settings.models.names() {
        for (_, outcome) in verify::bundle(name, &settings.classify)? {
            outcome?;
            looked_at += 1;
        }
    }
    Ok(format!("{}: {looked_at} files and probes are as the card says", settings.models.id()?))
}
