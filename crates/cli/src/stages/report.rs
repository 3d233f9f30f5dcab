//! lake/summaries → privacy gate → reports/D. Nothing but published summaries gets this far.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::review;
use crate::stages::claims::brief;
use crate::stages::spikes;
use polso_aggregate::{DaySummary, Status};
use polso_classify::Bundle;
use polso_domain::Day;
use polso_report::Quality;
use std::path::PathBuf;

/// Days back that reviewed posts speak for the labels of a day.
const REVIEWED_DAYS: i32 = 28;

/// A written report.
pub(crate) struct Written {
    /// `index.html`.
    pub(crate) page: PathBuf,
    /// Whether the day was heard as a whole.
    pub(crate) exit: Exit,
}

/// Renders a day's report in all its formats. Days without a summary have none.
#[tracing::instrument(name = "report", skip_all, fields(%day))]
pub(crate) fn write(context: Context<'_>, day: Day) -> Result<Written, Failure> {
    let settings = context.settings;
    let lake = settings.data.lake()?;
    let summary = polso_aggregate::stored(&lake, day)?.ok_or_else(|| {
        Failure::usage(format!("{day} has no summary"), format!("run `polso aggregate --day {day}` first"))
    })?;
    let exit = completeness(context, &summary);
    let published = polso_privacy::publish(summary, settings.min_people);
    let page = polso_report::Settings {
        title: settings.title.clone(),
        tracked: settings.track.any.iter().map(|tag| tag.name.clone()).collect(),
        query: settings.track.query(),
        min_people: settings.min_people,
        seeds: settings.seeds,
    };
    let log = brief::within(brief::of(context, day)?, &published);
    let log = polso_privacy::publish(log, settings.min_people);
    let inputs = polso_report::Inputs {
        summary: &published,
        log: &log,
        quality: &label_quality(context, day)?,
        spikes: &spikes::of(context, day, &log)?,
    };
    let rendered = polso_report::render(&inputs, settings.language, &page)?;
    let folder = settings.data.report(day);
    let tables = folder.join("tables");
    std::fs::create_dir_all(&tables).map_err(Failure::io("create", &tables))?;
    let measures = polso_aggregate::measures(&published);
    polso_store::write_measures(&tables.join("measures.parquet"), day, &measures)?;
    polso_store::write_atomic(&folder.join("report.md"), rendered.markdown.as_bytes())?;
    polso_store::write_atomic(&folder.join("index.html"), rendered.html.as_bytes())?;
    // Last, for whoever waits for it: when `report.json` is there, the rest is.
    polso_store::write_atomic(&folder.join("report.json"), rendered.json.as_bytes())?;
    Ok(Written { page: folder.join("index.html"), exit })
}

/// How good the labels were found to be in the weeks up to a day, by those who reviewed a sample of them.
fn label_quality(context: Context<'_>, day: Day) -> Result<Vec<Quality>, Failure> {
    let settings = context.settings;
    let card = Bundle::card_of(&settings.model)?;
    let mut reviews = settings.data.desk()?.reviews(day.plus(-REVIEWED_DAYS), day)?;
    reviews.retain(|review| review.model == card.id);
    let Some((since, upto)) = reviews.first().zip(reviews.last()).map(|(first, last)| (first.day, last.day)) else {
        return Ok(Vec::new());
    };
    let rows = polso_aggregate::quality(&review::judged(&reviews, card.needs_checking.threshold), review::LEAST);
    let shown = rows.into_iter().map(|row| Quality {
        task: row.task,
        lang: row.lang,
        label: row.label,
        n: row.n as u64,
        precision: row.precision,
        recall: row.recall,
        kappa: row.kappa,
        between_reviewers: row.between_reviewers,
        since,
        upto,
    });
    Ok(shown.collect())
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
