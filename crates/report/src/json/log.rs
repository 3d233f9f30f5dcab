//! The rumour log as `report.json` writes it. What is only counted has its id and its numbers, and no words.
//!
//! No claim's own wording stands here at all: whoever needs it looks the id up in the library.

use super::{Keyed, rounded};
use crate::words::Words;
use crate::{Error, rumours};
use polso_domain::{Claim, LogChange, QuestionLine, RumourLine, RumourLog, Verdict};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct NarrativeV1<'a> {
    claim: &'a str,
    kind: &'static str,
    verdict: &'a str,
    topic: Option<&'static str>,
    risk: &'a str,
    level: &'a str,
    /// A person set risk or level.
    by_person: bool,
    trend: &'a str,
    velocity: Option<VelocityV1>,
    posts: u64,
    unique_texts: u64,
    people: u32,
    effective_authors: f64,
    repeats: u64,
    rebuts: u64,
    mentions: u64,
    by_source: Keyed<'a, u64>,
    by_lang: Keyed<'a, u64>,
    /// Posts of the days up to this one that do not deny it, oldest first; null on days that were not heard.
    history: &'a [Option<u64>],
    first_seen: String,
    status: &'a str,
    action: Option<&'a str>,
    result: Option<&'a str>,
    answer: Option<AnswerV1>,
    /// The page that answers.
    link: Option<&'a str>,
    words: &'a [String],
    because: &'a [String],
}

/// Posts today for each post on a day of its past; an end that is infinite is null.
#[derive(Serialize)]
struct VelocityV1 {
    ratio: f64,
    low: f64,
    high: f64,
}

/// The answer in the report's language, or in the one there is.
#[derive(Serialize)]
struct AnswerV1 {
    text: String,
    lang: String,
}

impl AnswerV1 {
    fn new(said: crate::card::Said, words: &Words) -> Self {
        let lang = said.foreign.map_or_else(|| words.language().code().to_owned(), |(lang, _)| lang);
        Self { text: said.text, lang }
    }
}

impl<'a> NarrativeV1<'a> {
    pub(crate) fn new(line: &'a RumourLine, words: &Words) -> Result<Self, Error> {
        let claim = &line.claim;
        let told = rumours::is_told(line);
        let answer = if told { rumours::answer(claim, words)? } else { None };
        let counts =
            |counts: &'a [(String, u64)]| Keyed(counts.iter().map(|(key, n)| (key.as_str(), *n)).collect::<Vec<_>>());
        Ok(Self {
            claim: claim.id.as_str(),
            kind: claim.kind.as_str(),
            // Words of their own may name what they judge.
            verdict: if told || !matches!(claim.verdict, Verdict::Other(_)) { claim.verdict.as_str() } else { "other" },
            topic: claim.topic.map(polso_domain::Topic::as_str),
            risk: &line.risk,
            level: &line.level,
            by_person: line.by_person,
            trend: &line.trend,
            velocity: line.velocity.map(|(ratio, low, high)| VelocityV1 {
                ratio: rounded(ratio),
                low: rounded(low),
                high: rounded(high),
            }),
            posts: line.posts,
            unique_texts: line.unique_texts,
            people: line.people,
            effective_authors: rounded(line.effective_authors),
            repeats: line.repeats,
            rebuts: line.rebuts,
            mentions: line.mentions,
            by_source: counts(&line.by_source),
            by_lang: counts(&line.by_lang),
            history: &line.history,
            first_seen: line.first_seen.to_string(),
            status: &line.status,
            action: line.action.as_deref().filter(|_| told),
            result: line.result.as_deref().filter(|_| told),
            answer: answer.map(|said| AnswerV1::new(said, words)),
            link: claim.link.as_deref().filter(|_| told && rumours::is_answered(claim)),
            words: if told { &line.words } else { &[] },
            because: &line.because,
        })
    }
}

#[derive(Serialize)]
pub(crate) struct QuestionV1<'a> {
    claim: &'a str,
    words: &'a [String],
    posts: u64,
    people: u32,
    first_seen: String,
    trend: &'a str,
    /// Null is an information void.
    answered_by: Option<&'a str>,
    /// The answer was found by likeness, for the group as a whole.
    to_be_confirmed: bool,
    answer: Option<AnswerV1>,
    link: Option<&'a str>,
}

impl<'a> QuestionV1<'a> {
    pub(crate) fn new(line: &'a QuestionLine, words: &Words) -> Result<Self, Error> {
        let by: Option<&Claim> = line.answer.as_ref();
        let answer = by.map(|claim| rumours::confirmed(claim, words)).transpose()?.flatten();
        Ok(Self {
            claim: line.claim.as_str(),
            words: &line.words,
            posts: line.posts,
            people: line.people,
            first_seen: line.first_seen.to_string(),
            trend: &line.trend,
            answered_by: by.map(|claim| claim.id.as_str()),
            to_be_confirmed: line.to_be_confirmed,
            answer: answer.map(|said| AnswerV1::new(said, words)),
            link: by.and_then(|claim| claim.link.as_deref()),
        })
    }
}

#[derive(Serialize)]
pub(crate) struct ChangeV1<'a> {
    claim: &'a str,
    field: &'a str,
    /// Null, as `after`, where the claim is only counted: an action may name what it is about.
    before: Option<&'a str>,
    after: Option<&'a str>,
    who: &'a str,
}

impl<'a> ChangeV1<'a> {
    pub(crate) fn new(change: &'a LogChange, log: &RumourLog) -> Self {
        Self::told(change, rumours::may_tell(log, change))
    }

    /// With its words, or without.
    pub(crate) fn told(change: &'a LogChange, told: bool) -> Self {
        Self {
            claim: change.claim.id.as_str(),
            field: &change.field,
            before: told.then_some(change.before.as_str()),
            after: told.then_some(change.after.as_str()),
            who: &change.who,
        }
    }
}
