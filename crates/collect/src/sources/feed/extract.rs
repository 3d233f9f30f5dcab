//! One entry on its way out of its feed: copied tag by tag into a form that feed-rs reads without stumbling.
//!
//! What feed-rs (3.0) stumbles over, and what is done about it here:
//! * an e-mail address beside a letter of several bytes in an author's name ends the program: `@` becomes `＠` there;
//! * so does a time of play with too many digits: `duration`, `start`, `end` and `time` are left out;
//! * an empty `content` or `title`, or one of an unknown `type`, ends the feed: the one is left out, the other is text;
//! * an `xml:base` that is no address ends the feed: it is left out;
//! * markup that stands unescaped in an RSS `description` hides it: it is escaped.

use super::mark::Mark;
use super::read::Refused;
use super::tidy::{Kind, Piece, tag};
use super::xml::{escape, local};
use crate::files::Fault;
use polso_domain::SetAside;

/// A longer entry is refused.
const MAX_BYTES: usize = 1 << 20;

/// Elements that hold a text, and are no element without one.
const TEXTS: [&str; 7] = ["title", "summary", "content", "rights", "description", "encoded", "text"];

/// An entry under way.
pub(super) struct Extract {
    /// How many elements are around it.
    pub(super) depth: usize,
    kind: Kind,
    out: String,
    wrong: Option<&'static str>,
    /// Markup in the element that is open is part of its text.
    raw: bool,
    /// Where the text element that is open began.
    began: Option<usize>,
    about: Option<String>,
    subjects: Vec<String>,
    /// Of everything it says, so that one that is refused is refused once.
    mark: Mark,
}

impl Extract {
    pub(super) fn new(kind: Kind, depth: usize, name: &str, attributes: &[(&str, String)]) -> Self {
        let about = attributes.iter().find(|(key, _)| local(key) == "about").map(|(_, value)| value.trim().to_owned());
        let plain = attributes.iter().filter(|(key, _)| *key != "xmlns");
        let out = if kind == Kind::Rss2 { tag(name, plain) } else { tag(name, attributes.iter()) };
        Self { depth, kind, out, wrong: None, raw: false, began: None, about, subjects: Vec::new(), mark: Mark::new() }
    }

    /// It cannot be used; the first reason counts.
    pub(super) fn spoil(&mut self, wrong: &'static str) {
        self.wrong.get_or_insert(wrong);
        self.raw = false;
        self.out.clear();
    }

    pub(super) fn is_raw(&self) -> bool {
        self.raw
    }

    pub(super) fn open(&mut self, around: usize, (name, attributes): (&str, &[(&str, String)]), empty: bool) {
        if self.is_over() {
            return;
        }
        let is_text = around == self.depth + 1 && TEXTS.contains(&local(name));
        let elsewhere = attributes.iter().any(|(key, _)| *key == "src");
        if is_text && empty && !elsewhere {
            return;
        }
        if is_text && !empty {
            self.began = (!elsewhere).then_some(self.out.len());
            self.raw = self.kind != Kind::Atom;
        }
        let mut opened = if is_text && local(name) != "content" {
            let typed = attributes.iter().filter(|(key, value)| *key != "type" || is_type(name, value));
            tag(name, typed)
        } else {
            tag(name, attributes.iter())
        };
        if empty {
            opened.insert(opened.len() - 1, '/');
        }
        self.out.push_str(&opened);
    }

    pub(super) fn close(&mut self, name: &str) {
        self.raw = false;
        if self.is_over() {
            return;
        }
        if TEXTS.contains(&local(name))
            && let Some(began) = self.began.take()
            && self.out[began..].split_once('>').is_some_and(|(_, text)| text.trim().is_empty())
        {
            self.out.truncate(began);
        } else {
            self.out.extend(["</", name, ">"]);
        }
    }

    pub(super) fn raw_open(&mut self, name: &str, attributes: &[(&str, String)], empty: bool) {
        let mut opened = tag(name, attributes.iter());
        if empty {
            opened.insert(opened.len() - 1, '/');
        }
        self.push(&opened);
    }

    pub(super) fn raw_close(&mut self, name: &str) {
        self.push(&format!("</{name}>"));
    }

    /// Text inside an element of this name, with so many elements around it.
    pub(super) fn text(&mut self, around: usize, own: &str, text: &str) {
        self.mark.add(text);
        if around == self.depth + 2 && own == "subject" && !text.trim().is_empty() {
            self.subjects.push(text.trim().to_owned());
        }
        match own {
            "duration" => {}
            "author" | "creator" => self.push(&text.replace('@', "＠")),
            _ => self.push(text),
        }
    }

    fn push(&mut self, text: &str) {
        if !self.is_over() {
            escape(text, &mut self.out);
        }
    }

    fn is_over(&self) -> bool {
        self.wrong.is_some() || self.out.len() > MAX_BYTES
    }

    /// The entry in its frame.
    pub(super) fn end(self, before: &str, after: &str) -> Result<Piece, Refused> {
        let refused = |fault| Err(Refused { fault, json: None, mark: self.mark.value() });
        if let Some(wrong) = self.wrong {
            return refused(Fault::new(SetAside::Malformed, wrong));
        }
        if self.out.len() > MAX_BYTES {
            return refused(Fault::new(SetAside::TooLong, format!("an entry longer than {} KiB", MAX_BYTES >> 10)));
        }
        let name = self.out[1..].split([' ', '>']).next().unwrap_or_default();
        let document = format!("{before}{}</{name}>{after}", self.out);
        Ok(Piece { document, about: self.about, subjects: self.subjects, mark: self.mark.value() })
    }
}

/// The types of text that the library knows, Atom's and those of media elements; without one it is plain.
fn is_type(name: &str, value: &str) -> bool {
    matches!(value, "html" | "xhtml") || (value == "text/html" && !name.contains(':'))
}

/// Whether an attribute can be handed on.
pub(super) fn is_sound(key: &str, value: &str) -> bool {
    let base = || !matches!(url::Url::parse(value), Err(error) if error != url::ParseError::RelativeUrlWithoutBase);
    let named = key.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'));
    named && !matches!(key, "start" | "end" | "time") && (key != "xml:base" || base())
}
