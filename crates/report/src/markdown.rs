//! Blocks as Markdown, for e-mail and for repositories.
//!
//! Our own sentences are escaped where they could turn into markup; words of posts, claims and the desk are escaped at every
//! punctuation mark, put on one line, and cannot end a table cell.

use crate::Error;
use crate::block::{Block, Cell, Chapter, Document, Figure, Finding, Table};
use crate::card::{Card, Link, Said};
use crate::words::Words;
use std::borrow::Cow;

/// Writes the whole document.
pub(crate) fn render(document: &Document, words: &Words) -> Result<String, Error> {
    let mut page = Page { text: String::new(), words };
    if let Some(authority) = &document.authority {
        page.line(&hardened(authority));
    }
    for (i, chapter) in document.sections.iter().enumerate() {
        page.chapter(chapter, if i == 0 { "#" } else { "##" })?;
    }
    Ok(page.text)
}

struct Page<'a> {
    text: String,
    words: &'a Words,
}

impl Page<'_> {
    /// A block of one line, and the empty line after it.
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str("\n\n");
    }

    fn chapter(&mut self, chapter: &Chapter, level: &str) -> Result<(), Error> {
        self.line(&format!("{level} {}", escaped(&chapter.title)));
        chapter.blocks.iter().try_for_each(|block| self.block(block, level))
    }

    fn block(&mut self, block: &Block, level: &str) -> Result<(), Error> {
        match block {
            Block::Day(text) => self.line(&format!("**{}**", escaped(text))),
            Block::Status(mark, text) => self.line(&format!("{} {}", mark.sign(), escaped(text))),
            Block::Banner(text) => self.line(&format!("> **{}**", escaped(text))),
            Block::Heading(text) => self.line(&format!("{level}# {}", escaped(text))),
            Block::Paragraph(text) => self.line(&escaped(text)),
            Block::Note(text) => self.line(&format!("> {}", escaped(text))),
            Block::List(items) => self.list(items.iter().map(|text| escaped(text).into_owned())),
            Block::Facts(facts) => self.list(facts.iter().map(|(name, value)| pair(name, value))),
            Block::Findings(findings) | Block::Ways(findings) => self.findings(findings)?,
            Block::Figures(figures) => self.list(figures.iter().map(figure)),
            Block::Bars(bars) => {
                self.line(&escaped(&bars.caption));
                self.list(bars.rows.iter().map(|(label, estimate, _)| pair(label, &estimate.to_string())));
            }
            Block::Table(table) => self.table(table),
            Block::Hours(hours) => {
                self.line(&escaped(&hours.description));
                self.table(&hours.table);
            }
            Block::Timeline(shown) => {
                self.line(&format!("**{}**", escaped(&shown.caption)));
                // The drawing in words; its numbers are a table of the page and of `report.json`.
                self.line(&escaped(&shown.description));
                if !shown.happened.is_empty() {
                    self.list(shown.happened.iter().map(|(number, what)| pair(number, what)));
                }
            }
            Block::Multiples(several) => {
                self.list(several.iter().map(|one| format!("{}: {}", said(&one.title), escaped(&one.note))));
            }
            Block::Card(card) => self.card(card, level),
        }
        Ok(())
    }

    fn list(&mut self, items: impl Iterator<Item = String>) {
        for item in items {
            self.text.push_str("- ");
            self.text.push_str(&item);
            self.text.push('\n');
        }
        self.text.push('\n');
    }

    fn findings(&mut self, findings: &[Finding]) -> Result<(), Error> {
        let mut items = Vec::with_capacity(findings.len());
        for finding in findings {
            let see = self.words.with("finding-see", &[("section", finding.topic.as_str().into())])?;
            items.push(format!(
                "**{}** {} *{}*",
                escaped(&finding.headline),
                escaped(&finding.evidence),
                escaped(&see)
            ));
        }
        self.list(items.into_iter());
        Ok(())
    }

    /// The answer is the heading: whoever reads one line reads that.
    fn card(&mut self, card: &Card, level: &str) {
        self.line(&format!("{level}# {}", said(&card.heading)));
        self.line(&format!("{} **{}**", card.danger.sign(), escaped(&card.risk)));
        let lines = card.lines.iter().map(|(label, words)| format!("{}: {}", escaped(label), said(words)));
        let link = card.link.iter().map(|(label, link)| format!("{}: {}", escaped(label), self::link(link)));
        let facts = card.facts.iter().map(|(name, value)| pair(name, value));
        self.list(lines.chain(link).chain(facts));
        for text in card.history.iter().map(|history| &history.description).chain(&card.why) {
            self.line(&escaped(text));
        }
    }

    fn table(&mut self, table: &Table) {
        self.line(&format!("**{}**", escaped(&table.caption)));
        self.row(table.columns.iter().map(|column| escaped(&column.title).into_owned()));
        self.row(table.columns.iter().map(|column| if column.numeric { "--:" } else { "---" }.to_owned()));
        for row in &table.rows {
            self.row(row.iter().map(cell));
        }
        self.text.push('\n');
    }

    fn row(&mut self, cells: impl Iterator<Item = String>) {
        for cell in cells {
            self.text.push_str("| ");
            self.text.push_str(&cell);
            self.text.push(' ');
        }
        self.text.push_str("|\n");
    }
}

