//! What models say of a text, head by head, before it is a reading.

use crate::card::Head;
use crate::{Card, Outputs, calibrate};
use polso_domain::{Emotions, Reading, Sentiment, Vector};

/// What one or several models say of a text. Heads that nobody was asked for are `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The mood.
    pub sentiment: Option<Sentiment>,
    /// Emotions, several may hold.
    pub emotions: Option<Emotions>,
    /// Probability that somebody should check what is claimed.
    pub needs_checking: Option<f32>,
    /// Whether it asks something.
    pub question: Option<bool>,
    /// Where the text lies among all texts.
    pub vector: Option<Vector>,
    /// The text was longer than one of the models reads.
    pub truncated: bool,
}

impl Answer {
    /// What the outputs of one row mean; `None` when one of them is no number.
    pub(crate) fn of(card: &Card, outputs: &Outputs, (row, lang): (usize, &str)) -> Option<Self> {
        // A head that the card speaks of is answered with a number, or the whole row is no answer.
        let sentiment = match &card.sentiment {
            Some(head) => Some(calibrate::sentiment(*outputs.sentiment.as_ref()?.get(row)?, head, lang)?),
            None => None,
        };
        let emotions = match &card.emotions {
            Some(head) => {
                let width = head.labels.len();
                let logits = outputs.emotions.as_ref()?.get(row * width..(row + 1) * width)?;
                Some(calibrate::emotions(logits, head)?)
            }
            None => None,
        };
        let needs_checking = match &card.needs_checking {
            Some(head) => Some(calibrate::probability(*outputs.needs_checking.as_ref()?.get(row)?, head)?),
            None => None,
        };
        let question = match &card.question {
            Some(head) => {
                let asks = calibrate::probability(*outputs.question.as_ref()?.get(row)?, head)?;
                Some(asks >= head.threshold)
            }
            None => None,
        };
        let vector = vector(card, outputs, row);
        Some(Self { sentiment, emotions, needs_checking, question, vector, truncated: false })
    }

    /// Whether a head was answered.
    pub fn has(&self, head: Head) -> bool {
        match head {
            Head::Sentiment => self.sentiment.is_some(),
            Head::Emotions => self.emotions.is_some(),
            Head::NeedsChecking => self.needs_checking.is_some(),
            Head::Question => self.question.is_some(),
            Head::Vector => self.vector.is_some(),
        }
    }

    /// Takes some heads over from another answer.
    pub(crate) fn take(&mut self, other: &Self, heads: &[Head]) {
        for head in heads {
            match head {
                Head::Sentiment => self.sentiment = other.sentiment,
                Head::Emotions => self.emotions = other.emotions,
                Head::NeedsChecking => self.needs_checking = other.needs_checking,
                Head::Question => self.question = other.question,
                Head::Vector => self.vector.clone_from(&other.vector),
            }
        }
        self.truncated |= other.truncated;
    }

    /// The reading that an observation holds; `None` where nobody told the mood.
    pub(crate) fn reading(&self) -> Option<Reading> {
        let Self { sentiment, emotions, needs_checking, question, truncated, vector: _ } = *self;
        Some(Reading { sentiment: sentiment?, emotions, needs_checking, question, truncated })
    }
}

fn vector(card: &Card, outputs: &Outputs, row: usize) -> Option<Vector> {
    let size = card.vector?.size;
    Vector::new(outputs.vectors.as_ref()?.get(row * size..(row + 1) * size)?)
}
