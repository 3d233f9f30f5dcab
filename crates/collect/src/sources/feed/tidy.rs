//! A feed taken apart: what it says of itself, and each entry as a small document of its own.
//!
//! The library that reads entries (feed-rs) wants sound XML and gives up on a whole feed over one bad entry. So each
//! entry is copied out with the feed's frame around it, in a form that the library cannot stumble over: what is broken
//! is refused alone, with its reason.
//!
//! Invariants
//! * What is copied out is well-formed: tags match, nothing is nested deeper than [`MAX_DEPTH`], text is escaped.
//! * No entry is dropped: each gives a [`Piece`] or a fault, in the order of the feed.

use super::extract::{Extract, is_sound};
use super::read::Refused;
use super::xml::{Token, Tokens, escape, local};
use std::time::Duration;

/// Deeper than this nobody means it.
pub(super) const MAX_DEPTH: usize = 200;

/// Entries of a feed; their marks are kept in the cursor.
pub(super) const MAX_ENTRIES: usize = 2_000;

/// Names that feeds use without declaring them.
const NAMESPACES: [(&str, &str); 4] = [
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:wfw", "http://wellformedweb.org/CommentAPI/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
];

/// Why something is no feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoFeed {
    /// A page for people.
    Page,
    /// Something else.
    Other,
    /// The beginning of one.
    Cut,
    /// More than [`MAX_ENTRIES`].
    Endless,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// RSS 0.9x and 2.0.
    Rss2,
    /// RSS 1.0, in RDF.
    Rss1,
    Atom,
    Json,
}

/// What a feed says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// How long it wants to be left alone.
    pub(super) rest: Duration,
    pub(super) language: Option<String>,
    /// Who wrote the entries that name nobody.
    pub(super) author: Option<String>,
}

/// An entry, alone.
pub(super) struct Piece {
    /// A feed with this entry only.
    pub(super) document: String,
    /// `rdf:about`: what RSS 1.0 has for an id.
    pub(super) about: Option<String>,
    /// `dc:subject`: what RSS 1.0 has for categories.
    pub(super) subjects: Vec<String>,
    /// Of everything it says.
    pub(super) mark: u64,
}

/// A feed taken apart.
pub(super) struct Sheet {
    pub(super) kind: Kind,
    pub(super) head: Head,
    pub(super) pieces: Vec<Result<Piece, Refused>>,
}

/// Takes a feed apart.
pub(super) fn tidy(text: &str) -> Result<Sheet, NoFeed> {
    if text.trim_start().get(..14).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype html")) {
        return Err(NoFeed::Page);
    }
    let mut tokens = Tokens::new(text);
    let mut tidy = Tidy::default();
    for token in tokens.by_ref() {
        match token {
            Token::Open { name, attributes, empty } => tidy.open(name, attributes, empty)?,
            Token::Close(name) => tidy.close(name)?,
            Token::Text(text) => tidy.text(&text),
        }
    }
    let Some((kind, _)) = tidy.root else { return Err(NoFeed::Other) };
    if tokens.cut || !tidy.path.is_empty() {
        return Err(NoFeed::Cut);
    }
    let rest = tidy.ttl.max(period(&tidy.period, &tidy.frequency));
    Ok(Sheet { kind, head: Head { rest, ..tidy.head }, pieces: tidy.pieces })
}

#[derive(Default)]
struct Tidy<'a> {
    root: Option<(Kind, String)>,
    /// `channel` with its attributes, which may declare names.
    channel: String,
    path: Vec<&'a str>,
    /// Elements open beyond [`MAX_DEPTH`].
    beyond: usize,
    entry: Option<Extract>,
    pieces: Vec<Result<Piece, Refused>>,
    head: Head,
    ttl: Duration,
    period: String,
    frequency: String,
}

