//! A model's held-out posts as the statistics want them.

use polso_aggregate::{LabelledPost, Validation};
use polso_classify::Row;

/// Labelled posts, each counting once.
pub(crate) fn validation(held_out: Option<&polso_classify::Validation>) -> Validation {
    let rows = held_out.map_or(&[][..], polso_classify::Validation::rows);
    Validation::of(rows.iter().map(|Row { lang, mood, probabilities }| LabelledPost {
        lang: lang.clone(),
        mood: std::array::from_fn(|place| f64::from(u8::from(place == *mood))),
        probabilities: *probabilities,
    }))
}
