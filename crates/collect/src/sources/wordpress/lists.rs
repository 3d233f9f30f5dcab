//! The lists of a site, and the way to each: REST, or its feed.

use super::State;
use super::rest::{self, Rest};
use super::site::{Site, find_root};
use crate::collector::Span;
use crate::files::Row;
use crate::net::{AskError, Client};
use crate::sources::feed::post::{Outlook, Talk};
use crate::sources::feed::sieve::Followed;
use crate::sources::feed::{Seen, mark, poll};
use polso_domain::Timestamp;
use std::collections::HashMap;
use url::Url;

/// A way that was closed is tried again after an hour.
const RETRY_MS: i64 = 3_600_000;

/// Posts of which is remembered whether they are followed.
const MOST_POSTS: usize = 2_000;

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Posts,
    Edits,
    Comments,
}

/// A part of a list, read.
#[derive(Default)]
pub(super) struct Part {
    pub(super) rows: Vec<Row>,
    /// From when on it is read, in milliseconds since 1970, where that is later than asked for.
    pub(super) from: Option<i64>,
    pub(super) lost: Option<Span>,
    /// Everything up to the round's beginning is read.
    pub(super) is_done: bool,
}

/// The lists of a site.
pub(super) struct Lists {
    pub(super) site: Site,
    /// Comments on all posts are kept.
    pub(super) all_comments: bool,
    pub(super) posts: Outlook,
    pub(super) comments: Outlook,
    kept: (bool, bool),
    /// The root of REST, if there is one, and when that was found out (milliseconds since 1970).
    root: Option<(Option<Url>, i64)>,
    /// Names of posts by their number: in memory only, because they may name a person.
    names: HashMap<u64, String>,
    /// When REST refused posts and comments.
    refused: [Option<i64>; 2],
}

impl Lists {
    pub(super) fn new(
        (site, all_comments): (Site, bool),
        (posts, comments): (Outlook, Outlook),
        kept: (bool, bool),
    ) -> Self {
        Self { site, all_comments, posts, comments, kept, root: None, names: HashMap::new(), refused: [None; 2] }
    }

    pub(super) fn query(&self) -> &str {
        &self.posts.query
    }

    /// Those that are read.
    pub(super) fn all(&self) -> &'static [List] {
        match self.kept {
            (true, true) => &[List::Posts, List::Edits, List::Comments],
            (true, false) => &[List::Posts, List::Edits],
            (false, _) => &[List::Comments],
        }
    }

    /// The next part of a list.
    pub(super) async fn next(
        &mut self,
        client: &Client,
        state: &mut State,
        (list, began): (List, i64),
    ) -> Result<Part, AskError> {
        let which = usize::from(list == List::Comments);
        let now = client.now().millis();
        if let Some(root) = self.root(client).await?.filter(|_| !is_recent(self.refused[which], now)) {
            let mut names = std::mem::take(&mut self.names);
            let mut rest = Rest { lists: self, client, root: &root, names: &mut names };
            let part = rest.part(state, (list, began)).await;
            self.names = names;
            match part {
                Err(error) if is_refusal(&error) => {
                    tracing::warn!(site = %self.site.at, %error, "REST is closed, its feed is read instead");
                    self.refused[which] = Some(now);
                }
                part => return part,
            }
        }
        self.feed(client, state, list).await
    }

    /// The root of REST; `None` where the site hides it.
    pub(super) async fn root(&mut self, client: &Client) -> Result<Option<Url>, AskError> {
        let now = client.now().millis();
        if let Some((root, found)) = &self.root
            && (root.is_some() || is_recent(Some(*found), now))
        {
            return Ok(root.clone());
        }
        let root = find_root(client, &self.site).await?;
        if root.is_none() {
            tracing::warn!(site = %self.site.at, "REST is hidden, feeds are read instead");
        }
        self.root = Some((root.clone(), now));
        Ok(root)
    }

    /// A list as a feed, whole.
    async fn feed(&self, client: &Client, state: &mut State, list: List) -> Result<Part, AskError> {
        let since = Timestamp::from_millis(state.since);
        let heard = match list {
            List::Edits => return Ok(Part { is_done: true, ..Part::default() }),
            List::Posts => {
                let outlook = Outlook { at: self.site.feed("feed/")?, ..self.posts.clone() };
                let heard = poll(client, &outlook, &mut state.post_feed, since).await?;
                follow(state, heard.followed.as_deref().unwrap_or_default());
                heard
            }
            List::Comments => {
                let among = state.named.0.iter().map(|seen| seen.id).collect();
                let talk = Talk::Answers { to: None, among: (!self.all_comments).then_some(among) };
                let outlook = Outlook { at: self.site.feed("comments/feed/")?, talk, ..self.comments.clone() };
                poll(client, &outlook, &mut state.comment_feed, since).await?
            }
        };
        let from = heard.turn.covered.map(|span| span.from.millis());
        Ok(Part { rows: heard.rows, from, lost: heard.turn.lost, is_done: true })
    }
}

/// Remembers that posts are followed, by their names.
pub(super) fn follow(state: &mut State, followed: &[Followed]) {
    let seen = |post: &Followed| Seen { id: mark::of(&[&post.id]), said: 0, at: post.posted.millis() };
    state.named.remember(followed.iter().map(seen).collect());
}

/// Remembers whether a post is followed, by its number.
pub(super) fn follow_number(state: &mut State, number: u64, is_followed: bool) {
    state.followed.insert(number, is_followed);
    while state.followed.len() > MOST_POSTS {
        state.followed.pop_first();
    }
}

fn is_recent(then: Option<i64>, now: i64) -> bool {
    then.is_some_and(|then| now.saturating_sub(then) < RETRY_MS)
}

/// Whether REST is closed, and not only in trouble.
pub(super) fn is_refusal(error: &AskError) -> bool {
    match error {
        AskError::Closed { .. } | AskError::Missing { .. } | AskError::Garbled { .. } => true,
        AskError::Refused { code, .. } => code != rest::PAST_THE_END,
        _ => false,
    }
}
