//! The engine that is always there: rten, pure Rust.

use super::{Engine, Outputs};
use crate::bundle::Network;
use crate::card::Head;
use crate::{Bundle, Error, TokenBatch};
use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use std::sync::Arc;

/// The embedded engine: rten, pure Rust, on one thread.
#[derive(Clone)]
pub struct RtenEngine {
    model: Arc<Model>,
    /// One thread an engine: several engines side by side beat one engine that splits each operation.
    pool: Arc<ThreadPool>,
    id: String,
    inputs: [NodeId; 2],
    outputs: Vec<Output>,
}

/// An output of the network. Only those that the card speaks of are computed.
#[derive(Clone, Copy)]
struct Output {
    head: Head,
    /// Numbers a text.
    width: usize,
    node: NodeId,
}

impl RtenEngine {
    /// Loads the bundle's network.
    pub fn load(bundle: &Bundle) -> Result<Self, Error> {
        let id = bundle.card.id.clone();
        let refused = |source: Box<dyn std::error::Error + Send + Sync>| Error::Network { model: id.clone(), source };
        let Network::Onnx(network) = &bundle.network else { return Err(Error::OtherEngine { model: id }) };
        let mut options = rten::ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load(network.to_vec()).map_err(|source| refused(Box::new(source)))?;
        let node = |name: &str| model.node_id(name).map_err(|source| refused(Box::new(source)));
        let inputs = [node("input_ids")?, node("attention_mask")?];
        let output = |head: Head| Ok(Output { head, width: bundle.card.width(head), node: node(head.name())? });
        let outputs = bundle.card.heads().into_iter().map(output).collect::<Result<_, Error>>()?;
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
        let nodes: Vec<NodeId> = self.outputs.iter().map(|output| output.node).collect();
        let answers = self.model.run(inputs, &nodes, Some(options)).map_err(|source| Error::Forward {
            model: self.id.clone(),
            rows: batch.rows,
            source: Box::new(source),
        })?;
        let numbers = |(output, answer): (&Output, rten::Value)| {
            let numbers = answer.into_tensor::<f32>().map(Tensor::into_data);
            let fits = numbers.filter(|numbers| numbers.len() == batch.rows * output.width);
            fits.ok_or_else(|| Error::Shape { model: self.id.clone(), output: output.head.name() })
        };
        self.outputs.iter().zip(answers).map(numbers).collect()
    }
}

impl Engine for RtenEngine {
    fn forward(&mut self, batch: &TokenBatch) -> Result<Outputs, Error> {
        // One row takes another path through the matrix code and rounds differently; run as two it does not, and the
        // same text gives the same bits whatever its neighbours.
        let answers = if batch.rows == 1 { self.run(&batch.doubled())? } else { self.run(batch)? };
        let mut outputs = Outputs::default();
        for (output, numbers) in self.outputs.iter().zip(&answers) {
            // Copied, for the engine answers in buffers of its pool, which are far larger than what stands in them.
            outputs.put(output.head, numbers.iter().copied().take(batch.rows * output.width).collect());
        }
        Ok(outputs)
    }
}
