//! What a bundle's `validation.csv` says: the mix of moods that its probabilities were calibrated on.
//!
//! A calibrated probability is right for the mix of labels it was fitted on and for no other; who wants shares of
//! another mix needs to know that one. The file has one row a held-out labelled post, with the model's probabilities
//! and without the post.

use crate::Error;
use crate::card::Mood;

const HEADER: &str = "set,lang,label,negative,neutral,positive";

/// A language with fewer rows than this gets the mix of all of them.
const ENOUGH: u32 = 200;

/// Labels of the held-out posts, counted by language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validation {
    /// In the order of the languages' first rows.
    by_lang: Vec<(String, [u32; 3])>,
}

impl Validation {
    /// Reads the file; `model` is for what is said when it cannot be read.
    pub(crate) fn parse(text: &str, model: &str) -> Result<Self, Error> {
        let refused = |line: usize| Error::Validation { model: model.to_owned(), line: line + 1, expected: HEADER };
        let mut by_lang: Vec<(String, [u32; 3])> = Vec::new();
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, header)| header) != Some(HEADER) {
            return Err(refused(0));
        }
        for (number, line) in lines {
            let (lang, label) = row(line).ok_or_else(|| refused(number))?;
            let at = by_lang.iter().position(|(known, _)| known == lang).unwrap_or_else(|| {
                by_lang.push((lang.to_owned(), [0; 3]));
                by_lang.len() - 1
            });
            by_lang[at].1[label as usize] += 1;
        }
        Ok(Self { by_lang })
    }

    /// How many of the held-out posts of a language are negative, neutral and positive, or of all where the language has
    /// too few; `None` when there are no posts at all.
    pub fn moods(&self, lang: &str) -> Option<[u32; 3]> {
        let own = self.by_lang.iter().find(|(known, counts)| known == lang && total(counts) >= ENOUGH);
        let counts = own.map_or_else(|| self.pooled(), |(_, counts)| *counts);
        (total(&counts) > 0).then_some(counts)
    }

    /// Held-out posts.
    pub fn posts(&self) -> u32 {
        total(&self.pooled())
    }

    fn pooled(&self) -> [u32; 3] {
        let mut all = [0; 3];
        for (_, counts) in &self.by_lang {
            all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        all
    }
}

fn total(counts: &[u32; 3]) -> u32 {
    counts.iter().sum()
}

/// Language and label of a row whose probabilities are probabilities.
fn row(line: &str) -> Option<(&str, Mood)> {
    let cells: Vec<&str> = line.split(',').collect();
    let [_set, lang, label, probabilities @ ..] = cells.as_slice() else { return None };
    let probabilities: Vec<f32> = probabilities.iter().map(|cell| cell.parse().ok()).collect::<Option<_>>()?;
    let sum: f32 = probabilities.iter().sum();
    let plausible = probabilities.len() == 3
        && probabilities.iter().all(|probability| (0.0..=1.0).contains(probability))
        && (sum - 1.0).abs() < 0.01;
    plausible.then_some((*lang, Mood::named(label)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lang: &str, label: &str, n: usize) -> String {
        format!("forum,{lang},{label},0.5,0.3,0.2\n").repeat(n)
    }

    #[test]
    fn a_language_with_enough_rows_has_a_mix_of_its_own() {
        let text = format!(
            "{HEADER}\n{}{}{}",
            rows("it", "negative", 150),
            rows("it", "positive", 50),
            rows("fi", "neutral", 100)
        );
        let validation = Validation::parse(&text, "m").unwrap();
        assert_eq!(validation.moods("it"), Some([150, 0, 50]));
        let all = [150, 100, 50];
        assert_eq!((validation.moods("fi"), validation.moods("de")), (Some(all), Some(all)));
        assert_eq!(validation.posts(), 300);
    }

    #[test]
    fn no_rows_say_nothing() {
        assert_eq!(Validation::parse(&format!("{HEADER}\n"), "m").unwrap().moods("it"), None);
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
