//! Searching for what Jetstream no longer held, with an account.
//!
//! The search walks a span backwards, spelling by spelling, each answer ending where the next question does: its own
//! cursors are not promised to reach the end. It is not made for this and promises nothing. So a span counts as covered
//! only when every walk came to its end and nothing had to be left out; it is lost when one was refused, was longer than
//! [`PAGES`], or met more posts in one millisecond than fit into an answer. Even then posts may be missing that the index
//! does not show, and deletions of the span are never heard: the documentation says so.
//!
//! Searching never stands in the way of listening: pages take turns, and a search that fails waits in the cursor.

use super::cursor::{Cursor, Hole};
use super::read::{At, Item, Reader};
use super::record::{List, NOT_IN_PUBLIC, Soft, members};
use super::session::Session;
use crate::collector::Span;
use crate::net::{AskError, Client};
use crate::stamp;
use polso_domain::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Posts in an answer.
const LIMIT: usize = 100;

/// Answers for one spelling and span: fifty thousand posts.
const PAGES: u32 = 500;

/// Spans that wait to be searched.
const HOLES: usize = 8;

/// Failures in a row after which a span is given up.
const FAILURES: u32 = 6;

/// The wait after the first failure; it doubles.
const WAIT_MS: i64 = 60_000;

/// Searches.
pub(super) struct Search {
    session: Session,
    spellings: Vec<String>,
}

/// What a question brought.
#[derive(Default)]
pub(super) struct Found {
    pub(super) items: Vec<Item>,
    /// The span that is done with this.
    pub(super) covered: Option<Span>,
    /// The span that was given up.
    pub(super) lost: Option<Span>,
}

#[derive(Deserialize)]
struct Answered {
    #[serde(default)]
    cursor: Soft<String>,
    posts: Vec<Soft<View>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct View {
    uri: String,
    author: Author,
    record: Box<RawValue>,
    #[serde(default)]
    indexed_at: Soft<String>,
    #[serde(default)]
    like_count: Soft<u32>,
    #[serde(default)]
    repost_count: Soft<u32>,
    #[serde(default)]
    reply_count: Soft<u32>,
}

#[derive(Deserialize)]
struct Author {
    #[serde(default)]
    labels: List<Label>,
}

#[derive(Deserialize)]
struct Label {
    val: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    #[serde(default)]
    created_at: Soft<String>,
}

impl Search {
    pub(super) fn new(session: Session, spellings: Vec<String>) -> Self {
        Self { session, spellings }
    }

    /// Takes a span on; `false` when too many wait already.
    pub(super) fn take_on(&self, cursor: &mut Cursor, span: Span) -> bool {
        let room = cursor.holes.len() < HOLES && !self.spellings.is_empty();
        if room {
            cursor.holes.push(Hole::new(span.from.millis(), span.to.millis()));
        }
        room
    }

    /// Whether the session is good.
    pub(super) async fn check(&mut self, client: &Client) -> Result<(), AskError> {
        self.session.get(client, "com.atproto.server.getSession", &[]).await.map(drop)
    }

    /// Asks one question about the latest span that waits, and notes in the cursor how far that got.
    pub(super) async fn step(&mut self, client: &Client, reader: &Reader, cursor: &mut Cursor) -> Found {
        let Some(mut hole) = cursor.holes.pop() else { return Found::default() };
        let mut found = Found::default();
        let spelling = self.spellings.get(hole.tag).cloned().unwrap_or_default();
        match self.ask(client, &hole, &spelling).await {
            Ok(answered) => {
                hole.fails = 0;
                walk(&mut hole, &answered);
                found.items = items(reader, answered, client.now());
            }
            Err(error) if error.may_pass() && hole.fails < FAILURES => {
                tracing::debug!(%error, "a search waits");
                let named = error.wait().map_or(0, |wait| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
                hole.not_before = client.now().millis().saturating_add(named.max(WAIT_MS << hole.fails));
                hole.fails += 1;
            }
            Err(error) => {
                tracing::warn!(%error, hint = error.hint(), "a search is given up");
                (hole.missed, hole.tag) = (true, self.spellings.len());
            }
        }
        if hole.tag < self.spellings.len() {
            cursor.holes.push(hole);
            return found;
        }
        let span = Span::new(Timestamp::from_millis(hole.from), Timestamp::from_millis(hole.to));
        *(if hole.missed { &mut found.lost } else { &mut found.covered }) = span;
        found
    }

    async fn ask(&mut self, client: &Client, hole: &Hole, spelling: &str) -> Result<Answered, AskError> {
        let time = |millis| stamp::to_rfc3339(Timestamp::from_millis(millis));
        let (q, since, until) = (format!("#{spelling}"), time(hole.from), time(hole.until));
        let limit = LIMIT.to_string();
        let query = [("q", &*q), ("tag", spelling), ("sort", "latest"), ("since", &since), ("until", &until)];
        let query = [&query[..], &[("limit", &limit)]].concat();
        self.session.get(client, "app.bsky.feed.searchPosts", &query).await?.json()
    }
}

/// Moves the end of what is left to search.
fn walk(hole: &mut Hole, answered: &Answered) {
    hole.pages += 1;
    let full = answered.posts.len() >= LIMIT;
    let oldest = answered.posts.iter().filter_map(|view| view.0.as_ref()?.sorted_at()).min();
    // Without a cursor a short answer is the last one.
    let over = !full && answered.cursor.0.is_none();
    let until = match oldest {
        Some(oldest) if !over => {
            // The same millisecond once more: it may hold others. If that gets no further, it is left behind.
            let again = oldest.saturating_add(1);
            hole.missed |= full && again >= hole.until;
            if again < hole.until { again } else { oldest.min(hole.until - 1) }
        }
        _ => {
            // Posts that tell no time cannot be walked past.
            hole.missed |= !over && !answered.posts.is_empty();
            hole.from
        }
    };
    hole.until = until;
    let endless = hole.pages >= PAGES && until > hole.from;
    hole.missed |= endless;
    if until <= hole.from || endless {
        (hole.tag, hole.until, hole.pages) = (hole.tag + 1, hole.to, 0);
    }
}

fn items(reader: &Reader, answered: Answered, now: Timestamp) -> Vec<Item> {
    let mut items = Vec::new();
    for (n, view) in (1..).zip(answered.posts) {
        let Some(view) = view.0 else {
            items.push(Item::Row(reader.garbled(n)));
            continue;
        };
        let indexed = view.indexed_at.0.as_deref().and_then(stamp::rfc3339);
        let at = At { heard: indexed.unwrap_or(now).min(now), nth: n };
        if members(view.author.labels).any(|label| label.val == NOT_IN_PUBLIC) {
            continue;
        }
        match reader.followed(view.record.get(), view.uri, at) {
            Some(Ok(mut post)) => {
                post.reach.likes = view.like_count.0;
                post.reach.reposts = view.repost_count.0;
                post.reach.replies = view.reply_count.0;
                items.push(Item::Post { post, edited: false });
            }
            Some(Err(row)) => items.push(Item::Row(row)),
            None => {}
        }
    }
    items
}

impl View {
    /// The time by which the search sorts: the earlier one of claimed and indexed; in milliseconds.
    fn sorted_at(&self) -> Option<i64> {
        let claimed = serde_json::from_str::<Created>(self.record.get()).ok().and_then(|record| record.created_at.0);
        let times = [claimed.as_deref(), self.indexed_at.0.as_deref()];
        times.into_iter().flatten().filter_map(stamp::rfc3339).map(Timestamp::millis).min()
    }
}
