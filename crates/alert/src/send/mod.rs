//! Who is told what happened, by which way, and how often that is tried.
//!
//! ```text
//! events (ready texts) ─▶ plan: who wants it, quiet hours, told before? ─▶ outbox: waiting ─▶ a way ─▶ outbox: sent
//!                                                                              └── not this time: again in a later run
//! ```
//!
//! Invariants
//! * An event is told once to each receiver. It is written down as waiting before it is sent and as sent after the
//!   receiver said yes; a crash between the two sends it again under the same id, which the receiver can drop.
//! * An event holds published numbers and words of ours only. Texts are ready when they come here: no translation.
//! * No secret is in an event, in the outbox, in an error or in a log. Addresses of hooks are secrets too.
//! * No redirect is followed, no environment is read, nothing leaves unencrypted but to this machine or a named host.
//! * The clock is an argument; waiting between tries of one run is all that takes time here.
//!
//! It is not a place for rules: what is worth telling is decided before. The outbox itself is somebody else's
//! ([`Outbox`]).

mod carrier;
mod config;
mod error;
mod event;
mod feed;
mod file;
mod id;
mod letter;
mod mail;
mod matrix;
mod net;
mod office;
mod outbox;
mod plan;
mod quiet;
mod receiver;
mod secret;
mod slack;
mod teams;
mod way;
mod webhook;

pub use carrier::Patience;
pub use config::{Config, Places};
pub use error::Error;
pub use event::{Event, Kind, Level, Line};
pub use feed::{Config as FeedConfig, Entry as FeedEntry, render as feed};
pub use id::EventId;
pub use office::{Office, Outcome, Told};
pub use outbox::{BoxError, Entry, Outbox, State};
pub use plan::Fate;
pub use quiet::QuietHours;
pub use receiver::Receiver;

#[cfg(test)]
mod tests;
