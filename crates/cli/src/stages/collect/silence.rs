//! Sources that have been quiet for longer than is their way, and who is to blame: the collector or the platform.
//!
//! A source's way is what it gave at the same hours of the day in the two weeks before. If that many posts should have
//! come and none came, chance is a poor excuse: with ten expected, an ordinary (Poisson) source is empty once in 22,000
//! times. Ten, because posts come in bursts and are less regular than that.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use polso_collect::Door;
use polso_domain::{LedgerEntry, SourceState, Timestamp};
use polso_stream::{Door as Known, Stream};
use std::collections::BTreeMap;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How far back a source's way is looked for.
const WEEKS_MS: i64 = 14 * DAY_MS;

/// Days of hearing before a source has a way at all.
const MIN_DAYS: usize = 3;

/// Posts that should have come before silence is remarkable.
const EXPECTED: f64 = 10.0;

/// Names each source that is remarkably quiet.
pub(super) fn look(context: Context<'_>, stream: &Stream, doors: &[Door]) -> Result<Exit, Failure> {
    let ledger = stream.ledger()?;
    let mut exit = Exit::Done;
    for door in doors {
        let Some(known) = stream.known_door(door)? else { continue };
        let hours: Vec<&LedgerEntry> = ledger.iter().filter(|entry| entry.source == *door).collect();
        let Some(silence) = Silence::of(&hours, &known, context.now) else { continue };
        exit = Exit::Missing;
        context.printer.missing(format_args!(
            "{door} has been quiet for {} hours, in which about {:.0} posts are usual: {}",
            silence.hours,
            silence.usual,
            silence.blame(),
        ));
        tracing::info!(%door, hours = silence.hours, usual = silence.usual, "quiet beyond its way");
    }
    Ok(exit)
}

/// A remarkable silence.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Silence {
    hours: i64,
    /// Posts that usually come in such a time.
    usual: f64,
    /// Minutes of it in which the source could not be heard.
    unheard_minutes: u32,
    state: SourceState,
}

impl Silence {
    fn of(hours: &[&LedgerEntry], door: &Known, now: Timestamp) -> Option<Self> {
        let heard = |entry: &&&LedgerEntry| entry.kept + entry.again > 0;
        let last = hours.iter().filter(heard).map(|entry| entry.hour.millis()).max()?;
        let way = Way::of(hours, last)?;
        // The hour of the last post is half over at best; whole hours behind it are counted.
        let silent: Vec<i64> = (1..(now.millis() - last) / HOUR_MS).map(|n| last + n * HOUR_MS).collect();
        let usual: f64 = silent.iter().map(|hour| way.at(*hour)).sum();
        if usual < EXPECTED {
            return None;
        }
        let behind = hours.iter().filter(|entry| entry.hour.millis() > last).map(|entry| entry.minutes_missed);
        let open = door.unheard(now).into_iter().map(|entry| entry.minutes_missed);
        let unheard_minutes = behind.chain(open).sum();
        Some(Self { hours: i64::try_from(silent.len()).unwrap_or(i64::MAX), usual, unheard_minutes, state: door.state })
    }

    /// A collector that heard the whole time cannot be to blame.
    fn blame(&self) -> String {
        if i64::from(self.unheard_minutes) * 2 < self.hours * 60 {
            return "the collector asks and is answered, so it is the platform that has nothing, or shows nothing; look at \
                    the tags there"
                .to_owned();
        }
        match self.state {
            SourceState::Closed => "the platform is closed to the collector".to_owned(),
            SourceState::Failed => "the collector asks and is not answered".to_owned(),
            _ => "the collector did not ask".to_owned(),
        }
    }
}

/// Posts an hour, by hour of the day (UTC), in the two weeks before a silence.
struct Way {
    by_hour: BTreeMap<i64, f64>,
}

impl Way {
    fn of(hours: &[&LedgerEntry], last: i64) -> Option<Self> {
        let before = |entry: &&&LedgerEntry| {
            let hour = entry.hour.millis();
            hour <= last && hour > last - WEEKS_MS && entry.answered > 0
        };
        let mut counts: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
        let mut days = std::collections::BTreeSet::new();
        for entry in hours.iter().filter(before) {
            let hour = entry.hour.millis();
            days.insert(hour.div_euclid(DAY_MS));
            counts.entry(hour.rem_euclid(DAY_MS) / HOUR_MS).or_default().push(f64::from(entry.kept));
        }
        if days.len() < MIN_DAYS {
            return None;
        }
        // The median: one loud evening is not a way.
        let median = |mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        Some(Self { by_hour: counts.into_iter().map(|(hour, values)| (hour, median(values))).collect() })
    }

    fn at(&self, hour: i64) -> f64 {
        self.by_hour.get(&(hour.rem_euclid(DAY_MS) / HOUR_MS)).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(state: SourceState, heard_to: i64) -> Known {
        let name = Door::new("forum").unwrap();
        let at = Timestamp::from_millis(heard_to);
        Known { name, since: at, heard_to: at, state, said: None, asked: None }
    }

    /// Five days of `kept` posts an hour, heard without a gap.
    fn ledger(kept: u32) -> Vec<LedgerEntry> {
        let entry = |n: i64| {
            let empty = LedgerEntry::empty(Door::new("forum").unwrap(), Timestamp::from_millis(n * HOUR_MS));
            LedgerEntry { asked: 1, answered: 1, kept, ..empty }
        };
        (0..120).map(entry).collect()
    }

    fn silence(kept: u32, state: SourceState, heard_to: i64, hours: i64) -> Option<Silence> {
        let ledger = ledger(kept);
        let now = Timestamp::from_millis((120 + hours) * HOUR_MS);
        Silence::of(&ledger.iter().collect::<Vec<_>>(), &door(state, heard_to * HOUR_MS), now)
    }

    #[test]
    fn a_quiet_platform_and_a_deaf_collector_are_told_apart() {
        let platform = silence(4, SourceState::Heard, 123, 3).unwrap();
        assert!((platform.usual - 12.0).abs() < 1e-9 && platform.blame().contains("it is the platform"));
        let collector = silence(4, SourceState::Failed, 120, 3).unwrap();
        assert!(collector.blame().contains("is not answered"));
        assert!(silence(4, SourceState::Heard, 120, 3).unwrap().blame().contains("did not ask"));
    }

    #[test]
    fn a_source_of_few_words_may_be_silent_for_long() {
        assert_eq!(silence(1, SourceState::Heard, 125, 5), None);
        assert!(silence(1, SourceState::Heard, 135, 15).is_some());
        assert_eq!(silence(0, SourceState::Heard, 520, 400), None);
    }

    #[test]
    fn a_new_source_has_no_way_yet() {
        let ledger = ledger(50);
        let young: Vec<&LedgerEntry> = ledger.iter().take(40).collect();
        let now = Timestamp::from_millis(60 * HOUR_MS);
        assert_eq!(Silence::of(&young, &door(SourceState::Heard, 60 * HOUR_MS), now), None);
    }
}
