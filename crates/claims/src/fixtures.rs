//! Sketches and parameters for tests: texts whose words are their meaning.

use crate::{Params, Query, Row, Sketcher};
use polso_domain::{ClaimId, Heard, Sketch, TextKey, Unscored, Vector};

const BUNDLED: &str = include_str!("../../../models/polso-mini-2/claims.toml");

/// Components of the bundled model's vectors.
const SIZE: usize = 384;

pub(crate) fn params() -> Params {
    Params::parse(BUNDLED).unwrap()
}

/// A vector in which each word has components of its own, so that texts with other words lie elsewhere.
pub(crate) fn vector(text: &str) -> Vector {
    let mut components = vec![0.0_f32; SIZE];
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        for (place, byte) in blake3::hash(word.as_bytes()).as_bytes().iter().enumerate() {
            components[place * 12 + usize::from(byte % 12)] += if byte & 128 == 0 { 1.0 } else { -1.0 };
        }
    }
    Vector::new(&components).unwrap_or_else(|| Vector::from_bytes(&[1; SIZE]).unwrap())
}

pub(crate) fn heard(text: &str, lang: &str) -> Heard {
    Heard {
        lang: lang.to_owned(),
        lang_confidence: 1.0,
        text_key: TextKey(0),
        reading: Err(Unscored::Failed),
        vector: Some(vector(text)),
    }
}

/// A sketch whose vector tells the words and whose stand tells the cues alone: invented vectors have no attitude.
pub(crate) fn sketch(text: &str, lang: &str) -> Sketch {
    let cues_alone = Heard { vector: Vector::from_bytes(&[1]), ..heard(text, lang) };
    let sketch = Sketcher::new(&params()).unwrap().sketch(text, &cues_alone).unwrap();
    Sketch { vector: vector(text), ..sketch }
}

pub(crate) fn row(claim: &str, lang: &str, text: &str) -> Row {
    Row { claim: ClaimId::new(claim).unwrap(), lang: lang.to_owned(), sketch: sketch(text, lang) }
}

/// A post to be matched.
pub(crate) fn query(sketch: &Sketch) -> Query<'_> {
    Query { sketch, lang: "it" }
}
