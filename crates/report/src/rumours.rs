//! What may be told of the rumour log: which lines, in which words.
//!
//! To tell a rumour that few have heard helps it travel. So lines below the level `passive` are counted and never told,
//! an answer stands before what it answers, and the words of posts stay out: a narrative, whose wordings are posts, is
//! told by its typical words alone.

use crate::card::{Link, Said};
use crate::{Error, Page, numbers, words::Words};
use polso_domain::{Claim, ClaimId, ClaimKind, LogChange, QuestionLine, RumourLine, RumourLog, Verdict, Wording};

/// Typical words that are named.
const WORDS: usize = 8;

/// Whether a line is told or only counted.
pub(crate) fn is_told(line: &RumourLine) -> bool {
    tells(&line.level)
}

/// A level in words of somebody's own tells nothing.
fn tells(level: &str) -> bool {
    matches!(level, "passive" | "direct")
}

/// Lines that are told, those to be answered directly first, else in the log's order.
pub(crate) fn told(log: &RumourLog) -> Vec<&RumourLine> {
    let mut lines: Vec<_> = log.rumours.iter().filter(|line| is_told(line)).collect();
    lines.sort_by_key(|line| line.level != "direct");
    lines
}

/// Whether a change may be told with its claim: not when the claim is only counted, or was put there by the change.
pub(crate) fn may_tell(log: &RumourLog, change: &LogChange) -> bool {
    is_told_or_unknown(log, &change.claim.id) && (change.field != "level" || tells(&change.after))
}

/// Whether words about a claim may be told: not when it is only counted on the day.
pub(crate) fn is_told_or_unknown(log: &RumourLog, claim: &ClaimId) -> bool {
    log.rumours.iter().find(|line| line.claim.id == *claim).is_none_or(is_told)
}

/// Whether anything was found on the day.
pub(crate) fn has_lines(log: &RumourLog) -> bool {
    !(log.rumours.is_empty() && log.questions.is_empty())
}

/// Whether the day was searched for claims at all: an empty log is no calm.
pub(crate) fn was_searched(log: &RumourLog) -> bool {
    has_lines(log) || log.withheld > 0 || !log.rules.is_empty()
}

/// Whether somebody has answered a claim: in words, or on a page with a verdict.
pub(crate) fn is_answered(claim: &Claim) -> bool {
    let worded = claim.wordings.iter().any(|wording| wording.answer.is_some());
    worded || (claim.link.is_some() && claim.verdict != Verdict::Unproven)
}

/// Questions that nobody has answered, in the log's order.
pub(crate) fn voids(log: &RumourLog) -> impl Iterator<Item = &QuestionLine> {
    log.questions.iter().filter(|question| question.answer.is_none())
}

/// The correction in the reader's language; else in English; else in any.
pub(crate) fn answer(claim: &Claim, words: &Words) -> Result<Option<Said>, Error> {
    pick(claim, words, |wording| wording.answer.as_deref())
}

/// What confirms: the answer to a question is a fact's or message's answer, or the fact itself.
pub(crate) fn confirmed(claim: &Claim, words: &Words) -> Result<Option<Said>, Error> {
    pick(claim, words, |wording| wording.answer.as_deref().or(Some(&wording.text)))
}

/// What goes round, in the neutral words of a library; `None` for narratives and questions, whose words are posts.
pub(crate) fn claimed(claim: &Claim, words: &Words) -> Result<Option<Said>, Error> {
    if matches!(claim.kind, ClaimKind::Narrative | ClaimKind::Question) {
        return Ok(None);
    }
    pick(claim, words, |wording| Some(&wording.text))
}

fn pick(claim: &Claim, words: &Words, part: fn(&Wording) -> Option<&str>) -> Result<Option<Said>, Error> {
    let part = |wording: &Wording| part(wording).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let of = |lang: &str| claim.wordings.iter().find(|wording| wording.lang == lang && part(wording).is_some());
    let any = || claim.wordings.iter().find(|wording| part(wording).is_some());
    let Some(wording) = of(words.language().code()).or_else(|| of("en")).or_else(any) else { return Ok(None) };
    part(wording).map(|text| Said::of(&text, &wording.lang, words)).transpose()
}

/// What it is about, in a word or two.
pub(crate) fn topic(claim: &Claim, words: &Words) -> Result<String, Error> {
    words.name("topic", claim.topic.map_or("none", |topic| topic.as_str()))
}

/// Typical words as they are listed; a few are enough to know what it is about.
pub(crate) fn listed(words: &[String]) -> Said {
    Said::plain(&words[..words.len().min(WORDS)].join(" · "))
}

/// What stands first: the answer; else where one is; else that there is none, with the topic or its typical words.
pub(crate) fn heading(claim: &Claim, typical: &[String], words: &Words) -> Result<Said, Error> {
    if let Some(answer) = answer(claim, words)? {
        return Ok(answer);
    }
    let about = match (claim.topic, typical) {
        (None, [_, ..]) => listed(typical).text,
        _ => topic(claim, words)?,
    };
    let text = match claim.link.as_deref().and_then(Link::new) {
        Some(link) if is_answered(claim) => {
            words.with("rumours-answer-elsewhere", &[("host", link.host.into()), ("about", about.into())])?
        }
        _ => words.with("rumours-no-answer", &[("about", about.into())])?,
    };
    Ok(Said::plain(&text))
}

/// Where it is going: the word, and how fast against its own past.
pub(crate) fn trend(line: &RumourLine, words: &Words) -> Result<String, Error> {
    let trend = words.name("trend", &line.trend)?;
    let Some((ratio, low, high)) = line.velocity else { return Ok(trend) };
    // As many as before is one.
    let decimals = if high.is_finite() { numbers::supported((low, high), 1, 1.0) } else { 1 };
    let times = |value: f64| words.style.number(value, decimals);
    // What comes from nothing has no ratio and no upper end.
    let pace = if ratio.is_finite() && high.is_finite() {
        let interval = words.with("interval", &[("low", times(low).into()), ("high", times(high).into())])?;
        words.with("rumours-velocity", &[("ratio", times(ratio).into()), ("interval", interval.into())])?
    } else {
        words.with("rumours-velocity-least", &[("low", times(low).into())])?
    };
    words.with("rumours-trend", &[("trend", trend.into()), ("pace", pace.into())])
}

impl Page<'_> {
    /// Lines that are told.
    pub(crate) fn told(&self) -> Vec<&RumourLine> {
        told(self.log)
    }
}
