//! What a card says of a published network: it has one head, and labels of its own.

use serde::{Deserialize, Serialize};

/// Where a published model came from and what it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// `NAME@COMMIT` on the hub, or the folder that it was copied from.
    pub source: String,
    /// How its labels go together.
    pub answers: Answers,
    /// What each of its outputs means, in their order: a mood, an emotion or `needs_checking`; empty for anything else.
    pub means: Vec<String>,
}

/// How the labels of a network go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answers {
    /// One of them holds: the outputs go through a softmax.
    One,
    /// Each may hold: the outputs go through a sigmoid each.
    Several,
}
