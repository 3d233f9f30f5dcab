//! Names of events: the same happening has the same name in every run, so that telling it twice can be noticed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Longer names are cut and end in a fingerprint: they become file names and rows, in bytes.
const LONGEST: usize = 160;

/// The name of an event, such as `report/2020-03-15/1`: letters, digits, `.`, `_`, `-`, `%` and `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct EventId(String);

impl EventId {
    /// Joins parts with `/`. What has no place in a name is spelt `%XX`.
    pub fn of(parts: &[&str]) -> Self {
        let spelt = parts.iter().map(|part| spell(part)).collect::<Vec<_>>().join("/");
        if spelt.len() <= LONGEST {
            return Self(spelt);
        }
        let print = hex(&Sha256::digest(spelt.as_bytes())[..16]);
        let kept = LONGEST - print.len() - 1;
        // ASCII throughout, so that every place is between two characters.
        Self(format!("{}/{print}", spelt[..kept].trim_end_matches('/')))
    }

    /// The name as stored before; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty()
            && text.len() <= LONGEST
            && text.bytes().all(|byte| is_plain(byte) || byte == b'%' || byte == b'/');
        fits.then(|| Self(text.to_owned()))
    }

    /// As it is written down.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same as one word that may be a file's name.
    pub(crate) fn file_stem(&self) -> String {
        self.0.replace('/', "_")
    }

    /// A fingerprint in hexadecimal for those who want a short key: 32 digits, different for each receiver.
    pub(crate) fn key(&self, receiver: &str) -> String {
        let digest = Sha256::new().chain_update(self.0.as_bytes()).chain_update([0]).chain_update(receiver.as_bytes());
        hex(&digest.finalize()[..16])
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EventId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "no name of an event".to_owned())
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

/// A part without what would end it. A dot at its start would hide a file or lead upwards.
fn spell(part: &str) -> String {
    let mut spelt = String::with_capacity(part.len());
    for (i, byte) in part.bytes().enumerate() {
        if is_plain(byte) && !(i == 0 && byte == b'.') {
            spelt.push(char::from(byte));
        } else {
            spelt.push('%');
            spelt.push_str(&hex(&[byte]));
        }
    }
    spelt
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_readable() {
        assert_eq!(EventId::of(&["report", "2020-03-15", "1"]).as_str(), "report/2020-03-15/1");
        assert_eq!(EventId::of(&["spike", "tag", "città", "../x"]).as_str(), "spike/tag/citt%c3%a0/%2e.%2fx");
    }

    proptest! {
        #[test]
        fn any_parts_make_a_name_that_is_read_back(parts in prop::collection::vec(any::<String>(), 1..5)) {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            prop_assume!(parts.iter().any(|part| !part.is_empty()));
            let id = EventId::of(&parts);
            prop_assert_eq!(EventId::parse(id.as_str()), Some(id.clone()));
            prop_assert!(!id.file_stem().contains('/') && !id.file_stem().starts_with('.'));
        }

        #[test]
        fn different_parts_make_different_names(a in "\\PC{1,300}", b in "\\PC{1,300}") {
            prop_assert_eq!(EventId::of(&["spike", &a]) == EventId::of(&["spike", &b]), a == b);
        }
    }
}
