//! What an invented authority put beside the numbers of its synthetic days.

use super::rumours;
use polso_domain::{Action, ActionStatus, Beside, ClaimId, Day, EventKind, OutsidePoint, OutsideSeries, PublicEvent};

/// 9 March 2020, the day of the pages.
fn day(ago: i32) -> Day {
    Day::from_epoch_days(18_330 - ago)
}

fn event(ago: i32, title: &str, lang: Option<&str>) -> PublicEvent {
    PublicEvent { day: day(ago), title: title.to_owned(), kind: EventKind::Decree, lang: lang.map(str::to_owned) }
}

fn action(id: &str, what: &str, due: Option<i32>, opened: i32) -> Action {
    Action {
        id: id.to_owned(),
        action: what.to_owned(),
        owner: "press office".to_owned(),
        due: due.map(day),
        status: ActionStatus::Open,
        opened: day(opened),
        closed: None,
        note: None,
        claim: None,
    }
}

/// Words of an action about a claim that is only counted.
pub(crate) const HUSHED: &str = "Say nothing of peels";

/// Five actions that are told, one that is only counted, and two that the day does not know.
fn actions() -> Vec<Action> {
    let counted = rumours::log().rumours.into_iter().find(|line| line.level == "ignore").map(|line| line.claim.id);
    vec![
        action("open", "Train the | citizens’ desk", Some(-20), 9),
        Action {
            status: ActionStatus::Done,
            closed: Some(day(0)),
            ..action("closed", "Translate the <b>answers</b>", Some(2), 6)
        },
        action("opened", "Ask the schools", None, 0),
        Action { status: ActionStatus::Doing, ..action("next", "Film the answer", Some(-1), 3) },
        Action {
            note: Some("waits for a word from the ministry".to_owned()),
            claim: ClaimId::new("hot-tea-clears-virus"),
            ..action("late", "Publish the answer on hot drinks", Some(1), 4)
        },
        Action { claim: counted, note: Some(HUSHED.to_owned()), ..action("hushed", HUSHED, None, 3) },
        action("tomorrow", "Nobody knows this yet", None, -1),
        Action {
            status: ActionStatus::Dropped,
            closed: Some(day(1)),
            ..action("yesterday", "Nobody speaks of this any more", None, 8)
        },
    ]
}

/// All of it.
pub(crate) fn beside() -> Beside {
    let point = |ago, value, interval| OutsidePoint { day: day(ago), value, interval };
    let points =
        vec![point(40, 0.2, None), point(14, 0.31, Some((0.28, 0.34))), point(7, 0.4, None), point(-7, 0.9, None)];
    Beside {
        events: vec![
            event(30, "too long ago", None),
            event(5, "Schools closed", Some("en")),
            event(5, "Scuole chiuse", Some("it")),
            event(0, "Conferenza", None),
            event(-1, "not yet", None),
        ],
        series: vec![OutsideSeries {
            name: "Worried".to_owned(),
            unit: "fraction".to_owned(),
            source: "Invented survey".to_owned(),
            points,
        }],
        actions: Some(actions()),
        unread: Vec::new(),
    }
}
