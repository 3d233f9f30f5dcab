//! Lemmy: communities and words of one instance, posts and the comments under them.
//!
//! Lemmy has no hashtags: the tracked words are looked for in titles, texts and comments. Both API generations are
//! spoken; which one, the instance is asked.
//!
//! Invariants
//! * Every list is walked from its newest back past the last walk's start; two hours more, because a post counts from
//!   when it was written elsewhere, not from when it arrived here.
//! * What is deleted or removed is never kept, and what was kept is asked for again (`p` and `c` with its number).
//! * A pinned post is old and stands first: it never ends a walk.
//!
//! Where an instance of 0.18 or older counts pages by number, a deletion between two pages pulls one post over the edge;
//! the two hours of the next round bring back the recent ones.

mod lanes;
mod markdown;
mod read;
mod recheck;
mod site;
#[cfg(test)]
mod tests;
mod wire;

use super::rounds::{Rounds, Step};
use super::{aside, cursor};
use crate::collector::{Ask, Collector, Door, Next, Page, Recheck, named};
use crate::config::Places;
use crate::files::{Fault, Row};
use crate::net::{Answer, AskError, Client};
use crate::track::{Folding, Matcher, Track};
use async_trait::async_trait;
use lanes::Lane;
use polso_domain::{RawEvent, SourceId, Timestamp};
use read::Reading;
use serde::{Deserialize, Serialize};
use site::Instance;
use std::collections::HashMap;
use std::time::Duration;
use url::Url;
use wire::{List, View};

/// Walks go back so far beyond the last one's start: federation is late.
const OVERLAP: Duration = Duration::from_hours(2);

/// Posts of searches whose comments are read on.
const WATCHED: usize = 50;

/// For so many milliseconds after they were found.
const WATCHED_MS: i64 = 7 * 24 * 3_600_000;

const VERSION: u8 = 1;

/// One instance (`[[collect.lemmy]]`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Its name in the ledger; the instance's host when not given.
    #[serde(default)]
    pub name: Option<String>,
    /// The host of the instance that is asked, such as `lemmy.example`.
    pub instance: String,
    /// Communities whose posts are looked through: `name`, or `name@host` for one of another instance.
    #[serde(default)]
    pub communities: Vec<String>,
    /// Whether the instance is searched for the tracked words.
    #[serde(default = "yes")]
    pub search: bool,
    /// Whether comments are read too.
    #[serde(default = "yes")]
    pub comments: bool,
    /// Whether accounts that say they are bots are kept.
    #[serde(default)]
    pub bots: bool,
    /// Minutes between two looks.
    #[serde(default = "half_an_hour")]
    pub every_minutes: u64,
}

fn yes() -> bool {
    true
}

fn half_an_hour() -> u64 {
    30
}

/// What a cursor holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct State {
    rounds: Rounds,
    /// Newest first.
    watched: Vec<Watched>,
    /// Questions of this round.
    asked: u32,
    /// Searches among them.
    searches: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct Watched {
    id: u64,
    found: i64,
}

/// Listens to one instance.
pub(crate) struct Lemmy {
    config: Config,
    door: Door,
    source: SourceId,
    base: Url,
    words: Vec<String>,
    matcher: Matcher,
    instance: Option<Instance>,
    /// When this listening began.
    since: Option<Timestamp>,
}

impl Config {
    /// Its name in the ledger.
    pub(crate) fn door(&self) -> Result<Door, AskError> {
        named(self.name.as_deref(), site::base(&self.instance)?.host_str().unwrap_or_default())
    }

    /// Makes the collector.
    pub(crate) fn build(&self, track: &Track, _: &Places) -> Result<Lemmy, AskError> {
        let base = site::base(&self.instance)?;
        let door = self.door()?;
        let words = track.spellings(Folding::Case);
        if self.communities.is_empty() && (!self.search || words.is_empty()) {
            return Err(AskError::Settings {
                what: format!("there is nothing to ask `{}` for", self.instance),
                hint: "name communities, or leave `search` on and track a word".to_owned(),
            });
        }
        let source = named(None, "lemmy")?;
        let matcher = track.matcher(Folding::Case);
        Ok(Lemmy { config: self.clone(), door, source, base, words, matcher, instance: None, since: None })
    }
}

