//! `DeBERTa`, its second and its third version: what a token says and where it stands are attended to apart
//! (He et al. 2021, <https://arxiv.org/abs/2006.03654> and <https://arxiv.org/abs/2111.09543>).
//!
//! Written out here because rust-bert's own answers otherwise than its authors' code: in the first version it takes the number
//! of heads for the length of the text, in the second it leaves an offset and a root out. Logits were off by four.

mod attention;
mod shape;

pub(super) use shape::Shape;

use attention::{Attention, Distances};
use shape::Activation;
use tch::nn::{self, Path};
use tch::{Kind, Tensor};

/// The network with its head for labels.
pub(super) struct Deberta {
    embeddings: Embeddings,
    layers: Vec<Layer>,
    /// What distances between tokens mean; `None` where the network knows absolute positions alone.
    distances: Option<Distances>,
    convolution: Option<Convolution>,
    pooler: nn::Linear,
    pooled: Activation,
    labels: nn::Linear,
}

impl Deberta {
    pub(super) fn new(root: &Path<'_>, shape: &Shape) -> Self {
        let (deberta, hidden) = (root / "deberta", shape.hidden_size);
        let encoder = &deberta / "encoder";
        let layers = &encoder / "layer";
        let pooled = shape.pooler_hidden_size.unwrap_or(hidden);
        Self {
            embeddings: Embeddings::new(&(&deberta / "embeddings"), shape),
            layers: (0..shape.num_hidden_layers).map(|i| Layer::new(&(&layers / i), shape)).collect(),
            distances: Distances::new(&encoder, shape),
            convolution: Convolution::new(&(&encoder / "conv"), shape),
            pooler: nn::linear(root / "pooler" / "dense", hidden, pooled, nn::LinearConfig::default()),
            pooled: shape.pooler_hidden_act,
            labels: nn::linear(root / "classifier", pooled, shape.labels(), nn::LinearConfig::default()),
        }
    }

    /// `rows` × `width` ids and mask → `rows` × labels.
    pub(super) fn forward(&self, ids: &Tensor, mask: &Tensor) -> Tensor {
        let embedded = self.embeddings.forward(ids, mask);
        // Both ends of a pair must be there.
        let absent = (mask.unsqueeze(1).unsqueeze(2) * mask.unsqueeze(1).unsqueeze(-1)).eq(0);
        let distances = self.distances.as_ref().map(|distances| distances.of(&embedded));
        let mut states = embedded.shallow_clone();
        for (i, layer) in self.layers.iter().enumerate() {
            states = layer.forward(&states, &absent, distances.as_ref());
            if let (0, Some(convolution)) = (i, &self.convolution) {
                states = convolution.forward(&embedded, &states, mask);
            }
        }
        self.pooled.of(&states.select(1, 0).apply(&self.pooler)).apply(&self.labels)
    }
}

fn norm(path: Path<'_>, shape: &Shape) -> nn::LayerNorm {
    nn::layer_norm(
        path,
        vec![shape.hidden_size],
        nn::LayerNormConfig { eps: shape.layer_norm_eps, ..Default::default() },
    )
}

/// What is at a position, with what a position is where the network knows that.
struct Embeddings {
    words: nn::Embedding,
    positions: Option<nn::Embedding>,
    types: Option<nn::Embedding>,
    widened: Option<nn::Linear>,
    norm: nn::LayerNorm,
}

impl Embeddings {
    fn new(path: &Path<'_>, shape: &Shape) -> Self {
        let size = shape.embedding_size.unwrap_or(shape.hidden_size);
        let table = |name: &str, rows| nn::embedding(path / name, rows, size, nn::EmbeddingConfig::default());
        let plain = nn::LinearConfig { bias: false, ..Default::default() };
        Self {
            words: table("word_embeddings", shape.vocab_size),
            positions: shape.position_biased_input.then(|| table("position_embeddings", shape.max_position_embeddings)),
            types: (shape.type_vocab_size > 0).then(|| table("token_type_embeddings", shape.type_vocab_size)),
            widened: (size != shape.hidden_size)
                .then(|| nn::linear(path / "embed_proj", size, shape.hidden_size, plain)),
            norm: norm(path / "LayerNorm", shape),
        }
    }

    fn forward(&self, ids: &Tensor, mask: &Tensor) -> Tensor {
        let mut sum = ids.apply(&self.words);
        if let Some(positions) = &self.positions {
            let places = Tensor::arange(ids.size()[1], (Kind::Int64, ids.device()));
            sum += places.apply(positions);
        }
        if let Some(types) = &self.types {
            sum += ids.zeros_like().apply(types);
        }
        if let Some(widened) = &self.widened {
            sum = sum.apply(widened);
        }
        sum.apply(&self.norm) * mask.unsqueeze(-1).to_kind(sum.kind())
    }
}

/// One layer.
struct Layer {
    attention: Attention,
    attended: nn::Linear,
    attended_norm: nn::LayerNorm,
    up: nn::Linear,
    activation: Activation,
    down: nn::Linear,
    norm: nn::LayerNorm,
}

impl Layer {
    fn new(path: &Path<'_>, shape: &Shape) -> Self {
        let (hidden, inner) = (shape.hidden_size, shape.intermediate_size);
        let (attention, output) = (path / "attention", path / "output");
        let attended = &attention / "output";
        Self {
            attention: Attention::new(&(&attention / "self"), shape),
            attended: nn::linear(&attended / "dense", hidden, hidden, nn::LinearConfig::default()),
            attended_norm: norm(&attended / "LayerNorm", shape),
            up: nn::linear(path / "intermediate" / "dense", hidden, inner, nn::LinearConfig::default()),
            activation: shape.hidden_act,
            down: nn::linear(&output / "dense", inner, hidden, nn::LinearConfig::default()),
            norm: norm(&output / "LayerNorm", shape),
        }
    }

    fn forward(&self, states: &Tensor, absent: &Tensor, distances: Option<&attention::Seen>) -> Tensor {
        let attended = self.attention.forward(states, absent, distances).apply(&self.attended) + states;
        let attended = attended.apply(&self.attended_norm);
        let inner = self.activation.of(&attended.apply(&self.up));
        (inner.apply(&self.down) + attended).apply(&self.norm)
    }
}

/// What the large models of the second version add to their first layer: neighbours by a convolution.
struct Convolution {
    weights: nn::Conv1D,
    norm: nn::LayerNorm,
    activation: Activation,
}

impl Convolution {
    fn new(path: &Path<'_>, shape: &Shape) -> Option<Self> {
        let size = shape.conv_kernel_size;
        let how = nn::ConvConfig { padding: (size - 1) / 2, groups: shape.conv_groups, ..Default::default() };
        (size > 0).then(|| Self {
            weights: nn::conv1d(path / "conv", shape.hidden_size, shape.hidden_size, size, how),
            norm: norm(path / "LayerNorm", shape),
            activation: shape.conv_act,
        })
    }

    fn forward(&self, embedded: &Tensor, states: &Tensor, mask: &Tensor) -> Tensor {
        let there = mask.unsqueeze(-1);
        let neighbours = embedded.transpose(1, 2).contiguous().apply(&self.weights).transpose(1, 2);
        let neighbours = self.activation.of(&neighbours.masked_fill(&there.eq(0), 0.0));
        (neighbours + states).apply(&self.norm) * there.to_kind(states.kind())
    }
}
