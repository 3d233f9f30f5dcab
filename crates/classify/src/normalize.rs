//! What the model sees of a text. The same rules, in the same order, stand in `models/training/normalize.py`; both are
//! held to `models/training/normalize_cases.jsonl`.

use polso_domain::TextKey;
use regex::{Captures, Regex};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Texts are cut here before anything else: no platform that polso reads for opinions allows posts that long.
const MAX_CHARS: usize = 4_000;

static ENTITY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("&(amp|lt|gt|quot|#39|apos|nbsp);").ok());
static REPOST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^RT @\w+: ?").ok());
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)(?:https?://|www\.)\S+").ok());
static ACCOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"@[\w.\-]*\w(?:@[\w.\-]*\w)?").ok());

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\w$").ok());

/// The text as the model sees it.
pub fn normalize(text: &str) -> String {
    let text = cut(text);
    let text = replace(text, &ENTITY, '&', |found| entity(&found[1]).to_owned());
    let text = if is_nfc(&text) { text } else { text.nfc().collect() };
    let text: String = text.chars().filter(|c| !is_invisible(*c) && !is_emoji_dress(*c)).collect();
    let text = replace(&text, &REPOST, '@', |_| String::new());
    let text = replace(&text, &LINK, '.', |_| "http".to_owned());
    let text = replace(&text, &LINK, ':', |_| "http".to_owned());
    let text = replace_accounts(&text);
    squeeze(&text)
}

/// Fingerprint of a normalised text, whatever its case.
pub(crate) fn text_key(normalized: &str) -> TextKey {
    let digest = Sha256::digest(normalized.to_lowercase().as_bytes());
    let mut short = [0; 8];
    short.copy_from_slice(&digest[..8]);
    TextKey(u64::from_le_bytes(short))
}

/// The words alone, as language detection and the check for length want them: no links, accounts, brackets, `#`.
pub(crate) fn words_only(normalized: &str) -> String {
    let word = |word: &&str| !matches!(*word, "http" | "@user" | "[email]" | "[phone]" | "[profile]" | "[name]");
    let kept: Vec<&str> = normalized.split(' ').filter(word).collect();
    kept.join(" ").replace("@user", "").replace('#', "")
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(MAX_CHARS).map_or(text, |(at, _)| &text[..at])
}

/// Replaces where the sign that every match holds occurs at all.
fn replace(text: &str, shape: &LazyLock<Option<Regex>>, sign: char, by: impl Fn(&Captures<'_>) -> String) -> String {
    match shape.as_ref() {
        Some(shape) if text.contains(sign) => shape.replace_all(text, by).into_owned(),
        _ => text.to_owned(),
    }
}

/// An `@` inside a word is not an account.
fn replace_accounts(text: &str) -> String {
    replace(text, &ACCOUNT, '@', |found| {
        let whole = &found[0];
        let before = &text[..found.get(0).map_or(0, |found| found.start())];
        let last = before.char_indices().next_back().map_or("", |(at, _)| &before[at..]);
        let inside = WORD.as_ref().is_some_and(|word| word.is_match(last));
        if inside { whole.to_owned() } else { "@user".to_owned() }
    })
}

fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "nbsp" => "\u{a0}",
        _ => "'",
    }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// How an emoji is dressed, not what it says: variation selectors and skin tones.
fn is_emoji_dress(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

/// At most three of a character in a row; any white space is one space; none at the ends.
fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let (mut last, mut run) = (' ', 0);
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        run = if c == last { run + 1 } else { 1 };
        let allowed = if c == ' ' { 1 } else { 3 };
        if run <= allowed && !(c == ' ' && squeezed.is_empty()) {
            squeezed.push(c);
        }
        last = c;
    }
    squeezed.truncate(squeezed.trim_end().len());
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(serde::Deserialize)]
    struct Case {
        r#in: String,
        out: String,
    }

    #[test]
    fn training_and_reading_see_the_same_text() {
        let cases = include_str!("../../../models/training/normalize_cases.jsonl");
        let mut checked = 0;
        for line in cases.lines().filter(|line| !line.trim().is_empty()) {
            let case: Case = serde_json::from_str(line).unwrap();
            assert_eq!(normalize(&case.r#in), case.out, "{line}");
            checked += 1;
        }
        assert!(checked >= 20, "only {checked} cases");
    }

    #[test]
    fn copies_share_a_key() {
        let key = |text: &str| text_key(&normalize(text));
        assert_eq!(key("RT @anna: Io resto  a CASA https://t.co/1"), key("io resto a casa http://t.co/2"));
        assert_eq!(key("grazie 👏🏽❤️"), key("grazie 👏❤"));
        assert_ne!(key("io resto a casa"), key("io esco"));
    }

    #[test]
    fn only_words_count_as_words() {
        assert_eq!(words_only("@user http [phone] #iorestoacasa oggi"), "iorestoacasa oggi");
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC*|[\\s\u{200B}-\u{200F}@.&:/a]{0,60}") {
            let once = normalize(&text);
            prop_assert!(!once.contains("  ") && once.trim() == once);
        }
    }
}
