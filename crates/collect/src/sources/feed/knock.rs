//! What a feed is, in one line without its words.

use super::poll::document;
use super::tidy::Kind;
use crate::net::{Answer, AskError, Client, Request};
use polso_domain::Timestamp;
use scraper::{Html, Selector};
use url::Url;

/// Tries a feed: one question.
pub(crate) async fn knock(client: &Client, at: &Url, now: Timestamp) -> Result<String, AskError> {
    let answer = client.send(&Request::get(at.clone()).max_bytes(8 << 20)).await?.ok()?;
    let read = match document(&answer) {
        Ok(read) => read,
        Err(error) => return Err(advertised(&answer).map_or(error, |feed| elsewhere(at, &feed))),
    };
    let kind = match read.kind {
        Kind::Rss2 => "RSS",
        Kind::Rss1 => "RSS 1.0",
        Kind::Atom => "Atom",
        Kind::Json => "JSON Feed",
    };
    let newest = read.items.iter().filter_map(|item| item.as_ref().ok()?.claimed).max();
    let newest = newest.map_or_else(|| "without times".to_owned(), |newest| format!("newest {}", age(newest, now)));
    let broken = read.items.iter().filter(|item| item.is_err()).count();
    let broken = if broken == 0 { String::new() } else { format!(", {broken} of them unreadable") };
    let polite = answer.header("etag").or_else(|| answer.header("last-modified")).is_some();
    let polite = if polite { "tells what changed" } else { "sends everything each time (no ETag, no Last-Modified)" };
    let moved = answer.moved.as_ref().map_or_else(String::new, |to| format!("; it moved to {to}"));
    Ok(format!("open: {kind}, {} entries{broken}, {newest}, {polite}{moved}", read.items.len()))
}

/// How long ago.
pub(crate) fn age(then: Timestamp, now: Timestamp) -> String {
    let minutes = (now.millis() - then.millis()).max(0) / 60_000;
    match minutes {
        0..120 => format!("{minutes} min old"),
        120..2_880 => format!("{} h old", minutes / 60),
        _ => format!("{} days old", minutes / 1_440),
    }
}

/// The feed that a page for people names in its head.
fn advertised(answer: &Answer) -> Option<Url> {
    let links = Selector::parse(r#"link[rel~="alternate"][type]"#).ok()?;
    let page = Html::parse_document(&String::from_utf8_lossy(&answer.body));
    let mut feeds = page.select(&links).filter(|link| {
        let kind = link.attr("type").unwrap_or_default();
        ["application/rss+xml", "application/atom+xml", "application/feed+json"].contains(&kind)
    });
    answer.url.join(feeds.next()?.attr("href")?).ok()
}

fn elsewhere(at: &Url, feed: &Url) -> AskError {
    let what = format!("`{at}` is a page for people");
    AskError::Settings { what, hint: format!("it names a feed: write `url = \"{feed}\"` into the settings") }
}
