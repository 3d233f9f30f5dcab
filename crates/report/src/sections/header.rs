//! Which day this is, how whole it is, and what was followed.

use super::Section;
use crate::block::{Block, Mark};
use crate::words::Words;
use crate::{Error, Page, phrases, revision};
use polso_aggregate::Status;
use polso_domain::Beside;

pub(super) struct Header;

impl Section for Header {
    fn id(&self) -> &'static str {
        "header"
    }

    fn title(&self) -> &'static str {
        "header-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let Page { day, words, settings, .. } = *page;
        let (mark, status) = match day.status {
            Status::Complete => (Mark::Whole, "status-complete"),
            Status::Partial => (Mark::Part, "status-partial"),
            Status::NoData => (Mark::Nothing, "status-no-data"),
        };
        let mut blocks = Vec::new();
        if settings.seeds {
            blocks.push(Block::Banner(words.say("banner-seeds")?));
        }
        blocks.push(Block::Day(words.date(day.day)?));
        blocks.push(Block::Status(mark, words.say(status)?));
        match &day.changed {
            Some(changed) => blocks.push(Block::Note(revision::line(day.revision, changed, words)?)),
            // Summed up before this was kept.
            None if day.revision > 1 => {
                blocks.push(Block::Note(words.with("header-revised", &[("revision", day.revision.into())])?));
            }
            None => {}
        }
        if !page.beside.unread.is_empty() {
            blocks.push(Block::Note(unread(page.beside, words)?));
        }
        let mut facts = vec![
            (words.say("header-number")?, format!("{}/{}", day.day, day.revision)),
            (words.say("header-timezone")?, day.timezone.clone()),
        ];
        if !settings.tracked.is_empty() {
            facts.push((words.say("header-tracked")?, page.tags()));
        }
        facts.push((words.say("header-data")?, phrases::short(&day.data_hash)));
        blocks.push(Block::Facts(facts));
        Ok(blocks)
    }
}

/// What should stand beside the numbers and could not be read: unknown, not nothing.
pub(crate) fn unread(beside: &Beside, words: &Words) -> Result<String, Error> {
    let files: Vec<String> =
        beside.unread.iter().map(|file| words.name("beside", file.as_str())).collect::<Result<_, _>>()?;
    words.with("header-unread", &[("files", files.join(", ").into())])
}
