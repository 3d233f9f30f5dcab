//! The rumour log of a day as the report is given it: what the desk knew of that day, and what people decided.

use super::answers::{self, Answers};
use super::library::{self, goes_round};
use super::log::{self, Past};
use crate::failure::Failure;
use crate::pipeline::Context;
use polso_aggregate::{DaySummary, Tally};
use polso_desk::{Assessment, ChangeFilter, Desk, LogDay, Rumour, Subject};
use polso_domain::{Claim, ClaimId, ClaimKind, Day, LogChange, QuestionLine, RumourLine, RumourLog, Timestamp};
use std::collections::HashMap;

/// What the log is put together from.
struct Known {
    claims: HashMap<ClaimId, Claim>,
    rumours: HashMap<ClaimId, Rumour>,
    /// What the rules said on the latest day before this one.
    before: HashMap<ClaimId, Assessment>,
    past: Past,
}

/// The log of a day.
pub(crate) fn of(context: Context<'_>, day: Day) -> Result<RumourLog, Failure> {
    let desk = library::open(context)?;
    let known = Known::of(context, &desk, day)?;
    let today = desk.all_days(day, day)?;
    let asked = today.iter().filter_map(|(_, row, _)| known.claims.get(&row.claim));
    let groups: Vec<&ClaimId> =
        asked.filter(|claim| claim.kind == ClaimKind::Question).map(|claim| &claim.id).collect();
    let answers = answers::of(context, &desk, (&known.claims, &groups))?;
    let mut log = RumourLog { rules: log::rules(context.settings)?.lines(), ..RumourLog::default() };
    for (_, row, assessment) in &today {
        let Some(claim) = known.claims.get(&row.claim) else { continue };
        if goes_round(claim.kind) {
            log.rumours.extend(known.rumour(claim, row, assessment.as_ref()));
        } else if claim.kind == ClaimKind::Question || row.mentions > 0 {
            log.questions.push(known.question(claim, (row, assessment.as_ref()), &answers));
        }
    }
    log.rumours.sort_by(|a, b| rank(b).cmp(&rank(a)).then_with(|| a.claim.id.cmp(&b.claim.id)));
    log.questions
        .sort_by(|a, b| (a.answer.is_some(), b.people, &a.claim).cmp(&(b.answer.is_some(), a.people, &b.claim)));
    log.changes = known.changes(&log.rumours, day);
    log.changes.extend(decided(context, &desk, &known, day)?);
    Ok(log)
}

/// Takes out of a log the sources and languages of a claim that the gate took out of the day's summary: the desk does not
/// know how many people stand behind each of them.
pub(crate) fn within(mut log: RumourLog, published: &DaySummary) -> RumourLog {
    for line in &mut log.rumours {
        let told = published.claims.iter().find(|claim| claim.claim == line.claim.id.as_str());
        let is_told = |tallies: Option<&Vec<Tally>>, key: &str| {
            tallies.is_some_and(|tallies| tallies.iter().any(|tally| tally.key == key))
        };
        line.by_source.retain(|(source, _)| is_told(told.map(|claim| &claim.by_source), source));
        line.by_lang.retain(|(lang, _)| is_told(told.map(|claim| &claim.by_lang), lang));
    }
    log
}

/// Highest risk first, then what most people post.
fn rank(line: &RumourLine) -> (usize, u64) {
    let place = |words: &[&str], word: &str| words.iter().position(|known| *known == word).unwrap_or(0);
    (place(&["low", "medium", "high"], &line.risk), line.posts)
}

impl Known {
    fn of(context: Context<'_>, desk: &Desk, day: Day) -> Result<Self, Failure> {
        let mut before = HashMap::new();
        for (_, row, assessment) in desk.all_days(day.plus(-log::PAST_DAYS), day.plus(-1))? {
            before.extend(assessment.map(|assessment| (row.claim, assessment)));
        }
        Ok(Self {
            claims: desk.claims()?.into_iter().map(|claim| (claim.id.clone(), claim)).collect(),
            rumours: desk.rumours(day)?.into_iter().map(|rumour| (rumour.claim.clone(), rumour)).collect(),
            before,
            past: Past::of(context, desk, day)?,
        })
    }

