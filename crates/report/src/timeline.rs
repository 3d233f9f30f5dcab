//! Charts over days: what they show, before anybody draws it.
//!
//! A day that was not heard has no value: it is a gap, never a zero and never bridged by a line.

use crate::block::Table;
use crate::card::Said;
use crate::ink::Ink;
use polso_aggregate::Share;

/// Values of consecutive days, the last of them the report's.
pub(crate) struct Timeline {
    pub(crate) caption: String,
    /// The chart in words, for those who do not see it.
    pub(crate) description: String,
    /// How many days.
    pub(crate) days: usize,
    /// Days that have a label below them, and the label.
    pub(crate) labels: Vec<(usize, String)>,
    /// Labels of the vertical axis with their values, lowest first; the last is the top.
    pub(crate) steps: Vec<(f64, String)>,
    pub(crate) traces: Vec<Trace>,
    /// Days of which a part is missing, or all.
    pub(crate) missed: Vec<usize>,
    /// Days on which something happened outside, with the number that stands for it in the list below.
    pub(crate) marks: Vec<(usize, String)>,
    /// What the numbers stand for.
    pub(crate) happened: Vec<(String, String)>,
    pub(crate) legend: Vec<(Ink, String)>,
    /// The same numbers as a table.
    pub(crate) table: Table,
}

/// One thing measured every day.
pub(crate) enum Trace {
    /// A line within its interval.
    Band {
        ink: Ink,
        /// Stands at the line's last value.
        label: String,
        values: Vec<Option<Share>>,
    },
    /// A column a day.
    Columns { values: Vec<Option<u64>> },
}

/// One of several small drawings on the same days and, each to its own height, the same width.
pub(crate) struct Multiple {
    /// What it is about, told as the answer.
    pub(crate) title: Said,
    /// Its number today, in words.
    pub(crate) note: String,
    /// Oldest first; `None` on days that were not heard.
    pub(crate) days: Vec<Option<u64>>,
}

/// Where every seventh day counted back from the last is labelled.
pub(crate) fn weekly(days: usize) -> impl Iterator<Item = usize> {
    (0..days).rev().step_by(7).collect::<Vec<_>>().into_iter().rev()
}

/// The stretches of neighbouring days that have a value, each with the day it starts on.
pub(crate) fn stretches<T: Copy>(values: &[Option<T>]) -> Vec<(usize, Vec<T>)> {
    let mut found: Vec<(usize, Vec<T>)> = Vec::new();
    for (day, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        match found.last_mut() {
            Some((start, stretch)) if *start + stretch.len() == day => stretch.push(*value),
            _ => found.push((day, vec![*value])),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_day_has_a_label() {
        assert_eq!(weekly(28).collect::<Vec<_>>(), [6, 13, 20, 27]);
        assert_eq!(weekly(1).collect::<Vec<_>>(), [0]);
        assert_eq!(weekly(0).count(), 0);
    }

    proptest! {
        #[test]
        fn a_gap_is_never_bridged(values in prop::collection::vec(any::<Option<u8>>(), 0..40)) {
            let mut back = vec![None; values.len()];
            let stretches = stretches(&values);
            for (start, stretch) in &stretches {
                for (i, value) in stretch.iter().enumerate() {
                    back[start + i] = Some(*value);
                }
            }
            prop_assert_eq!(back, values);
            prop_assert!(stretches.windows(2).all(|pair| pair[0].0 + pair[0].1.len() < pair[1].0));
        }
    }
}
