//! What was judged on a synthetic day: some of it flagged, some quiet, some left open.

use polso_alert::detect::{Config, Ears, Evidence, Judged, Measure, Reason, Spikes, Verdict};
use polso_domain::{ClaimId, Day};

/// Names that only stand in what is counted or withheld: they must be nowhere in a report.
pub(crate) const UNTOLD: [&str; 2] = ["tagofthree", "tagoffour"];

/// One of each.
pub(crate) fn spikes() -> Spikes {
    let narrative = |id: &str| ClaimId::new(id).map_or(Measure::Questions, Measure::Narrative);
    let tag = |name: &str| Measure::Tag(name.to_owned());
    let judged = vec![
        (Measure::Volume, Verdict::Flagged(evidence(12_480.0, 9_815.4, 7.34))),
        (Measure::NegativeShare, Verdict::Quiet(evidence(0.384, 0.331, 1.9))),
        (Measure::Questions, Verdict::Flagged(evidence(301.0, 88.25, 10.0))),
        (narrative("banana-peel-heals"), Verdict::Flagged(evidence(30.0, 4.01, 9.1))),
        (narrative("hot-tea-clears-virus"), Verdict::Flagged(evidence(180.0, 41.0, 8.0))),
        (tag("covid2019"), Verdict::NotJudged(Reason::TooFewDays { heard: 9, needed: 14 })),
        (tag("quarantena"), Verdict::Flagged(evidence(480.0, 97.3, 6.2))),
        (tag(UNTOLD[0]), Verdict::NotJudged(Reason::TooFewPeople)),
        (tag(UNTOLD[1]), Verdict::Flagged(evidence(4.0, 0.2, 6.0))),
    ];
    let judged = judged.into_iter().map(|(measure, verdict)| Judged { measure, verdict }).collect();
    Spikes { rule: Config::default(), judged, withheld: 0 }
}

/// Weeks of which nothing can be said yet.
pub(crate) fn too_early() -> Spikes {
    let open = |measure| Judged { measure, verdict: Verdict::NotJudged(Reason::TooFewDays { heard: 12, needed: 14 }) };
    let judged = [Measure::Volume, Measure::NegativeShare, Measure::Tag("iorestoacasa".to_owned())].map(open).to_vec();
    Spikes { judged, ..Spikes::default() }
}

fn evidence(today: f64, usual: f64, sum: f64) -> Evidence {
    let ears = Ears { c1: Some(true), c2: Some(sum > 7.0), c3: None };
    let since = Some(Day::from_epoch_days(18_328));
    Evidence { today, usual, deviation: usual.sqrt(), sum, since, days: 56, ears }
}
