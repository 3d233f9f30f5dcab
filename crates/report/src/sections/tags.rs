//! Hashtags that rise beside the followed ones. Nothing is ever followed by itself: somebody decides.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::phrases::hashtag;
use crate::{Error, Page};

pub(super) struct Tags;

impl Section for Tags {
    fn id(&self) -> &'static str {
        "tags"
    }

    fn title(&self) -> &'static str {
        "tags-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        if page.day.suggested.is_empty() {
            return Ok(Vec::new());
        }
        let row = |tag: &polso_aggregate::Suggestion| {
            vec![
                Cell::Head(hashtag(&tag.key), None),
                words.tally(tag.n),
                words.tally(tag.people),
                Cell::Number(words.mean(tag.usual)),
            ]
        };
        Ok(vec![
            Block::Paragraph(words.say("tags-how")?),
            Block::Table(Table {
                caption: words.say("tags-caption")?,
                columns: vec![
                    words.column("column-hashtag")?,
                    words.numbers("column-posts")?,
                    words.numbers("column-people")?,
                    words.numbers("column-usual-posts")?,
                ],
                rows: page.day.suggested.iter().map(row).collect(),
            }),
        ])
    }
}
