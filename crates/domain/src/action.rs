//! What an authority decided to do, who does it, and how far it has come.

use crate::claim::words;
use crate::{ClaimId, Day};

words! {
    /// How far an action has come.
    ActionStatus {
        /// Nobody has begun.
        Open = "open",
        /// Somebody is at it.
        Doing = "doing",
        /// It is done.
        Done = "done",
        /// It was given up.
        Dropped = "dropped",
    }
}

/// Something that somebody is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Short and its own: letters, digits, `-` and `.`.
    pub id: String,
    /// What is to be done.
    pub action: String,
    /// The role that does it, such as `press office`: never a person's name.
    pub owner: String,
    /// The day by the end of which it should be done.
    pub due: Option<Day>,
    /// How far it has come by now.
    pub status: ActionStatus,
    /// The day it was decided.
    pub opened: Day,
    /// The day it was done or dropped; there exactly when it was.
    pub closed: Option<Day>,
    /// How it goes.
    pub note: Option<String>,
    /// The claim it answers.
    pub claim: Option<ClaimId>,
}

words! {
    /// Where an action stands on a page about some days, the most pressing first.
    Standing {
        /// Its day has come, and it is not done.
        Late = "late",
        /// It is due on the day after the page's last.
        DueNext = "due_next",
        /// It was decided on one of the page's days.
        Opened = "opened",
        /// It was done or dropped on one of the page's days.
        Closed = "closed",
        /// It is going on, and there is time.
        Open = "open",
    }
}

impl Action {
    /// Where it stood at the end of `upto`, on a page about the days from `from` to `upto`; `None` before it was decided, and
    /// where it was done or dropped before those days.
    ///
    /// What was closed later was still going on then: so a page says the same whenever it is made.
    pub fn standing(&self, from: Day, upto: Day) -> Option<Standing> {
        if self.opened > upto || self.closed.is_some_and(|closed| closed < from) {
            return None;
        }
        Some(match self.due {
            _ if self.closed.is_some_and(|closed| closed <= upto) => Standing::Closed,
            Some(due) if due <= upto => Standing::Late,
            Some(due) if due == upto.plus(1) => Standing::DueNext,
            _ if self.opened >= from => Standing::Opened,
            _ => Standing::Open,
        })
    }

    /// How far it had come at the end of a day. Whether somebody had begun by then is not kept, so what is done or dropped
    /// later counts as begun.
    pub fn status_on(&self, day: Day) -> ActionStatus {
        match self.closed {
            Some(closed) if closed > day => ActionStatus::Doing,
            _ => self.status,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn action() -> Action {
        Action {
            id: "a1".into(),
            action: "Publish the answer".into(),
            owner: "press office".into(),
            due: Some(day("2020-03-10")),
            status: ActionStatus::Done,
            opened: day("2020-03-07"),
            closed: Some(day("2020-03-12")),
            note: None,
            claim: None,
        }
    }

    #[test]
    fn the_days_of_an_action() {
        use Standing::{Closed, DueNext, Late, Open, Opened};
        let standing = |on: &str| action().standing(day(on), day(on));
        let days = ["06", "07", "08", "09", "10", "11", "12", "13"];
        let found = days.map(|number| standing(&format!("2020-03-{number}")));
        assert_eq!(found, [None, Some(Opened), Some(Open), Some(DueNext), Some(Late), Some(Late), Some(Closed), None]);
    }

    #[test]
    fn what_was_done_later_was_going_on() {
        assert_eq!(action().status_on(day("2020-03-11")), ActionStatus::Doing);
        assert_eq!(action().status_on(day("2020-03-12")), ActionStatus::Done);
        let open = Action { status: ActionStatus::Open, closed: None, due: None, ..action() };
        assert_eq!(open.status_on(day("2020-03-11")), ActionStatus::Open);
        assert_eq!(open.standing(day("2021-03-11"), day("2021-03-11")), Some(Standing::Open));
    }

    #[test]
    fn a_page_of_several_days_tells_what_began_and_ended_on_any_of_them() {
        let week = |from: &str, upto: &str| action().standing(day(from), day(upto));
        assert_eq!(week("2020-03-09", "2020-03-15"), Some(Standing::Closed));
        assert_eq!(week("2020-03-02", "2020-03-08"), Some(Standing::Opened));
        assert_eq!(week("2020-03-16", "2020-03-22"), None);
        assert_eq!(week("2020-02-24", "2020-03-01"), None);
    }
}
