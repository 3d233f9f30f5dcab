//! A sample as the file that goes to people.
//!
//! No author, no mention's key, no link to a post. The mark in front tells spreadsheets that the letters are UTF-8.

use super::cells::guarded;
use super::code::Code;
use super::population::{Row, mood};
use super::words::column;
use crate::failure::Failure;
use polso_desk::Task;
use polso_domain::{Claim, ClaimId, ClaimMatch};
use std::collections::HashMap;

const MARK: &str = "\u{feff}";
/// What stands in front of the columns to fill, and behind them.
const GIVEN: [&str; 8] = ["sample", "day", "source", "post_id", "lang", "text", "claim", "claim_text"];
const MODEL: [&str; 7] = [
    "model_mood",
    "model_negative",
    "model_neutral",
    "model_positive",
    "model_needs_checking",
    "model_question",
    "model_stance",
];
const NOTE: &str = "note";

/// How the file should look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Whether the model's answers stand in it.
    pub(crate) model: bool,
    /// What stands between cells.
    pub(crate) delimiter: u8,
}

/// The file's bytes. `claims` are the library.
pub(crate) fn written(rows: &[Row], claims: &[Claim], look: Look) -> Result<Vec<u8>, Failure> {
    let claims: HashMap<&ClaimId, &Claim> = claims.iter().map(|claim| (&claim.id, claim)).collect();
    let mut csv = csv::WriterBuilder::new().delimiter(look.delimiter).from_writer(MARK.as_bytes().to_vec());
    let model: &[&str] = if look.model { &MODEL } else { &[] };
    let answers = Task::ALL.map(column);
    let header = GIVEN.iter().chain(model).chain(&answers).chain([&NOTE]).copied();
    let failed = |error: csv::Error| Failure::usage(format!("the sample cannot be written: {error}"), "try again");
    csv.write_record(header).map_err(failed)?;
    for row in rows {
        let claim = nearest(&row.post.claims);
        let mut cells = given(row, claim, &claims);
        if look.model {
            cells.extend(of_model(row, claim));
        }
        cells.extend(answers.iter().chain([&NOTE]).map(|_| String::new()));
        csv.write_record(&cells).map_err(failed)?;
    }
    csv.into_inner().map_err(|error| Failure::usage(format!("the sample cannot be written: {error}"), "try again"))
}

/// The claim that a reviewer is asked about.
fn nearest(claims: &[ClaimMatch]) -> Option<&ClaimMatch> {
    claims.iter().reduce(|best, claim| if claim.similarity > best.similarity { claim } else { best })
}

fn given(row: &Row, claim: Option<&ClaimMatch>, claims: &HashMap<&ClaimId, &Claim>) -> Vec<String> {
    let post = &row.post;
    let id = claim.map_or("", |claim| claim.claim.as_str());
    let wording = claim.and_then(|claim| claims.get(&claim.claim)).and_then(|claim| {
        let own = claim.wordings.iter().find(|wording| wording.lang == post.lang);
        own.or(claim.wordings.first())
    });
    #[expect(clippy::cast_possible_truncation, reason = "a weight is known to six digits at best")]
    let weight = row.drawn.weight as f32;
    let code = Code { day: row.day, stratum: row.drawn.stratum.clone(), weight, text: post.text_key };
    vec![
        code.spelt([post.source.as_str(), post.id.as_str(), id]),
        row.day.to_string(),
        guarded(post.source.as_str()),
        guarded(post.id.as_str()),
        guarded(&post.lang),
        guarded(&row.text),
        guarded(id),
        guarded(wording.map_or("", |wording| &wording.text)),
    ]
}

fn of_model(row: &Row, claim: Option<&ClaimMatch>) -> Vec<String> {
    let share = |share: f32| format!("{share:.3}");
    let [negative, neutral, positive] = row.post.sentiment;
    vec![
        mood(row.post.sentiment).to_owned(),
        share(negative),
        share(neutral),
        share(positive),
        row.post.needs_checking.map_or_else(String::new, share),
        row.post.question.map_or("", |asks| if asks { "yes" } else { "no" }).to_owned(),
        claim.map_or("", |claim| claim.stance.as_str()).to_owned(),
    ]
}
