//! A bundle of one's own on libtorch: the encoder in BERT's layout with mean pooling, several heads and the linear part.
//!
//! The same network as `models/training/model.py` and `wide.py` export for the other engine; `models/training/published_bundle.py`
//! writes it in this layout.

use crate::card::Head;
use rust_bert::RustBertError;
use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use serde::Deserialize;
use serde_json::Value;
use tch::nn::{self, Path};
use tch::{Kind, Tensor};

/// What `config.json` says beyond BERT.
pub(super) struct Shape {
    encoder: BertConfig,
    heads: Vec<(Head, i64)>,
    wide: Pairs,
}

/// How a pair of neighbouring ids finds its place in the table of pairs: `(left · id + right · next) mod places`.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Pairs {
    left: i64,
    right: i64,
    places: i64,
}

impl Shape {
    pub(super) fn parse(whole: Value) -> Result<Self, String> {
        let lacks = |what: &str| format!("lacks `{what}`, which a bundle of one's own has");
        let wide = whole.get("wide").cloned().ok_or_else(|| lacks("wide"))?;
        let wide = serde_json::from_value(wide).map_err(|error| format!("has a `wide` that is none: {error}"))?;
        let written = whole.get("heads").and_then(Value::as_object).ok_or_else(|| lacks("heads"))?;
        // In the order of the network's outputs, which is that of the heads.
        let width = |head: Head| Some((head, written.get(head.name())?.as_i64()?));
        let heads = Head::ALL.into_iter().filter_map(width).collect();
        let encoder = serde_json::from_value(whole).map_err(|error| format!("lacks something: {error}"))?;
        Ok(Self { encoder, heads, wide })
    }
}

/// The network.
pub(super) struct Own {
    encoder: BertModel<BertEmbeddings>,
    mix: nn::Linear,
    tasks: nn::Linear,
    vector: nn::Linear,
    wide: Wide,
    heads: Vec<(Head, i64)>,
}

/// The linear part: weights of pieces and of neighbouring pairs of pieces.
struct Wide {
    pieces: nn::Embedding,
    piece_length: nn::Embedding,
    pairs: nn::Embedding,
    pair_length: nn::Embedding,
    offset: Tensor,
    shape: Pairs,
}

impl Own {
    pub(super) fn new(root: &Path<'_>, shape: &Shape) -> Self {
        let (hidden, pieces) = (shape.encoder.hidden_size, shape.encoder.vocab_size);
        let logits = shape.heads.iter().filter(|(head, _)| *head != Head::Vector).map(|(_, width)| width).sum();
        let wide = root / "wide";
        let table =
            |name: &str, rows, columns| nn::embedding(&wide / name, rows, columns, nn::EmbeddingConfig::default());
        Self {
            encoder: BertModel::new_with_optional_pooler(root / "bert", &shape.encoder, false),
            mix: nn::linear(root / "mix", hidden, hidden, nn::LinearConfig::default()),
            tasks: nn::linear(root / "tasks", 2 * hidden, logits, nn::LinearConfig::default()),
            vector: nn::linear(root / "vector", hidden, hidden, nn::LinearConfig::default()),
            wide: Wide {
                pieces: table("pieces", pieces, logits),
                piece_length: table("piece_length", pieces, 1),
                pairs: table("pairs", shape.wide.places, logits),
                pair_length: table("pair_length", shape.wide.places, 1),
                offset: wide.zeros("offset", &[logits]),
                shape: shape.wide,
            },
            heads: shape.heads.clone(),
        }
    }

    /// The numbers of each head.
    pub(super) fn forward(&self, ids: &Tensor, mask: &Tensor) -> Result<Vec<(Option<Head>, Tensor)>, RustBertError> {
        let states = self.encoder.forward_t(Some(ids), Some(mask), None, None, None, None, None, false)?.hidden_state;
        let weight = mask.unsqueeze(-1).to_kind(states.kind());
        let sum = |numbers: Tensor| numbers.sum_dim_intlist(1, false, states.kind());
        let pooled = sum(&states * &weight) / sum(weight.shallow_clone());
        let inner = Tensor::cat(&[pooled.shallow_clone(), pooled.apply(&self.mix).tanh()], 1);
        let logits = inner.apply(&self.tasks).to_kind(Kind::Float) + self.wide.forward(ids, mask);
        let vector = pooled.apply(&self.vector);
        let vector = &vector / vector.norm_scalaropt_dim(2, [1], true).clamp_min(1e-6);
        let mut from = 0;
        let mut answers = Vec::with_capacity(self.heads.len());
        for (head, width) in &self.heads {
            if *head == Head::Vector {
                answers.push((Some(*head), vector.shallow_clone()));
            } else {
                answers.push((Some(*head), logits.narrow(1, from, *width)));
                from += width;
            }
        }
        Ok(answers)
    }
}

impl Wide {
    /// Sums over pieces and pairs, by the root of the summed squared idf.
    fn forward(&self, ids: &Tensor, mask: &Tensor) -> Tensor {
        let pairs = ids.size()[1] - 1;
        let (first, next) = (ids.narrow(1, 0, pairs), ids.narrow(1, 1, pairs));
        let place = (first * self.shape.left + next * self.shape.right).remainder(self.shape.places);
        let weight = mask.unsqueeze(-1).to_kind(Kind::Float);
        let of_pairs = weight.narrow(1, 1, pairs);
        let sum = |table: &nn::Embedding, at: &Tensor, weight: &Tensor| {
            (at.apply(table).to_kind(Kind::Float) * weight).sum_dim_intlist(1, false, Kind::Float)
        };
        let total = sum(&self.pieces, ids, &weight) + sum(&self.pairs, &place, &of_pairs);
        let length = sum(&self.piece_length, ids, &weight) + sum(&self.pair_length, &place, &of_pairs);
        total / length.sqrt() + self.offset.to_kind(Kind::Float)
    }
}
