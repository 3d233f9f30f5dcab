//! Texts leave when their time is over; readings stay.

use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::classify::CONSUMER;
use polso_domain::{SourceId, Timestamp};

const DAY_MS: i64 = 86_400_000;

/// Takes texts out of the stream and the lake that were received longer ago than `privacy.keep_text_days`, or
/// than their platform allows.
#[tracing::instrument(name = "retention", skip_all)]
pub(crate) fn apply(context: Context<'_>) -> Result<(), Failure> {
    let settings = context.settings;
    let kept_ms = i64::from(settings.keep_text_days) * DAY_MS;
    let before = Timestamp::from_millis(context.now.millis() - kept_ms);
    let (mut stream, lake) = (settings.data.stream()?, settings.data.lake()?);
    let mut purged = stream.purge(before, &[CONSUMER])?;
    let mut dropped = lake.drop_texts(before, None)?;
    for (source, days) in polso_collect::TEXT_DAYS {
        let Some(source) = SourceId::new(source).filter(|_| *days < settings.keep_text_days) else { continue };
        let before = Timestamp::from_millis(context.now.millis() - i64::from(*days) * DAY_MS);
        purged += stream.purge_source(&source, before, &[CONSUMER])?;
        dropped += lake.drop_texts(before, Some(&source))?;
    }
    if purged + dropped > 0 {
        tracing::info!(stream = purged, lake = dropped, "texts past their time were dropped");
    }
    Ok(())
}
