//! WordPress sites: posts and comments through REST, or through their feeds where REST is closed.
//!
//! A round reads three lists in the order of their dates (posts, edits, comments), page by page; then it rests.
//!
//! Invariants
//! * A round covers a span only up to the instant before its first question, and only when every list was read up to it.
//! * A comment is kept where its post is followed; a post has the same id whichever way it was heard.
//! * A list that REST refuses is read as a feed, and REST is tried again an hour later.

mod knock;
mod lists;
mod recheck;
mod rest;
mod site;
#[cfg(test)]
mod tests;
mod walk;
mod wire;

use crate::collector::{Ask, Collector, Door, Next, Page, Recheck, Span, named};
use crate::config::Places;
use crate::net::{AskError, Client};
use crate::sources::cursor;
use crate::sources::feed::post::{Outlook, Talk};
use crate::sources::feed::{self, Filter, Polled, half_an_hour, mark};
use crate::track::{Folding, Track};
use async_trait::async_trait;
use lists::Lists;
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};
use site::Site;
use std::collections::BTreeMap;
use std::time::Duration;
use walk::{Memory, Walk};

/// Of the cursor's shape.
const VERSION: u8 = 1;

/// One site: `[[collect.wordpress]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The address of its front page.
    pub site: String,
    /// The name of its door; the host if left out.
    #[serde(default)]
    pub name: Option<String>,
    /// What its posts count as: a source's name such as `blog`.
    #[serde(default = "blog")]
    pub source: String,
    /// Whether its posts are kept.
    #[serde(default = "yes")]
    pub posts: bool,
    /// Whether comments are kept: those on posts that are followed, or all with `filter = "all"`.
    #[serde(default = "yes")]
    pub comments: bool,
    /// Which posts are kept.
    #[serde(default)]
    pub filter: Filter,
    /// Minutes between two rounds.
    #[serde(default = "half_an_hour")]
    pub every_minutes: u64,
}

fn blog() -> String {
    "blog".to_owned()
}

fn yes() -> bool {
    true
}

impl Config {
    /// Its name in the ledger.
    pub(crate) fn door(&self) -> Result<Door, AskError> {
        named(self.name.as_deref(), feed::address("site", &self.site)?.host_str().unwrap_or_default())
    }

    /// Makes the collector.
    pub(crate) fn build(&self, track: &Track, _: &Places) -> Result<WordPress, AskError> {
        if !self.posts && !self.comments {
            return Err(AskError::Settings {
                what: format!("neither posts nor comments of `{}` are kept", self.site),
                hint: "set `posts` or `comments` to true, or take the site out of the settings".to_owned(),
            });
        }
        let site = Site::new(feed::address("site", &self.site)?);
        let all = self.filter == Filter::All;
        let posts = Outlook {
            source: feed::source(&self.source)?,
            matcher: track.matcher(Folding::Case),
            languages: Vec::new(),
            talk: Talk::Articles { all },
            known_as: site::known_as,
            query: format!("{:?} {}", self.filter, track.query()),
            at: site.at.clone(),
        };
        let comments = Outlook { talk: Talk::Answers { to: None, among: None }, ..posts.clone() };
        Ok(WordPress {
            door: self.door()?,
            every: cursor::minutes(self.every_minutes),
            lists: Lists::new((site, all), (posts, comments), (self.posts, self.comments)),
        })
    }
}

/// One site.
pub(crate) struct WordPress {
    door: Door,
    every: Duration,
    lists: Lists,
}

/// What the cursor keeps.
#[derive(Default, Serialize, Deserialize)]
struct State {
    /// Mark of what is followed.
    query: u64,
    /// How far back the first round reached, in milliseconds since 1970.
    since: i64,
    /// When the last whole round began, in milliseconds since 1970.
    read: Option<i64>,
    round: Option<Round>,
    posts: Walk,
    edits: Walk,
    /// The site does not say what was edited.
    no_edits: bool,
    comments: Walk,
    seen_posts: Memory,
    seen_comments: Memory,
    /// Whether posts are followed, by their number.
    followed: BTreeMap<u64, bool>,
    /// Marks of the names of posts that are followed: feeds know no numbers.
    named: Memory,
    post_feed: Polled,
    comment_feed: Polled,
}

/// A round under way.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Round {
    /// Before its first question, in milliseconds since 1970.
    began: i64,
    /// How many lists are read.
    lists: usize,
    /// From where on all of them are read, in milliseconds since 1970.
    from: i64,
}

impl State {
    /// The state for this question.
    fn read(client: &Client, ask: &Ask<'_>, query: u64) -> Self {
        let mut state: Self = cursor::read(client, ask.cursor, VERSION);
        if state.query == 0 {
            state.since = ask.since.millis();
        }
        if state.query != query {
            state.followed.clear();
            state.named = Memory::default();
        }
        state.query = query;
        state
    }
}

#[async_trait]
impl Collector for WordPress {
    fn door(&self) -> &Door {
        &self.door
    }

    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError> {
        let mut state = State::read(client, ask, mark::of(&[self.lists.query()]));
        let from = state.read.unwrap_or(state.since);
        let mut round = state.round.unwrap_or(Round { began: client.now().millis(), lists: 0, from });
        let mut page = Page::default();
        if let Some(list) = self.lists.all().get(round.lists) {
            let part = self.lists.next(client, &mut state, (*list, round.began)).await?;
            page.rows = part.rows;
            page.lost = part.lost.into_iter().collect();
            round.from = round.from.max(part.from.unwrap_or(round.from));
            round.lists += usize::from(part.is_done);
        }
        state.round = Some(round);
        if round.lists >= self.lists.all().len() {
            page.covered = Span::new(Timestamp::from_millis(round.from), Timestamp::from_millis(round.began));
            page.next = Next::CaughtUp(self.every);
            (state.round, state.read) = (None, Some(round.began));
        }
        page.cursor = cursor::write(state, VERSION);
        Ok(page)
    }

    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        self.lists.knock(client, now).await
    }

    fn recheck(&mut self) -> Option<&mut dyn Recheck> {
        Some(&mut self.lists)
    }
}
