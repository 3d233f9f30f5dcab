//! The numbers that a decision looks at, written down for `models/training/claims.py`, which weighs them.

use crate::failure::Failure;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A CSV with a header; nothing at all when no file was asked for.
pub(super) struct Table(Option<(BufWriter<File>, PathBuf)>);

impl Table {
    pub(super) fn new(path: Option<&Path>, header: &[String]) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self(None)) };
        let file = File::create(path).map_err(Failure::io("create", path))?;
        let mut table = Self(Some((BufWriter::new(file), path.to_owned())));
        table.put(header, std::iter::empty())?;
        Ok(table)
    }

    /// One row: words that hold no comma and no quote, then numbers.
    pub(super) fn put(&mut self, words: &[String], numbers: impl Iterator<Item = f32>) -> Result<(), Failure> {
        let Some((to, path)) = &mut self.0 else { return Ok(()) };
        let cells: Vec<String> = words.iter().cloned().chain(numbers.map(|number| number.to_string())).collect();
        writeln!(to, "{}", cells.join(",")).map_err(Failure::io("write", path.clone()))
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        let Some((mut to, path)) = self.0 else { return Ok(()) };
        to.flush().map_err(Failure::io("write", path))
    }
}