    fn rumour(&self, claim: &Claim, row: &LogDay, assessment: Option<&Assessment>) -> Option<RumourLine> {
        let (rumour, assessment) = (self.rumours.get(&row.claim)?, assessment?);
        let mut history = self.past.history(&row.claim);
        history.remove(0);
        history.push(Some(row.posts.saturating_sub(row.rebuts)));
        let is_group = claim.kind == ClaimKind::Narrative;
        Some(RumourLine {
            words: if is_group { words(claim) } else { Vec::new() },
            claim: claim.clone(),
            first_seen: rumour.first_seen,
            status: rumour.status.as_str().to_owned(),
            decided: rumour.decided_by.clone().zip(rumour.decided_at),
            action: rumour.action.clone(),
            result: rumour.result.clone(),
            posts: row.posts,
            unique_texts: row.unique_texts,
            people: row.people,
            effective_authors: row.effective_authors,
            repeats: row.repeats,
            rebuts: row.rebuts,
            mentions: row.mentions,
            by_source: row.by_source.clone(),
            by_lang: row.by_lang.clone(),
            history,
            risk: rumour.risk_set.clone().unwrap_or_else(|| assessment.risk.clone()),
            level: rumour.level_set.clone().unwrap_or_else(|| assessment.level.clone()),
            trend: assessment.trend.clone(),
            velocity: assessment.velocity,
            because: assessment.because.clone(),
            by_person: rumour.risk_set.is_some() || rumour.level_set.is_some(),
        })
    }

    /// A group of questions, or questions that a known fact or message was matched with.
    fn question(
        &self,
        claim: &Claim,
        (row, assessment): (&LogDay, Option<&Assessment>),
        answers: &Answers,
    ) -> QuestionLine {
        let is_group = claim.kind == ClaimKind::Question;
        let answer = answers.get(&claim.id);
        let posts = if is_group { row.posts } else { row.mentions };
        QuestionLine {
            claim: claim.id.clone(),
            words: if is_group { words(claim) } else { Vec::new() },
            posts,
            people: row.people,
            first_seen: self
                .rumours
                .get(&claim.id)
                .map_or_else(|| claim.since, |rumour| Some(rumour.first_seen))
                .unwrap_or_else(|| Day::from_epoch_days(0)),
            trend: assessment.map_or_else(|| "unclear".to_owned(), |found| found.trend.clone()),
            answer: if is_group { answer.map(|answer| answer.claim.clone()) } else { Some(claim.clone()) },
            to_be_confirmed: answer.is_some_and(|answer| answer.to_be_confirmed),
        }
    }

    /// What the rules changed: rumours that were heard for the first time, and other risks and levels than before.
    fn changes(&self, lines: &[RumourLine], day: Day) -> Vec<LogChange> {
        let mut changes = Vec::new();
        for line in lines {
            let mut change = |field: &str, before: &str, after: &str| {
                changes.push(LogChange {
                    claim: line.claim.clone(),
                    field: field.to_owned(),
                    before: before.to_owned(),
                    after: after.to_owned(),
                    who: "rules".to_owned(),
                });
            };
            match self.before.get(&line.claim.id) {
                _ if line.first_seen == day => change("opened", "", &line.level),
                Some(before) if !line.by_person && before.risk != line.risk => change("risk", &before.risk, &line.risk),
                Some(before) if !line.by_person && before.level != line.level => {
                    change("level", &before.level, &line.level);
                }
                _ => {}
            }
        }
        changes
    }
}

/// What people changed in the log on the day.
fn decided(context: Context<'_>, desk: &Desk, known: &Known, day: Day) -> Result<Vec<LogChange>, Failure> {
    let zone = &context.settings.zone;
    let filter = ChangeFilter {
        what: Some(Subject::Rumour),
        from: Some(zone.start_of(day)),
        until: Some(Timestamp::from_millis(zone.start_of(day.plus(1)).millis())),
        ..ChangeFilter::default()
    };
    let changes = desk.changes(&filter)?.into_iter().filter_map(|change| {
        let claim = known.claims.get(&ClaimId::new(&change.id)?)?.clone();
        let (before, after) = (change.before.unwrap_or_default(), change.after.unwrap_or_default());
        Some(LogChange { claim, field: change.field, before, after, who: change.who })
    });
    Ok(changes.collect())
}

/// The words that a group was named by.
fn words(claim: &Claim) -> Vec<String> {
    let text = claim.wordings.first().map_or("", |wording| wording.text.as_str());
    text.split(" · ").filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
