//! sections → blocks → HTML, Markdown, JSON
//!
//! The last stage of the flow: a published [`DaySummary`], [`RumourLog`] and [`Spikes`] go in, one page in three formats comes out. A section says
//! *what* to show as a list of blocks, in the reader's words; a format says *how* a block looks. A new section is one
//! file and one line in `sections::SECTIONS`; a new format is one file that knows the blocks.
//!
//! Invariants: the same inputs, language and settings give the same bytes. Nothing is fetched, read or timed here.
//! Every text that came from a post, a claim or the desk is escaped by the format. What is only counted is never told, see
//! `rumours`. A word missing in a translation is an error, not a gap.
//!
//! It is not a place for statistics: every number stands in the summary already.

mod actions;
mod because;
mod block;
mod card;
mod chart;
mod error;
mod findings;
mod html;
mod ink;
mod json;
mod language;
mod markdown;
mod notice;
mod numbers;
mod outside;
mod phrases;
mod quality;
mod quote;
mod revision;
mod rumours;
mod sections;
mod spikes;
mod timeline;
mod ways;
mod week;
mod weeks;
mod words;

pub use error::Error;
pub use language::Language;
pub use notice::{Alarm, Brief, Notice, Point, failed, test};
pub use quality::Quality;
pub use week::{RenderedWeek, WeekInputs, render_week};

use polso_aggregate::DaySummary;
use polso_alert::detect::Spikes;
use polso_domain::{Beside, RumourLog};
use polso_privacy::Published;
use words::Words;

/// The numbers of a day. Only what passed the gate gets this far.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// What the day comes down to.
    pub summary: &'a Published<DaySummary>,
    /// The days before it that are drawn beside it, in any order; those of more than four weeks ago are left out.
    pub past: &'a [Published<DaySummary>],
    /// What goes round on it and what was decided; an empty log without rules says that nobody looked.
    pub log: &'a Published<RumourLog>,
    /// How good the labels were found to be, in the order in which it is shown; empty when nobody reviewed a sample.
    pub quality: &'a [Quality],
    /// What people put beside the numbers; of it the page shows what had happened by its day.
    pub beside: &'a Beside,
    /// What is out of the ordinary; nothing judged says that nobody looked.
    pub spikes: &'a Published<Spikes>,
}

/// Days that a page looks back when it shows what stands beside the numbers, its own among them.
pub(crate) const LOOKS_BACK: u16 = 28;

/// What a report says beyond its numbers.
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
    /// Whom to call when something cannot wait: a role and a number, in words of the authority's own.
    pub call: String,
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
    /// `alert.html`: what cannot wait, alone on a page, if there is anything.
    pub alert: Option<String>,
    /// What is told of it by mail and in chats.
    pub brief: Brief,
}

/// Everything a section may look at.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) day: &'a Published<DaySummary>,
    pub(crate) past: &'a [Published<DaySummary>],
    pub(crate) log: &'a Published<RumourLog>,
    pub(crate) quality: &'a [Quality],
    pub(crate) beside: &'a Beside,
    pub(crate) spikes: &'a Published<Spikes>,
    pub(crate) words: &'a Words,
    pub(crate) settings: &'a Settings,
}

/// Renders a day. Fails when a translation lacks a word or a chart cannot be drawn: never with half a report.
pub fn render(inputs: &Inputs<'_>, language: Language, settings: &Settings) -> Result<Rendered, Error> {
    let words = Words::load(language)?;
    let Inputs { summary, past, log, quality, beside, spikes } = *inputs;
    let page = Page { day: summary, past, log, quality, beside, spikes, words: &words, settings };
    let document = sections::document(&page)?;
    Ok(Rendered {
        html: html::render(&document, &words)?,
        markdown: markdown::render(&document, &words)?,
        json: json::render(&page, &document)?,
        alert: sections::alert(&page)?.map(|alert| html::render(&alert, &words)).transpose()?,
        brief: notice::brief(&page, &document)?,
    })
}
