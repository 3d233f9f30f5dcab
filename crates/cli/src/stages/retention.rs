//! Texts leave when their time is over; readings stay.

use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::classify::CONSUMER;
use polso_domain::Timestamp;

const DAY_MS: i64 = 86_400_000;

/// Takes texts out of the stream and the lake that were received longer ago than `privacy.keep_text_days`.
#[tracing::instrument(name = "retention", skip_all)]
pub(crate) fn apply(context: Context<'_>) -> Result<(), Failure> {
    let settings = context.settings;
    let kept_ms = i64::from(settings.keep_text_days) * DAY_MS;
    let before = Timestamp::from_millis(context.now.millis() - kept_ms);
    let purged = settings.data.stream()?.purge(before, &[CONSUMER])?;
    let dropped = settings.data.lake()?.drop_texts(before)?;
    if purged + dropped > 0 {
        tracing::info!(stream = purged, lake = dropped, "texts past their time were dropped");
    }
    Ok(())
}
