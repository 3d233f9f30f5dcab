//! Rows set aside, as files a person can read. The stream holds the truth; a file is written anew from it, so a crash
//! neither doubles nor cuts a line.

use crate::failure::Failure;
use crate::pipeline::Context;
use polso_domain::{SourceId, Timestamp, Zone};
use polso_stream::Stream;
use std::collections::BTreeSet;

/// Writes today's file of each source.
pub(crate) fn write(context: Context<'_>, stream: &Stream, sources: &BTreeSet<SourceId>) -> Result<(), Failure> {
    let (from, until) = today(&context.settings.zone, context.now);
    let day = context.settings.zone.day_of(context.now);
    for source in sources {
        let mut lines = stream.rejected(source, from, until)?.join("\n");
        lines.push('\n');
        let path = context.settings.data.quarantine(source, day);
        let folder = path.parent().unwrap_or(&path);
        std::fs::create_dir_all(folder).map_err(Failure::io("create", folder))?;
        polso_store::write_atomic(&path, lines.as_bytes())?;
    }
    Ok(())
}

fn today(zone: &Zone, now: Timestamp) -> (Timestamp, Timestamp) {
    let day = zone.day_of(now);
    (zone.start_of(day), zone.start_of(day.plus(1)))
}
