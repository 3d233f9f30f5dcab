//! What was opened, changed and closed in the rumour log on the day, and who did it.
//!
//! A claim stands here by its answer or topic, never by its own words; what is only counted elsewhere is counted here.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::card::Said;
use crate::words::Words;
use crate::{Error, Page, rumours};
use polso_domain::{LogChange, RumourLog};

/// Rows of the table on the page; `report.json` holds all.
const ROWS: usize = 20;
/// A longer answer would hide what changed, in characters.
const LONGEST: usize = 120;

pub(super) struct LogChanges;

impl Section for LogChanges {
    fn id(&self) -> &'static str {
        "log-changes"
    }

    fn title(&self) -> &'static str {
        "changes-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        let changes = &page.log.changes;
        if changes.is_empty() {
            // Where nothing goes round either, the section above has said so.
            return if page.told().is_empty() {
                Ok(Vec::new())
            } else {
                Ok(vec![Block::Paragraph(words.say("changes-none")?)])
            };
        }
        let (told, counted): (Vec<_>, Vec<_>) = changes.iter().partition(|change| rumours::may_tell(page.log, change));
        let mut blocks = vec![counts(words, changes)?];
        if !told.is_empty() {
            blocks.push(Block::Table(table(page, &told)?));
        }
        blocks.extend(hidden(words, told.len().saturating_sub(ROWS), counted.len())?);
        Ok(blocks)
    }
}

/// How many were opened, changed and closed.
pub(crate) fn counts<'a>(words: &Words, all: impl IntoIterator<Item = &'a LogChange>) -> Result<Block, Error> {
    let (mut opened, mut changed, mut closed) = (0_usize, 0_usize, 0_usize);
    for change in all {
        *(match (change.field.as_str(), change.after.as_str()) {
            ("opened", _) => &mut opened,
            ("status", "closed") => &mut closed,
            _ => &mut changed,
        }) += 1;
    }
    let with = [("opened", opened.into()), ("changed", changed.into()), ("closed", closed.into())];
    Ok(Block::Paragraph(words.with("changes-counts", &with)?))
}

/// How many have no row here, and how many are only counted.
pub(crate) fn hidden(words: &Words, more: usize, counted: usize) -> Result<Vec<Block>, Error> {
    let mut notes = Vec::new();
    for (id, hidden) in [("changes-more", more), ("changes-ignored", counted)] {
        if hidden > 0 {
            notes.push(Block::Note(words.with(id, &[("changes", hidden.into())])?));
        }
    }
    Ok(notes)
}

fn table(page: &Page<'_>, changes: &[&LogChange]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(changes.len().min(ROWS));
    for change in changes.iter().take(ROWS) {
        let who = Said::plain(&words.name("who", &change.who)?);
        rows.push(vec![
            Cell::Said(about((page.log, words), change)?, None),
            Cell::Said(Said::plain(&what(words, change)?), None),
            Cell::Said(who, None),
        ]);
    }
    Ok(Table {
        caption: words.say("changes-caption")?,
        columns: vec![words.column("column-about")?, words.column("column-change")?, words.column("column-who")?],
        rows,
    })
}

/// The beginning of the answer, or that there is none.
pub(crate) fn about((log, words): (&RumourLog, &Words), change: &LogChange) -> Result<Said, Error> {
    let line = log.rumours.iter().find(|line| line.claim.id == change.claim.id);
    let typical = line.map_or(&[][..], |line| &line.words);
    let mut said = rumours::heading(&change.claim, typical, words)?;
    if said.text.chars().count() > LONGEST {
        let cut: String = said.text.chars().take(LONGEST).collect();
        // At a word's end, where there is one.
        let end = cut.rfind(' ').unwrap_or(cut.len());
        said.text = format!("{}…", &cut[..end]);
    }
    Ok(said)
}

/// The field, with before and after in its words.
pub(crate) fn what(words: &Words, change: &LogChange) -> Result<String, Error> {
    let field = words.name("change", &change.field)?;
    let family = match change.field.as_str() {
        // The word for the change says it all.
        "opened" | "withdrawn" => return Ok(field),
        "status" => "status",
        "risk" => "risk",
        "level" => "level-word",
        "verdict" => "checked",
        _ => "value",
    };
    let named = |value: &str| words.name(family, value);
    let what = match (change.before.as_str(), change.after.as_str()) {
        ("", "") => return Ok(field),
        ("", after) => named(after)?,
        (before, "") => words.with("changes-taken-away", &[("before", named(before)?.into())])?,
        (before, after) => {
            words.with("changes-from-to", &[("before", named(before)?.into()), ("after", named(after)?.into())])?
        }
    };
    words.with("changes-field", &[("field", field.into()), ("what", what.into())])
}
