//! The comments on the newest items of a feed, where it names the feed of each (`wfw:commentRss`, `rel="replies"`).
//!
//! A bounded number of articles is followed for a bounded time: comments come early or not at all, and every article
//! costs a question a round. Which articles stays in memory, because an article's address may name a person; the cursor
//! keeps marks.

use super::poll::poll;
use super::post::{Outlook, Talk};
use super::sieve::Followed;
use super::{Polled, mark};
use crate::collector::Ask;
use crate::files::Row;
use crate::net::{AskError, Client};
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use url::Url;

/// Articles whose comments are read.
const MOST: usize = 10;

/// They are read for this long after the article: 14 days.
const LONGEST_MS: i64 = 14 * 24 * 3_600_000;

/// Where the reading of comments stands.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct State {
    /// By mark of their address.
    feeds: BTreeMap<String, Polled>,
    /// How many are read in this round; `None` between rounds.
    turn: Option<usize>,
}

/// The articles whose comments are read.
#[derive(Default)]
pub(super) struct Threads {
    articles: Option<Vec<(String, Url)>>,
}

impl Threads {
    /// Whether the feed's page was looked at since the program started.
    pub(super) fn are_known(&self) -> bool {
        self.articles.is_some()
    }

    /// Whether comments are still to be read in this round.
    pub(super) fn wait(&self, state: &State) -> bool {
        let articles = self.articles.as_ref().map_or(0, Vec::len);
        state.turn.is_some_and(|turn| turn < articles)
    }

    /// Takes the newest items of a page; a page that did not change leaves those of the last one.
    pub(super) fn choose(&mut self, followed: Option<Vec<Followed>>, state: &mut State, now: Timestamp) {
        state.turn = Some(0);
        let Some(mut followed) = followed else { return };
        followed.sort_by_key(|item| std::cmp::Reverse(item.posted));
        let fresh = followed.into_iter().filter(|item| item.posted.millis() > now.millis() - LONGEST_MS);
        let named = fresh.filter_map(|item| Some((item.id, item.comments?)));
        let articles: Vec<(String, Url)> = named.take(MOST).collect();
        let known: Vec<String> = articles.iter().map(|(_, at)| key(at)).collect();
        state.feeds.retain(|key, _| known.contains(key));
        self.articles = Some(articles);
    }

    /// The new comments on the next article; `None` when the round is over. An article whose comments cannot be read is
    /// passed over until the next round.
    pub(super) async fn next(
        &self,
        client: &Client,
        outlook: &Outlook,
        (state, ask): (&mut State, &Ask<'_>),
    ) -> Result<Option<Vec<Row>>, AskError> {
        let turn = state.turn.take();
        let Some((article, at)) = turn.and_then(|turn| self.articles.as_ref()?.get(turn)) else { return Ok(None) };
        state.turn = turn.map(|turn| turn + 1);
        let talk = Talk::Answers { to: Some(article.clone()), among: None };
        let answers = Outlook { talk, at: at.clone(), languages: Vec::new(), ..outlook.clone() };
        let known = state.feeds.entry(key(at)).or_default();
        let heard = poll(client, &answers, known, ask.since).await;
        // An address may name a person: it is found again by its article.
        known.forget_address();
        match heard {
            Ok(heard) => Ok(Some(heard.rows)),
            Err(error @ (AskError::RateLimited { .. } | AskError::Budget { .. })) => Err(error),
            Err(_) => Ok(Some(Vec::new())),
        }
    }
}

fn key(at: &Url) -> String {
    format!("{:016x}", mark::of(&[at.as_str()]))
}
