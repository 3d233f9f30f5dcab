//! The stages of the flow, one file each: what is read, what is written, what is said about it.

pub(crate) mod aggregate;
pub(crate) mod claims;
pub(crate) mod classify;
pub(crate) mod collect;
pub(crate) mod feed;
pub(crate) mod import;
pub(crate) mod ledger;
pub(crate) mod past;
pub(crate) mod quarantine;
pub(crate) mod report;
pub(crate) mod retention;
pub(crate) mod spikes;
pub(crate) mod tell;
