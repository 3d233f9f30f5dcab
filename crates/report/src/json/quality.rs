//! Label quality as `report.json` writes it.

use super::moods::ShareV1;
use crate::Quality;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct QualityV1<'a> {
    task: &'a str,
    /// Empty for all languages together.
    lang: &'a str,
    /// Empty for all labels together.
    label: &'a str,
    n: u64,
    precision: Option<ShareV1>,
    recall: Option<ShareV1>,
    kappa: Option<KappaV1>,
    between_reviewers: Option<KappaV1>,
    since: String,
    upto: String,
}

/// Not a share: it may be negative.
#[derive(Serialize)]
struct KappaV1 {
    value: f64,
    low: f64,
    high: f64,
}

impl<'a> QualityV1<'a> {
    pub(super) fn new(row: &'a Quality) -> Self {
        let rounded = super::rounded;
        let kappa = |kappa: &polso_aggregate::Share| KappaV1 {
            value: rounded(kappa.share),
            low: rounded(kappa.low),
            high: rounded(kappa.high),
        };
        Self {
            task: &row.task,
            lang: &row.lang,
            label: &row.label,
            n: row.n,
            precision: row.precision.as_ref().map(ShareV1::new),
            recall: row.recall.as_ref().map(ShareV1::new),
            kappa: row.kappa.as_ref().map(kappa),
            between_reviewers: row.between_reviewers.as_ref().map(kappa),
            since: row.since.to_string(),
            upto: row.upto.to_string(),
        }
    }
}
