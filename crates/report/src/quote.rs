//! Other people's words, made fit for a page: one line, no hidden marks, not too long.

/// Longer texts of posts are cut, in characters.
const LONGEST: usize = 280;
/// So are longer texts of people who check and decide: a correction that is cut may say the opposite.
const LONGEST_LINE: usize = 1_000;

/// A post's text as every format may show it, once escaped.
pub(crate) fn shown(text: &str) -> String {
    within(text, LONGEST)
}

/// A text of a library or of the desk as every format may show it, once escaped.
pub(crate) fn line(text: &str) -> String {
    within(text, LONGEST_LINE)
}

fn within(text: &str, longest: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ").replace(turns_text_around, "");
    let mut letters = line.chars();
    let mut cut: String = letters.by_ref().take(longest).collect();
    if letters.next().is_some() {
        cut.push('…');
    }
    cut
}

/// Invisible marks that make what follows run the other way.
fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line_without_hidden_marks() {
        assert_eq!(shown(" a\r\n\tb\u{0}c \u{202e}d "), "a b c d");
    }

    #[test]
    fn a_long_text_is_cut_at_a_letter() {
        assert_eq!(shown(&"è".repeat(LONGEST + 1)), "è".repeat(LONGEST) + "…");
        assert_eq!(shown(&"è".repeat(LONGEST)), "è".repeat(LONGEST));
    }
}
