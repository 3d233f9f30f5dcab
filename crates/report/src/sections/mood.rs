//! How negative, neutral and positive the day was, and whether that differs from the days before.

use super::Section;
use crate::block::{Bar, Bars, Block, Cell, Table};
use crate::ink::Ink;
use crate::{Error, Page, numbers};
use polso_aggregate::{Baseline, Change, Headline, Mood as Shares};

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
    let balance = |fraction| numbers::signed(words.language(), fraction);
    let mut rows = vec![
        row(
            page,
            ("mood-negative-share", words.percent(mood.negative.share), words.percent(past.negative)),
            &past.negative_change,
        )?,
        row(
            page,
            ("mood-balance", balance(mood.balance.share), balance(past.positive - past.negative)),
            &past.balance_change,
        )?,
    ];
    if let Some(share) = &page.day.needs_checking {
        let cells = ("needs-checking", words.percent(share.share), words.percent(past.needs_checking));
        rows.push(row(page, cells, &past.needs_checking_change)?);
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

/// What is measured (Fluent id), today and in the mean, and what may be said of the difference.
fn row(page: &Page<'_>, cells: (&str, String, String), change: &Change) -> Result<Vec<Cell>, Error> {
    let words = page.words;
    let (id, today, mean) = cells;
    let with =
        [("verdict", words.verdict(change.verdict)?.into()), ("points", words.points(&change.difference)?.into())];
    Ok(vec![
        Cell::Head(words.say(id)?, None),
        Cell::Number(today),
        Cell::Number(mean),
        Cell::Text(words.with("mood-change", &with)?),
    ])
}
