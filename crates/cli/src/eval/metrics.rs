//! The figures of a task whose texts have one label each. Their definitions follow scikit-learn where it has them.

use super::session::Asked;
use super::shares::{self, ShareError};
use super::told::Lines;
use polso_classify::Answer;
use serde::Serialize;
use std::collections::BTreeMap;

/// Bins of the calibration error, equal in width (Guo et al. 2017).
const BINS: usize = 15;

/// A labelled text with what the model says: one probability a label, in the labels' order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored<const N: usize> {
    pub(super) label: usize,
    pub(super) probabilities: [f64; N],
}

/// Some texts with the estimated shares of their labels.
#[derive(Debug)]
pub(super) struct Group<const N: usize> {
    pub(super) rows: Vec<Scored<N>>,
    pub(super) estimated: [f64; N],
}

/// Figures over some texts.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figures {
    pub(super) n: usize,
    pub(super) macro_f1: f64,
    pub(super) accuracy: f64,
    pub(super) per_class: BTreeMap<String, ClassFigures>,
    /// Rows are true labels, columns predicted ones, in the order of `labels`.
    pub(super) confusion: Vec<Vec<usize>>,
    pub(super) labels: Vec<String>,
    /// Expected calibration error of the most probable label.
    pub(super) ece: f64,
    pub(super) share_error: ShareError,
    /// Two labels only: area under precision and recall of the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) average_precision: Option<f64>,
    /// Moods only: how often a negative text is told from a positive one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) polar_accuracy: Option<f64>,
}

/// Figures of one label.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(super) struct ClassFigures {
    pub(super) n: usize,
    pub(super) precision: f64,
    pub(super) recall: f64,
    pub(super) f1: f64,
}

/// All texts, and those of each language. Shares are estimated language by language.
pub(super) fn grouped<const N: usize>(
    asked: &Asked<usize>,
    probabilities: impl Fn(&Answer) -> [f64; N],
    estimated: impl Fn(&[[f64; N]], &str) -> [f64; N],
) -> (Group<N>, BTreeMap<String, Group<N>>) {
    let mut by_lang: BTreeMap<String, Vec<Scored<N>>> = BTreeMap::new();
    for (lang, label, answer) in &asked.readings {
        let scored = Scored { label: *label, probabilities: probabilities(answer) };
        by_lang.entry(lang.clone()).or_default().push(scored);
    }
    let group = |(lang, rows): (String, Vec<Scored<N>>)| {
        let probabilities: Vec<[f64; N]> = rows.iter().map(|row| row.probabilities).collect();
        let estimated = estimated(&probabilities, &lang);
        (lang, Group { rows, estimated })
    };
    let by_lang: BTreeMap<String, Group<N>> = by_lang.into_iter().map(group).collect();
    let sized: Vec<(usize, [f64; N])> = by_lang.values().map(|group| (group.rows.len(), group.estimated)).collect();
    let rows = by_lang.values().flat_map(|group| group.rows.iter().copied()).collect();
    (Group { rows, estimated: shares::pooled(&sized) }, by_lang)
}

/// All figures that every task has, with labels predicted by `predict`.
pub(super) fn figures<const N: usize>(
    group: &Group<N>,
    labels: [&str; N],
    predict: impl Fn(&[f64; N]) -> usize,
) -> Figures {
    let predicted: Vec<usize> = group.rows.iter().map(|row| predict(&row.probabilities)).collect();
    figures_of(group, labels, &predicted)
}

/// The same with a label predicted for each row.
pub(super) fn figures_of<const N: usize>(group: &Group<N>, labels: [&str; N], predicted: &[usize]) -> Figures {
    let labels = labels.map(str::to_owned).to_vec();
    if group.rows.is_empty() {
        return Figures { labels, ..Figures::default() };
    }
    let rows = &group.rows;
    let mut confusion = vec![vec![0; N]; N];
    for (row, predicted) in rows.iter().zip(predicted) {
        confusion[row.label][*predicted] += 1;
    }
    let right: usize = (0..N).map(|label| confusion[label][label]).sum();
    let per_class: Vec<ClassFigures> = (0..N).map(|label| class(&confusion, label)).collect();
    let n = rows.len() as f64;
    let truth: [f64; N] = std::array::from_fn(|label| confusion[label].iter().sum::<usize>() as f64 / n);
    let counted = std::array::from_fn(|label| confusion.iter().map(|row| row[label]).sum::<usize>() as f64 / n);
    Figures {
        n: rows.len(),
        macro_f1: macro_f1(&per_class),
        accuracy: right as f64 / n,
        ece: calibration_error(rows.iter().map(|row| {
            let label = most_probable(&row.probabilities);
            (row.probabilities[label], label == row.label)
        })),
        share_error: ShareError {
            count: shares::distance(counted, truth),
            estimated: shares::distance(group.estimated, truth),
        },
        per_class: labels.iter().cloned().zip(per_class).collect(),
        confusion,
        labels,
        ..Figures::default()
    }
}

