//! A post and a known claim.

/// What a post does with a claim. A post that denies a rumour is never counted as spreading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// Says it is so.
    Repeats,
    /// Says it is not so.
    Rebuts,
    /// Speaks of it without taking a side.
    Mentions,
}

impl Stance {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Repeats => "repeats",
            Self::Rebuts => "rebuts",
            Self::Mentions => "mentions",
        }
    }
}

/// A known claim that a post speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimMatch {
    /// The claim's id in the library.
    pub claim: String,
    /// What the post does with it.
    pub stance: Stance,
    /// How near the post is to the claim's wording, 0 to 1.
    pub similarity: f32,
}
