//! Bluesky, through Jetstream: every post of the network passes by, and those with a followed hashtag are kept.
//!
//! ```text
//! dial ──socket──▶ live ──frames──▶ unpack ─▶ wire ─▶ read ──items──▶ seen ─▶ profiles ──rows──▶ Page
//!   ▲                │ hole: look-back exceeded, another server's numbers
//!   └────cursor──────┘
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
//! * Another server is asked for a second opinion before a stretch is given up.
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
mod seen;
#[cfg(test)]
mod tests;
mod unpack;
mod wire;

pub(crate) use config::Config;

use crate::collector::{Ask, Collector, Door, Mode, Next, Page, Span};
use crate::config::Places;
use crate::files::Row;
use crate::net::{AskError, Client};
use crate::track::Track;
use async_trait::async_trait;
use config::Settings;
use cursor::{Cursor, instant, micros};
use dial::{Dialer, Start};
use live::{Ear, Gathered, Live, Pause};
use polso_domain::Timestamp;
use profiles::Profiles;
use read::{Item, Reader};
use seen::Seen;
use std::time::Duration;
use tokio::time::Instant;

/// What Jetstream holds. A stretch that began before is gone on every server.
const LOOK_BACK_US: i64 = 36 * 3_600_000_000;

/// Nearer than this, the present is reached.
const NEAR_US: i64 = 10_000_000;

/// A stream that stands still this near the present has nothing more.
const STILL_NEAR_US: i64 = 120_000_000;

/// Pages in a row that brought no more than the time they took: the stream runs with life, whatever our clock says.
const WITH_LIFE: u32 = 10;

/// How long a knock waits for an event.
const KNOCK: Duration = Duration::from_secs(5);

/// Listens to Bluesky.
pub(crate) struct Bluesky {
    settings: Settings,
    reader: Reader,
    dialer: Dialer,
    profiles: Option<Profiles>,
    seen: Seen,
    live: Option<Live>,
    /// The server that is asked next.
    host: usize,
    /// The cursor handed over last.
    given: Option<String>,
    /// Where catching up ends.
    goal_us: Option<i64>,
    /// Pages in a row that ran with life.
    with_life: u32,
    doubts: Doubts,
}

/// What was tried already for the position of the cursor, so that it is not tried for ever.
#[derive(Default)]
struct Doubts {
    /// From this position, numbers are not believed.
    number: Option<i64>,
    /// From this position, a second server was asked.
    server: Option<i64>,
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
            goal_us: None,
            with_life: 0,
            doubts: Doubts::default(),
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
        self.seen.begin(goes_on);
        // Taken here: a page that is given up half way must not leave an open socket behind.
        let live = self.live.take();
        self.listen(client, ask, (cursor, live)).await
    }

    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        let mut live = self.dial(client, |_| Start::Present).await?;
        let mut seen = Seen::default();
        let mut ear = Ear { reader: &self.reader, seen: &mut seen, now, until: Instant::now() + KNOCK };
        match live.first(&mut ear).await? {
            Some(behind_us) => {
                let seconds = behind_us.max(0) as f64 / 1e6;
                Ok(format!("open: `{}` speaks, {seconds:.0} s behind the present", live.host()))
            }
            None => Err(live.mute(KNOCK)),
        }
    }
}

impl Bluesky {
    /// Reads a page from the stream.
    async fn listen(
        &mut self,
        client: &Client,
        ask: &Ask<'_>,
        (mut cursor, live): (Cursor, Option<Live>),
    ) -> Result<Page, AskError> {
        let goal_us = match ask.mode {
            Mode::CatchUp => Some(*self.goal_us.get_or_insert(micros(ask.now))),
            Mode::Follow => None,
        };
        let begun = Instant::now();
        let mut gathered = Gathered::from(cursor.at_us);
        let (live, lost) = self.gather(client, ask, (&cursor, live, &mut gathered)).await?;
        let changed = gathered.moved || !gathered.items.is_empty();
        let advance_us = gathered.at_us.saturating_sub(gathered.from_us);
        let items = std::mem::take(&mut gathered.items);
        let rows = self.settle(client, items).await?;
        let covered = Span::new(instant(gathered.from_us), instant(gathered.at_us).min(ask.now));
        let near = self.is_near(ask.now, &gathered, live.as_ref());
        let pace = begun.elapsed().max(self.settings.patience.page).as_micros();
        let with_life = live.is_some() && gathered.frames > 0 && advance_us.unsigned_abs() as u128 <= 2 * pace;
        self.with_life = if with_life { self.with_life + 1 } else { 0 };
        if changed {
            cursor.at_us = gathered.at_us;
            (cursor.host, cursor.seq) = (gathered.host, gathered.seq);
            self.given = Some(cursor.store());
        }
        self.seen.seal(cursor.at_us);
        let next = match goal_us {
            Some(goal_us) if gathered.at_us >= goal_us || near == Near::Still || self.with_life >= WITH_LIFE => {
                (self.goal_us, self.with_life) = (None, 0);
                Next::CaughtUp(Duration::ZERO)
            }
            None if near != Near::Far => Next::CaughtUp(Duration::ZERO),
            _ => Next::More,
        };
        self.live = live;
        let lost = lost.and_then(|(from, to)| Span::new(instant(from), instant(to))).into_iter().collect();
        Ok(Page { rows, cursor: if changed { self.given.clone() } else { None }, covered, lost, next })
    }

