//! Seven days' summaries and rumour logs → privacy gate → reports/2020-W11.

use super::files::{Files, HTML, JSON, MARKDOWN};
use super::{Written, page};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::aggregate;
use crate::stages::claims::brief;
use polso_aggregate::{DaySummary, WeekSummary};
use polso_domain::{Day, RumourLog, Week};
use polso_privacy::{Published, publish};

/// Renders a week's report. A week without a single summary has none.
#[tracing::instrument(name = "week", skip_all, fields(%week))]
pub(crate) fn write(context: Context<'_>, week: Week) -> Result<Written, Failure> {
    let (files, heard) = make(context, week)?;
    let page = files.write(&context.settings.data.report(week))?;
    if heard.part + heard.none > 0 {
        let (part, none) = (heard.part, heard.none);
        context.printer.missing(format_args!("of {week}, {part} days were heard in part and {none} not at all"));
        return Ok(Written { page, exit: Exit::Missing });
    }
    Ok(Written { page, exit: files.exit })
}

/// The files of a week's report, and how much of the week was heard.
pub(super) fn make(context: Context<'_>, week: Week) -> Result<(Files, polso_aggregate::HeardDays), Failure> {
    let settings = context.settings;
    let days = week.before().days().into_iter().chain(week.days());
    let summaries: Vec<Published<DaySummary>> =
        days.filter_map(|day| published(context, day).transpose()).collect::<Result<_, _>>()?;
    if !summaries.iter().any(|summary| summary.day >= week.monday()) {
        let hint = format!("run `polso aggregate --day {}` first", week.monday());
        return Err(Failure::usage(format!("no day of {week} has a summary"), hint));
    }
    let plain: Vec<&DaySummary> = summaries.iter().map(|summary| &**summary).collect();
    let summary: WeekSummary = polso_aggregate::week(week, &plain, &aggregate::config(context)?);
    let summary = publish(summary, settings.min_people);
    let logs = logs(context, summaries.iter().filter(|summary| summary.day >= week.monday()))?;
    let beside = settings.beside.read_or_say(context.printer);
    let inputs = polso_report::WeekInputs { summary: &summary, logs: &logs, beside: &beside };
    let rendered = polso_report::render_week(&inputs, settings.language, &page(context)?)?;
    let files = vec![
        (MARKDOWN, rendered.markdown.into_bytes()),
        (HTML, rendered.html.into_bytes()),
        (JSON, rendered.json.into_bytes()),
    ];
    let exit = if beside.unread.is_empty() { Exit::Done } else { Exit::Missing };
    Ok((Files { files, exit }, summary.heard))
}

fn published(context: Context<'_>, day: Day) -> Result<Option<Published<DaySummary>>, Failure> {
    let summary = polso_aggregate::stored(&context.settings.data.lake()?, day)?;
    Ok(summary.map(|summary| publish(summary, context.settings.min_people)))
}

fn logs<'a>(
    context: Context<'_>,
    summaries: impl Iterator<Item = &'a Published<DaySummary>>,
) -> Result<Vec<(Day, Published<RumourLog>)>, Failure> {
    let log = |summary: &Published<DaySummary>| {
        let log = brief::within(brief::of(context, summary.day)?, summary);
        Ok((summary.day, publish(log, context.settings.min_people)))
    };
    summaries.map(log).collect()
}
