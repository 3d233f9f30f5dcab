//! One model at work: its tokenizer, its engines, and the heads that it is asked for.

use crate::answer::Answer;
use crate::card::Head;
use crate::tokens::{Cutter, Tokens};
use crate::{Bundle, Card, Engine, Error, TokenBatch, batch, pool};

/// A model with engines of its own, one a thread.
pub(crate) struct Reader {
    pub(crate) card: Card,
    /// What of the card's heads is wanted.
    pub(crate) heads: Vec<Head>,
    cutter: Cutter,
    engines: Vec<Box<dyn Engine>>,
    batch_tokens: usize,
}

impl Reader {
    pub(crate) fn new(bundle: &Bundle, engines: Vec<Box<dyn Engine>>, batch_tokens: usize) -> Self {
        let batch_tokens = engines.first().map_or(batch_tokens, |engine| engine.appetite(batch_tokens));
        let card = bundle.card.clone();
        Self { heads: card.heads(), card, cutter: Cutter::new(bundle), engines, batch_tokens }
    }

    /// What runs the network, in words; `None` for the engine that is always there.
    pub(crate) fn place(&self) -> Option<String> {
        let place = self.engines.first()?.place()?;
        Some(format!("{} on {place}", self.card.id))
    }

    /// Reads texts, each with its language. `None` where the network gave no number.
    pub(crate) fn read(&mut self, texts: &[(&str, &str)]) -> Result<Vec<Option<Answer>>, Error> {
        let tokens = self.tokens(texts)?;
        let (order, batches) = self.plan(&tokens);
        let outputs = pool::run(&mut self.engines, &batches, |range| batch_of(&tokens, &order[range]))?;
        let mut answers = vec![None; texts.len()];
        for (range, outputs) in batches.into_iter().zip(outputs) {
            for (row, place) in order[range].iter().enumerate() {
                let answer = Answer::of(&self.card, &outputs, (row, texts[*place].1));
                answers[*place] = answer.map(|answer| Answer { truncated: tokens[*place].truncated, ..answer });
            }
        }
        Ok(answers)
    }

    /// The batches that reading some texts takes: to measure an engine by itself.
    pub(crate) fn batches(&self, texts: &[(&str, &str)]) -> Result<Vec<TokenBatch>, Error> {
        let tokens = self.tokens(texts)?;
        let (order, batches) = self.plan(&tokens);
        Ok(batches.into_iter().map(|range| batch_of(&tokens, &order[range])).collect())
    }

    /// The texts by length, and how that order is cut.
    fn plan(&self, tokens: &[Tokens]) -> (Vec<usize>, Vec<std::ops::Range<usize>>) {
        let mut order: Vec<usize> = (0..tokens.len()).filter(|place| !tokens[*place].ids.is_empty()).collect();
        order.sort_by_key(|place| tokens[*place].ids.len());
        let lengths: Vec<usize> = order.iter().map(|place| tokens[*place].ids.len()).collect();
        let batches = batch::cut(&lengths, self.batch_tokens);
        (order, batches)
    }

    fn tokens(&self, texts: &[(&str, &str)]) -> Result<Vec<Tokens>, Error> {
        let cutter = &self.cutter;
        pool::map(self.engines.len().max(1), texts, |(text, _)| cutter.tokens(text)).into_iter().collect()
    }
}

fn batch_of(tokens: &[Tokens], places: &[usize]) -> TokenBatch {
    TokenBatch::of(&places.iter().map(|place| tokens[*place].ids.as_slice()).collect::<Vec<_>>())
}
