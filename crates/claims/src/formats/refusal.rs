//! Why a row is no claim of the library, and what of a claim was left out.
//!
//! Both end in what a person reads after an import. Words of the file stand in them only after they were made plain.

use polso_domain::ClaimId;
use std::fmt;

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Another thing than a reviewed claim.
    NotAClaim,
    /// The element is there and nothing is in it: it was taken back.
    Withdrawn,
    /// No JSON, or nested without end.
    NotJson,
    /// The text is gone or has no letter.
    NoText,
    /// A text of more characters than any claim has.
    TooLong,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// Neither the review nor its publisher has a web address.
    NoPublisher,
    /// The publisher is not on the list.
    NotAllowed {
        /// The host of their site.
        host: String,
    },
    /// An id that is not spelt like one.
    BadId {
        /// What stands there.
        id: String,
    },
    /// A kind that claims of a table cannot have.
    BadKind {
        /// What stands there.
        kind: String,
    },
    /// A row with more or fewer cells than the header.
    Cells {
        /// Cells of the row.
        found: usize,
        /// Columns of the table.
        expected: usize,
    },
    /// The same review was read before and is not older.
    Duplicate {
        /// Its id.
        id: ClaimId,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAClaim => f.write_str("not a claim that was reviewed"),
            Self::Withdrawn => f.write_str("empty: its publisher took it back"),
            Self::NotJson => f.write_str("not JSON that can be read"),
            Self::NoText => f.write_str("no text of a claim"),
            Self::TooLong => write!(f, "a text of more than {} characters", super::text::LONGEST_RAW),
            Self::NotUtf8 => f.write_str("characters that are not UTF-8; save the file as UTF-8"),
            Self::NoPublisher => f.write_str("no web address of a publisher"),
            Self::NotAllowed { host } => write!(f, "`{host}` is not on the list of publishers"),
            Self::BadId { id } => {
                write!(f, "`{id}` is not an id: lowercase letters, digits, `-`, `.`, `_`, at most {}", ClaimId::LONGEST)
            }
            Self::BadKind { kind } => write!(f, "`{kind}` is not `rumour`, `fact` or `message`"),
            Self::Cells { found, expected } => write!(f, "{found} cells where the header has {expected}"),
            Self::Duplicate { id } => write!(f, "`{id}` again, and no newer"),
        }
    }
}

/// What of a claim that was taken could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Note {
    /// A date that is none, or can be read in two ways.
    Date,
    /// A link that is no web address.
    Link,
    /// A topic that is not one of the five.
    Topic,
    /// A language that is no code: the claim's is `und`.
    Language,
    /// A text that was cut.
    Cut,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date => f.write_str("without its date, which is not like 2020-03-09"),
            Self::Link => f.write_str("without its link, which is no web address"),
            Self::Topic => f.write_str("without its topic, which is not one of the five"),
            Self::Language => f.write_str("without its language, which is no code like `it`"),
            Self::Cut => write!(f, "cut to {} characters", super::text::LONGEST),
        }
    }
}
