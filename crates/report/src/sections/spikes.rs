//! What is out of the ordinary, with the rule and its numbers beside each flag; and what could not be judged.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::{Error, Page};
use polso_alert::detect::{Config, Ears, Evidence, Measure, Reason};

pub(super) struct Spikes;

impl Section for Spikes {
    fn id(&self) -> &'static str {
        "spikes"
    }

    fn title(&self) -> &'static str {
        "spikes-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let (told, counted) = page.spikes();
        let compared = page.spikes.compared();
        let mut blocks = Vec::new();
        if compared > 0 && told.is_empty() {
            let none = page.words.with("spikes-none", &[("n", compared.into())])?;
            blocks.push(Block::Paragraph(none));
        }
        if !told.is_empty() {
            blocks.push(Block::Table(table(page, &told)?));
        }
        if counted > 0 {
            blocks.push(Block::Note(page.words.with("spikes-counted", &[("narratives", counted.into())])?));
        }
        if compared > 0 {
            blocks.push(Block::Note(how(page)?));
            blocks.push(Block::Note(chance(page, compared)?));
        }
        blocks.extend(not_judged(page)?.into_iter().map(Block::Note));
        Ok(blocks)
    }
}

fn table(page: &Page<'_>, told: &[(&Measure, &Evidence)]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(told.len());
    for (measure, evidence) in told {
        rows.push(vec![
            Cell::Said(page.measured(measure)?, None),
            Cell::Number(page.value(measure, evidence.today)),
            Cell::Number(page.value(measure, evidence.usual)),
            Cell::Text(page.reason(evidence)?),
            Cell::Text(beside(page, evidence.ears)?),
        ]);
    }
    Ok(Table {
        caption: words.say("spikes-caption")?,
        columns: vec![
            words.column("spikes-what")?,
            words.numbers("spikes-today")?,
            words.numbers("spikes-usual")?,
            words.column("spikes-rule")?,
            words.column("spikes-ears")?,
        ],
        rows,
    })
}

/// Which of the EARS methods say the same.
fn beside(page: &Page<'_>, Ears { c1, c2, c3 }: Ears) -> Result<String, Error> {
    let methods = [("C1", c1), ("C2", c2), ("C3", c3)];
    let agree: Vec<_> = methods.iter().filter(|(_, says)| *says == Some(true)).map(|(name, _)| *name).collect();
    if agree.is_empty() { page.words.say("spikes-ears-none") } else { Ok(agree.join(", ")) }
}

fn how(page: &Page<'_>) -> Result<String, Error> {
    let Config { window, memory, threshold, .. } = page.spikes.rule;
    let threshold = page.words.style.number(threshold, 1);
    let with = [("window", window.into()), ("memory", memory.into()), ("threshold", threshold.into())];
    page.words.with("spikes-how", &with)
}

/// How often so many comparisons flag something on quiet days.
fn chance(page: &Page<'_>, compared: usize) -> Result<String, Error> {
    let each = 1.0 / Config::FALSE_ALARMS;
    let all = (each / compared as f64).round().max(1.0);
    page.words.with("spikes-chance", &[("n", compared.into()), ("each", each.into()), ("days", all.into())])
}

/// Whether a reason is one of a kind.
type IsIt = fn(Reason) -> bool;

/// A sentence for each reason, with what it holds back.
fn not_judged(page: &Page<'_>) -> Result<Vec<String>, Error> {
    let reasons: [(&str, IsIt); 3] = [
        ("spikes-not-heard", |reason| reason == Reason::NotHeard),
        ("spikes-too-few-people", |reason| reason == Reason::TooFewPeople),
        ("spikes-too-few-days", |reason| matches!(reason, Reason::TooFewDays { .. })),
    ];
    let mut sentences = Vec::new();
    for (id, is_it) in reasons {
        let mut names = Vec::new();
        let mut narratives = 0_usize;
        for (measure, _) in page.spikes.not_judged().filter(|(_, reason)| is_it(*reason)) {
            match measure {
                Measure::Narrative(_) => narratives += 1,
                _ => names.push(page.measured(measure)?.text),
            }
        }
        if narratives > 0 {
            names.push(page.words.with("spikes-narratives", &[("narratives", narratives.into())])?);
        }
        if !names.is_empty() {
            let with = [("what", names.join("; ").into()), ("needed", page.spikes.rule.least_days.into())];
            sentences.push(page.words.with(id, &with)?);
        }
    }
    Ok(sentences)
}
