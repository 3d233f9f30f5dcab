//! The sources: one module a platform. Each has its `Config` (one table of the settings), its wire, and an
//! `impl Collector`; the list of all stands in `config`.

mod aside;
mod cursor;
pub(crate) mod lemmy;
mod purse;
mod rounds;
pub(crate) mod telegram;
#[cfg(test)]
mod testing;
mod words;
pub(crate) mod x;
pub(crate) mod youtube;
