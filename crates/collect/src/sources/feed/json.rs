//! JSON Feed, 1.0 and 1.1. Each item is read alone: a wrong one is set aside and the others stay.

use super::mark;
use super::read::{Author, Document, Item, Markup, Refused, filled};
use super::tidy::{Head, Kind, MAX_ENTRIES, NoFeed};
use crate::files::{Fault, Scalar};
use crate::stamp;
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Feed<'a> {
    version: String,
    language: Option<String>,
    author: Option<Person>,
    authors: Option<Vec<Person>>,
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
}

#[derive(Deserialize, Clone)]
struct Person {
    name: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wire<'a> {
    /// Text; writers of numbers are forgiven.
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow)]
    url: Scalar<'a>,
    #[serde(borrow)]
    external_url: Scalar<'a>,
    #[serde(borrow)]
    title: Scalar<'a>,
    #[serde(borrow)]
    content_html: Scalar<'a>,
    #[serde(borrow)]
    content_text: Scalar<'a>,
    #[serde(borrow)]
    summary: Scalar<'a>,
    #[serde(borrow)]
    date_published: Scalar<'a>,
    #[serde(borrow)]
    date_modified: Scalar<'a>,
    #[serde(borrow)]
    language: Scalar<'a>,
    author: Option<Person>,
    authors: Option<Vec<Person>>,
    #[serde(borrow)]
    tags: Option<Vec<Scalar<'a>>>,
}

pub(super) fn read(text: &str) -> Result<Document, NoFeed> {
    let feed: Feed<'_> =
        serde_json::from_str(text).map_err(|error| if error.is_eof() { NoFeed::Cut } else { NoFeed::Other })?;
    if !feed.version.starts_with("https://jsonfeed.org/version/1") {
        return Err(NoFeed::Other);
    }
    if feed.items.len() > MAX_ENTRIES {
        return Err(NoFeed::Endless);
    }
    let everybody: Vec<Author> = people(feed.author, feed.authors);
    let items = feed.items.iter().map(|raw| item(raw.get(), &everybody)).collect();
    Ok(Document { kind: Kind::Json, head: Head { language: feed.language, ..Head::default() }, items })
}

fn item(raw: &str, everybody: &[Author]) -> Result<Item, Refused> {
    let wire: Wire<'_> = serde_json::from_str(raw).map_err(|error| Refused {
        fault: Fault::json(&error),
        json: Some(raw.to_owned()),
        mark: mark::of(&[raw]),
    })?;
    let html = wire.content_html.text().map(Markup::Html);
    let plain = || wire.content_text.text().or_else(|| wire.summary.text()).map(Markup::Plain);
    let time = |value: Scalar<'_>| value.text().and_then(|text| stamp::rfc3339(&text));
    let mut authors = people(wire.author, wire.authors);
    if authors.is_empty() {
        authors = everybody.to_vec();
    }
    Ok(Item {
        id: wire.id.text(),
        title: wire.title.text().map(Markup::Plain),
        body: html.or_else(plain),
        link: wire.url.text().or_else(|| wire.external_url.text()),
        tags: wire.tags.unwrap_or_default().into_iter().filter_map(Scalar::text).collect(),
        authors,
        claimed: time(wire.date_published).or_else(|| time(wire.date_modified)),
        language: wire.language.text(),
        comments: None,
        article: None,
        answers: None,
        ask_again: None,
        base: None,
    })
}

fn people(one: Option<Person>, more: Option<Vec<Person>>) -> Vec<Author> {
    let all = one.into_iter().chain(more.into_iter().flatten());
    let person = |person: Person| {
        let url = person.url.as_deref().and_then(filled);
        let name = person.name.as_deref().and_then(filled).or_else(|| url.clone())?;
        Some(Author { name, also: url.into_iter().collect() })
    };
    let mut people: Vec<Author> = Vec::new();
    for person in all.filter_map(person) {
        // Version 1.1 repeats the one author of 1.0 among the authors.
        if !people.contains(&person) {
            people.push(person);
        }
    }
    people
}
