//! lake/summaries → privacy gate → reports/D. Nothing but published summaries gets this far.
//!
//! A report is made as a whole before its first file is written: so it can also be made only to be compared (`verify`).

mod files;
mod quality;
pub(crate) mod verify;
pub(crate) mod week;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::claims::brief;
use crate::stages::{past, spikes};
use files::{ALERT, Files, HTML, JSON, MARKDOWN};
use polso_aggregate::{DaySummary, Status};
use polso_domain::Day;
use polso_privacy::Published;
use polso_report::Rendered;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The figures of a day as a table, below its folder.
const MEASURES: &str = "tables/measures.parquet";

/// Days before a day that are drawn beside it.
const DRAWN_DAYS: i32 = 27;

/// Mark of a data folder whose posts are synthetic: every page made of it says so, whoever makes it and when.
pub(crate) const SYNTHETIC: &str = "synthetic";

/// A written report.
pub(crate) struct Written {
    /// `index.html`.
    pub(crate) page: PathBuf,
    /// Whether the day was heard as a whole.
    pub(crate) exit: Exit,
}

/// What a report comes down to, for those who do not look at the page.
#[derive(Debug, Clone)]
pub(crate) struct Brief {
    pub(crate) day: Day,
    /// 1 for the first report of the day.
    pub(crate) revision: u32,
    pub(crate) words: polso_report::Brief,
}

/// Renders a day's report in all its formats; with it comes what is told of it. Days without a summary have none.
#[tracing::instrument(name = "report", skip_all, fields(%day))]
pub(crate) fn write(context: Context<'_>, day: Day) -> Result<(Written, Brief), Failure> {
    let summary = stored(context, day)?;
    let heard = completeness(context, &summary);
    let (files, told) = make(context, summary)?;
    let page = files.write(&context.settings.data.report(day))?;
    Ok((Written { page, exit: heard.or(files.exit) }, told))
}

/// What a script outside reads first.
#[derive(Deserialize)]
struct Head {
    revision: u32,
}

/// Days whose report tells of another revision than their summary has: a run was killed between the two.
pub(crate) fn behind(context: Context<'_>) -> Result<BTreeSet<Day>, Failure> {
    let lake = context.settings.data.lake()?;
    let mut behind = BTreeSet::new();
    for day in lake.summary_days()? {
        let path = context.settings.data.report(day).join(JSON);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            read => read.map_err(Failure::io("read", &path))?,
        };
        let told = serde_json::from_str::<Head>(&text).ok().map(|head| head.revision);
        let summed = polso_aggregate::stored(&lake, day)?.map(|summary| summary.revision);
        if told != summed {
            behind.insert(day);
        }
    }
    Ok(behind)
}

/// What would be told of a day; writes nothing.
pub(crate) fn brief(context: Context<'_>, day: Day) -> Result<Brief, Failure> {
    Ok(make(context, stored(context, day)?)?.1)
}

fn stored(context: Context<'_>, day: Day) -> Result<DaySummary, Failure> {
    let lake = context.settings.data.lake()?;
    polso_aggregate::stored(&lake, day)?.ok_or_else(|| {
        Failure::usage(format!("{day} has no summary"), format!("run `polso aggregate --day {day}` first"))
    })
}

/// The files of a day's report, and what is told of it.
fn make(context: Context<'_>, summary: DaySummary) -> Result<(Files, Brief), Failure> {
    let day = summary.day;
    let (published, rendered, beside) = render(context, summary)?;
    let told = Brief { day, revision: published.revision, words: rendered.brief };
    let measures = polso_aggregate::measures(&published);
    let mut files = vec![
        (MEASURES, polso_store::measures_file(Path::new(MEASURES), day, &measures)?),
        (MARKDOWN, rendered.markdown.into_bytes()),
        (HTML, rendered.html.into_bytes()),
    ];
    files.extend(rendered.alert.map(|alert| (ALERT, alert.into_bytes())));
    files.push((JSON, rendered.json.into_bytes()));
    Ok((Files { files, exit: beside }, told))
}

/// Past the gate, into words; says whether everything that belongs beside the numbers could be read.
fn render(context: Context<'_>, summary: DaySummary) -> Result<(Published<DaySummary>, Rendered, Exit), Failure> {
    let (settings, day) = (context.settings, summary.day);
    let published = polso_privacy::publish(summary, settings.min_people);
    let log = brief::within(brief::of(context, day)?, &published);
    let log = polso_privacy::publish(log, settings.min_people);
    let beside = settings.beside.read_or_say(context.printer);
    let inputs = polso_report::Inputs {
        summary: &published,
        past: &past::before(context, day, DRAWN_DAYS)?,
        log: &log,
        quality: &quality::of_labels(context, day)?,
        beside: &beside,
        spikes: &spikes::of(context, day, &log)?,
    };
    let rendered = polso_report::render(&inputs, settings.language, &page(context)?)?;
    let exit = if beside.unread.is_empty() { Exit::Done } else { Exit::Missing };
    Ok((published, rendered, exit))
}

/// What a page says beyond its numbers.
fn page(context: Context<'_>) -> Result<polso_report::Settings, Failure> {
    let settings = context.settings;
    Ok(polso_report::Settings {
        title: settings.title.clone(),
        tracked: settings.track.any.iter().map(|tag| tag.name.clone()).collect(),
        query: settings.track.query(),
        min_people: settings.min_people,
        call: settings.call.clone(),
        seeds: settings.data.desk()?.mark(SYNTHETIC)?.is_some(),
    })
}

/// Names what was not heard.
fn completeness(context: Context<'_>, summary: &DaySummary) -> Exit {
    if summary.status == Status::Complete {
        return Exit::Done;
    }
    if summary.status == Status::NoData {
        context.printer.missing(format_args!("no posts were heard on {}", summary.day));
    }
    for source in summary.coverage.iter().filter(|source| source.minutes_missed > 0 || source.state != "heard") {
        let (name, minutes) = (&source.source, source.minutes_missed);
        context.printer.missing(format_args!("{name} on {}: {}, {minutes} minutes missed", summary.day, source.state));
    }
    Exit::Missing
}
