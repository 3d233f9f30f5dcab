//! Whether a bundle is what its card says: its files by their hashes, its answers by the card's probes.

use crate::bundle::{self, Source};
use crate::{Answer, Bundle, Card, Classifier, Error, Lang, Probe, Said, Text};
use polso_domain::{EMOTIONS, Vector};

/// How far an answer may lie from the card's: machines round differently, models differ more.
const TOLERANCE: f32 = 0.02;

/// A file's name, with what is wrong with it.
pub type FileFinding = (&'static str, Result<(), Error>);

impl Bundle {
    /// Every file that the card of the bundle of that name speaks of, with what is wrong with it.
    pub fn files_of(name: &str) -> Result<Vec<FileFinding>, Error> {
        let source = Source::named(name);
        let card = source.card()?;
        Ok(bundle::files(&card).map(|file| (file, source.verify(&card, file))).collect())
    }
}

impl Classifier {
    /// Asks every probe of the card: what is wrong with the answer to each.
    pub fn probe(&mut self) -> Result<Vec<Result<(), Error>>, Error> {
        let card = self.card().clone();
        let texts: Vec<Text<'_>> = card.probes.iter().map(Probe::as_text).collect();
        let said = self.say(&texts)?;
        let judge = |(place, said)| judge(&card, place, said);
        Ok(said.iter().enumerate().map(judge).collect())
    }
}

impl Probe {
    fn as_text(&self) -> Text<'_> {
        Text { text: &self.text, lang: self.lang.as_deref().map_or(Lang::Hinted(None), Lang::Known) }
    }

    /// A probe that expects what a model says now.
    pub fn expecting(text: &str, lang: &str, answer: &Answer) -> Self {
        let mood = answer.sentiment;
        Self {
            text: text.to_owned(),
            lang: Some(lang.to_owned()),
            negative: mood.map(|mood| rounded(mood.negative())),
            neutral: mood.map(|mood| rounded(mood.neutral())),
            positive: mood.map(|mood| rounded(mood.positive())),
            needs_checking: answer.needs_checking.map(rounded),
            question: None,
            emotions: answer.emotions.map(|emotions| emotions.map(|found| found.map_or(f32::NAN, rounded))),
            vector_head: None,
        }
    }
}

/// To what a card shows; far below the tolerance.
fn rounded(probability: f32) -> f32 {
    (probability * 10_000.0).round() / 10_000.0
}

fn judge(card: &Card, place: usize, said: &Said) -> Result<(), Error> {
    let pairs = compared(card, &card.probes[place], said);
    // What is no number is far, unless none is expected.
    let near =
        |found: f32, expected: f32| (found - expected).abs() <= TOLERANCE || (found.is_nan() && expected.is_nan());
    let far = pairs.into_iter().find(|(_, found, expected)| !near(*found, *expected));
    far.map_or(Ok(()), |(head, found, expected)| {
        Err(Error::Probe { model: card.id.clone(), probe: place + 1, head, found, expected })
    })
}

/// Every answer that the probe speaks of beside the one that was found.
fn compared(card: &Card, probe: &Probe, said: &Said) -> Vec<(String, f32, f32)> {
    let nothing = Answer::default();
    let answer = said.answer.as_ref().unwrap_or(&nothing);
    let or_nan = |found: Option<f32>| found.unwrap_or(f32::NAN);
    let mood = answer.sentiment;
    let single = [
        ("negative", mood.map(|mood| mood.negative()), probe.negative),
        ("neutral", mood.map(|mood| mood.neutral()), probe.neutral),
        ("positive", mood.map(|mood| mood.positive()), probe.positive),
        ("needs_checking", answer.needs_checking, probe.needs_checking),
    ];
    let spoken_of = |(head, found, expected): (&str, _, Option<f32>)| Some((head.to_owned(), or_nan(found), expected?));
    let mut pairs: Vec<_> = single.into_iter().filter_map(spoken_of).collect();
    if let Some(expected) = probe.emotions {
        let found = answer.emotions.unwrap_or_default();
        pairs.extend(EMOTIONS.iter().zip(found).zip(expected).map(|((name, a), b)| ((*name).to_owned(), or_nan(a), b)));
    }
    if let (Some(expected), Some(head)) = (probe.question, &card.question) {
        // An answer says yes or no: comparable unless rounding alone could tip it.
        if (expected - head.threshold).abs() > TOLERANCE {
            let number = |yes: bool| f32::from(u8::from(yes));
            pairs.push((
                "question".to_owned(),
                or_nan(answer.question.map(number)),
                number(expected >= head.threshold),
            ));
        }
    }
    if let Some(expected) = probe.vector_head {
        let mut found = answer.vector.iter().flat_map(Vector::unit);
        let pair = |(i, expected)| (format!("component {} of the vector", i + 1), or_nan(found.next()), expected);
        pairs.extend(expected.into_iter().enumerate().map(pair));
    }
    pairs
}
