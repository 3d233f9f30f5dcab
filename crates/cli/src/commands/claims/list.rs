//! `polso claims list`

use super::wording;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::claims::library;
use polso_domain::{Claim, ClaimKind};
use serde_json::json;

/// List the claims of the library
///
/// One line a claim: id, kind, verdict, topic, and what it says in the report's language. Withdrawn claims are marked.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only claims of this kind: rumour, fact, message, narrative, question
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<ClaimKind>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

fn kind(word: &str) -> Result<ClaimKind, String> {
    ClaimKind::named(word).ok_or_else(|| "one of rumour, fact, message, narrative, question".to_owned())
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let desk = library::open(context)?;
    let lang = context.settings.language.code();
    let claims: Vec<Claim> = desk.claims()?;
    let shown: Vec<&Claim> = claims.iter().filter(|claim| args.kind.is_none_or(|kind| claim.kind == kind)).collect();
    for claim in &shown {
        let text = wording(claim, lang).map_or("", |wording| wording.text.as_str());
        if args.json {
            context.printer.data(as_json(claim, text));
            continue;
        }
        let topic = claim.topic.map_or("-", polso_domain::Topic::as_str);
        let state = if claim.withdrawn { " (withdrawn)" } else { "" };
        let (id, kind, verdict) = (&claim.id, claim.kind.as_str(), claim.verdict.as_str());
        context.printer.data(format_args!("{id:44} {kind:9} {verdict:12} {topic:12} {text}{state}"));
    }
    context.printer.say(format_args!("{} claims", shown.len()));
    Ok(Exit::Done)
}

fn as_json(claim: &Claim, text: &str) -> serde_json::Value {
    json!({
        "id": claim.id.as_str(),
        "kind": claim.kind.as_str(),
        "verdict": claim.verdict.as_str(),
        "topic": claim.topic.map(polso_domain::Topic::as_str),
        "link": claim.link,
        "publisher": claim.publisher,
        "withdrawn": claim.withdrawn,
        "text": text,
    })
}
