//! Bluesky, through Jetstream: every post of the network passes by, and those with a followed hashtag are kept.
//!
//! ```text
//! dial ──socket──▶ live ──frames──▶ unpack ─▶ wire ─▶ read ──items──▶ seen ─▶ profiles ──rows──▶ Page
//!   ▲                │ hole: look-back exceeded, another server's numbers
//!   └────cursor──────┘──▶ search, with an account ─▶ profiles ──rows──▶ Page
//! ```
//!
//! The socket stays open between pages. A page is what came within a second; then the collector says up to which instant
//! it has heard everything. Whenever something goes wrong the socket is dropped and the next page starts from the cursor
//! that was stored with the last one, never from what was read and not stored.
//!
//! Invariants
//! * What was read is handed over before the cursor passes it. A page asked for twice is read twice.
//! * Jetstream holds 36 hours. It silently starts later when it is asked for more, and so does a server that was
//!   restarted; both show by the time of the first event, and what lies between is lost.
//! * Another server is asked for a second opinion before a stretch is given up. Where there is an account it is searched
//!   for; [`search`] says when that counts as heard.
//! * Catching up ends: at what existed when it began, or when the stream runs no faster than life.
//!
//! It is not an archive reader: Jetstream's segments are not downloaded. Events carry no signatures; what they say is what
//! the server says.

mod config;
mod cursor;
mod dial;
mod live;
mod profiles;
mod read;
mod record;
mod search;
mod seen;
mod session;
mod stream;
#[cfg(test)]
mod tests;
mod unpack;
mod wire;

pub(crate) use config::Config;

use crate::collector::{Ask, Collector, Door, Next, Page};
use crate::config::Places;
use crate::files::Row;
use crate::net::{AskError, Client};
use crate::track::{Folding, Track};
use async_trait::async_trait;
use config::Settings;
use cursor::Cursor;
use dial::{Dialer, Start};
use live::{Ear, Live};
use polso_domain::Timestamp;
use profiles::Profiles;
use read::{Item, Reader};
use search::Search;
use seen::Seen;
use session::Session;
use std::time::Duration;
use stream::{Doubts, Progress};
use tokio::time::Instant;

/// How long a knock waits for an event.
const KNOCK: Duration = Duration::from_secs(5);

/// Listens to Bluesky.
pub(crate) struct Bluesky {
    settings: Settings,
    reader: Reader,
    dialer: Dialer,
    profiles: Option<Profiles>,
    seen: Seen,
    live: Option<Box<Live>>,
    /// The server that is asked next.
    host: usize,
    /// The cursor handed over last.
    given: Option<String>,
    progress: Progress,
    doubts: Doubts,
    search: Option<Search>,
    /// The last page came from a search: they take turns.
    searched: bool,
}

impl Config {
    /// Makes the collector. No request is made and no secret read.
    pub(crate) fn build(&self, track: &Track, places: &Places) -> Result<Bluesky, AskError> {
        let settings = self.settings(places)?;
        Ok(Bluesky {
            reader: Reader::new(track, settings.source.clone()),
            dialer: Dialer::default(),
            profiles: settings.appview.clone().map(Profiles::new),
            seen: Seen::default(),
            live: None,
            host: 0,
            given: None,
            progress: Progress::default(),
            doubts: Doubts::default(),
            search: settings
                .account
                .clone()
                .map(|account| Search::new(Session::new(account), track.spellings(Folding::Case))),
            searched: false,
            settings,
        })
    }
}

#[async_trait]
impl Collector for Bluesky {
    fn door(&self) -> &Door {
        &self.settings.door
    }

    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError> {
        let goes_on = ask.cursor == self.given.as_deref();
        let (cursor, reset) = Cursor::of(ask);
        if !goes_on {
            self.live = None;
            self.given = ask.cursor.map(str::to_owned);
            let stored = |host: &url::Url| cursor.host.as_deref() == Some(&dial::name(host));
            self.host = self.settings.hosts.iter().position(stored).unwrap_or(self.host);
        }
        if reset && !goes_on {
            client.cursor_was_reset();
        }
        let waits = cursor.holes.last().is_some_and(|hole| hole.not_before > ask.now.millis());
        let its_turn = !self.searched || self.progress.done;
        self.searched = its_turn && !waits && !cursor.holes.is_empty();
        match &mut self.search {
            Some(_) if self.searched => self.search(client, cursor).await,
            _ => {
                self.seen.begin(goes_on);
                // Taken here: a page that is given up half way must not leave an open socket behind.
                let live = self.live.take();
                self.listen(client, ask, (cursor, live)).await
            }
        }
    }

    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        let mut live = self.dial(client, |_| Start::Present).await?;
        let mut seen = Seen::default();
        let mut ear = Ear { reader: &self.reader, seen: &mut seen, now, until: Instant::now() + KNOCK };
        match live.first(&mut ear).await? {
            Some(behind_us) => {
                let seconds = behind_us.max(0) as f64 / 1e6;
                let mut says = format!("open: `{}` speaks, {seconds:.0} s behind the present", live.host());
                drop(live);
                if let Some(search) = &mut self.search {
                    search.check(client).await?;
                    says.push_str("; the session for searching is good");
                }
                Ok(says)
            }
            None => Err(live.mute(KNOCK)),
        }
    }
}

impl Bluesky {
    /// A page from the search.
    async fn search(&mut self, client: &Client, mut cursor: Cursor) -> Result<Page, AskError> {
        let Some(search) = &mut self.search else { return Ok(Page::default()) };
        let found = search.step(client, &self.reader, &mut cursor).await;
        let rows = self.settle(client, found.items).await?;
        let over = self.progress.done && cursor.holes.is_empty();
        if over {
            self.progress = Progress::default();
        }
        self.given = Some(cursor.store());
        Ok(Page {
            rows,
            cursor: self.given.clone(),
            covered: found.covered,
            lost: found.lost.into_iter().collect(),
            next: if over { Next::CaughtUp(Duration::ZERO) } else { Next::More },
        })
    }

    async fn settle(&mut self, client: &Client, items: Vec<Item>) -> Result<Vec<Row>, AskError> {
        match &mut self.profiles {
            Some(profiles) => profiles.settle(client, &self.reader, items).await,
            None => Ok(live::unsettled(items)),
        }
    }
}
