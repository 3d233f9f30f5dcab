//! asks each platform politely for one page at a time; reads files
//!
//! ```text
//! platform ──net::Client──▶ Collector::page ──▶ Page of Rows ──listen──▶ Delivery     whoever stores it, acknowledges it
//! file ─────open──────────▶ rows ──▶ Row
//! ```
//!
//! A collector knows one platform's wire and nothing else: no loop, no sleep, no storage. [`listen`] is the loop; [`Client`]
//! is the politeness; the caller is the storage.
//!
//! Invariants
//! * No row is skipped silently: each becomes a [`Row`], and one that cannot be used says why.
//! * No silence is silent: a page says what span of time it covers and what is lost for good; a failure is delivered like
//!   a page, so that it reaches the ledger.
//! * Nothing that explains a refusal names a person; a refused row is handed on only with its names removed.
//! * An id, a time or a text is never guessed. A wrong post is worse than a missing one.
//! * No request goes to a host faster than its budget, nor to an address inside the house unless the settings say so.
//!
//! It is not the privacy gate: what leaves here still carries handles and must go through it.

mod collector;
mod config;
mod files;
mod html;
mod listen;
mod net;
mod secret;
mod sources;
mod stamp;
mod track;

pub use collector::{Ask, Collector, Door, Gone, Mode, Next, Page, Recheck, Span};
pub use config::{Config, Places, Source, TEXT_DAYS};
pub use files::{Error, FieldMap, Format, Import, Reader, Rejected, Row, rows};
pub use listen::{Delivery, Listening, Outcome, listen};
pub use net::{AskError, Client, Clock, Count, HostBudget, Hosts, HostsConfig, Tally};
pub use track::{Tag, Track};
