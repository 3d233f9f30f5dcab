//! Instants in milliseconds, and the days that a report speaks of.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

const HOUR_MS: i64 = 3_600_000;

/// Milliseconds since 1970 in UTC. Everything polso stores is in this unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// A text that is not a day or not a time zone; holds the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTime(pub String);

impl fmt::Display for BadTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a day (YYYY-MM-DD) or time zone that is known", self.0)
    }
}

impl std::error::Error for BadTime {}

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00Z.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// The start of the hour (UTC) this instant lies in: the ledger's unit.
    #[must_use]
    pub fn hour(self) -> Self {
        Self(self.0.div_euclid(HOUR_MS) * HOUR_MS)
    }

    /// No platform that polso reads existed before 2004, and nobody posts tomorrow: a time outside is a damaged one.
    /// `now` is when the row is read; a day of grace covers clocks and time zones.
    pub fn is_plausible(self, now: Timestamp) -> bool {
        const YEAR_2004_MS: i64 = 1_072_915_200_000;
        (YEAR_2004_MS..=now.0.saturating_add(24 * HOUR_MS)).contains(&self.0)
    }
}

/// A calendar day in the report's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The same day moved by `days` (negative: earlier). Saturates at the calendar's ends.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// Days since 1970-01-01: parquet's `date` type.
    pub fn epoch_days(self) -> i32 {
        let since = self.0.since(Date::constant(1970, 1, 1)).map(|span| span.get_days());
        since.unwrap_or(0)
    }

    /// Reads parquet's `date` type.
    pub fn from_epoch_days(days: i32) -> Self {
        Self(Date::constant(1970, 1, 1)).plus(days)
    }

    /// 0 is Monday, 6 is Sunday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_zero_offset().unsigned_abs()
    }

    /// The day of a calendar date.
    pub(crate) fn on(date: Date) -> Self {
        Self(date)
    }

    /// The calendar's date.
    pub(crate) fn date(self) -> Date {
        self.0
    }

    /// Year, month (1 to 12) and day of the month, for spelling a date out in a reader's language.
    pub fn parts(self) -> (i16, u8, u8) {
        (self.0.year(), self.0.month().unsigned_abs(), self.0.day().unsigned_abs())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Day {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        let bad = || BadTime(text.to_owned());
        // jiff would accept `20200309` too; one spelling is enough for folder names and scripts.
        if text.len() != 10 {
            return Err(bad());
        }
        text.parse().map(Self).map_err(|_| bad())
    }
}

/// The report's time zone: it decides where one day ends and the next begins.
#[derive(Debug, Clone)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// From an IANA name such as `Europe/Rome`.
    pub fn named(name: &str) -> Result<Self, BadTime> {
        let zone = TimeZone::get(name).map_err(|_| BadTime(name.to_owned()))?;
        Ok(Self { name: name.to_owned(), zone })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day an instant falls on here.
    pub fn day_of(&self, instant: Timestamp) -> Day {
        Day(self.local(instant).date())
    }

    /// The hour of the day, 0 to 23, on this zone's clocks.
    pub fn hour_of(&self, instant: Timestamp) -> u8 {
        self.local(instant).hour().unsigned_abs()
    }

    /// The first instant of a day here; the end of a day is the start of the next. Days of 23 and 25 hours come out right.
    pub fn start_of(&self, day: Day) -> Timestamp {
        let start = day.0.to_zoned(self.zone.clone()).map(|zoned| zoned.timestamp().as_millisecond());
        Timestamp(start.unwrap_or(i64::from(day.epoch_days()) * 24 * HOUR_MS))
    }

    fn local(&self, instant: Timestamp) -> jiff::civil::DateTime {
        let clamped = jiff::Timestamp::from_millisecond(instant.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        self.zone.to_datetime(clamped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_local_midnight() {
        let rome = Zone::named("Europe/Rome").unwrap();
        let late = Timestamp::from_millis(1_583_708_400_000); // 2020-03-08T23:00Z, midnight in Rome
        assert_eq!(rome.day_of(late).to_string(), "2020-03-09");
        assert_eq!(rome.start_of("2020-03-09".parse().unwrap()), late);
        assert_eq!(rome.hour_of(late), 0);
    }

    #[test]
    fn the_spring_day_has_23_hours() {
        let rome = Zone::named("Europe/Rome").unwrap();
        let day: Day = "2020-03-29".parse().unwrap();
        let hours = (rome.start_of(day.plus(1)).millis() - rome.start_of(day).millis()) / HOUR_MS;
        assert_eq!(hours, 23);
    }

    #[test]
    fn epoch_days_go_there_and_back() {
        for text in ["1970-01-01", "2020-02-29", "1969-12-31", "2300-01-01"] {
            let day: Day = text.parse().unwrap();
            assert_eq!(Day::from_epoch_days(day.epoch_days()), day);
        }
        assert!("2020-2-9".parse::<Day>().is_err());
        assert!("20200209".parse::<Day>().is_err());
    }

    #[test]
    fn years_1970_and_2300_are_damage() {
        let now = Timestamp::from_millis(1_600_000_000_000);
        assert!(!Timestamp::from_millis(0).is_plausible(now));
        assert!(!Timestamp::from_millis(10_413_792_000_000).is_plausible(now));
        assert!(Timestamp::from_millis(1_583_708_400_000).is_plausible(now));
    }
}
