//! The networks of rust-bert behind one face: ids and mask in, a row of numbers a text out.

use super::deberta::Deberta;
use super::family::{Family, Shape};
use super::own::Own;
use super::roberta::Roberta;
use crate::card::Head;
use rust_bert::RustBertError;
use rust_bert::bert::BertForSequenceClassification;
use rust_bert::distilbert::DistilBertModelClassifier;
use rust_bert::electra::{ElectraConfig, ElectraModel};
use std::collections::HashMap;
use tch::Tensor;
use tch::nn::{self, Path};

pub(super) enum Network {
    Bert(BertForSequenceClassification),
    Roberta(Roberta),
    DistilBert(DistilBertModelClassifier),
    Electra(Electra),
    Deberta(Deberta),
    Own(Own),
}

/// Every text at once, nothing is learned.
const TRAIN: bool = false;

impl Network {
    /// Adds the network's variables under `root`.
    pub(super) fn build(family: &Family, root: &Path<'_>) -> Result<Self, String> {
        let told = |error: RustBertError| error.to_string();
        Ok(match &family.shape {
            Shape::Bert(shape) => Self::Bert(BertForSequenceClassification::new(root, shape).map_err(told)?),
            Shape::Roberta(shape) => Self::Roberta(Roberta::new(root, shape)),
            Shape::DistilBert(shape) => Self::DistilBert(DistilBertModelClassifier::new(root, shape).map_err(told)?),
            Shape::Electra(shape) => Self::Electra(Electra::new(root, shape)),
            Shape::Deberta(shape) => Self::Deberta(Deberta::new(root, shape)),
            Shape::Own(shape) => Self::Own(Own::new(root, shape)),
        })
    }

    /// Numbers of each text, `rows` × labels; of a bundle of one's own, the numbers of each head.
    pub(super) fn forward(&self, ids: &Tensor, mask: &Tensor) -> Result<Vec<(Option<Head>, Tensor)>, String> {
        let told = |error: RustBertError| error.to_string();
        let logits = match self {
            Self::Bert(network) => network.forward_t(Some(ids), Some(mask), None, None, None, TRAIN).logits,
            Self::Roberta(network) => network.forward(ids, mask).map_err(told)?,
            Self::DistilBert(network) => network.forward_t(Some(ids), Some(mask), None, TRAIN).map_err(told)?.logits,
            Self::Electra(network) => network.forward(ids, mask).map_err(told)?,
            Self::Deberta(network) => network.forward(ids, mask),
            Self::Own(network) => return network.forward(ids, mask).map_err(told),
        };
        Ok(vec![(None, logits)])
    }
}

/// Two layers on the state of the first token, as `RoBERTa` and ELECTRA have them.
pub(super) struct LabelHead {
    dense: nn::Linear,
    labels: nn::Linear,
}

impl LabelHead {
    pub(super) fn new(root: &Path<'_>, hidden: i64, labels: Option<&HashMap<i64, String>>) -> Self {
        let labels = labels.map_or(0, |labels| i64::try_from(labels.len()).unwrap_or(0));
        let path = root / "classifier";
        Self {
            dense: nn::linear(&path / "dense", hidden, hidden, nn::LinearConfig::default()),
            labels: nn::linear(&path / "out_proj", hidden, labels, nn::LinearConfig::default()),
        }
    }

    /// `rows` × `width` × `hidden` states → `rows` × labels.
    pub(super) fn forward(&self, states: &Tensor, activation: fn(&Tensor) -> Tensor) -> Tensor {
        activation(&states.select(1, 0).apply(&self.dense)).apply(&self.labels)
    }
}

/// ELECTRA with the head for labels, which rust-bert does not have.
pub(super) struct Electra {
    encoder: ElectraModel,
    head: LabelHead,
}

impl Electra {
    fn new(root: &Path<'_>, shape: &ElectraConfig) -> Self {
        let head = LabelHead::new(root, shape.hidden_size, shape.id2label.as_ref());
        Self { encoder: ElectraModel::new(root / "electra", shape), head }
    }

    fn forward(&self, ids: &Tensor, mask: &Tensor) -> Result<Tensor, RustBertError> {
        // rust-bert adds a mask of two dimensions to the scores as it is; of three it takes what is to be added.
        let kind = self.head.labels.ws.kind();
        let mask = mask.unsqueeze(1).eq(0).to_kind(kind) * -10_000.0;
        let states = self.encoder.forward_t(Some(ids), Some(&mask), None, None, None, TRAIN)?.hidden_state;
        Ok(self.head.forward(&states, |inner| inner.gelu("none")))
    }
}
