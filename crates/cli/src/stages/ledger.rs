//! The ledger, copied from the stream into the lake: what was heard, what is lost, and what is still open.

use crate::failure::Failure;
use crate::pipeline::Context;
use polso_domain::{Day, LedgerEntry, SourceId, Timestamp};
use polso_store::Lake;
use polso_stream::Stream;
use std::collections::BTreeMap;

/// Writes the ledger of every day of the report. The hours since a door was last heard are written as missed; they are
/// not stored in the stream, so the next answer that fills them takes them back.
pub(crate) fn write(context: Context<'_>, stream: &Stream, lake: &Lake) -> Result<(), Failure> {
    let mut hours: BTreeMap<(SourceId, Timestamp), LedgerEntry> = BTreeMap::new();
    let mut open = Vec::new();
    for name in context.settings.doors()? {
        if let Some(door) = stream.known_door(&name)? {
            open.extend(door.unheard(context.now));
        }
    }
    for entry in stream.ledger()?.into_iter().chain(open) {
        let key = (entry.source.clone(), entry.hour);
        hours.entry(key).or_insert_with(|| LedgerEntry::empty(entry.source.clone(), entry.hour)).add(&entry);
    }
    let zone = &context.settings.zone;
    let mut days: BTreeMap<Day, Vec<LedgerEntry>> = BTreeMap::new();
    for entry in hours.into_values() {
        days.entry(zone.day_of(entry.hour)).or_default().push(entry);
    }
    for (day, entries) in days {
        lake.write_ledger(day, &entries)?;
    }
    Ok(())
}
