//! The shapes in which exports write a time. One that can be read in two ways is not read at all.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::{Offset, TimeZone};
use polso_domain::Timestamp;

/// The zones that exports write as a word. `CST` and the like are American there.
const ZONE_WORDS: [(&str, i8); 17] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("WET", 0),
    ("WEST", 1),
    ("CET", 1),
    ("CEST", 2),
    ("EET", 2),
    ("EEST", 3),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// Reads a time; `zone` is for those that name none.
pub(crate) fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    match text.as_bytes() {
        [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', ..] => iso(text, zone),
        [b'A'..=b'Z', ..] => twitter(text).or_else(|| mail(text)),
        [b'0'..=b'9', ..] => {
            unix_text(text).or_else(|| slashed(text, zone)).or_else(|| mail(text)).or_else(|| spelt(text, zone))
        }
        _ => None,
    }
}

/// Unix time, in milliseconds if it would be beyond the year 5000 in seconds.
pub(crate) fn unix(number: u64) -> Option<Timestamp> {
    const SECONDS_BELOW: u64 = 100_000_000_000;
    let millis = if number < SECONDS_BELOW { number.checked_mul(1000)? } else { number };
    i64::try_from(millis).ok().map(Timestamp::from_millis)
}

fn unix_text(text: &str) -> Option<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| if digits(fraction) { whole } else { text });
    if digits(whole) { unix(whole.parse().ok()?) } else { None }
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// RFC 3339 with or without its zone, `T` or a space, a zone word at the end; a day alone is its midnight.
fn iso(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(stamp(instant));
    }
    if let Some((rest, word)) = text.rsplit_once(' ')
        && let Some(zone) = zone_word(word)
    {
        return local(rest.trim().parse().ok()?, &zone);
    }
    local(text.parse().ok()?, zone)
}

fn zone_word(word: &str) -> Option<TimeZone> {
    let (_, hours) = ZONE_WORDS.iter().find(|(name, _)| *name == word)?;
    Some(TimeZone::fixed(Offset::from_hours(*hours).ok()?))
}

/// `Wed Oct 10 20:19:24 +0000 2018`. The weekday adds nothing and is not looked at.
fn twitter(text: &str) -> Option<Timestamp> {
    let (_, rest) = text.split_once(' ')?;
    let instant = strtime::parse("%b %d %H:%M:%S %z %Y", rest).ok()?.to_timestamp().ok()?;
    Some(stamp(instant))
}

fn mail(text: &str) -> Option<Timestamp> {
    rfc2822::parse(text).ok().map(|zoned| stamp(zoned.timestamp()))
}

