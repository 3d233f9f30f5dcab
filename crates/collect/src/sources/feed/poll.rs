//! One feed, asked politely: only what is new comes back, and only what is new is handed on.

use super::post::{Around, Outlook};
use super::read::Document;
use super::sieve::{Followed, Sieve, Sifted};
use super::state::{Polled, Turn};
use super::tidy::NoFeed;
use super::{mark, read};
use crate::files::Row;
use crate::net::{Answer, AskError, Client, Request};
use polso_domain::Timestamp;
use reqwest::StatusCode;
use url::Url;

/// Feeds hold little; a longer one is an archive or a mistake.
const MAX_BYTES: usize = 8 << 20;

const ACCEPT: &str =
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

/// What a question brought.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) rows: Vec<Row>,
    pub(crate) turn: Turn,
    /// Items of this page that are followed. `None` if the page is the same as last time.
    pub(crate) followed: Option<Vec<Followed>>,
}

/// Asks a feed for what is new. Where it fails, `state` only learns that the feed is gone for good: the same question
/// can be put again.
pub(crate) async fn poll(
    client: &Client,
    outlook: &Outlook,
    state: &mut Polled,
    since: Timestamp,
) -> Result<Heard, AskError> {
    let query = mark::of(&[&outlook.query, &outlook.languages.join(" ")]);
    let mut next = state.of((mark::of(&[outlook.at.as_str()]), query), since);
    if next.gone {
        let host = outlook.at.host_str().unwrap_or_default().to_owned();
        return Err(AskError::Missing { host, path: outlook.at.path().to_owned(), gone: true });
    }
    let asked = client.now();
    let answer = match fetch(client, outlook, &mut next).await {
        Err(error @ AskError::Missing { gone: true, .. }) => {
            *state = Polled { gone: true, ..next };
            return Err(error);
        }
        answer => answer?,
    };
    let heard = if answer.status == StatusCode::NOT_MODIFIED {
        Heard { turn: next.unchanged(asked), ..Heard::default() }
    } else {
        let document = document(&answer)?;
        next.rest = document.head.rest.as_secs();
        next.etag = answer.header("etag").map(str::to_owned);
        next.modified = answer.header("last-modified").map(str::to_owned);
        listen(outlook, &mut next, document, asked)
    };
    let rest = answer.header("retry-after").and_then(|seconds| seconds.trim().parse().ok()).unwrap_or(0);
    next.rest = next.rest.max(rest);
    *state = next;
    Ok(heard)
}

async fn fetch(client: &Client, outlook: &Outlook, state: &mut Polled) -> Result<Answer, AskError> {
    let moved = state.moved.as_deref().and_then(|moved| Url::parse(moved).ok());
    let first = moved.clone().unwrap_or_else(|| outlook.at.clone());
    let mut answer = client.send(&question(first, state)).await?;
    if moved.is_some() && answer.status == StatusCode::NOT_FOUND {
        (state.moved, state.etag, state.modified) = (None, None, None);
        answer = client.send(&question(outlook.at.clone(), state)).await?;
    }
    if let Some(moved) = answer.moved.clone().filter(|_| answer.status.is_success()) {
        state.moved = Some(moved.into());
    }
    let conditional = state.etag.is_some() || state.modified.is_some();
    let answer = answer.ok()?;
    if answer.status == StatusCode::NOT_MODIFIED && !conditional {
        return Err(answer.garbled("not modified, though nothing is known of it"));
    }
    Ok(answer)
}

fn question(at: Url, state: &Polled) -> Request {
    let mut question = Request::get(at).header("accept", ACCEPT).max_bytes(MAX_BYTES);
    if let Some(etag) = &state.etag {
        question = question.header("if-none-match", etag);
    }
    if let Some(modified) = &state.modified {
        question = question.header("if-modified-since", modified);
    }
    question
}

/// The feed in an answer.
pub(super) fn document(answer: &Answer) -> Result<Document, AskError> {
    read::read(&answer.body, answer.header("content-type"), &answer.url).map_err(|what| {
        answer.garbled(match what {
            NoFeed::Page => "a page for people instead of a feed",
            NoFeed::Other => "no feed",
            NoFeed::Cut => "a feed that breaks off",
            NoFeed::Endless => "a feed of more than 2000 entries",
        })
    })
}

/// Compares a page with the last one and hands on what is new.
fn listen(outlook: &Outlook, state: &mut Polled, document: Document, asked: Timestamp) -> Heard {
    let Document { head, items, .. } = document;
    let around = Around { language: head.language.as_deref(), author: head.author.as_deref() };
    let mut sieve = Sieve::new(outlook, &state.seen, (asked, state.since));
    for (place, item) in (1..).zip(items) {
        match item {
            Ok(item) => sieve.item(item, &around, place),
            Err(refused) => sieve.refuse(&refused.fault, (refused.mark, place), refused.json.as_deref()),
        }
    }
    let Sifted { rows, seen, followed } = sieve.end();
    Heard { rows, turn: state.turn(seen, asked), followed: Some(followed) }
}
