//! The sections of a report, in reading order. A new one is a file here and a line in [`SECTIONS`].

mod bottom_line;
mod coverage;
mod figures;
mod groups;
mod header;
mod log_changes;
mod method;
mod mood;
mod needs_checking;
mod quality;
mod rumours;
mod sites;
mod spikes;
mod voids;
mod volume;

use crate::block::{Block, Chapter, Document};
use crate::{Error, Page};

/// One part of the report. Says what to show, never how it looks.
pub(crate) trait Section: Sync {
    /// Anchor in the page, the same in every language.
    fn id(&self) -> &'static str;

    /// Fluent id of the title.
    fn title(&self) -> &'static str;

    /// What it shows; empty leaves the section out.
    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error>;
}

/// A busy reader stops after the third. The first is the page's header.
static SECTIONS: [&dyn Section; 15] = [
    &header::Header,
    &bottom_line::BottomLine,
    &figures::Figures,
    &coverage::Coverage,
    &mood::Mood,
    &volume::Volume,
    &spikes::Spikes,
    &groups::Groups,
    &needs_checking::NeedsChecking,
    &rumours::Rumours,
    &voids::Voids,
    &log_changes::LogChanges,
    &sites::Sites,
    &quality::Quality,
    &method::Method,
];

/// Runs every section.
pub(crate) fn document(page: &Page<'_>) -> Result<Document, Error> {
    let mut chapters = Vec::with_capacity(SECTIONS.len());
    for section in SECTIONS {
        let blocks = section.blocks(page)?;
        if !blocks.is_empty() {
            chapters.push(Chapter { id: section.id(), title: page.words.say(section.title())?, blocks });
        }
    }
    let day = page.words.date(page.day.day)?;
    Ok(Document {
        authority: page.settings.title.clone(),
        window: page.words.with("page-title", &[("day", day.into())])?,
        sections: chapters,
    })
}

/// Title of the section that is called `id`.
pub(crate) fn title_of(id: &str, page: &Page<'_>) -> Result<String, Error> {
    let section = SECTIONS.iter().find(|section| section.id() == id);
    section.map_or(Ok(String::new()), |section| page.words.say(section.title()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_unique() {
        let mut ids: Vec<_> = SECTIONS.iter().map(|section| section.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), SECTIONS.len());
    }
}
