//! XML as tokens, as forgiving as readers of feeds must be and as deaf as they should be.
//!
//! Document types are skipped, whatever they declare: no entity of a document's own is ever known, so none can grow,
//! and nothing is fetched. Names of characters that HTML has (`&nbsp;`) are understood without a declaration, because
//! half of all feeds think so. Every token is read once: the cost is the length of the document.

use crate::html;
use encoding_rs::WINDOWS_1252;
use std::collections::HashMap;

/// More attributes than this are nobody's.
const MAX_ATTRIBUTES: usize = 64;

/// A token; names keep their prefix.
pub(super) enum Token<'a> {
    Open {
        name: &'a str,
        attributes: Vec<(&'a str, String)>,
        /// It closes itself.
        empty: bool,
    },
    Close(&'a str),
    /// Decoded.
    Text(String),
}

/// The tokens of a document.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    names: HashMap<&'a str, Option<String>>,
    /// The document ended inside a token.
    pub(super) cut: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, names: HashMap::new(), cut: false }
    }

    /// Drops everything up to and with `end`.
    fn skip(&mut self, end: &str) -> Option<&'a str> {
        let Some(at) = self.rest.find(end) else { return self.end() };
        let skipped = &self.rest[..at];
        self.rest = &self.rest[at + end.len()..];
        Some(skipped)
    }

    fn end<T>(&mut self) -> Option<T> {
        self.cut = true;
        self.rest = "";
        None
    }

    /// A document type with all it declares: quotes and comments in it may hold brackets.
    fn skip_doctype(&mut self) -> Option<()> {
        let mut inside = 0_usize;
        loop {
            let at = self.rest.find(['[', ']', '"', '\'', '>', '<']);
            let Some(at) = at else { return self.end() };
            let comment = self.rest[at..].starts_with("<!--");
            let mark = self.rest.as_bytes()[at];
            self.rest = &self.rest[at + 1..];
            match mark {
                b'[' => inside += 1,
                b']' => inside = inside.saturating_sub(1),
                b'"' => drop(self.skip("\"")?),
                b'\'' => drop(self.skip("'")?),
                b'<' if comment => drop(self.skip("-->")?),
                b'>' if inside == 0 => return Some(()),
                _ => {}
            }
        }
    }

    fn text(&mut self) -> Token<'a> {
        let mut from = 0;
        let end = loop {
            match memchr::memchr(b'<', &self.rest.as_bytes()[from..]) {
                None => break self.rest.len(),
                Some(at) if starts_markup(&self.rest[from + at + 1..]) => break from + at,
                Some(at) => from += at + 1,
            }
        };
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Token::Text(self.decode(text))
    }

    fn open(&mut self) -> Option<Token<'a>> {
        let name = self.word();
        let mut attributes = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let empty = self.rest.starts_with("/>");
            if empty || self.rest.starts_with('>') {
                self.rest = &self.rest[1 + usize::from(empty)..];
                return Some(Token::Open { name, attributes, empty });
            }
            if self.rest.is_empty() {
                return self.end();
            }
            let key = self.word();
            if key.is_empty() {
                // A stray quote or slash; whatever it is, it must be left behind.
                let mut letters = self.rest.chars();
                letters.next();
                self.rest = letters.as_str();
                continue;
            }
            self.rest = self.rest.trim_start();
            let value = match self.rest.strip_prefix('=') {
                Some(value) => {
                    self.rest = value.trim_start();
                    self.value()?
                }
                None => "",
            };
            if attributes.len() < MAX_ATTRIBUTES && attributes.iter().all(|(known, _)| *known != key) {
                attributes.push((key, self.decode(value)));
            }
        }
    }

    fn word(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\''));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    fn value(&mut self) -> Option<&'a str> {
        let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return Some(self.word());
        };
        self.rest = &self.rest[1..];
        self.skip(if quote == '"' { "\"" } else { "'" })
    }

    /// Text with its references resolved; what is none stays as it is written.
    fn decode(&mut self, text: &'a str) -> String {
        const LONGEST: usize = 34;
        let mut decoded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
            decoded.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
            let known = end.and_then(|end| Some((end, self.reference(rest.get(..end)?)?)));
            match known {
                Some((end, letters)) => {
                    decoded.push_str(&letters);
                    rest = &rest[end + 1..];
                }
                None => decoded.push('&'),
            }
        }
        decoded.push_str(rest);
        decoded.retain(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
        decoded
    }

    fn reference(&mut self, name: &'a str) -> Option<String> {
        let Some(number) = name.strip_prefix('#') else {
            return self.names.entry(name).or_insert_with(|| html::named_character(name)).clone();
        };
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        match u8::try_from(number) {
            // No letters of any alphabet: whoever wrote them meant those of Windows.
            Ok(byte @ 0x80..=0x9f) => Some(WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned()),
            _ => char::from_u32(number).map(String::from),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let Some(markup) = self.rest.strip_prefix('<').filter(|after| starts_markup(after)) else {
                return (!self.rest.is_empty()).then(|| self.text());
            };
            self.rest = markup;
            if markup.starts_with("!--") {
                self.skip("-->")?;
            } else if let Some(text) = markup.strip_prefix("![CDATA[") {
                self.rest = text;
                return self.skip("]]>").map(|text| Token::Text(text.to_owned()));
            } else if markup.starts_with('!') {
                self.skip_doctype()?;
            } else if markup.starts_with('?') {
                self.skip("?>")?;
            } else if let Some(name) = markup.strip_prefix('/') {
                self.rest = name;
                return self.skip(">").map(|name| Token::Close(name.trim()));
            } else {
                return self.open();
            }
        }
    }
}

