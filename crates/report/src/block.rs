//! What a section may say: blocks of words and numbers, ready to read, without any look.
//!
//! Texts are plain and unescaped; every format escapes them its own way. Fractions are in [0, 1].

use crate::card::{Card, Link, Said};
use crate::ink::Ink;
use crate::timeline::{Multiple, Timeline};
use polso_aggregate::Share;
use std::fmt;

/// A whole report before it takes a format.
pub(crate) struct Document {
    /// Name of the authority, if one is set.
    pub(crate) authority: Option<String>,
    /// What the window or tab is called.
    pub(crate) window: String,
    /// Sections in reading order; the first is the page's header.
    pub(crate) sections: Vec<Chapter>,
}

/// A section with its blocks.
pub(crate) struct Chapter {
    /// Anchor: stable, the same in every language.
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

/// One piece of a section.
pub(crate) enum Block {
    /// The line under the page's title: which day this is.
    Day(String),
    /// How whole the day is, by a sign and in words.
    Status(Mark, String),
    /// Something that must not be overlooked: the posts are not real.
    Banner(String),
    Heading(String),
    Paragraph(String),
    /// An aside: how to read something, why something is missing.
    Note(String),
    List(Vec<String>),
    /// Names and their values.
    Facts(Vec<(String, String)>),
    Findings(Vec<Finding>),
    /// What can be done, in the shape of findings: what, why, and where the evidence stands.
    Ways(Vec<Finding>),
    Figures(Vec<Figure>),
    Bars(Bars),
    Table(Table),
    Hours(Hours),
    Timeline(Timeline),
    Multiples(Vec<Multiple>),
    Card(Card),
}

/// Signs that differ in shape, not only in colour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Whole,
    Part,
    Nothing,
}

impl Mark {
    /// A shape, so that no colour is needed.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Whole => "●",
            Self::Part => "◐",
            Self::Nothing => "○",
        }
    }
}

/// One finding of the bottom line.
pub(crate) struct Finding {
    /// Id of the section that says more.
    pub(crate) anchor: &'static str,
    /// Title of that section; empty when there is nothing to look up.
    pub(crate) topic: String,
    /// What happened, in a few words.
    pub(crate) headline: String,
    /// The numbers behind it, n among them.
    pub(crate) evidence: String,
}

/// One number of the first screen.
pub(crate) struct Figure {
    pub(crate) label: String,
    pub(crate) value: String,
    /// Interval, n, or what the number means.
    pub(crate) note: String,
    pub(crate) bar: Option<Bar>,
}

/// A share as it is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Bar {
    pub(crate) share: Share,
    pub(crate) ink: Ink,
    /// The share that fills the whole width.
    pub(crate) full: f64,
    /// What is usual: a mark across the bar.
    pub(crate) usual: Option<f64>,
}

/// A share as it is written: `31,2 %` and `28,9–33,6`.
pub(crate) struct Estimate {
    pub(crate) value: String,
    pub(crate) interval: String,
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.value, self.interval)
    }
}

/// Large bars under one another.
pub(crate) struct Bars {
    pub(crate) caption: String,
    pub(crate) rows: Vec<(String, Estimate, Bar)>,
    /// How to read the marks.
    pub(crate) legend: String,
}

/// A table; every row has as many cells as there are columns.
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

pub(crate) struct Column {
    pub(crate) title: String,
    /// Numbers stand to the right.
    pub(crate) numeric: bool,
}

pub(crate) enum Cell {
    /// What the row is about, with a remark.
    Head(String, Option<String>),
    Text(String),
    Number(String),
    Share(Estimate, Option<Bar>),
    /// Words of a post, in their language. Not ours: shown as a quotation, never as markup.
    Quote {
        text: String,
        lang: String,
        /// Name of the language, in ours.
        language: String,
    },
    /// An address. Shown, never loaded.
    Address(String),
    /// Words of people who check and decide, with the page that says more.
    Said(Said, Option<Link>),
}

/// Posts by hour.
pub(crate) struct Hours {
    pub(crate) caption: String,
    /// The chart in words, for those who do not see it.
    pub(crate) description: String,
    pub(crate) rows: Vec<HourRow>,
    pub(crate) legend: Vec<(Ink, String)>,
    /// Labels of the steps of the vertical axis, lowest first, with their values.
    pub(crate) steps: Vec<(u64, String)>,
    /// The same numbers as a table.
    pub(crate) table: Table,
}

/// One hour as it is drawn.
pub(crate) struct HourRow {
    pub(crate) hour: u8,
    pub(crate) n: u64,
    pub(crate) negative: u64,
    pub(crate) missed: bool,
}
