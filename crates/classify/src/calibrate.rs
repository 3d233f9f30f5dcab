//! Logits → probabilities that mean what they say, by the numbers on the card.

use crate::card::{BinaryHead, Mood, SentimentHead};
use polso_domain::Sentiment;

/// Tempered softmax; `None` when the logits are no numbers.
pub(crate) fn sentiment(logits: [f32; 3], head: &SentimentHead) -> Option<Sentiment> {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut weights = [0.0; 3];
    for (logit, label) in logits.iter().zip(head.labels) {
        weights[label as usize] += ((logit - top) / head.temperature).exp();
    }
    debug_assert_eq!(Mood::Positive as usize, 2);
    Sentiment::new(weights[0], weights[1], weights[2])
}

/// Scaled sigmoid; `None` when the logit is no number.
pub(crate) fn probability(logit: f32, head: &BinaryHead) -> Option<f32> {
    let probability = 1.0 / (1.0 + (-(logit / head.temperature + head.bias)).exp());
    probability.is_finite().then_some(probability)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_find_their_place_whatever_the_model_orders() {
        let labels = [Mood::Positive, Mood::Negative, Mood::Neutral];
        let head = SentimentHead { labels, temperature: 1.0 };
        let mood = sentiment([9.0, 0.0, 0.0], &head).unwrap();
        assert!(mood.positive() > 0.99);
        assert!(sentiment([f32::NAN, 0.0, 0.0], &head).is_none());
    }

    #[test]
    fn a_high_temperature_makes_modest() {
        let hot = BinaryHead { temperature: 10.0, bias: 0.0, threshold: 0.5 };
        let cold = BinaryHead { temperature: 1.0, ..hot };
        assert!(probability(3.0, &hot).unwrap() < probability(3.0, &cold).unwrap());
        assert!(probability(f32::NAN, &cold).is_none());
    }
}
