//! Takes accounts, addresses, telephone numbers and the names of the people involved out of a text.
//!
//! One pass of one expression finds everything that has a shape; a second looks for the names that the platform told us
//! belong to the post. Replacements are short words that the model was trained to see.

use crate::links::points_at_person;
use polso_domain::RawAuthor;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What has a shape, most greedy first: a link may hold an `@`, an address holds an `@`, an account is what is left.
static SHAPES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)
        (?P<link>  (?:https?://|www\.)\S+ )
      | (?P<mail>  (?:mailto:)?[\w.+\-]+ (?:@|\s?\[at\]\s?|＠) [\w\-]+ (?:\.[\w\-]+)+ )
      | (?P<acct>  [@＠] \w [\w.\-]* (?:@\w[\w.\-]*)? )
      | (?P<host>  \b[\w\-]+\.bsky\.social\b )
      | (?P<forum> (?:^|\s)/?u/[\w\-]{3,} )
      | (?P<under> \b[a-z0-9]+(?:_[a-z0-9]+)+_?\b | \b[a-z0-9]{3,}_\b )
      | (?P<world> (?:\+|\b00)\d[\d\ ().\-/]{6,17}\d )
      | (?P<phone> \b0\d{1,3}[\ ./\-]?\d{3,4}[\ .\-]?\d{3,4}\b | \b3\d{2}[\ ./\-]?\d{3}[\ .\-]?\d{3,4}\b )",
    )
    .ok()
});

/// The people a post involves, as the platform names them.
pub(crate) struct Names {
    /// Handles and ids, lowercase.
    handles: Vec<String>,
    /// Display names of at least two words, lowercase. One word alone ("Roma") is too likely to be just a word.
    displays: Vec<String>,
}

impl Names {
    /// Collects what can be recognised without mistaking words for names.
    pub(crate) fn of<'a>(people: impl Iterator<Item = &'a RawAuthor>) -> Self {
        let mut names = Self { handles: Vec::new(), displays: Vec::new() };
        for person in people {
            for spelling in std::iter::once(&person.handle).chain(&person.also) {
                let spelling = lower_in_place(spelling.trim().trim_start_matches('@'));
                if spelling.contains(char::is_whitespace) {
                    names.displays.push(spelling);
                } else if spelling.chars().count() >= 4 {
                    names.handles.push(spelling);
                }
            }
        }
        names
    }

    /// Whether a single word is one of the handles, or a display name written together.
    pub(crate) fn is_one(&self, word: &str) -> bool {
        let word = lower_in_place(word);
        self.handles.contains(&word) || self.displays.iter().any(|name| name.replace(char::is_whitespace, "") == word)
    }

    /// Whether a link carries a handle.
    pub(crate) fn occur_in(&self, link: &str) -> bool {
        let link = lower_in_place(link);
        self.handles.iter().any(|handle| whole_word(&link, handle, 0).is_some())
    }
}

/// The text without names.
pub(crate) fn scrub(text: &str, names: &Names) -> String {
    let mut clean = replace_shapes(text, names);
    for name in &names.displays {
        clean = replace_word(clean, name, "[name]");
    }
    for handle in &names.handles {
        clean = replace_word(clean, handle, "@user");
    }
    clean
}

/// Scrubs a text that came from no post (a search phrase, a row set aside): shapes only.
pub fn scrub_loose(text: &str) -> String {
    replace_shapes(text, &Names { handles: Vec::new(), displays: Vec::new() })
}

fn replace_shapes(text: &str, names: &Names) -> String {
    let Some(shapes) = SHAPES.as_ref().filter(|_| may_hold_shapes(text)) else {
        return text.to_owned();
    };
    let replaced = shapes.replace_all(text, |found: &Captures<'_>| {
        let whole = &found[0];
        if found.name("link").is_some() {
            let personal = points_at_person(whole) || names.occur_in(whole);
            return if personal { "[profile]".to_owned() } else { whole.to_owned() };
        }
        if found.name("mail").is_some() {
            return "[email]".to_owned();
        }
        if found.name("world").is_some() || found.name("phone").is_some() {
            return "[phone]".to_owned();
        }
        if found.name("under").is_some() && is_after_hash(text, found.get(0).map_or(0, |m| m.start())) {
            return if names.is_one(whole) { "@user".to_owned() } else { whole.to_owned() };
        }
        // A sentence's full stop is not part of the account it ends with.
        let stop = if whole.ends_with('.') { "." } else { "" };
        let space = if whole.starts_with(char::is_whitespace) { " " } else { "" };
        format!("{space}@user{stop}")
    });
    replaced.into_owned()
}

