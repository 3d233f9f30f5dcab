//! X: posts with the tracked hashtags, for money, for whoever has read its terms and says so.
//!
//! Recent search reaches back seven days; the filtered stream, where it is switched on, brings posts as they are made,
//! and a search fills what it missed. Posts are of the source `twitter`, read as imports of the same pages are.
//!
//! Invariants
//! * Nothing is asked unless `i_accept_the_terms` is set.
//! * No question is put whose worst price the day's budget does not hold, and none is put twice. The day is UTC's, as on
//!   the platform's bill.
//! * Every post carries its id, so that deletions are followed; asking for it costs too.

mod api;
mod page;
mod query;
mod recheck;
mod rules;
mod search;
mod stream;
#[cfg(test)]
mod tests;

use super::cursor;
use super::purse::Purse;
use super::rounds::Rounds;
use crate::collector::{Ask, Collector, Door, Mode, Next, Page, Recheck, named};
use crate::config::Places;
use crate::net::{AskError, Client};
use crate::secret;
use crate::track::{Folding, Matcher, Track};
use api::Api;
use async_trait::async_trait;
use page::Reading;
use polso_domain::{SourceId, Timestamp};
use serde::Deserialize;
use std::time::Duration;
use stream::Stream;
use url::Url;

const VERSION: u8 = 1;

/// What is said before it starts, and why it does not.
const TERMS: &str = "X's terms forbid to derive or infer, or to store derived or inferred, information about a user's \
                     health (pregnancy included), political affiliation, ethnic origin, religion, and more; surveillance \
                     and the tracking of sensitive events; measuring the platform; training foundation models. Aggregate \
                     analysis that stores no personal data is allowed. Deletions, edits, protection and suspension must be \
                     followed as soon as possible, at the latest 24 hours after a request. Every post and account that is \
                     read costs money";

/// The API (`[[collect.x]]`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Its name in the ledger; `x` when not given.
    #[serde(default)]
    pub name: Option<String>,
    /// The file with the app's bearer token, in the folder of secrets.
    pub bearer_file: String,
    /// That somebody has read X's terms and answers for this use.
    #[serde(default)]
    pub i_accept_the_terms: bool,
    /// Dollars a day (UTC) after which nothing is asked.
    pub budget_dollars_per_day: f64,
    /// Dollars a post costs.
    #[serde(default = "post_price")]
    pub price_per_post: f64,
    /// Dollars an account costs.
    #[serde(default = "user_price")]
    pub price_per_user: f64,
    /// What the API calls its fields: `tweet`, or `post` since its renaming in 2026.
    #[serde(default)]
    pub field_names: FieldNames,
    /// Whether the filtered stream is held open while polso follows. It is closed while the day's budget still pays for 250
    /// posts with their accounts ($3.75 at the usual prices), so a smaller budget never opens it.
    #[serde(default)]
    pub stream: bool,
    /// What stands behind every query.
    #[serde(default = "no_reposts")]
    pub query_suffix: String,
    /// Minutes between two searches.
    #[serde(default = "an_hour")]
    pub every_minutes: u64,
    /// Where the API stands, for tests.
    #[serde(default = "base")]
    pub base: Url,
}

/// What the API calls its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldNames {
    /// `tweet.fields`.
    #[default]
    Tweet,
    /// `post.fields`.
    Post,
}

fn post_price() -> f64 {
    0.005
}

fn user_price() -> f64 {
    0.010
}

fn no_reposts() -> String {
    "-is:retweet".to_owned()
}

fn an_hour() -> u64 {
    60
}

#[expect(clippy::unwrap_used, reason = "the address is a constant, and a test reads it")]
fn base() -> Url {
    Url::parse("https://api.x.com/").unwrap()
}

/// Asks X.
pub(crate) struct X {
    config: Config,
    door: Door,
    source: SourceId,
    queries: Vec<String>,
    matcher: Matcher,
    api: Api,
    stream: Stream,
    /// When this listening began.
    since: Option<Timestamp>,
}

/// Dollars in millionths, rounded up; `None` for what is no price.
fn micros(dollars: f64) -> Option<u64> {
    let sound = dollars.is_finite() && (0.0..=1e9).contains(&dollars);
    // What a decimal fraction is off by in binary is no millionth.
    sound.then(|| format!("{:.0}", (dollars * 1e6 - 1e-4).ceil().max(0.0)).parse().ok())?
}

impl Config {
    /// Its name in the ledger.
    pub(crate) fn door(&self) -> Result<Door, AskError> {
        named(self.name.as_deref(), "x")
    }

