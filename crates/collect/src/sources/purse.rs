//! A day's budget: units of a quota, or money.
//!
//! It stands in a small file of its own and not in the cursor, because more than pages cost: a knock and a second look
//! have no cursor, and a page that fails stores none. The worst that a question can cost is taken, on disk, before it is
//! put; what it did not cost is given back when the answer is read. So a crash may waste a little and never overspends.
//!
//! Invariants
//! * What was taken on a day is never more than the budget of that day.
//! * Only a later day begins anew: a clock that is set back opens nothing.
//!
//! Two doors have two purses: whoever gives one key to two of them divides the budget in the settings.

use crate::collector::Door;
use crate::net::AskError;
use crate::secret;
use polso_domain::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The budget of one door.
#[derive(Debug)]
pub(crate) struct Purse {
    file: PathBuf,
    zone: Zone,
    cap: u64,
    host: String,
    what: String,
}

/// What was taken for a question that is under way.
#[must_use = "what is not settled counts as spent"]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    day: i32,
    amount: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Spent {
    /// Days since 1970 in the budget's own zone.
    day: i32,
    spent: u64,
}

impl Purse {
    /// A purse of so much a day, which ends at midnight in `zone`. `kind` tells the purses of one door apart.
    pub(crate) fn new(
        sessions: &Path,
        (door, kind): (&Door, &str),
        (cap, zone): (u64, &str),
    ) -> Result<Self, AskError> {
        let zone = Zone::named(zone).map_err(|error| AskError::Settings {
            what: error.to_string(),
            hint: "install this system's time zones (the package is often called tzdata)".to_owned(),
        })?;
        let file = sessions.join(format!("{door}.{kind}.json"));
        Ok(Self { file, zone, cap, host: door.to_string(), what: format!("{kind} of today") })
    }

    /// What is left today.
    pub(crate) fn left(&self, now: Timestamp) -> Result<u64, AskError> {
        Ok(self.cap.saturating_sub(self.read(now)?.spent))
    }

    /// What is spent today.
    pub(crate) fn spent(&self, now: Timestamp) -> Result<u64, AskError> {
        Ok(self.read(now)?.spent)
    }

    /// Takes the worst that a question can cost, or says how long to wait for tomorrow's budget.
    pub(crate) fn take(&self, now: Timestamp, worst: u64) -> Result<Taken, AskError> {
        let Spent { day, spent } = self.read(now)?;
        let sum = spent.saturating_add(worst);
        if sum > self.cap {
            return Err(self.used_up(now));
        }
        self.write(Spent { day, spent: sum })?;
        Ok(Taken { day, amount: worst })
    }

    /// Books what a question did cost. Where midnight came between, it counts on both days: nobody says on which the
    /// platform books it.
    pub(crate) fn settle(&self, taken: Taken, (now, cost): (Timestamp, u64)) -> Result<(), AskError> {
        let Spent { day, spent } = self.read(now)?;
        let spent = if day == taken.day { spent.saturating_sub(taken.amount) } else { spent };
        self.write(Spent { day, spent: spent.saturating_add(cost) })
    }

    /// Books what came without a question of its own: a stream is paid for by what it brings.
    pub(crate) fn spend(&self, now: Timestamp, cost: u64) -> Result<(), AskError> {
        let Spent { day, spent } = self.read(now)?;
        self.write(Spent { day, spent: spent.saturating_add(cost) })
    }

    /// The platform says that today's budget is used up, whatever stands here.
    pub(crate) fn empty(&self, now: Timestamp) -> Result<(), AskError> {
        let Spent { day, spent } = self.read(now)?;
        self.write(Spent { day, spent: spent.max(self.cap) })
    }

    /// The error of an empty purse.
    pub(crate) fn used_up(&self, now: Timestamp) -> AskError {
        let midnight = self.zone.start_of(self.zone.day_of(now).plus(1)).millis();
        let wait = u64::try_from(midnight.saturating_sub(now.millis())).unwrap_or(0).max(1_000);
        AskError::Budget { host: self.host.clone(), what: self.what.clone(), wait: Duration::from_millis(wait) }
    }

