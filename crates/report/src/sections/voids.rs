//! What people ask, and whether anybody who knows has answered. What nobody answered stands first: rumours fill it.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::card::{Link, Said};
use crate::words::Words;
use crate::{Error, Page, rumours};
use polso_domain::QuestionLine;

/// Rows of a table on the page; `report.json` holds all.
const ROWS: usize = 10;

pub(super) struct Voids;

impl Section for Voids {
    fn id(&self) -> &'static str {
        "voids"
    }

    fn title(&self) -> &'static str {
        "voids-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        let silent = page.day.posts.n == 0 || !rumours::was_searched(page.log);
        if page.log.questions.is_empty() && silent {
            return Ok(Vec::new());
        }
        if page.log.questions.is_empty() {
            return Ok(vec![Block::Paragraph(words.say("voids-no-questions")?)]);
        }
        let questions = page.log.questions.iter().map(|question| (question, question)).collect();
        by_answer(words, questions, |caption, questions| table(page, caption, questions))
    }
}

/// How to read them, then a table each of those without an answer, with one that is to be confirmed, and with one: each
/// question as the log tells it, with what the page makes a row of.
pub(crate) fn by_answer<T>(
    words: &Words,
    questions: Vec<(&QuestionLine, T)>,
    table: impl Fn(&str, &[T]) -> Result<Table, Error>,
) -> Result<Vec<Block>, Error> {
    let (mut open, mut likely, mut answered) = (Vec::new(), Vec::new(), Vec::new());
    for (question, told) in questions {
        let list = match (&question.answer, question.to_be_confirmed) {
            (None, _) => &mut open,
            (Some(_), true) => &mut likely,
            (Some(_), false) => &mut answered,
        };
        list.push(told);
    }
    let how = if open.is_empty() { "voids-all-answered" } else { "voids-how" };
    let mut blocks = vec![Block::Paragraph(words.say(how)?)];
    for (caption, questions) in [("voids-open", open), ("voids-likely", likely), ("voids-answered", answered)] {
        if questions.is_empty() {
            continue;
        }
        blocks.push(Block::Table(table(caption, &questions[..questions.len().min(ROWS)])?));
        let hidden = questions.len().saturating_sub(ROWS);
        if hidden > 0 {
            blocks.push(Block::Note(words.with("voids-more", &[("questions", hidden.into())])?));
        }
    }
    Ok(blocks)
}

fn table(page: &Page<'_>, caption: &str, questions: &[&QuestionLine]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(questions.len());
    for question in questions {
        rows.push(vec![
            Cell::Said(asked(words, question)?, None),
            answer(words, question)?,
            words.tally(question.people),
            words.tally(question.posts),
            Cell::Text(words.name("trend", &question.trend)?),
        ]);
    }
    Ok(Table {
        caption: words.say(caption)?,
        columns: vec![
            words.column("column-question")?,
            words.column("column-answer")?,
            words.numbers("column-people")?,
            words.numbers("column-posts")?,
            words.column("column-trend")?,
        ],
        rows,
    })
}

/// The question by its typical words; one that a known answer was found for has none, and is told by its topic.
pub(crate) fn asked(words: &Words, question: &QuestionLine) -> Result<Said, Error> {
    if !question.words.is_empty() {
        return Ok(rumours::listed(&question.words));
    }
    match &question.answer {
        Some(answer) => rumours::topic(answer, words).map(|topic| Said::plain(&topic)),
        None => words.say("voids-no-words").map(|text| Said::plain(&text)),
    }
}

/// Its answer, or that nobody has given one.
pub(crate) fn answer(words: &Words, question: &QuestionLine) -> Result<Cell, Error> {
    let Some(claim) = &question.answer else { return words.say("voids-nobody").map(Cell::Text) };
    let said = match rumours::confirmed(claim, words)? {
        Some(said) => said,
        None => Said::plain(&words.say("voids-answered-elsewhere")?),
    };
    Ok(Cell::Said(said, claim.link.as_deref().and_then(Link::new)))
}
