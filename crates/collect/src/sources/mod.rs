//! The sources: one module a platform. Each has its `Config` (one table of the settings), its wire, and an
//! `impl Collector`; the list of all stands in `config`.

pub(crate) mod bluesky;
pub(crate) mod feed;
pub(crate) mod lemmy;
pub(crate) mod mastodon;
pub(crate) mod telegram;
pub(crate) mod wordpress;
pub(crate) mod x;
pub(crate) mod youtube;

// What several of them share.
mod aside;
mod cursor;
mod purse;
mod rounds;
#[cfg(test)]
mod testing;
mod words;
