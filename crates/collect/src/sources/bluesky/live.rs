//! An open socket, read one page at a time.
//!
//! Invariants
//! * Every event, followed or not, is proof of life and moves the page's end.
//! * A page never reaches across a hole, a stretch longer than a minute without any event: the network is never silent, so
//!   somebody did not hear. The event behind it waits for the next page.
//! * A server that speaks nonsense is left; a single frame of nonsense is set aside.

use super::config::{Patience, Settings, Wire};
use super::cursor::{FUTURE_US, instant, micros};
use super::dial::Start;
use super::read::{At, Heard, Item, Reader};
use super::seen::Seen;
use super::unpack::Unpacker;
use super::wire::{self, Said};
use crate::files::Row;
use crate::net::{AskError, Frame, Socket};
use polso_domain::Timestamp;
use std::time::Duration;
use tokio::time::Instant;

/// A stretch without any event that is believed to have been silent.
const SILENCE_US: i64 = 60_000_000;

/// The same for a resumption by number, which is exact: beyond, the number was another server's.
const EXACT_US: i64 = 5_000_000;

/// Rows on a page.
const ROWS: usize = 1000;

/// Frames of nonsense on one page after which the server is left.
const NONSENSE: u32 = 20;

/// An open socket.
pub(super) struct Live {
    socket: Socket,
    unpacker: Unpacker,
    state: State,
}

/// How far the reading of a socket is.
struct State {
    host: String,
    wire: Wire,
    start: Start,
    patience: Patience,
    /// No event with a time came yet.
    fresh: bool,
    /// The server said itself that it starts late.
    told: bool,
    /// When the last frame came.
    spoke: Instant,
    /// An event that belongs to the next page.
    held: Option<Frame>,
}

/// Why reading paused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pause {
    /// The page is full or its time is over.
    Page,
    /// The next event comes so late that something is missing before it; its time.
    Hole(i64),
    /// The server never gave out the number it was asked for, and starts at the present instead.
    Astray,
}

/// What was read for a page.
pub(super) struct Gathered {
    pub(super) items: Vec<Item>,
    /// Where the unbroken stretch begins.
    pub(super) from_us: i64,
    /// Where it ends.
    pub(super) at_us: i64,
    /// The server that spoke last.
    pub(super) host: Option<String>,
    /// Its number for its last event, on the wire that resumes by number.
    pub(super) seq: Option<u64>,
    /// Frames, whatever they said.
    pub(super) frames: u32,
    /// It got further than it began.
    pub(super) moved: bool,
    nonsense: u32,
}

/// What listening needs.
pub(super) struct Ear<'a> {
    pub(super) reader: &'a Reader,
    pub(super) seen: &'a mut Seen,
    pub(super) now: Timestamp,
    /// When the page is handed over.
    pub(super) until: Instant,
}

impl Gathered {
    pub(super) fn from(at_us: i64) -> Self {
        Self { items: Vec::new(), from_us: at_us, at_us, host: None, seq: None, frames: 0, moved: false, nonsense: 0 }
    }

    /// Whether it brought no more than the time it took: what came is the present, whatever our clock says.
    pub(super) fn ran_with_life(&self, took: Duration) -> bool {
        let advance_us = self.at_us.saturating_sub(self.from_us).unsigned_abs();
        self.frames > 0 && u128::from(advance_us) <= 2 * took.as_micros()
    }

    /// Goes on behind a hole.
    pub(super) fn skip(&mut self, to_us: i64) {
        (self.from_us, self.at_us, self.moved) = (to_us, to_us, true);
    }
}

impl Live {
    pub(super) fn new(socket: Socket, settings: &Settings, (unpacker, start): (Unpacker, Start)) -> Box<Self> {
        let state = State {
            host: socket.host().to_owned(),
            wire: settings.wire,
            start,
            patience: settings.patience,
            fresh: true,
            told: false,
            spoke: Instant::now(),
            held: None,
        };
        // It is moved about between pages, and large.
        Box::new(Self { socket, unpacker, state })
    }

    /// Where it was asked to start.
    pub(super) fn start(&self) -> Start {
        self.state.start
    }

    /// Whether the server said itself that it starts late.
    pub(super) fn told(&self) -> bool {
        self.state.told
    }

    /// For how long no frame came.
    pub(super) fn silent_for(&self) -> Duration {
        self.state.spoke.elapsed()
    }

    /// The server, for messages.
    pub(super) fn host(&self) -> &str {
        &self.state.host
    }

