//! The collector: what it holds, and how a page is put together from the round and the stream.

use super::about::{About, Access};
use super::account::Policy;
use super::ask::Instance;
use super::cursor::Cursor;
use super::memory::Memory;
use super::read::{Read, Reader, Why};
use super::round::Round;
use super::stream::{SILENCE, Stream};
use super::threads::Watch;
use super::walk::{Pace, Step};
use super::{Config, Streaming};
use crate::collector::{Ask, Collector, Door, Mode, Next, Page, Recheck, named};
use crate::config::Places;
use crate::files::Row;
use crate::net::{AskError, Client};
use crate::track::{Folding, Track};
use async_trait::async_trait;
use polso_domain::Timestamp;
use std::time::Duration;

/// What an instance says of itself is asked for once a day.
const DAY_MS: i64 = 24 * HOUR_MS;
const HOUR_MS: i64 = 3_600_000;

/// How long a live page waits for the first thing.
const A_MOMENT: Duration = Duration::from_secs(1);

/// One instance, listened to.
pub(crate) struct Mastodon {
    pub(super) config: Config,
    pub(super) door: Door,
    pub(super) instance: Instance,
    pub(super) reader: Reader,
    pub(super) spellings: Vec<String>,
    pub(super) about: Option<(Timestamp, About)>,
    pub(super) memory: Memory,
    state: Cursor,
    /// The cursor that stands for `state`.
    given: Option<String>,
    /// The round that is under way.
    pub(super) round: Option<Round>,
    pub(super) next_round: Timestamp,
    /// A failure that waits until what was heard before it is stored.
    pub(super) owed: Option<AskError>,
    pub(super) live: Option<Stream>,
    pub(super) streaming: Streaming,
    pub(super) live_rests_until: Timestamp,
    pub(super) live_failures: u32,
    pub(super) longest_silence: Duration,
}

/// What is gathered for a page.
pub(super) struct Gathered {
    pub(super) rows: Vec<Row>,
    pub(super) state: Cursor,
    pub(super) now: Timestamp,
    /// How far back a first question reaches.
    pub(super) since: Timestamp,
    /// What the instance shows.
    pub(super) access: Access,
}

impl Mastodon {
    /// A collector for one instance.
    pub(crate) fn new(config: &Config, track: &Track, places: &Places) -> Result<Self, AskError> {
        let token_file = config.token_file.as_ref().map(|file| places.secrets.join(file));
        let streaming = match (config.streaming, &token_file) {
            (Some(Streaming::Websocket | Streaming::Sse), None) => return Err(no_token(&config.instance)),
            (Some(kind), _) => kind,
            (None, Some(_)) => Streaming::Websocket,
            (None, None) => Streaming::Off,
        };
        let mut instance = Instance::new(&config.instance, token_file)?;
        let fold = |words: &[String]| words.iter().map(|word| Folding::Accents.fold(word)).collect::<Vec<_>>();
        instance.narrow(&fold(&track.all), &fold(&track.none));
        let host = instance.host();
        let door = config.door()?;
        let reader = Reader {
            source: named(None, "mastodon")?,
            instance: host.clone(),
            policy: Policy {
                respect_opt_outs: config.respect_opt_outs,
                require_indexable: config.require_indexable,
                unlisted: config.unlisted,
                keep_bots: config.keep_bots,
            },
            matcher: track.matcher(Folding::Accents),
        };
        Ok(Self {
            config: config.clone(),
            door,
            instance,
            reader,
            spellings: track.spellings(Folding::Accents),
            about: None,
            memory: Memory::default(),
            state: Cursor::default(),
            given: None,
            round: None,
            next_round: Timestamp::from_millis(i64::MIN),
            owed: None,
            live: None,
            streaming,
            live_rests_until: Timestamp::from_millis(i64::MIN),
            live_failures: 0,
            longest_silence: SILENCE,
        })
    }

    /// How far and how often to look back.
    pub(super) fn pace(&self, since: Timestamp) -> Pace {
        let Config { overlap_hours, overlap_every_minutes, .. } = &self.config;
        let (overlap_ms, every_ms) =
            (i64::from(*overlap_hours) * HOUR_MS, i64::from(overlap_every_minutes.get()) * 60_000);
        Pace { since, overlap_ms, every_ms }
    }

    /// For how long and how often answers are read.
    pub(super) fn watch(&self) -> Watch {
        let ms = |hours: std::num::NonZeroU32| i64::from(hours.get()) * HOUR_MS;
        Watch { for_ms: ms(self.config.reactions_hours), every_ms: ms(self.config.reactions_every_hours) }
    }

    /// From one round to the next.
    pub(super) fn interval(&self) -> Duration {
        Duration::from_secs(u64::from(self.config.every_minutes.get()) * 60)
    }

    /// The state that a cursor stands for. What was handed on with that cursor is stored now; with any other cursor,
    /// nobody knows what was.
    fn recall(&mut self, client: &Client, cursor: Option<&str>) -> Cursor {
        if cursor == self.given.as_deref() {
            self.memory.settle();
            return self.state.clone();
        }
        self.memory = Memory::default();
        self.round = None;
        self.given = cursor.map(str::to_owned);
        let read = cursor.and_then(Cursor::read);
        if cursor.is_some() && read.is_none() {
            client.cursor_was_reset();
        }
        self.state = read.unwrap_or_default();
        self.state.clone()
    }

