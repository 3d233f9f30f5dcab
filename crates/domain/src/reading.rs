//! What a model read in a text, or why it did not read it.

/// The eight emotions of a reading, in the order they are stored (Plutchik's basic ones).
pub const EMOTIONS: [&str; 8] = ["anger", "fear", "joy", "sadness", "disgust", "surprise", "trust", "anticipation"];

/// Probability of each emotion, in the order of [`EMOTIONS`]; several may hold at once. `None` for those that the model
/// does not know.
pub type Emotions = [Option<f32>; EMOTIONS.len()];

/// A calibrated distribution over three moods. Sums to one; there is no way to ask it for a lone label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sentiment {
    negative: f32,
    neutral: f32,
    positive: f32,
}

impl Sentiment {
    /// From three weights that are not negative and not all zero; they are scaled to sum to one. `None` otherwise.
    pub fn new(negative: f32, neutral: f32, positive: f32) -> Option<Self> {
        let sum = negative + neutral + positive;
        let fine = sum.is_finite() && sum > 0.0 && [negative, neutral, positive].iter().all(|weight| *weight >= 0.0);
        fine.then(|| Self { negative: negative / sum, neutral: neutral / sum, positive: positive / sum })
    }

    /// Probability that the text is negative.
    pub fn negative(&self) -> f32 {
        self.negative
    }

    /// Probability that the text is neutral.
    pub fn neutral(&self) -> f32 {
        self.neutral
    }

    /// Probability that the text is positive.
    pub fn positive(&self) -> f32 {
        self.positive
    }
}

/// What one pass of the model says about a text. Parts that the model has no head for are `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The mood.
    pub sentiment: Sentiment,
    /// Emotions, several may hold.
    pub emotions: Option<Emotions>,
    /// Probability that somebody should check what is claimed. Never "false".
    pub needs_checking: Option<f32>,
    /// Whether it asks something.
    pub question: Option<bool>,
    /// The text was longer than the model reads; only its beginning counted.
    pub truncated: bool,
}

/// Why a text has no reading. Such posts are counted and shown, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unscored {
    /// The language is outside the model's, or could not be told.
    UnsupportedLanguage,
    /// Nothing to read is left without links, accounts and signs.
    TooShort,
    /// The model answered something that is no answer.
    Failed,
}

impl Unscored {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnsupportedLanguage => "unsupported_language",
            Self::TooShort => "too_short",
            Self::Failed => "failed",
        }
    }
}

/// Everything the classifier knows about one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Detected language as an ISO 639-1 code; `und` when it cannot be told.
    pub lang: String,
    /// How sure the detector is, 0 to 1.
    pub lang_confidence: f32,
    /// Fingerprint of the normalised text.
    pub text_key: crate::TextKey,
    /// The reading, or why there is none.
    pub reading: Result<Reading, Unscored>,
    /// Where the text lies among all texts; `None` when it was not read or the model has no such head.
    pub vector: Option<crate::Vector>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentiment_always_sums_to_one() {
        let mood = Sentiment::new(1.0, 2.0, 1.0).unwrap();
        assert!((mood.negative() + mood.neutral() + mood.positive() - 1.0).abs() < 1e-6);
        assert!(Sentiment::new(0.0, 0.0, 0.0).is_none());
        assert!(Sentiment::new(f32::NAN, 0.5, 0.5).is_none());
        assert!(Sentiment::new(-0.1, 0.6, 0.5).is_none());
    }
}
