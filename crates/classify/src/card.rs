//! A model's card: what it reads, what its numbers mean, and how to know that it is the right one.

use serde::Deserialize;

/// `card.toml` of a bundle. Unknown keys are refused: a misspelt temperature must not be silently 1.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Name with version; every observation carries it.
    pub id: String,
    /// Licence of the weights.
    pub licence: String,
    /// ISO 639-1 codes of the languages it was trained and measured on.
    pub languages: Vec<String>,
    /// Longer texts are cut here and marked `truncated`.
    pub max_tokens: usize,
    /// sha256 of `model.onnx`, hexadecimal.
    pub model_sha256: String,
    /// sha256 of `tokenizer.json`, hexadecimal.
    pub tokenizer_sha256: String,
    /// The mood head.
    pub sentiment: SentimentHead,
    /// The "needs checking" head.
    pub needs_checking: BinaryHead,
    /// Texts with the answers the model must give, for `polso check`.
    #[serde(default, rename = "probe")]
    pub probes: Vec<Probe>,
    /// What it learned from.
    #[serde(default, rename = "training_set")]
    pub training_sets: Vec<TrainingSet>,
    /// What it reached on data held apart.
    #[serde(default, rename = "dev_figure")]
    pub dev_figures: Vec<DevFigure>,
}

/// How the three mood logits become probabilities.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentimentHead {
    /// Meaning of the logits, in order.
    pub labels: [Mood; 3],
    /// Divides the logits before the softmax (Guo et al. 2017).
    pub temperature: f32,
}

/// One of the three moods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mood {
    /// Negative.
    Negative,
    /// Neutral.
    Neutral,
    /// Positive.
    Positive,
}

/// How one logit becomes a probability: `sigmoid(logit / temperature + bias)` (Platt 1999).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BinaryHead {
    /// Divides the logit.
    pub temperature: f32,
    /// Is added after that.
    pub bias: f32,
    /// Probability from which a post counts.
    pub threshold: f32,
}

/// A text with the answer the model must give.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// The text.
    pub text: String,
    /// Calibrated probability.
    pub negative: f32,
    /// Calibrated probability.
    pub neutral: f32,
    /// Calibrated probability.
    pub positive: f32,
    /// Calibrated probability.
    pub needs_checking: f32,
}

/// A data set the model learned from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingSet {
    /// Its name.
    pub name: String,
    /// Its licence as its source states it.
    pub licence: String,
    /// Rows used.
    pub rows: u32,
}

/// One measured figure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DevFigure {
    /// `sentiment` or `needs_checking`.
    pub task: String,
    /// Which data.
    pub set: String,
    /// Which measure.
    pub metric: String,
    /// Rows measured.
    pub n: u32,
    /// The figure.
    pub value: f64,
    /// What a word-count baseline reaches.
    pub baseline: Option<f64>,
}
