//! what people decide: the claim library, the rumour log, reviews; every change kept
//!
//! Tables of their own in `state/polso.db`, beside the stream's. Posts are not here: the desk knows claims, days, counts
//! and decisions.
//!
//! Invariants
//! * A change is written down with what was there before, by whom and when, in the transaction that makes it. Nothing is
//!   deleted but by forgetting an author.
//! * What a person set stands: no later import and no rule writes over it.
//!
//! It decides nothing: matching and risk are made in `claims`, numbers in `aggregate`.
