//! The flow. Every arrow is a file: each stage reads what the one before left on disk and writes its own, and any stage
//! can be run again for any day.
//!
//! ```text
//! platforms ─▶ collect ─┐
//! files ──────▶ import ─┴▶ stream ─▶ classify ─▶ lake/observations ─▶ aggregate ─▶ lake/summaries ─▶ report ─▶ reports/D
//!                                 claims ─┘ └─ narratives ─┘                 └─▶ rumour log ─┘          └─▶ feed, tell
//! ```

use crate::exit::Exit;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::Settings;
use crate::stages::claims::{log, narratives, rematch};
use crate::stages::report::Brief;
use crate::stages::{aggregate, classify, collect, feed, import, report, retention};
use polso_domain::{Day, Timestamp, Week};
use std::collections::BTreeSet;

/// What every stage is given.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) printer: Printer,
    pub(crate) now: Timestamp,
}

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) exit: Exit,
    /// What is to be told of the day.
    pub(crate) own: Brief,
    /// And of the days before that got another revision.
    pub(crate) renewed: Vec<Brief>,
}

/// One day, from whatever the platforms say and the inbox holds to the finished report. Running it again changes nothing.
/// Whoever called for it tells the others (`stages::tell`).
pub(crate) fn run(context: Context<'_>, day: Day) -> Result<Ran, Failure> {
    let imported = import::inbox(context)?;
    let collected = collect::catch_up(context)?;
    // Before what is new is read: that is matched with the same library.
    let today = context.settings.zone.day_of(context.now).max(day);
    rematch::rematch(context, (today, context.settings.claims.rematch_days), false)?;
    let read = classify::everything(context, None)?;
    let summed = sum_up(context, &[day])?;
    // Late posts: a day that was reported before gets its next revision, if need be in the run after one that was killed.
    let mut late: BTreeSet<Day> = report::behind(context)?.into_iter().chain(summed.iter().copied()).collect();
    late.remove(&day);
    let renewed = report_again(context, late.iter().copied())?;
    let (written, own) = report::write(context, day)?;
    weeks_again(context, summed.into_iter().chain(late).collect())?;
    feed::write(context)?;
    retention::apply(context)?;
    let exit = imported.or(collected).or(read).or(written.exit);
    Ok(Ran { exit, own, renewed })
}

/// Sums up and reports again every reported day among `days`: after an erasure, say.
pub(crate) fn refresh(context: Context<'_>, days: &BTreeSet<Day>) -> Result<(), Failure> {
    let days: Vec<Day> = days.iter().copied().collect();
    let summed = sum_up(context, &days)?;
    let touched: BTreeSet<Day> = summed.into_iter().chain(days).collect();
    report_again(context, touched.iter().copied())?;
    weeks_again(context, touched)?;
    feed::write(context)
}

/// Groups what matches no claim, sums up what changed and `also` in any case, and writes the rumour log of it.
pub(crate) fn sum_up(context: Context<'_>, also: &[Day]) -> Result<BTreeSet<Day>, Failure> {
    narratives::everything(context)?;
    let summed = aggregate::touched(context, also)?;
    log::write(context)?;
    Ok(summed)
}

/// Sums up and reports again what other claims of posts have changed.
pub(crate) fn after_claims(context: Context<'_>) -> Result<(), Failure> {
    let summed = sum_up(context, &[])?;
    report_again(context, summed.iter().copied())?;
    weeks_again(context, summed)?;
    feed::write(context)
}

/// Renews the reports of those days that have one.
fn report_again(context: Context<'_>, days: impl IntoIterator<Item = Day>) -> Result<Vec<Brief>, Failure> {
    let mut renewed = Vec::new();
    for day in days {
        if context.settings.data.report(day).join("report.json").exists() {
            renewed.push(report::write(context, day)?.1);
        }
    }
    Ok(renewed)
}

/// Renews the reports of those weeks that have one and tell of these days, or compare themselves with them.
fn weeks_again(context: Context<'_>, days: BTreeSet<Day>) -> Result<(), Failure> {
    let weeks: BTreeSet<Week> = days.into_iter().flat_map(|day| [Week::of(day), Week::of(day.plus(7))]).collect();
    for week in weeks {
        if context.settings.data.report(week).join("report.json").exists() {
            report::week::write(context, week)?;
        }
    }
    Ok(())
}
