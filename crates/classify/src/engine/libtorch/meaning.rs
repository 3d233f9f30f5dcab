//! What the outputs of a published network mean.
//!
//! Such a network answers with as many numbers as it has labels. They become the logits of a head here, by label and without
//! losing anything: labels that mean the same are added as probabilities, and what becomes one yes-or-no question is told
//! from all the others. So the calibration of the head is the same as for any model.

use crate::Card;
use crate::card::{Answers, Head, Mood, Published};
use polso_domain::EMOTIONS;

impl Published {
    /// The logits of the card's head from the outputs of the network for one text.
    pub(super) fn logits(&self, card: &Card, outputs: &[f32]) -> Vec<f32> {
        let meaning = |wanted: &str| -> Vec<bool> { self.means.iter().map(|means| means == wanted).collect() };
        match card.heads().first() {
            Some(Head::Sentiment) => {
                let moods = [Mood::Negative, Mood::Neutral, Mood::Positive];
                moods.iter().map(|mood| log_sum_exp(outputs, &meaning(mood.name()), true)).collect()
            }
            Some(Head::Emotions) => {
                let labels = card.emotions.iter().flat_map(|head| &head.labels);
                labels.map(|place| self.yes(outputs, &meaning(EMOTIONS[*place]))).collect()
            }
            Some(head) => vec![self.yes(outputs, &meaning(head.name()))],
            None => Vec::new(),
        }
    }

    /// The logit of one question: any of the chosen outputs against all the others.
    fn yes(&self, outputs: &[f32], chosen: &[bool]) -> f32 {
        if self.answers == Answers::One {
            return log_sum_exp(outputs, chosen, true) - log_sum_exp(outputs, chosen, false);
        }
        // The likeliest: how far labels that mean nearly the same go together is not known.
        let each = outputs.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(logit, _)| *logit);
        // Told by hand, for `max` would lose what is no number.
        each.fold(f32::NEG_INFINITY, |most, logit| if logit > most || logit.is_nan() { logit } else { most })
    }
}

/// Logarithm of the summed weights of the outputs that are chosen, or of those that are not.
fn log_sum_exp(outputs: &[f32], chosen: &[bool], which: bool) -> f32 {
    let taken = || outputs.iter().zip(chosen).filter(|(_, chosen)| **chosen == which).map(|(logit, _)| *logit);
    if taken().any(f32::is_nan) {
        return f32::NAN;
    }
    let top = taken().fold(f32::NEG_INFINITY, f32::max);
    // Of nothing, the logarithm of zero.
    if top == f32::NEG_INFINITY { top } else { top + taken().map(|logit| (logit - top).exp()).sum::<f32>().ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logits(head: &str, answers: &str, means: &[&str], outputs: &[f32]) -> Vec<f32> {
        let card = format!(
            "id = 'x'\nlicence = 'mit'\nlanguages = ['it']\nmax_tokens = 9\nmodel_sha256 = ''\ntokenizer_sha256 = ''\n\
             [published]\nsource = 's'\nanswers = '{answers}'\nmeans = {means:?}\n{head}"
        );
        let card: Card = toml::from_str(&card).unwrap();
        card.published.as_ref().unwrap().logits(&card, outputs)
    }

    fn near(found: &[f32], expected: &[f32]) {
        let far = found.iter().zip(expected).any(|(found, expected)| (found - expected).abs() > 1e-5);
        assert!(found.len() == expected.len() && !far, "{found:?} is not {expected:?}");
    }

    const MOOD: &str = "[sentiment]\nlabels = ['negative', 'neutral', 'positive']\ntemperature = 1\n";
    const CHECK: &str = "[needs_checking]\ntemperature = 1\nbias = 0\nthreshold = 0.5\n";
    const FEELINGS: &str =
        "[emotions]\nlabels = ['joy', 'fear']\ntemperature = [1, 1]\nbias = [0, 0]\nthreshold = [0.5, 0.5]\n";

    #[test]
    fn moods_are_put_in_order_and_stars_are_added_up() {
        near(&logits(MOOD, "one", &["positive", "negative", "neutral"], &[3.0, 1.0, 2.0]), &[1.0, 2.0, 3.0]);
        let stars = ["negative", "negative", "neutral", "positive", "positive"];
        let two = 2.0_f32.ln();
        near(&logits(MOOD, "one", &stars, &[0.0, 0.0, 0.0, 1.0, 1.0]), &[two, 0.0, 1.0 + two]);
    }

    #[test]
    fn one_label_of_several_is_told_from_all_others() {
        near(&logits(CHECK, "one", &["", "needs_checking"], &[0.5, 2.0]), &[1.5]);
        near(&logits(CHECK, "one", &["", "needs_checking", ""], &[0.0, 0.0, 0.0]), &[-(2.0_f32.ln())]);
        near(&logits(CHECK, "several", &["needs_checking"], &[0.25]), &[0.25]);
    }

    #[test]
    fn emotions_are_each_a_question() {
        near(&logits(FEELINGS, "several", &["fear", "joy", "", "joy"], &[1.0, 2.0, 9.0, 3.0]), &[3.0, 1.0]);
        let others = (1.0_f32.exp() + 1.0).ln();
        near(&logits(FEELINGS, "one", &["fear", "joy", ""], &[1.0, 2.0, 0.0])[..1], &[2.0 - others]);
    }

    #[test]
    fn what_is_no_number_stays_none() {
        let found = logits(CHECK, "several", &["needs_checking"], &[f32::NAN]);
        assert!(found[0].is_nan());
        assert!(logits(CHECK, "one", &["", "needs_checking"], &[f32::NAN, 1.0])[0].is_nan());
    }
}