/// Whether any shape can match at all: most short posts end here, and the expression is the slow part.
fn may_hold_shapes(text: &str) -> bool {
    const SIGNS: [&str; 8] = ["@", "＠", "_", "://", "www.", "[at]", ".bsky.", "u/"];
    const SHORTEST_NUMBER: usize = 7;
    let lower = text.to_ascii_lowercase();
    lower.bytes().filter(u8::is_ascii_digit).count() >= SHORTEST_NUMBER || SIGNS.iter().any(|sign| lower.contains(sign))
}

/// `#una_parola` is a hashtag, `una_parola` is an account.
fn is_after_hash(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[..at];
    let word_start = before.iter().rposition(u8::is_ascii_whitespace).map_or(0, |space| space + 1);
    before[word_start..].contains(&b'#')
}

fn replace_word(text: String, name: &str, by: &str) -> String {
    let haystack = lower_in_place(&text);
    let mut clean = String::new();
    let mut done = 0;
    while let Some(at) = whole_word(&haystack, name, done) {
        clean.push_str(&text[done..at]);
        clean.push_str(by);
        done = at + name.len();
    }
    if done == 0 {
        return text;
    }
    clean.push_str(&text[done..]);
    clean
}

/// Lowercase with every byte where it was: letters whose lowercase has another length (`İ`) stay as they are.
fn lower_in_place(text: &str) -> String {
    let lower = |c: char| c.to_lowercase().next().filter(|small| small.len_utf8() == c.len_utf8()).unwrap_or(c);
    text.chars().map(lower).collect()
}

/// Position of `word` from `from` on, where no letter, digit or underscore touches it.
fn whole_word(text: &str, word: &str, from: usize) -> Option<usize> {
    let mut start = from;
    while let Some(found) = text.get(start..)?.find(word) {
        let at = start + found;
        let end = at + word.len();
        let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        if !touches(text[..at].chars().next_back()) && !touches(text[end..].chars().next()) {
            return Some(at);
        }
        start = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_shape_is_known() {
        assert!(SHAPES.is_some());
        for (text, clean) in [
            ("ciao @anna_b, come va?", "ciao @user, come va?"),
            ("via @anna@mastodon.example.", "via @user."),
            ("scrivi a anna.b+x@example.org!", "scrivi a [email]!"),
            ("anna [at] example.org", "[email]"),
            ("chiama +39 06 5550 0123 oggi", "chiama [phone] oggi"),
            ("chiama 06 5550 0123 o 333 555 0123", "chiama [phone] o [phone]"),
            ("040 555 0123", "[phone]"),
            ("vedi https://twitter.com/anna/status/1 qui", "vedi [profile] qui"),
            ("vedi https://example.org/anna-e-bruno qui", "vedi https://example.org/anna-e-bruno qui"),
            ("anna_bianchi dice no", "@user dice no"),
            ("#io_resto a casa", "#io_resto a casa"),
            ("anna.bsky.social lo dice", "@user lo dice"),
            ("chiedi a u/anna_b", "chiedi a @user"),
        ] {
            assert_eq!(scrub_loose(text), clean, "{text}");
        }
    }

    #[test]
    fn numbers_that_are_news_stay() {
        for text in [
            "3.405 casi, 1.234.567 test, 10/03/2020",
            "chiama il 1500 o il 112 o l'800 123 456",
            "dal 2020-03-09 ore 18:00 covid19",
            "il 31,2 % di 10 000",
        ] {
            assert_eq!(scrub_loose(text), text);
        }
    }

    proptest! {
        #[test]
        fn whatever_the_text_no_name_remains(before in "\\PC{0,20}", after in "\\PC{0,20}") {
            let anna = RawAuthor { handle: "seedanna".to_owned(), also: vec!["Seed Anna".to_owned()] };
            let names = Names::of(std::iter::once(&anna));
            let clean = scrub(&format!("{before} @SeedAnna Seed Anna seedanna {after}"), &names).to_lowercase();
            prop_assert!(!clean.contains("seedanna") && !clean.contains("seed anna"), "{clean}");
        }
    }
}
