//! What is out of the ordinary as `report.json` writes it: each flag with the numbers of its rule.

use super::rounded;
use crate::spikes::named;
use polso_alert::detect::{Config, Ears, Evidence, Measure, Reason};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct SpikeV1<'a> {
    measure: &'static str,
    /// The hashtag or the claim's id; null for what there is only one of.
    key: Option<&'a str>,
    /// Posts, people or a share, as the measure has it.
    today: f64,
    usual: f64,
    /// Standard deviation of a day like today about the usual.
    deviation: f64,
    /// Sum of log-likelihood ratios; flagged above the rule's threshold.
    sum: f64,
    /// The first day of the rise.
    since: Option<String>,
    /// Heard days behind the usual value.
    days: usize,
    ears: EarsV1,
}

/// Null before a method has enough days.
#[derive(Serialize)]
struct EarsV1 {
    c1: Option<bool>,
    c2: Option<bool>,
    c3: Option<bool>,
}

impl<'a> SpikeV1<'a> {
    pub(super) fn new((measure, evidence): (&'a Measure, &Evidence)) -> Self {
        let Ears { c1, c2, c3 } = evidence.ears;
        let (measure, key) = named(measure);
        Self {
            measure,
            key,
            today: rounded(evidence.today),
            usual: rounded(evidence.usual),
            deviation: rounded(evidence.deviation),
            sum: rounded(evidence.sum),
            since: evidence.since.map(|day| day.to_string()),
            days: evidence.days,
            ears: EarsV1 { c1, c2, c3 },
        }
    }
}

#[derive(Serialize)]
pub(super) struct NotJudgedV1<'a> {
    measure: &'static str,
    key: Option<&'a str>,
    /// `not_heard`, `too_few_people` or `too_few_days`.
    reason: &'static str,
    /// Days that were heard, where they are too few.
    heard: Option<usize>,
}

impl<'a> NotJudgedV1<'a> {
    pub(super) fn new((measure, reason): (&'a Measure, Reason)) -> Self {
        let (measure, key) = named(measure);
        let (reason, heard) = match reason {
            Reason::NotHeard => ("not_heard", None),
            Reason::TooFewPeople => ("too_few_people", None),
            Reason::TooFewDays { heard, .. } => ("too_few_days", Some(heard)),
        };
        Self { measure, key, reason, heard }
    }
}

/// The rule that was used, the same for every measure.
#[derive(Serialize)]
pub(super) struct RuleV1 {
    method: &'static str,
    threshold: f64,
    /// The rise it is made for, in standard deviations.
    shift: f64,
    /// Heard days behind a usual value: at most and at least.
    window: usize,
    least_days: usize,
    /// Days just before a day that are left out of its usual value.
    guard: i32,
    /// Days whose evidence is added up.
    memory: i32,
    /// Of quiet days, how many are flagged at most.
    false_alarms: f64,
}

impl RuleV1 {
    pub(super) fn new(rule: &Config) -> Self {
        let Config { reach: _, window, least_days, memory, guard, shift, threshold, least: _ } = *rule;
        let method = "CUSUM of log-likelihood ratios, negative binomial; shares beta-binomial";
        Self { method, threshold, shift, window, least_days, guard, memory, false_alarms: Config::FALSE_ALARMS }
    }
}
