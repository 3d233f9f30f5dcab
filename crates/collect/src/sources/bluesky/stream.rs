//! Reading the stream, page by page: resuming, doubting, catching up.

use super::Bluesky;
use super::cursor::{Cursor, instant, micros};
use super::dial::{self, Start};
use super::live::{Ear, Gathered, Live, Pause};
use crate::collector::{Ask, Mode, Next, Page, Span};
use crate::net::{AskError, Client};
use polso_domain::Timestamp;
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

/// What was tried already for the position of the cursor, so that it is not tried for ever.
#[derive(Default)]
pub(super) struct Doubts {
    /// From this position, numbers are not believed.
    number: Option<i64>,
    /// From this position, a second server was asked.
    server: Option<i64>,
}

/// How far catching up is.
#[derive(Default)]
pub(super) struct Progress {
    /// Where it ends.
    goal_us: Option<i64>,
    /// Pages in a row that ran with life.
    with_life: u32,
    /// The stream is read; what is left is searching.
    pub(super) done: bool,
}

impl Bluesky {
    /// Reads a page from the stream.
    pub(super) async fn listen(
        &mut self,
        client: &Client,
        ask: &Ask<'_>,
        (mut cursor, live): (Cursor, Option<Box<Live>>),
    ) -> Result<Page, AskError> {
        let goal_us = match ask.mode {
            // What waits for a search waits for the next run, too.
            Mode::CatchUp if self.progress.done => return Ok(self.caught_up()),
            Mode::CatchUp => Some(*self.progress.goal_us.get_or_insert(micros(ask.now))),
            Mode::Follow => None,
        };
        let begun = Instant::now();
        let mut gathered = Gathered::from(cursor.at_us);
        let (live, lost) = self.gather(client, ask, (&cursor, live, &mut gathered)).await?;
        let items = std::mem::take(&mut gathered.items);
        let changed = gathered.moved || !items.is_empty() || lost.is_some();
        let rows = self.settle(client, items).await?;
        if lost.is_some() {
            client.cursor_was_reset();
        }
        let lost = self.search_or_lose(&mut cursor, lost);
        if changed {
            cursor.at_us = gathered.at_us;
            (cursor.host, cursor.seq) = (gathered.host.take(), gathered.seq);
        }
        self.seen.seal(cursor.at_us);
        let near = self.is_near(ask.now, &gathered, live.as_deref());
        let with_life = live.is_some() && gathered.ran_with_life(begun.elapsed().max(self.settings.patience.page));
        self.progress.with_life = if with_life { self.progress.with_life + 1 } else { 0 };
        self.live = live;
        let reached =
            |goal_us| gathered.at_us >= goal_us || near == Distance::Still || self.progress.with_life >= WITH_LIFE;
        let next = match goal_us {
            Some(goal_us) if reached(goal_us) && cursor.holes.is_empty() => self.caught_up().next,
            Some(goal_us) if reached(goal_us) => {
                (self.live, self.progress.done) = (None, true);
                Next::More
            }
            None if near != Distance::Far => Next::CaughtUp(Duration::ZERO),
            _ => Next::More,
        };
        if changed || !lost.is_empty() {
            self.given = Some(cursor.store());
        }
        let covered = Span::new(instant(gathered.from_us), instant(gathered.at_us).min(ask.now));
        let stored = if changed || !lost.is_empty() { self.given.clone() } else { None };
        Ok(Page { rows, cursor: stored, covered, lost, next })
    }

    fn caught_up(&mut self) -> Page {
        (self.live, self.progress) = (None, Progress::default());
        Page { next: Next::CaughtUp(Duration::ZERO), ..Page::default() }
    }

    /// Hands a new hole to the search. What is left over, or waits for an account that was taken out of the settings, is
    /// lost.
    fn search_or_lose(&self, cursor: &mut Cursor, hole: Option<(i64, i64)>) -> Vec<Span> {
        let mut lost: Vec<Span> = Vec::new();
        let hole = hole.and_then(|(from, to)| Span::new(instant(from), instant(to)));
        if let Some(search) = &self.search {
            lost.extend(hole.filter(|hole| !search.take_on(cursor, *hole)));
        } else {
            let millis = Timestamp::from_millis;
            let waiting = std::mem::take(&mut cursor.holes).into_iter();
            lost.extend(waiting.filter_map(|hole| Span::new(millis(hole.from), millis(hole.to))).chain(hole));
        }
        lost
    }

    /// Gathers until the page is done; gives the socket back if it is still good, and what is lost.
    async fn gather(
        &mut self,
        client: &Client,
        ask: &Ask<'_>,
        (cursor, mut live, page): (&Cursor, Option<Box<Live>>, &mut Gathered),
    ) -> Result<(Option<Box<Live>>, Option<(i64, i64)>), AskError> {
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

    async fn resume(&mut self, client: &Client, now: Timestamp, cursor: &Cursor) -> Result<Box<Live>, AskError> {
        let time = cursor.time(now);
        let believed = self.doubts.number != Some(cursor.at_us);
        let start = move |host: &str| match cursor.number(host) {
            Some(number) if believed => Start::Number(number, time),
            _ => Start::Time(time),
        };
        self.dial(client, start).await
    }

    /// Opens a socket at the first server that lets us in. When none does, the answer that gives most hope is passed on.
    pub(super) async fn dial(&mut self, client: &Client, start: impl Fn(&str) -> Start) -> Result<Box<Live>, AskError> {
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

    fn is_near(&self, now: Timestamp, page: &Gathered, live: Option<&Live>) -> Distance {
        let behind_us = micros(now).saturating_sub(page.at_us);
        let still = live.is_some_and(|live| live.silent_for() >= self.settings.patience.idle);
        if still && behind_us <= STILL_NEAR_US {
            Distance::Still
        } else if behind_us <= NEAR_US {
            Distance::Near
        } else {
            Distance::Far
        }
    }
}

/// How near the present is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Distance {
    /// Not yet.
    Far,
    /// Here.
    Near,
    /// Nothing has come for a while, and nothing will that is from before.
    Still,
}
