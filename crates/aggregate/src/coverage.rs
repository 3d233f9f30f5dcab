//! What was asked and heard, from the ledger; and the day's clock.
//!
//! A source's state, first rule that holds: posts were kept, or had come through another door → `heard`; every minute was
//! answered for → `no_posts`; a question failed → `failed`; an answer said so → `closed`; a question was answered →
//! `no_posts`; questions without any answer → `failed`; none → `not_asked`.
//!
//! A failure that was made up for is none: what counts are the minutes that were missed.

use crate::{Config, Coverage, Hour, Status};
use polso_domain::{Day, LedgerEntry, SourceState, Timestamp, Zone};
use std::collections::{BTreeMap, BTreeSet};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A day's quarters of an hour and what the zone's clocks show in them.
#[derive(Clone)]
pub(crate) struct Clock {
    start: Timestamp,
    end: Timestamp,
    hours: Vec<u8>,
}

impl Clock {
    /// A quarter of an hour: no zone's clocks are moved by less.
    pub(crate) const SLOT_MS: i64 = 15 * MINUTE_MS;

    pub(crate) fn of(day: Day, zone: &Zone) -> Self {
        let (start, end) = (zone.start_of(day), zone.start_of(day.plus(1)));
        let mut hours = Vec::new();
        let mut at = start.millis();
        while at < end.millis() {
            hours.push(zone.hour_of(Timestamp::from_millis(at)));
            at += Self::SLOT_MS;
        }
        Self { start, end, hours }
    }

    pub(crate) fn start_ms(&self) -> i64 {
        self.start.millis()
    }

    /// Minutes in the day: 1380, 1440 or 1500.
    pub(crate) fn minutes(&self) -> u32 {
        u32::try_from((self.end.millis() - self.start.millis()) / MINUTE_MS).unwrap_or(0)
    }

    /// The hour that clocks show in a slot.
    pub(crate) fn hour(&self, slot: usize) -> u8 {
        self.hours.get(slot).or(self.hours.last()).copied().unwrap_or(0)
    }

    /// The clock hours that a UTC hour touches; none when it lies outside the day.
    fn hours_of(&self, utc: Timestamp) -> BTreeSet<u8> {
        let slots =
            (0..HOUR_MS / Self::SLOT_MS).map(|quarter| utc.millis() + quarter * Self::SLOT_MS - self.start.millis());
        slots
            .filter_map(|since| self.hours.get(usize::try_from(since.div_euclid(Self::SLOT_MS)).ok()?).copied())
            .collect()
    }
}

/// What the ledger says about a day.
pub(crate) struct Heard {
    pub(crate) coverage: Vec<Coverage>,
    missed: [u32; 24],
    trouble: bool,
}

impl Heard {
    pub(crate) fn of(ledger: &[LedgerEntry], clock: &Clock, config: &Config) -> Self {
        let mut sources: BTreeMap<&str, Vec<&LedgerEntry>> =
            config.expected_sources.iter().map(|source| (source.as_str(), Vec::new())).collect();
        for entry in ledger.iter().filter(|entry| !clock.hours_of(entry.hour).is_empty()) {
            sources.entry(entry.source.as_str()).or_default().push(entry);
        }
        let coverage: Vec<Coverage> = sources.iter().map(|(source, entries)| cover(source, entries, clock)).collect();
        let mut missed = [0; 24];
        for entry in sources.values().flatten() {
            for hour in clock.hours_of(entry.hour) {
                let worst = &mut missed[usize::from(hour) % 24];
                *worst = entry.minutes_missed.min(60).max(*worst);
            }
        }
        if sources.values().any(Vec::is_empty) {
            clock.hours.iter().for_each(|hour| missed[usize::from(*hour) % 24] = 60);
        }
        let silent = [SourceState::NotAsked, SourceState::Failed, SourceState::Closed].map(SourceState::as_str);
        let trouble = coverage.iter().any(|row| row.minutes_missed > 0 || silent.contains(&row.state.as_str()));
        Self { coverage, missed, trouble }
    }

    pub(crate) fn status(&self, posts: u64) -> Status {
        match (posts, self.trouble) {
            (0, _) => Status::NoData,
            (_, true) => Status::Partial,
            (_, false) => Status::Complete,
        }
    }

    /// The 24 hours on the clock with the minutes missed in each, nothing counted yet.
    pub(crate) fn hours(&self) -> Vec<Hour> {
        (0..24)
            .zip(self.missed)
            .map(|(hour, minutes_missed)| Hour { hour, n: 0, people: 0, negative: Some(0), minutes_missed })
            .collect()
    }
}