/// `31/12/2020 23:59`, `12/31/2020 11:59:00 PM`, `2020/12/31 23:59`, also with dots.
fn slashed(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let mut parts = date.trim_end_matches(',').split(['/', '.', '-']);
    let mut part = || parts.next().filter(|part| digits(part)).and_then(|part| part.parse::<i16>().ok());
    let (first, second, third) = (part()?, part()?, part()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = match (first, second, third) {
        (1000.., month, day) => (first, month, day),
        (day, month, 1000..) if day > 12 || day == month => (third, month, day),
        (month, day, 1000..) if day > 12 => (third, month, day),
        _ => return None,
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    local(date.to_datetime(clock(time.trim())?), zone)
}

/// `07-Apr-2020 11:45PM`, `7 April 2020 23:45`: the month's name leaves one reading.
fn spelt(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let mut parts = text.splitn(3, [' ', '-']);
    let (day, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, time) = rest.split_once([' ', ',']).unwrap_or((rest, ""));
    let date =
        ["%d %b %Y", "%d %B %Y"].iter().find_map(|shape| Date::strptime(shape, format!("{day} {month} {year}")).ok());
    local(date.filter(|date| date.year() >= 1000)?.to_datetime(clock(time.trim())?), zone)
}

/// `23:59`, `23:59:59`, `11:59 PM`, `11:59PM`, or nothing for midnight.
fn clock(text: &str) -> Option<Time> {
    if text.is_empty() {
        return Some(Time::midnight());
    }
    let glued = text.find(|c: char| c.is_ascii_alphabetic()).filter(|at| *at > 0).map(|at| text.split_at(at));
    let (time, half) = glued.or_else(|| text.split_once(' ')).unwrap_or((text, ""));
    let time = time.trim_end();
    let time: Time =
        if time.len() < 5 || time.as_bytes()[1] == b':' { format!("0{time}") } else { time.to_owned() }.parse().ok()?;
    let hour = match (half.to_ascii_uppercase().as_str(), time.hour()) {
        ("", hour @ 0..=23) | ("AM", hour @ 1..=11) | ("PM", hour @ 12) => hour,
        ("AM", 12) => 0,
        ("PM", hour @ 1..=11) => hour + 12,
        _ => return None,
    };
    time.with().hour(hour).build().ok()
}

fn local(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(time).ok().map(stamp)
}

fn stamp(instant: jiff::Timestamp) -> Timestamp {
    Timestamp::from_millis(instant.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utc(text: &str) -> Option<i64> {
        parse(text, &TimeZone::UTC).map(Timestamp::millis)
    }

    #[test]
    fn one_instant_in_every_shape() {
        for text in [
            "2018-10-10T20:19:24Z",
            "2018-10-10T20:19:24.000Z",
            "2018-10-10 22:19:24+02:00",
            "2018-10-10 20:19:24",
            "2018-10-10T20:19:24",
            "2018-10-10 16:19:24 EDT",
            "2018-10-10 20:19:24 UTC",
            "Wed Oct 10 20:19:24 +0000 2018",
            "Wed, 10 Oct 2018 20:19:24 +0000",
            "10 Oct 2018 20:19:24 GMT",
            "1539202764",
            "1539202764.0",
            "1539202764000",
            "10/10/2018 20:19:24",
            "10/10/2018 8:19:24 PM",
            "2018/10/10 20:19:24",
        ] {
            assert_eq!(utc(text), Some(1_539_202_764_000), "{text}");
        }
        assert_eq!(utc("2022-01-02 03:04:05 EST"), utc("2022-01-02T08:04:05Z"));
        assert_eq!(utc("31/12/2020 23:59"), utc("2020-12-31T23:59:00Z"));
        assert_eq!(utc("12/31/2020 9:05"), utc("2020-12-31T09:05:00Z"));
        assert_eq!(utc("31.12.2020"), utc("2020-12-31"));
        for text in ["07-Apr-2020 11:45PM", "7 Apr 2020 11:45 pm", "7 April 2020 23:45", "07-Apr-2020 23:45:00"] {
            assert_eq!(utc(text), utc("2020-04-07T23:45:00Z"), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_twice_is_not_read() {
        for text in [
            "03/04/2020 10:00",
            "3/4/20",
            "13/13/2020",
            "tomorrow",
            "",
            "2020-13-01",
            "12:30",
            "31/12/2020 25:00",
            "7 Apr 20",
            "07-Xyz-2020 10:00",
            "2022-01-02 03:04:05 XYZ",
            "07-Apr-2020 11:45XM",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_in_the_given_one() {
        let rome = TimeZone::get("Europe/Rome").unwrap();
        assert_eq!(parse("2020-07-01 02:00:00", &rome).map(Timestamp::millis), utc("2020-07-01T00:00:00Z"));
        assert_eq!(parse("2020-07-01T02:00:00Z", &rome).map(Timestamp::millis), utc("2020-07-01T02:00:00Z"));
        assert_eq!(parse("15/01/2020 01:00", &rome).map(Timestamp::millis), utc("2020-01-15T00:00:00Z"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}", dated in "[0-9/:. TZAPM+-]{0,24}") {
            utc(&text);
            utc(&dated);
        }
    }
}
