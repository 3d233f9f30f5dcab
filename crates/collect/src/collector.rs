//! What every source shares: one page in, one page out.

use crate::files::Row;
use crate::net::{AskError, Client};
use async_trait::async_trait;
use polso_domain::{SourceId, Timestamp};
use std::time::Duration;

/// The name under which a place is asked: what the ledger, the cursor and `--source` know it by. Posts carry their
/// platform as source; two doors (two servers of one network) may lead to the same posts.
pub type Door = SourceId;

/// The door of that name, or of its usual one.
pub(crate) fn named(name: Option<&str>, usual: &str) -> Result<Door, AskError> {
    let name = name.unwrap_or(usual);
    SourceId::new(name).ok_or_else(|| AskError::Settings {
        what: format!("`{name}` cannot be the name of a source"),
        hint: "set `name`: letters, digits, `.`, `_`, `-`; at most 64".to_owned(),
    })
}

/// A place people speak.
#[async_trait]
pub trait Collector: Send {
    /// Its name in the ledger.
    fn door(&self) -> &Door;

    /// What its platform's terms ask to be said before it starts.
    fn notice(&self) -> Option<String> {
        None
    }

    /// The next page behind the cursor. A page that fails is asked for again with the same cursor, so asking must change
    /// nothing that a repetition would miss.
    ///
    /// Live sources answer at once with what has come in, and wait at most about a second for the first thing.
    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError>;

    /// Tries the door: one line that says what it found, for `polso check`. One or two cheap requests.
    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError>;

    /// How to ask again for posts that were kept, where the platform has no feed of deletions.
    fn recheck(&mut self) -> Option<&mut dyn Recheck> {
        None
    }
}

/// Asks again for posts that are kept.
#[async_trait]
pub trait Recheck: Send {
    /// How many ids one question takes.
    fn batch(&self) -> usize;

    /// Which of these ids (as given in `RawPost::ask_again`) are gone, and which could not be told.
    async fn gone(&mut self, client: &Client, ids: &[String]) -> Result<Gone, AskError>;
}

/// What became of posts that were asked for again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gone {
    /// Deleted, closed to the public, or opted out since: they must be forgotten.
    pub gone: Vec<String>,
    /// Not answered for; asked again next time.
    pub unknown: Vec<String>,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// What the last stored page gave; `None` at the very first.
    pub cursor: Option<&'a str>,
    /// How far back a first question reaches.
    pub since: Timestamp,
    /// The present.
    pub now: Timestamp,
    /// How long the listening goes on.
    pub mode: Mode,
}

/// How long the listening goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Until everything up to the start is read.
    CatchUp,
    /// Until told to stop: sockets stay open.
    Follow,
}

/// What came back.
#[derive(Default)]
pub struct Page {
    /// What the platform said, in order. `Row::Gap` is for files and never stands here.
    pub rows: Vec<Row>,
    /// Where to go on: opaque to everybody but the collector. Stored together with the rows; `None` leaves the old one.
    pub cursor: Option<String>,
    /// Everything the platform showed of this span was read, with this page and those before.
    pub covered: Option<Span>,
    /// Spans that nobody can read any more.
    pub lost: Vec<Span>,
    /// What comes next.
    pub next: Next,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Next {
    /// Another page waits.
    #[default]
    More,
    /// Everything up to now was read; there may be more after this long (zero for an open socket).
    CaughtUp(Duration),
}

/// A span of time, its end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its start.
    pub from: Timestamp,
    /// The first instant behind it.
    pub to: Timestamp,
}

impl Span {
    /// From one instant to another; `None` when nothing lies between.
    pub fn new(from: Timestamp, to: Timestamp) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }
}