    fn read(&self, now: Timestamp) -> Result<Spent, AskError> {
        let today = self.zone.day_of(now).epoch_days();
        let damaged = |how: &str| AskError::Settings {
            what: format!("{how} `{}`, where today's spending stands", self.file.display()),
            hint: "delete the file if it is damaged: today's spending then begins at nothing".to_owned(),
        };
        let stored = match std::fs::read(&self.file) {
            Ok(bytes) => serde_json::from_slice::<Spent>(&bytes).map_err(|_| damaged("cannot understand"))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Spent { day: today, spent: 0 },
            Err(_) => return Err(damaged("cannot read")),
        };
        Ok(if stored.day < today { Spent { day: today, spent: 0 } } else { stored })
    }

    fn write(&self, spent: Spent) -> Result<(), AskError> {
        let json = serde_json::to_string(&spent).unwrap_or_default();
        secret::write(&self.file, &json).map_err(|error| AskError::Settings {
            what: format!("cannot write `{}`, where today's spending stands: {error}", self.file.display()),
            hint: "nothing is asked that cannot be booked: make its folder writable".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::testing::at;
    use polso_domain::Day;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const HOUR: i64 = 3_600_000;

    fn purse(folder: &Path, cap: u64, zone: &str) -> Purse {
        Purse::new(folder, (&Door::new("video").unwrap(), "units"), (cap, zone)).unwrap()
    }

    #[test]
    fn a_budget_ends_and_begins_anew_at_its_own_midnight() {
        let folder = tempfile::tempdir().unwrap();
        let purse = purse(folder.path(), 10, "America/Los_Angeles");
        // 2026-08-01T12:00Z is five in the morning there: nineteen hours to midnight.
        let noon = 1_785_585_600_000;
        let taken = purse.take(at(noon), 8).unwrap();
        purse.settle(taken, (at(noon + 1), 3)).unwrap();
        assert_eq!(purse.left(at(noon)).unwrap(), 7);
        let error = purse.take(at(noon), 8).unwrap_err();
        assert!(matches!(&error, AskError::Budget { wait, .. } if wait.as_secs() == 19 * 3600), "{error:?}");
        assert!(purse.take(at(noon + 19 * HOUR - 1), 8).is_err());
        let _spent = purse.take(at(noon + 19 * HOUR), 8).unwrap();
        assert!(purse.take(at(noon), 8).is_err(), "a clock that is set back opens nothing");
        purse.empty(at(noon + 20 * HOUR)).unwrap();
        assert_eq!(purse.left(at(noon + 20 * HOUR)).unwrap(), 0);
        // The autumn day of 2026 there has twenty-five hours.
        let autumn = 1_793_516_400_000; // 2026-11-01T07:00Z, its midnight
        purse.empty(at(autumn)).unwrap();
        assert!(matches!(purse.used_up(at(autumn)), AskError::Budget { wait, .. } if wait.as_secs() == 25 * 3600));
    }

    #[test]
    fn a_question_over_midnight_counts_on_both_days() {
        let folder = tempfile::tempdir().unwrap();
        let purse = purse(folder.path(), 10, "UTC");
        let taken = purse.take(at(24 * HOUR - 1), 6).unwrap();
        purse.settle(taken, (at(24 * HOUR), 4)).unwrap();
        assert_eq!(purse.left(at(24 * HOUR)).unwrap(), 6);
    }

    #[test]
    fn a_damaged_book_stops_everything() {
        let folder = tempfile::tempdir().unwrap();
        let purse = purse(folder.path(), 10, "UTC");
        secret::write(&purse.file, "{").unwrap();
        assert!(purse.take(at(0), 1).unwrap_err().hint().unwrap().contains("delete the file"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Questions of any cost at any time, some of whose answers never come, some after a crash.
        #[test]
        fn no_day_costs_more_than_its_budget(
            cap in 0..60u64,
            steps in prop::collection::vec((0..9 * HOUR, 1..20u64, 0..100u64, any::<bool>()), 1..60),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut clock = 1_785_000_000_000;
            let mut billed: BTreeMap<Day, u64> = BTreeMap::new();
            let zone = Zone::named("America/Los_Angeles").unwrap();
            for (pause, worst, part, crash) in steps {
                clock += pause;
                // Made anew every time, as after a restart.
                let purse = purse(folder.path(), cap, "America/Los_Angeles");
                let Ok(taken) = purse.take(at(clock), worst) else { continue };
                let cost = worst * part / 100;
                *billed.entry(zone.day_of(at(clock))).or_default() += cost;
                if !crash {
                    clock += pause / 3;
                    purse.settle(taken, (at(clock), cost)).unwrap();
                }
            }
            for (day, cost) in billed {
                prop_assert!(cost <= cap, "{day}: {cost} of {cap}");
            }
        }
    }
}
