//! The day as the last of four weeks: its mood as a band, its posts as a column, what happened meanwhile as numbers.
//!
//! What was not heard is a gap. A day that people corrected is drawn as the model read it, like the days beside it.

use crate::block::{Cell, Table};
use crate::ink::Ink;
use crate::timeline::{Timeline, Trace, weekly};
use crate::{Error, Page, chart, quote};
use polso_aggregate::{DaySummary, Mood, Share, Status};
use polso_domain::Day;

/// Days that are drawn, the report's own included.
const DAYS: i32 = 28;
/// Steps of an axis of shares.
const STEP: f64 = 0.2;

/// A day that is drawn, and its summary if anything was asked on it.
type Drawn<'a> = (Day, Option<&'a DaySummary>);

/// Days with the number of what happened on them, and the numbers with what that was.
type Marks = Vec<(usize, String)>;
type Happened = Vec<(String, String)>;

impl Page<'_> {
    /// The days up to this one, from the first that has a summary; empty when there is no other.
    pub(crate) fn weeks(&self) -> Vec<Drawn<'_>> {
        let today: &DaySummary = self.day;
        let first = today.day.plus(1 - DAYS);
        let earlier = || self.past.iter().map(|day| &**day).filter(|day| day.day < today.day);
        let Some(start) = earlier().map(|day| day.day).filter(|day| *day >= first).min() else { return Vec::new() };
        let of = |day: Day| if day == today.day { Some(today) } else { earlier().find(|one| one.day == day) };
        (0..DAYS).map(|i| start.plus(i)).take_while(|day| *day <= today.day).map(|day| (day, of(day))).collect()
    }
}

/// Negative and positive shares day by day; `None` where fewer than two days have a mood.
pub(crate) fn mood(page: &Page<'_>) -> Result<Option<Timeline>, Error> {
    let words = page.words;
    let days = page.weeks();
    let moods: Vec<Option<&Mood>> = days.iter().map(|(_, day)| day.and_then(as_read)).collect();
    if !has_mood(&days) {
        return Ok(None);
    }
    let of = |pick: fn(&Mood) -> Share| moods.iter().map(|mood| mood.map(pick)).collect::<Vec<_>>();
    let bands = [
        ("mood-negative", Ink::Negative, of(|mood| mood.negative)),
        ("mood-positive", Ink::Positive, of(|mood| mood.positive)),
    ];
    let highest = bands.iter().flat_map(|(_, _, values)| values).flatten().map(|share| share.high).fold(STEP, f64::max);
    let mut traces = Vec::with_capacity(bands.len());
    for (id, ink, values) in bands {
        traces.push(Trace::Band { ink, label: words.say(id)?, values });
    }
    Ok(Some(Timeline {
        caption: words.with("weeks-mood-caption", &[("days", days.len().into())])?,
        description: mood_in_words(page, &days, &moods)?,
        steps: shares_up_to(page, highest),
        traces,
        // A day of which a part is missing has a mood, with the doubt that its interval shows.
        missed: (0..moods.len()).filter(|day| moods[*day].is_none()).collect(),
        table: mood_table(page, &days, &moods)?,
        ..frame(page, &days)?
    }))
}

/// Posts day by day; `None` where there is no other day.
pub(crate) fn volume(page: &Page<'_>) -> Result<Option<Timeline>, Error> {
    let words = page.words;
    let days = page.weeks();
    if days.len() < 2 {
        return Ok(None);
    }
    let values: Vec<Option<u64>> =
        days.iter().map(|(_, day)| day.filter(|day| heard(day)).map(|day| day.posts.n)).collect();
    let most = values.iter().flatten().max().copied().unwrap_or(0);
    let mut legend = vec![(Ink::Text, words.say("weeks-today")?), (Ink::Neutral, words.say("weeks-before")?)];
    let mut frame = frame(page, &days)?;
    if !frame.marks.is_empty() && has_mood(&days) {
        frame.happened.clear();
        legend.push((Ink::Mark, words.say("weeks-marks")?));
    }
    if !frame.missed.is_empty() {
        legend.push((Ink::Missed, words.say("weeks-missed")?));
    }
    Ok(Some(Timeline {
        caption: words.with("weeks-volume-caption", &[("days", days.len().into())])?,
        description: volume_in_words(page, &days, &values)?,
        steps: chart::steps(most).into_iter().map(|step| (step as f64, words.count(step))).collect(),
        traces: vec![Trace::Columns { values }],
        legend,
        table: volume_table(page, &days)?,
        ..frame
    }))
}

/// What all charts over these days share.
fn frame(page: &Page<'_>, days: &[Drawn<'_>]) -> Result<Timeline, Error> {
    let mut labels = Vec::new();
    for at in weekly(days.len()) {
        labels.push((at, page.words.tick(days[at].0)?));
    }
    let (marks, happened) = happened(page, days)?;
    let whole = |day: Option<&DaySummary>| day.is_some_and(|day| day.status == Status::Complete);
    let missed = days.iter().enumerate().filter(|(_, (_, day))| !whole(*day)).map(|(at, _)| at).collect();
    Ok(Timeline {
        caption: String::new(),
        description: String::new(),
        days: days.len(),
        labels,
        steps: Vec::new(),
        traces: Vec::new(),
        missed,
        marks,
        happened,
        legend: Vec::new(),
        table: Table { caption: page.words.say("weeks-table")?, columns: Vec::new(), rows: Vec::new() },
    })
}

