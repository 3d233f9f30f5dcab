//! The words of a foreign text as they may stand in the library: plain, bounded, one line.
//!
//! Claims of others come with tags, references to characters and marks that turn the direction of writing. This is the one
//! place where they are taken out. What is left holds no control character and no `<` that could begin a tag.
//!
//! It is not a parser of HTML: a page is not read here, only a sentence with some markup in it.

use super::entities;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The longest text of a claim, in characters.
pub(crate) const LONGEST: usize = 1_000;
/// A text of more characters is no claim.
pub(crate) const LONGEST_RAW: usize = 20_000;

/// Rounds of markup inside escaped markup that are undone; what is deeper stays escaped.
const ROUNDS: usize = 3;

/// Elements whose end separates words.
const BLOCKS: [&str; 17] =
    ["br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];
/// Elements whose content nobody reads.
const UNREAD: [&str; 2] = ["script", "style"];

/// A text without tags, references, control characters and double spaces.
pub(crate) fn plain(raw: &str) -> String {
    let mut text = visible(raw);
    for _ in 0..ROUNDS {
        // Most claims have no markup at all.
        if !text.contains(['<', '&']) {
            break;
        }
        let next = visible(&entities::decode(&strip(&text))).into_owned();
        if next == text {
            break;
        }
        text = Cow::Owned(next);
    }
    tidy(&text)
}

/// The last step, also after a stranger's hand: no tag can begin, spaces are single.
pub(crate) fn tidy(text: &str) -> String {
    let text = visible(text);
    let mut harmless = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        harmless.push(if c == '<' && begins_tag(&text[at..]) { ' ' } else { c });
    }
    let words: Vec<&str> = harmless.split_whitespace().collect();
    words.join(" ")
}

/// At most `longest` characters: cut at a word, with `…` at the end.
pub(crate) fn cut(text: &str, longest: usize) -> String {
    if text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    let end = text.char_indices().nth(longest.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let word = head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..word].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether there is anything to read.
pub(crate) fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Composed, without what cannot be seen: controls are spaces; marks of direction and width are nothing.
fn visible(text: &str) -> Cow<'_, str> {
    let is_blank = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let is_seen = |c: char| !is_mark(c) && !is_blank(c);
    if text.chars().all(is_seen) && is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    let seen = text.chars().filter(|c| !is_mark(*c));
    Cow::Owned(seen.map(|c| if is_blank(c) { ' ' } else { c }).nfc().collect())
}

/// Marks of direction, of width and of annotation.
fn is_mark(c: char) -> bool {
    let direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
    let width = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}');
    direction || width || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn begins_tag(text: &str) -> bool {
    text.as_bytes().get(1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
}

/// Takes tags out. A `<` without its `>` is left for [`tidy`].
fn strip(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|found| at + found) {
        kept.push_str(&text[at..open]);
        if !begins_tag(&text[open..]) {
            kept.push('<');
            at = open + 1;
            continue;
        }
        let Some(end) = end_of_tag(&lower, open) else {
            at = open;
            break;
        };
        let name = name(&lower[open + 1..end]);
        kept.push_str(if BLOCKS.contains(&name) { " " } else { "" });
        at = if lower[open..].starts_with("</") { end } else { past_content(&lower, end, name) };
    }
    kept.push_str(&text[at..]);
    kept
}

fn end_of_tag(lower: &str, open: usize) -> Option<usize> {
    let comment = lower[open..].starts_with("<!--");
    let closing = if comment { lower[open..].find("-->").map(|at| at + 3) } else { None };
    closing.or_else(|| lower[open..].find('>').map(|at| at + 1)).map(|length| open + length)
}

fn name(tag: &str) -> &str {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    &tag[..end]
}

/// Where the content of an unread element is over; of one that never ends only the tag goes.
fn past_content(lower: &str, end: usize, name: &str) -> usize {
    let Some(unread) = UNREAD.into_iter().find(|unread| *unread == name) else { return end };
    lower[end..].find(&format!("</{unread}")).map_or(end, |length| end + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_becomes_words() {
        for (raw, expected) in [
            ("L&#8217;acqua &quot;calda&quot; cura", "L’acqua \"calda\" cura"),
            ("<p>Uno</p><p>due</p>", "Uno due"),
            ("fal<b>so</b>", "falso"),
            ("<script>alert('x')</script>Il virus", "Il virus"),
            ("<script>alert(1)", "alert(1)"),
            ("&lt;script&gt;alert(1)&lt;/script&gt;Il virus", "Il virus"),
            ("&amp;lt;img src=x onerror=alert(1)&amp;gt;Ciao", "Ciao"),
            ("<img src=x onerror=alert(1)", "img src=x onerror=alert(1)"),
            ("<<b>a", "a"),
            ("<scr<b>ipt>x", "ipt>x"),
            ("<!-- no > no -->sì", "sì"),
            ("CO2 < 5 % e <3", "CO2 < 5 % e <3"),
            ("a\u{202e}b\u{200b}c\u{7}d\n\n e", "abc d e"),
            ("<\u{200b}script>x</script>y", "y"),
            ("e\u{300}", "è"),
            ("&unknown; & co.", "&unknown; & co."),
        ] {
            assert_eq!(plain(raw), expected, "{raw}");
        }
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        let text = "parola ".repeat(300);
        let short = cut(text.trim(), LONGEST);
        assert!(short.chars().count() <= LONGEST && short.ends_with("parola…"), "{short}");
        assert_eq!(cut("corta", 5), "corta");
        assert_eq!(cut("lunghissima", 5), "lung…");
        assert_eq!(cut("èèèèèè", 3), "èè…");
    }

    proptest! {
        #[test]
        fn no_text_keeps_a_tag_or_a_control(raw in "([<>/!?a-zA-Z&;#\\PC]|&lt;|&gt;|&amp;|<b>|script|\\PC|\u{202e}|\u{0}){0,60}") {
            let text = plain(&raw);
            let tag = text.char_indices().any(|(at, c)| c == '<' && begins_tag(&text[at..]));
            prop_assert!(!tag && !text.chars().any(char::is_control), "{}", text);
            prop_assert_eq!(tidy(&text), text.clone());
            prop_assert!(!text.starts_with(' ') && !text.contains("  "));
        }
    }
}
