//! What a model can be asked for, and how the numbers of each head become probabilities.

use polso_domain::EMOTIONS;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Something that a model reads in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    /// The mood.
    Sentiment,
    /// Emotions.
    Emotions,
    /// Whether somebody should check what is claimed.
    NeedsChecking,
    /// Whether it asks something.
    Question,
    /// Where the text lies among all texts.
    Vector,
}

impl Head {
    /// All of them, the mood first.
    pub const ALL: [Self; 5] = [Self::Sentiment, Self::Emotions, Self::NeedsChecking, Self::Question, Self::Vector];

    /// The name of its table on the card and of its output in the network.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sentiment => "sentiment",
            Self::Emotions => "emotions",
            Self::NeedsChecking => "needs_checking",
            Self::Question => "question",
            Self::Vector => "vector",
        }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How the three mood logits become probabilities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_lang: BTreeMap<String, Scaling>,
}

/// Temperature and bias of one language.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        }
    }

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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BinaryHead {
    /// Divides the logit.
    pub temperature: f32,
    /// Is added after that.
    pub bias: f32,
    /// Probability from which a post counts.
    pub threshold: f32,
}

/// How the emotion logits become probabilities, each by itself as in [`BinaryHead`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "WrittenEmotions", into = "WrittenEmotions")]
pub struct EmotionsHead {
    /// Meaning of the logits, in order: the place of each in [`EMOTIONS`]. Some of the eight or all.
    pub labels: Vec<usize>,
    /// Temperature, bias and threshold of each, in the order of `labels`.
    pub each: Vec<BinaryHead>,
}

/// The head as the card has it: a list a number.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEmotions {
    labels: Vec<String>,
    temperature: Vec<f32>,
    bias: Vec<f32>,
    threshold: Vec<f32>,
}

impl TryFrom<WrittenEmotions> for EmotionsHead {
    type Error = String;

    /// Each emotion at most once, in whatever order the model was trained on.
    fn try_from(written: WrittenEmotions) -> Result<Self, String> {
        let WrittenEmotions { labels, temperature, bias, threshold } = written;
        let place = |label: &String| {
            let known = EMOTIONS.iter().position(|known| known == label);
            known.ok_or_else(|| format!("`{label}` is none of {}", EMOTIONS.join(", ")))
        };
        let places = labels.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        if let Some((_, label)) = labels.iter().enumerate().find(|(i, label)| labels[..*i].contains(label)) {
            return Err(format!("`{label}` stands there twice"));
        }
        if [temperature.len(), bias.len(), threshold.len()] != [labels.len(); 3] {
            return Err(format!("temperature, bias and threshold each need {} numbers, one a label", labels.len()));
        }
        let numbers = temperature.into_iter().zip(bias).zip(threshold);
        let each = numbers.map(|((temperature, bias), threshold)| BinaryHead { temperature, bias, threshold });
        Ok(Self { labels: places, each: each.collect() })
    }
}

impl From<EmotionsHead> for WrittenEmotions {
    fn from(head: EmotionsHead) -> Self {
        let numbers = |of: fn(&BinaryHead) -> f32| head.each.iter().map(of).collect();
        Self {
            labels: head.labels.iter().map(|place| EMOTIONS[*place].to_owned()).collect(),
            temperature: numbers(|each| each.temperature),
            bias: numbers(|each| each.bias),
            threshold: numbers(|each| each.threshold),
        }
    }
}

impl EmotionsHead {
    /// The thresholds in the order of [`EMOTIONS`]; `None` for those that the model does not know.
    pub fn thresholds(&self) -> [Option<f32>; EMOTIONS.len()] {
        let mut ordered = [None; EMOTIONS.len()];
        for (place, each) in self.labels.iter().zip(&self.each) {
            ordered[*place] = Some(each.threshold);
        }
        ordered
    }
}

/// What the vectors are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VectorHead {
    /// Components of each.
    pub size: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(labels: &str, numbers: &str) -> Result<EmotionsHead, toml::de::Error> {
        toml::from_str(&format!(
            "labels = {labels}\ntemperature = {numbers}\nbias = {numbers}\nthreshold = {numbers}\n"
        ))
    }

    #[test]
    fn emotions_in_any_order_find_their_place() {
        let labels = r#"["fear","anger","joy","sadness","disgust","surprise","trust","anticipation"]"#;
        let head = head(labels, "[1, 2, 3, 4, 5, 6, 7, 8]").unwrap();
        assert_eq!(head.labels[..3], [1, 0, 2]);
        assert_eq!(head.thresholds()[..3], [Some(2.0), Some(1.0), Some(3.0)]);
    }

    #[test]
    fn a_model_may_know_some_emotions_only() {
        let head = head(r#"["joy","anger"]"#, "[1, 2]").unwrap();
        assert_eq!(head.thresholds()[..4], [Some(2.0), None, Some(1.0), None]);
        let written = toml::to_string(&head).unwrap();
        assert_eq!(toml::from_str::<EmotionsHead>(&written).unwrap(), head);
    }

    #[test]
    fn an_emotion_that_is_none_or_stands_there_twice_is_refused() {
        for (labels, reason) in [
            (r#"["love","anger"]"#, "`love` is none of"),
            (r#"["anger","anger"]"#, "stands there twice"),
            (r#"["anger","joy","fear"]"#, "each need 3 numbers"),
        ] {
            let error = head(labels, "[1, 2]").unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
