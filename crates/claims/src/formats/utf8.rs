//! Bytes as text: what is not UTF-8 becomes U+FFFD, so that damage in one row costs that row and not the file.
//!
//! No other encoding is guessed. A claim whose text holds U+FFFD is refused later, whoever wrote it there.

use std::io::{self, BufRead, ErrorKind, Read};

/// How much is taken at a time.
const CHUNK: usize = 64 << 10;

/// A reader of nothing but valid UTF-8.
pub(crate) struct Utf8<R> {
    inner: R,
    /// The beginning of a character whose end has not been read yet.
    carry: Vec<u8>,
    chunk: Vec<u8>,
    at: usize,
}

impl<R: BufRead> Utf8<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, carry: Vec::new(), chunk: Vec::new(), at: 0 }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.chunk.clear();
        self.at = 0;
        loop {
            let fresh = match self.inner.fill_buf() {
                Ok(fresh) => &fresh[..fresh.len().min(CHUNK)],
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let taken = fresh.len();
            self.carry.extend_from_slice(fresh);
            self.inner.consume(taken);
            self.take(taken == 0);
            if taken == 0 || !self.chunk.is_empty() {
                return Ok(());
            }
        }
    }

    /// Moves what is carried into the chunk, but for a character that may go on.
    fn take(&mut self, ended: bool) {
        let raw = std::mem::take(&mut self.carry);
        let mut done = 0;
        for piece in raw.utf8_chunks() {
            self.chunk.extend_from_slice(piece.valid().as_bytes());
            let bad = piece.invalid();
            done += piece.valid().len() + bad.len();
            let unfinished = std::str::from_utf8(bad).is_err_and(|error| error.error_len().is_none());
            if done == raw.len() && unfinished && !ended {
                self.carry.extend_from_slice(bad);
            } else if !bad.is_empty() {
                self.chunk.extend_from_slice("\u{fffd}".as_bytes());
            }
        }
    }
}

impl<R: BufRead> BufRead for Utf8<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.chunk.len() {
            self.refill()?;
        }
        Ok(&self.chunk[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.chunk.len().min(self.at + amount);
    }
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut ready = self.fill_buf()?;
        let count = ready.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::BufReader;

    proptest! {
        #[test]
        fn any_bytes_are_what_the_standard_library_makes_of_them(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(0xe2), Just(0x82), Just(0xac), Just(b'a')], 0..200),
            size in 1..9usize,
        ) {
            let mut text = Vec::new();
            Utf8::new(BufReader::with_capacity(size, bytes.as_slice())).read_to_end(&mut text).unwrap();
            prop_assert_eq!(String::from_utf8(text).unwrap(), String::from_utf8_lossy(&bytes));
        }
    }
}