impl<'a> Tidy<'a> {
    fn open(&mut self, name: &'a str, attributes: Vec<(&'a str, String)>, empty: bool) -> Result<(), NoFeed> {
        let Some((kind, _)) = &self.root else {
            self.root = Some(root(name, &attributes)?);
            self.head.language = attributes.into_iter().find(|(key, _)| *key == "xml:lang").map(|(_, value)| value);
            self.path.extend((!empty).then_some(name));
            return Ok(());
        };
        let kind = *kind;
        if let Some(copy) = self.entry.as_mut().filter(|copy| copy.is_raw()) {
            copy.raw_open(name, &attributes, empty);
            return Ok(());
        }
        if self.path.len() >= MAX_DEPTH {
            self.beyond += usize::from(!empty);
            if let Some(copy) = &mut self.entry {
                copy.spoil("tags nested too deep");
            }
            return Ok(());
        }
        let begins = local(name) == entry_name(kind)
            && self.entry.as_ref().map_or(self.path.len() <= 2, |copy| self.path.len() == copy.depth + 1);
        if begins {
            self.finish(Some("an entry that does not end"))?;
            self.entry = Some(Extract::new(kind, self.path.len(), name, &attributes));
        } else if let Some(copy) = &mut self.entry {
            copy.open(self.path.len(), (name, &attributes), empty);
        } else if self.path.len() == 1 && local(name) == "channel" && kind == Kind::Rss2 {
            self.channel = tag("channel", attributes.iter().filter(|(key, _)| *key != "xmlns"));
        }
        if !empty {
            self.path.push(name);
        } else if begins {
            self.finish(None)?;
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), NoFeed> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return Ok(());
        }
        if let Some(copy) = self.entry.as_mut().filter(|copy| copy.is_raw())
            && self.path.last() != Some(&name)
            && local(name) != "item"
        {
            copy.raw_close(name);
            return Ok(());
        }
        let Some(at) = self.path.iter().rposition(|open| *open == name) else {
            if let Some(copy) = &mut self.entry {
                copy.spoil("tags that do not match");
            }
            return Ok(());
        };
        if let Some(copy) = &mut self.entry {
            if at + 1 != self.path.len() {
                copy.spoil("tags that do not match");
            }
            if at > copy.depth {
                copy.close(name);
            } else {
                self.finish(None)?;
            }
        }
        self.path.truncate(at);
        Ok(())
    }

    /// Puts the entry under way away, if there is one.
    fn finish(&mut self, wrong: Option<&'static str>) -> Result<(), NoFeed> {
        let Some(mut copy) = self.entry.take() else { return Ok(()) };
        if self.pieces.len() == MAX_ENTRIES {
            return Err(NoFeed::Endless);
        }
        if let Some(wrong) = wrong {
            copy.spoil(wrong);
        }
        self.path.truncate(copy.depth);
        self.beyond = 0;
        let Some((kind, root)) = &self.root else { return Ok(()) };
        let (before, after) = match kind {
            Kind::Rss2 if self.channel.is_empty() => (format!("{root}<channel>"), "</channel></rss>".to_owned()),
            Kind::Rss2 => (format!("{root}{}", self.channel), "</channel></rss>".to_owned()),
            _ => (root.clone(), format!("</{}>", self.path.first().copied().unwrap_or_default())),
        };
        self.pieces.push(copy.end(&before, &after));
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some((kind, _)) = &self.root else { return };
        let own = self.path.last().map_or("", |name| local(name));
        if let Some(copy) = &mut self.entry {
            return copy.text(self.path.len(), own, text);
        }
        let said = || text.trim().to_owned();
        match (self.path.as_slice(), own) {
            (_, "ttl") => self.ttl = said().parse().map_or(self.ttl, |minutes: u32| minute(u64::from(minutes))),
            (_, "updatePeriod") => self.period = said(),
            (_, "updateFrequency") => self.frequency = said(),
            (_, "language") if !said().is_empty() => self.head.language = Some(said()),
            ([_, parent, _], "name") if *kind == Kind::Atom && local(parent) == "author" && !said().is_empty() => {
                self.head.author = Some(said());
            }
            _ => {}
        }
    }
}

fn entry_name(kind: Kind) -> &'static str {
    if kind == Kind::Atom { "entry" } else { "item" }
}

fn minute(minutes: u64) -> Duration {
    Duration::from_secs(minutes.saturating_mul(60))
}

/// `sy:updatePeriod`, so many times.
fn period(period: &str, frequency: &str) -> Duration {
    let hours = match period {
        "hourly" => 1,
        "daily" => 24,
        "weekly" => 24 * 7,
        "monthly" => 24 * 30,
        "yearly" => 24 * 365,
        _ => return Duration::ZERO,
    };
    minute(hours * 60) / frequency.parse().unwrap_or(1).max(1)
}

/// The frame of all entries: the root as the library knows it, with every name declared that entries use.
fn root(name: &str, attributes: &[(&str, String)]) -> Result<(Kind, String), NoFeed> {
    let (kind, own, namespace) = match local(name) {
        "rss" => (Kind::Rss2, "rss", None),
        "RDF" => (Kind::Rss1, name, Some("http://purl.org/rss/1.0/")),
        "feed" => (Kind::Atom, name, Some("http://www.w3.org/2005/Atom")),
        word if word.eq_ignore_ascii_case("html") => return Err(NoFeed::Page),
        _ => return Err(NoFeed::Other),
    };
    let mut all: Vec<(&str, String)> =
        attributes.iter().filter(|(key, _)| !matches!(*key, "xmlns" | "version")).cloned().collect();
    all.extend((kind == Kind::Rss2).then(|| ("version", "2.0".to_owned())));
    all.extend(namespace.map(|namespace| ("xmlns", namespace.to_owned())));
    for (key, namespace) in NAMESPACES {
        if all.iter().all(|(known, _)| *known != key) {
            all.push((key, namespace.to_owned()));
        }
    }
    Ok((kind, tag(own, all.iter())))
}

/// A start tag.
pub(super) fn tag<'t>(name: &str, attributes: impl Iterator<Item = &'t (&'t str, String)>) -> String {
    let mut tag = format!("<{name}");
    for (key, value) in attributes.filter(|(key, value)| is_sound(key, value)) {
        tag.push(' ');
        tag.push_str(key);
        tag.push_str("=\"");
        escape(value, &mut tag);
        tag.push('"');
    }
    tag.push('>');
    tag
}
