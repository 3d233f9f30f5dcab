//! A network's shape as `config.json` has it, with the values that its authors leave out.

use serde::{Deserialize, Deserializer};
use std::collections::HashMap;
use tch::Tensor;

/// What a network is built from.
#[derive(Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are the file's")]
pub(in super::super) struct Shape {
    pub(super) vocab_size: i64,
    pub(super) hidden_size: i64,
    pub(super) num_hidden_layers: i64,
    pub(super) num_attention_heads: i64,
    pub(super) intermediate_size: i64,
    pub(super) max_position_embeddings: i64,
    #[serde(default)]
    pub(super) type_vocab_size: i64,
    #[serde(default = "eps")]
    pub(super) layer_norm_eps: f64,
    #[serde(default)]
    pub(super) hidden_act: Activation,
    #[serde(default = "yes")]
    pub(super) position_biased_input: bool,
    pub(super) embedding_size: Option<i64>,
    #[serde(default)]
    pub(super) relative_attention: bool,
    #[serde(default)]
    pub(super) max_relative_positions: i64,
    #[serde(default, deserialize_with = "parts")]
    pub(super) pos_att_type: Vec<String>,
    /// The second version: distances are told apart in so many steps.
    #[serde(default)]
    pub(super) position_buckets: i64,
    #[serde(default, deserialize_with = "parts")]
    pub(super) norm_rel_ebd: Vec<String>,
    #[serde(default)]
    pub(super) share_att_key: bool,
    #[serde(default)]
    pub(super) conv_kernel_size: i64,
    #[serde(default = "one")]
    pub(super) conv_groups: i64,
    #[serde(default = "tanh")]
    pub(super) conv_act: Activation,
    pub(super) pooler_hidden_size: Option<i64>,
    #[serde(default)]
    pub(super) pooler_hidden_act: Activation,
    #[serde(default)]
    talking_head: bool,
    model_type: String,
    #[serde(default)]
    id2label: HashMap<String, String>,
}

impl Shape {
    /// Why such a network cannot be built here.
    pub(in super::super) fn check(self) -> Result<Self, String> {
        let heads = self.num_attention_heads;
        if heads < 1 || self.hidden_size % heads != 0 {
            return Err(format!("divides {} numbers among {heads} heads", self.hidden_size));
        }
        if self.talking_head {
            return Err("asks for heads that talk to each other, which no published model has".to_owned());
        }
        Ok(self)
    }

    pub(super) fn labels(&self) -> i64 {
        i64::try_from(self.id2label.len()).unwrap_or(0)
    }

    /// Whether queries, keys and values have tables of their own, as from the second version on.
    pub(super) fn is_second(&self) -> bool {
        self.model_type != "deberta"
    }

    pub(super) fn attends(&self, what: &str) -> bool {
        self.relative_attention && self.pos_att_type.iter().any(|kind| kind == what)
    }

    /// The farthest distance that is told from farther ones.
    pub(super) fn reach(&self) -> i64 {
        if self.max_relative_positions < 1 { self.max_position_embeddings } else { self.max_relative_positions }
    }
}

/// What follows a layer.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Activation {
    #[default]
    Gelu,
    Relu,
    Tanh,
}

impl Activation {
    pub(super) fn of(self, inner: &Tensor) -> Tensor {
        match self {
            Self::Gelu => inner.gelu("none"),
            Self::Relu => inner.relu(),
            Self::Tanh => inner.tanh(),
        }
    }
}

/// `a|b`, or a list.
fn parts<'de, D: Deserializer<'de>>(written: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Written::deserialize(written)? {
        Written::One(joined) => joined.to_lowercase().split('|').map(|part| part.trim().to_owned()).collect(),
        Written::Many(parts) => parts,
    })
}

fn eps() -> f64 {
    1e-7
}

fn yes() -> bool {
    true
}

fn one() -> i64 {
    1
}

fn tanh() -> Activation {
    Activation::Tanh
}
