//! Finding the claim that a post repeats: all claims of a library, ranked by how alike their vectors are to the post's.
//!
//! A post without a vector finds nothing and a claim without one is never found. Both count as misses and are named,
//! for that is what somebody who searches would meet.

use super::ranking::{Figures, Found};
use super::rows;
use super::session::Session;
use super::told::{Measured, Missing};
use crate::failure::Failure;
use polso_classify::{Lang, Text};
use polso_domain::{Unscored, Vector};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

#[derive(Deserialize)]
struct Claim {
    id: Value,
    text: String,
    #[serde(default)]
    lang: Option<String>,
}

#[derive(Deserialize)]
struct Query {
    text: String,
    #[serde(default)]
    lang: Option<String>,
    relevant_claim_ids: Vec<Value>,
}

pub(super) fn measure(file: &Path, library: &Path, session: &mut Session) -> Result<Measured<Figures>, Failure> {
    let card = session.bundle.card();
    if card.vector.is_none() {
        let what = format!("the model {} makes no vectors to find claims by", card.id);
        return Err(Failure::usage(what, "`polso model show` lists what a model reads; choose another with --model"));
    }
    let claims: Vec<Claim> = rows::read(library, "an object with `id` and `text`")?;
    let place_of = place_of(&claims, library)?;
    let mut queries: Vec<Query> = rows::read(file, "an object with `text` and `relevant_claim_ids`")?;
    let all = queries.len();
    queries.retain(|query| query.relevant_claim_ids.iter().any(|id| place_of.contains_key(&spelt(id))));
    let mut missing = Missing { left_out: all - queries.len(), unscored: BTreeMap::new() };
    let texts: Vec<Text<'_>> = claims.iter().map(|claim| text(&claim.text, claim.lang.as_deref())).collect();
    let vectors: Vec<Option<Vector>> = session.hear(&texts)?.into_iter().map(|heard| heard.vector).collect();
    let texts: Vec<Text<'_>> = queries.iter().map(|query| text(&query.text, query.lang.as_deref())).collect();
    let mut by_lang: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for (query, heard) in queries.iter().zip(session.hear(&texts)?) {
        let relevant: Vec<usize> =
            query.relevant_claim_ids.iter().filter_map(|id| place_of.get(&spelt(id)).copied()).collect();
        if heard.vector.is_none() {
            let reason = heard.reading.err().unwrap_or(Unscored::Failed);
            *missing.unscored.entry(reason.as_str()).or_default() += 1;
        }
        let found = Found::search(heard.vector.as_ref(), &vectors, &relevant);
        by_lang.entry(query.lang.clone().unwrap_or(heard.lang)).or_default().push(found);
    }
    let of = |found: &[Found]| Figures::of(found, &vectors);
    let all: Vec<Found> = by_lang.values().flatten().cloned().collect();
    let by_lang = by_lang.iter().map(|(lang, found)| (lang.clone(), of(found))).collect();
    Ok(session.measured("claims", missing, (of(&all), by_lang)))
}

/// Where each claim stands in the library, by its id.
fn place_of(claims: &[Claim], library: &Path) -> Result<HashMap<String, usize>, Failure> {
    let mut places = HashMap::new();
    for (place, claim) in claims.iter().enumerate() {
        let id = spelt(&claim.id);
        if let Some(earlier) = places.insert(id.clone(), place) {
            let (earlier, later) = (earlier + 1, place + 1);
            let what = format!("the claims {earlier} and {later} of `{}` have the same id `{id}`", library.display());
            return Err(Failure::usage(what, "give each claim an id of its own"));
        }
    }
    Ok(places)
}

/// `7` and `"7"` are the same id.
fn spelt(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn text<'a>(text: &'a str, lang: Option<&'a str>) -> Text<'a> {
    Text { text, lang: lang.map_or(Lang::Hinted(None), Lang::Known) }
}
