//! Short marks of texts, for remembering in a cursor what a page held without what it said.
//!
//! FNV-1a in 64 bits: the same on every machine and in every version, which the standard library's hasher does not
//! promise. It keeps no secret and need not: a cursor never leaves its database, and two thousand marks collide once in
//! a trillion pages.

const START: u64 = 0xcbf2_9ce4_8422_2325;
const FACTOR: u64 = 0x0100_0000_01b3;

/// A mark in the making.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark(u64);

impl Mark {
    pub(crate) fn new() -> Self {
        Self(START)
    }

    /// Goes on with a text; where one ends and the next begins counts.
    pub(crate) fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(FACTOR);
        }
    }

    /// The mark; never zero, which stands for none.
    pub(crate) fn value(self) -> u64 {
        self.0.max(1)
    }
}

/// The mark of texts in order.
pub(crate) fn of(texts: &[&str]) -> u64 {
    let mut mark = Mark::new();
    for text in texts {
        mark.add(text);
    }
    mark.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_never_change_and_know_where_texts_end() {
        assert_eq!(of(&["a", "b"]), 0xd2b3_7181_9297_f98a);
        assert_ne!(of(&["ab", ""]), of(&["a", "b"]));
        assert_ne!(of(&["a"]), of(&["a", ""]));
    }
}
