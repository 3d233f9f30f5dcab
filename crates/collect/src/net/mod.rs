//! Politeness: one object per host that every question goes through.
//!
//! ```text
//! Collector ─▶ Client (one a door: counts) ─▶ Hosts ─▶ Host: not before · token bucket · concurrency ─▶ reqwest
//! ```
//!
//! Invariants
//! * A host is asked no faster than its budget and never before the instant it named (`Retry-After` and the limit headers
//!   of all vendors); doors that share a host share the budget.
//! * Every question says who asks: the User-Agent carries a contact.
//! * Bodies end at a limit, packed or not; a silent server is left after a time-out.
//! * A redirect leads to the same host or nowhere; an address inside the house is refused unless the settings allow its host.
//!
//! It does not retry for long: a page is asked for again by [`listen`](crate::listen), which can say so in the ledger.

mod address;
mod answer;
mod body;
mod error;
mod host;
mod hosts;
mod limits;
mod request;
mod socket;
mod tally;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use error::AskError;
pub use hosts::{Client, Clock, HostBudget, Hosts, HostsConfig};
pub use tally::{Count, Tally};

pub(crate) use answer::Answer;
#[cfg(test)]
pub(crate) use answer::tests::answer;
pub(crate) use body::{Body, Piece};
pub(crate) use request::Request;
pub(crate) use socket::{Frame, Socket};
