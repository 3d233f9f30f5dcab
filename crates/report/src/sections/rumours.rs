//! What goes round, told so that telling it does not help it: the answer first, in no post's words, nobody's name.
//!
//! What few have heard is counted. The rules that decided stand beside each risk, all of them at the end.

use super::Section;
use crate::block::Block;
use crate::card::{Card, Danger, History, Link, Said};
use crate::timeline::Multiple;
use crate::{Error, Page, because, rumours};
use polso_domain::{ClaimKind, RumourLine, Zone};

/// Cards on the page, unless more are to be answered directly; `report.json` holds all.
const CARDS: usize = 10;
/// Small drawings side by side.
const SIDE_BY_SIDE: usize = 12;
/// Sources and languages named in a card.
const NAMED: usize = 5;

pub(super) struct Rumours;

impl Section for Rumours {
    fn id(&self) -> &'static str {
        "rumours"
    }

    fn title(&self) -> &'static str {
        "rumours-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        if page.day.posts.n == 0 && !rumours::has_lines(page.log) {
            return Ok(Vec::new());
        }
        if !rumours::was_searched(page.log) {
            return Ok(vec![Block::Paragraph(words.say("rumours-not-searched")?)]);
        }
        let told = page.told();
        let mut blocks =
            vec![Block::Paragraph(words.say(if told.is_empty() { "rumours-none" } else { "rumours-how" })?)];
        blocks.extend(multiples(page, &told)?);
        let direct = told.iter().filter(|line| line.level == "direct").count();
        let cards = told.len().min(CARDS.max(direct));
        for line in &told[..cards] {
            blocks.push(Block::Card(card(page, line)?));
        }
        for (id, lines) in
            [("rumours-more", told.len() - cards), ("rumours-ignored", page.log.rumours.len() - told.len())]
        {
            if lines > 0 {
                blocks.push(Block::Note(words.with(id, &[("lines", lines.into())])?));
            }
        }
        if page.log.withheld > 0 {
            let with = [("lines", page.log.withheld.into()), ("people", page.settings.min_people.into())];
            blocks.push(Block::Note(words.with("rumours-withheld", &with)?));
        }
        if !page.log.rules.is_empty() {
            let rules = because::all(&page.log.rules, words)?.join("; ");
            blocks.push(Block::Note(words.with("rumours-rules", &[("rules", rules.into())])?));
        }
        Ok(blocks)
    }
}

/// All that is told, side by side; one alone has its drawing in its card.
fn multiples(page: &Page<'_>, told: &[&RumourLine]) -> Result<Option<Block>, Error> {
    let drawn: Vec<_> = told.iter().filter(|line| line.history.len() > 1).take(SIDE_BY_SIDE).collect();
    if drawn.len() < 2 {
        return Ok(None);
    }
    let mut several = Vec::with_capacity(drawn.len());
    for line in drawn {
        let with = [("n", line.posts.into()), ("trend", page.words.name("trend", &line.trend)?.into())];
        several.push(Multiple {
            title: rumours::heading(&line.claim, &line.words, page.words)?,
            note: page.words.with("rumours-multiple", &with)?,
            days: line.history.clone(),
        });
    }
    Ok(Some(Block::Multiples(several)))
}

/// One rumour with its answer.
pub(super) fn card(page: &Page<'_>, line: &RumourLine) -> Result<Card, Error> {
    let words = page.words;
    let by = if line.by_person { "rumours-risk-by-person" } else { "rumours-risk" };
    let risk = words.name("risk", &line.risk)?;
    let answered = rumours::is_answered(&line.claim);
    let heading = rumours::heading(&line.claim, &line.words, words)?;
    let address = line.claim.link.as_deref().filter(|_| answered).and_then(Link::new);
    Ok(Card {
        lines: lines(page, line, &heading)?,
        heading,
        danger: Danger::named(&line.risk),
        risk: words.with(by, &[("risk", risk.into())])?,
        link: address.map(|page| Ok::<_, Error>((words.say("rumours-link")?, page))).transpose()?,
        facts: facts(page, line)?,
        history: history(page, line)?,
        why: because::decided(&line.because, words)?
            .map(|rules| words.with("rumours-because", &[("rules", rules.into())]))
            .transpose()?,
    })
}

/// What the answer answers, who checked it, what to do and what is done.
fn lines(page: &Page<'_>, line: &RumourLine, heading: &Said) -> Result<Vec<(String, Said)>, Error> {
    let words = page.words;
    let claim = &line.claim;
    let mut lines = Vec::new();
    if let Some(claimed) = rumours::claimed(claim, words)? {
        lines.push((words.say("rumours-claimed")?, claimed));
    }
    let typical = rumours::listed(&line.words);
    if !heading.text.contains(&typical.text) {
        lines.push((words.say("rumours-words")?, typical));
    }
    // What nobody checked has no verdict.
    if !matches!(claim.kind, ClaimKind::Narrative | ClaimKind::Question) {
        let verdict = Said::plain(&words.name("checked", claim.verdict.as_str())?);
        lines.push((checked_by(page, line)?, verdict));
    }
    // An address that is no plain link is still shown, as words.
    let unlinked = |url: &&String| rumours::is_answered(claim) && Link::new(url).is_none();
    if let Some(url) = claim.link.as_ref().filter(unlinked) {
        lines.push((words.say("rumours-link")?, Said::plain(url)));
    }
    let mut level = words.name("level", &line.level)?;
    if !rumours::is_answered(claim) {
        level = words.with("rumours-find-answer", &[("level", level.into())])?;
    }
    lines.push((words.say("rumours-level")?, Said::plain(&level)));
    for (id, text) in [("rumours-action", &line.action), ("rumours-result", &line.result)] {
        if let Some(text) = text {
            lines.push((words.say(id)?, Said::plain(text)));
        }
    }
    Ok(lines)
}