fn pair(name: &str, value: &str) -> String {
    format!("{}: {}", escaped(name), escaped(value))
}

fn figure(figure: &Figure) -> String {
    format!("{}: **{}** – {}", escaped(&figure.label), escaped(&figure.value), escaped(&figure.note))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Head(text, None) | Cell::Text(text) | Cell::Number(text) => escaped(text).into_owned(),
        Cell::Head(text, Some(remark)) => format!("{} ({})", escaped(text), escaped(remark)),
        Cell::Share(estimate, _) => escaped(&estimate.to_string()).into_owned(),
        Cell::Quote { text, language, .. } => format!("{} ({})", hardened(text), escaped(language)),
        Cell::Said(words, None) => said(words),
        Cell::Said(words, Some(page)) => format!("{} {}", said(words), link(page)),
        Cell::Address(text) => hardened(text),
    }
}

fn said(said: &Said) -> String {
    match &said.foreign {
        None => hardened(&said.text),
        Some((_, language)) => format!("{} ({})", hardened(&said.text), escaped(language)),
    }
}

fn link(link: &Link) -> String {
    format!("[{}](<{}>)", hardened(&link.host), link.url)
}

/// Our own words, which may hold a hashtag, a source's name or the authority's.
fn escaped(text: &str) -> Cow<'_, str> {
    const MARKUP: [char; 11] = ['\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&'];
    if text.contains(MARKUP) || text.contains(['\n', '\r']) {
        Cow::Owned(escape(text, |c| MARKUP.contains(&c)))
    } else {
        Cow::Borrowed(text)
    }
}

/// Somebody else's words: every mark of punctuation is taken literally, so that no address becomes a link either.
fn hardened(text: &str) -> String {
    escape(text, |c| c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '?' | '%' | '\'' | '"'))
}

fn escape(text: &str, is_markup: impl Fn(char) -> bool) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_markup(c) {
            safe.push('\\');
        }
        safe.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quote;
    use proptest::prelude::*;

    #[test]
    fn a_post_cannot_leave_its_cell() {
        let text = quote::shown("a | b\n## c\r\n<script> [x](http://e.example) \u{202e}`d`");
        assert_eq!(hardened(&text), r"a \| b \#\# c \<script\> \[x\]\(http\:\/\/e\.example\) \`d\`");
    }

    proptest! {
        #[test]
        fn every_cell_is_one_line_with_no_bare_pipe(text in any::<String>()) {
            let safe = hardened(&quote::shown(&text));
            prop_assert!(!safe.contains(['\n', '\r']));
            let bare = safe.char_indices().any(|(i, c)| {
                c == '|' && safe[..i].chars().rev().take_while(|before| *before == '\\').count() % 2 == 0
            });
            prop_assert!(!bare, "{safe}");
        }
    }
}
