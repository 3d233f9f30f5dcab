//! Fits the calibration of a head on labelled answers, by maximum likelihood.
//!
//! Moods: bias-corrected temperature scaling (Alexandari, Kundaje & Shrikumar 2020), a language of its own where it has rows
//! enough. Yes-or-no heads: Platt scaling (1999). Both are the same small problem, a conditional logit model whose slope
//! leans on one and whose biases lean on zero, so that a few rows cannot carry it away; Newton's method solves it.

use crate::card::{BinaryHead, EmotionsHead, Mood, Scaling, SentimentHead};
use std::collections::BTreeMap;

/// A labelled text with what the model says of its mood before calibration.
#[derive(Debug, Clone, PartialEq)]
pub struct MoodRow {
    /// Its language.
    pub lang: String,
    /// Logits of negative, neutral and positive, up to a constant.
    pub logits: [f64; 3],
    /// Place of the true mood among them.
    pub label: usize,
}

/// Rows that a language needs for a scaling of its own.
const OWN: usize = 200;

/// How strongly the slope leans on one, and biases on zero, as so many rows would (`models/training/calibrate.py`).
const LEAN: [f64; 2] = [3.0, 0.01];

/// Steps that Newton's method takes at most; it is there after five.
const STEPS: usize = 50;

/// The mood head that makes labelled rows most likely.
pub fn sentiment(rows: &[MoodRow]) -> SentimentHead {
    let mut by_lang: BTreeMap<&str, Vec<&MoodRow>> = BTreeMap::new();
    for row in rows {
        by_lang.entry(&row.lang).or_default().push(row);
    }
    let Scaling { temperature, bias } = scaling(&rows.iter().collect::<Vec<_>>());
    // One language alone has the common scaling.
    let own = by_lang.len() > 1;
    let by_lang = by_lang.into_iter().filter(|(_, rows)| own && rows.len() >= OWN);
    SentimentHead {
        labels: [Mood::Negative, Mood::Neutral, Mood::Positive],
        temperature,
        bias,
        by_lang: by_lang.map(|(lang, rows)| (lang.to_owned(), scaling(&rows))).collect(),
    }
}

/// Calibrated probabilities of a row, in the order of its logits.
pub fn probabilities(row: &MoodRow, head: &SentimentHead) -> [f64; 3] {
    let Scaling { temperature, bias } = head.scaling(&row.lang);
    softmax(std::array::from_fn(|k| row.logits[k] / f64::from(temperature) + f64::from(bias[k])))
}

fn scaling(rows: &[&MoodRow]) -> Scaling {
    let numbers = |row: &&MoodRow| {
        let features = |k: usize| {
            let mut features = [row.logits[k], 0.0, 0.0, 0.0];
            features[1 + k] = 1.0;
            features
        };
        (std::array::from_fn(features), row.label)
    };
    let rows: Vec<([[f64; 4]; 3], usize)> = rows.iter().map(numbers).collect();
    let [slope, bias @ ..] = conditional_logit(&rows, [LEAN[0], LEAN[1], LEAN[1], LEAN[1]]);
    Scaling { temperature: narrow(1.0 / slope), bias: bias.map(narrow) }
}

/// Temperature and bias of a yes-or-no head from logits and answers. The threshold is where macro-F1 is best, and of equal
/// ones the highest: a false alarm costs a person's time.
pub fn question(rows: &[(f64, bool)]) -> BinaryHead {
    let (temperature, bias) = platt(rows);
    let head = BinaryHead { temperature, bias, threshold: 0.5 };
    let said: Vec<(f64, bool)> = rows.iter().map(|(logit, yes)| (probability(*logit, &head), *yes)).collect();
    let best = (5..=95).map(|percent| f64::from(percent) / 100.0).fold((0.5, -1.0), |best, threshold| {
        let score = macro_f1(&said, threshold);
        if score >= best.1 { (threshold, score) } else { best }
    });
    BinaryHead { threshold: narrow(best.0), ..head }
}

/// Calibrated probability of a yes.
pub fn probability(logit: f64, head: &BinaryHead) -> f64 {
    1.0 / (1.0 + (-(logit / f64::from(head.temperature) + f64::from(head.bias))).exp())
}

/// The emotions head that fits labelled rows: of each row the logits in the order of `head`, and which of them hold.
/// Thresholds are those of the best F1 that can be expected of such probabilities.
pub fn emotions(head: &EmotionsHead, rows: &[(Vec<f64>, Vec<bool>)]) -> EmotionsHead {
    let each = |place: usize| {
        let rows: Vec<(f64, bool)> = rows.iter().map(|(logits, held)| (logits[place], held[place])).collect();
        let (temperature, bias) = platt(&rows);
        let head = BinaryHead { temperature, bias, threshold: 0.5 };
        let threshold = expected_f1_threshold(rows.iter().map(|(logit, _)| probability(*logit, &head)).collect());
        BinaryHead { threshold: narrow(threshold), ..head }
    };
    EmotionsHead { labels: head.labels.clone(), each: (0..head.labels.len()).map(each).collect() }
}

