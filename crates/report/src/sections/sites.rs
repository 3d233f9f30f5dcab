//! Where people pointed to: sites, not addresses, for an address would send readers to what goes round.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::{Error, Page, quote};

/// Rows of the table on the page.
const ROWS: usize = 10;

pub(super) struct Sites;

impl Section for Sites {
    fn id(&self) -> &'static str {
        "sites"
    }

    fn title(&self) -> &'static str {
        "sites-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        if page.day.sites.is_empty() {
            return Ok(Vec::new());
        }
        let row = |site: &polso_aggregate::Counted| {
            vec![Cell::Address(quote::shown(&site.key)), words.tally(site.people), words.tally(site.n)]
        };
        let table = Table {
            caption: words.say("sites-caption")?,
            columns: vec![
                words.column("column-site")?,
                words.numbers("column-people")?,
                words.numbers("column-posts")?,
            ],
            rows: page.day.sites.iter().take(ROWS).map(row).collect(),
        };
        Ok(vec![Block::Paragraph(words.say("sites-how")?), Block::Table(table)])
    }
}
