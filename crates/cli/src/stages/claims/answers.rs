//! Which fact or official message answers a group of questions: the one that somebody set, else one that is likely.
//!
//! A question that a fact answers beyond doubt is matched with it by itself and is in no group. What is left are questions
//! of which each alone lies below the threshold. Together they may still point at one answer: where most wordings of a
//! group have the same best one, and it is about as likely as the threshold asks. That is an offer to a person, and the
//! report says so.

use super::matcher;
use crate::failure::Failure;
use crate::pipeline::Context;
use polso_claims::{Found, Params, Query};
use polso_classify::Bundle;
use polso_desk::{Desk, StoredSketch};
use polso_domain::{Claim, ClaimId, ClaimKind};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Answers looked at for each wording of a group.
const CANDIDATES: usize = 5;

/// Part of the threshold that the mean over a group's wordings must reach. A mean over several wordings strays less than a
/// single one; what is offered is looked at by a person.
const ENOUGH: f32 = 0.5;

/// The answer of a group of questions.
pub(crate) struct Answer {
    pub(crate) claim: Claim,
    /// Nobody has set it.
    pub(crate) to_be_confirmed: bool,
}

/// By group.
pub(crate) type Answers = HashMap<ClaimId, Answer>;

/// The mark that names what answers a group of questions.
pub(crate) fn mark(group: &ClaimId) -> String {
    format!("claims.answer.{group}")
}

/// The answers of some groups; those that have none are left out.
pub(crate) fn of(
    context: Context<'_>,
    desk: &Desk,
    (claims, groups): (&HashMap<ClaimId, Claim>, &[&ClaimId]),
) -> Result<Answers, Failure> {
    let mut answers = Answers::new();
    let mut open = HashSet::new();
    for group in groups {
        let set = desk.mark(&mark(group))?.and_then(|id| claims.get(&ClaimId::new(&id)?));
        match set {
            Some(claim) => {
                answers.insert((*group).clone(), Answer { claim: claim.clone(), to_be_confirmed: false });
            }
            None => {
                open.insert((*group).clone());
            }
        }
    }
    for (group, answer) in likely(context, desk, (claims, &open))? {
        if let Some(claim) = claims.get(&answer) {
            answers.insert(group, Answer { claim: claim.clone(), to_be_confirmed: true });
        }
    }
    Ok(answers)
}

/// What probably answers groups that nobody has set an answer for.
fn likely(
    context: Context<'_>,
    desk: &Desk,
    (claims, open): (&HashMap<ClaimId, Claim>, &HashSet<ClaimId>),
) -> Result<BTreeMap<ClaimId, ClaimId>, Failure> {
    let mut found = BTreeMap::new();
    let answering = |claim: &&Claim| matches!(claim.kind, ClaimKind::Fact | ClaimKind::Message) && !claim.withdrawn;
    let answering: HashSet<ClaimId> = claims.values().filter(answering).map(|claim| claim.id.clone()).collect();
    if open.is_empty() || answering.is_empty() {
        return Ok(found);
    }
    let bundle = Bundle::named(context.settings.models.base())?;
    let Some(params) = bundle.claims() else { return Ok(found) };
    let params = Params::parse(params)?;
    let model = matcher::reader(&bundle);
    let library = matcher::library(desk, (&model, &params), context.settings.classify.threads)?.part(&answering)?;
    let mut wordings: BTreeMap<ClaimId, Vec<StoredSketch>> = BTreeMap::new();
    for stored in desk.sketches(&model)?.into_iter().filter(|stored| open.contains(&stored.claim)) {
        wordings.entry(stored.claim.clone()).or_default().push(stored);
    }
    for (group, wordings) in wordings {
        let queries: Vec<Query<'_>> =
            wordings.iter().map(|stored| Query { sketch: &stored.sketch, lang: &stored.lang }).collect();
        let threshold = queries.iter().map(|query| library.threshold(query.lang)).fold(0.0, f32::max);
        found.extend(agreed(&library.rank(&queries, CANDIDATES)?, threshold * ENOUGH).map(|answer| (group, answer)));
    }
    Ok(found)
}

/// What most wordings have as their best, if its mean probability over all of them is high enough.
fn agreed(ranked: &[Vec<Found>], enough: f32) -> Option<ClaimId> {
    let mut best: BTreeMap<&ClaimId, usize> = BTreeMap::new();
    for first in ranked.iter().filter_map(|found| found.first()) {
        *best.entry(&first.claim).or_default() += 1;
    }
    let (claim, _) = best.into_iter().find(|(_, wordings)| 2 * wordings > ranked.len())?;
    let of_it = |found: &Vec<Found>| found.iter().find(|found| found.claim == *claim).map_or(0.0, |of| of.probability);
    let mean = ranked.iter().map(of_it).sum::<f32>() / ranked.len() as f32;
    (mean >= enough).then(|| claim.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use polso_domain::Stance;

    fn found(claim: &str, probability: f32) -> Found {
        let claim = ClaimId::new(claim).unwrap();
        Found { claim, row: 0, similarity: 0.5, probability, stance: Stance::Mentions, terms: Vec::new() }
    }

    #[test]
    fn most_wordings_must_agree_and_be_likely_together() {
        let agree =
            [vec![found("a", 0.3), found("b", 0.1)], vec![found("a", 0.2)], vec![found("b", 0.4), found("a", 0.1)]];
        assert_eq!(agreed(&agree, 0.2), ClaimId::new("a"));
        assert_eq!(agreed(&agree, 0.21), None);
        assert_eq!(agreed(&agree[1..], 0.0), None, "half is not most");
        assert_eq!(agreed(&[], 0.0), None);
        assert_eq!(agreed(&[Vec::new(), Vec::new()], 0.0), None);
    }
}
