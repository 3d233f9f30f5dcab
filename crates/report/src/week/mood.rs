//! Posts and mood day by day, the week's mean, and whether it differs from the week before.

use super::WeekPage;
use crate::block::{Bar, Block, Cell, Table};
use crate::ink::Ink;
use crate::{Error, numbers};
use polso_aggregate::{Change, Share, Status, WeekDay, WeekMood};

/// Whole width of the bars of daily shares.
const FULL: f64 = 1.0;

pub(super) fn blocks(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    let WeekPage { week, words, .. } = page;
    let mut blocks = Vec::new();
    if let Some(mean) = week.posts_a_day {
        let with = [("n", week.posts.into()), ("mean", words.mean(mean).into())];
        blocks.push(Block::Paragraph(words.with("week-posts", &with)?));
    }
    if let Some(mean) = week.posts_a_day_before {
        blocks.push(Block::Paragraph(words.with("week-posts-before", &[("mean", words.mean(mean).into())])?));
    }
    match (&week.mood, &week.mood_before, &week.against_before.withheld_because) {
        (None, ..) => blocks.push(Block::Paragraph(words.say("week-no-mood")?)),
        (Some(mood), Some(before), None) => blocks.push(Block::Table(comparison(page, mood, before)?)),
        (Some(mood), _, why) => {
            blocks.push(Block::Table(means(page, mood)?));
            let reason = silence(page, why.as_deref().unwrap_or("too_few_days"))?;
            blocks.push(Block::Note(words.with("week-not-compared", &[("reason", reason.into())])?));
        }
    }
    blocks.push(Block::Table(daily(page)?));
    if week.days.iter().any(|day| day.is_corrected) {
        blocks.push(Block::Note(words.say("week-corrected")?));
    }
    Ok(blocks)
}

/// Why a comparison is withheld, as a part of a sentence.
fn silence(page: &WeekPage<'_>, reason: &str) -> Result<String, Error> {
    page.words.say(match reason {
        "no_week_before" => "week-no-week-before",
        "too_few_days_before" => "week-too-few-days-before",
        "other_model" => "week-other-model",
        _ => "week-too-few-days",
    })
}

/// The measures of a week: Fluent id, how it is written, and its share.
fn measures(page: &WeekPage<'_>, mood: &WeekMood) -> Result<Vec<(&'static str, String)>, Error> {
    let words = page.words;
    let balance = words.style.signed(mood.balance.share, numbers::of_share(&mood.balance));
    let mut rows = vec![("mood-negative-share", words.share(&mood.negative)?), ("mood-balance", balance)];
    if let Some(share) = &mood.needs_checking {
        rows.push(("needs-checking", words.share(share)?));
    }
    Ok(rows)
}

fn means(page: &WeekPage<'_>, mood: &WeekMood) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::new();
    for (id, mean) in measures(page, mood)? {
        rows.push(vec![Cell::Head(words.say(id)?, None), Cell::Number(mean)]);
    }
    Ok(Table {
        caption: caption(page, mood)?,
        columns: vec![words.column("column-measure")?, words.numbers("column-this-week")?],
        rows,
    })
}

fn comparison(page: &WeekPage<'_>, mood: &WeekMood, before: &WeekMood) -> Result<Table, Error> {
    let words = page.words;
    let against = &page.week.against_before;
    let changes: [(&str, &Change); 3] = [
        ("mood-negative-share", &against.negative),
        ("mood-balance", &against.balance),
        ("needs-checking", &against.needs_checking),
    ];
    let then = measures(page, before)?;
    let mut rows = Vec::new();
    for (id, mean) in measures(page, mood)? {
        let change = changes.iter().find(|(own, _)| *own == id).map(|(_, change)| change);
        let past = then.iter().find(|(own, _)| *own == id).map(|(_, mean)| mean.clone());
        let (Some(change), Some(past)) = (change, past) else { continue };
        let said =
            [("verdict", words.verdict(change.verdict)?.into()), ("points", words.points(&change.difference)?.into())];
        rows.push(vec![
            Cell::Head(words.say(id)?, None),
            Cell::Number(mean),
            Cell::Number(past),
            Cell::Text(words.with("mood-change", &said)?),
        ]);
    }
    Ok(Table {
        caption: caption(page, mood)?,
        columns: vec![
            words.column("column-measure")?,
            words.numbers("column-this-week")?,
            words.numbers("column-week-before")?,
            words.column("column-verdict")?,
        ],
        rows,
    })
}

fn caption(page: &WeekPage<'_>, mood: &WeekMood) -> Result<String, Error> {
    page.words.with("week-mood-caption", &[("days", mood.days.into()), ("n", mood.n.into())])
}

fn daily(page: &WeekPage<'_>) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(7);
    for day in &page.week.days {
        let bar = |share: Share, ink| Some(Bar { share, ink, full: FULL, usual: None });
        let negative = match &day.mood {
            Some(mood) => Cell::Share(words.estimate(&mood.negative)?, bar(mood.negative, Ink::Negative)),
            None => Cell::Text("–".to_owned()),
        };
        rows.push(vec![
            Cell::Head(words.date(day.day)?, left_out(page, day)?),
            Cell::Text(heard(page, day)?),
            day.posts.map_or_else(|| Cell::Number("–".to_owned()), |posts| words.tally(posts)),
            negative,
        ]);
    }
    Ok(Table {
        caption: words.say("week-daily")?,
        columns: vec![
            words.column("column-day")?,
            words.column("column-heard")?,
            words.numbers("column-posts")?,
            words.column("column-negative")?,
        ],
        rows,
    })
}

fn heard(page: &WeekPage<'_>, day: &WeekDay) -> Result<String, Error> {
    page.words.say(match (day.status, day.posts) {
        (None, _) => "week-day-no-record",
        (Some(Status::Complete), _) => "week-day-whole",
        (Some(Status::Partial), _) => "week-day-part",
        (Some(Status::NoData), Some(_)) => "week-day-quiet",
        (Some(Status::NoData), None) => "week-day-none",
    })
}

/// Why a day that has a mood enters no mean.
fn left_out(page: &WeekPage<'_>, day: &WeekDay) -> Result<Option<String>, Error> {
    let Some(reason) = day.left_out_because.as_deref().filter(|_| day.mood.is_some()) else { return Ok(None) };
    let reason = match reason {
        "low_coverage" => page.words.say("withheld-low-coverage")?,
        "other_model" => page.words.say("week-day-other-model")?,
        "too_few_posts" => page.words.say("withheld-too-few-posts")?,
        other => other.to_owned(),
    };
    page.words.with("week-day-left-out", &[("reason", reason.into())]).map(Some)
}
