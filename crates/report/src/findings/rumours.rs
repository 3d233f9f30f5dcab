//! What of the rumour log belongs at the top: what to answer, what nobody has answered yet. No rumour is told here.

use super::finding;
use crate::block::Finding;
use crate::{Error, Page, rumours};
use polso_domain::{ClaimId, ClaimKind, QuestionLine, RumourLine};

/// A longer first sentence is no headline, in characters.
const LONGEST: usize = 140;
/// Questions of fewer people are told in their section only.
const PEOPLE: u32 = 20;

/// A rumour that should be answered directly and is still open. Its answer is the headline.
pub(super) fn answer_directly(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let lines: Vec<_> = page.told().into_iter().filter(|line| is_urgent(line)).collect();
    let Some(line) = lines.first() else { return Ok(None) };
    let words = page.words;
    let (headline, evidence) = direct(page, line)?;
    let evidence = match lines.len() - 1 {
        0 => evidence,
        more => format!("{evidence} {}", words.with("finding-direct-more", &[("more", more.into())])?),
    };
    finding(page, "rumours", headline, evidence).map(Some)
}

/// The rumours that reached on this day the level at which they should be answered directly and are still open, with what
/// is said of each: the answer first.
pub(crate) fn reached_direct<'a>(page: &Page<'a>) -> Result<Vec<(&'a ClaimId, String, String)>, Error> {
    let has_reached = |line: &&RumourLine| {
        let mut changes = page.log.changes.iter().filter(|change| change.claim.id == line.claim.id);
        changes.any(|change| matches!(change.field.as_str(), "opened" | "level") && change.after == "direct")
    };
    let lines = rumours::told(page.log).into_iter().filter(|line| is_urgent(line)).filter(has_reached);
    lines.map(|line| direct(page, line).map(|(headline, evidence)| (&line.claim.id, headline, evidence))).collect()
}

/// Headline and evidence of a rumour that should be answered directly.
fn direct(page: &Page<'_>, line: &RumourLine) -> Result<(String, String), Error> {
    let words = page.words;
    let headline = match essence(page, line)? {
        Some(essence) => words.with("finding-direct", &[("answer", essence.into())])?,
        None => words.with("finding-direct-topic", &[("topic", rumours::topic(&line.claim, words)?.into())])?,
    };
    Ok((headline, evidence(page, line, "finding-direct-evidence")?))
}

/// Something that goes round since today, matches nothing known and has no answer.
pub(super) fn new_and_unanswered(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let is_new = |line: &&RumourLine| {
        line.claim.kind == ClaimKind::Narrative
            && (line.trend == "new" || line.first_seen == page.day.day)
            && line.status == "open"
            && !is_urgent(line)
            && !rumours::is_answered(&line.claim)
    };
    let Some(line) = page.told().into_iter().find(is_new) else { return Ok(None) };
    let evidence = evidence(page, line, "finding-narrative-evidence")?;
    finding(page, "rumours", page.words.say("finding-narrative")?, evidence).map(Some)
}

/// Many people ask something that no fact and no message answers, and the question does not fade.
pub(super) fn a_void(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let words = page.words;
    let Some(question) = rumours::voids(page.log).find(|question| is_pressing(question)) else { return Ok(None) };
    let with = [
        ("people", question.people.into()),
        ("n", question.posts.into()),
        ("trend", words.name("trend", &question.trend)?.into()),
    ];
    let evidence = words.with("finding-void-evidence", &with)?;
    finding(page, "voids", words.say("finding-void")?, evidence).map(Some)
}

/// Whether enough people ask something to say so on top of the page, and no fewer than before.
pub(crate) fn is_pressing(question: &QuestionLine) -> bool {
    question.people >= PEOPLE && question.trend != "falling"
}

/// Whether something is to be answered directly and nobody has closed it.
pub(crate) fn is_urgent(line: &RumourLine) -> bool {
    line.level == "direct" && line.status == "open"
}

fn evidence(page: &Page<'_>, line: &RumourLine, id: &str) -> Result<String, Error> {
    let with = [
        ("people", line.people.into()),
        ("n", line.posts.into()),
        ("risk", page.words.name("risk", &line.risk)?.into()),
        ("trend", rumours::trend(line, page.words)?.into()),
    ];
    page.words.with(id, &with)
}

/// The first sentence of the answer, in the page's language only and if it is short enough for a headline.
fn essence(page: &Page<'_>, line: &RumourLine) -> Result<Option<String>, Error> {
    let answer = rumours::answer(&line.claim, page.words)?.filter(|answer| answer.foreign.is_none());
    Ok(answer.and_then(|answer| first_sentence(&answer.text)))
}

fn first_sentence(text: &str) -> Option<String> {
    let ends = text.match_indices(['.', '!', '?']).map(|(i, end)| i + end.len());
    // "of 1.5 metres" and "e.g. masks" do not end a sentence.
    let ends_one = |i: &usize| {
        let mut rest = text[*i..].chars();
        rest.next().is_none_or(char::is_whitespace) && rest.next().is_none_or(char::is_uppercase)
    };
    let end = ends.into_iter().find(ends_one).unwrap_or(text.len());
    let sentence = text[..end].trim();
    (!sentence.is_empty() && sentence.chars().count() <= LONGEST).then(|| sentence.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_headline_is_the_first_sentence_if_that_is_short() {
        assert_eq!(
            first_sentence("Keep 1.5 metres, e.g. in shops. Then go."),
            Some("Keep 1.5 metres, e.g. in shops.".into())
        );
        assert_eq!(first_sentence("Radio waves carry no virus"), Some("Radio waves carry no virus".into()));
        assert_eq!(first_sentence(&"long ".repeat(40)), None);
        assert_eq!(first_sentence(""), None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_first_sentence_within_it_or_none(text in any::<String>()) {
            if let Some(sentence) = first_sentence(&text) {
                prop_assert!(text.contains(&sentence) && sentence.chars().count() <= LONGEST);
            }
        }
    }
}
