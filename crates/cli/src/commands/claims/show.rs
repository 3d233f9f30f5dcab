//! `polso claims show`

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::claims::library;
use polso_desk::{ChangeFilter, Desk};
use polso_domain::{Claim, Day};

/// Show everything about one claim: its wordings and answers, its days, and every change that was made to it
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The claim's id
    #[arg(value_name = "ID")]
    id: String,
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let desk = library::open(context)?;
    let claim = super::known(&desk, &args.id)?;
    for line in about(&claim).into_iter().chain(days(&desk, &claim)?).chain(changes(&desk, &claim)?) {
        context.printer.data(line);
    }
    Ok(Exit::Done)
}

fn about(claim: &Claim) -> Vec<String> {
    let state = if claim.withdrawn { ", withdrawn" } else { "" };
    let mut lines = vec![format!("{}: {}, {}{state}", claim.id, claim.kind.as_str(), claim.verdict.as_str())];
    let fact = |name: &str, value: Option<String>| value.map(|value| format!("  {name}: {value}"));
    lines.extend(fact("topic", claim.topic.map(|topic| topic.as_str().to_owned())));
    lines.extend(fact("checked by", claim.publisher.clone()));
    lines.extend(fact("since", claim.since.map(|day| day.to_string())));
    lines.extend(fact("page", claim.link.clone()));
    for wording in &claim.wordings {
        lines.push(format!("  {}  {}", wording.lang, wording.text));
        lines.extend(wording.phrasings.iter().map(|phrasing| format!("      as people put it: {phrasing}")));
        lines.extend(wording.answer.iter().map(|answer| format!("      answer: {answer}")));
    }
    lines
}

fn days(desk: &Desk, claim: &Claim) -> Result<Vec<String>, Failure> {
    let (first, last) = (Day::from_epoch_days(-3_650_000), Day::from_epoch_days(2_900_000));
    let days = desk.days(&claim.id, first, last)?;
    let mut lines: Vec<String> = Vec::with_capacity(days.len() + 1);
    if !days.is_empty() {
        lines.push("Days".to_owned());
    }
    lines.extend(days.iter().map(|(day, row, assessment)| {
        let judged = assessment
            .as_ref()
            .map_or_else(String::new, |found| format!("; {} risk, {}, {}", found.risk, found.level, found.trend));
        format!(
            "  {day}  {} posts, {} texts, {} people: {} repeat it, {} deny it, {} mention it{judged}",
            row.posts, row.unique_texts, row.people, row.repeats, row.rebuts, row.mentions
        )
    }));
    Ok(lines)
}

fn changes(desk: &Desk, claim: &Claim) -> Result<Vec<String>, Failure> {
    let changes = desk.changes(&ChangeFilter { id: Some(claim.id.as_str()), ..ChangeFilter::default() })?;
    let mut lines: Vec<String> = Vec::with_capacity(changes.len() + 1);
    if !changes.is_empty() {
        lines.push("Changes".to_owned());
    }
    for change in changes {
        let at = jiff::Timestamp::from_millisecond(change.at.millis()).map(|at| at.to_string()).unwrap_or_default();
        let (before, after) = (change.before.unwrap_or_default(), change.after.unwrap_or_default());
        lines.push(format!("  {at}  {}: `{before}` → `{after}` by {}", change.field, change.who));
    }
    Ok(lines)
}
