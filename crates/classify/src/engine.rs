//! Engines turn token batches into logits. One trait, so that another engine is one file beside this one.

use crate::{Bundle, Card, Error, TokenBatch};
use polso_domain::EMOTIONS;
use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use std::sync::Arc;

/// Raw answers for a batch, one entry a text, in the order of the batch. Heads that the card does not have are `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Outputs {
    /// Three mood logits a text, in the order of the card's labels.
    pub sentiment: Vec<[f32; 3]>,
    /// One logit a text.
    pub needs_checking: Vec<f32>,
    /// Eight logits a text, in the order of the card's labels.
    pub emotions: Option<Vec<[f32; 8]>>,
    /// One logit a text.
    pub question: Option<Vec<f32>>,
    /// The vectors, one after the other, each of the size on the card.
    pub vectors: Option<Vec<f32>>,
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
    outputs: Vec<Head>,
}

/// An output of the network. Only those that the card speaks of are computed.
#[derive(Clone, Copy)]
struct Head {
    name: &'static str,
    /// Numbers a text.
    width: usize,
    node: NodeId,
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
        let head = |(name, width)| Ok(Head { name, width, node: node(name)? });
        let outputs = widths(&bundle.card).into_iter().map(head).collect::<Result<_, Error>>()?;
        Ok(Self { model: Arc::new(model), pool: Arc::new(ThreadPool::with_num_threads(1)), inputs, outputs, id })
    }

    /// Another engine on the same weights, with a thread of its own.
    #[must_use]
    pub fn sibling(&self) -> Self {
        Self { pool: Arc::new(ThreadPool::with_num_threads(1)), ..self.clone() }
    }

    /// The numbers of every head, in the order of `outputs`.
    fn run(&self, batch: &TokenBatch) -> Result<Vec<Vec<f32>>, Error> {
        let shape = [batch.rows, batch.width];
        let ids = NdTensor::from_data(shape, batch.ids.clone());
        let mask = NdTensor::from_data(shape, batch.mask.clone());
        let inputs = vec![(self.inputs[0], ids.view().into()), (self.inputs[1], mask.view().into())];
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let nodes: Vec<NodeId> = self.outputs.iter().map(|head| head.node).collect();
        let answers = self.model.run(inputs, &nodes, Some(options)).map_err(|source| Error::Forward {
            model: self.id.clone(),
            rows: batch.rows,
            source: Box::new(source),
        })?;
        let numbers = |(head, answer): (&Head, rten::Value)| {
            let numbers = answer.into_tensor::<f32>().map(Tensor::into_data);
            let fits = numbers.filter(|numbers| numbers.len() == batch.rows * head.width);
            fits.ok_or_else(|| Error::Shape { model: self.id.clone(), output: head.name })
        };
        self.outputs.iter().zip(answers).map(numbers).collect()
    }
}

impl Engine for RtenEngine {
    fn forward(&mut self, batch: &TokenBatch) -> Result<Outputs, Error> {
        // One row takes another path through the matrix code and rounds differently; run as two it does not, and the
        // same text gives the same bits whatever its neighbours.
        let answers = if batch.rows == 1 { self.run(&batch.doubled())? } else { self.run(batch)? };
        // Copied, for the engine answers in buffers of its pool, which are far larger than what stands in them.
        let head = |name: &str| {
            let (head, numbers) = self.outputs.iter().zip(&answers).find(|(head, _)| head.name == name)?;
            numbers.get(..batch.rows * head.width)
        };
        Ok(Outputs {
            sentiment: head("sentiment").unwrap_or_default().as_chunks().0.to_vec(),
            needs_checking: head("needs_checking").unwrap_or_default().to_vec(),
            emotions: head("emotions").map(|numbers| numbers.as_chunks().0.to_vec()),
            question: head("question").map(<[f32]>::to_vec),
            vectors: head("vector").map(<[f32]>::to_vec),
        })
    }
}

/// The outputs that a card speaks of, with how many numbers each has a text.
fn widths(card: &Card) -> Vec<(&'static str, usize)> {
    let width = |name| match name {
        "sentiment" => 3,
        "emotions" => EMOTIONS.len(),
        "vector" => card.vector.map_or(0, |head| head.size),
        _ => 1,
    };
    card.heads().into_iter().map(|name| (name, width(name))).collect()
}
