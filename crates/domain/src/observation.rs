//! One row of the lake.

use crate::{ClaimMatch, Day, Heard, Post};

/// A post with what was read in it: everything later stages know.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The post, without names.
    pub post: Post,
    /// The day it counts for, in the report's time zone.
    pub day: Day,
    /// What the model heard.
    pub heard: Heard,
    /// Known claims it speaks of.
    pub claims: Vec<ClaimMatch>,
    /// Id of the model that read it.
    pub model: String,
}
