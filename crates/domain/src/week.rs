//! A week, Monday to Sunday, by the number that calendars give it (ISO 8601).

use crate::{BadTime, Day};
use jiff::civil::{ISOWeekDate, Weekday};
use std::fmt;
use std::str::FromStr;

/// A week of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week {
    monday: Day,
}

impl Week {
    /// The week that a day lies in.
    pub fn of(day: Day) -> Self {
        Self { monday: day.plus(-i32::from(day.weekday())) }
    }

    /// Its Monday.
    pub fn monday(self) -> Day {
        self.monday
    }

    /// Its seven days, Monday first.
    pub fn days(self) -> [Day; 7] {
        [0, 1, 2, 3, 4, 5, 6].map(|days| self.monday.plus(days))
    }

    /// The week before.
    #[must_use]
    pub fn before(self) -> Self {
        Self { monday: self.monday.plus(-7) }
    }

    /// Year (of the week: it may differ from that of its days) and number, 1 to 53.
    pub fn parts(self) -> (i16, u8) {
        let date = self.monday.date().iso_week_date();
        (date.year(), date.week().unsigned_abs())
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, number) = self.parts();
        write!(f, "{year:04}-W{number:02}")
    }
}

impl FromStr for Week {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        let week = || {
            let (year, number) = text.split_once("-W")?;
            let date = ISOWeekDate::new(year.parse().ok()?, number.parse().ok()?, Weekday::Monday).ok()?;
            Some(Self::of(Day::on(date.date())))
        };
        // One spelling is enough for folder names and scripts.
        week().filter(|week| week.to_string() == text).ok_or_else(|| BadTime(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_mondays_and_years_on_thursdays() {
        let week: Week = "2020-W11".parse().unwrap();
        assert_eq!(week.monday().to_string(), "2020-03-09");
        assert_eq!(week.days()[6].to_string(), "2020-03-15");
        assert_eq!(week.before().to_string(), "2020-W10");
        let new_year: Day = "2021-01-01".parse().unwrap();
        assert_eq!(Week::of(new_year).to_string(), "2020-W53");
        assert_eq!(Week::of(new_year).parts(), (2020, 53));
    }

    #[test]
    fn one_spelling_is_enough() {
        for bad in ["2020-11", "2020-W1", "2020-W54", "2021-W53", "2020W11", "2020-w11", "2020-W00", "+020-W11", ""] {
            assert!(bad.parse::<Week>().is_err(), "{bad}");
        }
    }

    #[test]
    fn every_day_lies_in_its_week() {
        for number in 0..40_000 {
            let day = Day::from_epoch_days(number);
            let week = Week::of(day);
            assert!(week.days().contains(&day));
            assert_eq!(week.monday().weekday(), 0);
            assert_eq!(week.to_string().parse(), Ok(week));
            assert_eq!(week.before().days()[6].plus(1), week.monday());
        }
    }
}
