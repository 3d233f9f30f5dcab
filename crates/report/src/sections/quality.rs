//! How good the labels behind the numbers are, as people found who looked at a sample. No sample, no claim.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::{Error, Page, Quality as Row, numbers};
use polso_aggregate::Share;

pub(super) struct Quality;

impl Section for Quality {
    fn id(&self) -> &'static str {
        "quality"
    }

    fn title(&self) -> &'static str {
        "quality-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        let Some(first) = page.quality.first() else {
            return if page.day.posts.n == 0 {
                Ok(Vec::new())
            } else {
                Ok(vec![Block::Paragraph(words.say("quality-none")?)])
            };
        };
        let since = page.quality.iter().map(|row| row.since).min().unwrap_or(first.since);
        let upto = page.quality.iter().map(|row| row.upto).max().unwrap_or(first.upto);
        let with = [("since", words.date(since)?.into()), ("upto", words.date(upto)?.into())];
        let mut blocks = vec![Block::Paragraph(words.with("quality-how", &with)?)];
        for rows in page.quality.chunk_by(|one, next| one.task == next.task) {
            blocks.push(Block::Table(table(page, rows)?));
        }
        blocks.push(Block::Note(words.say("quality-terms")?));
        Ok(blocks)
    }
}

/// The rows of one task.
fn table(page: &Page<'_>, rows: &[Row]) -> Result<Table, Error> {
    let words = page.words;
    let task = rows.first().map_or("", |row| row.task.as_str());
    Ok(Table {
        caption: words.name("task", task)?,
        columns: vec![
            words.column("column-label")?,
            words.numbers("column-reviewed")?,
            words.numbers("column-precision")?,
            words.numbers("column-recall")?,
            words.numbers("column-kappa")?,
            words.numbers("column-reviewers")?,
        ],
        rows: rows.iter().map(|row| cells(page, row)).collect::<Result<_, _>>()?,
    })
}

fn cells(page: &Page<'_>, row: &Row) -> Result<Vec<Cell>, Error> {
    let words = page.words;
    let label = words.name("label", if row.label.is_empty() { "all" } else { &row.label })?;
    let lang = words.name("lang", if row.lang.is_empty() { "all" } else { &row.lang })?;
    Ok(vec![
        Cell::Head(format!("{label} ({lang})"), None),
        words.tally(row.n),
        share(page, row.precision.as_ref())?,
        share(page, row.recall.as_ref())?,
        kappa(page, row.kappa.as_ref())?,
        kappa(page, row.between_reviewers.as_ref())?,
    ])
}

fn share(page: &Page<'_>, share: Option<&Share>) -> Result<Cell, Error> {
    let Some(share) = share else { return page.words.say("quality-too-few").map(Cell::Number) };
    page.words.share(share).map(Cell::Number)
}

fn kappa(page: &Page<'_>, kappa: Option<&Share>) -> Result<Cell, Error> {
    let Some(kappa) = kappa else { return page.words.say("quality-no-kappa").map(Cell::Number) };
    let decimals = numbers::supported((kappa.low, kappa.high), 2, 0.0);
    let number = |value: f64| page.words.style.number(value, decimals);
    let ends = [("low", number(kappa.low).into()), ("high", number(kappa.high).into())];
    let interval = page.words.with("interval", &ends)?;
    Ok(Cell::Number(format!("{} ({interval})", number(kappa.share))))
}
