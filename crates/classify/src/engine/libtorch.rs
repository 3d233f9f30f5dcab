//! The second engine: libtorch through rust-bert, for published models and for GPUs.
//!
//! Invariants
//! * The whole distribution is answered, by the network's forward pass; rust-bert's pipelines, which tell the best label only,
//!   are not used.
//! * Weights are in memory once, however many threads there are.
//! * A failure inside libtorch, which rust-bert turns into a panic, is an error that names the model.
//!
//! It does not promise the same bits whatever a text's neighbours are, as the other engine does: matrices of other sizes are
//! added up in another order. In f32 that moves a probability by less than a millionth.

mod deberta;
mod device;
mod family;
mod meaning;
mod network;
mod own;
mod roberta;
mod weights;

pub(crate) use family::Family;
pub(crate) use weights::Weights;

use super::{Engine, Outputs};
use crate::bundle::Network as Files;
use crate::card::Head;
use crate::guard::guarded;
use crate::{Bundle, Card, Config, Error, TokenBatch};
use device::Place;
use network::Network;
use tch::nn::VarStore;
use tch::{Kind, Tensor};

/// A GPU is busy with so many times the tokens of a processor's batch.
const GPU_APPETITE: usize = 32;

/// The numbers of a batch, with the head that they are of where the network says so.
type Numbers = (Option<Head>, Vec<f32>);

/// A network with the place where it runs.
struct LibtorchEngine {
    card: Card,
    network: Network,
    /// Keeps the variables that the network refers to.
    store: VarStore,
    place: Place,
    pad: i64,
}

/// Engines on the weights of a bundle: one a thread on the processor, one on a GPU.
pub(super) fn load(bundle: &Bundle, config: &Config) -> Result<Vec<Box<dyn Engine>>, Error> {
    let card = &bundle.card;
    let Files::Safetensors { weights, config: description } = &bundle.network else {
        return Err(Error::OtherEngine { model: card.id.clone() });
    };
    let place = Place::choose(card, config)?;
    let family = Family::parse(description, card)?;
    let weights = Weights::open(weights, &card.id)?;
    if place.device == tch::Device::Cpu {
        device::room(&card.id, weights.bytes(place.kind) * if place.engines > 1 { 2 } else { 1 })?;
        // Engines beside each other instead of operations that are split.
        tch::set_num_threads(1);
    }
    let first = LibtorchEngine::build(card, &family, &place)?;
    weights.fill(&first.store, &place)?;
    let mut engines = vec![first];
    for _ in 1..place.engines {
        let sibling = LibtorchEngine::build(card, &family, &place)?;
        weights::share(&engines[0].store, &sibling.store);
        engines.push(sibling);
    }
    Ok(engines.into_iter().map(|engine| Box::new(engine) as Box<dyn Engine>).collect())
}

impl LibtorchEngine {
    /// The network with whatever numbers rust-bert begins with.
    fn build(card: &Card, family: &Family, place: &Place) -> Result<Self, Error> {
        let store = VarStore::new(place.device);
        let built = guarded(|| Network::build(family, &store.root()));
        let network = built.and_then(|built| built).map_err(|what| {
            let what = format!("describes a network that cannot be built: {what}");
            Error::Config { model: card.id.clone(), what }
        })?;
        Ok(Self { card: card.clone(), network, store, place: place.clone(), pad: family.pad() })
    }

    /// Ids and mask as the network takes them.
    fn inputs(&self, batch: &TokenBatch) -> (Tensor, Tensor) {
        let rows_and_width = [batch.rows, batch.width].map(|size| i64::try_from(size).unwrap_or(i64::MAX));
        let mask: Vec<i64> = batch.mask.iter().map(|bit| i64::from(*bit)).collect();
        let padded = |(id, bit): (&i32, &i64)| if *bit == 1 { i64::from(*id) } else { self.pad };
        let ids: Vec<i64> = batch.ids.iter().zip(&mask).map(padded).collect();
        let placed = |numbers: &[i64]| Tensor::from_slice(numbers).view(rows_and_width).to_device(self.place.device);
        (placed(&ids), placed(&mask))
    }

    fn run(&self, batch: &TokenBatch) -> Result<Vec<Numbers>, String> {
        let (ids, mask) = self.inputs(batch);
        let answers = tch::no_grad(|| self.network.forward(&ids, &mask))?;
        let numbers = |(head, answer): (Option<Head>, Tensor)| {
            let flat = answer.to_kind(Kind::Float).to_device(tch::Device::Cpu).contiguous().view(-1);
            Vec::<f32>::try_from(flat).map(|numbers| (head, numbers)).map_err(|error| error.to_string())
        };
        answers.into_iter().map(numbers).collect()
    }

    /// The numbers of a network as those of the card's heads.
    fn outputs(&self, batch: &TokenBatch, answers: Vec<Numbers>) -> Result<Outputs, Error> {
        let mut outputs = Outputs::default();
        for (head, numbers) in answers {
            let (head, numbers) = match (head, &self.card.published) {
                (Some(head), _) => (head, numbers),
                (None, Some(published)) => {
                    let rows = numbers.chunks_exact(published.means.len().max(1));
                    let logits = rows.flat_map(|row| published.logits(&self.card, row)).collect();
                    (self.card.heads().first().copied().unwrap_or(Head::Sentiment), logits)
                }
                (None, None) => return Err(Error::OtherEngine { model: self.card.id.clone() }),
            };
            if numbers.len() != batch.rows * self.card.width(head) {
                return Err(Error::Shape { model: self.card.id.clone(), output: head.name() });
            }
            outputs.put(head, numbers);
        }
        Ok(outputs)
    }
}

impl Engine for LibtorchEngine {
    fn forward(&mut self, batch: &TokenBatch) -> Result<Outputs, Error> {
        let answers = guarded(|| self.run(batch)).and_then(|answers| answers).map_err(|what| Error::Forward {
            model: self.card.id.clone(),
            rows: batch.rows,
            source: what.into(),
        })?;
        self.outputs(batch, answers)
    }

    fn appetite(&self, batch_tokens: usize) -> usize {
        if self.place.device.is_cuda() { batch_tokens * GPU_APPETITE } else { batch_tokens }
    }

    fn place(&self) -> Option<String> {
        Some(self.place.to_string())
    }
}

#[cfg(test)]
mod tests;
