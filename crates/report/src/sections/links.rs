//! What people pointed at.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::{Error, Page, quote};

/// Rows of the table on the page.
const ROWS: usize = 10;

pub(super) struct Links;

impl Section for Links {
    fn id(&self) -> &'static str {
        "links"
    }

    fn title(&self) -> &'static str {
        "links-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        if page.day.links.is_empty() {
            return Ok(Vec::new());
        }
        let row = |link: &polso_aggregate::Counted| {
            vec![Cell::Address(quote::shown(&link.key)), words.tally(link.people), words.tally(link.n)]
        };
        let table = Table {
            caption: words.say("links-caption")?,
            columns: vec![
                words.column("column-link")?,
                words.numbers("column-people")?,
                words.numbers("column-posts")?,
            ],
            rows: page.day.links.iter().take(ROWS).map(row).collect(),
        };
        Ok(vec![Block::Paragraph(words.say("links-how")?), Block::Table(table)])
    }
}
