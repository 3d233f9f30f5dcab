//! One host: when it may be asked, and by how many at once.

use governor::clock::{Clock as _, DefaultClock};
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

/// How often and how broadly a host may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Budget {
    /// Questions a minute.
    pub(crate) per_minute: NonZeroU32,
    /// Questions that may be put at once after a rest.
    pub(crate) burst: NonZeroU32,
    /// Questions that may be open at the same time.
    pub(crate) at_once: usize,
}

/// One host.
pub(crate) struct Host {
    bucket: RateLimiter<NotKeyed, InMemoryState, DefaultClock>,
    open: Semaphore,
    /// Shared by all who wait: an instant, so that nobody counts the wait from his own start, and it only grows.
    not_before: Mutex<Instant>,
}

/// The right to put one question; the next one may be put when it is dropped.
pub(crate) struct Turn<'a> {
    _open: Option<SemaphorePermit<'a>>,
    /// How long the platform's own wish kept us silent.
    pub(crate) silenced: Duration,
}

impl Host {
    pub(crate) fn new(budget: Budget) -> Self {
        let quota = Quota::per_minute(budget.per_minute).allow_burst(budget.burst);
        Self {
            bucket: RateLimiter::direct(quota),
            open: Semaphore::new(budget.at_once.max(1)),
            not_before: Mutex::new(Instant::now()),
        }
    }

    /// Nobody asks this host for so long; a shorter wish never takes a longer one back.
    pub(crate) fn silence(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut not_before = self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        *not_before = until.max(*not_before);
    }

    /// How long the host still wants silence.
    pub(crate) fn silent_for(&self) -> Duration {
        let not_before = *self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        not_before.saturating_duration_since(Instant::now())
    }

    /// Waits for a turn; gives up at once with the wait when the host wants more silence than `patience`.
    pub(crate) async fn turn(&self, patience: Duration) -> Result<Turn<'_>, Duration> {
        // The semaphore is never closed: without a permit the question is put all the same.
        let open = self.open.acquire().await.ok();
        let mut silenced = Duration::ZERO;
        loop {
            let silent = self.silent_for();
            if silent > patience {
                return Err(silent);
            }
            if !silent.is_zero() {
                tokio::time::sleep(silent).await;
                silenced += silent;
                continue;
            }
            match self.bucket.check() {
                Ok(()) => return Ok(Turn { _open: open, silenced }),
                Err(not_yet) => {
                    let wait = not_yet.wait_time_from(DefaultClock::default().now());
                    tokio::time::sleep(jittered(wait)).await;
                }
            }
        }
    }
}

/// A little longer than needed, differently for everybody, so that those who wait do not wake in step.
pub(crate) fn jittered(wait: Duration) -> Duration {
    wait.mul_f64(1.0 + fastrand::f64() * 0.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(per_minute: u32, burst: u32, at_once: usize) -> Host {
        let number = |n| NonZeroU32::new(n).unwrap();
        Host::new(Budget { per_minute: number(per_minute), burst: number(burst), at_once })
    }

    #[tokio::test]
    async fn the_bucket_holds_back_what_is_above_it() {
        let host = host(1_200, 2, 9);
        let start = Instant::now();
        for _ in 0..6 {
            host.turn(Duration::ZERO).await.ok().unwrap();
        }
        // Two at once, then one every 50 ms.
        assert!(start.elapsed() >= Duration::from_millis(190), "{:?}", start.elapsed());
    }

    #[tokio::test]
    async fn silence_only_grows_and_is_shared() {
        let host = host(60_000, 100, 9);
        host.silence(Duration::from_mins(10));
        host.silence(Duration::from_secs(1));
        assert!(host.silent_for() > Duration::from_secs(590));
        assert!(host.turn(Duration::from_mins(1)).await.is_err());
    }

    #[tokio::test]
    async fn a_short_silence_is_waited_out_and_counted() {
        let host = host(60_000, 100, 9);
        host.silence(Duration::from_millis(60));
        let turn = host.turn(Duration::from_secs(1)).await.ok().unwrap();
        assert!(turn.silenced > Duration::from_millis(30));
    }

    #[tokio::test]
    async fn no_more_than_allowed_are_open() {
        let host = host(60_000, 100, 1);
        let first = host.turn(Duration::ZERO).await.ok().unwrap();
        let second = tokio::time::timeout(Duration::from_millis(30), host.turn(Duration::ZERO));
        assert!(second.await.is_err());
        drop(first);
        assert!(host.turn(Duration::ZERO).await.is_ok());
    }
}
