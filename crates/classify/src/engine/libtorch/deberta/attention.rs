//! Attention that looks at contents and at distances apart: content to content, content to position, position to content.

use super::{Shape, norm};
use tch::nn::{self, Init, Path};
use tch::{Kind, Tensor};

/// The score of a pair that is not there: far below any, and a number in every precision.
const NEVER: f64 = -30_000.0;

/// What a network knows of distances.
pub(super) struct Distances {
    table: nn::Embedding,
    norm: Option<nn::LayerNorm>,
    /// Steps that distances are told apart in; none in the first version.
    buckets: i64,
    reach: i64,
    is_second: bool,
}

/// The distances in a batch.
pub(super) struct Seen {
    /// Twice `span` × `hidden`: what each distance means.
    meanings: Tensor,
    /// `width` × `width`: from each token to each.
    between: Tensor,
    span: i64,
}

impl Distances {
    pub(super) fn new(encoder: &Path<'_>, shape: &Shape) -> Option<Self> {
        let (reach, buckets) = (shape.reach(), if shape.is_second() { shape.position_buckets } else { 0 });
        let rows = 2 * if buckets > 0 { buckets } else { reach };
        let is_normed = shape.is_second() && shape.norm_rel_ebd.iter().any(|kind| kind == "layer_norm");
        shape.relative_attention.then(|| Self {
            table: nn::embedding(encoder / "rel_embeddings", rows, shape.hidden_size, nn::EmbeddingConfig::default()),
            norm: is_normed.then(|| norm(encoder / "LayerNorm", shape)),
            buckets,
            reach,
            is_second: shape.is_second(),
        })
    }

    /// Distances in a batch of `rows` × `width` × `hidden` states.
    pub(super) fn of(&self, states: &Tensor) -> Seen {
        let width = states.size()[1];
        let places = Tensor::arange(width, (Kind::Int64, states.device()));
        let mut between = places.unsqueeze(-1) - places.unsqueeze(0);
        if self.buckets > 0 {
            between = bucketed(&between, self.buckets, self.reach);
        }
        let whole = if self.buckets > 0 { self.buckets } else { self.reach };
        // The first version looks at the part of its table that the text can reach.
        let span = if self.is_second { whole } else { width.min(whole) };
        let meanings =
            self.norm.as_ref().map_or_else(|| self.table.ws.shallow_clone(), |norm| self.table.ws.apply(norm));
        Seen { meanings: meanings.narrow(0, whole - span, 2 * span), between, span }
    }
}

/// Near distances as they are, far ones in steps that grow with them. In the operations of the authors' code, for a step
/// begins where rounding says.
fn bucketed(between: &Tensor, buckets: i64, reach: i64) -> Tensor {
    let middle = buckets / 2;
    let near = between.lt(middle).logical_and(&between.gt(-middle));
    let far = between.abs().masked_fill(&near, middle - 1);
    let whole = Tensor::from((reach - 1) as f64 / middle as f64).to_kind(Kind::Float).log();
    let steps = ((&far / middle).log() / whole * (middle - 1)).ceil() + middle;
    between.to_kind(Kind::Float).where_self(&far.le(middle), &(steps * between.sign())).to_kind(Kind::Int64)
}

/// Queries, keys and values, as each version stores them.
enum Projections {
    /// One table, head by head, with biases for queries and values.
    Joint { all: nn::Linear, query_bias: Tensor, value_bias: Tensor },
    /// A table each.
    Apart { query: nn::Linear, key: nn::Linear, value: nn::Linear },
}

/// The attention of a layer.
pub(super) struct Attention {
    projections: Projections,
    /// For positions as keys and as queries, where they do not share those of contents.
    position_key: Option<nn::Linear>,
    position_query: Option<nn::Linear>,
    heads: i64,
    /// Content to position, position to content.
    looks: [bool; 2],
}

