//! Tables as HTML: captioned, with scopes. On a telephone each row of a broad table becomes a small card whose numbers
//! carry the head of their column; the roles are spelled out because a changed layout makes some browsers forget them.

use super::{blocks, cards};
use crate::Error;
use crate::block::{Cell, Column, Table};
use maud::{Markup, html};

pub(super) fn table(table: &Table, place: &str) -> Result<Markup, Error> {
    let caption = format!("{place}-caption");
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let mut cells = Vec::with_capacity(row.len());
        for (content, column) in row.iter().zip(&table.columns) {
            cells.push(cell(content, column)?);
        }
        rows.push(html! { tr role="row" { @for cell in &cells { (cell) } } });
    }
    let class = if is_slim(table) { "slim" } else { "broad" };
    Ok(html! {
        // What scrolls must be reachable by keyboard.
        div .scroll role="group" aria-labelledby=(caption) tabindex="0" {
            table .(class) .shares[has_bars(table)] role="table" {
                caption id=(caption) { (table.caption) }
                thead role="rowgroup" {
                    tr role="row" {
                        @for column in &table.columns {
                            th scope="col" role="columnheader" .number[column.numeric] { (column.title) }
                        }
                    }
                }
                tbody role="rowgroup" { @for row in &rows { (row) } }
            }
        }
    })
}

fn cell(cell: &Cell, column: &Column) -> Result<Markup, Error> {
    let label = column.title.as_str();
    Ok(match cell {
        Cell::Head(text, remark) => html! {
            th scope="row" role="rowheader" { (text) @if let Some(remark) = remark { " " span .remark { (remark) } } }
        },
        Cell::Text(text) => html! { td .plain role="cell" data-label=(label) { (text) } },
        Cell::Number(text) => html! { td .number role="cell" data-label=(label) { (text) } },
        Cell::Share(estimate, bar) => {
            let drawing = bar.as_ref().map(blocks::bar).transpose()?;
            html! {
                td .share role="cell" data-label=(label) {
                    b { (estimate.value) } " " span .interval { "(" (estimate.interval) ")" }
                    @if let Some(drawing) = &drawing { span aria-hidden="true" { (drawing) } }
                }
            }
        }
        // The language is the post's own, and so is the direction it runs in.
        Cell::Quote { text, lang, language } => html! {
            td .quote role="cell" { q lang=(tag(lang)) dir="auto" { (text) } " " span .aside { (language) } }
        },
        Cell::Said(said, link) => html! {
            td .said role="cell" data-label=(label) {
                (cards::said(said))
                @if let Some(link) = link { " " (cards::link(&link.host, link)) }
            }
        },
        Cell::Address(text) => html! { td .address role="cell" { (text) } },
    })
}

/// Tables of bars stand below one another: their columns must line up.
fn has_bars(table: &Table) -> bool {
    table.rows.iter().flatten().any(|cell| matches!(cell, Cell::Share(_, Some(_))))
}

/// A few narrow numbers fit on a telephone as they are.
fn is_slim(table: &Table) -> bool {
    table.columns.len() <= 4 && table.columns.iter().skip(1).all(|column| column.numeric)
}

/// `und` is honest in a file and an empty tag is its HTML.
pub(super) fn tag(lang: &str) -> &str {
    if lang == "und" { "" } else { lang }
}
