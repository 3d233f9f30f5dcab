//! `polso claims log`

use super::wording;
use crate::clock::DayArg;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::claims::brief;
use polso_domain::{RumourLine, RumourLog};
use serde_json::json;

/// Show the rumour log of a day
///
/// What went round that day, with its risk, the suggested level and what was decided; then questions and whether
/// anything answers them. For the people who keep the log: lines about few people are shown here and in no report.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// YYYY-MM-DD, yesterday or today, in `report.timezone`
    #[arg(long, value_name = "D", default_value = "yesterday")]
    day: DayArg,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let day = args.day.resolve(context.now, &context.settings.zone);
    let log = brief::of(context, day)?;
    for line in &log.rumours {
        if args.json {
            context.printer.data(as_json(line));
        } else {
            say(context, line);
        }
    }
    if !args.json {
        questions(context, &log);
    }
    context.printer.say(format_args!("{} rumours and narratives on {day}", log.rumours.len()));
    Ok(Exit::Done)
}

fn say(context: Context<'_>, line: &RumourLine) {
    let text = wording(&line.claim, context.settings.language.code()).map_or("", |wording| wording.text.as_str());
    let RumourLine { risk, level, trend, status, posts, people, repeats, rebuts, mentions, first_seen, .. } = line;
    context.printer.data(format_args!("{}: {risk} risk, {level}, {trend}, {status}: {text}", line.claim.id));
    context.printer.data(format_args!(
        "  {posts} posts of {people} people since {first_seen}: {repeats} repeat it, {rebuts} deny it, {mentions} mention it"
    ));
    for (name, value) in [("action", &line.action), ("result", &line.result)] {
        if let Some(value) = value {
            context.printer.data(format_args!("  {name}: {value}"));
        }
    }
}

fn questions(context: Context<'_>, log: &RumourLog) {
    for line in &log.questions {
        let about = if line.words.is_empty() { line.claim.to_string() } else { line.words.join(", ") };
        let answered = if line.to_be_confirmed { "may be answered" } else { "answered" };
        let answer = line
            .answer
            .as_ref()
            .map_or_else(|| "nothing answers it".to_owned(), |by| format!("{answered} by {}", by.id));
        context.printer.data(format_args!("question {}: {} posts: {about}: {answer}", line.claim, line.posts));
    }
}

fn as_json(line: &RumourLine) -> serde_json::Value {
    json!({
        "claim": line.claim.id.as_str(),
        "kind": line.claim.kind.as_str(),
        "verdict": line.claim.verdict.as_str(),
        "first_seen": line.first_seen.to_string(),
        "status": line.status,
        "risk": line.risk,
        "level": line.level,
        "trend": line.trend,
        "velocity": line.velocity.map(|(ratio, low, high)| json!({ "ratio": ratio, "low": low, "high": high })),
        "posts": line.posts,
        "unique_texts": line.unique_texts,
        "people": line.people,
        "effective_authors": line.effective_authors,
        "repeats": line.repeats,
        "rebuts": line.rebuts,
        "mentions": line.mentions,
        "because": line.because,
        "action": line.action,
        "result": line.result,
    })
}
