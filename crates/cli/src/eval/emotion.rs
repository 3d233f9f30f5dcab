//! The figures of emotions, of which a text may have several or none: eight yes-or-no questions, each at the threshold
//! on the card.
//!
//! Data sets ask for some of the eight only. An emotion that no text of the file has is not judged at all: whether it
//! was absent or never asked for cannot be told.

use super::labels::{self, Held};
use super::metrics::{ClassFigures, calibration_error, class_lines, macro_f1};
use super::rows;
use super::session::Session;
use super::shares::ShareError;
use super::told::{Lines, Measured};
use crate::failure::Failure;
use polso_classify::Head;
use polso_domain::EMOTIONS;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What most data sets ask for.
const MAIN: [&str; 4] = ["anger", "fear", "joy", "sadness"];

/// `[[true no, false yes], [false no, true yes]]`.
type Table = [[usize; 2]; 2];

/// Figures over some texts.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figures {
    n: usize,
    /// Over the emotions that occur.
    macro_f1: f64,
    /// The same over anger, fear, joy and sadness alone.
    macro_f1_main: f64,
    /// Texts with every judged emotion right.
    accuracy: f64,
    per_class: BTreeMap<String, ClassFigures>,
    /// One an emotion, in the order of `labels`.
    confusion: Vec<Table>,
    labels: Vec<&'static str>,
    /// Mean over the judged emotions of the calibration error of "yes".
    ece: f64,
    /// Estimated shares are means of probabilities.
    share_error: ShareError,
}

/// A number an emotion, in the order of [`EMOTIONS`].
type Numbers = [f32; EMOTIONS.len()];

/// The emotions of a text with what the model says.
#[derive(Debug, Clone, Copy)]
struct Scored {
    held: Held,
    probabilities: Numbers,
}

pub(super) fn measure(file: &Path, session: &mut Session) -> Result<Measured<Figures>, Failure> {
    let card = session.card(Head::Emotions)?;
    // One that the model does not know is never found.
    let thresholds = card.emotions.map(|head| head.thresholds()).unwrap_or_default();
    let thresholds = thresholds.map(|threshold| threshold.unwrap_or(f32::INFINITY));
    let asked = session.ask(Head::Emotions, rows::labelled(file, labels::emotions)?)?;
    let mut by_lang: BTreeMap<String, Vec<Scored>> = BTreeMap::new();
    for (lang, held, answer) in &asked.readings {
        let probabilities = answer.emotions.unwrap_or_default().map(Option::unwrap_or_default);
        by_lang.entry(lang.clone()).or_default().push(Scored { held: *held, probabilities });
    }
    let all: Vec<Scored> = by_lang.values().flatten().copied().collect();
    let judged: Vec<usize> = (0..EMOTIONS.len()).filter(|emotion| all.iter().any(|row| row.held[*emotion])).collect();
    let figures = |rows: &[Scored]| figures(rows, &judged, thresholds);
    let by_lang = by_lang.iter().map(|(lang, rows)| (lang.clone(), figures(rows))).collect();
    Ok(session.measured("emotion", asked.missing, (figures(&all), by_lang)))
}

fn figures(rows: &[Scored], judged: &[usize], thresholds: Numbers) -> Figures {
    let confusion: Vec<Table> = judged.iter().map(|emotion| table(rows, *emotion, thresholds)).collect();
    let classes: Vec<ClassFigures> = confusion.iter().map(class).collect();
    let labels: Vec<&str> = judged.iter().map(|emotion| EMOTIONS[*emotion]).collect();
    let named = || labels.iter().zip(&classes);
    let main: Vec<ClassFigures> = named().filter(|(name, _)| MAIN.contains(name)).map(|(_, class)| *class).collect();
    let right = |row: &&Scored| judged.iter().all(|emotion| row.says(*emotion, thresholds) == row.held[*emotion]);
    let ece = |emotion: &usize| {
        calibration_error(rows.iter().map(|row| (f64::from(row.probabilities[*emotion]), row.held[*emotion])))
    };
    Figures {
        n: rows.len(),
        macro_f1: macro_f1(&classes),
        macro_f1_main: macro_f1(&main),
        accuracy: rows.iter().filter(right).count() as f64 / rows.len().max(1) as f64,
        ece: mean(judged.iter().map(ece)),
        share_error: share_error(rows, judged, &confusion),
        per_class: named().map(|(name, class)| ((*name).to_owned(), *class)).collect(),
        confusion,
        labels,
    }
}

