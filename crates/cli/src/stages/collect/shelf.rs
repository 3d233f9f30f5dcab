//! Storing what the listeners bring, and saying in the end what came of it.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::quarantine;
use polso_collect::{Delivery, Door, Next, Outcome, Page, Rejected, Row};
use polso_domain::{LedgerEntry, SetAside, SourceState, Timestamp};
use polso_privacy::Gate;
use polso_stream::{Appended, AtDoor, Batch, Stream};
use std::collections::{BTreeMap, BTreeSet};

/// The stream, the gate before it, and what has been put there so far.
pub(super) struct Shelf<'a> {
    context: Context<'a>,
    stream: &'a mut Stream,
    gate: &'a Gate,
    told: BTreeMap<Door, Told>,
    set_aside: BTreeSet<Door>,
}

/// What came through one door.
#[derive(Default)]
struct Told {
    appended: Appended,
    reasons: BTreeMap<SetAside, u64>,
    /// Why the last question was not answered, if it was not.
    trouble: Option<(SourceState, String, Option<String>)>,
    /// Minutes that nobody can hear any more.
    lost_minutes: i64,
    caught_up: bool,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(context: Context<'a>, stream: &'a mut Stream, gate: &'a Gate) -> Self {
        Self { context, stream, gate, told: BTreeMap::new(), set_aside: BTreeSet::new() }
    }

    pub(super) fn cursor(&self, door: &Door) -> Result<Option<String>, Failure> {
        Ok(self.stream.cursor(door)?)
    }

    /// Stores a delivery and acknowledges it. An error ends everything: nothing more can be kept.
    pub(super) fn take(&mut self, delivery: Delivery) -> Result<(), Failure> {
        let Delivery { door, at, count, outcome, stored } = delivery;
        let mut batch = Batch { counts: vec![counts(&door, at, count)], ..Batch::default() };
        match outcome {
            Outcome::Answered(page) => self.fill(&mut batch, (&door, at), page),
            Outcome::Failed { state, said, hint, goes_on } => {
                self.note_failure(&mut batch, (&door, at), (state, said, hint, goes_on));
            }
        }
        let appended = self.stream.append(&batch)?;
        let told = self.told.entry(door.clone()).or_default();
        told.appended.add(appended);
        tracing::debug!(%door, new = appended.new, known = appended.known, deleted = appended.deleted, "page stored");
        // A listener that is gone needs no word.
        stored.send(true).ok();
        Ok(())
    }

    fn fill(&mut self, batch: &mut Batch, (door, at): (&Door, Timestamp), page: Page) {
        let Page { rows, cursor, covered, lost, next } = page;
        let told = self.told.entry(door.clone()).or_default();
        told.trouble = None;
        told.caught_up = matches!(next, Next::CaughtUp(_));
        for row in rows {
            match row {
                Row::Event(event) => batch.events.push(self.gate.admit(event, at)),
                Row::SetAside(rejected) => {
                    *told.reasons.entry(rejected.reason).or_default() += 1;
                    self.set_aside.insert(door.clone());
                    batch.rejected.push(kept(door, rejected, at));
                }
                Row::Gap(_) | Row::Ignored => {}
            }
        }
        for span in &lost {
            let minutes = (span.to.millis() - span.from.millis()) / 60_000;
            told.lost_minutes += minutes;
            self.context.printer.missing(format_args!("{door}: {minutes} minutes can no longer be heard"));
            tracing::info!(%door, minutes, "lost for good");
        }
        batch.cursor = cursor.map(|cursor| (door.clone(), cursor));
        batch.door = Some(AtDoor {
            name: door.clone(),
            at,
            state: SourceState::Heard,
            said: None,
            covered: covered.map(|span| (span.from, span.to)),
            lost: lost.iter().map(|span| (span.from, span.to)).collect(),
        });
    }

    fn note_failure(
        &mut self,
        batch: &mut Batch,
        (door, at): (&Door, Timestamp),
        (state, said, hint, goes_on): (SourceState, String, Option<String>, bool),
    ) {
        let told = self.told.entry(door.clone()).or_default();
        // The first of a row of the same failures is said at once; the end says what is left.
        let new = told.trouble.as_ref().is_none_or(|(_, before, _)| *before != said);
        if new && goes_on {
            self.context.printer.say(format_args!("{door}: {said}; asking again"));
        }
        tracing::info!(%door, state = state.as_str(), goes_on, "{said}");
        if state == SourceState::Closed {
            batch.counts.push(LedgerEntry { closed: 1, ..LedgerEntry::empty(door.clone(), at) });
        }
        let (covered, lost) = (None, Vec::new());
        batch.door = Some(AtDoor { name: door.clone(), at, state, said: Some(said.clone()), covered, lost });
        told.trouble = Some((state, said, hint));
    }

    /// Says what came through each door and what is missing.
    pub(super) fn tell(self) -> Result<Exit, Failure> {
        let mut exit = Exit::Done;
        quarantine::write(self.context, self.stream, &self.set_aside)?;
        for (door, told) in self.told {
            exit = exit.or(told.tell(self.context, &door));
        }
        Ok(exit)
    }
}

impl Told {
    fn tell(self, context: Context<'_>, door: &Door) -> Exit {
        let Appended { new, edited, known, deleted, refused, rejected: _ } = self.appended;
        let mut parts = vec![format!("{new} new posts")];
        let also = [
            (edited, "edited"),
            (known, "already known"),
            (deleted, "deleted"),
            (refused, "kept out (deleted or forgotten)"),
        ];
        parts.extend(also.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
        context.printer.say(format_args!("{door}: {}", parts.join(", ")));
        tracing::info!(%door, new, edited, known, deleted, refused, caught_up = self.caught_up, "collected");
        let mut exit = if self.lost_minutes > 0 { Exit::Missing } else { Exit::Done };
        for (reason, n) in &self.reasons {
            let rows = if *n == 1 { "row" } else { "rows" };
            context.printer.missing(format_args!("{n} {rows} of {door} set aside: {}", reason.as_str()));
            exit = Exit::Missing;
        }
        if let Some((state, said, hint)) = self.trouble {
            context.printer.missing(format_args!("{door} ({}): {said}", state.as_str()));
            if let Some(hint) = hint {
                context.printer.say(format_args!("  hint: {hint}"));
            }
            exit = Exit::Missing;
        }
        exit
    }
}

fn counts(door: &Door, at: Timestamp, count: polso_collect::Count) -> LedgerEntry {
    LedgerEntry {
        asked: count.asked,
        answered: count.answered,
        failed: count.failed,
        rate_limited_seconds: u32::try_from(count.rate_limited_ms.div_ceil(1_000)).unwrap_or(u32::MAX),
        cursor_resets: count.cursor_resets,
        ..LedgerEntry::empty(door.clone(), at)
    }
}

fn kept(door: &Door, rejected: Rejected, at: Timestamp) -> polso_stream::Rejected {
    let Rejected { reason, line, detail, raw, source: _ } = rejected;
    let row = serde_json::json!({ "reason": reason.as_str(), "row": line, "detail": detail, "raw": raw });
    polso_stream::Rejected { source: door.clone(), hour: at.hour(), received: at, reason, row: row.to_string() }
}
