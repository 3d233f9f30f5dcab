//! The review loop: posts drawn for people, what they answered, and what follows from it.
//!
//! ```text
//! lake ─▶ population ─▶ aggregate::sample ─▶ sheet ─▶ a file ─▶ people
//! people ─▶ a file ─▶ filled ─▶ (lake: what the model says) ─▶ desk ─▶ judged: quality, corrected shares
//! ```
//!
//! A file goes through spreadsheets on its way, so nothing in it is believed that can be looked up: a code in each row
//! says which post it is about, and the lake says the rest.

mod cells;
mod code;
mod filled;
mod judged;
mod population;
mod sheet;
mod words;

pub(crate) use filled::{Answered, Filled};
pub(crate) use judged::{LEAST, judged, moods, said};
pub(crate) use population::{Population, Row};
pub(crate) use sheet::{Look, written};