fn platt(rows: &[(f64, bool)]) -> (f32, f32) {
    let numbers = |(logit, yes): &(f64, bool)| ([[0.0, 0.0], [*logit, 1.0]], usize::from(*yes));
    let rows: Vec<([[f64; 2]; 2], usize)> = rows.iter().map(numbers).collect();
    let [slope, bias] = conditional_logit(&rows, LEAN);
    (narrow(1.0 / slope), narrow(bias))
}

/// Mean over yes and no of the F1 at a threshold.
fn macro_f1(said: &[(f64, bool)], threshold: f64) -> f64 {
    let f1 = |of: bool| {
        let count = |found: bool, held: bool| {
            said.iter().filter(|(p, yes)| ((*p >= threshold) == of) == found && (*yes == of) == held).count() as f64
        };
        2.0 * count(true, true) / (2.0 * count(true, true) + count(true, false) + count(false, true)).max(1.0)
    };
    f64::midpoint(f1(true), f1(false))
}

/// Threshold of the best expected F1 when the probabilities are right.
fn expected_f1_threshold(mut ranked: Vec<f64>) -> f64 {
    ranked.sort_by(|one, other| other.total_cmp(one));
    let all: f64 = ranked.iter().sum();
    let (mut hits, mut best) = (0.0, (0.5, -1.0));
    for (rank, probability) in ranked.iter().enumerate() {
        hits += probability;
        let expected = 2.0 * hits / (rank as f64 + 1.0 + all);
        if expected > best.1 {
            best = (f64::midpoint(*probability, ranked.get(rank + 1).copied().unwrap_or(0.0)), expected);
        }
    }
    best.0
}

/// The weights θ that make the chosen alternatives most likely, where alternative k of a row has the score θ · xₖ. The first
/// leans on one, the others on zero, each as strongly as `lean` says.
fn conditional_logit<const K: usize, const D: usize>(rows: &[([[f64; D]; K], usize)], lean: [f64; D]) -> [f64; D] {
    let mut prior = [0.0; D];
    prior[0] = 1.0;
    let mut theta = prior;
    for _ in 0..STEPS {
        let (mut gradient, mut hessian) = ([0.0; D], [[0.0; D]; D]);
        for i in 0..D {
            gradient[i] = lean[i] * (theta[i] - prior[i]);
            hessian[i][i] = lean[i];
        }
        for (x, chosen) in rows {
            let p = softmax(x.map(|x| dot(&x, &theta)));
            let mean: [f64; D] = std::array::from_fn(|i| (0..K).map(|k| p[k] * x[k][i]).sum());
            for i in 0..D {
                gradient[i] += mean[i] - x[*chosen][i];
                for j in 0..D {
                    hessian[i][j] += (0..K).map(|k| p[k] * (x[k][i] - mean[i]) * (x[k][j] - mean[j])).sum::<f64>();
                }
            }
        }
        let step = solve(hessian, gradient);
        // A step of Newton's may lead too far where hardly any row is in doubt.
        let length = step.iter().map(|part| part * part).sum::<f64>().sqrt();
        let part = (2.0 / length).min(1.0);
        for i in 0..D {
            theta[i] -= part * step[i];
        }
        // A slope below zero would turn the model's answers round: a twentieth is nearly nothing said.
        theta[0] = theta[0].max(0.05);
        if length < 1e-9 {
            break;
        }
    }
    theta
}

/// Solves `matrix · x = right` by elimination; the matrix is positive definite, for everything leans.
fn solve<const D: usize>(mut matrix: [[f64; D]; D], mut right: [f64; D]) -> [f64; D] {
    for i in 0..D {
        for row in i + 1..D {
            let (above, factor) = (matrix[i], matrix[row][i] / matrix[i][i]);
            for (number, above) in matrix[row].iter_mut().zip(above) {
                *number -= factor * above;
            }
            right[row] -= factor * right[i];
        }
    }
    let mut x = [0.0; D];
    for i in (0..D).rev() {
        let known: f64 = (i + 1..D).map(|column| matrix[i][column] * x[column]).sum();
        x[i] = (right[i] - known) / matrix[i][i];
    }
    x
}

fn softmax<const K: usize>(scores: [f64; K]) -> [f64; K] {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights = scores.map(|score| (score - top).exp());
    let sum: f64 = weights.iter().sum();
    weights.map(|weight| weight / sum)
}

fn dot<const D: usize>(one: &[f64; D], other: &[f64; D]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// As a card has it: rounded, for further digits of a fit are noise.
#[expect(clippy::cast_possible_truncation, reason = "a card holds four digits")]
fn narrow(number: f64) -> f32 {
    ((number * 10_000.0).round() / 10_000.0) as f32
}

#[cfg(test)]
mod tests;
