//! What a text does with whatever it speaks of: supports it, denies it, asks about it, or comments. Measured on the text
//! alone, as the data sets label it; what it does with a known claim follows from this and the claim's own wording.

use super::features::Table;
use super::metrics::{self, Group, Scored};
use super::rows;
use super::session::Session;
use super::shares;
use super::told::{Measured, Missing};
use crate::failure::Failure;
use polso_claims::{Attitude, Params, Stances, attitude_columns, attitude_features};
use polso_classify::Text;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const N: usize = Attitude::ALL.len();

pub(super) fn measure(
    file: &Path,
    features: Option<&Path>,
    session: &mut Session,
) -> Result<Measured<metrics::Figures>, Failure> {
    let params = params(session)?;
    let stances = Stances::new(&params)?;
    let (rows, left_out) = rows::labelled(file, attitude)?;
    let texts: Vec<Text<'_>> = rows.iter().map(rows::Row::as_text).collect();
    let heard = session.hear(&texts)?;
    let mut missing = Missing { left_out, unscored: BTreeMap::new() };
    let mut table = Table::new(features, &header(session.bundle.card().vector.map_or(0, |vector| vector.size)))?;
    let mut by_lang: BTreeMap<String, Vec<(Scored<N>, usize)>> = BTreeMap::new();
    for (row, heard) in rows.iter().zip(heard) {
        let Some(vector) = heard.vector else {
            let reason = heard.reading.err().unwrap_or(polso_domain::Unscored::Failed);
            *missing.unscored.entry(reason.as_str()).or_default() += 1;
            continue;
        };
        let said = stances.attitudes(&row.text, &heard.lang, &vector);
        let probabilities = Attitude::ALL.map(|attitude| f64::from(said.probability(attitude)));
        let label = Attitude::ALL[row.label].as_str().to_owned();
        table.put(&[label], attitude_features(&row.text, &heard.lang, &vector).into_iter())?;
        let scored = (Scored { label: row.label, probabilities }, said.named() as usize);
        by_lang.entry(row.lang.clone().unwrap_or(heard.lang)).or_default().push(scored);
    }
    table.finish()?;
    let all: Vec<(Scored<N>, usize)> = by_lang.values().flatten().copied().collect();
    let by_lang = by_lang.iter().map(|(lang, rows)| (lang.clone(), figures(rows))).collect();
    Ok(session.measured("stance", missing, (figures(&all), by_lang)))
}

/// How claims are found by the vectors of the session's model.
pub(super) fn params(session: &Session) -> Result<Params, Failure> {
    let hint = "its folder needs a `claims.toml` that its card names";
    let missing = || Failure::usage(format!("the model {} finds no claims", session.bundle.card().id), hint);
    Ok(Params::parse(session.bundle.claims().ok_or_else(missing)?)?)
}

fn attitude(label: &Value) -> Option<usize> {
    let named = Attitude::named(label.as_str()?)?;
    Attitude::ALL.iter().position(|attitude| *attitude == named)
}

/// Rare attitudes are named below one half, as the parameters say, so the named one counts and not the likeliest.
fn figures(rows: &[(Scored<N>, usize)]) -> metrics::Figures {
    let probabilities: Vec<[f64; N]> = rows.iter().map(|(row, _)| row.probabilities).collect();
    let estimated = shares::mean(&probabilities);
    let group = Group { rows: rows.iter().map(|(row, _)| *row).collect(), estimated };
    let named: Vec<usize> = rows.iter().map(|(_, named)| *named).collect();
    metrics::figures_of(&group, Attitude::ALL.map(Attitude::as_str), &named)
}

fn header(size: usize) -> Vec<String> {
    std::iter::once("label".to_owned()).chain(attitude_columns(size)).collect()
}