/// Whether there is a curve: what happened is listed below it, and else below the columns.
fn has_mood(days: &[Drawn<'_>]) -> bool {
    days.iter().filter(|(_, day)| day.and_then(as_read).is_some()).count() > 1
}

fn as_read(day: &DaySummary) -> Option<&Mood> {
    day.mood_as_read.as_ref().or(day.mood.as_ref())
}

/// A day without data is a gap; one on which every source answered and had nothing is a zero.
fn heard(day: &DaySummary) -> bool {
    day.status != Status::NoData || day.coverage.iter().any(|source| source.state == "no_posts")
}

fn shares_up_to(page: &Page<'_>, highest: f64) -> Vec<(f64, String)> {
    let mut steps = vec![0.0];
    while steps.last().is_some_and(|last| *last < highest && *last < 1.0) {
        steps.push(steps.len() as f64 * STEP);
    }
    steps.into_iter().map(|step| (step, page.words.rough(step))).collect()
}

/// Between which days and shares the negative share moved, and how many days say nothing.
fn mood_in_words(page: &Page<'_>, days: &[Drawn<'_>], moods: &[Option<&Mood>]) -> Result<String, Error> {
    let words = page.words;
    let negative = || {
        let with_mood = days.iter().zip(moods).filter_map(|((day, _), mood)| Some((*day, (*mood)?.negative)));
        with_mood.collect::<Vec<_>>()
    };
    let by_share = |a: &(Day, Share), b: &(Day, Share)| a.1.share.total_cmp(&b.1.share);
    let (Some(least), Some(most)) =
        (negative().into_iter().min_by(by_share), negative().into_iter().rev().max_by(by_share))
    else {
        return Ok(String::new());
    };
    let with = [
        ("low", words.share(&least.1)?.into()),
        ("low_day", words.short_date(least.0)?.into()),
        ("high", words.share(&most.1)?.into()),
        ("high_day", words.short_date(most.0)?.into()),
    ];
    let mut text = words.with("weeks-mood-range", &with)?;
    let silent = moods.iter().filter(|mood| mood.is_none()).count();
    if silent > 0 {
        text = format!("{text} {}", words.with("weeks-mood-gaps", &[("days", silent.into())])?);
    }
    Ok(text)
}

fn volume_in_words(page: &Page<'_>, days: &[Drawn<'_>], values: &[Option<u64>]) -> Result<String, Error> {
    let words = page.words;
    // The first of equal days.
    let top = days.iter().zip(values).filter_map(|((day, _), n)| Some((*day, (*n)?))).rev().max_by_key(|(_, n)| *n);
    let Some((day, n)) = top else { return words.say("weeks-volume-none") };
    let mut text = words.with("weeks-volume-top", &[("day", words.short_date(day)?.into()), ("n", n.into())])?;
    let silent = values.iter().filter(|n| n.is_none()).count();
    if silent > 0 {
        text = format!("{text} {}", words.with("weeks-volume-gaps", &[("days", silent.into())])?);
    }
    Ok(text)
}

/// Newest first: that is where one looks.
fn mood_table(page: &Page<'_>, days: &[Drawn<'_>], moods: &[Option<&Mood>]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(days.len());
    for ((day, _), mood) in days.iter().zip(moods).rev() {
        let cell = |pick: fn(&Mood) -> &Share| match mood {
            Some(mood) => Ok(Cell::Share(words.estimate(pick(mood))?, None)),
            None => words.say("weeks-no-mood").map(Cell::Text),
        };
        rows.push(vec![
            Cell::Head(words.short_date(*day)?, None),
            cell(|mood| &mood.negative)?,
            cell(|mood| &mood.positive)?,
            words.tally(mood.map_or(0, |mood| mood.n)),
        ]);
    }
    Ok(Table {
        caption: words.say("weeks-table")?,
        columns: vec![
            words.column("column-day")?,
            words.column("column-negative")?,
            words.column("column-positive")?,
            words.numbers("column-read")?,
        ],
        rows,
    })
}

fn volume_table(page: &Page<'_>, days: &[Drawn<'_>]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(days.len());
    for (day, summary) in days.iter().rev() {
        let status = match summary.map(|day| day.status) {
            Some(Status::Complete) => "weeks-complete",
            Some(Status::Partial) => "weeks-partial",
            Some(Status::NoData) | None => "weeks-no-data",
        };
        let n = summary.filter(|day| heard(day)).map(|day| words.tally(day.posts.n));
        rows.push(vec![
            Cell::Head(words.short_date(*day)?, None),
            n.map_or_else(|| words.say("weeks-not-heard").map(Cell::Number), Ok)?,
            Cell::Text(words.say(status)?),
        ]);
    }
    Ok(Table {
        caption: words.say("weeks-table")?,
        columns: vec![words.column("column-day")?, words.numbers("column-posts")?, words.column("column-state")?],
        rows,
    })
}

/// The days on which something happened, numbered, and what happened on each.
fn happened(page: &Page<'_>, days: &[Drawn<'_>]) -> Result<(Marks, Happened), Error> {
    let reach = u16::try_from(days.len()).unwrap_or(u16::MAX);
    let events: Vec<_> = page.beside.events_until(page.day.day, reach, page.words.language().code()).collect();
    let (mut marks, mut list) = (Vec::new(), Vec::new());
    for on in events.chunk_by(|a, b| a.day == b.day) {
        let Some(at) = days.iter().position(|(day, _)| *day == on[0].day) else { continue };
        let number = (list.len() + 1).to_string();
        let titles = on.iter().map(|event| quote::line(&event.title)).collect::<Vec<_>>().join("; ");
        let with = [("day", page.words.short_date(on[0].day)?.into()), ("what", titles.into())];
        list.push((number.clone(), page.words.with("weeks-event", &with)?));
        marks.push((at, number));
    }
    Ok((marks, list))
}
