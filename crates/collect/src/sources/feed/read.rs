//! A feed's bytes to its items: one shape for RSS, Atom and JSON Feed.

use super::charset::{self, Decoded};
use super::json;
use super::mark;
use super::tidy::{self, Head, Kind, NoFeed, Piece};
use crate::files::Fault;
use feed_rs::model::{Entry, Link, LinkTarget, Person, Text};
use feed_rs::parser;
use polso_domain::{SetAside, Timestamp};
use url::Url;

/// A text as its feed marks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Markup {
    Html(String),
    Plain(String),
}

/// Who wrote an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Author {
    pub(crate) name: String,
    /// Addresses of any kind.
    pub(crate) also: Vec<String>,
}

/// What every kind of feed says of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Item {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<Markup>,
    pub(crate) body: Option<Markup>,
    /// Where people read it.
    pub(crate) link: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) authors: Vec<Author>,
    pub(crate) claimed: Option<Timestamp>,
    pub(crate) language: Option<String>,
    /// The feed of its comments.
    pub(crate) comments: Option<String>,
    /// The article it belongs to, where it is an answer.
    pub(crate) article: Option<String>,
    /// What it answers.
    pub(crate) answers: Option<String>,
    /// Under which id it can be asked for again.
    pub(crate) ask_again: Option<String>,
    /// Where relative links in its body start, if it says so.
    pub(crate) base: Option<Url>,
}

/// An item that cannot be used.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) fault: Fault,
    /// What it was read from, where its names can be removed.
    pub(super) json: Option<String>,
    /// Of everything it says.
    pub(super) mark: u64,
}

/// A feed, read.
pub(super) struct Document {
    pub(super) kind: Kind,
    pub(super) head: Head,
    pub(super) items: Vec<Result<Item, Refused>>,
}

/// Reads a feed that was found at this address with this `Content-Type`.
pub(super) fn read(bytes: &[u8], content_type: Option<&str>, at: &Url) -> Result<Document, NoFeed> {
    let Decoded { text, damaged } = charset::decode(bytes, content_type);
    let mut document = if text.trim_start().starts_with('{') { json::read(&text)? } else { xml(&text, at)? };
    if damaged {
        for item in &mut document.items {
            if let Ok(read) = item
                && let Some(damaged) = damaged_text(read)
            {
                let fault = Fault::new(SetAside::BadEncoding, "bytes that are not text in the feed's encoding");
                *item = Err(Refused { fault, json: None, mark: mark::of(&[damaged]) });
            }
        }
    }
    Ok(document)
}

fn xml(text: &str, at: &Url) -> Result<Document, NoFeed> {
    let tidy::Sheet { kind, head, pieces } = tidy::tidy(text)?;
    // An id that is made up must be ours: the library's last resort is a random one.
    let parser = parser::Builder::new().base_uri(Some(at.as_str())).id_generator(|_, _, _| String::new()).build();
    let item = |piece: Result<Piece, Refused>| {
        let Piece { document, about, subjects, mark } = piece?;
        let fault = || Fault::new(SetAside::Malformed, "an entry that is none of its kind of feed");
        let unread = || Refused { fault: fault(), json: None, mark };
        let mut feed = parser.parse(document.as_bytes()).map_err(|_| unread())?;
        // RSS 1.0 without a link: the library leaves it out.
        let entry = feed.entries.pop().ok_or_else(unread)?;
        let mut item = of_entry(entry, kind);
        item.id = item.id.or(about);
        item.tags.extend(subjects);
        Ok(item)
    };
    let items = pieces.into_iter().map(item).collect();
    Ok(Document { kind, head, items })
}

fn of_entry(entry: Entry, kind: Kind) -> Item {
    let comments = entry.links.iter().find(|link| is_comments(link)).map(|link| link.href.clone());
    let page = |link: &&Link| link.target.is_none() && link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let link = entry.links.iter().find(page).map(|link| link.href.clone());
    let content = entry.content.and_then(|content| {
        let essence = content.content_type.to_string();
        markup(content.body?, &essence, kind)
    });
    let summary = || entry.summary.and_then(|text| of_text(text, kind));
    let spoken = || entry.media.into_iter().find_map(|media| of_text(media.description?, kind));
    Item {
        id: filled(&entry.id),
        title: entry.title.and_then(|text| of_text(text, kind)),
        body: content.or_else(summary).or_else(spoken),
        link,
        tags: entry.categories.into_iter().filter_map(|category| filled(&category.term)).collect(),
        authors: entry.authors.into_iter().filter_map(author).collect(),
        claimed: entry.published.or(entry.updated).map(|at| Timestamp::from_millis(at.timestamp_millis())),
        language: entry.language.as_deref().and_then(filled),
        comments,
        article: None,
        answers: None,
        ask_again: None,
        base: entry.base.and_then(|base| Url::parse(&base).ok()),
    }
}

/// `wfw:commentRss`, and what Atom has for it.
fn is_comments(link: &Link) -> bool {
    let feed = link.media_type.as_deref().is_some_and(|kind| kind.contains("atom") || kind.contains("rss"));
    link.target == Some(LinkTarget::CommentsFeed) || (link.rel.as_deref() == Some("replies") && feed)
}

fn of_text(text: Text, kind: Kind) -> Option<Markup> {
    let essence = text.content_type.to_string();
    markup(text.content, &essence, kind)
}

/// RSS does not mark its texts; publishers write HTML into them.
fn markup(text: String, essence: &str, kind: Kind) -> Option<Markup> {
    filled(&text)?;
    match essence.split(';').next().unwrap_or_default() {
        "text/plain" if kind == Kind::Atom => Some(Markup::Plain(text)),
        "text/plain" | "text/html" | "application/xhtml+xml" | "application/xhtml" => Some(Markup::Html(text)),
        _ => None,
    }
}

/// The name, and the addresses that stand beside or instead of it.
fn author(person: Person) -> Option<Author> {
    let written = person.name.unwrap_or_default().replace('＠', "@");
    let is_address = |word: &&str| word.contains('@');
    let bare = |word: &str| word.trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | ',' | ';')).to_owned();
    let addresses = written.split_whitespace().filter(is_address).map(bare);
    let also: Vec<String> = addresses.chain(person.email).chain(person.uri).filter_map(|one| filled(&one)).collect();
    let words: Vec<&str> = written.split_whitespace().filter(|word| !is_address(word)).collect();
    let name = words.join(" ").trim_matches(|c| matches!(c, '(' | ')')).trim().to_owned();
    let name = if name.is_empty() { also.first().cloned()? } else { name };
    Some(Author { name, also })
}

fn damaged_text(item: &Item) -> Option<&str> {
    let texts = [&item.title, &item.body].into_iter().flatten().map(|markup| match markup {
        Markup::Html(text) | Markup::Plain(text) => text,
    });
    texts.chain(item.id.iter()).chain(&item.tags).map(String::as_str).find(|text| text.contains('\u{fffd}'))
}

pub(super) fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