fn checked_by(page: &Page<'_>, line: &RumourLine) -> Result<String, Error> {
    let Some(publisher) = &line.claim.publisher else { return page.words.say("rumours-checked") };
    page.words.with("rumours-checked-by", &[("publisher", Said::plain(publisher).text.into())])
}

fn facts(page: &Page<'_>, line: &RumourLine) -> Result<Vec<(String, String)>, Error> {
    let words = page.words;
    let effective = words.mean(line.effective_authors);
    let mut facts = vec![
        (
            words.say("rumours-posts")?,
            words.with("rumours-posts-texts", &[("n", line.posts.into()), ("texts", line.unique_texts.into())])?,
        ),
        (
            words.say("rumours-people")?,
            words.with("rumours-people-note", &[("people", line.people.into()), ("effective", effective.into())])?,
        ),
        (words.say("rumours-stances")?, stances(page, line)?),
        (words.say("rumours-trend-label")?, rumours::trend(line, words)?),
        (words.say("rumours-first-seen")?, words.date(line.first_seen)?),
    ];
    for (id, counts) in [("rumours-sources", &line.by_source), ("rumours-langs", &line.by_lang)] {
        if !counts.is_empty() {
            facts.push((words.say(id)?, counted(page, counts, id == "rumours-langs")?));
        }
    }
    facts.push((words.say("rumours-status")?, status(page, line)?));
    Ok(facts)
}

/// Who repeats it, who rebuts it, and the share of rebuttals among those who take a side.
fn stances(page: &Page<'_>, line: &RumourLine) -> Result<String, Error> {
    let RumourLine { repeats, rebuts, mentions, .. } = line;
    let with = [("repeats", (*repeats).into()), ("rebuts", (*rebuts).into()), ("mentions", (*mentions).into())];
    let counts = page.words.with("rumours-stance-counts", &with)?;
    let sides = repeats + rebuts;
    if sides == 0 {
        return Ok(counts);
    }
    let share = page.words.rough(*rebuts as f64 / sides as f64);
    let share = page.words.with("rumours-rebut-share", &[("share", share.into())])?;
    Ok(format!("{counts}; {share}"))
}

/// The largest of a list by name, and how many more there are.
fn counted(page: &Page<'_>, counts: &[(String, u64)], are_languages: bool) -> Result<String, Error> {
    let words = page.words;
    let mut named = Vec::with_capacity(NAMED);
    for (key, n) in counts.iter().take(NAMED) {
        let name = if are_languages { words.name("lang", key)? } else { key.clone() };
        named.push(format!("{name} {}", words.count(*n)));
    }
    let text = named.join(", ");
    match counts.len().saturating_sub(NAMED) {
        0 => Ok(text),
        more => words.with("rumours-and-more", &[("list", text.into()), ("more", more.into())]),
    }
}

/// How far it has come, who said so and when.
fn status(page: &Page<'_>, line: &RumourLine) -> Result<String, Error> {
    let status = page.words.name("status", &line.status)?;
    let Some((who, when)) = &line.decided else { return Ok(status) };
    let who = Said::plain(&page.words.name("who", who)?).text;
    // The zone that cut the day is known; if it is not after all, who decided is still worth saying.
    let Ok(zone) = Zone::named(&page.day.timezone) else {
        return page.words.with("rumours-decided-by", &[("status", status.into()), ("who", who.into())]);
    };
    let day = page.words.date(zone.day_of(*when))?;
    page.words.with("rumours-decided", &[("status", status.into()), ("who", who.into()), ("day", day.into())])
}

/// The last days, drawn and in words; `None` when there is only one.
fn history(page: &Page<'_>, line: &RumourLine) -> Result<Option<History>, Error> {
    let words = page.words;
    let days = &line.history;
    // The first of equal days.
    let top = days.iter().enumerate().rev().filter_map(|(i, n)| Some((i, (*n)?))).max_by_key(|(_, n)| *n);
    let (true, Some((i, n))) = (days.len() > 1, top) else { return Ok(None) };
    let back = i32::try_from(days.len() - 1 - i).unwrap_or(i32::MAX);
    let with =
        [("days", days.len().into()), ("day", words.short_date(page.day.day.plus(-back))?.into()), ("n", n.into())];
    let mut description = words.with("rumours-history", &with)?;
    let missing = days.iter().filter(|n| n.is_none()).count();
    if missing > 0 {
        description.push(' ');
        description.push_str(&words.with("rumours-history-gaps", &[("days", missing.into())])?);
    }
    Ok(Some(History { days: days.clone(), description }))
}
