//! What went round in the week: the answer first, as on a day's page, and the days and posts of the whole week.

use super::WeekPage;
use super::lines::Week;
use crate::block::{Block, Cell, Table};
use crate::card::Link;
use crate::{Error, rumours};
use polso_domain::RumourLine;

/// Rows on the page; `report.json` holds all.
const ROWS: usize = 15;

pub(super) fn blocks(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    let words = page.words;
    if !page.logs.iter().any(|(_, log)| rumours::was_searched(log)) {
        return Ok(vec![Block::Paragraph(words.say("week-not-searched")?)]);
    }
    let told: Vec<_> = page.lines.told().collect();
    let mut blocks =
        vec![Block::Paragraph(words.say(if told.is_empty() { "week-rumours-none" } else { "week-rumours-how" })?)];
    if !told.is_empty() {
        blocks.push(Block::Table(table(page, &told)?));
    }
    let counted = page.lines.rumours.len() - told.len();
    for (id, lines) in [("rumours-more", told.len().saturating_sub(ROWS)), ("rumours-ignored", counted)] {
        if lines > 0 {
            blocks.push(Block::Note(words.with(id, &[("lines", lines.into())])?));
        }
    }
    if page.logs.iter().any(|(_, log)| log.withheld > 0) {
        let people = page.settings.min_people.into();
        blocks.push(Block::Note(words.with("week-rumours-withheld", &[("people", people)])?));
    }
    Ok(blocks)
}

fn table(page: &WeekPage<'_>, told: &[&Week<'_, RumourLine>]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(told.len().min(ROWS));
    for line in told.iter().take(ROWS) {
        let claim = &line.last.claim;
        let link = claim.link.as_deref().filter(|_| rumours::is_answered(claim)).and_then(Link::new);
        rows.push(vec![
            Cell::Said(rumours::heading(claim, &line.last.words, words)?, link),
            Cell::Text(words.name("risk", &line.last.risk)?),
            Cell::Text(words.name("level-word", &line.last.level)?),
            words.tally(line.posts),
            words.tally(line.days),
            Cell::Text(words.name("trend", &line.last.trend)?),
        ]);
    }
    Ok(Table {
        caption: words.say("week-rumours-caption")?,
        columns: vec![
            words.column("column-about")?,
            words.column("column-risk")?,
            words.column("column-level")?,
            words.numbers("column-posts")?,
            words.numbers("column-days")?,
            words.column("column-trend")?,
        ],
        rows,
    })
}
