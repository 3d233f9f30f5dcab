//! Engines turn token batches into logits. One trait, so that another engine is one file beside this one.

use crate::{Bundle, Error, TokenBatch};
use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use std::sync::Arc;

/// Raw answers for a batch, one entry a text, in the order of the batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Outputs {
    /// Three mood logits a text, in the order of the card's labels.
    pub sentiment: Vec<[f32; 3]>,
    /// One logit a text.
    pub needs_checking: Vec<f32>,
}

/// Runs a network. Synchronous on purpose: each engine belongs to one thread at a time.
pub trait Engine: Send {
    /// Logits for a batch.
    fn forward(&mut self, batch: &TokenBatch) -> Result<Outputs, Error>;
}

/// The embedded engine: rten, pure Rust, on one thread.
#[derive(Clone)]
pub struct RtenEngine {
    model: Arc<Model>,
    /// One thread an engine: several engines side by side beat one engine that splits each operation.
    pool: Arc<ThreadPool>,
    id: String,
    inputs: [NodeId; 2],
    outputs: [NodeId; 2],
}

impl RtenEngine {
    /// Loads the bundle's network.
    pub fn load(bundle: &Bundle) -> Result<Self, Error> {
        let id = bundle.card.id.clone();
        let refused = |source: Box<dyn std::error::Error + Send + Sync>| Error::Network { model: id.clone(), source };
        let mut options = rten::ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load(bundle.network.to_vec()).map_err(|source| refused(Box::new(source)))?;
        let node = |name: &str| model.node_id(name).map_err(|source| refused(Box::new(source)));
        let inputs = [node("input_ids")?, node("attention_mask")?];
        let outputs = [node("sentiment")?, node("needs_checking")?];
        Ok(Self { model: Arc::new(model), pool: Arc::new(ThreadPool::with_num_threads(1)), inputs, outputs, id })
    }

    /// Another engine on the same weights, with a thread of its own.
    #[must_use]
    pub fn sibling(&self) -> Self {
        Self { pool: Arc::new(ThreadPool::with_num_threads(1)), ..self.clone() }
    }
}

impl Engine for RtenEngine {
    fn forward(&mut self, batch: &TokenBatch) -> Result<Outputs, Error> {
        if batch.rows == 1 {
            // One row takes another path through the matrix code and rounds differently; run as two it does not, and
            // the same text gives the same bits whatever its neighbours.
            let mut outputs = self.forward(&batch.doubled())?;
            outputs.sentiment.truncate(1);
            outputs.needs_checking.truncate(1);
            return Ok(outputs);
        }
        let shape = [batch.rows, batch.width];
        let ids = NdTensor::from_data(shape, batch.ids.clone());
        let mask = NdTensor::from_data(shape, batch.mask.clone());
        let inputs = vec![(self.inputs[0], ids.view().into()), (self.inputs[1], mask.view().into())];
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let [sentiment, needs_checking] = self
            .model
            .run_n(inputs, self.outputs, Some(options))
            .map_err(|source| Error::Forward { model: self.id.clone(), rows: batch.rows, source: Box::new(source) })?;
        let shape = |output| Error::Shape { model: self.id.clone(), output };
        let sentiment = sentiment.into_tensor::<f32>().ok_or_else(|| shape("sentiment"))?.into_data();
        let needs_checking = needs_checking.into_tensor::<f32>().ok_or_else(|| shape("needs_checking"))?.into_data();
        let (triples, rest) = sentiment.as_chunks::<3>();
        if triples.len() != batch.rows || !rest.is_empty() {
            return Err(shape("sentiment"));
        }
        if needs_checking.len() != batch.rows {
            return Err(shape("needs_checking"));
        }
        Ok(Outputs { sentiment: triples.to_vec(), needs_checking })
    }
}
