//! A card as HTML: the answer as its heading, what it answers in smaller letters, then numbers and rules.

use crate::Error;
use crate::card::{Card, Danger, History, Link, Said};
use crate::chart;
use maud::{Markup, PreEscaped, html};

pub(super) fn card(card: &Card, place: &str) -> Result<Markup, Error> {
    let heading = format!("{place}-heading");
    let history = card.history.as_ref().map(history).transpose()?;
    let class = match card.danger {
        Danger::High => "high",
        Danger::Medium => "medium",
        Danger::Low => "low",
        Danger::Unknown => "unknown",
    };
    Ok(html! {
        article class={ "card " (class) } aria-labelledby=(heading) {
            h3 id=(heading) lang=[lang(&card.heading)] dir=[dir(&card.heading)] { (card.heading.text) (language(&card.heading)) }
            p .risk { span aria-hidden="true" { (card.danger.sign()) } " " (card.risk) }
            dl .lines {
                @for (name, words) in &card.lines { div { dt { (name) } dd { (said(words)) } } }
                @if let Some((name, page)) = &card.link { div { dt { (name) } dd { (link(&page.host, page)) } } }
            }
            dl .facts { @for (name, value) in &card.facts { div { dt { (name) } dd { (value) } } } }
            @if let Some(history) = &history { (history) }
            @if let Some(why) = &card.why { p .small { (why) } }
        }
    })
}

/// Words of others, in their language and direction.
pub(super) fn said(said: &Said) -> Markup {
    html! { span lang=[lang(said)] dir=[dir(said)] { (said.text) } (language(said)) }
}

/// A link to a page that answers: followed by whoever wants to, told nothing of where they come from.
pub(super) fn link(text: &str, link: &Link) -> Markup {
    html! { a .answer href=(link.url) rel="external noreferrer noopener" { (text) } }
}

fn lang(said: &Said) -> Option<&str> {
    said.foreign.as_ref().map(|(lang, _)| super::tables::tag(lang))
}

fn dir(said: &Said) -> Option<&'static str> {
    said.foreign.as_ref().map(|_| "auto")
}

/// The name of a foreign language, for those who see it.
fn language(said: &Said) -> Markup {
    html! { @if let Some((_, language)) = &said.foreign { " " span .aside { (language) } } }
}

/// The drawing says nothing that the words below it do not.
fn history(history: &History) -> Result<Markup, Error> {
    let inside = chart::history(&history.days)?;
    Ok(html! {
        div .history {
            svg .spark viewBox=(chart::history_view(history.days.len())) preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                (PreEscaped(inside))
            }
            p .small { (history.description) }
        }
    })
}
