//! Labelled texts: JSON Lines, plain or gzip.

use crate::failure::Failure;
use flate2::read::MultiGzDecoder;
use polso_classify::{Lang, Text};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A text whose label the task knows.
#[derive(Debug, Clone)]
pub(crate) struct Row<L> {
    pub(crate) text: String,
    pub(crate) lang: Option<String>,
    pub(crate) label: L,
}

impl<L> Row<L> {
    pub(crate) fn as_text(&self) -> Text<'_> {
        Text { text: &self.text, lang: self.lang.as_deref().map_or(Lang::Hinted(None), Lang::Known) }
    }
}

#[derive(Deserialize)]
struct Written {
    text: String,
    #[serde(default)]
    label: Value,
    #[serde(default)]
    lang: Option<String>,
}

/// Reads a file of labelled texts; also says how many rows have a label that `know` does not know.
pub(crate) fn labelled<L>(path: &Path, know: impl Fn(&Value) -> Option<L>) -> Result<(Vec<Row<L>>, usize), Failure> {
    let written: Vec<Written> = read(path, "an object with `text`, `label` and `lang`")?;
    let all = written.len();
    let row = |Written { text, label, lang }| know(&label).map(|label| Row { text, lang, label });
    let rows: Vec<Row<L>> = written.into_iter().filter_map(row).collect();
    let left_out = all - rows.len();
    Ok((rows, left_out))
}

/// Reads a file. A line that is no row is an error: a figure over a part of the data would be another figure.
pub(crate) fn read<T: DeserializeOwned>(path: &Path, shape: &str) -> Result<Vec<T>, Failure> {
    let file = File::open(path).map_err(Failure::io("open", path))?;
    let gzip = path.extension().is_some_and(|extension| extension == "gz");
    let reader: Box<dyn Read> = if gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut rows = Vec::new();
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let line = line.map_err(Failure::io("read", path))?;
        if line.trim().is_empty() {
            continue;
        }
        rows.push(serde_json::from_str(&line).map_err(|error| {
            let what = format!("line {} of `{}` is no row: {error}", number + 1, path.display());
            Failure::usage(what, format!("each line is {shape}"))
        })?);
    }
    Ok(rows)
}
