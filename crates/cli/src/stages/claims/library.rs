//! The claim library of a data folder: opened, and filled from the seeds once for each version of them.

use crate::failure::Failure;
use crate::pipeline::Context;
use crate::settings::Settings;
use polso_claims::formats;
use polso_desk::{By, Desk};
use polso_domain::{Claim, ClaimKind};

/// Rumours and facts that every monitor starts from.
const CLAIMS: &str = include_str!("../../../../../seeds/claims.toml");

/// The mark that says which version of the seeds is in the library.
const SEEDED: &str = "claims.seeds";

/// Opens the desk; its library holds what the settings say it starts from.
pub(crate) fn open(context: Context<'_>) -> Result<Desk, Failure> {
    let settings = context.settings;
    let mut desk = settings.data.desk()?;
    let texts = texts(settings)?;
    let version = blake3::hash(texts.concat().as_bytes()).to_hex().to_string();
    if texts.is_empty() || desk.mark(SEEDED)?.as_deref() == Some(version.as_str()) {
        return Ok(desk);
    }
    let mut claims: Vec<Claim> = Vec::new();
    for text in &texts {
        claims.extend(formats::seeds(text)?);
    }
    let put = desk.put(&claims, By { who: "seeds", when: context.now })?;
    desk.set_mark(SEEDED, &version)?;
    tracing::info!(added = put.added, changed = put.changed, "claims of the seeds are in the library");
    Ok(desk)
}

/// What the library starts from: the seeds, the authority's own messages, both or neither.
fn texts(settings: &Settings) -> Result<Vec<String>, Failure> {
    let mut texts = Vec::new();
    if settings.claims.seeds {
        texts.push(CLAIMS.to_owned());
    }
    if let Some(path) = &settings.claims.messages {
        texts.push(std::fs::read_to_string(path).map_err(Failure::io("read", path))?);
    }
    Ok(texts)
}

/// Whether a claim is one that goes round, known or not: what the rumour log is about.
pub(crate) fn goes_round(kind: ClaimKind) -> bool {
    matches!(kind, ClaimKind::Rumour | ClaimKind::Narrative)
}
