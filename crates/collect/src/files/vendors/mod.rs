//! The tables of other tools, one module a tool.

pub(crate) mod brandwatch;
pub(crate) mod crowdtangle;
pub(crate) mod fourcat;
pub(crate) mod meltwater;
mod own;
pub(crate) mod talkwalker;
