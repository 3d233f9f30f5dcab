//! Mastodon, and every server that speaks its interface: hashtag timelines of one instance, walked page by page, with
//! the instance's stream beside them where there is a token.
//!
//! ```text
//! about ─ what is shown ──▶ round: walk each spelling ─ answers to what was found ──▶ CaughtUp, until the next round
//!                             ▲ posts, deduplicated on `uri`
//! stream ─ update, edit, delete (never moves a cursor) ──┘
//! ```
//!
//! Invariants
//! * A cursor moves by what a timeline gave, never by what the stream gave: the stream may drop what it likes (its account's
//!   languages and mutes, a reconnect) and the next round reads it. So there is no gap to fill and none to compute.
//! * The post's name is its `uri`: the same through every instance. The instance's own id is for paging and asking again.
//! * What is not public, or whose author asked not to be read, is never handed on; if it was, it is taken back.
//! * What a page handed on counts as handed on when the next page is asked for with that page's cursor.
//!
//! It is not a search: an instance shows what reached it, and only posts with a hashtag.

mod about;
mod account;
mod ask;
mod collector;
mod cursor;
mod ids;
mod live;
mod memory;
mod read;
mod recheck;
mod round;
mod sse;
mod stream;
#[cfg(test)]
mod tests;
mod threads;
mod walk;
mod wire;

use crate::collector::{Door, named};
use crate::config::Places;
use crate::net::AskError;
use crate::track::Track;
use collector::Mastodon;
use serde::Deserialize;
use std::num::NonZeroU32;
use std::path::PathBuf;

/// One instance. A network has many; each is a door of its own and its posts are one source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "switches of the settings")]
pub struct Config {
    /// The instance: its host (`mastodon.example`) or its whole address.
    pub instance: String,
    /// The door's name in the ledger; the host when nothing is said.
    #[serde(default)]
    pub name: Option<String>,
    /// The file with an access token of a user, below the folder of secrets. Without one, what visitors see is read.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
    /// How to listen between rounds; `websocket` where there is a token, `off` where there is none.
    #[serde(default)]
    pub streaming: Option<Streaming>,
    /// Minutes from one round through the hashtags to the next.
    #[serde(default = "every_minutes")]
    pub every_minutes: NonZeroU32,
    /// How late a post may reach the instance and still be met, in hours.
    #[serde(default = "overlap_hours")]
    pub overlap_hours: u32,
    /// How often to look for such posts, in minutes. Each time the whole overlap is read again.
    #[serde(default = "overlap_every_minutes")]
    pub overlap_every_minutes: NonZeroU32,
    /// Whether to read the answers to posts that were found, which carry no hashtag.
    #[serde(default)]
    pub reactions: bool,
    /// For how many hours a post is watched for answers.
    #[serde(default = "reactions_hours")]
    pub reactions_hours: NonZeroU32,
    /// Hours from one look at the answers to the next.
    #[serde(default = "reactions_every_hours")]
    pub reactions_every_hours: NonZeroU32,
    /// Leave those alone who asked not to be found, indexed or read by machines.
    #[serde(default = "yes")]
    pub respect_opt_outs: bool,
    /// With `respect_opt_outs`: leave those alone, too, who have not allowed their posts to be searched (`indexable`).
    /// Instances write `false` both for who has refused and for who was never asked, which is most people.
    #[serde(default = "yes")]
    pub require_indexable: bool,
    /// Read posts that are public but kept out of timelines.
    #[serde(default)]
    pub unlisted: bool,
    /// Read accounts that call themselves automated.
    #[serde(default)]
    pub keep_bots: bool,
}

/// How to listen between rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Streaming {
    /// One socket for all hashtags; event streams where the instance gives no socket.
    Websocket,
    /// One event stream a hashtag.
    Sse,
    /// Not at all: rounds alone.
    Off,
}

impl Config {
    /// Its name in the ledger.
    pub(crate) fn door(&self) -> Result<Door, AskError> {
        let host = ask::Instance::new(&self.instance, None)?.host();
        named(self.name.as_deref(), &host.replace(':', "-"))
    }

    /// Makes the collector.
    pub(crate) fn build(&self, track: &Track, places: &Places) -> Result<Mastodon, AskError> {
        Mastodon::new(self, track, places)
    }
}

fn every_minutes() -> NonZeroU32 {
    const { NonZeroU32::new(5).unwrap() }
}

fn overlap_hours() -> u32 {
    12
}

fn overlap_every_minutes() -> NonZeroU32 {
    const { NonZeroU32::new(60).unwrap() }
}

fn reactions_hours() -> NonZeroU32 {
    const { NonZeroU32::new(24).unwrap() }
}

fn reactions_every_hours() -> NonZeroU32 {
    const { NonZeroU32::new(6).unwrap() }
}

fn yes() -> bool {
    true
}
