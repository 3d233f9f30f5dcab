//! What is kept of a text so that a claim of tomorrow can be matched with it without reading it again.

use crate::Vector;

/// A text as the claim library sees it. Everything that matching needs, and nothing that anybody could read aloud.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// Where it lies among all texts.
    pub vector: Vector,
    /// Hashes of its words: stemmed, without the most common ones, each once, rising.
    pub terms: Vec<u32>,
    /// How it stands to whatever it speaks of.
    pub stand: Stand,
}

/// How a text stands to what it speaks of, before it is known what that is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stand {
    /// Probability that it denies something, 0 to 1.
    pub denies: f32,
    /// Probability that it asks something, 0 to 1.
    pub asks: f32,
    /// It holds a negation ("non", "not", "ei"): a claim may itself be one, so this says something only beside it.
    pub negated: bool,
    /// It calls something false in so many words ("bufala", "hoax", "huijaus").
    pub debunks: bool,
}
