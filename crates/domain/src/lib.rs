//! the words: posts, author keys, readings, claims, days; no I/O, no async
//!
//! Every other crate speaks in these types and this crate knows nobody. Nothing here can fail for a reason outside
//! its arguments: no files, no clock, no network, no randomness.
//!
//! Invariants
//! * A handle exists only in [`RawPost`] and [`RawEvent`], which can be neither copied, printed nor stored.
//!   Everything behind the privacy gate carries [`AuthorKey`]s.
//! * A mood is a distribution ([`Sentiment`]), never a lone label.
//! * No type derives `Serialize`: stored shapes live beside their storage, are versioned there, and nothing becomes a
//!   file format by accident.
//!
//! It is not a place for helpers that two crates happen to share.

mod action;
mod beside;
mod claim;
mod ids;
mod ledger;
mod observation;
mod post;
mod reading;
mod rumours;
mod sketch;
mod time;
mod vector;
mod week;
mod withhold;

pub use action::{Action, ActionStatus, Standing};
pub use beside::{Beside, BesideFile, EventKind, OutsidePoint, OutsideSeries, PublicEvent};
pub use claim::{Claim, ClaimId, ClaimKind, ClaimMatch, Stance, Topic, Verdict, Wording};
pub use ids::{AuthorKey, BadKey, PostId, SourceId, TextKey};
pub use ledger::{LedgerEntry, SetAside, SourceState};
pub use observation::{Held, Observation};
pub use post::{Claimed, Event, Post, PostKind, RawAuthor, RawEvent, RawPost, Reach, Reference};
pub use reading::{EMOTIONS, Emotions, Heard, Reading, Sentiment, Unscored};
pub use rumours::{LogChange, QuestionLine, RumourLine, RumourLog};
pub use sketch::{Sketch, Stand};
pub use time::{BadTime, Day, Timestamp, Zone};
pub use vector::Vector;
pub use week::Week;
pub use withhold::Withhold;
