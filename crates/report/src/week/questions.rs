//! What was asked in the week, what nobody has answered first.

use super::WeekPage;
use super::lines::Week;
use crate::Error;
use crate::block::{Block, Cell, Table};
use crate::sections::voids::{answer, asked, by_answer};
use polso_domain::QuestionLine;

pub(super) fn blocks(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    let questions = &page.lines.questions;
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let questions = questions.iter().map(|question| (question.last, question)).collect();
    by_answer(page.words, questions, |caption, questions| table(page, caption, questions))
}

fn table(page: &WeekPage<'_>, caption: &str, questions: &[&Week<'_, QuestionLine>]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(questions.len());
    for question in questions {
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
