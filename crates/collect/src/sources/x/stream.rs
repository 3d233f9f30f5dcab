//! The filtered stream: one connection, a post a line, an empty line at least every twenty seconds.
//!
//! Invariants
//! * A silent connection is left after twenty seconds, and what it missed is searched for.
//! * It is opened again no sooner than the platform's back-off allows.
//! * A stream is paid for by what it brings, asked for or not: it is closed while the rest of the day's budget still pays
//!   for one second at the platform's highest rate. That is as hard as a stop can be made here: what the platform sends
//!   between two drains, nobody can take back.

use super::X;
use super::page;
use super::rules;
use crate::files::Row;
use crate::net::{AskError, Body, Client, Piece};
use polso_domain::Timestamp;
use serde::Deserialize;
use std::time::Duration;
use tokio::time::Instant;

/// Keep-alives come this often; without a byte for so long the connection is dead.
const SILENCE: Duration = Duration::from_secs(20);

/// Lines taken at a time.
const LINES: usize = 50;

/// Posts that the rest of the budget must still pay for: the platform sends at most so many a second.
const RESERVE: u64 = 250;

/// A line longer than this is none.
const LONGEST_LINE: usize = 1 << 20;

/// The stream, open or to be opened.
#[derive(Default)]
pub(super) struct Stream {
    open: Option<Open>,
    /// Not before.
    reopen: Option<Instant>,
    failures: u32,
    /// What ended it, until somebody is told.
    trouble: Option<AskError>,
    /// What it missed while it was closed is still being searched for.
    pub(super) filling: bool,
}

struct Open {
    body: Body,
    buffer: Vec<u8>,
    last_byte: Instant,
    heard: Timestamp,
    opened: Timestamp,
}

/// What was drained.
#[derive(Default)]
pub(super) struct Drained {
    pub(super) rows: Vec<Row>,
    /// Up to when the connection was alive.
    pub(super) heard: Option<Timestamp>,
}

impl Stream {
    /// When it was opened: a search that began earlier does not fill what it missed.
    pub(super) fn opened(&self) -> Option<Timestamp> {
        self.open.as_ref().map(|open| open.opened)
    }

    /// What ended it.
    pub(super) fn trouble(&mut self) -> Option<AskError> {
        self.trouble.take()
    }

    /// It will be read no more today, or told of in another way.
    pub(super) fn end(&mut self, error: AskError) {
        self.open = None;
        self.trouble = Some(error);
    }

    /// Nobody reads it for long: it is closed and opened again later.
    pub(super) fn close(&mut self) {
        self.open = None;
    }
}

/// A line that is no post.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Notice {
    data: Option<serde::de::IgnoredAny>,
    errors: Vec<Trouble>,
    title: Option<String>,
    connection_issue: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Trouble {
    title: Option<String>,
}

/// The platform's own back-off: connections, refusals, limits.
fn back_off(error: &AskError, failures: u32) -> Duration {
    let doubled = |first: Duration, most: Duration| {
        first.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1).min(16))).min(most)
    };
    match error {
        AskError::RateLimited { wait, .. } => doubled(Duration::from_mins(1), Duration::from_hours(1)).max(*wait),
        AskError::Unreachable { .. } => {
            Duration::from_millis(250).saturating_mul(failures).min(Duration::from_secs(16))
        }
        _ => doubled(Duration::from_secs(5), Duration::from_secs(320)),
    }
}

impl X {
    /// Opens the stream where it is closed and may be opened; how long to wait where it may not.
    pub(super) async fn open(&mut self, client: &Client) -> Result<Option<Duration>, AskError> {
        if let Some(trouble) = self.stream.trouble.take() {
            return Err(trouble);
        }
        if self.stream.open.is_some() {
            return Ok(None);
        }
        let wait = self.stream.reopen.map(|at| at.saturating_duration_since(Instant::now()));
        if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            return Ok(Some(wait));
        }
        if self.api.affordable(u64::MAX, client.now())? < RESERVE {
            return Err(self.api.purse.used_up(client.now()));
        }
        match self.connect(client).await {
            Ok(body) => {
                let (last_byte, opened) = (Instant::now(), client.now());
                self.stream.open = Some(Open { body, buffer: Vec::new(), last_byte, heard: opened, opened });
                self.stream.filling = true;
                Ok(None)
            }
            Err(error) => Err(self.closed(error)),
        }
    }

    async fn connect(&self, client: &Client) -> Result<Body, AskError> {
        rules::sync(&self.api, client, &self.queries).await?;
        let url = self.api.url("2/tweets/search/stream", &self.api.fields())?;
        client.open_body(&self.api.request(url)).await
    }

    /// The stream is closed: it is opened again after the back-off.
    fn closed(&mut self, error: AskError) -> AskError {
        self.stream.open = None;
        self.stream.failures = self.stream.failures.saturating_add(1);
        self.stream.reopen = Some(Instant::now() + back_off(&error, self.stream.failures));
        error
    }

    /// Takes what has come, waiting so long for the first of it. What ends the stream is kept for [`Self::open`] to tell,
    /// so that the rows before it are not lost.
    pub(super) async fn drain(&mut self, client: &Client, patience: Duration) -> Result<Drained, AskError> {
        if self.api.affordable(u64::MAX, client.now())? < RESERVE {
            // What has come and is not read costs all the same.
            let unread = self.stream.open.take().map_or(0, |open| open.whole_lines());
            self.api.purse.spend(client.now(), self.api.dearest().saturating_mul(unread as u64))?;
            return Err(self.api.purse.used_up(client.now()));
        }
        let Some(open) = &mut self.stream.open else { return Ok(Drained::default()) };
        let ended = open.fill(client, patience).await.err();
        let lines = open.lines();
        let heard = Some(open.heard);
        if lines.alive {
            self.stream.failures = 0;
        }
        let cost = lines.posts.iter().map(|line| self.api.cost(line.as_bytes()).unwrap_or(self.api.dearest())).sum();
        self.api.purse.spend(client.now(), cost)?;
        let reading = self.reading(client.now());
        let rows: Vec<Row> = lines.posts.iter().flat_map(|line| page::rows(line, &reading)).collect();
        let host = self.api.base.host_str().unwrap_or_default().to_owned();
        if let Some(error) = lines.said.map(|said| said.error(host)).or(ended) {
            self.stream.trouble = Some(self.closed(error));
        }
        Ok(Drained { rows, heard })
    }
}

