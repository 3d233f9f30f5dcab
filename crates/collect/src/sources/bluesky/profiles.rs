//! Authors of kept posts, looked up: how many follow them, what else they are called, whether they may be shown.
//!
//! Invariants
//! * A post leaves with what its author's profile says, or not at all: an author with the label `!no-unauthenticated`
//!   speaks to people with an account only, and one without a profile is gone.
//! * Nobody is looked up twice a day; memory is bounded.
//! * One account that the server does not take spoils no other's look-up.

use super::read::{Item, Reader};
use super::record::{List, NOT_IN_PUBLIC, Soft, members};
use crate::files::Row;
use crate::net::{AskError, Client, Request};
use polso_domain::{RawEvent, RawPost, Timestamp};
use serde::Deserialize;
use std::collections::HashMap;
use url::Url;

/// Accounts in one question.
const BATCH: usize = 25;

/// A profile is believed for a day.
const KEPT_MS: i64 = 24 * 3_600_000;

/// That there is none, for ten minutes: the look-up may lag behind a new account.
const ABSENCE_KEPT_MS: i64 = 600_000;

/// Profiles remembered; at some 150 bytes each.
const REMEMBERED: usize = 20_000;

/// Looks authors up and remembers them.
pub(super) struct Profiles {
    appview: Url,
    known: HashMap<String, Profile>,
}

struct Profile {
    asked: Timestamp,
    /// `None`: there is none.
    found: Option<Found>,
}

struct Found {
    followers: Option<u32>,
    names: Vec<String>,
    not_in_public: bool,
}

#[derive(Deserialize)]
struct Answered {
    profiles: Vec<Soft<View>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct View {
    did: String,
    #[serde(default)]
    handle: Soft<String>,
    #[serde(default)]
    display_name: Soft<String>,
    #[serde(default)]
    followers_count: Soft<u32>,
    #[serde(default)]
    labels: List<Label>,
}

#[derive(Deserialize)]
struct Label {
    val: String,
    #[serde(default)]
    neg: Soft<bool>,
}

impl Profiles {
    pub(super) fn new(appview: Url) -> Self {
        Self { appview, known: HashMap::new() }
    }

    /// Finishes a page: looks up whom it does not know and leaves out whom it must.
    pub(super) async fn settle(
        &mut self,
        client: &Client,
        reader: &Reader,
        items: Vec<Item>,
    ) -> Result<Vec<Row>, AskError> {
        let now = client.now();
        self.look_up(client, self.unknown(&items, now)).await?;
        let mut left_out = 0u32;
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::Row(row) => rows.push(row),
                Item::Post { mut post, edited } => {
                    if self.complete(&mut post) {
                        rows.push(Row::Event(RawEvent::Post(post)));
                        continue;
                    }
                    left_out += 1;
                    if edited && let Item::Row(row) = reader.delete(post.id) {
                        rows.push(row);
                    }
                }
            }
        }
        if left_out > 0 {
            tracing::debug!(posts = left_out, "authors that are gone or not shown to visitors");
        }
        self.forget(now);
        Ok(rows)
    }

    fn unknown(&self, items: &[Item], now: Timestamp) -> Vec<String> {
        let authors = items.iter().filter_map(|item| match item {
            Item::Post { post, .. } => Some(&post.author.handle),
            Item::Row(_) => None,
        });
        let mut unknown: Vec<String> = Vec::new();
        for author in authors.filter(|author| self.known.get(*author).is_none_or(|profile| !profile.holds(now))) {
            if !unknown.contains(author) {
                unknown.push(author.clone());
            }
        }
        unknown
    }

    async fn look_up(&mut self, client: &Client, dids: Vec<String>) -> Result<(), AskError> {
        let mut batches: Vec<Vec<String>> = dids.chunks(BATCH).map(<[String]>::to_vec).collect();
        while let Some(mut batch) = batches.pop() {
            match self.ask(client, &batch).await {
                Ok(found) => self.remember(client.now(), batch, found),
                // One account in it is none that the server takes: which one shows when they are asked for apart.
                Err(AskError::Refused { status: 400, .. }) if batch.len() > 1 => {
                    let half = batch.split_off(batch.len() / 2);
                    batches.extend([batch, half]);
                }
                Err(AskError::Refused { status: 400, .. }) => self.remember(client.now(), batch, Vec::new()),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn ask(&self, client: &Client, dids: &[String]) -> Result<Vec<View>, AskError> {
        let mut url = self.appview.clone();
        url.set_path("/xrpc/app.bsky.actor.getProfiles");
        url.query_pairs_mut().extend_pairs(dids.iter().map(|did| ("actors", did)));
        let answer = client.send(&Request::get(url)).await?.ok()?;
        Ok(answer.json::<Answered>()?.profiles.into_iter().filter_map(|view| view.0).collect())
    }

    fn remember(&mut self, asked: Timestamp, dids: Vec<String>, found: Vec<View>) {
        let mut found: HashMap<String, Found> = found.into_iter().map(View::found).collect();
        for did in dids {
            let found = found.remove(&did);
            self.known.insert(did, Profile { asked, found });
        }
    }

    /// Whether the post may stay; then it carries what its author's profile says.
    fn complete(&self, post: &mut RawPost) -> bool {
        let found = self.known.get(&post.author.handle).and_then(|profile| profile.found.as_ref());
        let Some(found) = found.filter(|found| !found.not_in_public) else { return false };
        post.reach.followers = found.followers;
        post.author.also.extend(found.names.iter().cloned());
        true
    }

    fn forget(&mut self, now: Timestamp) {
        if self.known.len() > REMEMBERED {
            self.known.retain(|_, profile| profile.holds(now));
            if self.known.len() > REMEMBERED {
                self.known.clear();
            }
        }
    }
}

impl Profile {
    fn holds(&self, now: Timestamp) -> bool {
        let kept = if self.found.is_some() { KEPT_MS } else { ABSENCE_KEPT_MS };
        (0..kept).contains(&now.millis().saturating_sub(self.asked.millis()))
    }
}

impl View {
    fn found(self) -> (String, Found) {
        let names = [self.handle.0, self.display_name.0].into_iter().flatten();
        let names = names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        let not_in_public = members(self.labels).any(|label| label.val == NOT_IN_PUBLIC && label.neg.0 != Some(true));
        (self.did, Found { followers: self.followers_count.0, names, not_in_public })
    }
}
