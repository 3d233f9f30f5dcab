//! Engines turn token batches into logits. One trait, so that another engine is one file beside these.

#[cfg(feature = "libtorch")]
pub(crate) mod libtorch;
mod place;
mod rten;

pub use place::{Device, Precision};
pub use rten::RtenEngine;

use crate::bundle::Network;
use crate::card::Head;
use crate::{Bundle, Config, Error, TokenBatch};

/// Raw answers for a batch, in the order of the batch. Heads that the card does not have are `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outputs {
    /// Three mood logits a text, in the order of the card's labels.
    pub sentiment: Option<Vec<[f32; 3]>>,
    /// One logit a text.
    pub needs_checking: Option<Vec<f32>>,
    /// As many logits a text as the card has labels, in their order.
    pub emotions: Option<Vec<f32>>,
    /// One logit a text.
    pub question: Option<Vec<f32>>,
    /// The vectors, one after the other, each of the size on the card.
    pub vectors: Option<Vec<f32>>,
}

impl Outputs {
    /// Puts the numbers of a head in their place.
    fn put(&mut self, head: Head, numbers: Vec<f32>) {
        match head {
            Head::Sentiment => self.sentiment = Some(numbers.as_chunks().0.to_vec()),
            Head::Emotions => self.emotions = Some(numbers),
            Head::NeedsChecking => self.needs_checking = Some(numbers),
            Head::Question => self.question = Some(numbers),
            Head::Vector => self.vectors = Some(numbers),
        }
    }
}

/// Runs a network. Synchronous on purpose: each engine belongs to one thread at a time.
pub trait Engine: Send {
    /// Logits for a batch.
    fn forward(&mut self, batch: &TokenBatch) -> Result<Outputs, Error>;

    /// Tokens that a batch should hold where the settings say `batch_tokens`.
    fn appetite(&self, batch_tokens: usize) -> usize {
        batch_tokens
    }

    /// On what the network runs, where that is a choice.
    fn place(&self) -> Option<String> {
        None
    }
}

/// The engines that a bundle asks for, one a thread.
pub fn load(bundle: &Bundle, config: &Config) -> Result<Vec<Box<dyn Engine>>, Error> {
    match &bundle.network {
        Network::Onnx(_) => {
            let first = RtenEngine::load(bundle)?;
            let mut engines: Vec<Box<dyn Engine>> = Vec::new();
            engines.resize_with(config.threads.get(), || Box::new(first.sibling()));
            Ok(engines)
        }
        #[cfg(feature = "libtorch")]
        Network::Safetensors { .. } => libtorch::load(bundle, config),
        #[cfg(not(feature = "libtorch"))]
        Network::Safetensors { .. } => Err(Error::NoLibtorch { model: bundle.card.id.clone() }),
    }
}
