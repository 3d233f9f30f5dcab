//! One row of the lake.

use crate::{AuthorKey, ClaimMatch, Day, Heard, Post, PostId, Sketch, SourceId, TextKey};

/// A post with what was read in it: everything later stages know.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The post, without names.
    pub post: Post,
    /// The day it counts for, in the report's time zone.
    pub day: Day,
    /// What the model heard.
    pub heard: Heard,
    /// What stays of its text for the claims of tomorrow; `None` when it was not read or the model makes no vectors.
    pub sketch: Option<Sketch>,
    /// Known claims it speaks of.
    pub claims: Vec<ClaimMatch>,
    /// Id of the model that read it.
    pub model: String,
}

/// A post of the lake as claims are matched with it: by its sketch, never by its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Its source.
    pub source: SourceId,
    /// Its id.
    pub id: PostId,
    /// Who posted it.
    pub author: AuthorKey,
    /// Detected language.
    pub lang: String,
    /// Fingerprint of its normalised text.
    pub text_key: TextKey,
    /// Probability that it needs checking.
    pub needs_checking: Option<f32>,
    /// Whether it asks something.
    pub question: Option<bool>,
    /// The claims it was matched with.
    pub claims: Vec<ClaimMatch>,
    /// What is kept of its text.
    pub sketch: Sketch,
}
