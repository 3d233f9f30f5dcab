//! Claims that go round or answer what goes round, and what a post does with one.

use crate::Day;
use std::fmt;

/// A claim's name in the library: lowercase letters, digits, `-`, `.`, `_`, at most 80 of them. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimId(String);

impl ClaimId {
    /// The longest id, in bytes.
    pub const LONGEST: usize = 80;

    /// `None` for anything that is not spelt like an id.
    pub fn new(id: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
        ((1..=Self::LONGEST).contains(&id.len()) && id.chars().all(allowed)).then(|| Self(id.to_owned()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An enum whose variants are stored as words.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stored word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The one that is stored as `word`.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

pub(crate) use words;

words! {
    /// What a claim is in the library for.
    ClaimKind {
        /// Something doubtful that goes round, with an answer to it.
        Rumour = "rumour",
        /// Something confirmed that answers questions.
        Fact = "fact",
        /// What the authority itself said.
        Message = "message",
        /// Posts that need checking, say the same and match nothing known: a claim that nobody has answered yet.
        Narrative = "narrative",
        /// Questions that ask the same.
        Question = "question",
    }
}

words! {
    /// What a post does with a claim. A post that denies a rumour is never counted as spreading it.
    Stance {
        /// Says it is so.
        Repeats = "repeats",
        /// Says it is not so.
        Rebuts = "rebuts",
        /// Speaks of it, or asks, without taking a side.
        Mentions = "mentions",
    }
}

words! {
    /// The first level of WHO's taxonomy of what people say about an epidemic (JMIR 2021, e30971).
    Topic {
        /// Where it comes from and how it spreads.
        Cause = "cause",
        /// Symptoms, who is at risk, how bad it is.
        Illness = "illness",
        /// Prevention at home, cures, vaccines.
        Treatment = "treatment",
        /// Measures, rules, tests, masks.
        Intervention = "intervention",
        /// Statistics, media, cover-ups, scams.
        Information = "information",
    }
}

/// What those who checked a claim found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is so.
    True,
    /// It is so but for details.
    MostlyTrue,
    /// Parts are so and parts are not, or it misleads.
    Mixed,
    /// It is not so but for details.
    MostlyFalse,
    /// It is not so.
    False,
    /// Nobody can tell yet.
    Unproven,
    /// It was a joke.
    Satire,
    /// Their own word, which no table translates.
    Other(String),
}

impl Verdict {
    const WORDS: [(Verdict, &'static str); 7] = [
        (Self::True, "true"),
        (Self::MostlyTrue, "mostly_true"),
        (Self::Mixed, "mixed"),
        (Self::MostlyFalse, "mostly_false"),
        (Self::False, "false"),
        (Self::Unproven, "unproven"),
        (Self::Satire, "satire"),
    ];

    /// The stored word; a verdict that is not ours is its own.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(own) => own,
            known => Self::WORDS.iter().find(|(verdict, _)| verdict == known).map_or("", |(_, word)| word),
        }
    }

    /// The verdict that is stored as `word`; any other word stays as it is.
    pub fn named(word: &str) -> Self {
        let known = Self::WORDS.iter().find(|(_, known)| *known == word);
        known.map_or_else(|| Self::Other(word.to_owned()), |(verdict, _)| verdict.clone())
    }
}

/// A claim of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its name.
    pub id: ClaimId,
    /// What it is there for.
    pub kind: ClaimKind,
    /// What those who checked it found; [`Verdict::Unproven`] for what nobody checked.
    pub verdict: Verdict,
    /// What it is about.
    pub topic: Option<Topic>,
    /// The page that answers it.
    pub link: Option<String>,
    /// Who checked it: the host of their site, never a person.
    pub publisher: Option<String>,
    /// When it was checked or said.
    pub since: Option<Day>,
    /// Whether it was taken back by those who checked it or put aside here: it is matched no more and stays in the log.
    pub withdrawn: bool,
    /// The claim in each language it is known in.
    pub wordings: Vec<Wording>,
}

/// A claim in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// ISO 639-1 code; `und` when it is not known.
    pub lang: String,
    /// The claim in one neutral sentence.
    pub text: String,
    /// The correction, or what follows for the reader.
    pub answer: Option<String>,
    /// How people put it.
    pub phrasings: Vec<String>,
}

impl Wording {
    /// Every way the claim is put in this language: what posts are compared with.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.phrasings.iter().map(String::as_str))
    }
}

/// A known claim that a post speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimMatch {
    /// The claim's id in the library.
    pub claim: ClaimId,
    /// What the post does with it.
    pub stance: Stance,
    /// How near the post is to the claim's nearest wording: the cosine of their vectors, 0 to 1.
    pub similarity: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_there_and_back() {
        for word in ["true", "mostly_true", "mixed", "mostly_false", "false", "unproven", "satire", "Pants on Fire"] {
            assert_eq!(Verdict::named(word).as_str(), word);
        }
        assert_eq!(Verdict::named("Falso"), Verdict::Other("Falso".to_owned()));
        for kind in ClaimKind::ALL {
            assert_eq!(ClaimKind::named(kind.as_str()), Some(*kind));
        }
        assert!(Stance::named("").is_none() && Topic::named("Cause").is_none());
    }

    #[test]
    fn an_id_is_no_path_and_no_markup() {
        assert!(ClaimId::new("warm-water-flushes-virus").is_some());
        for bad in ["", "a b", "<b>", "Maiuscola", "a/b", "città", &"x".repeat(81)] {
            assert!(ClaimId::new(bad).is_none(), "{bad}");
        }
    }
}
