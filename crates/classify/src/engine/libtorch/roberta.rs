//! `RoBERTa` and what is built like it, with the small number in the first normalisation that these families have.
//!
//! rust-bert adds 10⁻¹² to a variance where they add 10⁻⁵. Behind a layer that is nothing; the sums of three embeddings
//! vary so little that logits move by more than a thousandth. The encoder is rust-bert's.

use super::network::LabelHead;
use rust_bert::RustBertError;
use rust_bert::bert::{BertConfig, BertEmbedding, BertModel};
use std::borrow::Borrow;
use tch::nn::{self, Path};
use tch::{Kind, Tensor};

/// Added to the variance.
const EPS: f64 = 1e-5;

/// The id that pads a text in every model of these families; positions begin behind it.
const PAD: i64 = 1;

/// Words, positions and types of a text, added up.
struct Embeddings {
    words: nn::Embedding,
    positions: nn::Embedding,
    types: nn::Embedding,
    norm: nn::LayerNorm,
}

impl BertEmbedding for Embeddings {
    fn new<'p, P: Borrow<Path<'p>>>(path: P, shape: &BertConfig) -> Self {
        let path = path.borrow();
        let table =
            |name: &str, rows| nn::embedding(path / name, rows, shape.hidden_size, nn::EmbeddingConfig::default());
        let norm = nn::LayerNormConfig { eps: EPS, ..Default::default() };
        Self {
            words: table("word_embeddings", shape.vocab_size),
            positions: table("position_embeddings", shape.max_position_embeddings),
            types: table("token_type_embeddings", shape.type_vocab_size),
            norm: nn::layer_norm(path / "LayerNorm", vec![shape.hidden_size], norm),
        }
    }

    /// `rows` × `width` ids → their embeddings. A text is one sentence from its first word on, so nothing else is taken.
    fn forward_t(
        &self,
        ids: Option<&Tensor>,
        _types: Option<&Tensor>,
        _positions: Option<&Tensor>,
        _embeddings: Option<&Tensor>,
        _train: bool,
    ) -> Result<Tensor, RustBertError> {
        let ids = ids.ok_or(RustBertError::UnsupportedError)?;
        let words = ids.ne(PAD).to_kind(Kind::Int64);
        let positions = words.cumsum(1, Kind::Int64) * &words + PAD;
        let sum = ids.apply(&self.words) + positions.apply(&self.positions) + ids.zeros_like().apply(&self.types);
        Ok(sum.apply(&self.norm))
    }
}

/// The network with its head for labels.
pub(super) struct Roberta {
    encoder: BertModel<Embeddings>,
    head: LabelHead,
}

impl Roberta {
    pub(super) fn new(root: &Path<'_>, shape: &BertConfig) -> Self {
        let encoder = BertModel::new_with_optional_pooler(root / "roberta", shape, false);
        Self { encoder, head: LabelHead::new(root, shape.hidden_size, shape.id2label.as_ref()) }
    }

    pub(super) fn forward(&self, ids: &Tensor, mask: &Tensor) -> Result<Tensor, RustBertError> {
        let states = self.encoder.forward_t(Some(ids), Some(mask), None, None, None, None, None, false)?.hidden_state;
        Ok(self.head.forward(&states, Tensor::tanh))
    }
}