/// A `<` before anything else is a letter of the text.
fn starts_markup(after: &str) -> bool {
    after.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '_'))
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Text that reads as itself, also between quotes.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> (String, bool) {
        let mut tokens = Tokens::new(text);
        let mut said = String::new();
        for token in tokens.by_ref() {
            match token {
                Token::Open { name, attributes, empty } => {
                    said.extend(["[", name, &format!(" {attributes:?} {empty}]")]);
                }
                Token::Close(name) => said.extend(["[/", name, "]"]),
                Token::Text(text) => said += &text,
            }
        }
        (said, tokens.cut)
    }

    #[test]
    fn tokens_are_as_readers_expect() {
        let text = "<?xml version='1.0'?><!-- <a> --><a b='1' c=\"x &amp; y\" d=z e/>5 < 6 &amp; AT&T<![CDATA[<p>&amp;]]></a >";
        let said =
            "[a [(\"b\", \"1\"), (\"c\", \"x & y\"), (\"d\", \"z\"), (\"e\", \"\")] true]5 < 6 & AT&T<p>&amp;[/a]";
        assert_eq!(tokens(text), (said.to_owned(), false));
        assert_eq!(tokens("caff&eacute;&nbsp;&#8217;&#x2019;&#146;&lol;&#xD800;").0, "caffé\u{a0}’’’&lol;&#xD800;");
    }

    #[test]
    fn document_types_are_deaf() {
        let bomb =
            r#"<!DOCTYPE a [<!ENTITY x "]>"> <!-- ]> it's --> <!ENTITY y SYSTEM 'file:///etc/passwd'>]><a>&x;&y;</a>"#;
        assert_eq!(tokens(bomb).0, "[a [] false]&x;&y;[/a]");
    }

    #[test]
    fn what_breaks_off_is_told() {
        for cut in ["<a b='", "<a", "<!-- x", "<![CDATA[x", "<!DOCTYPE a [", "<?xml", "</a"] {
            assert!(tokens(cut).1, "{cut}");
        }
        assert!(!tokens("a < b").1);
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "(<|>|/|!|\\?|\\[|\\]|&|;|#|'|\"|=|a|-|è| ){0,80}") {
            tokens(&text);
        }
    }
}
