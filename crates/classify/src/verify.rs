//! Whether a bundle is what its card says: its files by their hashes, its answers by the card's probes.

use crate::bundle::{self, Source};
use crate::{Bundle, Card, Classifier, Error, Lang, Probe, Text};
use polso_domain::{EMOTIONS, Heard, Vector};

/// How far an answer may lie from the card's: machines round differently, models differ more.
const TOLERANCE: f32 = 0.02;

/// A file's name, with what is wrong with it.
pub type FileFinding = (&'static str, Result<(), Error>);

impl Bundle {
    /// Every file that the card of the bundle of that name speaks of, with what is wrong with it.
    pub fn files_of(name: &str) -> Result<Vec<FileFinding>, Error> {
        let source = Source::named(name);
        let card = source.card()?;
        Ok(bundle::files(&card).map(|file| (file, source.verified(&card, file).map(drop))).collect())
    }
}

impl Classifier {
    /// Asks every probe of the card: what is wrong with the answer to each.
    pub fn probe(&mut self) -> Result<Vec<Result<(), Error>>, Error> {
        let card = self.card().clone();
        let texts: Vec<Text<'_>> = card.probes.iter().map(Probe::as_text).collect();
        let heard = self.hear(&texts)?;
        let judge = |(place, heard)| judge(&card, place, heard);
        Ok(heard.iter().enumerate().map(judge).collect())
    }
}

impl Probe {
    fn as_text(&self) -> Text<'_> {
        Text { text: &self.text, lang: self.lang.as_deref().map_or(Lang::Hinted(None), Lang::Known) }
    }
}

fn judge(card: &Card, place: usize, heard: &Heard) -> Result<(), Error> {
    let pairs = compared(card, &card.probes[place], heard);
    // What is no number is far.
    let near = |found: f32, expected: f32| (found - expected).abs() <= TOLERANCE;
    let far = pairs.into_iter().find(|(_, found, expected)| !near(*found, *expected));
    far.map_or(Ok(()), |(head, found, expected)| {
        Err(Error::Probe { model: card.id.clone(), probe: place + 1, head, found, expected })
    })
}

/// Every answer that the probe speaks of beside the one that was found.
fn compared(card: &Card, probe: &Probe, heard: &Heard) -> Vec<(String, f32, f32)> {
    let reading = heard.reading.ok();
    let mood = reading.map(|reading| reading.sentiment);
    let or_nan = |found: Option<f32>| found.unwrap_or(f32::NAN);
    let mut pairs = vec![
        ("negative".to_owned(), or_nan(mood.map(|mood| mood.negative())), probe.negative),
        ("neutral".to_owned(), or_nan(mood.map(|mood| mood.neutral())), probe.neutral),
        ("positive".to_owned(), or_nan(mood.map(|mood| mood.positive())), probe.positive),
        ("needs_checking".to_owned(), or_nan(reading.and_then(|reading| reading.needs_checking)), probe.needs_checking),
    ];
    if let Some(expected) = probe.emotions {
        let found = reading.and_then(|reading| reading.emotions).unwrap_or([f32::NAN; EMOTIONS.len()]);
        pairs.extend(EMOTIONS.iter().zip(found).zip(expected).map(|((name, a), b)| ((*name).to_owned(), a, b)));
    }
    if let (Some(expected), Some(head)) = (probe.question, &card.question) {
        let found = reading.and_then(|reading| reading.question);
        // A reading says yes or no: comparable unless rounding alone could tip it.
        if (expected - head.threshold).abs() > TOLERANCE {
            let number = |yes: bool| f32::from(u8::from(yes));
            pairs.push(("question".to_owned(), or_nan(found.map(number)), number(expected >= head.threshold)));
        }
    }
    if let Some(expected) = probe.vector_head {
        let mut found = heard.vector.iter().flat_map(Vector::unit);
        let pair = |(i, expected)| (format!("component {} of the vector", i + 1), or_nan(found.next()), expected);
        pairs.extend(expected.into_iter().enumerate().map(pair));
    }
    pairs
}
