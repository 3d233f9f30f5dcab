//! What a round leaves for the next, in a process that may be another one. Holds no name: hashtags, times, opaque ids.

use super::threads::Threads;
use super::walk::Walk;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const VERSION: u8 = 1;

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    v: u8,
    /// Counts pages: two cursors are equal only if they are the same page's.
    n: u64,
    /// A walk a spelling.
    pub(super) tags: BTreeMap<String, Walk>,
    /// Posts watched for answers.
    #[serde(default)]
    pub(super) threads: Threads,
    /// The end of what was read of everything, in milliseconds.
    #[serde(default)]
    pub(super) covered: Option<i64>,
}

impl Default for Cursor {
    fn default() -> Self {
        Self { v: VERSION, n: 0, tags: BTreeMap::new(), threads: Threads::default(), covered: None }
    }
}

impl Cursor {
    /// Reads a stored one; `None` if it is not ours.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().filter(|cursor: &Self| cursor.v == VERSION)
    }

    /// The stored form of the next page's. It always is JSON; were there none, the old one would stay and lose nothing.
    pub(super) fn turn(&mut self) -> Option<String> {
        self.n += 1;
        serde_json::to_string(self).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_comes_back_as_it_went() {
        let mut cursor = Cursor::default();
        cursor.tags.insert("iorestoacasa".to_owned(), Walk::default());
        let first = cursor.turn().unwrap();
        assert_eq!(Cursor::read(&first), Some(cursor.clone()));
        assert_ne!(first, cursor.turn().unwrap());
    }

    proptest! {
        #[test]
        fn anything_else_is_none(text in ".{0,80}") {
            prop_assert_eq!(Cursor::read(&text), None);
            prop_assert_eq!(Cursor::read(&format!("{{\"v\":2,\"n\":1,\"tags\":{{}},\"x\":{text:?}}}")), None);
        }
    }
}
