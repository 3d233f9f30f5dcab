//! What was asked, what was heard, and what was not. Four silences are never mixed: no posts, closed, failed, not asked.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::phrases::hashtag;
use crate::{Error, Page};

pub(super) struct Coverage;

impl Section for Coverage {
    fn id(&self) -> &'static str {
        "coverage"
    }

    fn title(&self) -> &'static str {
        "coverage-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let mut blocks = Vec::new();
        if page.day.coverage.is_empty() {
            blocks.push(Block::Paragraph(page.words.say("coverage-no-record")?));
        } else {
            blocks.push(Block::Table(sources(page)?));
        }
        if page.day.posts.n > 0 {
            blocks.extend(unscored(page)?);
        }
        if !page.day.suggested.is_empty() {
            blocks.push(Block::Paragraph(page.words.say("coverage-suggested")?));
            blocks.push(Block::List(suggested(page)?));
        }
        if page.day.withheld > 0 {
            let with = [("groups", page.day.withheld.into()), ("people", page.settings.min_people.into())];
            blocks.push(Block::Note(page.words.with("coverage-withheld", &with)?));
        }
        Ok(blocks)
    }
}

fn sources(page: &Page<'_>) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(page.day.coverage.len());
    for source in &page.day.coverage {
        let asked = [("answered", source.answered.into()), ("asked", source.asked.into())];
        rows.push(vec![
            Cell::Head(source.source.clone(), None),
            Cell::Text(words.name("state", &source.state)?),
            words.tally(source.kept),
            Cell::Number(words.with("coverage-answered-of", &asked)?),
            Cell::Number(words.duration(source.minutes_missed)?),
            words.tally(source.set_aside),
        ]);
    }
    Ok(Table {
        caption: words.say("coverage-caption")?,
        columns: vec![
            words.column("column-source")?,
            words.column("column-state")?,
            words.numbers("column-kept")?,
            words.numbers("column-answered")?,
            words.numbers("column-missed")?,
            words.numbers("column-set-aside")?,
        ],
        rows,
    })
}

/// Hashtags that rise beside the followed ones.
fn suggested(page: &Page<'_>) -> Result<Vec<String>, Error> {
    let line = |tag: &polso_aggregate::Suggestion| {
        let with = [
            ("tag", hashtag(&tag.key).into()),
            ("n", tag.n.into()),
            ("people", tag.people.into()),
            ("usual", page.words.mean(tag.usual).into()),
        ];
        page.words.with("coverage-suggested-tag", &with)
    };
    page.day.suggested.iter().map(line).collect()
}

/// Posts that were kept but have no reading, by reason: counted, never guessed.
fn unscored(page: &Page<'_>) -> Result<Vec<Block>, Error> {
    let posts = &page.day.posts;
    let words = page.words;
    let share = words.percent(posts.scored as f64 / posts.n as f64);
    let with = [("scored", posts.scored.into()), ("n", posts.n.into()), ("share", share.into())];
    let mut blocks = vec![Block::Paragraph(words.with("coverage-scored", &with)?)];
    let mut reasons = Vec::new();
    for (id, n) in [
        ("coverage-unsupported-language", posts.unsupported_language),
        ("coverage-too-short", posts.too_short),
        ("coverage-failed", posts.failed),
        ("coverage-truncated", posts.truncated),
    ] {
        if n > 0 {
            reasons.push(words.with(id, &[("n", n.into())])?);
        }
    }
    if !reasons.is_empty() {
        blocks.push(Block::List(reasons));
    }
    Ok(blocks)
}
