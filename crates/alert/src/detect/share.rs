//! What the past lets expect of a day's share.
//!
//! The share is that of all posts of the window, a weekday's is drawn towards it as far as chance alone explains the
//! difference (`DerSimonian` and Laird 1986; Efron and Morris 1975). Posts of a day are alike: the correlation between
//! them is found by moments (Kleinman 1973; Williams 1975), never below zero, so that a day of few posts is not taken for
//! a day of many.

use super::Part;
use super::beta_binomial::BetaBinomial;
use polso_domain::Day;

/// Added to the posts with and without: a share that was never seen is small, not nothing (Jeffreys 1946).
const UNSEEN: f64 = 0.5;
/// Of its standard error, what is added to the variance between days; found by simulation.
const ERROR: f64 = 0.5;
/// Rounds in which weekdays and the variance between days settle; they hang on each other.
const ROUNDS: usize = 5;

/// What a window of heard days says.
struct Usual {
    share: f64,
    of: f64,
    /// Σ posts², over days.
    squares: f64,
    days: f64,
    /// Variance of the share between days.
    between: f64,
    weekdays: [Weekday; 7],
}

#[derive(Clone, Copy, Default)]
struct Weekday {
    part: f64,
    of: f64,
    squares: f64,
    /// Of its own share, how much counts: 0 to 1.
    own: f64,
}

/// The share that is expected on a day, with its uncertainty in the likeness. `None` where nothing was counted.
pub(super) fn usual(window: &[(Day, Part)], day: Day) -> Option<BetaBinomial> {
    let mut usual = Usual::of(window)?;
    for _ in 0..ROUNDS {
        usual.settle_between(window);
        usual.settle_weekdays();
    }
    Some(usual.on(day))
}

impl Usual {
    fn of(window: &[(Day, Part)]) -> Option<Self> {
        let (mut whole, mut weekdays) = (Weekday::default(), [Weekday::default(); 7]);
        for (day, Part { part, of }) in window {
            for sums in [&mut whole, &mut weekdays[at(*day)]] {
                sums.part += part;
                sums.of += of;
                sums.squares += of * of;
            }
        }
        let share = (whole.part + UNSEEN) / (whole.of + 2.0 * UNSEEN);
        let (of, squares, days) = (whole.of, whole.squares, window.len() as f64);
        (of > 0.0).then_some(Self { share, of, squares, days, between: 0.0, weekdays })
    }

    fn expected(&self, day: Day) -> f64 {
        let weekday = self.weekdays[at(day)];
        if weekday.of > 0.0 { self.share + weekday.own * (weekday.part / weekday.of - self.share) } else { self.share }
    }

    fn settle_between(&mut self, window: &[(Day, Part)]) {
        let used = 1.0 + self.weekdays.iter().map(|weekday| weekday.own).sum::<f64>() * 6.0 / 7.0;
        let kept = (self.days - used).max(1.0);
        let (mut spread, mut plain) = (0.0, 0.0);
        for (day, part) in window {
            let share = self.expected(*day);
            spread += part.of * (part.part / part.of - share).powi(2);
            plain += share * (1.0 - share);
        }
        let free = (self.of - self.squares / self.of) * kept / (self.days - 1.0).max(1.0);
        self.between = if free > 0.0 { ((spread - plain * kept / self.days) / free).max(0.0) } else { 0.0 };
    }

    /// Variance of the share of so many posts, on days of which the squares add up to so much.
    fn noise(&self, of: f64, squares: f64) -> f64 {
        self.share * (1.0 - self.share) / of + self.between * squares / (of * of)
    }

    fn settle_weekdays(&mut self) {
        let (mut weights, mut squares, mut spread, mut present) = (0.0, 0.0, 0.0, 0.0);
        for weekday in self.weekdays.iter().filter(|weekday| weekday.of > 0.0) {
            let weight = 1.0 / self.noise(weekday.of, weekday.squares);
            weights += weight;
            squares += weight * weight;
            spread += weight * (weekday.part / weekday.of - self.share).powi(2);
            present += 1.0;
        }
        let free = weights - squares / weights;
        let apart = if free > 0.0 { ((spread - (present - 1.0)) / free).max(0.0) } else { 0.0 };
        let mut weekdays = self.weekdays;
        for weekday in weekdays.iter_mut().filter(|weekday| weekday.of > 0.0) {
            weekday.own = apart / (apart + self.noise(weekday.of, weekday.squares));
        }
        self.weekdays = weekdays;
    }

    fn on(&self, day: Day) -> BetaBinomial {
        let (share, weekday) = (self.expected(day), self.weekdays[at(day)]);
        let whole = self.noise(self.of, self.squares);
        let own = if weekday.of > 0.0 { self.noise(weekday.of, weekday.squares) } else { whole };
        let unsure = whole + weekday.own * weekday.own * (own - whole).max(0.0);
        let between = self.between * (1.0 + ERROR * (2.0 / self.days).sqrt());
        BetaBinomial { share, likeness: ((between + unsure) / (share * (1.0 - share))).min(0.99) }
    }
}

fn at(day: Day) -> usize {
    usize::from(day.weekday()) % 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(share: impl Fn(Day, i32) -> f64) -> Vec<(Day, Part)> {
        let day = |number: i32| Day::from_epoch_days(18_000 + number);
        (0..56).map(|number| (day(number), Part { part: 100.0 * share(day(number), number), of: 100.0 })).collect()
    }

    #[test]
    fn a_weekday_that_always_differs_is_expected_to() {
        let weeks = weeks(|day, number| if day.weekday() > 4 { 0.1 } else { 0.3 } + f64::from(number * 7 % 11) / 200.0);
        let expected = |ago: i32| usual(&weeks, Day::from_epoch_days(18_056 + ago)).unwrap();
        let saturday = (0..7).find(|ago| Day::from_epoch_days(18_056 + ago).weekday() == 5).unwrap();
        assert!((0.11..0.15).contains(&expected(saturday).share), "{:?}", expected(saturday));
        assert!((0.31..0.34).contains(&expected(saturday + 2).share), "{:?}", expected(saturday + 2));
    }

    #[test]
    fn where_weekdays_differ_by_chance_alone_they_do_not() {
        let weeks = weeks(|_, number| 0.3 + f64::from(number * 7 % 11) / 200.0);
        let shares = (0..7).map(|ago| usual(&weeks, Day::from_epoch_days(18_056 + ago)).unwrap().share);
        let (low, high) = shares.fold((1.0_f64, 0.0_f64), |(low, high), share| (low.min(share), high.max(share)));
        assert!(high - low < 1e-9, "{low} {high}");
    }

    #[test]
    fn days_that_move_more_than_chance_are_alike() {
        let still =
            usual(&weeks(|_, number| 0.3 + f64::from(number % 2) / 50.0), Day::from_epoch_days(18_056)).unwrap();
        let moving =
            usual(&weeks(|_, number| 0.1 + f64::from(number % 5) / 10.0), Day::from_epoch_days(18_056)).unwrap();
        assert!(still.likeness < 0.01 && (0.05..0.15).contains(&moving.likeness), "{still:?} {moving:?}");
    }
}
