//! `YouTube`: the comments under videos that a few searches a day find, under named videos and in named channels.
//!
//! The quota shapes everything. Searches are few (their own hundred a day) and are spread over the day; what they find is
//! remembered and its comments are read on, newest first, for a unit a page. Both budgets are kept by the Pacific day, as
//! the platform keeps them, and stop hard.
//!
//! Invariants
//! * One page puts one question, and each question is booked before it is put.
//! * A video whose comments are switched off, or that is gone, is never asked for again.
//! * The platform's terms let data be stored for [`MAX_TEXT_DAYS`] days unless it is asked for again: every post carries
//!   its id for that.
//!
//! Answers are read when their comment is; the list of comments is sorted by the comment and not by its last answer, so an
//! answer that comes a day later is not seen.

mod ask;
mod read;
mod recheck;
mod state;
mod steps;
#[cfg(test)]
mod tests;
mod wire;

use super::cursor;
use super::purse::Purse;
use crate::collector::{Ask, Collector, Door, Next, Page, Recheck, named};
use crate::config::Places;
use crate::net::{AskError, Client};
use crate::secret;
use crate::track::{Folding, Matcher, Track};
use ask::{Asker, Told};
use async_trait::async_trait;
use polso_domain::{SourceId, Timestamp};
use serde::Deserialize;
use state::State;
use std::time::Duration;
use url::Url;

/// The terms: what is stored for longer must be asked for again or deleted.
pub(crate) const MAX_TEXT_DAYS: u32 = 30;

/// Walks go back so far beyond the last one's start.
const OVERLAP: Duration = Duration::from_mins(10);

/// Where the platform's day ends.
const ZONE: &str = "America/Los_Angeles";

const VERSION: u8 = 1;

/// The data API (`[[collect.youtube]]`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Its name in the ledger; `youtube` when not given.
    #[serde(default)]
    pub name: Option<String>,
    /// The file with the API key, in the folder of secrets.
    pub key_file: String,
    /// Searches a day, at most 100: the platform's own limit for a key.
    #[serde(default = "twenty")]
    pub searches_per_day: u32,
    /// Units a day for everything else, at most 10,000: the platform's own limit for a key.
    #[serde(default = "eight_thousand")]
    pub units_per_day: u32,
    /// Channels (by id, `UC…`) all of whose comments are read.
    #[serde(default)]
    pub channels: Vec<String>,
    /// Videos (by id) whose comments are read whatever they say.
    #[serde(default)]
    pub videos: Vec<String>,
    /// Minutes between two looks.
    #[serde(default = "an_hour")]
    pub every_minutes: u64,
    /// Where the API stands, for tests.
    #[serde(default = "base")]
    pub base: Url,
}

fn twenty() -> u32 {
    20
}

fn eight_thousand() -> u32 {
    8_000
}

fn an_hour() -> u64 {
    60
}

#[expect(clippy::unwrap_used, reason = "the address is a constant, and a test reads it")]
fn base() -> Url {
    Url::parse("https://youtube.googleapis.com/youtube/v3/").unwrap()
}

/// Listens to comments.
pub(crate) struct YouTube {
    config: Config,
    door: Door,
    source: SourceId,
    words: Vec<String>,
    matcher: Matcher,
    asker: Asker,
    units: Purse,
    searches: Purse,
    /// When this listening began.
    since: Option<Timestamp>,
}

impl Config {
    /// Its name in the ledger.
    pub(crate) fn door(&self) -> Result<Door, AskError> {
        named(self.name.as_deref(), "youtube")
    }

    /// Makes the collector; reads the key.
    pub(crate) fn build(&self, track: &Track, places: &Places) -> Result<YouTube, AskError> {
        let settings = |what: &str, hint: &str| AskError::Settings { what: what.to_owned(), hint: hint.to_owned() };
        if self.searches_per_day > 100 || self.units_per_day > 10_000 {
            let hint = "set `searches_per_day` to at most 100 and `units_per_day` to at most 10000";
            return Err(settings("YouTube gives no key so much a day", hint));
        }
        let words = track.spellings(Folding::Case);
        let searching = self.searches_per_day > 0 && !words.is_empty();
        if !searching && self.channels.is_empty() && self.videos.is_empty() {
            let hint = "name channels or videos, or allow some searches a day";
            return Err(settings("there is nothing to ask YouTube for", hint));
        }
        let plain = |id: &String| (1..=64).contains(&id.len()) && id.bytes().all(is_id_byte);
        if !self.channels.iter().chain(&self.videos).all(plain) {
            let hint = "an id is the part of an address after `v=` or `/channel/`: letters, digits, `-` and `_`";
            return Err(settings("a channel or video of the settings is no id", hint));
        }
        let door = self.door()?;
        let purse = |kind, cap: u32| Purse::new(&places.sessions, (&door, kind), (cap.into(), ZONE));
        let (units, searches) = (purse("units", self.units_per_day)?, purse("searches", self.searches_per_day)?);
        Ok(YouTube {
            config: self.clone(),
            source: named(None, "youtube")?,
            words: if searching { words } else { Vec::new() },
            matcher: track.matcher(Folding::Case),
            asker: Asker { base: self.base.clone(), key: secret::read(&places.secrets.join(&self.key_file))? },
            units,
            searches,
            door,
            since: None,
        })
    }
}

fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

#[async_trait]
impl Collector for YouTube {
    fn door(&self) -> &Door {
        &self.door
    }

    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError> {
        let since = *self.since.get_or_insert(ask.now);
        let mut state: State = cursor::read(client, ask.cursor, VERSION);
        state.begin(&self.config.videos, ask.now);
        let rows = self.step(client, ask, &mut state).await?;
        let (mut covered, mut next) = (None, Next::More);
        // A round is over when the answers to its last comments are read too.
        if state.threads.is_empty() && state.videos.iter().all(|video| video.seen) {
            let lanes = self.lanes(&state);
            if let Some(ended) = state.rounds.end(&lanes) {
                covered = ended.covered;
                next = ended.next(since, cursor::minutes(self.config.every_minutes));
            }
        }
        Ok(Page { rows, cursor: cursor::write(state, VERSION), covered, lost: Vec::new(), next })
    }

    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        let query = [("part", "snippet"), ("hl", "en")];
        match self.asker.ask(client, ("i18nLanguages", &query), &self.units).await? {
            Told::Answer(answer) => {
                answer.json::<serde_json::Value>()?;
                let (units, searches) = (self.units.spent(now)?, self.searches.spent(now)?);
                let Config { units_per_day, searches_per_day, .. } = self.config;
                Ok(format!(
                    "open: the key is good; {units} of {units_per_day} units and {searches} of {searches_per_day} searches are used today"
                ))
            }
            Told::UsedUp => Err(self.units.used_up(now)),
            Told::Disabled | Told::NotFound | Told::Hidden | Told::BadPage => Err(AskError::Refused {
                host: self.asker.base.host_str().unwrap_or_default().to_owned(),
                status: 0,
                code: String::new(),
                what: "it does not answer a plain question".to_owned(),
            }),
        }
    }

    fn recheck(&mut self) -> Option<&mut dyn Recheck> {
        Some(self)
    }
}
