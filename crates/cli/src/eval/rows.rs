//! Labelled texts: JSON Lines, plain or gzip.

use crate::failure::Failure;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A text whose label the task knows.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) lang: Option<String>,
    /// Place of the label among the task's labels.
    pub(super) label: usize,
}

#[derive(Deserialize)]
struct Written {
    text: String,
    #[serde(default)]
    label: Value,
    #[serde(default)]
    lang: Option<String>,
}

/// Reads a file; also says how many rows have a label that is none of `labels`. A line that is no row is an error: a
/// figure over a part of the data would be another figure.
pub(super) fn read(path: &Path, labels: &[&str]) -> Result<(Vec<Row>, usize), Failure> {
    let file = File::open(path).map_err(Failure::io("open", path))?;
    let gzip = path.extension().is_some_and(|extension| extension == "gz");
    let reader: Box<dyn Read> = if gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let (mut rows, mut left_out) = (Vec::new(), 0);
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let line = line.map_err(Failure::io("read", path))?;
        if line.trim().is_empty() {
            continue;
        }
        let written: Written = serde_json::from_str(&line).map_err(|error| {
            let what = format!("line {} of `{}` is no labelled text: {error}", number + 1, path.display());
            Failure::usage(what, "each line is an object with `text`, `label` and `lang`")
        })?;
        match place(&written.label, labels) {
            Some(label) => rows.push(Row { text: written.text, lang: written.lang, label }),
            None => left_out += 1,
        }
    }
    Ok((rows, left_out))
}

/// `1`, `"1"`, `true` and `"true"` are the same label.
fn place(label: &Value, labels: &[&str]) -> Option<usize> {
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
}
