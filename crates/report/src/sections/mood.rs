//! How negative, neutral and positive the day was, and whether that differs from the days before.

use super::Section;
use crate::block::{Bar, Bars, Block, Cell, Table};
use crate::ink::Ink;
use crate::numbers::{self, Style};
use crate::{Error, Page, outside, weeks};
use polso_aggregate::{Baseline, Change, Headline, Mood as Shares, Share};

pub(super) struct Mood;

impl Section for Mood {
    fn id(&self) -> &'static str {
        "mood"
    }

    fn title(&self) -> &'static str {
        "mood-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let Some(mood) = &page.day.mood else {
            return Ok(vec![Block::Paragraph(page.no_mood()?)]);
        };
        let mut blocks = vec![Block::Bars(bars(page, mood)?)];
        blocks.extend(weeks::mood(page)?.map(Block::Timeline));
        blocks.extend(outside::series(page)?.into_iter().map(Block::Timeline));
        match page.day.headline {
            Headline::Posts => {}
            Headline::Texts => blocks.push(Block::Note(page.words.say("mood-counts-texts")?)),
            Headline::Authors => blocks.push(Block::Note(page.words.say("mood-counts-authors")?)),
        }
        if page.day.baselines.is_empty() {
            blocks.push(Block::Note(page.words.say("mood-no-baseline")?));
        }
        for baseline in &page.day.baselines {
            blocks.push(match page.silence(baseline)? {
                Some(reason) => {
                    let with = [("window", baseline.window.into()), ("reason", reason.into())];
                    Block::Note(page.words.with("mood-withheld", &with)?)
                }
                None => Block::Table(comparison(page, mood, baseline)?),
            });
        }
        Ok(blocks)
    }
}

fn bars(page: &Page<'_>, mood: &Shares) -> Result<Bars, Error> {
    let words = page.words;
    let usual = page.week().filter(|week| week.withheld_because.is_none());
    let mut rows = Vec::with_capacity(3);
    for (id, share, ink, usual) in [
        ("mood-negative", mood.negative, Ink::Negative, usual.map(|week| week.negative)),
        ("mood-neutral", mood.neutral, Ink::Neutral, usual.map(|week| week.neutral)),
        ("mood-positive", mood.positive, Ink::Positive, usual.map(|week| week.positive)),
    ] {
        rows.push((words.say(id)?, words.estimate(&share)?, Bar { share, ink, full: 1.0, usual }));
    }
    let legend = if usual.is_some() { "mood-legend-usual" } else { "mood-legend" };
    Ok(Bars { caption: words.with("mood-caption", &[("n", mood.n.into())])?, rows, legend: words.say(legend)? })
}

fn comparison(page: &Page<'_>, mood: &Shares, past: &Baseline) -> Result<Table, Error> {
    let words = page.words;
    let balance = past.positive - past.negative;
    let mut rows = vec![
        row(page, ("mood-negative-share", &mood.negative, past.negative), Style::percent, &past.negative_change)?,
        row(page, ("mood-balance", &mood.balance, balance), Style::signed, &past.balance_change)?,
    ];
    if let Some(share) = &page.day.needs_checking {
        let measured = ("needs-checking", share, past.needs_checking);
        rows.push(row(page, measured, Style::percent, &past.needs_checking_change)?);
    }
    let with = [("window", past.window.into()), ("days", past.days.into())];
    Ok(Table {
        caption: words.with("mood-comparison-caption", &with)?,
        columns: vec![
            words.column("column-measure")?,
            words.numbers("column-today")?,
            words.numbers("column-mean")?,
            words.column("column-verdict")?,
        ],
        rows,
    })
}

/// What is measured (Fluent id), today and in the mean, how that is written, and what may be said of the difference.
fn row(
    page: &Page<'_>,
    (id, today, mean): (&str, &Share, f64),
    write: fn(&Style, f64, usize) -> String,
    change: &Change,
) -> Result<Vec<Cell>, Error> {
    let words = page.words;
    let number = |fraction| write(&words.style, fraction, numbers::compared(today, &change.difference));
    let with =
        [("verdict", words.verdict(change.verdict)?.into()), ("points", words.points(&change.difference)?.into())];
    Ok(vec![
        Cell::Head(words.say(id)?, None),
        Cell::Number(number(today.share)),
        Cell::Number(number(mean)),
        Cell::Text(words.with("mood-change", &with)?),
    ])
}