    /// Learns what the instance says of itself, at first and once a day. What it said yesterday serves while it says nothing.
    pub(super) async fn learn(&mut self, client: &Client, now: Timestamp) -> Result<Access, AskError> {
        self.instance.read_token()?;
        let with_token = self.instance.token().is_some();
        let fresh = |at: Timestamp| now.millis().saturating_sub(at.millis()) < DAY_MS;
        if self.about.as_ref().is_none_or(|(at, _)| !fresh(*at)) {
            match (self.instance.about(client).await, &mut self.about) {
                (Ok(about), known) => {
                    if let Some(said) = about.access(with_token).half_open() {
                        tracing::warn!(door = %self.door, "{said}");
                    }
                    *known = Some((now, about));
                }
                (Err(error), Some((at, _))) if error.may_pass() => {
                    *at = Timestamp::from_millis(now.millis() - DAY_MS + HOUR_MS);
                }
                (Err(error), _) => return Err(error),
            }
        }
        match self.about.as_ref().map_or(Access::Whole, |(_, about)| about.access(with_token)) {
            Access::Closed { token_helps } => Err(self.instance.closed(token_helps)),
            open => Ok(open),
        }
    }

    /// How long nothing needs to be asked.
    fn pause(&self, now: Timestamp) -> Duration {
        if self.live.is_some() {
            return Duration::ZERO;
        }
        let left = |until: Timestamp| u64::try_from(until.millis().saturating_sub(now.millis())).unwrap_or(0);
        let stream = if self.streaming == Streaming::Off { u64::MAX } else { left(self.live_rests_until) };
        Duration::from_millis(left(self.next_round).min(stream)).max(A_MOMENT)
    }

    /// A page from what the stream and the round give.
    async fn gather(&mut self, client: &Client, ask: &Ask<'_>, state: Cursor) -> Result<Page, AskError> {
        if self.spellings.is_empty() {
            return Err(no_hashtag());
        }
        let access = self.learn(client, ask.now).await?;
        let mut page = Page::default();
        let mut gathered = Gathered { rows: Vec::new(), state, now: ask.now, since: ask.since, access };
        if ask.mode == Mode::Follow {
            self.tune_in(client, ask.now).await;
            self.overhear(&mut gathered, Duration::ZERO).await;
        }
        let round_is_due = ask.mode == Mode::CatchUp || self.round.is_some() || ask.now >= self.next_round;
        if self.owed.is_none() && round_is_due {
            match self.step(client, &mut gathered).await {
                Ok(covered) => page.covered = covered,
                Err(error) => self.owed = Some(error),
            }
        } else if self.owed.is_none() {
            self.overhear(&mut gathered, A_MOMENT).await;
        }
        match self.owed.take() {
            Some(error) if gathered.rows.is_empty() => return Err(error),
            owed => self.owed = owed,
        }
        page.next =
            if self.round.is_some() || self.owed.is_some() { Next::More } else { Next::CaughtUp(self.pause(ask.now)) };
        if !gathered.rows.is_empty() || gathered.state != self.state {
            page.cursor = gathered.state.turn();
            self.given.clone_from(&page.cursor);
            self.state = gathered.state;
        }
        page.rows = gathered.rows;
        Ok(page)
    }
}

#[async_trait]
impl Collector for Mastodon {
    fn door(&self) -> &Door {
        &self.door
    }

    fn notice(&self) -> Option<String> {
        let (_, about) = self.about.as_ref()?;
        let said = about.access(self.instance.token().is_some()).half_open()?;
        Some(format!("`{}` is {said}", self.instance.host()))
    }

    async fn page(&mut self, client: &Client, ask: &Ask<'_>) -> Result<Page, AskError> {
        let state = self.recall(client, ask.cursor);
        if let Some(error) = self.owed.take() {
            return Err(error);
        }
        let page = self.gather(client, ask, state).await;
        if let Err(error) = &page {
            self.memory.drop_fresh();
            if matches!(error, AskError::Closed { .. }) {
                (self.about, self.live) = (None, None);
                self.instance.forget_token();
            }
        }
        page
    }

    async fn knock(&mut self, client: &Client, now: Timestamp) -> Result<String, AskError> {
        let Some(tag) = self.spellings.first().cloned() else { return Err(no_hashtag()) };
        self.about = None;
        let access = self.learn(client, now).await?;
        let page = self.instance.page(client, &tag, (&Step::Newest, access)).await?;
        let (mut kept, mut hidden) = (0, 0);
        for raw in &page {
            match self.reader.read(raw.get(), Why::Tagged(&|_| None), now) {
                Ok(Read::Kept(_)) => kept += 1,
                Ok(Read::Hidden { .. }) => hidden += 1,
                Ok(Read::Passed { .. }) | Err(_) => {}
            }
        }
        let About { version, limited_federation, .. } =
            self.about.take().map_or_else(About::unknown, |(_, about)| about);
        let shown = access.half_open().unwrap_or("open: hashtag timelines are shown");
        let whom = if self.instance.token().is_some() { "the token works" } else { "no token is needed" };
        let chosen = if limited_federation { ", it federates with chosen instances only" } else { "" };
        let posts = page.len();
        Ok(format!(
            "{shown}, {whom}, {posts} posts on the first page of `#{tag}` ({kept} to keep, {hidden} not public or withheld \
             by their authors), version {version}{chosen}"
        ))
    }

    fn recheck(&mut self) -> Option<&mut dyn Recheck> {
        Some(self)
    }
}

fn no_hashtag() -> AskError {
    AskError::Settings {
        what: "no hashtag is followed".to_owned(),
        hint: "name hashtags in the settings: this interface has no other timelines".to_owned(),
    }
}

fn no_token(instance: &str) -> AskError {
    AskError::Settings {
        what: format!("`{instance}` streams to its users only"),
        hint: "name a `token_file`, or set `streaming = \"off\"`".to_owned(),
    }
}
