//! Measuring a model on labelled texts: reading them, asking the classifier, and the figures.

mod metrics;
mod rows;

use crate::failure::Failure;
use crate::printer::Printer;
use crate::settings::Settings;
use clap::ValueEnum;
use metrics::{Figures, Scored};
use polso_classify::{Bundle, Classifier, Lang, Text};
use polso_domain::Heard;
use rows::Row;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// What a model can be measured at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Task {
    Sentiment,
    Misinformation,
    Emotion,
    Claims,
}

/// Texts handed to the classifier at a time.
const WINDOW: usize = 16_384;

/// The answer, as `--json` prints it.
#[derive(Debug, Serialize)]
pub(crate) struct Measured {
    task: &'static str,
    model: String,
    /// Rows measured.
    n: usize,
    /// Rows with a label the task does not know.
    left_out: usize,
    /// Rows the model gave no reading for, by reason; they are not in `n`.
    unscored: BTreeMap<&'static str, usize>,
    #[serde(flatten)]
    figures: Figures,
    by_lang: BTreeMap<String, Figures>,
    posts_per_second: f64,
    peak_rss_mb: f64,
}

/// Measures. The row's own `lang` is believed; rows without one go through language detection.
pub(crate) fn measure(task: Task, path: &Path, settings: &Settings, printer: Printer) -> Result<Measured, Failure> {
    let (name, labels): (_, &[&str]) = match task {
        Task::Sentiment => ("sentiment", &["negative", "neutral", "positive"]),
        Task::Misinformation => ("misinformation", &["0", "1"]),
        Task::Emotion | Task::Claims => {
            let what = format!("the model {} has no head for this task", settings.model);
            return Err(Failure::usage(what, "sentiment and misinformation can be measured"));
        }
    };
    let (rows, left_out) = rows::read(path, labels)?;
    let bundle = Bundle::named(&settings.model)?;
    let mut classifier = Classifier::new(&bundle, &settings.classify)?;
    let bar = printer.bar("measuring", rows.len() as u64, "texts");
    let started = Instant::now();
    let mut heard = Vec::with_capacity(rows.len());
    for window in rows.chunks(WINDOW) {
        let texts: Vec<Text<'_>> = window.iter().map(Row::as_text).collect();
        heard.extend(classifier.hear(&texts)?);
        bar.inc(window.len() as u64);
    }
    let seconds = started.elapsed().as_secs_f64();
    bar.finish_and_clear();
    let threshold = f64::from(bundle.card().needs_checking.threshold);
    let mut unscored: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut by_lang: BTreeMap<String, Vec<Scored>> = BTreeMap::new();
    let mut all = Vec::new();
    for (row, heard) in rows.iter().zip(&heard) {
        match scored(task, row, heard) {
            Ok(scored) => {
                by_lang.entry(row.lang.clone().unwrap_or_else(|| heard.lang.clone())).or_default().push(scored.clone());
                all.push(scored);
            }
            Err(reason) => *unscored.entry(reason).or_default() += 1,
        }
    }
    let figures = |rows: &[Scored]| metrics::figures(rows, labels, threshold);
    Ok(Measured {
        task: name,
        model: bundle.card().id.clone(),
        n: all.len(),
        left_out,
        unscored,
        figures: figures(&all),
        by_lang: by_lang.iter().map(|(lang, rows)| (lang.clone(), figures(rows))).collect(),
        posts_per_second: rows.len() as f64 / seconds.max(1e-9),
        peak_rss_mb: peak_rss_mb(),
    })
}

fn scored(task: Task, row: &Row, heard: &Heard) -> Result<Scored, &'static str> {
    let reading = heard.reading.map_err(polso_domain::Unscored::as_str)?;
    let mood = reading.sentiment;
    let probabilities = if task == Task::Sentiment {
        [mood.negative(), mood.neutral(), mood.positive()].map(f64::from).to_vec()
    } else {
        let risk = reading.needs_checking.map(f64::from).ok_or("failed")?;
        vec![1.0 - risk, risk]
    };
    Ok(Scored { label: row.label, probabilities })
}

/// One JSON object.
pub(crate) fn json(measured: &Measured) -> String {
    serde_json::to_string(measured).unwrap_or_default()
}

/// A few lines for a person.
pub(crate) fn text(measured: &Measured) -> String {
    let Measured { task, model, n, left_out, unscored, figures, by_lang, posts_per_second, peak_rss_mb } = measured;
    let missing: usize = unscored.values().sum();
    let mut lines = vec![
        format!("{task} with {model}: {n} texts, {left_out} left out, {missing} unscored"),
        format!("macro-F1 {:.3}  accuracy {:.3}  ECE {:.3}", figures.macro_f1, figures.accuracy, figures.ece),
        format!(
            "share error: counted {:.3}, estimated {:.3}",
            figures.share_error.count, figures.share_error.estimated
        ),
    ];
    for (class, figure) in &figures.per_class {
        let (precision, recall, f1) = (figure.precision, figure.recall, figure.f1);
        lines.push(format!("  {class:10} precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}  n {}", figure.n));
    }
    for (lang, figures) in by_lang {
        lines.push(format!(
            "  {lang:10} macro-F1 {:.3}  accuracy {:.3}  n {}",
            figures.macro_f1, figures.accuracy, figures.n
        ));
    }
    lines.push(format!("{posts_per_second:.0} posts/s, peak memory {peak_rss_mb:.0} MB"));
    lines.join("\n")
}

/// Peak resident memory of this process in MB; 0 where the system does not say.
fn peak_rss_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1_024.0
}

impl Row {
    fn as_text(&self) -> Text<'_> {
        Text { text: &self.text, lang: self.lang.as_deref().map_or(Lang::Hinted(None), Lang::Known) }
    }
}
