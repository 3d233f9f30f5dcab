//! What was judged on a day, as a report may show it.

use super::{Config, Evidence, Judged, Measure, Reason, Verdict};
use polso_domain::Withhold;

/// Every measure of a day with its verdict, in the order of measures, and the rule that was used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spikes {
    /// The numbers of the rule.
    pub rule: Config,
    /// Each measure once.
    pub judged: Vec<Judged>,
    /// Measures withheld because too few people stand behind them. Zero until the gate was passed.
    pub withheld: u32,
}

impl Spikes {
    /// Measures that could be compared with their past.
    pub fn compared(&self) -> usize {
        self.judged.iter().filter(|one| !matches!(one.verdict, Verdict::NotJudged(_))).count()
    }

    /// What is out of the ordinary, with its numbers.
    pub fn flagged(&self) -> impl Iterator<Item = (&Measure, &Evidence)> {
        self.judged.iter().filter_map(|one| match &one.verdict {
            Verdict::Flagged(evidence) => Some((&one.measure, evidence)),
            _ => None,
        })
    }

    /// What could not be judged, with the reason.
    pub fn not_judged(&self) -> impl Iterator<Item = (&Measure, Reason)> {
        self.judged.iter().filter_map(|one| match one.verdict {
            Verdict::NotJudged(reason) => Some((&one.measure, reason)),
            _ => None,
        })
    }
}

impl Withhold for Spikes {
    fn withhold(&mut self, people: u32) -> u32 {
        let Self { rule: _, judged, withheld } = self;
        let before = judged.len();
        judged.retain(|one| match (&one.measure, &one.verdict) {
            // Of the whole day: how many posted is told, and a share of too few people has no value here.
            (Measure::Volume | Measure::NegativeShare, _) => true,
            // Nobody is no group.
            (_, Verdict::Flagged(found) | Verdict::Quiet(found)) => {
                found.today <= 0.0 || found.today >= f64::from(people)
            }
            // The name of a small group is what must not be told.
            (Measure::Narrative(_) | Measure::Tag(_), Verdict::NotJudged(Reason::TooFewPeople)) => false,
            (_, Verdict::NotJudged(_)) => true,
        });
        let gone = u32::try_from(before - judged.len()).unwrap_or(u32::MAX);
        *withheld += gone;
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Ears;

    fn spikes() -> Spikes {
        let found = |today: f64| Evidence {
            today,
            usual: 2.0,
            deviation: 1.0,
            sum: 6.0,
            since: None,
            days: 56,
            ears: Ears::default(),
        };
        let tag = |name: &str, verdict| Judged { measure: Measure::Tag(name.into()), verdict };
        Spikes {
            judged: vec![
                Judged { measure: Measure::Volume, verdict: Verdict::Flagged(found(3.0)) },
                Judged { measure: Measure::Questions, verdict: Verdict::NotJudged(Reason::TooFewPeople) },
                tag("few", Verdict::Flagged(found(4.0))),
                tag("many", Verdict::Quiet(found(5.0))),
                tag("small", Verdict::NotJudged(Reason::TooFewPeople)),
                tag("young", Verdict::NotJudged(Reason::TooFewDays { heard: 3, needed: 14 })),
            ],
            ..Spikes::default()
        }
    }

    #[test]
    fn what_too_few_people_stand_behind_is_withheld_and_counted() {
        let mut spikes = spikes();
        assert_eq!(spikes.withhold(5), 2);
        let left: Vec<Measure> = spikes.judged.iter().map(|one| one.measure.clone()).collect();
        let tags = [Measure::Tag("many".into()), Measure::Tag("young".into())];
        assert_eq!(left, [&[Measure::Volume, Measure::Questions][..], &tags[..]].concat());
        assert_eq!((spikes.withheld, spikes.compared()), (2, 2));
    }

    #[test]
    fn what_was_not_judged_is_not_compared() {
        let spikes = spikes();
        assert_eq!((spikes.compared(), spikes.flagged().count(), spikes.not_judged().count()), (3, 2, 3));
    }
}
