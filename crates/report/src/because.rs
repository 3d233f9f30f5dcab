//! The rules behind a risk, with their numbers, in the reader's words: the lines that decided, and all that there are.
//!
//! Rules are named by the file they are written in (`wide.people`) or by what is measured (`people`); a name without a
//! word in the translations is shown as it is.

use crate::{Error, quote, words::Words};

/// Rules that are shares: written as per cent.
const SHARES: [&str; 7] = ["share", "mean", "needs_checking", "little_below", "serious_from", "doubtful", "overwhelms"];

/// The rules that decided, each written as `name value threshold`, in one line; `None` when none is named.
pub(crate) fn decided(because: &[String], words: &Words) -> Result<Option<String>, Error> {
    let lines = because.iter().map(|reason| one(reason, words)).collect::<Result<Vec<_>, _>>()?;
    Ok((!lines.is_empty()).then(|| lines.join("; ")))
}

/// All rules with their values, one a line.
pub(crate) fn all(rules: &[(String, f64)], words: &Words) -> Result<Vec<String>, Error> {
    let line = |(name, value): &(String, f64)| {
        words.with("rule-value", &[("name", label(name, words)?.into()), ("value", number(name, *value, words).into())])
    };
    rules.iter().map(line).collect()
}

fn one(reason: &str, words: &Words) -> Result<String, Error> {
    let mut parts = reason.split_whitespace();
    let name = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let label = if rest.is_empty() { label(name, words)? } else { measured(name, words)? };
    let values = rest.iter().map(|value| self::value(name, value, words)).collect::<Result<Vec<_>, _>>()?;
    match values.as_slice() {
        [] => Ok(label),
        [value] => words.with("rule-value", &[("name", label.into()), ("value", value.as_str().into())]),
        [value, threshold] => {
            let with =
                [("name", label.into()), ("value", value.as_str().into()), ("threshold", threshold.as_str().into())];
            words.with("rule-held-against", &with)
        }
        // Not the shape that was agreed on: shown, not guessed.
        _ => Ok(quote::line(reason)),
    }
}

fn label(name: &str, words: &Words) -> Result<String, Error> {
    Ok(quote::line(&words.name("rule", name)?))
}

/// What a rule measures, without what it asks for: `people` of `wide.people`.
fn measured(name: &str, words: &Words) -> Result<String, Error> {
    let last = name.rsplit('.').next().unwrap_or(name);
    words.known("rule", last)?.map_or_else(|| label(name, words), Ok)
}

/// A number as readers write it, or the word for a word.
fn value(name: &str, value: &str, words: &Words) -> Result<String, Error> {
    match value.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(number(name, value, words)),
        _ => Ok(quote::line(&words.name("rule", value)?)),
    }
}

fn number(name: &str, value: f64, words: &Words) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    if SHARES.iter().any(|share| last.contains(share)) {
        return if is_whole(value * 100.0) { words.rough(value) } else { words.percent(value) };
    }
    let decimals = [0, 1].into_iter().find(|decimals| is_whole(value * 10_f64.powi(*decimals))).unwrap_or(2);
    words.style.number(value, usize::try_from(decimals).unwrap_or(2))
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Words {
        Words::load("en".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_rule_is_told_with_its_number_and_the_one_it_is_held_against() {
        let words = english();
        let because =
            ["circulating.people 1250 10", "wide.share_of_day 0.034 0.01", "growth.rising 2.25 1.5"].map(str::to_owned);
        let line = decided(&because, &words).unwrap().unwrap();
        assert!(line.contains("people: 1,250 (rule: 10)"), "{line}");
        assert!(line.contains("3.4% (rule: 1%)"), "{line}");
        assert!(line.contains("2.25 (rule: 1.5)"), "{line}");
    }

    #[test]
    fn what_has_no_word_is_shown_as_it_is() {
        let words = english();
        let because = ["moon_phase 3 4", "one two three four five", ""].map(str::to_owned);
        let line = decided(&because, &words).unwrap().unwrap();
        assert_eq!(line, "moon_phase: 3 (rule: 4); one two three four five; ");
        assert!(decided(&[], &words).unwrap().is_none());
    }
}
