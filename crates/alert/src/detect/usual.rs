//! What the past lets expect of a day's count.
//!
//! Level: posts a day over the window. Weekday: the ratio of a weekday's mean to the level, drawn towards one as far as
//! chance alone explains it (Efron and Morris 1975; the variance between weekdays by moments, `DerSimonian` and Laird
//! 1986).
//! Dispersion: by moments about the expected values, with what the estimates used up given back, never below Poisson
//! (Cameron and Trivedi 1998, § 3.3), and raised by half its standard error: a dispersion that is
//! too small is a false alarm.
//!
//! A day of which only the most is known counts as that most in the level. What it may have been counts in the rest.

use super::Count;
use super::imputed::{Imputed, imputed};
use super::negative_binomial::NegativeBinomial;
use polso_domain::Day;

/// Added to the sum of a window: a word that was never heard is rare, not impossible (Jeffreys 1946).
const UNSEEN: f64 = 0.5;
/// Of its standard error, what is added to a dispersion; found by simulation.
const ERROR: f64 = 0.5;
/// Rounds in which weekdays, dispersion and unknown counts settle; they hang on each other.
const ROUNDS: usize = 5;

/// What a window of heard days says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Usual {
    /// Level by the most that each day can have been.
    most: f64,
    /// Level by what each day probably was.
    level: f64,
    weekdays: [Weekday; 7],
    dispersion: f64,
    days: f64,
}

/// How a weekday differs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Weekday {
    days: f64,
    factor: f64,
    /// How much of its factor is its own, 0 to 1.
    own: f64,
}

impl Usual {
    /// From heard days; `None` from none.
    pub(super) fn of(window: &[(Day, Count)]) -> Option<Self> {
        if window.is_empty() {
            return None;
        }
        let days = window.len() as f64;
        let most = (window.iter().map(|(_, count)| count.most()).sum::<f64>() + UNSEEN) / days;
        let mut weekdays = [Weekday { days: 0.0, factor: 1.0, own: 0.0 }; 7];
        for (day, _) in window {
            weekdays[at(*day)].days += 1.0;
        }
        let mut usual = Self { most, level: most, weekdays, dispersion: 0.0, days };
        for _ in 0..ROUNDS {
            let expected = |day: Day| NegativeBinomial { mean: usual.mean(day), dispersion: usual.dispersion };
            let counts: Vec<(Day, Imputed)> =
                window.iter().map(|(day, count)| (*day, imputed(*count, expected(*day)))).collect();
            usual.settle(&counts);
        }
        usual.dispersion *= 1.0 + ERROR * ((2.0 + 6.0 * usual.dispersion) / days).sqrt();
        Some(usual)
    }

    /// The count expected on a day, with the uncertainty of the expected value itself in its dispersion.
    pub(super) fn on(&self, day: Day) -> NegativeBinomial {
        let weekday = self.weekdays[at(day)];
        let mean = self.most * weekday.factor;
        let variance = mean * (1.0 + self.dispersion * mean);
        let unsure = 1.0 / self.days + weekday.own * weekday.own * (1.0 / weekday.days.max(1.0) - 1.0 / self.days);
        let whole = variance * (1.0 + unsure.max(0.0));
        NegativeBinomial { mean, dispersion: ((whole - mean) / (mean * mean)).max(0.0) }
    }

    fn mean(&self, day: Day) -> f64 {
        self.level * self.weekdays[at(day)].factor
    }

    fn settle(&mut self, counts: &[(Day, Imputed)]) {
        let mut sums = [0.0; 7];
        for (day, count) in counts {
            sums[at(*day)] += count.mean;
        }
        self.level = (sums.iter().sum::<f64>() + UNSEEN) / self.days;
        self.settle_weekdays(&sums);
        self.dispersion = self.dispersion_of(counts);
    }

    fn settle_weekdays(&mut self, sums: &[f64; 7]) {
        let level = self.level;
        // Of a ratio to the level: the variance of one day.
        let noise = (1.0 + self.dispersion * level) / level;
        let present = || self.weekdays.iter().zip(sums).filter(|(weekday, _)| weekday.days > 0.0);
        let spread: f64 = present().map(|(one, sum)| one.days * (sum / one.days / level - 1.0).powi(2)).sum();
        let squares: f64 = present().map(|(one, _)| one.days * one.days).sum();
        let free = present().count() as f64 - 1.0;
        let between = ((spread - free * noise) / (self.days - squares / self.days)).max(0.0);
        for (weekday, sum) in self.weekdays.iter_mut().zip(sums).filter(|(weekday, _)| weekday.days > 0.0) {
            weekday.own = if between > 0.0 { between / (between + noise / weekday.days) } else { 0.0 };
            weekday.factor = 1.0 + weekday.own * (sum / weekday.days / level - 1.0);
        }
    }

    fn dispersion_of(&self, counts: &[(Day, Imputed)]) -> f64 {
        let used = 1.0 + self.weekdays.iter().map(|weekday| weekday.own).sum::<f64>() * 6.0 / 7.0;
        let kept = (self.days - used).max(1.0) / self.days;
        let (mut off, mut plain, mut squares) = (0.0, 0.0, 0.0);
        for (day, count) in counts {
            let mean = self.mean(*day);
            off += (count.mean - mean).powi(2) + count.variance;
            plain += mean;
            squares += mean * mean;
        }
        ((off / kept - plain) / squares).max(0.0)
    }
}

fn at(day: Day) -> usize {
    usize::from(day.weekday()) % 7
}
