//! A new or changed claim held against the posts of the last weeks, without reading a text again.

use super::library;
use super::matcher::Matcher;
use crate::failure::Failure;
use crate::pipeline::Context;
use polso_claims::{Found, Library, Query};
use polso_classify::{Bundle, Classifier};
use polso_desk::Desk;
use polso_domain::{Claim, ClaimId, ClaimMatch, Day, Held};
use std::collections::{HashMap, HashSet};

/// The mark that says up to which revision of the library, and for which way of finding claims, the lake was matched.
const MATCHED: &str = "claims.matched";
/// Claims of one post: the nearest ones.
const MOST: usize = 3;

/// What a rematch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Rematched {
    /// Claims that were held against posts; `None` for all of the library.
    pub(crate) claims: Option<usize>,
    /// Posts that were looked at.
    pub(crate) posts: u64,
    /// Posts whose claims are others now.
    pub(crate) changed: u64,
}

/// Holds what changed in the library since last time, or all of it, against the last `days` days up to `upto`.
#[tracing::instrument(name = "rematch", skip_all)]
pub(crate) fn rematch(context: Context<'_>, (upto, days): (Day, u32), all: bool) -> Result<Option<Rematched>, Failure> {
    let mut desk = library::open(context)?;
    let bundle = Bundle::named(context.settings.models.base())?;
    let way = way(&bundle);
    let revision = desk.revision()?;
    let changed = if all { None } else { changed(&desk, &way)? };
    if changed.as_ref().is_some_and(HashSet::is_empty) {
        return Ok(Some(Rematched { claims: Some(0), ..Rematched::default() }));
    }
    let mut classifier = Classifier::new(&bundle, &context.settings.classify)?;
    let Some(matcher) = Matcher::prepare(context, &mut desk, (&bundle, &mut classifier))? else { return Ok(None) };
    let mut done = Rematched { claims: changed.as_ref().map(HashSet::len), ..Rematched::default() };
    let part = changed.as_ref().map(|changed| matcher.library.part(changed)).transpose()?;
    let library = part.as_ref().unwrap_or(&matcher.library);
    let lake = context.settings.data.lake()?;
    let first = upto.plus(-i32::try_from(days).unwrap_or(i32::MAX));
    let days: Vec<Day> = lake.days()?.into_iter().filter(|day| *day > first && *day <= upto).collect();
    let bar = context.printer.bar("matching", days.len() as u64, "days");
    for day in days {
        for offset in lake.offsets(day)? {
            let held = lake.held(day, offset)?;
            done.posts += held.len() as u64;
            let found = again(library, &held, changed.as_ref())?;
            done.changed += found.len() as u64;
            if !found.is_empty() {
                lake.put_claims(day, offset, &found)?;
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    desk.set_mark(MATCHED, &format!("{revision} {way}"))?;
    Ok(Some(done))
}

/// The claims that changed since the lake was last matched; `None` when that was in another way, so that all must be
/// matched again.
fn changed(desk: &Desk, way: &str) -> Result<Option<HashSet<ClaimId>>, Failure> {
    let mark = desk.mark(MATCHED)?.unwrap_or_default();
    let Some((revision, matched)) = mark.split_once(' ') else { return Ok(None) };
    match revision.parse() {
        Ok(revision) if matched == way => known(desk, desk.changed_since(revision)?).map(Some),
        _ => Ok(None),
    }
}

/// Without groups that were found among posts: those are matched from their day on, or every report of the past would
/// change with each of them.
fn known(desk: &Desk, changed: Vec<ClaimId>) -> Result<HashSet<ClaimId>, Failure> {
    let changed: HashSet<ClaimId> = changed.into_iter().collect();
    let wanted = |claim: &Claim| changed.contains(&claim.id) && (claim.withdrawn || !is_group(&claim.id));
    Ok(desk.claims()?.into_iter().filter(wanted).map(|claim| claim.id).collect())
}

/// Whether a claim is a group of posts, to which they were assigned when it was found.
fn is_group(claim: &ClaimId) -> bool {
    ["n-", "q-"].iter().any(|prefix| claim.as_str().starts_with(prefix))
}

/// How claims are found: a fingerprint of the model's vectors and of the decision on them.
fn way(bundle: &Bundle) -> String {
    let card = bundle.card();
    let told = format!("{} {} {:?}", card.id, card.model_sha256, card.claims_sha256);
    blake3::hash(told.as_bytes()).to_hex()[..16].to_owned()
}

type Key = (polso_domain::SourceId, polso_domain::PostId);

/// The posts whose claims are others than they were, with those.
fn again(
    library: &Library,
    held: &[Held],
    changed: Option<&HashSet<ClaimId>>,
) -> Result<HashMap<Key, Vec<ClaimMatch>>, Failure> {
    let queries: Vec<Query<'_>> = held.iter().map(|post| Query { sketch: &post.sketch, lang: &post.lang }).collect();
    let found = library.find(&queries)?;
    let mut new = HashMap::new();
    for (post, found) in held.iter().zip(found) {
        let mut claims: Vec<ClaimMatch> = found.iter().map(Found::as_match).collect();
        let stays = |claim: &ClaimId| changed.map_or_else(|| is_group(claim), |changed| !changed.contains(claim));
        let is_found = |claim: &ClaimId| found.iter().any(|found| found.claim == *claim);
        let staying = post.claims.iter().filter(|known| stays(&known.claim) && !is_found(&known.claim));
        claims.extend(staying.cloned());
        claims.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then_with(|| a.claim.cmp(&b.claim)));
        claims.truncate(MOST);
        if claims != post.claims {
            new.insert((post.source.clone(), post.id.clone()), claims);
        }
    }
    Ok(new)
}
