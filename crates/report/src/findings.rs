//! The rules of the bottom line, all in one place, in order of weight.
//!
//! Each rule looks at the day and says one thing or nothing. The first [`MOST`] that speak are shown; when none
//! does, the report says that nothing is unusual. Rules compare intervals, never bare numbers, and every finding
//! names its n. The words are in `locales/*.ftl` under "Bottom line".

pub(crate) mod rumours;
mod spikes;

pub(crate) use rumours::{is_pressing, is_urgent};

use crate::block::Finding;
use crate::{Error, Page, phrases, sections};
use polso_aggregate::{Coverage, DaySummary, Group, Share, Status, Verdict};

/// Findings shown.
const MOST: usize = 3;
/// Missing less than this of a source is no reason to doubt a day.
const MINUTES_THAT_MATTER: u32 = 30;
/// A share that needs checking whose interval lies above this is high, whatever the days before were.
const HIGH: f64 = 0.15;
/// A smaller group has too coarse an interval to be called out.
const GROUP_POSTS: u64 = 50;

type Rule = fn(&Page<'_>) -> Result<Option<Finding>, Error>;

/// Most important first.
const RULES: [Rule; 11] = [
    no_posts,
    not_everything_was_heard,
    rumours::answer_directly,
    mood_is_missing,
    spikes::out_of_the_ordinary,
    negative_share_moved,
    more_needs_checking,
    rumours::new_and_unanswered,
    rumours::a_void,
    a_text_goes_round,
    a_group_stands_out,
];

/// The findings of a day; never empty.
pub(crate) fn choose(page: &Page<'_>) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::with_capacity(MOST);
    for rule in RULES {
        if findings.len() < MOST {
            findings.extend(rule(page)?);
        }
    }
    if findings.is_empty() {
        let evidence = page.words.with("finding-nothing-evidence", &[("n", phrases::scored(page.day).into())])?;
        findings.push(finding(page, "mood", page.words.say("finding-nothing")?, evidence)?);
    }
    Ok(findings)
}

/// Whether a group is clearly more negative than the whole day: its interval lies above the day's.
pub(crate) fn stands_out(day: &DaySummary, group: &Group) -> bool {
    match (&day.mood, &group.mood) {
        (Some(all), Some(own)) => own.n >= GROUP_POSTS && own.negative.low > all.negative.high,
        _ => false,
    }
}

/// Without posts there is nothing to say but that.
fn no_posts(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    if page.day.posts.n > 0 {
        return Ok(None);
    }
    let (headline, evidence) = if page.day.coverage.is_empty() {
        ("finding-no-data", "coverage-no-record")
    } else if silent(page.day).is_empty() {
        ("finding-no-posts", "finding-no-posts-evidence")
    } else {
        ("finding-no-data", "finding-no-data-evidence")
    };
    finding(page, "coverage", page.words.say(headline)?, page.words.say(evidence)?).map(Some)
}

/// A source was silent, or missing for a time that matters.
fn not_everything_was_heard(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let silent = silent(page.day);
    if page.day.posts.n == 0 || page.day.status != Status::Partial || silent.is_empty() {
        return Ok(None);
    }
    let mut sources = Vec::with_capacity(silent.len());
    for source in silent {
        let with = [
            ("source", source.source.as_str().into()),
            ("state", page.words.name("state", &source.state)?.into()),
            ("time", page.words.duration(source.minutes_missed)?.into()),
        ];
        sources.push(page.words.with("finding-silent-source", &with)?);
    }
    let with = [("sources", sources.join("; ").into()), ("n", page.day.posts.n.into())];
    let evidence = page.words.with("finding-partial-evidence", &with)?;
    finding(page, "coverage", page.words.say("finding-partial")?, evidence).map(Some)
}

/// There are posts and no mood: too few people, or nothing that could be read.
fn mood_is_missing(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    if page.day.posts.n == 0 || page.day.mood.is_some() {
        return Ok(None);
    }
    finding(page, "mood", page.words.say("finding-no-mood")?, page.no_mood()?).map(Some)
}

/// The share of negative posts differs from the last seven days.
fn negative_share_moved(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let (Some(mood), Some(week)) = (&page.day.mood, page.week()) else { return Ok(None) };
    if !phrases::is_real(&week.negative_change) {
        return Ok(None);
    }
    let up = week.negative_change.verdict == Verdict::Up;
    let difference = &week.negative_change.difference;
    let with = [
        ("share", page.words.share(&mood.negative)?.into()),
        ("mean", page.words.compared(week.negative, &mood.negative, difference).into()),
        ("points", page.words.points(difference)?.into()),
        ("n", mood.n.into()),
    ];
    let headline = page.words.say(if up { "finding-negative-up" } else { "finding-negative-down" })?;
    finding(page, "mood", headline, page.words.with("finding-negative-evidence", &with)?).map(Some)
}

/// Whether a share that needs checking is high, whatever the days before were.
pub(crate) fn is_high(share: &Share) -> bool {
    share.low > HIGH
}

/// More needs checking than in the last seven days, or much does.
fn more_needs_checking(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let Some(share) = &page.day.needs_checking else { return Ok(None) };
    let up = page.week().filter(|week| week.needs_checking_change.verdict == Verdict::Up);
    let (spoken, n) = (page.words.share(share)?, phrases::scored(page.day));
    let (headline, evidence) = match up {
        Some(week) => {
            let difference = &week.needs_checking_change.difference;
            let with = [
                ("share", spoken.into()),
                ("mean", page.words.compared(week.needs_checking, share, difference).into()),
                ("points", page.words.points(difference)?.into()),
                ("n", n.into()),
            ];
            ("finding-checking-up", page.words.with("finding-checking-up-evidence", &with)?)
        }
        None if is_high(share) => {
            let with = [("share", spoken.into()), ("high", page.words.rough(HIGH).into()), ("n", n.into())];
            ("finding-checking-high", page.words.with("finding-checking-high-evidence", &with)?)
        }
        None => return Ok(None),
    };
    finding(page, "needs-checking", page.words.say(headline)?, evidence).map(Some)
}

/// Different people posted the same text, and it likely needs checking. It is repeated nowhere.
fn a_text_goes_round(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let likely = page.day.repeated.iter().find(|text| phrases::likely_needs_checking(page.day, text));
    let Some(text) = likely else { return Ok(None) };
    let with = [
        ("people", text.people.into()),
        ("n", text.n.into()),
        ("probability", page.words.rough(text.needs_checking.unwrap_or_default().into()).into()),
    ];
    let evidence = page.words.with("finding-repeated-evidence", &with)?;
    let anchor = if page.told().is_empty() { "needs-checking" } else { "rumours" };
    finding(page, anchor, page.words.say("finding-repeated")?, evidence).map(Some)
}

/// A language or hashtag is clearly more negative than the day as a whole; the one that is furthest off.
fn a_group_stands_out(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let day = page.day;
    let languages = day.by_lang.iter().map(|group| ("finding-language", group));
    let hashtags = day.by_hashtag.iter().map(|group| ("finding-hashtag", group));
    let low = |group: &Group| group.mood.as_ref().map_or(0.0, |mood| mood.negative.low);
    let furthest = languages
        .chain(hashtags)
        .filter(|(_, group)| stands_out(day, group))
        .max_by(|(_, a), (_, b)| low(a).total_cmp(&low(b)));
    let (Some((id, group)), Some(all)) = (furthest, &day.mood) else { return Ok(None) };
    let Some(mood) = &group.mood else { return Ok(None) };
    let name =
        if id == "finding-language" { page.words.name("lang", &group.key)? } else { phrases::hashtag(&group.key) };
    let with = [
        ("share", page.words.share(&mood.negative)?.into()),
        ("whole", page.words.alone(&all.negative).into()),
        ("n", mood.n.into()),
    ];
    let headline = page.words.with(id, &[("name", name.into())])?;
    finding(page, "groups", headline, page.words.with("finding-group-evidence", &with)?).map(Some)
}

/// A finding with the title of the section that says more.
pub(crate) fn finding(
    page: &Page<'_>,
    anchor: &'static str,
    headline: String,
    evidence: String,
) -> Result<Finding, Error> {
    Ok(Finding { anchor, topic: sections::title_of(anchor, page)?, headline, evidence })
}

/// Sources that were closed, failed, not asked, or missing for a time that matters.
pub(crate) fn silent(day: &DaySummary) -> Vec<&Coverage> {
    let quiet = |source: &&Coverage| {
        matches!(source.state.as_str(), "closed" | "failed" | "not_asked")
            || source.minutes_missed >= MINUTES_THAT_MATTER
    };
    day.coverage.iter().filter(quiet).collect()
}
