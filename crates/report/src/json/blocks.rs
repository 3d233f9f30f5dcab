//! Blocks as plain data: one flat shape, so that a reader of the file needs no table of variants.

use crate::block::{Block, Cell, Chapter, Finding, Table};
use crate::card::Card;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct SectionV1<'a> {
    id: &'static str,
    title: &'a str,
    blocks: Vec<BlockV1<'a>>,
}

impl<'a> SectionV1<'a> {
    pub(crate) fn new(chapter: &'a Chapter) -> Self {
        Self { id: chapter.id, title: &chapter.title, blocks: chapter.blocks.iter().map(BlockV1::new).collect() }
    }
}

/// `kind` says which of the other fields are there.
#[derive(Serialize, Default)]
struct BlockV1<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<ItemV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Vec<String>>,
}

#[derive(Serialize, Default)]
struct ItemV1<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'static str>,
}

impl<'a> BlockV1<'a> {
    fn new(block: &'a Block) -> Self {
        match block {
            Block::Day(text) => Self::text("day", text),
            Block::Status(_, text) => Self::text("status", text),
            Block::Banner(text) => Self::text("banner", text),
            Block::Heading(text) => Self::text("heading", text),
            Block::Paragraph(text) => Self::text("paragraph", text),
            Block::Note(text) => Self::text("note", text),
            Block::List(items) => {
                Self::items("list", items.iter().map(|text| ItemV1 { text: text.clone(), ..ItemV1::default() }))
            }
            Block::Facts(facts) => {
                Self::items("facts", facts.iter().map(|(label, text)| labelled(label, text.clone())))
            }
            Block::Findings(findings) => Self::findings("findings", findings),
            Block::Ways(ways) => Self::findings("ways", ways),
            Block::Figures(figures) => Self::items(
                "figures",
                figures
                    .iter()
                    .map(|figure| ItemV1 { note: Some(&figure.note), ..labelled(&figure.label, figure.value.clone()) }),
            ),
            Block::Bars(bars) => Self {
                text: Some(&bars.caption),
                ..Self::items(
                    "bars",
                    bars.rows
                        .iter()
                        .map(|(label, estimate, _)| labelled(label, estimate.to_string()))
                        .chain([ItemV1 { text: bars.legend.clone(), ..ItemV1::default() }]),
                )
            },
            Block::Table(table) => Self::table("table", table, &table.caption),
            Block::Hours(hours) => Self::table("hours", &hours.table, &hours.description),
            Block::Timeline(shown) => Self {
                items: shown.happened.iter().map(|(label, text)| labelled(label, text.clone())).collect(),
                ..Self::table("timeline", &shown.table, &shown.description)
            },
            Block::Multiples(several) => {
                Self::items("multiples", several.iter().map(|one| labelled(&one.title.text, one.note.clone())))
            }
            Block::Card(card) => Self::card(card),
        }
    }

    fn text(kind: &'static str, text: &'a str) -> Self {
        Self { kind, text: Some(text), ..Self::default() }
    }

    fn items(kind: &'static str, items: impl Iterator<Item = ItemV1<'a>>) -> Self {
        Self { kind, items: items.collect(), ..Self::default() }
    }

    fn findings(kind: &'static str, findings: &'a [Finding]) -> Self {
        let item = |finding: &'a Finding| ItemV1 {
            section: Some(finding.anchor),
            ..labelled(&finding.headline, finding.evidence.clone())
        };
        Self::items(kind, findings.iter().map(item))
    }

    /// In the order in which the card is read.
    fn card(card: &'a Card) -> Self {
        let lines = card.lines.iter().map(|(label, said)| labelled(label, said.text.clone()));
        let link = card.link.iter().map(|(label, link)| labelled(label, link.url.clone()));
        let facts = card.facts.iter().map(|(label, text)| labelled(label, text.clone()));
        let rest = card.history.iter().map(|history| &history.description).chain(&card.why);
        let risk = ItemV1 { text: card.risk.clone(), ..ItemV1::default() };
        let rest = rest.map(|text| ItemV1 { text: text.clone(), ..ItemV1::default() });
        let items = std::iter::once(risk).chain(lines).chain(link).chain(facts).chain(rest);
        Self { text: Some(&card.heading.text), ..Self::items("card", items) }
    }

    fn table(kind: &'static str, table: &'a Table, text: &'a str) -> Self {
        Self {
            kind,
            text: Some(text),
            columns: table.columns.iter().map(|column| column.title.as_str()).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            ..Self::default()
        }
    }
}

fn labelled(label: &str, text: String) -> ItemV1<'_> {
    ItemV1 { label: Some(label), text, ..ItemV1::default() }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Head(text, None)
        | Cell::Text(text)
        | Cell::Number(text)
        | Cell::Address(text)
        | Cell::Quote { text, .. } => text.clone(),
        Cell::Said(said, None) => said.text.clone(),
        Cell::Said(said, Some(link)) => format!("{} ({})", said.text, link.url),
        Cell::Head(text, Some(remark)) => format!("{text} ({remark})"),
        Cell::Share(estimate, _) => estimate.to_string(),
    }
}
