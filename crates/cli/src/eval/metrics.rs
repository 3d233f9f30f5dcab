//! The figures. Their definitions follow scikit-learn where it has them.

use serde::Serialize;
use std::collections::BTreeMap;

/// Bins of the calibration error, equal in width (Guo et al. 2017).
const BINS: usize = 15;

/// A labelled text with what the model says.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) label: usize,
    /// One probability a label, in the labels' order.
    pub(super) probabilities: Vec<f64>,
}

/// Figures over some texts.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figures {
    #[serde(skip)]
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
}

/// Figures of one label.
#[derive(Debug, Default, Serialize)]
pub(super) struct ClassFigures {
    pub(super) n: usize,
    pub(super) precision: f64,
    pub(super) recall: f64,
    pub(super) f1: f64,
}

/// Mean absolute error of the labels' shares over all texts.
#[derive(Debug, Default, Serialize)]
pub(super) struct ShareError {
    /// When the most probable labels are counted.
    pub(super) count: f64,
    /// When probabilities are averaged, as the daily summary does.
    pub(super) estimated: f64,
}

/// All figures. Of two labels the second is predicted from `threshold` on, of more the most probable.
pub(super) fn figures(rows: &[Scored], labels: &[&str], threshold: f64) -> Figures {
    if rows.is_empty() {
        return Figures { labels: labels.iter().map(ToString::to_string).collect(), ..Figures::default() };
    }
    let predict = |row: &Scored| match row.probabilities[..] {
        [_, second] => usize::from(second >= threshold),
        _ => most_probable(&row.probabilities),
    };
    let mut confusion = vec![vec![0; labels.len()]; labels.len()];
    for row in rows {
        confusion[row.label][predict(row)] += 1;
    }
    let right: usize = (0..labels.len()).map(|label| confusion[label][label]).sum();
    let per_class: Vec<ClassFigures> = (0..labels.len()).map(|label| class(&confusion, label)).collect();
    let present: Vec<&ClassFigures> = per_class.iter().filter(|class| class.n > 0).collect();
    Figures {
        n: rows.len(),
        macro_f1: present.iter().map(|class| class.f1).sum::<f64>() / present.len() as f64,
        accuracy: right as f64 / rows.len() as f64,
        ece: calibration_error(rows),
        share_error: share_error(rows, labels.len(), predict),
        average_precision: (labels.len() == 2).then(|| average_precision(rows)),
        per_class: labels.iter().map(ToString::to_string).zip(per_class).collect(),
        confusion,
        labels: labels.iter().map(ToString::to_string).collect(),
    }
}

fn most_probable(probabilities: &[f64]) -> usize {
    let best = probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(0, |(label, _)| label)
}

fn class(confusion: &[Vec<usize>], label: usize) -> ClassFigures {
    let n: usize = confusion[label].iter().sum();
    let predicted: usize = confusion.iter().map(|row| row[label]).sum();
    let hits = confusion[label][label] as f64;
    let ratio = |of: usize| if of == 0 { 0.0 } else { hits / of as f64 };
    let (precision, recall) = (ratio(predicted), ratio(n));
    let f1 = if hits == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    ClassFigures { n, precision, recall, f1 }
}

fn calibration_error(rows: &[Scored]) -> f64 {
    let mut bins = [(0.0_f64, 0.0_f64); BINS];
    for row in rows {
        let label = most_probable(&row.probabilities);
        let confidence = row.probabilities[label];
        let upper = (1..BINS).find(|bin| confidence <= *bin as f64 / BINS as f64).unwrap_or(BINS);
        bins[upper - 1].0 += confidence;
        bins[upper - 1].1 += f64::from(u8::from(label == row.label));
    }
    bins.iter().map(|(confidence, hits)| (confidence - hits).abs()).sum::<f64>() / rows.len() as f64
}

fn share_error(rows: &[Scored], labels: usize, predict: impl Fn(&Scored) -> usize) -> ShareError {
    let (mut truth, mut counted, mut estimated) = (vec![0.0; labels], vec![0.0; labels], vec![0.0; labels]);
    for row in rows {
        truth[row.label] += 1.0;
        counted[predict(row)] += 1.0;
        for (sum, probability) in estimated.iter_mut().zip(&row.probabilities) {
            *sum += probability;
        }
    }
    let error = |shares: &[f64]| {
        let total: f64 = shares.iter().zip(&truth).map(|(share, truth): (&f64, &f64)| (share - truth).abs()).sum();
        total / (labels * rows.len()) as f64
    };
    ShareError { count: error(&counted), estimated: error(&estimated) }
}

/// Σ (recallᵢ − recallᵢ₋₁) · precisionᵢ over falling thresholds; ties share one threshold.
fn average_precision(rows: &[Scored]) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(of: &[(usize, [f64; 2])]) -> Vec<Scored> {
        of.iter().map(|(label, p)| Scored { label: *label, probabilities: p.to_vec() }).collect()
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn figures_agree_with_hand_counts() {
        // One true positive, one false positive, one false negative, one true negative.
        let rows = rows(&[(1, [0.1, 0.9]), (0, [0.3, 0.7]), (1, [0.6, 0.4]), (0, [0.8, 0.2])]);
        let figures = figures(&rows, &["0", "1"], 0.5);
        near(figures.accuracy, 0.5);
        near(figures.macro_f1, 0.5);
        assert_eq!(figures.confusion, [[1, 1], [1, 1]]);
        near(figures.share_error.count, 0.0);
        near(figures.share_error.estimated, 0.05);
        // Ranking: hit, miss, hit, miss → (1/1 + 2/3) / 2.
        near(figures.average_precision.unwrap(), f64::midpoint(1.0, 2.0 / 3.0));
    }

    #[test]
    fn a_sure_and_right_model_is_calibrated() {
        let figures = figures(&rows(&[(0, [1.0, 0.0]), (1, [0.0, 1.0])]), &["0", "1"], 0.5);
        near(figures.ece, 0.0);
        near(figures.macro_f1, 1.0);
    }

    #[test]
    fn nothing_measured_is_no_crash() {
        assert_eq!(figures(&[], &["0", "1"], 0.5).n, 0);
    }
}
