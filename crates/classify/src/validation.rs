//! What a bundle's `validation.csv` says: held-out posts whose mood is known, with what the model says of them.
//!
//! A calibrated probability is right for the mix of labels it was fitted on and for no other; who wants shares of another
//! mix needs to see what the model says of posts of each mood. The file has one row a held-out labelled post, with the
//! model's probabilities and without the post.

use crate::Error;
use crate::card::Mood;

const HEADER: &str = "set,lang,label,negative,neutral,positive";

/// The held-out posts, in the file's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    rows: Vec<Row>,
}

/// A held-out post.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its language.
    pub lang: String,
    /// Its mood, as people see it: 0 negative, 1 neutral, 2 positive.
    pub mood: usize,
    /// What the model says: calibrated probabilities in the same order, as the file has them.
    pub probabilities: [f64; 3],
}

impl Validation {
    pub(crate) fn of(rows: Vec<Row>) -> Self {
        Self { rows }
    }

    /// Reads the file; `model` is for what is said when it cannot be read.
    pub(crate) fn parse(text: &str, model: &str) -> Result<Self, Error> {
        let refused = |line: usize| Error::Validation { model: model.to_owned(), line: line + 1, expected: HEADER };
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, header)| header) != Some(HEADER) {
            return Err(refused(0));
        }
        let rows = lines.map(|(number, line)| row(line).ok_or_else(|| refused(number))).collect::<Result<_, _>>()?;
        Ok(Self { rows })
    }

    /// The file as it is read again; `set` says which data the posts are of.
    pub fn written(rows: &[Row], set: &str) -> String {
        let name = |mood: usize| [Mood::Negative, Mood::Neutral, Mood::Positive][mood.min(2)].name();
        // What separates cells would part a name in two.
        let set = set.replace([',', '\n', '\r', '"'], "_");
        let line = |row: &Row| {
            let [negative, neutral, positive] = row.probabilities;
            format!("{set},{},{},{negative:.4},{neutral:.4},{positive:.4}\n", row.lang, name(row.mood))
        };
        format!("{HEADER}\n{}", rows.iter().map(line).collect::<String>())
    }

    /// The posts, of all languages.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// A row whose probabilities are probabilities.
fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.split(',').collect();
    let [_set, lang, label, negative, neutral, positive] = cells.as_slice() else { return None };
    let probability = |cell: &str| cell.parse::<f64>().ok().filter(|probability| (0.0..=1.0).contains(probability));
    let probabilities = [probability(negative)?, probability(neutral)?, probability(positive)?];
    let plausible = (probabilities.iter().sum::<f64>() - 1.0).abs() < 0.01;
    plausible.then_some(Row { lang: (*lang).to_owned(), mood: Mood::named(label)? as usize, probabilities })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lang: &str, label: &str, n: usize) -> String {
        format!("forum,{lang},{label},0.5,0.3,0.2\n").repeat(n)
    }

    #[test]
    fn rows_are_read_in_their_order() {
        let text = format!("{HEADER}\n{}{}", rows("it", "negative", 2), rows("fi", "positive", 1));
        let validation = Validation::parse(&text, "m").unwrap();
        let read: Vec<(&str, usize)> = validation.rows().iter().map(|row| (row.lang.as_str(), row.mood)).collect();
        assert_eq!(read, [("it", 0), ("it", 0), ("fi", 2)]);
        assert!((validation.rows()[0].probabilities[1] - 0.3).abs() < 1e-12);
        assert!(Validation::parse(&format!("{HEADER}\n"), "m").unwrap().rows().is_empty());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let row = Row { lang: "it".to_owned(), mood: 2, probabilities: [0.25, 0.25, 0.5] };
        let text = Validation::written(std::slice::from_ref(&row), "my, set");
        assert_eq!(Validation::parse(&text, "m").unwrap().rows(), [row]);
    }

    #[test]
    fn a_row_that_is_none_is_named() {
        for line in [
            "forum,it,negative,0.5,0.3",
            "forum,it,angry,0.5,0.3,0.2",
            "forum,it,negative,0.5,0.3,0.9",
            "forum,it,negative,NaN,0.3,0.2",
            "forum,it,negative,0.5,0.3,0.2,0.0",
            "",
        ] {
            let error = Validation::parse(&format!("{HEADER}\n{}{line}\n", rows("it", "neutral", 1)), "m");
            assert!(matches!(error, Err(Error::Validation { line: 3, .. })), "{line} {error:?}");
        }
        assert!(matches!(Validation::parse("", "m"), Err(Error::Validation { line: 1, .. })));
    }
}
