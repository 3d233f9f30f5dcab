//! Hours in which a receiver wants to be left alone, on the clocks of the report's time zone.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::Deserialize;
use std::fmt;

/// From one time of day to another; may go past midnight. The first minute belongs to it, the last does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct QuietHours {
    from: Time,
    to: Time,
}

impl TryFrom<String> for QuietHours {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let times = text.split_once('-').and_then(|(from, to)| Some((clock(from)?, clock(to)?)));
        match times {
            Some((from, to)) if from != to => Ok(Self { from, to }),
            Some(_) => Err(format!("`{text}` begins when it ends")),
            None => Err(format!("`{text}` is not two times such as 22:00-07:00")),
        }
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from.hour(), from.minute(), to.hour(), to.minute())
    }
}

impl QuietHours {
    /// The end of the quiet hours that `now` lies in, in the zone; `None` when it lies in none.
    pub(crate) fn end(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let local = zone.to_datetime(now);
        let time = local.time();
        let wraps = self.from > self.to;
        let inside = if wraps { time >= self.from || time < self.to } else { time >= self.from && time < self.to };
        if !inside {
            return None;
        }
        let ends_tomorrow = wraps && time >= self.from;
        let date = local.date().saturating_add(Span::new().days(i64::from(ends_tomorrow)));
        // A time that the change of clocks leaves out is taken an hour later, as jiff does.
        let end = date.to_datetime(self.to).to_zoned(zone.clone()).map_or(now, |end| end.timestamp());
        Some(end.max(now))
    }
}

/// `HH:MM`.
fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    if minute.len() != 2 || hour.is_empty() || hour.len() > 2 {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quiet(text: &str) -> QuietHours {
        QuietHours::try_from(text.to_owned()).unwrap()
    }

    fn end(hours: &str, now: &str) -> Option<String> {
        let rome = TimeZone::get("Europe/Rome").unwrap();
        quiet(hours).end(now.parse().unwrap(), &rome).map(|end| end.to_string())
    }

    #[test]
    fn a_night_goes_past_midnight() {
        assert_eq!(end("22:00-07:00", "2020-01-15T21:30:00Z").unwrap(), "2020-01-16T06:00:00Z");
        assert_eq!(end("22:00-07:00", "2020-01-16T05:59:59Z").unwrap(), "2020-01-16T06:00:00Z");
        assert_eq!(end("22:00-07:00", "2020-01-16T06:00:00Z"), None);
        assert_eq!(end("22:00-07:00", "2020-01-16T20:59:59Z"), None);
        assert_eq!(end("12:30-14:00", "2020-01-16T11:30:00Z").unwrap(), "2020-01-16T13:00:00Z");
    }

    #[test]
    fn the_night_of_the_clock_change_ends_by_the_clock() {
        assert_eq!(end("22:00-07:00", "2020-03-28T22:00:00Z").unwrap(), "2020-03-29T05:00:00Z");
        assert_eq!(end("01:00-02:30", "2020-03-29T00:30:00Z").unwrap(), "2020-03-29T01:30:00Z");
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["", "22:00", "22-7", "24:00-07:00", "07:60-08:00", "8:0-9:0", "08:00-08:00", "a:bc-08:00"] {
            assert!(QuietHours::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert_eq!(quiet("8:05 - 23:59").to_string(), "08:05-23:59");
    }

    proptest! {
        #[test]
        fn at_the_end_it_is_over(from in 0i8..24, to in 0i8..24, seconds in 1_577_836_800i64..1_609_459_200) {
            prop_assume!(from != to);
            let rome = TimeZone::get("Europe/Rome").unwrap();
            let hours = quiet(&format!("{from}:00-{to}:00"));
            let now = Timestamp::from_second(seconds).unwrap();
            if let Some(end) = hours.end(now, &rome) {
                prop_assert!(end >= now && end.duration_since(now).as_hours() <= 25);
                prop_assert_eq!(hours.end(end, &rome), None);
            }
        }
    }
}
