//! Ids as an instance gives them: its own, opaque, and ordered only by their length and then by their letters.
//!
//! They are used for paging and for asking again, and are stored in cursors; so one that could spell an account (an
//! address, a handle) is not taken. The id of a post for everybody else is its `uri`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::cmp::Ordering;

/// An instance's own id of a post.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct LocalId(String);

impl LocalId {
    /// Takes letters, digits, `-`, `_` and `.`, at most 64; anything else could spell an account.
    pub(super) fn new(id: &str) -> Option<Self> {
        let opaque = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        ((1..=64).contains(&id.len()) && id.bytes().all(opaque)).then(|| Self(id.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Ord for LocalId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for LocalId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'de> Deserialize<'de> for LocalId {
    /// Some servers write their ids as numbers.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Text(String),
            Number(u64),
        }
        let id = match Written::deserialize(deserializer)? {
            Written::Text(id) => id,
            Written::Number(id) => id.to_string(),
        };
        Self::new(&id).ok_or_else(|| D::Error::custom("no opaque id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_is_later_and_letters_decide_the_rest() {
        let mut ids: Vec<LocalId> =
            ["10", "9", "AZ", "Aa", "117020593741189701"].map(|id| LocalId::new(id).unwrap()).into();
        ids.sort();
        let ids: Vec<&str> = ids.iter().map(LocalId::as_str).collect();
        assert_eq!(ids, ["9", "10", "AZ", "Aa", "117020593741189701"]);
    }

    #[test]
    fn what_may_spell_an_account_is_no_id() {
        for bad in ["", "https://m.example/users/seed_anna/1", "seed@m.example", "a b", &"1".repeat(65)] {
            assert!(LocalId::new(bad).is_none(), "{bad}");
        }
        assert_eq!(serde_json::from_str::<LocalId>("117020593741189701").unwrap().as_str(), "117020593741189701");
        assert!(serde_json::from_str::<LocalId>("1.5").is_err() && serde_json::from_str::<LocalId>("null").is_err());
    }
}