    /// Gathers until the page is done; gives the socket back if it is still good, and what is lost.
    async fn gather(
        &mut self,
        client: &Client,
        ask: &Ask<'_>,
        (cursor, mut live, page): (&Cursor, Option<Live>, &mut Gathered),
    ) -> Result<(Option<Live>, Option<(i64, i64)>), AskError> {
        let (mut lost, mut until) = (None, None);
        loop {
            let mut open = match live.take() {
                Some(open) => open,
                None => self.resume(client, ask.now, cursor).await?,
            };
            // Not before it is open: a far server would leave no time for reading.
            let until = *until.get_or_insert_with(|| Instant::now() + self.settings.patience.page);
            let mut ear = Ear { reader: &self.reader, seen: &mut self.seen, now: ask.now, until };
            match open.gather(page, &mut ear).await {
                Ok(Pause::Page) => return Ok((Some(open), lost)),
                Ok(Pause::Astray) => self.doubts.number = Some(cursor.at_us),
                Ok(Pause::Hole(to_us)) if self.doubt(&open, cursor.at_us, micros(ask.now)) => {
                    tracing::debug!(seconds = (to_us - page.at_us) / 1_000_000, "a hole; asking once more");
                }
                Ok(Pause::Hole(to_us)) => {
                    client.cursor_was_reset();
                    lost = Some((page.at_us, to_us));
                    page.skip(to_us);
                    live = Some(open);
                }
                Err(error) => {
                    self.host = (self.host + 1) % self.settings.hosts.len();
                    if !page.moved {
                        return Err(error);
                    }
                    tracing::debug!(host = open.host(), %error, "the connection ended; the next page opens another");
                    return Ok((None, lost));
                }
            }
        }
    }

    /// Whether a hole may be the server's alone; then the next attempt is made elsewhere or by other means.
    fn doubt(&mut self, live: &Live, at_us: i64, now_us: i64) -> bool {
        if matches!(live.start(), Start::Number(..)) {
            self.doubts.number = Some(at_us);
            return true;
        }
        let held = at_us >= now_us.saturating_sub(LOOK_BACK_US);
        let again = !live.told() && held && self.settings.hosts.len() > 1 && self.doubts.server != Some(at_us);
        if again {
            self.doubts.server = Some(at_us);
            self.host = (self.host + 1) % self.settings.hosts.len();
        }
        again
    }

    async fn resume(&mut self, client: &Client, now: Timestamp, cursor: &Cursor) -> Result<Live, AskError> {
        let time = cursor.time(now);
        let believed = self.doubts.number != Some(cursor.at_us);
        let start = move |host: &str| match cursor.number(host) {
            Some(number) if believed => Start::Number(number, time),
            _ => Start::Time(time),
        };
        self.dial(client, start).await
    }

    /// Opens a socket at the first server that lets us in. When none does, the answer that gives most hope is passed on.
    async fn dial(&mut self, client: &Client, start: impl Fn(&str) -> Start) -> Result<Live, AskError> {
        let hosts = self.settings.hosts.len();
        let mut said: Option<AskError> = None;
        for _ in 0..hosts {
            let host = &self.settings.hosts[self.host];
            match self.dialer.dial(client, &self.settings, (host, start(&dial::name(host)))).await {
                Ok(live) => return Ok(live),
                Err(error) => {
                    tracing::debug!(host = dial::name(host), %error, "no socket");
                    self.host = (self.host + 1) % hosts;
                    if said.as_ref().is_none_or(|said| !said.may_pass()) {
                        said = Some(error);
                    }
                }
            }
        }
        Err(said.unwrap_or_else(|| AskError::Settings {
            what: "there is no host of Bluesky to listen to".to_owned(),
            hint: "name one in [[collect.bluesky]]".to_owned(),
        }))
    }

    async fn settle(&mut self, client: &Client, items: Vec<Item>) -> Result<Vec<Row>, AskError> {
        match &mut self.profiles {
            Some(profiles) => profiles.settle(client, &self.reader, items).await,
            None => Ok(live::unsettled(items)),
        }
    }

    fn is_near(&self, now: Timestamp, page: &Gathered, live: Option<&Live>) -> Near {
        let behind_us = micros(now).saturating_sub(page.at_us);
        let still = live.is_some_and(|live| live.silent_for() >= self.settings.patience.idle);
        if still && behind_us <= STILL_NEAR_US {
            Near::Still
        } else if behind_us <= NEAR_US {
            Near::Near
        } else {
            Near::Far
        }
    }
}

/// How near the present is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Near {
    /// Not yet.
    Far,
    /// Here.
    Near,
    /// Nothing has come for a while, and nothing will that is from before.
    Still,
}