    /// Reads until the page is done. An error ends the connection; what was gathered before it stays good.
    pub(super) async fn gather(&mut self, page: &mut Gathered, ear: &mut Ear<'_>) -> Result<Pause, AskError> {
        loop {
            let left = ear.until.saturating_duration_since(Instant::now());
            if page.items.len() >= ROWS || left.is_zero() {
                return Ok(Pause::Page);
            }
            let frame = match self.state.held.take() {
                Some(held) => held,
                None => self.socket.next(left).await?,
            };
            match frame {
                Frame::Idle if self.silent_for() < self.state.patience.stall => {}
                Frame::Idle => {
                    let seconds = self.state.patience.stall.as_secs();
                    return Err(self
                        .state
                        .broken(format!("nothing came for {seconds} s, and the network is never silent")));
                }
                Frame::Alive => {}
                Frame::Closed(code) => {
                    return Err(self.state.broken(format!("the server closed the socket (code {code})")));
                }
                frame => {
                    let text = self.unpacker.text(&frame);
                    if let Some(pause) = self.state.take((&frame, text), page, ear)? {
                        return Ok(pause);
                    }
                    // Frames that are already here never wait, and others want their turn.
                    if page.frames.is_multiple_of(256) {
                        tokio::task::yield_now().await;
                    }
                }
            }
        }
    }

    /// The next event after the present, for a look at the door: how far behind the present it is. `None` if none came.
    pub(super) async fn first(&mut self, ear: &mut Ear<'_>) -> Result<Option<i64>, AskError> {
        while !ear.until.saturating_duration_since(Instant::now()).is_zero() {
            let mut page = Gathered::from(0);
            let until = ear.until.min(Instant::now() + Duration::from_millis(200));
            let mut short = Ear { reader: ear.reader, seen: ear.seen, now: ear.now, until };
            self.gather(&mut page, &mut short).await?;
            if page.moved {
                return Ok(Some(micros(ear.now).saturating_sub(page.at_us)));
            }
        }
        Ok(None)
    }

    /// The error of a server that said nothing for so long.
    pub(super) fn mute(&self, waited: Duration) -> AskError {
        self.state.broken(format!("nothing came for {} s", waited.as_secs()))
    }
}

impl State {
    fn take(
        &mut self,
        (frame, text): (&Frame, Option<&[u8]>),
        page: &mut Gathered,
        ear: &mut Ear<'_>,
    ) -> Result<Option<Pause>, AskError> {
        self.spoke = Instant::now();
        page.frames += 1;
        let Some(event) = text.and_then(|text| wire::event(self.wire, text)) else {
            page.nonsense += 1;
            if page.nonsense > NONSENSE {
                return Err(AskError::Garbled {
                    host: self.host.clone(),
                    what: "frames that cannot be read".to_owned(),
                });
            }
            page.items.push(Item::Row(ear.reader.garbled(u64::from(page.frames))));
            return Ok(None);
        };
        let (at_us, seq) = (event.at_us, event.seq);
        if at_us.is_some_and(|at_us| self.is_behind_a_hole(at_us, page, ear)) {
            self.held = Some(frame.clone());
            return Ok(Some(if page.moved { Pause::Page } else { Pause::Hole(at_us.unwrap_or_default()) }));
        }
        // An event of the future would carry the cursor there.
        if let Some(at_us) = at_us.filter(|at_us| is_past(*at_us, ear.now)) {
            self.fresh = false;
            page.moved |= at_us > page.at_us;
            page.at_us = page.at_us.max(at_us);
            if page.host.as_ref() != Some(&self.host) {
                (page.host, page.seq) = (Some(self.host.clone()), None);
            }
            page.seq = seq.filter(|_| self.wire == Wire::Events).or(page.seq);
        }
        let heard_us = at_us.unwrap_or(page.at_us);
        let at = At { heard: instant(heard_us).min(ear.now), nth: u64::from(page.frames) };
        let heard = match event.said {
            Said::Commit(commit) => ear.reader.commit(&commit, at),
            Said::Account(account) => ear.reader.account(&account, heard_us),
            Said::Future if matches!(self.start, Start::Number(..)) => return Ok(Some(Pause::Astray)),
            Said::Outdated => {
                self.told = true;
                None
            }
            Said::Ended(code) => {
                let tame = code.chars().filter(char::is_ascii_alphanumeric).take(40).collect::<String>();
                return Err(self.broken(format!("the server ended the stream: {tame}")));
            }
            Said::Future | Said::Other => None,
        };
        if let Some(Heard { key, item }) = heard
            && ear.seen.is_new(key, heard_us)
        {
            page.items.push(item);
        }
        Ok(None)
    }

    fn is_behind_a_hole(&self, at_us: i64, page: &Gathered, ear: &Ear<'_>) -> bool {
        let exact = self.fresh && matches!(self.start, Start::Number(..));
        let silence = if exact { EXACT_US } else { SILENCE_US };
        self.start != Start::Present && is_past(at_us, ear.now) && at_us > page.at_us.saturating_add(silence)
    }

    fn broken(&self, why: String) -> AskError {
        AskError::Unreachable { host: self.host.clone(), source: why.into() }
    }
}

fn is_past(at_us: i64, now: Timestamp) -> bool {
    (0..=micros(now).saturating_add(FUTURE_US)).contains(&at_us)
}

/// Rows without a look at their authors.
pub(super) fn unsettled(items: Vec<Item>) -> Vec<Row> {
    let row = |item| match item {
        Item::Row(row) => row,
        Item::Post { post, .. } => Row::Event(polso_domain::RawEvent::Post(post)),
    };
    items.into_iter().map(row).collect()
}