fn cover(source: &str, entries: &[&LedgerEntry], clock: &Clock) -> Coverage {
    let sum = |of: fn(&LedgerEntry) -> u32| entries.iter().map(|entry| of(entry)).fold(0_u32, u32::saturating_add);
    let kept = entries.iter().map(|entry| u64::from(entry.kept)).sum();
    let (asked, answered) = (sum(|entry| entry.asked), sum(|entry| entry.answered));
    let missed = sum(|entry| entry.minutes_missed).min(clock.minutes());
    let heard = kept + entries.iter().map(|entry| u64::from(entry.again)).sum::<u64>();
    let state = match (heard, sum(|entry| entry.failed), sum(|entry| entry.closed)) {
        (1.., ..) => SourceState::Heard,
        _ if answered > 0 && missed == 0 => SourceState::NoPosts,
        (_, 1.., _) => SourceState::Failed,
        (_, _, 1..) => SourceState::Closed,
        _ if answered > 0 => SourceState::NoPosts,
        _ if asked > 0 => SourceState::Failed,
        _ => SourceState::NotAsked,
    };
    Coverage {
        source: source.to_owned(),
        asked,
        answered,
        kept,
        set_aside: sum(|entry| entry.set_aside),
        // Of a source that nobody speaks of, everything was missed.
        minutes_missed: if entries.is_empty() { clock.minutes() } else { missed },
        state: state.as_str().to_owned(),
    }
}

/// The share of the expected minutes that was missed, over all sources; nothing expected is nothing missed.
pub fn missed_share(coverage: &[Coverage]) -> f64 {
    const MINUTES: f64 = 1440.0;
    let missed: f64 = coverage.iter().map(|source| f64::from(source.minutes_missed)).sum();
    if coverage.is_empty() { 0.0 } else { missed / (MINUTES * coverage.len() as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{config, day, hour};

    fn heard(ledger: &[LedgerEntry], expected: &[&str]) -> Heard {
        let config = Config { expected_sources: expected.iter().map(ToString::to_string).collect(), ..config() };
        Heard::of(ledger, &Clock::of(day("2020-03-09"), &config.zone), &config)
    }

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_millis(config().zone.start_of(day("2020-03-09")).millis() + hours * HOUR_MS)
    }

    #[test]
    fn days_of_23_and_25_hours() {
        let zone = config().zone;
        let spring = Clock::of(day("2020-03-29"), &zone);
        let autumn = Clock::of(day("2020-10-25"), &zone);
        assert_eq!((spring.minutes(), autumn.minutes()), (1380, 1500));
        assert_eq!((spring.hour(7), spring.hour(8)), (1, 3));
        assert_eq!((autumn.hour(8), autumn.hour(12), autumn.hour(16)), (2, 2, 3));
        assert_eq!((spring.hour(91), autumn.hour(99)), (23, 23));
    }

    #[test]
    fn four_silences_are_told_apart() {
        let ledger = [
            LedgerEntry { kept: 3, failed: 1, minutes_missed: 20, ..hour("heard", at(2)) },
            hour("nothing", at(2)),
            LedgerEntry { answered: 0, closed: 1, ..hour("closed", at(2)) },
            LedgerEntry { answered: 0, failed: 1, ..hour("failed", at(2)) },
            LedgerEntry { kept: 9, ..hour("tomorrow", at(24)) },
        ];
        let heard = heard(&ledger, &["asleep"]);
        let states: Vec<(&str, &str)> =
            heard.coverage.iter().map(|row| (row.source.as_str(), row.state.as_str())).collect();
        let expected = [
            ("asleep", "not_asked"),
            ("closed", "closed"),
            ("failed", "failed"),
            ("heard", "heard"),
            ("nothing", "no_posts"),
        ];
        assert_eq!(states, expected);
        assert_eq!(heard.coverage[0].minutes_missed, 1440);
        assert_eq!(heard.status(5), Status::Partial);
    }

    #[test]
    fn an_hour_misses_what_its_worst_source_missed() {
        let ledger = [
            LedgerEntry { kept: 1, minutes_missed: 20, ..hour("a", at(2)) },
            LedgerEntry { kept: 1, minutes_missed: 5, ..hour("b", at(2)) },
        ];
        let heard = heard(&ledger, &[]);
        assert_eq!(heard.hours()[2].minutes_missed, 20);
        assert_eq!(heard.hours().iter().map(|hour| hour.minutes_missed).sum::<u32>(), 20);
        assert!((missed_share(&heard.coverage) - 25.0 / 2880.0).abs() < 1e-12);
    }

    #[test]
    fn a_quiet_day_that_was_heard_is_not_partial() {
        assert_eq!(heard(&[hour("a", at(2))], &["a"]).status(1), Status::Complete);
        assert_eq!(heard(&[], &[]).status(0), Status::NoData);
    }
}
