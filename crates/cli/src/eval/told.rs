//! What was measured, as JSON and as lines for a person.

use serde::Serialize;
use std::collections::BTreeMap;

/// An answer in both forms.
pub(super) trait Told {
    /// One JSON object.
    fn json(&self) -> String;
    /// A few lines for a person.
    fn text(&self) -> String;
}

/// The figures of one task over some texts.
pub(super) trait Lines: Serialize {
    /// Texts measured.
    fn n(&self) -> usize;
    /// The main figures on one line.
    fn headline(&self) -> String;
    /// What else there is to say, a line each.
    fn details(&self) -> Vec<String>;
}

/// The answer of one task, as `--json` prints it.
#[derive(Debug, Serialize)]
pub(super) struct Measured<F> {
    pub(super) task: &'static str,
    pub(super) model: String,
    #[serde(flatten)]
    pub(super) missing: Missing,
    #[serde(flatten)]
    pub(super) figures: F,
    pub(super) by_lang: BTreeMap<String, F>,
    pub(super) posts_per_second: f64,
    pub(super) peak_rss_mb: f64,
}

/// Rows that were not measured, or not answered.
#[derive(Debug, Serialize)]
pub(crate) struct Missing {
    /// Rows with a label the task does not know.
    pub(crate) left_out: usize,
    /// Rows the model gave no answer for, by reason.
    pub(crate) unscored: BTreeMap<&'static str, usize>,
}

impl<F: Lines> Told for Measured<F> {
    fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn text(&self) -> String {
        let Self { task, model, missing, figures, by_lang, posts_per_second, peak_rss_mb } = self;
        let (n, left_out, unscored) = (figures.n(), missing.left_out, missing.unscored.values().sum::<usize>());
        let mut lines = vec![
            format!("{task} with {model}: {n} texts, {left_out} left out, {unscored} unscored"),
            figures.headline(),
        ];
        lines.extend(figures.details());
        lines.extend(by_lang.iter().map(|(lang, own)| format!("  {lang:12} {}  n {}", own.headline(), own.n())));
        lines.push(format!("{posts_per_second:.0} posts/s, peak memory {peak_rss_mb:.0} MB"));
        lines.join("\n")
    }
}
