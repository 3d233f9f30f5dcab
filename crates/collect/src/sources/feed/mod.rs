//! Feeds: RSS 0.9x to 2.0, Atom, JSON Feed, and whatever speaks them (news sites, ministries, blogs, tags and channels).
//!
//! ```text
//! bytes ─charset─▶ text ─xml, tidy, extract─▶ an entry alone ─feed-rs─▶ Item ─post─▶ RawPost
//!                       └json (JSON Feed)───────────────────────────────▶ Item
//! poll: asks only for what changed, compares the page with the last one (state), hands on what is new
//! ```
//!
//! Invariants
//! * An item is handed on when it is new or says something else, not each time it is seen.
//! * A page on which nothing of the last page is left says what may be lost between the two.
//! * One bad entry is refused alone. Nothing that a document declares is expanded or fetched.
//!
//! It is not an archive: a feed shows its newest few items, and what came before the first reading is not asked for.

mod charset;
mod extract;
mod json;
mod knock;
mod lead;
pub(crate) mod mark;
pub(crate) mod poll;
pub(crate) mod post;
pub(crate) mod read;
pub(crate) mod sieve;
mod state;
#[cfg(test)]
mod tests;
mod threads;
mod tidy;
mod xml;

pub(crate) use knock::{age, knock};
pub(crate) use poll::poll;
pub(crate) use state::{Polled, Seen};

use crate::collector::{Ask, Collector, Door, Next, Page, named};
use crate::config::Places;
use crate::net::{AskError, Client};
use crate::sources::cursor;
use crate::track::{Folding, Track};
use async_trait::async_trait;
use polso_domain::{SourceId, Timestamp};
use post::{Outlook, Talk};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use threads::Threads;
use url::Url;

/// Of the cursor's shape.
const VERSION: u8 = 1;

/// Which items of a feed are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Filter {
    /// Those with a followed hashtag among their categories, or a followed word in title or text.
    #[default]
    Tracked,
    /// All but those that what is followed excludes: the feed itself is the choice.
    All,
}

/// One feed: `[[collect.feed]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Its address.
    pub url: String,
    /// The name of its door; the host if left out.
    #[serde(default)]
    pub name: Option<String>,
    /// What its items count as: a source's name such as `news`.
    #[serde(default = "news")]
    pub source: String,
    /// Minutes between two questions. Longer where the feed asks for it, shorter (5 at least) where it turns over faster.
    #[serde(default = "half_an_hour")]
    pub every_minutes: u64,
    /// Which items are kept.
    #[serde(default)]
    pub filter: Filter,
    /// Languages (ISO 639-1) that are kept; empty means all. An item without a language counts.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Whether the comments on its ten newest kept items are read too, where the feed names their feeds.
    #[serde(default)]
    pub comments: bool,
}

fn news() -> String {
    "news".to_owned()
}

pub(crate) fn half_an_hour() -> u64 {
    30
}

impl Config {
    /// Its name in the ledger.
    pub(crate) fn door(&self) -> Result<Door, AskError> {
        named(self.name.as_deref(), address("url", &self.url)?.host_str().unwrap_or_default())
    }

    pub(crate) fn build(&self, track: &Track, _: &Places) -> Result<Feed, AskError> {
        let at = address("url", &self.url)?;
        Ok(Feed {
            door: self.door()?,
            every: cursor::minutes(self.every_minutes),
            threads: self.comments.then(Threads::default),
            outlook: Outlook {
                source: source(&self.source)?,
                matcher: track.matcher(Folding::Case),
                languages: self.languages.clone(),
                talk: Talk::Articles { all: self.filter == Filter::All },
                known_as: |_| post::Known::default(),
                query: format!("{:?} {}", self.filter, track.query()),
                at,
            },
        })
    }
}

/// An address in the settings.
pub(crate) fn address(key: &str, text: &str) -> Result<Url, AskError> {
    let url = Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| AskError::Settings {
        what: format!("`{key}` of a source is no web address"),
        hint: "write it in full, such as https://salute.example/feed/".to_owned(),
    })
}

/// A source's name in the settings.
pub(crate) fn source(name: &str) -> Result<SourceId, AskError> {
    SourceId::new(name).ok_or_else(|| AskError::Settings {
        what: format!("`{name}` is no name for a source"),
        hint: "use at most 64 letters, digits, `.`, `_`, `-`".to_owned(),
    })
}

/// One feed.
pub(crate) struct Feed {
    door: Door,
    outlook: Outlook,
    every: Duration,
    threads: Option<Threads>,
}

#[derive(Default, Serialize, Deserialize)]
struct State {
    feed: Polled,
    threads: threads::State,
}

#[async_trait]
impl Collector for Feed {
    fn door(&self) -> &Door {
        &self.door
    }

    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError> {
        let mut state: State = cursor::read(client, ask.cursor, VERSION);
        if let Some(threads) = &mut self.threads {
            if let Some(rows) = threads.next(client, &self.outlook, (&mut state.threads, ask)).await? {
                return Ok(self.end(state, Page { rows, ..Page::default() }));
            }
            if !threads.are_known() {
                state.feed.look_again();
            }
        }
        let was_gone = state.feed.is_gone();
        let heard = match poll(client, &self.outlook, &mut state.feed, ask.since).await {
            // Told once more with a cursor that remembers it, so that nobody asks again.
            Err(AskError::Missing { gone: true, .. }) if !was_gone => {
                return Ok(Page { cursor: cursor::write(state, VERSION), ..Page::default() });
            }
            heard => heard?,
        };
        if let Some(threads) = &mut self.threads {
            threads.choose(heard.followed, &mut state.threads, ask.now);
        }
        let page = Page {
            rows: heard.rows,
            covered: heard.turn.covered,
            lost: heard.turn.lost.into_iter().collect(),
            ..Page::default()
        };
        Ok(self.end(state, page))
    }

    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        knock(client, &self.outlook.at, now).await
    }
}

impl Feed {
    fn end(&self, state: State, page: Page) -> Page {
        let more = self.threads.as_ref().is_some_and(|threads| threads.wait(&state.threads));
        let next = if more { Next::More } else { Next::CaughtUp(state.feed.wait(self.every)) };
        Page { next, cursor: cursor::write(state, VERSION), ..page }
    }
}
