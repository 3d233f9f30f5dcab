//! Whose answers are still to be read, and when: a bounded list that travels in the cursor, so that a run an hour works
//! like a program that never ends.

use super::ids::LocalId;
use polso_domain::Timestamp;
use serde::{Deserialize, Serialize};

/// Posts that are watched for answers at a time: a line each in a cursor that is written with every page.
const MOST: usize = 500;

/// Posts that are watched for answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Threads(Vec<Thread>);

/// A post: its id, when it was posted, when its answers were read last (milliseconds; 0 for never).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Thread(LocalId, i64, i64);

/// For how long a post is watched and how often, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watch {
    pub(super) for_ms: i64,
    pub(super) every_ms: i64,
}

impl Threads {
    /// Watches a post, unless it is too old; the oldest is let go when there are too many.
    pub(super) fn add(&mut self, id: &LocalId, posted: Timestamp, (watch, now): (Watch, Timestamp)) {
        let old = now.millis().saturating_sub(posted.millis()) >= watch.for_ms;
        if old || self.0.iter().any(|Thread(known, ..)| known == id) {
            return;
        }
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(Thread(id.clone(), posted.millis(), 0));
    }

    /// A post whose answers are to be read now. The first time only after a while: nobody answers at once.
    pub(super) fn due(&self, watch: Watch, now: Timestamp) -> Option<LocalId> {
        let due =
            |Thread(_, posted, read): &&Thread| now.millis() >= (*posted).max(*read).saturating_add(watch.every_ms);
        self.0.iter().find(due).map(|Thread(id, ..)| id.clone())
    }

    /// Its answers were read; for the last time if its time is over.
    pub(super) fn done(&mut self, id: &LocalId, (watch, now): (Watch, Timestamp)) {
        self.0.retain_mut(|Thread(known, posted, read)| {
            if known != id {
                return true;
            }
            *read = now.millis();
            now.millis() < posted.saturating_add(watch.for_ms)
        });
    }

    /// It is gone.
    pub(super) fn forget(&mut self, id: &LocalId) {
        self.0.retain(|Thread(known, ..)| known != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WATCH: Watch = Watch { for_ms: 24, every_ms: 6 };

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn id(id: usize) -> LocalId {
        LocalId::new(&id.to_string()).unwrap()
    }

    #[test]
    fn answers_are_read_every_so_often_until_the_time_is_over() {
        let mut threads = Threads::default();
        threads.add(&id(1), at(100), (WATCH, at(101)));
        threads.add(&id(1), at(100), (WATCH, at(101)));
        threads.add(&id(2), at(70), (WATCH, at(101)));
        let mut read = Vec::new();
        for now in 101..200 {
            while let Some(id) = threads.due(WATCH, at(now)) {
                threads.done(&id, (WATCH, at(now)));
                read.push(now);
            }
        }
        assert_eq!(read, [106, 112, 118, 124]);
        assert_eq!(threads, Threads::default());
    }

    #[test]
    fn there_are_never_too_many() {
        let mut threads = Threads::default();
        (0..MOST + 3).for_each(|n| threads.add(&id(n), at(100), (WATCH, at(101))));
        assert_eq!(threads.0.len(), MOST);
        assert_eq!(threads.due(WATCH, at(106)), Some(id(3)));
        threads.forget(&id(3));
        assert_eq!(threads.due(WATCH, at(106)), Some(id(4)));
    }
}
