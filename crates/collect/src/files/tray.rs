//! Rows that were read and not yet asked for: one record may give many.

use super::check::{Fault, Rules};
use super::{Rejected, Row};
use polso_domain::SourceId;
use std::collections::VecDeque;

/// A queue of rows, all from the same record until they are taken.
#[derive(Default)]
pub(crate) struct Tray {
    rows: VecDeque<Row>,
    /// The line or number of the record being read.
    pub place: u64,
}

impl Tray {
    pub(crate) fn take(&mut self) -> Option<Row> {
        self.rows.pop_front()
    }

    pub(crate) fn put(&mut self, row: Row) {
        self.rows.push_back(row);
    }

    /// Puts a row, or says why there is none; `json` is what it was read from.
    pub(crate) fn settle(&mut self, row: Result<Row, Fault>, json: &str, rules: &Rules) {
        match row {
            Ok(row) => self.put(row),
            Err(fault) => self.refuse(fault, rules.source.clone(), rules.redactor.json(json)),
        }
    }

    /// Puts a row that cannot be used; `raw` has no names in it.
    pub(crate) fn refuse(&mut self, fault: Fault, source: SourceId, raw: Option<String>) {
        let Fault { reason, detail } = fault;
        self.put(Row::SetAside(Rejected { reason, line: self.place, detail, raw, source }));
    }
}