fn broken(why: &str) -> AskError {
    AskError::Unreachable { host: "the stream".to_owned(), source: why.into() }
}

/// What a drain cut from the buffer.
#[derive(Default)]
struct Lines {
    posts: Vec<String>,
    alive: bool,
    said: Option<Said>,
}

/// Why the platform says that it ends the stream.
enum Said {
    /// Another connection of this app holds it.
    TooMany,
    /// Its own reasons, or a line that is none.
    Ended(String),
}

impl Said {
    fn error(self, host: String) -> AskError {
        match self {
            Self::TooMany => AskError::RateLimited { host, wait: Duration::from_mins(1) },
            Self::Ended(why) => AskError::Unreachable { host, source: why.into() },
        }
    }
}

impl Open {
    /// Reads what has come into the buffer.
    async fn fill(&mut self, client: &Client, mut patience: Duration) -> Result<(), AskError> {
        let silent = |open: &Self| open.last_byte.elapsed() >= SILENCE;
        while self.whole_lines() < LINES && self.buffer.len() < LONGEST_LINE {
            match self.body.next(patience).await? {
                Piece::Bytes(bytes) => {
                    self.buffer.extend_from_slice(&bytes);
                    (self.last_byte, self.heard) = (Instant::now(), client.now());
                    patience = Duration::ZERO;
                }
                Piece::Idle if silent(self) => return Err(broken("it was silent for 20 s")),
                Piece::Idle => break,
                Piece::End => return Err(broken("it ended")),
            }
        }
        Ok(())
    }

    fn whole_lines(&self) -> usize {
        memchr::memchr_iter(b'\n', &self.buffer).count()
    }

    /// Cuts whole lines from the buffer.
    fn lines(&mut self) -> Lines {
        let mut lines = Lines::default();
        while lines.posts.len() < LINES && lines.said.is_none() {
            let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') else { break };
            let line: Vec<u8> = self.buffer.drain(..=end).collect();
            lines.alive = true;
            let Ok(line) = String::from_utf8(line) else {
                lines.said = Some(Said::Ended("a line that is no text".to_owned()));
                break;
            };
            if !line.trim().is_empty() {
                lines.take(line);
            }
        }
        if self.buffer.len() >= LONGEST_LINE && !self.buffer.contains(&b'\n') {
            lines.said = Some(Said::Ended("a line without end".to_owned()));
        }
        lines
    }
}

impl Lines {
    fn take(&mut self, line: String) {
        let notice: Notice = serde_json::from_str(&line).unwrap_or_default();
        let title = notice.errors.first().and_then(|error| error.title.clone()).or(notice.title);
        match (notice.data, title) {
            (None, Some(_)) if notice.connection_issue.as_deref() == Some("TooManyConnections") => {
                self.said = Some(Said::TooMany);
            }
            (None, Some(title)) => {
                let tame = title.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-')).take(60);
                self.said = Some(Said::Ended(format!("the platform ends it: {}", tame.collect::<String>())));
            }
            // Posts, and what is none: the reader says why.
            _ => self.posts.push(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_back_off_is_the_platforms_own() {
        let host = String::new;
        let tcp = AskError::Unreachable { host: host(), source: "".into() };
        let http = AskError::Server { host: host(), status: 503 };
        let limit = AskError::RateLimited { host: host(), wait: Duration::from_secs(1) };
        let waits = |error: &AskError| [1, 2, 3, 99].map(|n| back_off(error, n).as_millis());
        assert_eq!(waits(&tcp), [250, 500, 750, 16_000]);
        assert_eq!(waits(&http), [5_000, 10_000, 20_000, 320_000]);
        assert_eq!(waits(&limit), [60_000, 120_000, 240_000, 3_600_000]);
    }
}
