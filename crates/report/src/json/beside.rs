//! What people put beside the numbers, as `report.json` writes it: what had happened by the page's last day.

use crate::actions::Tracker;
use polso_domain::{Action, Beside, Day, OutsideSeries, PublicEvent, Standing};
use serde::Serialize;

/// The part of the file that holds it.
#[derive(Serialize)]
pub(crate) struct BesideV1<'a> {
    /// Events of the days that the page looks back, for readers of its language, oldest first.
    events: Vec<EventV1<'a>>,
    /// Series that others measured, with their points of those days.
    outside: Vec<OutsideV1<'a>>,
    /// The most pressing first; null when nobody keeps a list.
    actions: Option<Vec<ActionV1<'a>>>,
    /// Files that could not be read: `events`, `outside`, `actions`.
    beside_unread: Vec<&'static str>,
}

impl<'a> BesideV1<'a> {
    /// Of the `days` days that end with `upto`.
    pub(crate) fn new(beside: &'a Beside, tracker: Option<&Tracker<'a>>, (upto, days): (Day, u16), lang: &str) -> Self {
        let series = beside.series.iter().map(|series| OutsideV1::new(series, (upto, days)));
        Self {
            events: beside.events_until(upto, days, lang).map(EventV1::new).collect(),
            outside: series.filter(|series| !series.points.is_empty()).collect(),
            actions: tracker.map(|tracker| tracker.all().map(|action| ActionV1::new(action, tracker.upto())).collect()),
            beside_unread: beside.unread.iter().map(|file| file.as_str()).collect(),
        }
    }
}

#[derive(Serialize)]
struct EventV1<'a> {
    day: String,
    title: &'a str,
    kind: &'static str,
}

impl<'a> EventV1<'a> {
    fn new(event: &'a PublicEvent) -> Self {
        Self { day: event.day.to_string(), title: &event.title, kind: event.kind.as_str() }
    }
}

#[derive(Serialize)]
struct OutsideV1<'a> {
    name: &'a str,
    unit: &'a str,
    source: &'a str,
    points: Vec<PointV1>,
}

/// A value; its interval is null where nobody told one.
#[derive(Serialize)]
struct PointV1 {
    day: String,
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
}

impl<'a> OutsideV1<'a> {
    fn new(series: &'a OutsideSeries, (upto, days): (Day, u16)) -> Self {
        let points = series.points_until(upto, days).map(|point| PointV1 {
            day: point.day.to_string(),
            value: point.value,
            low: point.interval.map(|(low, _)| low),
            high: point.interval.map(|(_, high)| high),
        });
        Self { name: &series.name, unit: &series.unit, source: &series.source, points: points.collect() }
    }
}

#[derive(Serialize)]
struct ActionV1<'a> {
    id: &'a str,
    /// Null, as `note`, where the claim it concerns is only counted: it may name what it is about.
    action: Option<&'a str>,
    owner: &'a str,
    due: Option<String>,
    status: &'static str,
    /// `late`, `due_next`, `opened`, `closed` or `open`, at the end of the page's last day.
    standing: &'static str,
    opened: String,
    closed: Option<String>,
    note: Option<&'a str>,
    claim: Option<&'a str>,
}

impl<'a> ActionV1<'a> {
    fn new((standing, action, told): (Standing, &'a Action, bool), upto: Day) -> Self {
        Self {
            id: &action.id,
            action: told.then_some(action.action.as_str()),
            owner: &action.owner,
            due: action.due.map(|day| day.to_string()),
            status: action.status_on(upto).as_str(),
            standing: standing.as_str(),
            opened: action.opened.to_string(),
            closed: action.closed.filter(|closed| *closed <= upto).map(|day| day.to_string()),
            note: action.note.as_deref().filter(|_| told),
            claim: action.claim.as_ref().map(polso_domain::ClaimId::as_str),
        }
    }
}
