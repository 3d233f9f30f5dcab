//! The sections of a report, in reading order. A new one is a file here and a line in [`SECTIONS`].

mod actions;
mod annex;
mod bottom_line;
pub(crate) mod coverage;
mod figures;
mod groups;
pub(crate) mod header;
pub(crate) mod log_changes;
mod method;
mod mood;
mod needs_checking;
mod quality;
mod rumours;
mod sites;
mod spikes;
mod tags;
mod topics;
mod urgent;
pub(crate) mod voids;
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

/// A busy reader stops after the second; the first six make up two sides of paper. The first is the page's header.
static SECTIONS: [&dyn Section; 19] = [
    &header::Header,
    &bottom_line::BottomLine,
    &figures::Figures,
    &coverage::Coverage,
    &mood::Mood,
    &volume::Volume,
    &spikes::Spikes,
    &groups::Groups,
    &voids::Voids,
    &rumours::Rumours,
    &log_changes::LogChanges,
    &actions::Actions,
    &needs_checking::NeedsChecking,
    &topics::Topics,
    &tags::Tags,
    &sites::Sites,
    &quality::Quality,
    &method::Method,
    &annex::Annex,
];

/// What stands on the page of what cannot wait.
static ALERT: [&dyn Section; 2] = [&header::Header, &urgent::Urgent];

/// The whole report.
pub(crate) fn document(page: &Page<'_>) -> Result<Document, Error> {
    written(&SECTIONS, page)
}

/// The page of what cannot wait; `None` when everything can.
pub(crate) fn alert(page: &Page<'_>) -> Result<Option<Document>, Error> {
    let document = written(&ALERT, page)?;
    Ok(document.sections.iter().any(|chapter| chapter.id == urgent::Urgent.id()).then_some(document))
}

fn written(sections: &[&dyn Section], page: &Page<'_>) -> Result<Document, Error> {
    let mut chapters = Vec::with_capacity(sections.len());
    for section in sections {
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
