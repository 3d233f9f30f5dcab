//! The days before a day, as they may be shown: read from `lake/summaries`, past the privacy gate.

use crate::failure::Failure;
use crate::pipeline::Context;
use polso_aggregate::DaySummary;
use polso_domain::Day;
use polso_privacy::Published;

/// Stored summaries of the `days` days before a day, oldest first. Days without one are not there.
pub(crate) fn before(context: Context<'_>, day: Day, days: i32) -> Result<Vec<Published<DaySummary>>, Failure> {
    let lake = context.settings.data.lake()?;
    let mut past = Vec::new();
    for earlier in lake.summary_days()?.into_iter().filter(|earlier| (day.plus(-days)..day).contains(earlier)) {
        let summary = polso_aggregate::stored(&lake, earlier)?;
        past.extend(summary.map(|summary| polso_privacy::publish(summary, context.settings.min_people)));
    }
    Ok(past)
}
