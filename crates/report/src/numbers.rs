//! Numbers as a reader of each language writes them.

use crate::Language;

/// Keeps a number and its sign on one line.
const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';

struct Style {
    decimal: char,
    group: char,
    percent: &'static str,
}

fn style(language: Language) -> Style {
    match language {
        Language::Italian => Style { decimal: ',', group: '.', percent: "\u{a0}%" },
        Language::English => Style { decimal: '.', group: ',', percent: "%" },
        Language::Finnish => Style { decimal: ',', group: NO_BREAK_SPACE, percent: "\u{a0}%" },
    }
}

/// A number with `decimals` places, grouped by thousands.
pub(crate) fn number(language: Language, value: f64, decimals: usize) -> String {
    let Style { decimal, group, .. } = style(language);
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + 4);
    // Rounded to zero is zero: nobody should read a minus before it.
    if value < 0.0 && plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        text.push(MINUS);
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimal);
        text.push_str(fraction);
    }
    text
}

/// A fraction in [0, 1] as per cent, one decimal, without the sign: the inside of an interval.
pub(crate) fn hundredths(language: Language, fraction: f64) -> String {
    number(language, fraction * 100.0, 1)
}

/// A fraction in [0, 1] as per cent with one decimal.
pub(crate) fn percent(language: Language, fraction: f64) -> String {
    hundredths(language, fraction) + style(language).percent
}

/// A fraction in [0, 1] as whole per cent.
pub(crate) fn rough(language: Language, fraction: f64) -> String {
    number(language, fraction * 100.0, 0) + style(language).percent
}

/// A difference of fractions in percentage points, its sign always shown.
pub(crate) fn signed(language: Language, difference: f64) -> String {
    let text = hundredths(language, difference);
    let positive = !text.starts_with(MINUS) && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if positive { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Finnish, Italian};

    #[test]
    fn thousands_and_decimals_follow_the_language() {
        assert_eq!(number(Italian, 1_234_567.0, 0), "1.234.567");
        assert_eq!(number(English, 12_480.5, 1), "12,480.5");
        assert_eq!(number(Finnish, 12_480.0, 0), "12\u{a0}480");
        assert_eq!(number(Finnish, 999.0, 0), "999");
        assert_eq!(percent(Italian, 0.3119), "31,2\u{a0}%");
        assert_eq!(percent(English, 0.3119), "31.2%");
    }

    #[test]
    fn a_difference_shows_its_sign_and_zero_has_none() {
        assert_eq!(signed(English, 0.041), "+4.1");
        assert_eq!(signed(Finnish, -0.041), "\u{2212}4,1");
        assert_eq!(signed(Italian, -0.0001), "0,0");
        assert_eq!(signed(Italian, 0.0001), "0,0");
    }
}
