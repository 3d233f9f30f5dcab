//! `polso claims match`

use super::wording;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::claims::library;
use crate::stages::claims::matcher::Matcher;
use polso_claims::{Found, Query};
use polso_classify::{Bundle, Classifier, Lang, Text};
use polso_desk::Desk;
use polso_domain::Heard;
use serde_json::{Value, json};

/// Say which claim a text speaks of
///
/// Prints the claims at or above the threshold of the text's language: what the text does with each, how near it is, how
/// likely the match, and the words they share. `no match` is an answer. Nothing is stored.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Example:\n  polso claims match \"Bevete acqua calda ogni quarto d'ora, uccide il virus!\""
)]
pub(super) struct Args {
    /// The text of a post
    #[arg(value_name = "TEXT")]
    text: String,
    /// Its language as an ISO 639-1 code, instead of having it detected
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// One JSON object instead of lines
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let mut desk = library::open(context)?;
    let bundle = Bundle::named(context.settings.models.base())?;
    let mut classifier = Classifier::new(&bundle, &context.settings.classify)?;
    let matcher =
        Matcher::prepare(context, &mut desk, (&bundle, &mut classifier))?.ok_or_else(|| finds_none(&bundle))?;
    let lang = args.lang.as_deref().map_or(Lang::Hinted(None), Lang::Known);
    let heard = classifier.hear(&[Text { text: &args.text, lang }])?;
    let Some(heard) = heard.first() else { return Ok(Exit::Done) };
    let sketch = matcher.sketcher.sketch(&args.text, heard);
    let found = match &sketch {
        Some(sketch) => matcher.library.find(&[Query { sketch, lang: &heard.lang }])?.pop().unwrap_or_default(),
        None => Vec::new(),
    };
    let shared = |found: &Found| -> Vec<String> {
        let words = matcher.sketcher.words(&args.text, &heard.lang);
        let mut shared: Vec<String> =
            words.into_iter().filter(|(term, _)| found.terms.contains(term)).map(|(_, word)| word).collect();
        shared.dedup();
        shared
    };
    if args.json {
        let claims: Result<Vec<Value>, Failure> =
            found.iter().map(|found| as_json(&desk, found, &shared(found))).collect();
        context.printer.data(json!({ "lang": heard.lang, "read": sketch.is_some(), "claims": claims? }));
        return Ok(Exit::Done);
    }
    if found.is_empty() {
        context.printer.data(format_args!("no match{}", why(heard)));
    }
    for found in &found {
        say(context, &desk, (found, &shared(found)))?;
    }
    Ok(Exit::Done)
}

/// Why a text could not be matched at all.
fn why(heard: &Heard) -> String {
    match &heard.reading {
        Err(reason) => format!(": the text was not read ({})", reason.as_str()),
        Ok(_) => String::new(),
    }
}

fn say(context: Context<'_>, desk: &Desk, (found, shared): (&Found, &[String])) -> Result<(), Failure> {
    let Some(claim) = desk.claim(&found.claim)? else { return Ok(()) };
    let printer = context.printer;
    let (stance, similarity, probability) = (found.stance.as_str(), found.similarity, found.probability);
    printer.data(format_args!("{} {stance} it: similarity {similarity:.2}, probability {probability:.2}", claim.id));
    let wording = wording(&claim, context.settings.language.code());
    let lines = [
        wording.map(|wording| format!("claim: {} ({})", wording.text, claim.verdict.as_str())),
        wording.and_then(|wording| wording.answer.as_ref()).map(|answer| format!("answer: {answer}")),
        claim.link.as_ref().map(|link| format!("page: {link}")),
        Some(format!("words in common: {}", if shared.is_empty() { "none".to_owned() } else { shared.join(", ") })),
    ];
    for line in lines.into_iter().flatten() {
        printer.data(format_args!("  {line}"));
    }
    Ok(())
}

fn as_json(desk: &Desk, found: &Found, shared: &[String]) -> Result<Value, Failure> {
    let claim = desk.claim(&found.claim)?;
    Ok(json!({
        "claim": found.claim.as_str(),
        "stance": found.stance.as_str(),
        "similarity": found.similarity,
        "probability": found.probability,
        "words": shared,
        "verdict": claim.as_ref().map(|claim| claim.verdict.as_str().to_owned()),
        "link": claim.and_then(|claim| claim.link),
    }))
}

/// A model that makes no vectors, or does not say how claims are found by them.
pub(super) fn finds_none(bundle: &Bundle) -> Failure {
    let what = format!("the model {} does not say how claims are found by its vectors", bundle.card().id);
    Failure::usage(
        what,
        "its folder needs a `claims.toml` that its card names; models/training/README.md tells how one is made",
    )
}
