//! The stream beside the rounds: opened, listened to, and left to rest when it fails.
//!
//! It makes news quick and tells of deletions; the rounds make sure of everything. So its troubles never stop them: one
//! that breaks is told once, one that does not open is waited for, one that is refused is left alone for a while.

use super::Streaming;
use super::collector::{Gathered, Mastodon};
use super::ids::LocalId;
use super::sse::Event;
use super::stream::Stream;
use crate::net::{AskError, Client};
use polso_domain::Timestamp;
use std::time::Duration;
use tokio::time::Instant;

/// Things taken from the stream for one page.
const MOST: usize = 500;

/// How long a stream rests that does not open: longer each time.
const REST_MS: i64 = 15_000;
const DOUBLINGS: u32 = 6;

/// How long a stream rests that is refused: a token must be renewed.
const REFUSED_MS: i64 = 1_800_000;

impl Mastodon {
    /// Opens the stream if there should be one. A round follows each opening, for what was said meanwhile.
    pub(super) async fn tune_in(&mut self, client: &Client, now: Timestamp) {
        if self.streaming == Streaming::Off || self.live.is_some() || now < self.live_rests_until {
            return;
        }
        let Some((_, about)) = &self.about else { return };
        let how = (self.streaming, self.longest_silence);
        match Stream::open(client, (&self.instance, about), how, &self.spellings).await {
            Ok(live) => {
                self.live = Some(live);
                // One that is under way began before the stream did.
                self.round = None;
                self.next_round = now;
            }
            Err(error) => self.not_opened(&error, now),
        }
    }

    fn not_opened(&mut self, error: &AskError, now: Timestamp) {
        let no_socket = matches!(
            error,
            AskError::Refused { .. }
                | AskError::Missing { .. }
                | AskError::Garbled { .. }
                | AskError::Redirected { .. }
        );
        if self.streaming == Streaming::Websocket && no_socket {
            tracing::warn!(door = %self.door, "no websocket, event streams are used instead: {error}");
            self.streaming = Streaming::Sse;
            return;
        }
        tracing::warn!(door = %self.door, "no stream, the timelines are read instead: {error}");
        self.let_rest(error, now);
    }

    fn let_rest(&mut self, error: &AskError, now: Timestamp) {
        let asked_ms = error.wait().map_or(0, |wait| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
        let own_ms = if error.may_pass() { REST_MS << self.live_failures.min(DOUBLINGS) } else { REFUSED_MS };
        let rest_ms = own_ms.max(asked_ms);
        self.live_failures = self.live_failures.saturating_add(1);
        self.live_rests_until = Timestamp::from_millis(now.millis().saturating_add(rest_ms));
    }

    /// Takes what has come in; waits this long for the first thing.
    pub(super) async fn overhear(&mut self, gathered: &mut Gathered, patience: Duration) {
        let until = Instant::now() + patience;
        for _ in 0..MOST {
            let Some(live) = &mut self.live else { return };
            let left = until.saturating_duration_since(Instant::now());
            let wait = if gathered.rows.is_empty() { left } else { Duration::ZERO };
            match live.next(wait).await {
                Ok(Some(event)) => {
                    self.live_failures = 0;
                    self.hear(&event, gathered);
                }
                // A sign of life is none of ours: the waiting goes on.
                Ok(None) if gathered.rows.is_empty() && Instant::now() < until => {}
                Ok(None) => return,
                Err(error) => {
                    self.live = None;
                    self.let_rest(&error, gathered.now);
                    if error.may_pass() {
                        self.owed = Some(error);
                    } else {
                        tracing::warn!(door = %self.door, "the stream is left alone: {error}");
                    }
                    return;
                }
            }
        }
    }

    fn hear(&mut self, event: &Event, gathered: &mut Gathered) {
        match event.kind.as_str() {
            "update" | "status.update" => self.receive((&event.data, 0), None, gathered),
            // The instance's own id; one that is not remembered was never kept, or long ago: it will be asked for again.
            "delete" => {
                let id = LocalId::new(event.data.trim_matches(['"', ' ']));
                let uri = id.and_then(|id| self.memory.uri_of(&id).map(str::to_owned));
                if let Some(uri) = uri {
                    self.take_back(&uri, gathered);
                }
            }
            _ => {}
        }
    }
}
