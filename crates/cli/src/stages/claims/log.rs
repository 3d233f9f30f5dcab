//! The rumour log: what was counted of each claim on each day, and what the rules of risk make of it.

use super::library::{self, goes_round};
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::settings::Settings;
use polso_aggregate::{ClaimDay, DaySummary, Status, Tally};
use polso_claims::risk::{self, Rules, Spread, Velocity};
use polso_desk::{Assessment, Desk, LogDay};
use polso_domain::{Claim, ClaimId, ClaimKind, Day};
use std::collections::{BTreeMap, HashMap};

/// Days of the past that a day's posts are held against.
pub(crate) const PAST_DAYS: i32 = 28;

/// The rules of risk: the settings' own, or those that are compiled in.
pub(crate) fn rules(settings: &Settings) -> Result<Rules, Failure> {
    match &settings.claims.risk {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(Failure::io("read", path))?;
            Ok(Rules::parse(&text)?)
        }
        None => Ok(Rules::shipped()?),
    }
}

/// Writes what summed-up days say of each claim into the log: all days whose summary is another than the log was written
/// from. A run that was killed between the two is made up for by the next.
#[tracing::instrument(name = "rumour_log", skip_all)]
pub(crate) fn write(context: Context<'_>) -> Result<(), Failure> {
    let lake = context.settings.data.lake()?;
    let mut desk = library::open(context)?;
    let mut due = Vec::new();
    for day in lake.summary_days()? {
        let print = lake.read_summary_json(day)?.map(|json| blake3::hash(json.as_bytes()).to_hex()[..16].to_owned());
        if desk.mark(&mark(day))? != print {
            due.push((day, print.unwrap_or_default()));
        }
    }
    if due.is_empty() {
        return Ok(());
    }
    let rules = rules(context.settings)?;
    let claims: HashMap<ClaimId, Claim> = desk.claims()?.into_iter().map(|claim| (claim.id.clone(), claim)).collect();
    for (day, print) in due {
        let Some(summary) = polso_aggregate::stored(&lake, day)? else { continue };
        let rows: Vec<LogDay> = summary.claims.iter().filter_map(as_logged).collect();
        desk.put_day(day, &rows)?;
        let past = Past::of(context, &desk, day)?;
        let judged = rows.iter().filter_map(|row| {
            let claim =
                claims.get(&row.claim).filter(|claim| goes_round(claim.kind) || claim.kind == ClaimKind::Question)?;
            Some((row.claim.clone(), assess(&rules, (claim, row), (&summary, &past))?))
        });
        let judged: Vec<(ClaimId, Assessment)> = judged.collect();
        desk.put_assessments(day, &judged)?;
        desk.set_mark(&mark(day), &print)?;
    }
    Ok(())
}

/// The mark that says which summary of a day the log was written from.
fn mark(day: Day) -> String {
    format!("log.written.{day}")
}

/// The weeks before a day.
pub(crate) struct Past {
    /// The days, oldest first, and whether anything was heard on them.
    heard: Vec<(Day, bool)>,
    posts: HashMap<ClaimId, BTreeMap<Day, u64>>,
}

impl Past {
    pub(crate) fn of(context: Context<'_>, desk: &Desk, day: Day) -> Result<Self, Failure> {
        let lake = context.settings.data.lake()?;
        let first = day.plus(-PAST_DAYS);
        let mut heard = Vec::new();
        for ago in (1..=PAST_DAYS).rev() {
            let day = day.plus(-ago);
            let summary = polso_aggregate::stored(&lake, day)?;
            heard.push((day, summary.is_some_and(|summary| summary.status != Status::NoData)));
        }
        let mut posts: HashMap<ClaimId, BTreeMap<Day, u64>> = HashMap::new();
        for (day, row, _) in desk.all_days(first, day.plus(-1))? {
            posts.entry(row.claim).or_default().insert(day, row.posts.saturating_sub(row.rebuts));
        }
        Ok(Self { heard, posts })
    }

    /// Posts about a claim that do not deny it on each day before, oldest first; `None` where nothing was heard at all.
    pub(crate) fn history(&self, claim: &ClaimId) -> Vec<Option<u64>> {
        let counts = self.posts.get(claim);
        let on = |day: &Day| counts.and_then(|counts| counts.get(day)).copied();
        self.heard.iter().map(|(day, heard)| on(day).or(heard.then_some(0))).collect()
    }

    /// The first day in reach with posts about a claim.
    fn first(&self, claim: &ClaimId) -> Option<Day> {
        self.posts.get(claim)?.iter().find(|(_, posts)| **posts > 0).map(|(day, _)| *day)
    }
}

/// What the rules say of a claim on a day.
fn assess(rules: &Rules, (claim, row): (&Claim, &LogDay), (summary, past): (&DaySummary, &Past)) -> Option<Assessment> {
    let mut history = past.history(&row.claim);
    history.reverse();
    let spreading = row.posts.saturating_sub(row.rebuts);
    let since = past.first(&row.claim).unwrap_or(summary.day);
    let alive = summary.day.epoch_days() - since.epoch_days();
    let spread = Spread {
        kind: claim.kind,
        verdict: &claim.verdict,
        posts: spreading,
        unique_texts: row.unique_texts,
        people: u64::from(row.people),
        effective_authors: row.effective_authors,
        topic: claim.topic,
        share_of_day: spreading as f64 / summary.posts.n.max(1) as f64,
        sources: row.by_source.len(),
        langs: row.by_lang.len(),
        rebut_share: row.rebuts as f64 / (row.repeats + row.rebuts).max(1) as f64,
        days_alive: u32::try_from(alive + 1).unwrap_or(1),
        history: &history,
        needs_checking: None,
        answered: claim.link.is_some() || claim.wordings.iter().any(|wording| wording.answer.is_some()),
    };
    let found = risk::assess(rules, &spread)?;
    Some(Assessment {
        risk: found.risk.as_str().to_owned(),
        level: found.level.as_str().to_owned(),
        trend: found.trend.as_str().to_owned(),
        velocity: found.velocity.map(|Velocity { ratio, low, high, days: _ }| {
            // What comes from nothing is infinitely faster; its lower end still says something.
            (ratio.unwrap_or(f64::INFINITY), low, high)
        }),
        because: found.because.iter().flat_map(risk::Reason::lines).collect(),
    })
}

fn as_logged(day: &ClaimDay) -> Option<LogDay> {
    let pairs = |tallies: &[Tally]| tallies.iter().map(|tally| (tally.key.clone(), tally.n)).collect();
    Some(LogDay {
        claim: ClaimId::new(&day.claim)?,
        posts: day.n,
        unique_texts: day.unique_texts,
        people: day.people,
        effective_authors: day.effective_authors,
        repeats: day.repeats,
        rebuts: day.rebuts,
        mentions: day.mentions,
        by_source: pairs(&day.by_source),
        by_lang: pairs(&day.by_lang),
    })
}
