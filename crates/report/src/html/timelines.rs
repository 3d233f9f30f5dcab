//! Charts over days as HTML: drawn for wide and for narrow pages, told in words, with their numbers in a table.

use super::{blocks, cards, tables};
use crate::Error;
use crate::chart::{self, Canvas};
use crate::timeline::{Multiple, Timeline};
use maud::{Markup, PreEscaped, html};

pub(super) fn timeline(shown: &Timeline, place: &str) -> Result<Markup, Error> {
    let wide = drawing(shown, chart::WIDE, place)?;
    let narrow = drawing(shown, chart::NARROW, place)?;
    let table = tables::table(&shown.table, &format!("{place}-table"))?;
    Ok(html! {
        figure {
            figcaption { (shown.caption) }
            // Lines bear their names; columns cannot.
            @if !shown.legend.is_empty() {
                ul .legend { @for (ink, label) in &shown.legend { li { (blocks::swatch(*ink, place)) " " (label) } } }
            }
            (wide)
            (narrow)
            @if !shown.happened.is_empty() {
                dl .happened { @for (number, what) in &shown.happened { div { dt { (number) } dd { (what) } } } }
            }
            p { (shown.description) }
            details { summary { (shown.table.caption) } (table) }
        }
    })
}

fn drawing(shown: &Timeline, canvas: Canvas, place: &str) -> Result<Markup, Error> {
    let id = |part: &str| format!("{place}-{}-{part}", canvas.name);
    let missed = id("missed");
    let inside = chart::timeline(shown, canvas, &missed)?;
    Ok(html! {
        svg class={ "chart " (canvas.name) } viewBox=(canvas.view()) role="img"
            aria-labelledby={ (id("title")) " " (id("desc")) } {
            title id=(id("title")) { (shown.caption) }
            desc id=(id("desc")) { (shown.description) }
            (blocks::hatching(&missed))
            (PreEscaped(inside))
        }
    })
}

/// Small drawings side by side, so that what grows stands out from what fades.
pub(super) fn multiples(several: &[Multiple]) -> Result<Markup, Error> {
    let mut items = Vec::with_capacity(several.len());
    for one in several {
        let inside = chart::history(&one.days)?;
        items.push(html! {
            li {
                span .what { (cards::said(&one.title)) }
                svg .spark viewBox=(chart::history_view(one.days.len())) preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                    (PreEscaped(inside))
                }
                span .small { (one.note) }
            }
        });
    }
    Ok(html! { ul .multiples { @for item in &items { (item) } } })
}
