//! rules that compare a day with its past, and who to tell

pub mod detect;
pub mod send;
