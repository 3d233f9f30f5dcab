//! At most three findings and at most three ways to act, each pointing at the section that says more.

use super::Section;
use crate::block::Block;
use crate::{Error, Page, findings, ways};

pub(super) struct BottomLine;

impl Section for BottomLine {
    fn id(&self) -> &'static str {
        "bottom-line"
    }

    fn title(&self) -> &'static str {
        "bottom-line-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        Ok(vec![
            Block::Findings(findings::choose(page)?),
            Block::Heading(page.words.say("ways-title")?),
            Block::Ways(ways::choose(page)?),
        ])
    }
}
