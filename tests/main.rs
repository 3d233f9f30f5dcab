//! Whole runs of the real binary, and the rules of the house.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

mod alerting;
mod architecture;
mod bad_input;
mod beside;
mod claiming;
mod collecting;
mod crash;
mod demo;
mod documents;
mod evaluation;
mod faults;
mod importing;
mod languages;
mod models;
mod platform;
mod privacy;
#[cfg(feature = "libtorch")]
mod published;
mod real;
mod reviewing;
mod shares;
mod spiking;
mod support;
