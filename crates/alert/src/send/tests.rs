//! The promises of the module's head, against receivers on loopback.

mod http;
mod outbox;
mod smtp;
mod telling;

use super::event::{Event, Kind, Level, Line};
use super::id::EventId;
use super::letter::Letter;
use polso_domain::Timestamp;

/// Monday, 16 March 2020, 7:15 in Rome.
pub(super) fn morning() -> Timestamp {
    Timestamp::from_millis(1_584_339_300_000)
}

pub(super) fn event() -> Event {
    let line = |headline: &str, evidence: &str| Line { headline: headline.to_owned(), evidence: evidence.to_owned() };
    Event {
        id: EventId::of(&["report", "2020-03-15", "1"]),
        kind: Kind::Report,
        level: Level::Notice,
        day: "2020-03-15".parse().unwrap(),
        lang: "en".to_owned(),
        title: "Report of 15 March".to_owned(),
        lines: vec![line("Mood is worse", "41 % < 50 %, n = 1,200"), line("Nothing else", "")],
        page: Some("2020-03-15/index.html".to_owned()),
        see: "Read the page".to_owned(),
        foot: "Sent by polso.".to_owned(),
    }
}

pub(super) fn letter() -> Letter {
    let link = "https://polso.example/reports/2020-03-15/index.html".parse().unwrap();
    Letter { event: event(), receiver: "press".to_owned(), link: Some(link), now: morning() }
}
