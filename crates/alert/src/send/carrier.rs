//! Carrying letters: one carrier for each receiver, who tries again what may pass and spares a receiver that is away.

use super::error::Error;
use super::letter::Letter;
use super::outbox::Entry;
use super::way::Way;
use backon::{ExponentialBuilder, Retryable};
use std::time::Duration;
use tokio::sync::mpsc;

/// How often something is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Tries within one run.
    pub in_a_run: usize,
    /// The wait before the second of them; it grows fourfold.
    pub first_wait: Duration,
    /// A host that asks to wait longer is not waited for in this run.
    pub longest_wait: Duration,
    /// The wait before the next run tries again; it doubles with each, up to four hours.
    pub next_run: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            in_a_run: 3,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(20),
            next_run: Duration::from_mins(5),
        }
    }
}

/// A letter, its entry, and what came of sending it; `None` where that was not tried.
pub(super) type Answer = (Letter, Entry, Option<Result<(), Error>>);

/// Carries a bag to one receiver. When the receiver cannot be reached the rest is kept for another run.
pub(super) async fn carry(
    way: Result<Way, Error>,
    bag: Vec<(Letter, Entry)>,
    patience: Patience,
    answers: mpsc::UnboundedSender<Answer>,
) {
    let mut way = way.map_err(Some);
    let mut is_away = false;
    for (letter, entry) in bag {
        let tried = match &mut way {
            Err(error) => error.take().map(Err),
            Ok(_) if is_away => None,
            Ok(way) => Some(persist(way, &letter, patience).await),
        };
        is_away |= matches!(&tried, Some(Err(error)) if error.may_pass());
        // Nobody listens any more only when the outbox failed, and then nothing can be written down.
        if answers.send((letter, entry, tried)).is_err() {
            return;
        }
    }
}

/// Sends, and tries again what may pass.
async fn persist(way: &Way, letter: &Letter, patience: Patience) -> Result<(), Error> {
    let waits = ExponentialBuilder::default()
        .with_min_delay(patience.first_wait)
        .with_factor(4.0)
        .with_max_times(patience.in_a_run.saturating_sub(1))
        .with_jitter();
    let again = |error: &Error, ours: Option<Duration>| match (ours, error.wait()) {
        (Some(ours), Some(asked)) if asked <= patience.longest_wait => Some(ours.max(asked)),
        (_, Some(_)) => None,
        (ours, None) => ours,
    };
    let tried = (|| way.send(letter)).retry(waits).sleep(tokio::time::sleep).when(Error::may_pass).adjust(again);
    tried.await
}