/// Place of the largest; of equal ones the last.
pub(crate) fn most_probable<const N: usize>(probabilities: &[f64; N]) -> usize {
    let best = probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(0, |(label, _)| label)
}

fn class(confusion: &[Vec<usize>], label: usize) -> ClassFigures {
    let n: usize = confusion[label].iter().sum();
    let predicted: usize = confusion.iter().map(|row| row[label]).sum();
    ClassFigures::of(confusion[label][label], predicted, n)
}

impl ClassFigures {
    /// From how many texts are predicted rightly, predicted at all, and truly of the label.
    pub(super) fn of(hits: usize, predicted: usize, n: usize) -> Self {
        let ratio = |of: usize| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
        let (precision, recall) = (ratio(predicted), ratio(n));
        let f1 = if hits == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        Self { n, precision, recall, f1 }
    }
}

/// Mean F1 of the labels that occur.
pub(super) fn macro_f1(classes: &[ClassFigures]) -> f64 {
    let present: Vec<f64> = classes.iter().filter(|class| class.n > 0).map(|class| class.f1).collect();
    present.iter().sum::<f64>() / present.len().max(1) as f64
}

/// Expected calibration error: how far probabilities are from how often they come true, bin by bin.
pub(crate) fn calibration_error(predictions: impl Iterator<Item = (f64, bool)>) -> f64 {
    let mut bins = [(0.0_f64, 0.0_f64); BINS];
    let mut n = 0_u32;
    for (probability, came_true) in predictions {
        let upper = (1..BINS).find(|bin| probability <= *bin as f64 / BINS as f64).unwrap_or(BINS);
        bins[upper - 1].0 += probability;
        bins[upper - 1].1 += f64::from(u8::from(came_true));
        n += 1;
    }
    bins.iter().map(|(probability, hits)| (probability - hits).abs()).sum::<f64>() / f64::from(n.max(1))
}

/// Of the texts that are negative or positive, those where the right one of the two is more probable.
pub(super) fn polar_accuracy(rows: &[Scored<3>]) -> Option<f64> {
    let polar: Vec<&Scored<3>> = rows.iter().filter(|row| row.label != 1).collect();
    let right = polar.iter().filter(|row| (row.probabilities[2] > row.probabilities[0]) == (row.label == 2)).count();
    (!polar.is_empty()).then(|| right as f64 / polar.len() as f64)
}

/// Σ (recallᵢ − recallᵢ₋₁) · precisionᵢ over falling thresholds; ties share one threshold.
pub(super) fn average_precision(rows: &[Scored<2>]) -> f64 {
    let mut ranked: Vec<(f64, bool)> = rows.iter().map(|row| (row.probabilities[1], row.label == 1)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = ranked.iter().filter(|row| row.1).count() as f64;
    let (mut seen, mut hits, mut recall, mut sum) = (0.0, 0.0, 0.0, 0.0);
    for group in ranked.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        seen += group.len() as f64;
        hits += group.iter().filter(|row| row.1).count() as f64;
        let reached = hits / positives.max(1.0);
        sum += (reached - recall) * hits / seen;
        recall = reached;
    }
    sum
}

impl Lines for Figures {
    fn n(&self) -> usize {
        self.n
    }

    fn headline(&self) -> String {
        let Self { macro_f1, accuracy, ece, share_error: ShareError { count, estimated }, .. } = self;
        format!(
            "macro-F1 {macro_f1:.3}  accuracy {accuracy:.3}  ECE {ece:.3}  share error {estimated:.3} (counted {count:.3})"
        )
    }

    fn details(&self) -> Vec<String> {
        let extra = [("average precision", self.average_precision), ("polar accuracy", self.polar_accuracy)];
        let extra = extra.into_iter().filter_map(|(name, value)| Some(format!("{name} {:.3}", value?)));
        extra.chain(class_lines(&self.per_class)).collect()
    }
}

/// A line a label.
pub(super) fn class_lines(per_class: &BTreeMap<String, ClassFigures>) -> impl Iterator<Item = String> {
    per_class.iter().map(|(class, ClassFigures { n, precision, recall, f1 })| {
        format!("  {class:12} precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}  n {n}")
    })
}

#[cfg(test)]
mod tests;