impl Lemmy {
    fn lanes(&self, state: &State) -> Vec<Lane> {
        let Config { communities, search, comments, .. } = &self.config;
        let named = |comments: bool| {
            let lane = if comments { Lane::Comments } else { Lane::Posts };
            communities.iter().cloned().map(lane)
        };
        let searched = |comments: bool| {
            let lane = if comments { Lane::SearchComments } else { Lane::Search };
            self.words.iter().filter(|_| *search).cloned().map(lane)
        };
        let mut lanes: Vec<Lane> = named(false).chain(searched(false)).collect();
        if *comments {
            lanes.extend(named(true).chain(searched(true)));
            lanes.extend(state.watched.iter().map(|watched| Lane::Thread(watched.id)));
        }
        lanes
    }

    async fn instance(&mut self, client: &Client) -> Result<&Instance, AskError> {
        let instance = match self.instance.take() {
            Some(instance) => instance,
            None => Instance::find(client, &self.base).await?,
        };
        Ok(self.instance.insert(instance))
    }

    /// Asks for one page of a lane; `None` where the lane is not there.
    async fn fetch(&mut self, client: &Client, lane: &Lane, page: Option<&str>) -> Result<Option<Answer>, AskError> {
        let base = self.base.clone();
        let instance = self.instance(client).await?;
        let url = lane.url(&base, instance.api, page).ok_or_else(|| AskError::Settings {
            what: format!("`{base}` has no address for its API"),
            hint: "write the instance's host, such as `lemmy.example`".to_owned(),
        })?;
        let told = instance.ask(client, url).await;
        if matches!(told, Err(AskError::Missing { .. })) {
            // It may speak another API since: it is asked again.
            self.instance = None;
        }
        told
    }

    /// What stands on a page, in order; an answer that is no list at all is an error.
    fn read(&self, answer: &Answer, (lane, step): (&Lane, &Step), now: Timestamp) -> Result<Turned, AskError> {
        let list: List<'_> =
            serde_json::from_slice(&answer.body).map_err(|_| match answer.json::<serde_json::Value>() {
                Ok(_) => answer.garbled("JSON of another shape"),
                Err(error) => error,
            })?;
        let of_kind = if matches!(lane, Lane::Posts(_) | Lane::Search(_)) { list.posts } else { list.comments };
        let Some(items) = of_kind.or(list.items).or(list.search).or(list.results) else {
            return Err(answer.garbled("no list of posts or comments"));
        };
        let views: Vec<Result<View<'_>, Fault>> =
            items.iter().map(|item| serde_json::from_str(item.get()).map_err(|error| Fault::json(&error))).collect();
        let parents = views.iter().flatten().filter_map(|view| {
            let comment = view.comment.as_ref()?;
            Some((comment.id, comment.ap_id.clone().text()?))
        });
        let none = HashMap::new();
        let reading = Reading {
            source: &self.source,
            matcher: &self.matcher,
            languages: self.instance.as_ref().map_or(&none, |instance| &instance.languages),
            parents: &parents.collect(),
            bots: self.config.bots,
            now,
        };
        let mut turned = Turned {
            rows: Vec::new(),
            found: Vec::new(),
            reached: false,
            items: items.len(),
            next: list.next_page.text(),
        };
        for (place, (view, item)) in views.into_iter().zip(&items).enumerate() {
            match view.and_then(|view| Ok((reading.view(&view)?, view))) {
                Ok((kept, view)) => {
                    turned.reached |= is_before(&view, step.back_to);
                    let Some(post) = kept else { continue };
                    if matches!(lane, Lane::Search(_)) && !self.is_followed(&view) {
                        turned.found.push(view.post.id);
                    }
                    turned.rows.push(Row::Event(RawEvent::Post(Box::new(post))));
                }
                Err(fault) => turned.rows.push(aside::row(fault, &self.source, (place + 1, Some(item.get())))),
            }
        }
        Ok(turned)
    }

    /// Whether a post stands in a community that is read anyway, comments included.
    fn is_followed(&self, view: &View<'_>) -> bool {
        let full = view
            .community
            .as_ref()
            .and_then(|community| read::name_at_host(&community.name, [&community.actor_id, &community.ap_id]));
        let host = self.base.host_str().unwrap_or_default();
        full.is_some_and(|full| {
            self.config.communities.iter().any(|named| *named == full || format!("{named}@{host}") == full)
        })
    }

