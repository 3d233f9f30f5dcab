//! A week on one page: what its days said, put together and never told again from the posts.
//!
//! Numbers come from `aggregate::week`, the rumour log from the logs of the seven days: a claim is told as the log of the last
//! day on which it was heard told it, and what that log only counts is only counted here. The formats are those of a day.

mod coverage;
mod decided;
mod header;
mod json;
mod lines;
mod method;
mod mood;
mod narratives;
mod questions;

use crate::actions::Tracker;
use crate::block::{Block, Chapter, Document};
use crate::words::Words;
use crate::{Error, Language, Settings, html, markdown};
use lines::Lines;
use polso_aggregate::WeekSummary;
use polso_domain::{Beside, ClaimId, Day, RumourLog};
use polso_privacy::Published;

/// The numbers of a week. Only what passed the gate gets this far.
#[derive(Clone, Copy)]
pub struct WeekInputs<'a> {
    /// What the week comes down to.
    pub summary: &'a Published<WeekSummary>,
    /// The logs of those of its days that were summed up, in order.
    pub logs: &'a [(Day, Published<RumourLog>)],
    /// What people put beside the numbers.
    pub beside: &'a Beside,
}

/// A week's report in the three formats of `reports/W/`. What cannot wait does not wait for its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedWeek {
    /// `index.html`: one file, no script, nothing loaded from outside.
    pub html: String,
    /// `report.md`.
    pub markdown: String,
    /// `report.json`, schema `polso.week/1`.
    pub json: String,
}

/// Everything a section of a week may look at.
pub(crate) struct WeekPage<'a> {
    week: &'a Published<WeekSummary>,
    logs: &'a [(Day, Published<RumourLog>)],
    lines: Lines<'a>,
    beside: &'a Beside,
    words: &'a Words,
    settings: &'a Settings,
}

type Blocks = fn(&WeekPage<'_>) -> Result<Vec<Block>, Error>;

/// Anchor, Fluent id of the title, and what it shows, in reading order; the first is the page's header.
const SECTIONS: [(&str, &str, Blocks); 8] = [
    ("header", "week-title", header::blocks),
    ("mood", "week-mood-title", mood::blocks),
    ("rumours", "rumours-title", narratives::blocks),
    ("voids", "voids-title", questions::blocks),
    ("log-changes", "week-decided-title", decided::blocks),
    ("actions", "actions-title", actions),
    ("coverage", "coverage-title", coverage::blocks),
    ("method", "method-title", method::blocks),
];

/// Renders a week. Fails when a translation lacks a word: never with half a report.
pub fn render_week(inputs: &WeekInputs<'_>, language: Language, settings: &Settings) -> Result<RenderedWeek, Error> {
    let words = Words::load(language)?;
    let WeekInputs { summary, logs, beside } = *inputs;
    let page = WeekPage { week: summary, logs, lines: Lines::of(logs), beside, words: &words, settings };
    let document = document(&page)?;
    Ok(RenderedWeek {
        html: html::render(&document, &words)?,
        markdown: markdown::render(&document, &words)?,
        json: json::render(&page, &document)?,
    })
}

fn document(page: &WeekPage<'_>) -> Result<Document, Error> {
    let mut sections = Vec::with_capacity(SECTIONS.len());
    for (id, title, blocks) in SECTIONS {
        let blocks = blocks(page)?;
        if !blocks.is_empty() {
            sections.push(Chapter { id, title: page.words.say(title)?, blocks });
        }
    }
    let authority = page.settings.title.clone();
    Ok(Document { authority, window: page.words.with("week-page-title", &[("week", page.name()?.into())])?, sections })
}

fn actions(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    page.tracker().map_or(Ok(Vec::new()), |tracker| tracker.blocks(page.words))
}

impl<'a> WeekPage<'a> {
    /// Its number and year, in words.
    fn name(&self) -> Result<String, Error> {
        let (year, number) = self.week.week.parts();
        self.words.with("week-name", &[("number", number.into()), ("year", year.to_string().into())])
    }

    fn sunday(&self) -> Day {
        self.week.week.days()[6]
    }

    /// The actions of the week; `None` when nobody keeps a list.
    fn tracker(&self) -> Option<Tracker<'a>> {
        let told = |claim: &ClaimId| self.lines.may_tell(claim);
        let actions = self.beside.actions.as_deref()?;
        Some(Tracker::of(actions, (self.week.week.monday(), self.sunday()), told))
    }
}
