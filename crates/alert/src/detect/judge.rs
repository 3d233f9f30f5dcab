//! The rule: each day of a series beside the days before it, added up to a verdict on today.

use super::cusum::Cusum;
use super::usual::Usual;
use super::{Config, Count, Ears, Evidence, Judged, Measure, Part, Reason, Series, Values, Verdict, ears, share};
use polso_domain::Day;
use std::collections::BTreeMap;

/// A day beside its past.
struct Beside {
    usual: f64,
    deviation: f64,
    /// Log-likelihood ratio of a rise.
    ratio: f64,
}

/// A window of days, a day after it, and what the one says of the other.
type Rule<T> = fn(&[(Day, T)], (Day, T), &Config) -> Option<Beside>;

/// Judges several measures, each by itself; in the order of the measures, whatever order they come in.
pub fn judge_all(series: &[Series], today: Day, config: &Config) -> Vec<Judged> {
    let judged = series.iter().map(|one| (&one.measure, judge(one, today, config)));
    let sorted: BTreeMap<&Measure, Verdict> = judged.collect();
    sorted.into_iter().map(|(measure, verdict)| Judged { measure: measure.clone(), verdict }).collect()
}

/// Judges one measure on a day. Days after it, and days out of reach, are not looked at.
pub fn judge(series: &Series, today: Day, config: &Config) -> Verdict {
    match &series.values {
        Values::Counts(days) => {
            let heard = within(days, today, config, |count| count.most().is_finite() && count.most() >= 0.0);
            if let Some((_, Count::AtMost(_))) = heard.last().filter(|(day, _)| *day == today) {
                return Verdict::NotJudged(Reason::TooFewPeople);
            }
            let ears = ears::of(&heard.iter().map(|(_, count)| count.most()).collect::<Vec<_>>());
            walk(&heard, today, config, beside_counts).verdict(|count| (count.most(), count.most()), ears, config)
        }
        Values::Shares(days) => {
            let heard = within(days, today, config, |day| day.of > 0.0 && (0.0..=day.of).contains(&day.part));
            let ears = ears::of(&heard.iter().map(|(_, day)| day.part / day.of).collect::<Vec<_>>());
            walk(&heard, today, config, beside_shares).verdict(|day| (day.part / day.of, day.part), ears, config)
        }
    }
}

/// The days in reach that say something, oldest first.
fn within<T: Copy>(days: &BTreeMap<Day, T>, today: Day, config: &Config, says: impl Fn(&T) -> bool) -> Vec<(Day, T)> {
    let reach = days.range(today.plus(-config.reach)..=today);
    reach.filter(|(_, value)| says(value)).map(|(day, value)| (*day, *value)).collect()
}

/// Where a walk over the days ended.
struct Walked<T> {
    today: Option<(T, Option<Beside>)>,
    cusum: Cusum,
    days: usize,
}

fn walk<T: Copy>(heard: &[(Day, T)], today: Day, config: &Config, beside: Rule<T>) -> Walked<T> {
    let mut walked = Walked { today: None, cusum: Cusum::default(), days: 0 };
    let first = today.plus(1 - config.memory);
    for (i, (day, value)) in heard.iter().enumerate().filter(|(_, (day, _))| *day >= first) {
        let before = day.plus(-config.guard);
        let past = &heard[..heard[..i].partition_point(|(earlier, _)| *earlier < before)];
        let window = &past[past.len().saturating_sub(config.window)..];
        let found = if window.len() < config.least_days { None } else { beside(window, (*day, *value), config) };
        if let Some(found) = &found {
            walked.cusum.add(*day, found.ratio, config);
        }
        if *day == today {
            walked.days = window.len();
            walked.today = Some((*value, found));
        }
    }
    walked
}

impl<T> Walked<T> {
    fn verdict(self, shown: impl Fn(&T) -> (f64, f64), ears: Ears, config: &Config) -> Verdict {
        let Some((value, found)) = self.today else { return Verdict::NotJudged(Reason::NotHeard) };
        let Some(Beside { usual, deviation, ratio }) = found else {
            return Verdict::NotJudged(Reason::TooFewDays { heard: self.days, needed: config.least_days });
        };
        let ((today, counted), Cusum { sum, since }) = (shown(&value), self.cusum);
        let evidence = Evidence { today, usual, deviation, sum, since, days: self.days, ears };
        // What is falling back to its usual is no news any more, however high the sum still stands.
        if sum > config.threshold && ratio > 0.0 && counted >= config.least {
            Verdict::Flagged(evidence)
        } else {
            Verdict::Quiet(evidence)
        }
    }
}

fn beside_counts(window: &[(Day, Count)], (day, count): (Day, Count), config: &Config) -> Option<Beside> {
    let expected = Usual::of(window)?.on(day);
    let deviation = expected.deviation();
    let ratio = expected.ratio(count.most(), expected.mean + config.shift * deviation);
    // What is not known is no evidence of a rise.
    let ratio = if matches!(count, Count::AtMost(_)) { ratio.min(0.0) } else { ratio };
    Some(Beside { usual: expected.mean, deviation, ratio })
}

fn beside_shares(window: &[(Day, Part)], (day, part): (Day, Part), config: &Config) -> Option<Beside> {
    let expected = share::usual(window, day)?;
    let deviation = expected.deviation(part.of);
    // Halfway to one at most: a share of few posts may deviate by more than there is room for.
    let raised = expected.share + (config.shift * deviation).min((1.0 - expected.share) / 2.0);
    Some(Beside { usual: expected.share, deviation, ratio: expected.ratio(part, raised) })
}
