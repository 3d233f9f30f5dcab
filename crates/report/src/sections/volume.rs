//! When people posted. Hours that were not heard are marked, never drawn as a dip.

use super::Section;
use crate::block::{Block, Cell, HourRow, Hours, Table};
use crate::ink::Ink;
use crate::{Error, Page, chart, weeks};
use polso_aggregate::Hour;

pub(super) struct Volume;

impl Section for Volume {
    fn id(&self) -> &'static str {
        "volume"
    }

    fn title(&self) -> &'static str {
        "volume-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        let mut blocks: Vec<Block> = weeks::volume(page)?.map(Block::Timeline).into_iter().collect();
        if page.day.posts.n == 0 || page.day.hours.is_empty() {
            return Ok(blocks);
        }
        blocks.push(Block::Hours(hours(page)?));
        let comparable = page.week().filter(|week| week.days > 0 && week.withheld_because.is_none());
        if let Some(week) = comparable {
            let with =
                [("n", page.day.posts.n.into()), ("mean", words.mean(week.posts).into()), ("days", week.days.into())];
            blocks.insert(0, Block::Paragraph(words.with("volume-mean", &with)?));
        }
        Ok(blocks)
    }
}

fn hours(page: &Page<'_>) -> Result<Hours, Error> {
    let words = page.words;
    let day = page.day;
    let moody = day.mood.is_some();
    let missed = day.hours.iter().any(|hour| hour.minutes_missed > 0);
    let mut legend = vec![(Ink::Neutral, words.say(if moody { "volume-other" } else { "column-posts" })?)];
    if moody {
        legend.insert(0, (Ink::Negative, words.say("volume-negative")?));
    }
    if missed {
        legend.push((Ink::Missed, words.say("volume-missed")?));
    }
    let most = day.hours.iter().map(|hour| hour.n).max().unwrap_or(0);
    let row = |hour: &Hour| HourRow {
        hour: hour.hour,
        n: hour.n,
        negative: hour.negative.unwrap_or(0).min(hour.n),
        missed: hour.minutes_missed > 0,
    };
    Ok(Hours {
        caption: words.with("volume-caption", &[("timezone", day.timezone.as_str().into())])?,
        description: description(page)?,
        rows: day.hours.iter().map(row).collect(),
        legend,
        steps: chart::steps(most).into_iter().map(|step| (step, words.count(step))).collect(),
        table: table(page, moody)?,
    })
}

/// The chart in words: where its top is and where it has holes.
fn description(page: &Page<'_>) -> Result<String, Error> {
    let words = page.words;
    let clock = |hour: u8| format!("{hour:02}:00");
    let mut sentences = Vec::new();
    // The first of equal hours.
    if let Some(top) = page.day.hours.iter().rev().max_by_key(|hour| hour.n) {
        let (from, to) = (clock(top.hour), clock(top.hour + 1));
        let with = [("from", from.into()), ("to", to.into()), ("n", top.n.into())];
        sentences.push(words.with("volume-top", &with)?);
    }
    let missed: Vec<_> = page.day.hours.iter().filter(|hour| hour.minutes_missed > 0).collect();
    if !missed.is_empty() {
        let hours: Vec<_> = missed.iter().map(|hour| clock(hour.hour)).collect();
        sentences.push(words.with("volume-holes", &[("hours", hours.join(", ").into())])?);
    }
    if page.day.mood.is_some() && page.day.hours.iter().any(|hour| hour.negative.is_none()) {
        sentences.push(words.with("volume-withheld", &[("people", page.settings.min_people.into())])?);
    }
    Ok(sentences.join(" "))
}

fn table(page: &Page<'_>, moody: bool) -> Result<Table, Error> {
    let words = page.words;
    let mut columns = vec![words.column("column-hour")?, words.numbers("column-posts")?];
    if moody {
        columns.push(words.numbers("column-negative-posts")?);
    }
    columns.push(words.numbers("column-missed")?);
    let mut rows = Vec::with_capacity(page.day.hours.len());
    for hour in &page.day.hours {
        let mut row = vec![Cell::Head(format!("{:02}:00", hour.hour), None), words.tally(hour.n)];
        if moody {
            row.push(match hour.negative {
                Some(negative) => words.tally(negative),
                None => Cell::Text(words.say("volume-not-shown")?),
            });
        }
        row.push(Cell::Number(words.duration(hour.minutes_missed)?));
        rows.push(row);
    }
    Ok(Table { caption: words.say("volume-table")?, columns, rows })
}
