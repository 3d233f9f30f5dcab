//! The words that an assessment is made of, as they are stored, written in rules and translated in reports.

use serde::Deserialize;

/// An enum whose variants rise and are stored as words.
macro_rules! grades {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        pub enum $name { $($(#[$of])* #[serde(rename = $word)] $variant,)* }

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

grades! {
    /// How much harm a claim may do where it goes round (Public Health Communications Collaborative).
    Risk {
        /// Limited reach; may show an information gap.
        Low = "low",
        /// Circulates, some threat, may spread.
        Medium = "medium",
        /// Circulates widely, grows, is likely to change health decisions.
        High = "high",
    }
}

grades! {
    /// What is suggested to do.
    Level {
        /// Nothing that would amplify it.
        Ignore = "ignore",
        /// Have the answer ready and post it without naming the rumour.
        Passive = "passive",
        /// Answer it directly.
        Direct = "direct",
    }
}

grades! {
    /// What a claim may do to whoever believes it.
    Threat {
        /// Nothing to answer.
        Little = "little",
        /// It may mislead.
        Some = "some",
        /// It is likely to change health decisions.
        Serious = "serious",
    }
}

grades! {
    /// Where a claim is going.
    Trend {
        /// Too young to have a past.
        New = "new",
        /// Certainly more than before.
        Rising = "rising",
        /// No change that chance would not make.
        Steady = "steady",
        /// Certainly less than before.
        Falling = "falling",
        /// Too few of its days were heard.
        Unclear = "unclear",
    }
}

grades! {
    /// What shows, beside the number of people, that a claim circulates widely.
    Sign {
        /// Its share of all posts of the day.
        ShareOfDay = "share_of_day",
        /// On several platforms.
        Sources = "sources",
        /// In several languages.
        Langs = "langs",
        /// In many wordings.
        UniqueTexts = "unique_texts",
        /// For days.
        DaysAlive = "days_alive",
    }
}
