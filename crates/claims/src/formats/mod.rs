//! Claims that come in from files, each row a [`Claim`] or refused with its place and its reason.
//!
//! A file is read as a stream: what is held is one element, some pages of bytes, and for every id that was met a hash and a
//! date, about thirty bytes. A feed of two gigabytes needs no more memory than one of two megabytes, but for these.
//!
//! Invariants
//! * Whatever the bytes are, there is no panic, and a claim obeys the bounds: plain text of at most 1,000 characters
//!   without control characters and tags, an id that [`ClaimId`](polso_domain::ClaimId) allows, links of the web.
//! * No person comes in: who made a claim is not read, and a publisher is the host of a site on the list, never a name.
//! * The same claim in the same review has the same id in every file: the publisher's host and a hash of the review's
//!   address and the claim's words. So a new verdict replaces the old one, and a page that checks three claims has three
//!   ids.
//! * Within a file the latest date wins: a later version is delivered again under the same id, an older or equally old one
//!   is refused as [`Refusal::Duplicate`].
//! * What was delivered stays good when the file breaks off: the error says at which element.
//!
//! It does not unpack, fetch or store anything, and it knows nothing of people's handles in texts: the caller gives a
//! function that takes them out ([`Options::clean`]).

mod columns;
mod date;
mod draft;
mod entities;
mod error;
mod finder;
mod format;
mod graph;
mod json;
mod lang;
mod limit;
mod link;
mod publishers;
mod refusal;
mod review;
mod rows;
mod seeds;
mod table;
mod text;
mod utf8;
mod verdicts;
mod walk;

#[cfg(test)]
mod tests;

pub use columns::{ColumnMap, Field};
pub use error::FormatError;
pub use format::Format;
pub use publishers::{PUBLISHERS, Publishers};
pub use refusal::{Note, Refusal};
pub use seeds::seeds;
pub use verdicts::{VERDICTS, Verdicts};

use polso_domain::Claim;
use rows::Rows;
use std::io::{self, BufRead, Read as _};
use std::ops::ControlFlow;

/// How much of a file is looked at before it is read.
const HEAD_BYTES: u64 = 64 << 10;

/// By what a file is read.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What words of verdicts mean.
    pub verdicts: &'a Verdicts,
    /// Whose reviews are taken.
    pub publishers: &'a Publishers,
    /// Where the fields of a table are.
    pub columns: &'a ColumnMap,
    /// Takes out of a text what points at a person: handles, mail addresses, numbers of telephones.
    pub clean: &'a dyn Fn(&str) -> String,
}

/// What a row came out as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A claim for the library. One with the id of an earlier claim replaces it.
    Claim(Claim),
    /// Something was left out of the claim that came just before.
    Noted {
        /// Where it stands in the file.
        place: String,
        /// What.
        note: Note,
    },
    /// No claim.
    Refused {
        /// Where it stands in the file.
        place: String,
        /// Why.
        reason: Refusal,
    },
}

/// Reads a file of claims and hands over each row as it comes; `each` ends the reading with [`ControlFlow::Break`].
///
/// Without a format, the beginning of the file tells it. The three shapes of JSON tell themselves apart, whichever of them
/// is named. Gives the format that was found; when `each` ended the reading, that of what was read.
pub fn read(
    input: impl BufRead,
    format: Option<Format>,
    options: &Options<'_>,
    each: &mut dyn FnMut(Read) -> ControlFlow<()>,
) -> Result<Format, FormatError> {
    let start = |source| FormatError::Io { place: "the start".to_owned(), source };
    let mut text = utf8::Utf8::new(input);
    let mut head = Vec::new();
    text.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(start)?;
    let shape = format::shape(&head, format, options.columns)?;
    let mark = if head.starts_with(format::MARK) { format::MARK.len() } else { 0 };
    let look = head[mark..].to_vec();
    let all = io::Cursor::new(head.split_off(mark)).chain(text);
    let mut rows = Rows::new(options, each);
    match shape {
        format::Shape::Documents => json::documents(all, &mut rows)?,
        format::Shape::Lines => json::lines(all, &mut rows)?,
        format::Shape::Table => table::read(all, &look, &mut rows)?,
        format::Shape::Seeds => seeds::read(all, &mut rows)?,
    }
    Ok(rows.format().or(format).unwrap_or(Format::ClaimReview))
}
