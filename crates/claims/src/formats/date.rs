//! The day on which a claim was checked.
//!
//! The year comes first, or the date is not read: `09/03/2020` is two days. An instant is its day in UTC, with or without
//! a zone; the reader of a library wants the day, not the hour.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use polso_domain::Day;

/// Nobody checked claims on the web before, and no review comes from so late.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// Reads a date; `None` for what is none or can be read in two ways.
pub(crate) fn day(text: &str) -> Option<Day> {
    let text = text.trim();
    let date = if text.len() == 10 { alone(text) } else { instant(text) };
    date.filter(|date| YEARS.contains(&date.year()))?.to_string().parse().ok()
}

fn alone(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let separators = [bytes.get(4)?, bytes.get(7)?];
    if !matches!(separators, [b'-', b'-'] | [b'/', b'/']) {
        return None;
    }
    text.replace('/', "-").parse().ok()
}

fn instant(text: &str) -> Option<Date> {
    if text.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    let zoned = text.parse::<jiff::Timestamp>().ok().map(|instant| instant.to_zoned(TimeZone::UTC).date());
    zoned.or_else(|| text.parse::<DateTime>().ok().map(DateTime::date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_and_an_ambiguous_one_is_not() {
        for (text, expected) in [
            ("2020-03-09", Some("2020-03-09")),
            (" 2020/03/09 ", Some("2020-03-09")),
            ("2020-03-09T23:30:00Z", Some("2020-03-09")),
            ("2020-03-09T23:30:00.123-05:00", Some("2020-03-10")),
            ("2020-03-09T23:30:00", Some("2020-03-09")),
            ("2020-03-09 23:30", Some("2020-03-09")),
            ("2020-03-09T10:00+0100", Some("2020-03-09")),
            ("09/03/2020", None),
            ("9.3.2020", None),
            ("2020-13-09", None),
            ("2020-02-30", None),
            ("0001-01-01T00:00:00Z", None),
            ("9999-12-31", None),
            ("20200309", None),
            ("2020", None),
            ("ieri", None),
            ("è020-03-0è", None),
            ("", None),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }
}
