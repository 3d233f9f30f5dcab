//! A model's card: what it reads, what its numbers mean, and how to know that it is the right one.

mod heads;
mod published;

pub use heads::{BinaryHead, EmotionsHead, Head, Mood, Scaling, SentimentHead, VectorHead};
pub use published::{Answers, Published};

use crate::Error;
use polso_domain::EMOTIONS;
use serde::{Deserialize, Serialize};

/// `card.toml` of a bundle. Unknown keys are refused: a misspelt temperature must not be silently 1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Name with version; every observation carries it.
    pub id: String,
    /// What runs its network.
    #[serde(default)]
    pub engine: Runs,
    /// Licence of the weights.
    pub licence: String,
    /// ISO 639-1 codes of the languages it was trained and measured on.
    pub languages: Vec<String>,
    /// Longer texts are cut here and marked `truncated`.
    pub max_tokens: usize,
    /// sha256 of the network's file, hexadecimal.
    pub model_sha256: String,
    /// sha256 of `tokenizer.json`, hexadecimal.
    pub tokenizer_sha256: String,
    /// sha256 of `config.json`, hexadecimal; libtorch learns from it how the network is built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_sha256: Option<String>,
    /// sha256 of `validation.csv`, hexadecimal; a bundle without one cannot tell what its shares were calibrated on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validation_sha256: Option<String>,
    /// sha256 of `claims.toml`, hexadecimal; a bundle without one finds no claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims_sha256: Option<String>,
    /// What it is known to be bad at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weaknesses: Vec<String>,
    /// What the outputs of a published network mean; a bundle of one's own names its outputs like its heads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// The mood head, where the model has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentiment: Option<SentimentHead>,
    /// The emotions head, where the model has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emotions: Option<EmotionsHead>,
    /// The "needs checking" head, where the model has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_checking: Option<BinaryHead>,
    /// The head that tells questions, where the model has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<BinaryHead>,
    /// The head that places a text among all texts, where the model has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vector: Option<VectorHead>,
    /// Texts with the answers the model must give, for `polso check`.
    #[serde(default, rename = "probe", skip_serializing_if = "Vec::is_empty")]
    pub probes: Vec<Probe>,
    /// What it learned from.
    #[serde(default, rename = "training_set", skip_serializing_if = "Vec::is_empty")]
    pub training_sets: Vec<TrainingSet>,
    /// What it reached on data held apart.
    #[serde(default, rename = "dev_figure", skip_serializing_if = "Vec::is_empty")]
    pub dev_figures: Vec<DevFigure>,
}

/// What runs a network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Runs {
    /// The engine that is always there: `model.onnx`.
    #[default]
    Rten,
    /// libtorch, in programs that are built with it: `model.safetensors` and `config.json`.
    Libtorch,
}

/// A text with the answer the model must give. The language is given, so that a probe tests the model alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// The text.
    pub text: String,
    /// Its language; detected where the card does not say.
    pub lang: Option<String>,
    /// Calibrated probability, like the next three.
    pub negative: Option<f32>,
    /// See `negative`.
    pub neutral: Option<f32>,
    /// See `negative`.
    pub positive: Option<f32>,
    /// See `negative`.
    pub needs_checking: Option<f32>,
    /// Calibrated probability.
    pub question: Option<f32>,
    /// Calibrated probabilities, in the order of [`EMOTIONS`]; no number for those that the model does not know.
    pub emotions: Option<[f32; EMOTIONS.len()]>,
    /// The first components of the vector, which has unit length.
    pub vector_head: Option<[f32; 4]>,
}

/// A data set the model learned from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DevFigure {
    /// `sentiment`, `emotions`, `needs_checking`, `question` or `claims`.
    pub task: String,
    /// Which data.
    pub set: String,
    /// Language of the data, where it is one.
    pub lang: Option<String>,
    /// Which measure.
    pub metric: String,
    /// Rows measured.
    pub n: u32,
    /// The figure.
    pub value: f64,
    /// What a word-count baseline reaches.
    pub baseline: Option<f64>,
}

impl Card {
    /// The card as its file has it.
    pub fn written(&self) -> Result<String, Error> {
        let refused = |error: toml::ser::Error| Error::Unwritable { model: self.id.clone(), reason: error.to_string() };
        Ok(format!(
            "# Written by polso; `polso model show` says it in words.\n{}",
            toml::to_string(self).map_err(refused)?
        ))
    }

    /// What the model reads.
    pub fn heads(&self) -> Vec<Head> {
        Head::ALL.into_iter().filter(|head| self.has(*head)).collect()
    }

    /// Whether the model reads this.
    pub fn has(&self, head: Head) -> bool {
        match head {
            Head::Sentiment => self.sentiment.is_some(),
            Head::Emotions => self.emotions.is_some(),
            Head::NeedsChecking => self.needs_checking.is_some(),
            Head::Question => self.question.is_some(),
            Head::Vector => self.vector.is_some(),
        }
    }

    /// Numbers that the network gives a text for a head; 0 for one that it lacks.
    pub(crate) fn width(&self, head: Head) -> usize {
        match head {
            Head::Sentiment => 3 * usize::from(self.sentiment.is_some()),
            Head::Emotions => self.emotions.as_ref().map_or(0, |head| head.labels.len()),
            Head::NeedsChecking | Head::Question => usize::from(self.has(head)),
            Head::Vector => self.vector.map_or(0, |head| head.size),
        }
    }

    /// Whether it was trained and measured on a language.
    pub(crate) fn reads(&self, lang: &str) -> bool {
        self.languages.iter().any(|language| language == lang)
    }
}
