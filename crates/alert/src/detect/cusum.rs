//! Evidence of a rise, added up from day to day.

use super::Config;
use polso_domain::Day;

/// A sum that falls back to zero where nothing rises (Page 1954).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Cusum {
    pub(super) sum: f64,
    pub(super) since: Option<Day>,
}

impl Cusum {
    /// Adds a day. What lies twice above the threshold is cut: a burst that is over should be over soon.
    pub(super) fn add(&mut self, day: Day, ratio: f64, config: &Config) {
        let sum = (self.sum + ratio).min(2.0 * config.threshold);
        if sum > 0.0 {
            // The day after the last zero is the likeliest first day of the rise (Hawkins and Olwell 1998, § 1.7).
            self.since.get_or_insert(day);
            self.sum = sum;
        } else {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::negative_binomial::NegativeBinomial;
    use super::*;

    #[test]
    fn the_sum_is_that_of_surveillance() {
        let config = Config { threshold: 1e6, ..Config::default() };
        let table = include_str!("../../tests/surveillance/cusum.csv");
        let mut cusum = Cusum::default();
        let mut largest: f64 = 0.0;
        for (line, day) in table.lines().skip(2).zip(18_000..) {
            let [count, mean, sum] = line.split(',').map(|cell| cell.parse::<f64>().unwrap()).collect::<Vec<_>>()[..]
            else {
                panic!("{line}");
            };
            let expected = NegativeBinomial { mean, dispersion: 0.2 };
            cusum.add(Day::from_epoch_days(day), expected.ratio(count, 1.5 * mean), &config);
            assert!((cusum.sum - sum).abs() < 1e-9, "{} {sum}", cusum.sum);
            largest = largest.max(sum);
        }
        assert!(largest > 2.0, "{largest}");
    }

    #[test]
    fn a_rise_begins_on_the_day_after_the_last_zero() {
        let config = Config::default();
        let (day, mut cusum) = (Day::from_epoch_days(18_000), Cusum::default());
        for (number, ratio) in (0..).zip([1.0, -2.0, 0.5, 0.5, 90.0]) {
            cusum.add(day.plus(number), ratio, &config);
        }
        assert_eq!(cusum, Cusum { sum: 2.0 * config.threshold, since: Some(day.plus(2)) });
        cusum.add(day.plus(5), -90.0, &config);
        assert_eq!(cusum, Cusum::default());
    }
}
