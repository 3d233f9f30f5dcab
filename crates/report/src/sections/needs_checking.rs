//! What somebody should check before it is believed or passed on. Never "false": a model guesses, people check.
//!
//! A text that likely needs checking is counted and not quoted: a report that prints it passes it on.

use super::Section;
use crate::block::{Bar, Block, Cell, Table};
use crate::ink::Ink;
use crate::{Error, Page, phrases, quote};
use polso_aggregate::{Group, Repeated, Share};

/// Rows of a table on the page.
const ROWS: usize = 10;

pub(super) struct NeedsChecking;

impl Section for NeedsChecking {
    fn id(&self) -> &'static str {
        "needs-checking"
    }

    fn title(&self) -> &'static str {
        "checking-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        if page.day.posts.n == 0 {
            return Ok(Vec::new());
        }
        let mut blocks = Vec::new();
        match &page.day.needs_checking {
            Some(share) => blocks.push(Block::Paragraph(headline(page, share)?)),
            None => blocks.push(Block::Paragraph(words.say("checking-none")?)),
        }
        let threshold = words.rough(f64::from(page.day.threshold));
        blocks.push(Block::Note(words.with("checking-how", &[("threshold", threshold.into())])?));
        let (likely, others): (Vec<_>, Vec<_>) =
            page.day.repeated.iter().partition(|text| phrases::must_not_travel(page, text));
        if !likely.is_empty() {
            blocks.push(Block::Paragraph(words.with("checking-not-repeated", &[("texts", likely.len().into())])?));
        }
        if page.day.repeated.is_empty() {
            blocks.push(Block::Paragraph(words.say("checking-no-repeated")?));
        } else if !others.is_empty() {
            blocks.push(Block::Table(repeated(page, &others)?));
        }
        blocks.extend(by_hashtag(page)?.map(Block::Table));
        Ok(blocks)
    }
}

fn headline(page: &Page<'_>, share: &Share) -> Result<String, Error> {
    let words = page.words;
    let with = [("share", words.share(share)?.into()), ("n", phrases::scored(page.day).into())];
    let mut text = words.with("checking-share", &with)?;
    if let Some(week) = page.week().filter(|week| week.withheld_because.is_none()) {
        let change = &week.needs_checking_change;
        let with = [
            ("verdict", words.verdict(change.verdict)?.into()),
            ("points", words.points(&change.difference)?.into()),
            ("mean", words.compared(week.needs_checking, share, &change.difference).into()),
        ];
        text.push(' ');
        text.push_str(&words.with("checking-change", &with)?);
    }
    Ok(text)
}

fn repeated(page: &Page<'_>, texts: &[&Repeated]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(texts.len().min(ROWS));
    for text in texts.iter().take(ROWS) {
        rows.push(vec![
            Cell::Quote {
                text: quote::shown(&text.text),
                lang: text.lang.clone(),
                language: words.name("lang", &text.lang)?,
            },
            Cell::Text(probability(page, text)?),
            words.tally(text.people),
            words.tally(text.n),
        ]);
    }
    Ok(Table {
        caption: words.say("checking-repeated-caption")?,
        columns: vec![
            words.column("column-text")?,
            words.column("column-checking")?,
            words.numbers("column-people")?,
            words.numbers("column-posts")?,
        ],
        rows,
    })
}

fn probability(page: &Page<'_>, text: &Repeated) -> Result<String, Error> {
    let Some(probability) = text.needs_checking else { return page.words.say("not-scored") };
    page.words.with("checking-unlikely", &[("probability", page.words.rough(probability.into()).into())])
}

/// Which hashtags carry it; `None` when no hashtag has a figure.
fn by_hashtag(page: &Page<'_>) -> Result<Option<Table>, Error> {
    let words = page.words;
    let mut groups: Vec<(&Group, Share)> =
        page.day.by_hashtag.iter().filter_map(|group| Some((group, group.needs_checking?))).collect();
    groups.sort_by(|a, b| b.1.share.total_cmp(&a.1.share));
    groups.truncate(ROWS);
    if groups.is_empty() {
        return Ok(None);
    }
    // The next ten per cent above the widest interval: small shares stay readable, and all bars share one scale.
    let full = (groups.iter().map(|(_, share)| share.high).fold(0.1, f64::max) * 10.0).ceil() / 10.0;
    let mut rows = Vec::with_capacity(groups.len());
    for (group, share) in groups {
        rows.push(vec![
            Cell::Head(phrases::hashtag(&group.key), None),
            Cell::Share(words.estimate(&share)?, Some(Bar { share, ink: Ink::Check, full, usual: None })),
            words.tally(group.n),
            words.tally(group.people),
        ]);
    }
    Ok(Some(Table {
        caption: words.with("checking-by-hashtag", &[("full", words.rough(full).into())])?,
        columns: vec![
            words.column("column-hashtag")?,
            words.column("needs-checking")?,
            words.numbers("column-posts")?,
            words.numbers("column-people")?,
        ],
        rows,
    }))
}
