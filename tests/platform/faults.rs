//! What goes wrong: decided by a seed, a connection, an answer and a frame at a time, and noted down.
//!
//! A fault is *hard* when whoever asks cannot take it for an answer: each must be counted in the ledger. It is *garbled*
//! when the answer comes and makes no sense: a row of them counts once at least. The others (delays, repetitions, a socket
//! that ends after it brought something) need only lose nothing.

use super::random::Random;
use super::server::Answer;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

/// How often something goes wrong: once in so many times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rates {
    pub(crate) connection: u64,
    pub(crate) answer: u64,
    pub(crate) frame: u64,
}

/// Decides for one server.
pub(crate) struct Faults {
    rates: Option<Rates>,
    on: AtomicBool,
    random: Mutex<Random>,
    /// What was done, and how often.
    done: Mutex<BTreeMap<&'static str, u32>>,
}

/// What happens to a connection.
pub(super) enum OnConnection {
    /// It is open, for so many bytes if it is not for good.
    Open(Option<usize>),
    /// It ends before a word is said.
    Dropped,
    /// It and others are refused for a while.
    Refused(Duration),
}

/// What happens to an answer.
pub(super) enum OnAnswer {
    Honest,
    Late(Duration),
    /// The last answer to the same path, whatever was asked for.
    Stale,
    /// Once more, unasked.
    Twice,
    /// Another answer.
    Instead(Answer),
    /// A byte at a place is another one.
    Flipped(usize, u8),
    /// It ends at this byte.
    Cut(usize),
    /// Its length is told wrong.
    WrongLength(i64),
    /// It never ends.
    Endless,
}

/// What happens to a frame.
pub(super) enum OnFrame {
    Honest,
    Late(Duration),
    Twice,
    /// Something else comes before it.
    Nonsense(Message),
    /// It comes after the next one.
    Held,
}

impl OnAnswer {
    /// Whether it can be done to the answer that opens a socket.
    pub(super) fn spoils_a_handshake(&self) -> bool {
        matches!(self, Self::Instead(_) | Self::Cut(_) | Self::Endless)
    }
}

impl Faults {
    /// Nothing goes wrong.
    pub(crate) fn none() -> Self {
        Self { rates: None, on: AtomicBool::new(false), random: Mutex::new(Random::new(0)), done: Mutex::default() }
    }

    pub(crate) fn of(seed: u64, rates: Rates) -> Self {
        let (on, random) = (AtomicBool::new(true), Mutex::new(Random::new(seed)));
        Self { rates: Some(rates), on, random, done: Mutex::default() }
    }

    pub(crate) fn turn(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
    }

    /// What was done so far.
    pub(crate) fn done(&self) -> BTreeMap<&'static str, u32> {
        self.done.lock().unwrap().clone()
    }

    /// How many hard faults there were, and how many garbled answers.
    pub(crate) fn told(&self) -> [u32; 2] {
        let done = self.done();
        ["hard", "garbled"].map(|kind| done.iter().filter(|(name, _)| name.starts_with(kind)).map(|(_, n)| n).sum())
    }

    fn strikes(&self, rate: fn(&Rates) -> u64) -> Option<u64> {
        let rates = self.rates.as_ref().filter(|_| self.on.load(Ordering::Relaxed))?;
        let mut random = self.random.lock().unwrap();
        random.one_in(rate(rates)).then(|| random.next() >> 8)
    }

    fn note(&self, name: &'static str) {
        *self.done.lock().unwrap().entry(name).or_default() += 1;
    }

    pub(super) fn connection(&self) -> OnConnection {
        let Some(random) = self.strikes(|rates| rates.connection) else { return OnConnection::Open(None) };
        let (what, how) = (random % 4, random / 4);
        match what {
            0 => {
                self.note("connections refused for a while");
                OnConnection::Refused(Duration::from_millis(100 + how % 400))
            }
            1 => {
                // Soft: clients open connections ahead, and this may be one that nobody needs.
                self.note("connection dropped");
                OnConnection::Dropped
            }
            // Soft as well: it may break when nobody listens any more.
            _ => {
                self.note("connection cut");
                OnConnection::Open(Some(usize::try_from(how % 30_000).unwrap()))
            }
        }
    }

    pub(super) fn answer(&self, path: &str) -> OnAnswer {
        let Some(random) = self.strikes(|rates| rates.answer) else { return OnAnswer::Honest };
        let (is_socket, is_feed) = (path == "/subscribe", path == "/feed.xml");
        let (what, how) = (random % 11, random / 11);
        let place = usize::try_from(how % 1_000_000).unwrap();
        let (name, fault) = match what {
            0 if !is_socket => ("late", OnAnswer::Late(Duration::from_millis(how % 700))),
            1 if path.starts_with("/api/") => ("stale", OnAnswer::Stale),
            2 if !is_socket => ("twice", OnAnswer::Twice),
            3 if !is_socket && !is_feed => ("garbled: flipped", OnAnswer::Flipped(place, 0x01)),
            // A feed with one bad letter is a feed all the same, with one bad item.
            3 if is_feed => ("flipped feed", OnAnswer::Flipped(place, 0xff)),
            4 => ("hard: cut", OnAnswer::Cut(if how.is_multiple_of(3) { 0 } else { place })),
            // What was not modified has no body to be cut.
            5 if is_feed => ("too short for its length", OnAnswer::WrongLength(1 + (how % 900).cast_signed())),
            5 if !is_socket => ("hard: too short for its length", OnAnswer::WrongLength(1 + (how % 900).cast_signed())),
            6 if !is_socket && !is_feed => ("garbled: too long for its length", OnAnswer::WrongLength(-1)),
            7 if how.is_multiple_of(4) => ("hard: endless", OnAnswer::Endless),
            8 => ("garbled: a page for people", OnAnswer::Instead(page())),
            9 => ("hard: told to wait", OnAnswer::Instead(wait([429, 503][place % 2]))),
            _ => (
                "hard: server error",
                OnAnswer::Instead(Answer::plain([500, 502, 503][place % 3], "text/plain", Vec::new())),
            ),
        };
        self.note(name);
        fault
    }

    pub(super) fn frame(&self) -> OnFrame {
        let Some(random) = self.strikes(|rates| rates.frame) else { return OnFrame::Honest };
        let (what, how) = (random % 4, random / 4);
        let (name, fault) = match what {
            0 => ("frame late", OnFrame::Late(Duration::from_millis(how % 200))),
            1 => ("frame twice", OnFrame::Twice),
            2 => ("frame out of order", OnFrame::Held),
            _ => ("frame of nonsense", OnFrame::Nonsense(nonsense(how))),
        };
        self.note(name);
        fault
    }
}

fn page() -> Answer {
    Answer::plain(200, "text/html", b"<!doctype html><html><body><h1>Log in</h1></body></html>".to_vec())
}

fn wait(status: u16) -> Answer {
    let mut answer = Answer::plain(status, "application/json", br#"{"error":"slow down"}"#.to_vec());
    answer.headers.push(("retry-after".to_owned(), "1".to_owned()));
    answer
}

fn nonsense(how: u64) -> Message {
    match how % 3 {
        0 => Message::Text("{\"did\":\"did:plc:seedanna".to_owned().into()),
        1 => Message::Binary(how.to_le_bytes().to_vec().into()),
        _ => Message::Text("<html>busy</html>".to_owned().into()),
    }
}
