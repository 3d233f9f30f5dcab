//! The rules of what can be done, all in one place, in order of weight.
//!
//! Each rule looks at the day and proposes one thing or nothing; the first [`MOST`] that speak are shown. A way to act is a
//! proposal with its reason and its evidence, never an order: whoever reads it knows what the numbers do not. Where no rule
//! speaks, the page says that nothing needs to be done today. The words are in `locales/*.ftl` under "Ways to act".

use crate::block::Finding;
use crate::findings::{self, finding};
use crate::{Error, Page, phrases, rumours};
use polso_aggregate::{Group, Verdict};
use polso_domain::{ClaimKind, RumourLine};

/// Ways shown.
const MOST: usize = 3;

type Rule = fn(&Page<'_>) -> Result<Option<Finding>, Error>;

/// Most urgent first.
const RULES: [Rule; 8] = [
    do_not_compare,
    publish_the_answer,
    find_the_answer,
    answer_the_question,
    finish_what_is_late,
    look_into_what_is_new,
    speak_to_a_group,
    have_it_checked,
];

/// What can be done about a day; never empty.
pub(crate) fn choose(page: &Page<'_>) -> Result<Vec<Finding>, Error> {
    let mut ways = Vec::with_capacity(MOST);
    for rule in RULES {
        if ways.len() < MOST {
            ways.extend(rule(page)?);
        }
    }
    if ways.is_empty() {
        ways.push(way(page, "mood", ("way-nothing", &[]), "way-nothing-why")?);
    }
    Ok(ways)
}

/// A proposal: where its evidence stands, what to do, and why.
fn way(
    page: &Page<'_>,
    anchor: &'static str,
    (what, with): (&str, crate::words::With<'_>),
    why: &str,
) -> Result<Finding, Error> {
    finding(page, anchor, page.words.with(what, with)?, page.words.say(why)?)
}

/// Too much is missing: get the sources back before anybody speaks of the mood.
fn do_not_compare(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let silent = findings::silent(page.day);
    if silent.is_empty() {
        return Ok(None);
    }
    let names = silent.iter().map(|source| source.source.as_str()).collect::<Vec<_>>().join(", ");
    let why = if page.is_degraded() { "way-sources-degraded" } else { "way-sources-why" };
    way(page, "coverage", ("way-sources", &[("sources", names.into())]), why).map(Some)
}

/// An open rumour that should be answered directly, and whose answer there is.
fn publish_the_answer(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let told = page.told();
    let Some(line) = told.iter().find(|line| findings::is_urgent(line) && rumours::is_answered(&line.claim)) else {
        return Ok(None);
    };
    let topic = rumours::topic(&line.claim, page.words)?;
    way(page, "rumours", ("way-publish", &[("topic", topic.into())]), "way-publish-why").map(Some)
}

/// An open rumour that should be answered directly, and nobody has the answer.
fn find_the_answer(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let told = page.told();
    let Some(line) = told.iter().find(|line| findings::is_urgent(line) && !rumours::is_answered(&line.claim)) else {
        return Ok(None);
    };
    let topic = rumours::topic(&line.claim, page.words)?;
    way(page, "rumours", ("way-find", &[("topic", topic.into())]), "way-find-why").map(Some)
}

/// What most people ask and nobody answers.
fn answer_the_question(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let Some(question) = rumours::voids(page.log).find(|question| findings::is_pressing(question)) else {
        return Ok(None);
    };
    let with = [("people", question.people.into())];
    way(page, "voids", ("way-answer", &with), "way-answer-why").map(Some)
}

/// What was to be done by yesterday and is not.
fn finish_what_is_late(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let late = page.tracker().map_or(0, |tracker| tracker.late());
    if late == 0 {
        return Ok(None);
    }
    way(page, "actions", ("way-late", &[("actions", late.into())]), "way-late-why").map(Some)
}

/// Something new that nobody knows yet whether it is true.
fn look_into_what_is_new(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let unknown = |line: &&RumourLine| {
        line.claim.kind == ClaimKind::Narrative
            && line.status == "open"
            && !findings::is_urgent(line)
            && !rumours::is_answered(&line.claim)
    };
    if page.told().into_iter().find(unknown).is_none() {
        return Ok(None);
    }
    way(page, "rumours", ("way-look", &[]), "way-look-why").map(Some)
}

/// A language whose speakers are clearly more worried than the rest.
fn speak_to_a_group(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let low = |group: &&Group| group.mood.as_ref().map_or(0.0, |mood| mood.negative.low);
    let apart = page.day.by_lang.iter().filter(|group| findings::stands_out(page.day, group));
    let Some(group) = apart.max_by(|a, b| low(a).total_cmp(&low(b))) else { return Ok(None) };
    let name = page.words.name("lang", &group.key)?;
    way(page, "groups", ("way-group", &[("name", name.into())]), "way-group-why").map(Some)
}

/// More needs checking than usual, or much does, or a text that does goes round.
fn have_it_checked(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let up = page.week().is_some_and(|week| week.needs_checking_change.verdict == Verdict::Up);
    let goes_round = page.day.repeated.iter().any(|text| phrases::likely_needs_checking(page.day, text));
    let is_high = page.day.needs_checking.as_ref().is_some_and(findings::is_high);
    if !(up || goes_round || is_high) {
        return Ok(None);
    }
    way(page, "needs-checking", ("way-check", &[]), "way-check-why").map(Some)
}
