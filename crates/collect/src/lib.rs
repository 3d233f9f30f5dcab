//! asks each platform politely for one page at a time; reads files
//!
//! Today it reads files: what a platform, a researcher or polso itself has exported becomes
//! [`RawEvent`](polso_domain::RawEvent)s, row by row, whatever the file's size.
//!
//! Invariants
//! * No row is skipped silently: each becomes a [`Row`], and one that cannot be used says why.
//! * Nothing that explains a refusal names a person; a refused row is handed on only with its names removed.
//! * An id, a time or a text is never guessed. A wrong post is worse than a missing one.
//!
//! It is not the privacy gate: what leaves here still carries handles and must go through it.

mod files;

pub use files::{Error, FieldMap, Format, Import, Reader, Rejected, Row, rows};