    /// The interval of the settings, or what the instance's own limits make of it.
    fn rest(&self, state: &State) -> Duration {
        let own = self.instance.as_ref().map_or(Duration::ZERO, |instance| instance.rest(state.asked, state.searches));
        cursor::minutes(self.config.every_minutes).max(own)
    }
}

/// A page that was read.
struct Turned {
    rows: Vec<Row>,
    /// Posts whose comments are worth reading on.
    found: Vec<u64>,
    reached: bool,
    items: usize,
    next: Option<String>,
}

/// Whether an item is older than the mark and in its place: pinned ones stand above newer ones.
fn is_before(view: &View<'_>, mark: Timestamp) -> bool {
    let at = match &view.comment {
        Some(comment) => read::published(&comment.published, &comment.published_at),
        None if view.post.featured_community || view.post.featured_local => None,
        None => read::published(&view.post.published, &view.post.published_at),
    };
    at.is_some_and(|at| at < mark)
}

impl State {
    /// Remembers posts to read on and forgets the oldest.
    fn watch(&mut self, found: Vec<u64>, now: Timestamp) {
        for id in found {
            if self.watched.iter().all(|watched| watched.id != id) {
                self.watched.insert(0, Watched { id, found: now.millis() });
            }
        }
        self.watched.retain(|watched| now.millis().saturating_sub(watched.found) < WATCHED_MS);
        self.watched.truncate(WATCHED);
    }
}

#[async_trait]
impl Collector for Lemmy {
    fn door(&self) -> &Door {
        &self.door
    }

    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError> {
        let since = *self.since.get_or_insert(ask.now);
        let mut state: State = cursor::read(client, ask.cursor, VERSION);
        let lanes = self.lanes(&state);
        let keys: Vec<String> = lanes.iter().map(Lane::key).collect();
        let mut rows = Vec::new();
        if let Some(step) = state.rounds.step(&keys, ask, OVERLAP)
            && let Some(lane) = lanes.iter().find(|lane| lane.key() == step.lane)
        {
            state.asked = state.asked.saturating_add(1);
            state.searches = state.searches.saturating_add(u32::from(lane.is_search()));
            match self.fetch(client, lane, step.page.as_deref()).await? {
                Some(answer) => {
                    let turned = self.read(&answer, (lane, &step), ask.now)?;
                    let api = self.instance(client).await?.api;
                    let onward = Lane::onward(api, step.page.as_deref(), turned.next, turned.items);
                    state.rounds.turned(&step, (onward, turned.reached), ask);
                    rows = turned.rows;
                    if self.config.comments {
                        state.watch(turned.found, ask.now);
                    }
                }
                None => {
                    if let Lane::Thread(gone) = lane {
                        state.watched.retain(|watched| watched.id != *gone);
                    } else {
                        tracing::warn!(lane = step.lane, "the instance knows no such community");
                        state.rounds.skip(&step);
                    }
                }
            }
        }
        let keys: Vec<String> = self.lanes(&state).iter().map(Lane::key).collect();
        let (mut covered, mut next) = (None, Next::More);
        if let Some(ended) = state.rounds.end(&keys) {
            (covered, next) = (ended.covered, ended.next(since, self.rest(&state)));
            (state.asked, state.searches) = (0, 0);
        }
        Ok(Page { rows, cursor: cursor::write(state, VERSION), covered, lost: Vec::new(), next })
    }

    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        let Some(lane) = self.lanes(&State::default()).into_iter().next() else {
            return Ok("nothing to ask for".to_owned());
        };
        let told = self.fetch(client, &lane, None).await?;
        let (what, name) = match &lane {
            Lane::Posts(name) | Lane::Comments(name) => ("community", name.clone()),
            Lane::Search(word) | Lane::SearchComments(word) => ("search for", word.clone()),
            Lane::Thread(id) => ("post", id.to_string()),
        };
        let Some(answer) = told else {
            let host = self.base.host_str().unwrap_or_default().to_owned();
            return Err(AskError::Missing { host, path: format!("{what} {name}"), gone: false });
        };
        let step = Step { lane: lane.key(), page: None, back_to: now };
        let turned = self.read(&answer, (&lane, &step), now)?;
        let version = self.instance(client).await?.version.clone();
        Ok(format!("open: Lemmy {version}, {} posts on the first page of the {what} `{name}`", turned.items))
    }

    fn recheck(&mut self) -> Option<&mut dyn Recheck> {
        Some(self)
    }
}
