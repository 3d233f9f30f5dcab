//! Blocks as one HTML file: no script, nothing loaded, readable on a telephone, on paper, and by a screen reader.

mod blocks;
mod cards;
mod tables;
mod timelines;

use crate::Error;
use crate::block::{Block, Chapter, Document};
use crate::words::Words;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("html/style.css");
/// Even if a post's words got through as markup, the browser would load and run nothing.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Writes the whole document.
pub(crate) fn render(document: &Document, words: &Words) -> Result<String, Error> {
    let (header, sections) = match document.sections.split_first() {
        Some((first, rest)) => (header(first, document.authority.as_deref(), words)?, rest),
        None => (html! {}, &[][..]),
    };
    let mut body = Vec::with_capacity(sections.len());
    for (i, section) in sections.iter().enumerate() {
        body.push(chapter(section, i, words)?);
    }
    let page = html! {
        (DOCTYPE)
        html lang=(words.language().code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (document.window) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a .skip href="#main" { (words.say("page-skip")?) }
                (header)
                main #main tabindex="-1" { @for section in &body { (section) } }
                footer { (words.say("page-footer")?) }
            }
        }
    };
    Ok(page.into_string())
}

fn header(chapter: &Chapter, authority: Option<&str>, words: &Words) -> Result<Markup, Error> {
    // A banner stands above everything, the title included.
    let (banners, rest): (Vec<_>, Vec<_>) = chapter.blocks.iter().partition(|block| matches!(block, Block::Banner(_)));
    let show = |list: Vec<&Block>| -> Result<Vec<Markup>, Error> {
        list.into_iter().map(|block| blocks::block(block, chapter.id, words)).collect()
    };
    let (banners, rest) = (show(banners)?, show(rest)?);
    Ok(html! {
        header {
            @for banner in &banners { (banner) }
            div .masthead {
                @if let Some(name) = authority { p .authority { (name) } }
                h1 { (chapter.title) }
            }
            @for block in &rest { (block) }
        }
    })
}

fn chapter(chapter: &Chapter, place: usize, words: &Words) -> Result<Markup, Error> {
    let heading = format!("{}-heading", chapter.id);
    let mut parts = Vec::with_capacity(chapter.blocks.len());
    for (i, block) in chapter.blocks.iter().enumerate() {
        parts.push(blocks::block(block, &format!("{}-{place}-{i}", chapter.id), words)?);
    }
    Ok(html! {
        section id=(chapter.id) aria-labelledby=(heading) {
            h2 id=(heading) { (chapter.title) }
            @for part in &parts { (part) }
        }
    })
}
