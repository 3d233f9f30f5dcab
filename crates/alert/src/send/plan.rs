//! What becomes of an event at a receiver right now. Pure: everything that is known comes in, one word comes out.

use super::event::{Event, Kind};
use super::outbox::{Entry, State};
use super::receiver::Wants;
use jiff::tz::TimeZone;
use polso_domain::{Day, Timestamp};

/// What becomes of an event at a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is told now.
    Due,
    /// The receiver wants to be left alone until then; it is told in the first run after.
    Held(Timestamp),
    /// It was tried before, and is tried again in the first run after this.
    Later(Timestamp),
    /// It was told before.
    Told,
    /// It was given up before.
    GaveUp,
    /// A later revision is told in its place.
    PassedOver,
    /// The receiver does not want to hear of it.
    Unwanted,
    /// It is about a day too long ago.
    Old,
}

/// When and where one is.
#[derive(Debug, Clone)]
pub(crate) struct Present {
    pub(crate) now: Timestamp,
    pub(crate) zone: TimeZone,
    /// The first day that is told.
    pub(crate) since: Day,
}

impl Present {
    /// The fate of an event at a receiver that wants this, given what the outbox knows of it.
    pub(crate) fn fate(&self, wants: &Wants, event: &Event, known: Option<&Entry>) -> Fate {
        match known {
            Some(Entry { state: State::Sent, .. }) => return Fate::Told,
            Some(Entry { state: State::GaveUp, .. }) => return Fate::GaveUp,
            Some(Entry { state: State::PassedOver, .. }) => return Fate::PassedOver,
            Some(Entry { state: State::Waiting, .. }) | None => {}
        }
        if !wants.hears(event) {
            return Fate::Unwanted;
        }
        if event.day < self.since {
            return Fate::Old;
        }
        if let Some(end) = self.quiet_until(wants, event) {
            return Fate::Held(end);
        }
        match known {
            Some(entry) if entry.next_at > self.now => Fate::Later(entry.next_at),
            _ => Fate::Due,
        }
    }

    /// The end of the receiver's quiet hours, if they keep this back.
    fn quiet_until(&self, wants: &Wants, event: &Event) -> Option<Timestamp> {
        let quiet = wants.quiet_hours?;
        if wants.urgent_in_quiet && event.level >= super::Level::Urgent {
            return None;
        }
        let now = jiff::Timestamp::from_millisecond(self.now.millis()).ok()?;
        quiet.end(now, &self.zone).map(|end| Timestamp::from_millis(end.as_millisecond()))
    }
}

/// Whether `later` makes `earlier` needless: two revisions of one day's report.
pub(crate) fn replaces(later: &Event, earlier: &Event) -> bool {
    later.kind == Kind::Report && earlier.kind == Kind::Report && later.day == earlier.day && later.id != earlier.id
}
