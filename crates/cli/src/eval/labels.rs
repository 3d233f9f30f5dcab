//! Labels as people write them.

use polso_domain::EMOTIONS;
use serde_json::Value;

/// Which emotions hold, in the order of [`EMOTIONS`].
pub(crate) type Held = [bool; EMOTIONS.len()];

/// Words for "no emotion".
const NONE: [&str; 3] = ["neutral", "none", "noemotion"];

/// Place of a label among a task's labels. `1`, `"1"`, `true` and `"true"` are the same label.
pub(crate) fn place(label: &Value, labels: &[&str]) -> Option<usize> {
    let spelt = match label {
        Value::String(text) => text.trim().to_lowercase(),
        Value::Bool(_) | Value::Number(_) => label.to_string(),
        _ => return None,
    };
    let spelt = match spelt.as_str() {
        "true" | "1.0" => "1",
        "false" | "0.0" => "0",
        other => other,
    };
    labels.iter().position(|known| *known == spelt)
}

/// The emotions of a list of names, or of names joined with `+` or `,`; an empty list holds none. Unknown names beside
/// known ones are passed over; `None` when no name is known.
pub(crate) fn emotions(label: &Value) -> Option<Held> {
    let names: Vec<String> = match label {
        Value::String(joined) => joined.split(['+', ',']).map(str::to_owned).collect(),
        Value::Array(names) => names.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect(),
        _ => return None,
    };
    let mut held = Held::default();
    let mut is_known = names.is_empty();
    for name in names.iter().map(|name| name.trim().to_lowercase()) {
        if let Some(place) = EMOTIONS.iter().position(|known| *known == name) {
            held[place] = true;
            is_known = true;
        }
        is_known |= NONE.contains(&name.as_str());
    }
    is_known.then_some(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn labels_in_every_spelling() {
        for label in [json!(1), json!("1"), json!(true), json!("True"), json!(1.0)] {
            assert_eq!(place(&label, &["0", "1"]), Some(1), "{label}");
        }
        for label in [json!("mixed"), json!(null), json!(2), json!(["1"])] {
            assert_eq!(place(&label, &["0", "1"]), None, "{label}");
        }
    }

    #[test]
    fn emotions_in_every_spelling() {
        let held = |names: &[&str]| Some(EMOTIONS.map(|known| names.contains(&known)));
        for label in [json!(["joy", "trust"]), json!("joy+trust"), json!("Joy, trust"), json!(["joy", "trust", "love"])]
        {
            assert_eq!(emotions(&label), held(&["joy", "trust"]), "{label}");
        }
        for label in [json!([]), json!("neutral"), json!(["none"]), json!(["neutral", "love"])] {
            assert_eq!(emotions(&label), held(&[]), "{label}");
        }
        for label in [json!(["love"]), json!("love+hope"), json!(null), json!(3), json!([1])] {
            assert_eq!(emotions(&label), None, "{label}");
        }
    }
}
