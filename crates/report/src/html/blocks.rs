//! What each block looks like as HTML. Ids are made from `place`, which is unique in the page.

use super::{cards, tables, timelines};
use crate::Error;
use crate::block::{Bar, Bars, Block, Figure, Finding, Hours, Mark};
use crate::chart::{self, Canvas};
use crate::ink::Ink;
use crate::words::Words;
use maud::{Markup, PreEscaped, html};

pub(super) fn block(block: &Block, place: &str, words: &Words) -> Result<Markup, Error> {
    Ok(match block {
        Block::Day(text) => html! { p .day { (text) } },
        Block::Status(mark, text) => status(*mark, text),
        Block::Banner(text) => html! { p .banner role="note" { (text) } },
        Block::Heading(text) => html! { h3 { (text) } },
        Block::Paragraph(text) => html! { p { (text) } },
        Block::Note(text) => html! { p .note { (text) } },
        Block::List(items) => html! { ul { @for item in items { li { (item) } } } },
        Block::Facts(facts) => html! {
            dl .facts { @for (name, value) in facts { div { dt { (name) } dd { (value) } } } }
        },
        Block::Findings(list) => {
            let items = findings(list, words)?;
            html! { ol .findings { @for item in &items { (item) } } }
        }
        Block::Ways(list) => {
            let items = findings(list, words)?;
            html! { ul .findings .ways { @for item in &items { (item) } } }
        }
        Block::Figures(list) => figures(list)?,
        Block::Bars(rows) => bars(rows)?,
        Block::Table(table) => tables::table(table, place)?,
        Block::Hours(rows) => hours(rows, place)?,
        Block::Timeline(shown) => timelines::timeline(shown, place)?,
        Block::Multiples(several) => timelines::multiples(several)?,
        Block::Card(one) => cards::card(one, place)?,
    })
}

fn status(mark: Mark, text: &str) -> Markup {
    let class = match mark {
        Mark::Whole => "whole",
        Mark::Part => "part",
        Mark::Nothing => "nothing",
    };
    html! { p class={ "status " (class) } { span aria-hidden="true" { (mark.sign()) } " " (text) } }
}

fn findings(findings: &[Finding], words: &Words) -> Result<Vec<Markup>, Error> {
    let mut items = Vec::with_capacity(findings.len());
    for finding in findings {
        let see = words.with("finding-see", &[("section", finding.topic.as_str().into())])?;
        items.push(html! { li { p { strong { (finding.headline) } " " (finding.evidence) " " a href={ "#" (finding.anchor) } { (see) } } } });
    }
    Ok(items)
}

fn figures(figures: &[Figure]) -> Result<Markup, Error> {
    let mut items = Vec::with_capacity(figures.len());
    for figure in figures {
        let bar = figure.bar.as_ref().map(bar).transpose()?;
        // A word needs more room than a number, and less size.
        let worded = !figure.value.contains(|c: char| c.is_ascii_digit());
        items.push(html! {
            div .worded[worded] {
                dt { (figure.label) }
                dd .value { (figure.value) }
                @if let Some(bar) = &bar { dd aria-hidden="true" { (bar) } }
                dd .small { (figure.note) }
            }
        });
    }
    Ok(html! { dl .figures { @for item in &items { (item) } } })
}

fn bars(bars: &Bars) -> Result<Markup, Error> {
    let mut rows = Vec::with_capacity(bars.rows.len());
    for (label, estimate, share) in &bars.rows {
        let drawing = bar(share)?;
        rows.push(html! {
            div {
                dt { (label) }
                dd .value { b { (estimate.value) } " " span .interval { "(" (estimate.interval) ")" } }
                dd .large aria-hidden="true" { (drawing) }
            }
        });
    }
    Ok(html! {
        figure {
            figcaption { (bars.caption) }
            dl .bars { @for row in &rows { (row) } }
            p .small { (bars.legend) }
        }
    })
}

/// A bar says nothing that does not stand beside it in words, so it is hidden from screen readers where it is used.
pub(super) fn bar(bar: &Bar) -> Result<Markup, Error> {
    let inside = chart::bar(bar)?;
    Ok(html! {
        svg .bar viewBox=(chart::bar_view()) preserveAspectRatio="none" focusable="false" { (PreEscaped(inside)) }
    })
}

fn hours(hours: &Hours, place: &str) -> Result<Markup, Error> {
    let wide = drawing(hours, chart::WIDE, place)?;
    let narrow = drawing(hours, chart::NARROW, place)?;
    let table = tables::table(&hours.table, &format!("{place}-table"))?;
    Ok(html! {
        figure {
            figcaption { (hours.caption) }
            ul .legend {
                @for (ink, label) in &hours.legend { li { (swatch(*ink, place)) " " (label) } }
            }
            (wide)
            (narrow)
            p { (hours.description) }
            details { summary { (hours.table.caption) } (table) }
        }
    })
}

fn drawing(hours: &Hours, canvas: Canvas, place: &str) -> Result<Markup, Error> {
    let id = |part: &str| format!("{place}-{}-{part}", canvas.name);
    let missed = id("missed");
    let inside = chart::hours(hours, canvas, &missed)?;
    Ok(html! {
        svg class={ "chart " (canvas.name) } viewBox=(canvas.view()) role="img"
            aria-labelledby={ (id("title")) " " (id("desc")) } {
            title id=(id("title")) { (hours.caption) }
            desc id=(id("desc")) { (hours.description) }
            (hatching(&missed))
            (PreEscaped(inside))
        }
    })
}

pub(super) fn swatch(ink: Ink, place: &str) -> Markup {
    let missed = format!("{place}-swatch");
    html! {
        svg .swatch viewBox="0 0 16 16" aria-hidden="true" focusable="false" {
            @if ink == Ink::Missed {
                (hatching(&missed))
                rect width="16" height="16" fill={ "url(#" (missed) ")" } {}
            } @else {
                rect .(ink.class()) width="16" height="16" {}
            }
        }
    }
}

/// Slanted lines: an hour or a day that was not heard must not look like one without posts.
pub(super) fn hatching(id: &str) -> Markup {
    html! {
        defs {
            pattern id=(id) width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect .ink-hatch-ground width="6" height="6" {}
                rect .ink-hatch width="2" height="6" {}
            }
        }
    }
}