impl Attention {
    pub(super) fn new(path: &Path<'_>, shape: &Shape) -> Self {
        let hidden = shape.hidden_size;
        let linear = |name: &str, to, bias| {
            nn::linear(path / name, hidden, to, nn::LinearConfig { bias, ..nn::LinearConfig::default() })
        };
        let looks = ["c2p", "p2c"].map(|what| shape.attends(what));
        let [by_key, by_query] = looks.map(|looks| looks && !(shape.is_second() && shape.share_att_key));
        let names = if shape.is_second() { ["pos_key_proj", "pos_query_proj"] } else { ["pos_proj", "pos_q_proj"] };
        let projections = if shape.is_second() {
            let [query, key, value] = ["query_proj", "key_proj", "value_proj"].map(|name| linear(name, hidden, true));
            Projections::Apart { query, key, value }
        } else {
            let bias = |name: &str| path.var(name, &[hidden], Init::Const(0.0));
            let all = linear("in_proj", 3 * hidden, false);
            Projections::Joint { all, query_bias: bias("q_bias"), value_bias: bias("v_bias") }
        };
        Self {
            projections,
            position_key: by_key.then(|| linear(names[0], hidden, shape.is_second())),
            position_query: by_query.then(|| linear(names[1], hidden, true)),
            heads: shape.num_attention_heads,
            looks,
        }
    }

    /// `rows` × `width` × `hidden` states → what they attend to, in the same shape. `absent` is true of pairs with padding.
    pub(super) fn forward(&self, states: &Tensor, absent: &Tensor, seen: Option<&Seen>) -> Tensor {
        let [query, key, value] = self.contents(states);
        let looks = 1 + self.looks.iter().filter(|looks| **looks).count();
        let scale = (query.size()[3] as f64 * looks as f64).sqrt();
        let mut scores = query.matmul(&key.transpose(-1, -2));
        if let Some(seen) = seen {
            scores = self.with_distances(scores, (&query, &key), seen);
        }
        let weights = (scores / scale).masked_fill(absent, NEVER).softmax(-1, states.kind());
        let mixed = weights.matmul(&value).transpose(1, 2).contiguous();
        mixed.view_as(states)
    }

    fn with_distances(&self, mut scores: Tensor, (query, key): (&Tensor, &Tensor), seen: &Seen) -> Tensor {
        let last = 2 * seen.span - 1;
        let size = query.size();
        let gathered = |from: Tensor, at: Tensor| {
            from.gather(-1, &at.clamp(0, last).expand([size[0], size[1], size[2], size[2]], true), false)
        };
        if self.looks[0] {
            let positions = self.positions(seen, self.position_key.as_ref(), true);
            scores += gathered(query.matmul(&positions.transpose(-1, -2)), &seen.between + seen.span);
        }
        if self.looks[1] {
            let positions = self.positions(seen, self.position_query.as_ref(), false);
            let of_keys = gathered(key.matmul(&positions.transpose(-1, -2)), seen.span - &seen.between);
            scores += of_keys.transpose(-1, -2);
        }
        scores
    }

    /// Queries, keys and values of contents: `rows` × heads × `width` × numbers a head.
    fn contents(&self, states: &Tensor) -> [Tensor; 3] {
        match &self.projections {
            Projections::Apart { query, key, value } => {
                [query, key, value].map(|projection| self.by_head(&states.apply(projection)))
            }
            Projections::Joint { all, query_bias, value_bias } => {
                let joint = self.by_head(&states.apply(all));
                let size = joint.size()[3] / 3;
                let part = |i: i64| joint.narrow(-1, i * size, size);
                let bias = |bias: &Tensor| self.by_head(&bias.view([1, 1, -1]));
                [part(0) + bias(query_bias), part(1), part(2) + bias(value_bias)]
            }
        }
    }

    /// Positions as keys or as queries: 1 × heads × distances × numbers a head.
    fn positions(&self, seen: &Seen, own: Option<&nn::Linear>, as_keys: bool) -> Tensor {
        let projection = match (own, &self.projections) {
            (Some(own), _) => Some(own),
            (None, Projections::Apart { key, .. }) if as_keys => Some(key),
            (None, Projections::Apart { query, .. }) => Some(query),
            (None, Projections::Joint { .. }) => None,
        };
        let meanings = seen.meanings.unsqueeze(0);
        self.by_head(&projection.map_or_else(|| meanings.shallow_clone(), |projection| meanings.apply(projection)))
    }

    fn by_head(&self, numbers: &Tensor) -> Tensor {
        let size = numbers.size();
        numbers.view([size[0], size[1], self.heads, -1]).transpose(1, 2)
    }
}
