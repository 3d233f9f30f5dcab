//! sections → blocks → HTML, Markdown, JSON
//!
//! The last stage of the flow: a published [`DaySummary`] goes in, one page in three formats comes out. A section says
//! *what* to show as a list of blocks, in the reader's words; a format says *how* a block looks. A new section is one
//! file and one line in `sections::SECTIONS`; a new format is one file that knows the blocks.
//!
//! Invariants: the same summary, language and settings give the same bytes. Nothing is fetched, read or timed here.
//! Every text that came from a post is escaped by the format. A word missing in a translation is an error, not a gap.
//!
//! It is not a place for statistics: every number stands in the summary already.

mod block;
mod chart;
mod error;
mod findings;
mod html;
mod ink;
mod json;
mod language;
mod markdown;
mod numbers;
mod phrases;
mod quote;
mod sections;
mod words;

pub use error::Error;
pub use language::Language;

use polso_aggregate::DaySummary;
use polso_privacy::Published;
use words::Words;

/// What a report says beyond the summary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Name of the authority that publishes the report.
    pub title: Option<String>,
    /// Hashtags that are followed, with or without `#`; shown in the header and under method.
    pub tracked: Vec<String>,
    /// The whole query that sources are asked, in one line that every language reads; empty if there is none.
    pub query: String,
    /// Groups of fewer people than this were withheld; only for saying so.
    pub min_people: u32,
    /// The posts are synthetic, and a banner says so.
    pub seeds: bool,
}

/// One report in the three formats of `reports/D/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// `index.html`: one file, no script, nothing loaded from outside.
    pub html: String,
    /// `report.md`.
    pub markdown: String,
    /// `report.json`, schema `polso.report/1`.
    pub json: String,
}

/// Everything a section may look at.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) day: &'a Published<DaySummary>,
    pub(crate) words: &'a Words,
    pub(crate) settings: &'a Settings,
}

/// Renders a day. Fails when a translation lacks a word or a chart cannot be drawn: never with half a report.
pub fn render(summary: &Published<DaySummary>, language: Language, settings: &Settings) -> Result<Rendered, Error> {
    let words = Words::load(language)?;
    let page = Page { day: summary, words: &words, settings };
    let document = sections::document(&page)?;
    Ok(Rendered {
        html: html::render(&document, &words)?,
        markdown: markdown::render(&document, &words)?,
        json: json::render(summary, &document)?,
    })
}
