//! A model's card: what it reads, what its numbers mean, and how to know that it is the right one.

use polso_domain::{EMOTIONS, Emotions};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

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
    /// sha256 of `validation.csv`, hexadecimal; a bundle without one cannot tell what its shares were calibrated on.
    pub validation_sha256: Option<String>,
    /// sha256 of `claims.toml`, hexadecimal; a bundle without one finds no claims.
    pub claims_sha256: Option<String>,
    /// What it is known to be bad at.
    #[serde(default)]
    pub weaknesses: Vec<String>,
    /// The mood head.
    pub sentiment: SentimentHead,
    /// The emotions head, where the model has one.
    pub emotions: Option<EmotionsHead>,
    /// The "needs checking" head.
    pub needs_checking: BinaryHead,
    /// The head that tells questions, where the model has one.
    pub question: Option<BinaryHead>,
    /// The head that places a text among all texts, where the model has one.
    pub vector: Option<VectorHead>,
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
    /// Is added after that, in the order of `labels`. Without it a label that the model favours spoils every estimate of
    /// shares (Alexandari, Kundaje & Shrikumar 2020: bias-corrected temperature scaling).
    #[serde(default)]
    pub bias: [f32; 3],
    /// The same for texts of one language, where its own fits better.
    #[serde(default)]
    pub by_lang: BTreeMap<String, Scaling>,
}

/// Temperature and bias of one language.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scaling {
    /// Divides the logits.
    pub temperature: f32,
    /// Is added after that, in the order of the head's labels.
    pub bias: [f32; 3],
}

impl SentimentHead {
    /// What holds for texts of a language.
    pub(crate) fn scaling(&self, lang: &str) -> Scaling {
        let common = Scaling { temperature: self.temperature, bias: self.bias };
        self.by_lang.get(lang).copied().unwrap_or(common)
    }
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

impl Mood {
    /// The mood of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "negative" => Some(Self::Negative),
            "neutral" => Some(Self::Neutral),
            "positive" => Some(Self::Positive),
            _ => None,
        }
    }
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

/// How the eight emotion logits become probabilities, each by itself as in [`BinaryHead`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmotionsHead {
    /// Meaning of the logits, in order: the place of each in [`EMOTIONS`].
    #[serde(deserialize_with = "places")]
    pub labels: [usize; EMOTIONS.len()],
    /// Divides each logit, in the order of `labels` like the two below.
    pub temperature: Emotions,
    /// Is added after that.
    pub bias: Emotions,
    /// Probability from which an emotion holds.
    pub threshold: Emotions,
}

/// What the vectors are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VectorHead {
    /// Components of each.
    pub size: usize,
}

/// A text with the answer the model must give. The language is given, so that a probe tests the model alone.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// The text.
    pub text: String,
    /// Its language; detected where the card does not say.
    pub lang: Option<String>,
    /// Calibrated probability.
    pub negative: f32,
    /// Calibrated probability.
    pub neutral: f32,
    /// Calibrated probability.
    pub positive: f32,
    /// Calibrated probability.
    pub needs_checking: f32,
    /// Calibrated probability.
    pub question: Option<f32>,
    /// Calibrated probabilities, in the order of [`EMOTIONS`].
    pub emotions: Option<Emotions>,
    /// The first components of the vector, which has unit length.
    pub vector_head: Option<[f32; 4]>,
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

impl EmotionsHead {
    /// The thresholds in the order of [`EMOTIONS`].
    pub fn thresholds(&self) -> Emotions {
        let mut ordered = Emotions::default();
        for (place, threshold) in self.labels.iter().zip(self.threshold) {
            ordered[*place] = threshold;
        }
        ordered
    }
}

impl Card {
    /// The heads, by the names of their columns.
    pub fn heads(&self) -> Vec<&'static str> {
        let optional = [
            ("emotions", self.emotions.is_some()),
            ("question", self.question.is_some()),
            ("vector", self.vector.is_some()),
        ];
        let present = optional.into_iter().filter(|(_, present)| *present).map(|(name, _)| name);
        ["sentiment", "needs_checking"].into_iter().chain(present).collect()
    }
}

/// Each emotion once, in whatever order the model was trained on.
fn places<'de, D: Deserializer<'de>>(written: D) -> Result<[usize; EMOTIONS.len()], D::Error> {
    let labels = <[String; EMOTIONS.len()]>::deserialize(written)?;
    let mut places = [0; EMOTIONS.len()];
    for (place, label) in places.iter_mut().zip(&labels) {
        let known = EMOTIONS.iter().position(|known| known == label);
        *place = known.ok_or_else(|| D::Error::custom(format!("`{label}` is none of {}", EMOTIONS.join(", "))))?;
    }
    let twice = labels.iter().enumerate().find(|(i, label)| labels[..*i].contains(label));
    twice.map_or(Ok(places), |(_, label)| Err(D::Error::custom(format!("`{label}` stands there twice"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(labels: &str) -> Result<EmotionsHead, toml::de::Error> {
        let numbers = "[1, 2, 3, 4, 5, 6, 7, 8]";
        toml::from_str(&format!(
            "labels = {labels}\ntemperature = {numbers}\nbias = {numbers}\nthreshold = {numbers}\n"
        ))
    }

    #[test]
    fn emotions_in_any_order_find_their_place() {
        let head = head(r#"["fear","anger","joy","sadness","disgust","surprise","trust","anticipation"]"#).unwrap();
        assert_eq!(head.labels[..3], [1, 0, 2]);
        assert_eq!(head.thresholds()[..3], [2.0, 1.0, 3.0]);
    }

    #[test]
    fn an_emotion_that_is_none_or_stands_there_twice_gets_a_caret() {
        for (labels, reason) in [
            (r#"["love","anger","joy","sadness","disgust","surprise","trust","anticipation"]"#, "`love` is none of"),
            (r#"["anger","anger","joy","sadness","disgust","surprise","trust","anticipation"]"#, "stands there twice"),
        ] {
            let error = head(labels).unwrap_err().to_string();
            assert!(error.contains(reason) && error.contains('^'), "{error}");
        }
    }
}