    /// Makes the collector, if its terms are accepted; reads the token.
    pub(crate) fn build(&self, track: &Track, places: &Places) -> Result<X, AskError> {
        let settings = |what: &str, hint: String| AskError::Settings { what: what.to_owned(), hint };
        if !self.i_accept_the_terms {
            let hint = format!("{TERMS}. If that allows what you do, set `i_accept_the_terms = true`, or take it out");
            return Err(settings("the terms of X are not accepted", hint));
        }
        let prices = (micros(self.budget_dollars_per_day), micros(self.price_per_post), micros(self.price_per_user));
        let (Some(budget), Some(post), Some(user)) = prices else {
            let hint = "write dollars, such as `budget_dollars_per_day = 2.5`".to_owned();
            return Err(settings("the budget or a price of X is no amount of money", hint));
        };
        let door = self.door()?;
        let purse = Purse::new(&places.sessions, (&door, "money"), (budget, "UTC"))?;
        let token = secret::read(&places.secrets.join(&self.bearer_file))?;
        Ok(X {
            config: self.clone(),
            door,
            source: named(None, "twitter")?,
            queries: query::queries(track, &self.query_suffix)?,
            matcher: track.matcher(Folding::Case),
            api: Api { base: self.base.clone(), token, names: self.field_names, purse, post, user },
            stream: Stream::default(),
            since: None,
        })
    }
}

impl X {
    fn reading(&self, now: Timestamp) -> Reading<'_> {
        Reading { source: &self.source, matcher: &self.matcher, now }
    }

    /// Searches only: until the round is over.
    async fn look(&mut self, client: &Client, ask: &Ask<'_>, rounds: &mut Rounds) -> Result<Page, AskError> {
        let listening = *self.since.get_or_insert(ask.now);
        let since = self.stream.opened().unwrap_or(listening);
        let searched = self.search(client, ask, rounds).await?;
        let mut page = Page { rows: searched.rows, lost: searched.lost.into_iter().collect(), ..Page::default() };
        if let Some(ended) = rounds.end(&self.queries) {
            page.covered = ended.covered;
            page.next = ended.next(since, cursor::minutes(self.config.every_minutes));
        }
        Ok(page)
    }

    /// The stream, and beside it a search for what it missed.
    async fn follow(&mut self, client: &Client, ask: &Ask<'_>, rounds: &mut Rounds) -> Result<Page, AskError> {
        if let Some(wait) = self.open(client).await? {
            return Ok(Page { next: Next::CaughtUp(wait), ..Page::default() });
        }
        if self.stream.filling {
            let mut page = match self.look(client, ask, rounds).await {
                Err(error @ AskError::Budget { .. }) => {
                    self.stream.close();
                    return Err(error);
                }
                page => page?,
            };
            self.stream.filling = !matches!(page.next, Next::CaughtUp(_));
            page.next = Next::More;
            // What comes meanwhile is taken too; an error there must not lose the rows of the search.
            match self.drain(client, Duration::ZERO).await {
                Ok(drained) => page.rows.extend(drained.rows),
                Err(error) => self.stream.end(error),
            }
            return Ok(page);
        }
        let drained = self.drain(client, Duration::from_secs(1)).await?;
        if drained.rows.is_empty()
            && let Some(trouble) = self.stream.trouble()
        {
            return Err(trouble);
        }
        let covered = drained.heard.and_then(|heard| rounds.heard(&self.queries, heard));
        let next = Next::CaughtUp(Duration::ZERO);
        Ok(Page { rows: drained.rows, covered, next, ..Page::default() })
    }
}

#[async_trait]
impl Collector for X {
    fn door(&self) -> &Door {
        &self.door
    }

    fn notice(&self) -> Option<String> {
        Some(format!("{TERMS}."))
    }

    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError> {
        let mut rounds: Rounds = cursor::read(client, ask.cursor, VERSION);
        let mut page = if self.config.stream && ask.mode == Mode::Follow {
            self.follow(client, ask, &mut rounds).await?
        } else {
            self.look(client, ask, &mut rounds).await?
        };
        page.cursor = cursor::write(rounds, VERSION);
        Ok(page)
    }

    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        let rules = rules::count(&self.api, client).await?;
        let spent = self.api.purse.spent(now)? as f64 / 1e6;
        let (budget, queries) = (self.config.budget_dollars_per_day, self.queries.len());
        Ok(format!(
            "open: the token is good ({rules} stream rules); {queries} queries; ${spent:.2} of ${budget:.2} are spent today"
        ))
    }

    fn recheck(&mut self) -> Option<&mut dyn Recheck> {
        Some(self)
    }
}
