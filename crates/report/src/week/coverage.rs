//! What was asked and heard of each source over the week. Days that were never summed up are in no row.

use super::WeekPage;
use crate::Error;
use crate::block::{Block, Cell, Table};

pub(super) fn blocks(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    let WeekPage { week, words, .. } = page;
    if week.coverage.is_empty() {
        return Ok(vec![Block::Paragraph(words.say("week-no-record")?)]);
    }
    let mut rows = Vec::with_capacity(week.coverage.len());
    for source in &week.coverage {
        let asked = [("answered", source.answered.into()), ("asked", source.asked.into())];
        let mut states = Vec::with_capacity(source.days.len());
        for (state, days) in &source.days {
            states.push(format!("{}: {}", words.name("state", state)?, words.count(u64::from(*days))));
        }
        let missed = u32::try_from(source.minutes_missed).unwrap_or(u32::MAX);
        rows.push(vec![
            Cell::Head(source.source.clone(), None),
            Cell::Text(states.join("; ")),
            words.tally(source.kept),
            Cell::Number(words.with("coverage-answered-of", &asked)?),
            Cell::Number(words.duration(missed)?),
            words.tally(source.set_aside),
        ]);
    }
    Ok(vec![Block::Table(Table {
        caption: words.say("week-coverage-caption")?,
        columns: vec![
            words.column("column-source")?,
            words.column("column-days-by-state")?,
            words.numbers("column-kept")?,
            words.numbers("column-answered")?,
            words.numbers("column-missed")?,
            words.numbers("column-set-aside")?,
        ],
        rows,
    })])
}
