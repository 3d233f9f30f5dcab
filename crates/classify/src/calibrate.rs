//! Logits → probabilities that mean what they say, by the numbers on the card.

use crate::card::{BinaryHead, EmotionsHead, Mood, Scaling, SentimentHead};
use polso_domain::{Emotions, Sentiment};

/// Softmax of the scaled logits, with the language's own scaling if it has one; `None` when the logits are no numbers.
pub(crate) fn sentiment(logits: [f32; 3], head: &SentimentHead, lang: &str) -> Option<Sentiment> {
    let Scaling { temperature, bias } = head.scaling(lang);
    let scaled: [f32; 3] = std::array::from_fn(|i| logits[i] / temperature + bias[i]);
    let top = scaled.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut weights = [0.0; 3];
    for (scaled, label) in scaled.iter().zip(head.labels) {
        weights[label as usize] += (scaled - top).exp();
    }
    debug_assert_eq!(Mood::Positive as usize, 2);
    Sentiment::new(weights[0], weights[1], weights[2])
}

/// Scaled sigmoid; `None` when the logit is no number.
pub(crate) fn probability(logit: f32, head: &BinaryHead) -> Option<f32> {
    let probability = 1.0 / (1.0 + (-(logit / head.temperature + head.bias)).exp());
    probability.is_finite().then_some(probability)
}

/// One scaled sigmoid an emotion, put in the stored order; `None` when a logit is no number.
pub(crate) fn emotions(logits: &[f32], head: &EmotionsHead) -> Option<Emotions> {
    let mut probabilities = Emotions::default();
    for ((logit, place), each) in logits.iter().zip(&head.labels).zip(&head.each) {
        probabilities[*place] = Some(probability(*logit, each)?);
    }
    Some(probabilities)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn head(labels: [Mood; 3], by_lang: BTreeMap<String, Scaling>) -> SentimentHead {
        SentimentHead { labels, temperature: 1.0, bias: [0.0; 3], by_lang }
    }

    #[test]
    fn labels_find_their_place_whatever_the_model_orders() {
        let head = head([Mood::Positive, Mood::Negative, Mood::Neutral], BTreeMap::new());
        let mood = sentiment([9.0, 0.0, 0.0], &head, "it").unwrap();
        assert!(mood.positive() > 0.99);
        assert!(sentiment([f32::NAN, 0.0, 0.0], &head, "it").is_none());
    }

    #[test]
    fn a_language_may_have_a_scaling_of_its_own() {
        let own = |temperature, bias| Scaling { temperature, bias };
        let by_lang =
            BTreeMap::from([("it".to_owned(), own(4.0, [0.0; 3])), ("de".to_owned(), own(1.0, [0.0, 0.0, -1.0]))]);
        let head = head([Mood::Negative, Mood::Neutral, Mood::Positive], by_lang);
        let positive = |lang: &str| sentiment([0.0, 0.0, 2.0], &head, lang).unwrap().positive();
        assert!(positive("it") < positive("en") && positive("de") < positive("en"));
        assert!((positive("fi") - positive("en")).abs() < f32::EPSILON);
    }

    #[test]
    fn emotions_find_their_place_too() {
        let plain = BinaryHead { temperature: 1.0, bias: 0.0, threshold: 0.5 };
        let head = EmotionsHead { labels: vec![1, 0, 7], each: vec![plain; 3] };
        let found = emotions(&[9.0, -9.0, 0.0], &head).unwrap();
        assert!(found[1].unwrap() > 0.99 && found[0].unwrap() < 0.01 && (found[7].unwrap() - 0.5).abs() < 1e-6);
        assert_eq!(found[2], None);
        assert!(emotions(&[f32::NAN; 3], &head).is_none());
    }

    #[test]
    fn a_high_temperature_makes_modest() {
        let hot = BinaryHead { temperature: 10.0, bias: 0.0, threshold: 0.5 };
        let cold = BinaryHead { temperature: 1.0, ..hot };
        assert!(probability(3.0, &hot).unwrap() < probability(3.0, &cold).unwrap());
        assert!(probability(f32::NAN, &cold).is_none());
    }
}
