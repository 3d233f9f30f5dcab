//! The promises of the crate head, one by one.
