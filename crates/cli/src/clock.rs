//! The one place that looks at the clock.

use crate::args::Global;
use polso_domain::{BadTime, Day, Timestamp, Zone};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Instant;

/// The present, or the moment that `--now` names.
pub(crate) fn now(global: &Global) -> Timestamp {
    let now = global.now.unwrap_or_else(jiff::Timestamp::now);
    Timestamp::from_millis(now.as_millisecond())
}

/// A clock that starts at a moment and goes on from there: for what takes long.
pub(crate) fn ticking(from: Timestamp) -> polso_collect::Clock {
    let started = Instant::now();
    Arc::new(move || {
        let since = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(from.millis().saturating_add(since))
    })
}

/// A day as typed: `YYYY-MM-DD`, `yesterday` or `today`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayArg {
    On(Day),
    Yesterday,
    Today,
}

impl FromStr for DayArg {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        match text {
            "yesterday" => Ok(Self::Yesterday),
            "today" => Ok(Self::Today),
            day => day.parse().map(Self::On),
        }
    }
}

impl DayArg {
    /// The day that is meant, on the zone's calendar.
    pub(crate) fn resolve(self, now: Timestamp, zone: &Zone) -> Day {
        match self {
            Self::On(day) => day,
            Self::Yesterday => zone.day_of(now).plus(-1),
            Self::Today => zone.day_of(now),
        }
    }
}
