//! What was opened, changed and closed in the rumour log in the week, and who did it.
//!
//! A change is told where both the log of its day and that of the claim's last day tell the claim.

use super::WeekPage;
use crate::block::{Block, Cell, Table};
use crate::card::Said;
use crate::sections::log_changes::{about, counts, hidden, what};
use crate::{Error, rumours};
use polso_domain::{Day, LogChange, RumourLog};

/// Rows of the table on the page; `report.json` holds all.
const ROWS: usize = 30;

/// A change, the day it was made on, and the log of that day.
type Made<'a> = (Day, &'a RumourLog, &'a LogChange);

pub(super) fn blocks(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    let words = page.words;
    let all: Vec<Made<'_>> = changes(page).collect();
    if all.is_empty() {
        return Ok(vec![Block::Paragraph(words.say("week-decided-none")?)]);
    }
    let mut blocks = vec![counts(words, all.iter().map(|(_, _, change)| *change))?];
    let (told, counted): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, log, change)| may_tell(page, log, change));
    if !told.is_empty() {
        blocks.push(Block::Table(table(page, &told)?));
    }
    blocks.extend(hidden(words, told.len().saturating_sub(ROWS), counted.len())?);
    Ok(blocks)
}

/// All changes, oldest first.
pub(super) fn changes<'a>(page: &WeekPage<'a>) -> impl Iterator<Item = Made<'a>> {
    page.logs.iter().flat_map(|(day, log)| log.changes.iter().map(move |change| (*day, &**log, change)))
}

/// Whether a change may be told with its claim.
pub(super) fn may_tell(page: &WeekPage<'_>, log: &RumourLog, change: &LogChange) -> bool {
    rumours::may_tell(log, change) && page.lines.may_tell(&change.claim.id)
}

fn table(page: &WeekPage<'_>, changes: &[Made<'_>]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(changes.len().min(ROWS));
    for (day, log, change) in changes.iter().take(ROWS) {
        rows.push(vec![
            Cell::Head(words.short_date(*day)?, None),
            Cell::Said(about((log, words), change)?, None),
            Cell::Said(Said::plain(&what(words, change)?), None),
            Cell::Said(Said::plain(&words.name("who", &change.who)?), None),
        ]);
    }
    Ok(Table {
        caption: words.say("changes-caption")?,
        columns: vec![
            words.column("column-day")?,
            words.column("column-about")?,
            words.column("column-change")?,
            words.column("column-who")?,
        ],
        rows,
    })
}