impl Scored {
    fn says(&self, emotion: usize, thresholds: Numbers) -> bool {
        self.probabilities[emotion] >= thresholds[emotion]
    }
}

fn table(rows: &[Scored], emotion: usize, thresholds: Numbers) -> Table {
    let mut table = Table::default();
    for row in rows {
        table[usize::from(row.held[emotion])][usize::from(row.says(emotion, thresholds))] += 1;
    }
    table
}

fn class([[_, false_yes], [false_no, yes]]: &Table) -> ClassFigures {
    ClassFigures::of(*yes, yes + false_yes, yes + false_no)
}

fn share_error(rows: &[Scored], judged: &[usize], confusion: &[Table]) -> ShareError {
    let n = rows.len().max(1) as f64;
    let truth = |[_, held]: &Table| (held[0] + held[1]) as f64 / n;
    let counted = |table: &Table| (table[0][1] + table[1][1]) as f64 / n;
    let averaged = |emotion: &usize| rows.iter().map(|row| f64::from(row.probabilities[*emotion])).sum::<f64>() / n;
    ShareError {
        count: mean(confusion.iter().map(|table| (counted(table) - truth(table)).abs())),
        estimated: mean(confusion.iter().zip(judged).map(|(table, emotion)| (averaged(emotion) - truth(table)).abs())),
    }
}

/// Zero of nothing.
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len().max(1) as f64;
    values.sum::<f64>() / n
}

impl Lines for Figures {
    fn n(&self) -> usize {
        self.n
    }

    fn headline(&self) -> String {
        let Self { macro_f1, macro_f1_main, accuracy, ece, .. } = self;
        format!("macro-F1 {macro_f1:.3} (main four {macro_f1_main:.3})  all right {accuracy:.3}  ECE {ece:.3}")
    }

    fn details(&self) -> Vec<String> {
        class_lines(&self.per_class).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(held: &[&str], said: &[&str]) -> Scored {
        let probability = |name| if said.contains(&name) { 0.9 } else { 0.1 };
        Scored { held: EMOTIONS.map(|name| held.contains(&name)), probabilities: EMOTIONS.map(probability) }
    }

    #[test]
    fn figures_agree_with_hand_counts() {
        let rows = [
            row(&["anger", "trust"], &["anger", "trust"]),
            row(&["anger"], &["joy"]),
            row(&["joy"], &["joy", "anger"]),
            // What nobody asked for is not wrong.
            row(&[], &["surprise"]),
        ];
        let judged = [0, 2, 6];
        let figures = figures(&rows, &judged, [0.5; 8]);
        assert_eq!(figures.labels, ["anger", "joy", "trust"]);
        assert_eq!(figures.confusion, [[[1, 1], [1, 1]], [[2, 1], [0, 1]], [[3, 0], [0, 1]]]);
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
        near(figures.accuracy, 0.5);
        near(figures.macro_f1, (0.5 + 2.0 / 3.0 + 1.0) / 3.0);
        near(figures.macro_f1_main, f64::midpoint(0.5, 2.0 / 3.0));
        // Anger and trust are said as often as they hold, joy once too often in four.
        near(figures.share_error.count, 0.25 / 3.0);
    }

    #[test]
    fn nothing_measured_is_no_crash() {
        assert_eq!(figures(&[], &[], [0.5; 8]).n, 0);
    }
}
