//! What people put beside the numbers: events, what others measured, and what is being done about it.
//!
//! None of it is mixed with what was heard. It comes from files that an authority keeps by hand, so it can be known late or
//! corrected: whoever shows it beside a day takes what had happened by that day ([`Beside::events_until`]).

use crate::claim::words;
use crate::{Action, Day};

words! {
    /// What kind of event may have moved the mood.
    EventKind {
        /// A decree, an ordinance, a law.
        Decree = "decree",
        /// A press conference or a speech.
        Press = "press",
        /// Figures were published.
        Data = "data",
        /// A campaign of the authority began or ended.
        Campaign = "campaign",
        /// Anything else.
        Other = "other",
    }
}

/// Something that happened in public on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicEvent {
    /// When.
    pub day: Day,
    /// What, in a few words.
    pub title: String,
    /// What kind.
    pub kind: EventKind,
    /// Language of the title; `None` is for readers of any.
    pub lang: Option<String>,
}

/// One value of what others measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutsidePoint {
    /// The day it speaks of.
    pub day: Day,
    /// The value, in the unit of its series.
    pub value: f64,
    /// Lower and upper end of its interval, where whoever measured it told one.
    pub interval: Option<(f64, f64)>,
}

/// What others measured day by day or week by week, such as a survey: drawn beside the mood, never mixed with it.
#[derive(Debug, Clone, PartialEq)]
pub struct OutsideSeries {
    /// What was measured.
    pub name: String,
    /// The unit of its values.
    pub unit: String,
    /// Who measured it.
    pub source: String,
    /// In order of days, at most one a day.
    pub points: Vec<OutsidePoint>,
}

words! {
    /// A kind of file that people keep.
    BesideFile {
        /// Events.
        Events = "events",
        /// Series that others measured.
        Outside = "outside",
        /// Actions.
        Actions = "actions",
    }
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beside {
    /// By day, then kind and title.
    pub events: Vec<PublicEvent>,
    /// In the order of their files.
    pub series: Vec<OutsideSeries>,
    /// In the order of their file; `None` when nobody keeps such a file.
    pub actions: Option<Vec<Action>>,
    /// Files that should have been there and could not be read: what they hold is unknown, not nothing.
    pub unread: Vec<BesideFile>,
}

impl Beside {
    /// Events for readers of a language, of the `days` days that end with `day`.
    pub fn events_until(&self, day: Day, days: u16, lang: &str) -> impl Iterator<Item = &PublicEvent> {
        let first = day.plus(1 - i32::from(days));
        let is_read = move |event: &&PublicEvent| event.lang.as_deref().is_none_or(|own| own == lang);
        self.events.iter().filter(move |event| (first..=day).contains(&event.day)).filter(is_read)
    }

    /// Whether a file could not be read.
    pub fn is_unread(&self, file: BesideFile) -> bool {
        self.unread.contains(&file)
    }
}

impl OutsideSeries {
    /// Its points of the `days` days that end with `day`.
    pub fn points_until(&self, day: Day, days: u16) -> impl Iterator<Item = &OutsidePoint> {
        let first = day.plus(1 - i32::from(days));
        self.points.iter().filter(move |point| (first..=day).contains(&point.day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_shows_what_had_happened_by_then_in_its_readers_language() {
        let event = |on: &str, lang: Option<&str>| PublicEvent {
            day: day(on),
            title: on.to_owned(),
            kind: EventKind::Decree,
            lang: lang.map(str::to_owned),
        };
        let events = vec![
            event("2020-03-03", None),
            event("2020-03-04", Some("it")),
            event("2020-03-05", Some("fi")),
            event("2020-03-10", None),
            event("2020-03-11", None),
        ];
        let beside = Beside { events, ..Beside::default() };
        let shown: Vec<_> = beside.events_until(day("2020-03-10"), 7, "it").map(|event| event.title.as_str()).collect();
        assert_eq!(shown, ["2020-03-04", "2020-03-10"]);
    }

    #[test]
    fn points_end_with_the_day() {
        let point = |on: &str| OutsidePoint { day: day(on), value: 0.5, interval: None };
        let series = OutsideSeries {
            name: "worried".into(),
            unit: "share".into(),
            source: "survey".into(),
            points: vec![point("2020-03-01"), point("2020-03-08"), point("2020-03-15")],
        };
        assert_eq!(series.points_until(day("2020-03-14"), 7).count(), 1);
        assert_eq!(series.points_until(day("2020-03-14"), 14).count(), 2);
    }
}
