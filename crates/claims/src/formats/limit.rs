//! A bound on how much is read for one element, kept below the parser, which would otherwise hold whatever a string or a
//! quotation mark that is never closed brings.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// The largest element that is read: a graph of a whole page fits, a review is a thousandth of it.
pub(crate) const LARGEST_MIB: usize = 4;
const LARGEST: usize = LARGEST_MIB << 20;

/// What may still be read for the present element.
#[derive(Debug)]
pub(crate) struct Budget {
    left: Cell<usize>,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { left: Cell::new(LARGEST) }
    }

    /// A new element begins.
    pub(crate) fn renew(&self) {
        self.left.set(LARGEST);
    }

    pub(crate) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

/// A reader that fails when the budget is spent.
pub(crate) struct Limited<'b, R> {
    inner: R,
    budget: &'b Budget,
}

impl<'b, R: BufRead> Limited<'b, R> {
    pub(crate) fn new(inner: R, budget: &'b Budget) -> Self {
        Self { inner, budget }
    }

    /// The next byte that is no white space, which is not taken.
    pub(crate) fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let ready = self.inner.fill_buf()?;
            let Some(first) = ready.first() else { return Ok(None) };
            let blank = ready.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blank == 0 {
                return Ok(Some(*first));
            }
            self.inner.consume(blank);
        }
    }
}

impl<R: BufRead> Read for Limited<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.inner.fill_buf()?;
        let left = self.budget.left.get();
        let count = ready.len().min(into.len()).min(left);
        if count == 0 && left == 0 && !ready.is_empty() && !into.is_empty() {
            return Err(io::Error::other("one element is too large"));
        }
        into[..count].copy_from_slice(&ready[..count]);
        self.inner.consume(count);
        self.budget.left.set(left - count);
        Ok(count)
    }
}
