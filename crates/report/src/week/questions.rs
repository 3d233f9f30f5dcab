//! What was asked in the week, what nobody has answered first.

use super::WeekPage;
use super::lines::Week;
use crate::Error;
use crate::block::{Block, Cell, Table};
use crate::sections::voids::{answer, asked};
use polso_domain::QuestionLine;

/// Rows of a table on the page; `report.json` holds all.
const ROWS: usize = 10;

pub(super) fn blocks(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    let words = page.words;
    let questions = &page.lines.questions;
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let (answered, open): (Vec<_>, Vec<_>) = questions.iter().partition(|question| question.last.answer.is_some());
    let (likely, answered): (Vec<_>, Vec<_>) = answered.into_iter().partition(|question| question.last.to_be_confirmed);
    let how = if open.is_empty() { "voids-all-answered" } else { "voids-how" };
    let mut blocks = vec![Block::Paragraph(words.say(how)?)];
    for (caption, questions) in [("voids-open", open), ("voids-likely", likely), ("voids-answered", answered)] {
        if questions.is_empty() {
            continue;
        }
        blocks.push(Block::Table(table(page, caption, &questions)?));
        let hidden = questions.len().saturating_sub(ROWS);
        if hidden > 0 {
            blocks.push(Block::Note(words.with("voids-more", &[("questions", hidden.into())])?));
        }
    }
    Ok(blocks)
}

fn table(page: &WeekPage<'_>, caption: &str, questions: &[&Week<'_, QuestionLine>]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(questions.len().min(ROWS));
    for question in questions.iter().take(ROWS) {
        rows.push(vec![
            Cell::Said(asked(words, question.last)?, None),
            answer(words, question.last)?,
            words.tally(question.posts),
            words.tally(question.days),
            Cell::Text(words.name("trend", &question.last.trend)?),
        ]);
    }
    Ok(Table {
        caption: words.say(caption)?,
        columns: vec![
            words.column("column-question")?,
            words.column("column-answer")?,
            words.numbers("column-posts")?,
            words.numbers("column-days")?,
            words.column("column-trend")?,
        ],
        rows,
    })
}
