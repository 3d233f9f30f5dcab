//! How good the labels are, as far as people reviewed a sample of them.

use crate::failure::Failure;
use crate::pipeline::Context;
use crate::review;
use polso_domain::Day;
use polso_report::Quality;

/// Days back that reviewed posts speak for the labels of a day.
const REVIEWED_DAYS: i32 = 28;

/// How good the labels were found to be in the weeks up to a day, by those who reviewed a sample of them.
pub(super) fn of_labels(context: Context<'_>, day: Day) -> Result<Vec<Quality>, Failure> {
    let settings = context.settings;
    let (model, threshold) = (settings.models.id()?, settings.models.threshold()?);
    let mut reviews = settings.data.desk()?.reviews(day.plus(-REVIEWED_DAYS), day)?;
    reviews.retain(|review| review.model == model);
    let Some((since, upto)) = reviews.first().zip(reviews.last()).map(|(first, last)| (first.day, last.day)) else {
        return Ok(Vec::new());
    };
    let rows = polso_aggregate::quality(&review::judged(&reviews, threshold), review::LEAST);
    let shown = rows.into_iter().map(|row| Quality {
        task: row.task,
        lang: row.lang,
        label: row.label,
        n: row.n as u64,
        precision: row.precision,
        recall: row.recall,
        kappa: row.kappa,
        between_reviewers: row.between_reviewers,
        since,
        upto,
    });
    Ok(shown.collect())
}
