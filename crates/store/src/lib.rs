//! days on disk or in an object store: columns, partitions, atomic writes, erasure
//!
//! The lake is plain parquet in folders named by day, so that every analyst's tool reads it. Between `classify`, which
//! writes parts, and `aggregate`, which sums them up, nothing else stands.
//!
//! Invariants
//! * A file is there as a whole or not at all: written beside its place, synced, then renamed into it.
//! * A part is named by the stream offset it starts at: writing it again replaces it and adds nothing.
//! * A file that cannot be read is an error that names it. It is never skipped: a quiet gap would look like a quiet day.
//!
//! It is not where numbers are made: `aggregate` does that. It knows no clock and no config.

mod cells;
pub mod columns;
mod erase;
mod error;
mod export;
mod files;
#[cfg(test)]
mod fixtures;
mod held;
mod lake;
mod ledger;
mod parquet;
mod query;
mod rows;
mod scored;
mod sketches;
mod summaries;
mod table;

pub use erase::Erased;
pub use error::Error;
pub use files::{write_atomic, write_atomic_private};
pub use lake::Lake;
pub use scored::Scored;
pub use summaries::{Measure, measures_file};
pub use table::Table;
