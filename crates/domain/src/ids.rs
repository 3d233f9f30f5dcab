//! Names for things: which source, which post, which author, which text.

use std::fmt;

/// Where posts come from, as the config or `--source` names it: `twitter`, `bluesky`, `mastodon.social`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(String);

impl SourceId {
    /// Takes a name of letters, digits, `.`, `_`, `-`, at most 64 long: it becomes a folder name in `quarantine/`.
    /// Anything else gives `None`.
    pub fn new(name: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let fine = (1..=64).contains(&name.len()) && name.chars().all(allowed) && !name.starts_with('.');
        fine.then(|| Self(name.to_ascii_lowercase()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A post's id at its source. Behind the gate an id that would spell an account (a URI, a DID) is a keyed hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostId(String);

impl PostId {
    /// Wraps the id as the source spells it.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A person as polso knows one: 128 bits of a keyed hash of source and handle. It says who spoke twice, not who spoke.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AuthorKey([u8; 16]);

/// A text that should be an author key and is not 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadKey;

impl AuthorKey {
    /// Wraps the hash.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// 32 lowercase hexadecimal digits: how a key is stored and shown.
    pub fn to_hex(&self) -> String {
        self.0.iter().fold(String::with_capacity(32), |mut hex, byte| {
            for nibble in [byte >> 4, byte & 15] {
                hex.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
            hex
        })
    }

    /// Reads what [`Self::to_hex`] wrote.
    pub fn from_hex(hex: &str) -> Result<Self, BadKey> {
        if hex.len() != 32 || !hex.is_ascii() {
            return Err(BadKey);
        }
        let mut bytes = [0; 16];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).map_err(|_| BadKey)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Debug for AuthorKey {
    /// Four digits are enough to tell two authors apart in a log and too few to follow one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "author:{:02x}{:02x}…", self.0[0], self.0[1])
    }
}

/// Fingerprint of a normalised text: copies of a text share it, whoever posts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextKey(pub u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_goes_there_and_back() {
        let key = AuthorKey::new([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 127, 128, 200, 254, 255]);
        assert_eq!(AuthorKey::from_hex(&key.to_hex()), Ok(key));
        assert_eq!(AuthorKey::from_hex("è23"), Err(BadKey));
        assert_eq!(format!("{key:?}"), "author:0001…");
    }

    #[test]
    fn a_source_cannot_climb_out_of_its_folder() {
        assert!(SourceId::new("../etc").is_none());
        assert!(SourceId::new(".hidden").is_none());
        assert_eq!(SourceId::new("Mastodon.Social").unwrap().as_str(), "mastodon.social");
    }
}
