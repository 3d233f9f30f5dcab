//! The page that is read when something cannot wait until the whole bulletin is read: each rumour of high risk that is to be
//! answered directly, what to do, and whom to call. It stands alone, beside the bulletin and not in it.

use super::{Section, rumours::card};
use crate::block::Block;
use crate::{Error, Page, findings};
use polso_domain::RumourLine;

pub(super) struct Urgent;

impl Section for Urgent {
    fn id(&self) -> &'static str {
        "urgent"
    }

    fn title(&self) -> &'static str {
        "urgent-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        let lines: Vec<_> = page.told().into_iter().filter(|line| cannot_wait(line)).collect();
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        let mut blocks = vec![Block::Paragraph(words.say("urgent-how")?)];
        for line in lines {
            blocks.push(Block::Card(card(page, line)?));
        }
        blocks.push(Block::Heading(words.say("urgent-call")?));
        blocks.push(Block::Paragraph(if page.settings.call.is_empty() {
            words.say("urgent-nobody")?
        } else {
            page.settings.call.clone()
        }));
        blocks.push(Block::Note(words.say("urgent-whole")?));
        Ok(blocks)
    }
}

fn cannot_wait(line: &RumourLine) -> bool {
    findings::is_urgent(line) && line.risk == "high"
}
