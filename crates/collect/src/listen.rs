//! The loop around a collector: ask, hand over, wait for it to be stored, go on.
//!
//! Invariants
//! * The next page is asked for only when the one before is stored: a slow store slows the asking, and nothing piles up.
//! * A failure is delivered like a page. It never ends a following listener; it ends a catching-up one when waiting will
//!   not help or has been tried.
//! * Told to stop, it drops what it was asking for at once: what was not stored is asked for again next time.

use crate::collector::{Ask, Collector, Door, Mode, Next, Page};
use crate::net::{AskError, Client, Count};
use backon::{BackoffBuilder, ExponentialBuilder};
use polso_domain::{SourceState, Timestamp};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};

/// Failures in a row after which a catching-up listener gives up.
const TRIES: u32 = 5;

/// A catching-up listener waits no longer than this for one answer; cron comes again.
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// A following listener knocks at a closed door this often: tokens are renewed, terms change.
const CLOSED_WAIT: Duration = Duration::from_mins(30);

/// What a listener starts from.
#[derive(Debug, Clone)]
pub struct Listening {
    /// The stored cursor.
    pub cursor: Option<String>,
    /// How far back a first question reaches.
    pub since: Timestamp,
    /// How long it goes on.
    pub mode: Mode,
}

/// What a listener hands over.
pub struct Delivery {
    /// Whose it is.
    pub door: Door,
    /// When it came.
    pub at: Timestamp,
    /// What was asked and answered since the last delivery.
    pub count: Count,
    /// The page, or why there is none.
    pub outcome: Outcome,
    /// Answer `true` once it is stored; anything else ends the listener.
    pub stored: oneshot::Sender<bool>,
}

/// A page, or why there is none.
pub enum Outcome {
    /// An answer.
    Answered(Page),
    /// None.
    Failed {
        /// The state it leaves the source in.
        state: SourceState,
        /// What happened, in one line that names no person.
        said: String,
        /// What to do.
        hint: Option<String>,
        /// Whether the listener goes on by itself.
        goes_on: bool,
    },
}

/// Listens until everything is read, or until told to stop. Ends early when what it delivers is not stored.
#[tracing::instrument(name = "listen", skip_all, fields(door = %collector.door()))]
pub async fn listen(
    collector: &mut dyn Collector,
    client: &Client,
    mut listening: Listening,
    (deliveries, mut stop): (mpsc::Sender<Delivery>, watch::Receiver<bool>),
) {
    let mut failures = 0;
    let mut waits = backoff();
    loop {
        let asked = tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            asked = ask(collector, client, &listening) => asked,
        };
        let (outcome, wait) = match asked {
            Ok(page) => {
                failures = 0;
                waits = backoff();
                listening.cursor = page.cursor.clone().or(listening.cursor);
                let wait = match (page.next, listening.mode) {
                    (Next::More, _) => Some(Duration::ZERO),
                    (Next::CaughtUp(_), Mode::CatchUp) => None,
                    (Next::CaughtUp(wait), Mode::Follow) => Some(wait),
                };
                (Outcome::Answered(page), wait)
            }
            Err(error) => {
                failures += 1;
                let wait = wait_after(&error, waits.next().unwrap_or(LONGEST_WAIT), (failures, listening.mode));
                if matches!(error, AskError::RateLimited { .. }) {
                    let silent_ms = wait.map_or(0, |wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
                    client.tally().note(|count| count.rate_limited_ms += silent_ms);
                }
                (failed(&error, wait.is_some()), wait)
            }
        };
        let (stored, acknowledged) = oneshot::channel();
        let (door, at, mut count) = (collector.door().clone(), client.now(), client.tally().take());
        if matches!(outcome, Outcome::Failed { state: SourceState::Failed, .. }) {
            // An answer that came and made no sense was counted as answered on its way in.
            count.failed = count.failed.max(1);
        }
        let sent = deliveries.send(Delivery { door, at, count, outcome, stored }).await;
        if sent.is_err() || !acknowledged.await.unwrap_or(false) {
            return;
        }
        let Some(wait) = wait else { return };
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn ask(collector: &mut dyn Collector, client: &Client, listening: &Listening) -> Result<Page, AskError> {
    let Listening { cursor, since, mode } = listening;
    collector.page(client, &Ask { cursor: cursor.as_deref(), since: *since, now: client.now(), mode: *mode }).await
}

/// Returns when the word to stop comes; whoever could say it being gone is such a word.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    stop.wait_for(|stop| *stop).await.ok();
}

fn backoff() -> backon::ExponentialBackoff {
    ExponentialBuilder::new()
        .with_min_delay(Duration::from_secs(1))
        .with_max_delay(LONGEST_WAIT)
        .with_jitter()
        .without_max_times()
        .build()
}

/// How long to wait after a failure; `None` ends the listener.
fn wait_after(error: &AskError, backoff: Duration, (failures, mode): (u32, Mode)) -> Option<Duration> {
    match mode {
        Mode::CatchUp => {
            let wait = error.wait().unwrap_or(backoff);
            (error.may_pass() && failures < TRIES && wait <= LONGEST_WAIT).then_some(wait)
        }
        Mode::Follow if error.may_pass() => Some(error.wait().unwrap_or(backoff)),
        Mode::Follow => Some(error.wait().unwrap_or(CLOSED_WAIT)),
    }
}

fn failed(error: &AskError, goes_on: bool) -> Outcome {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        said = format!("{said}: {deeper}");
        cause = deeper.source();
    }
    Outcome::Failed { state: error.state(), said, hint: error.hint(), goes_on }
}
