//! One parquet file in, one out, with polso's own metadata.

use crate::{Error, columns::SCHEMA_KEY, files};
use polars::prelude::{DataFrame, KeyValueMetadata, ParquetReader, ParquetWriter, PolarsResult, SerReader};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Key in the metadata that says that texts and links were dropped from a part.
const TEXTS_KEY: &str = "polso.texts";
const DROPPED: &str = "dropped";

/// What a file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    /// Its layout.
    pub(crate) schema: &'static str,
    /// Whether its texts and links were dropped.
    pub(crate) texts_dropped: bool,
}

impl Label {
    pub(crate) fn of(schema: &'static str) -> Self {
        Self { schema, texts_dropped: false }
    }

    fn pairs(self) -> Vec<(String, String)> {
        let mut pairs = vec![(SCHEMA_KEY.to_owned(), self.schema.to_owned())];
        if self.texts_dropped {
            pairs.push((TEXTS_KEY.to_owned(), DROPPED.to_owned()));
        }
        pairs
    }
}

/// Writes a frame as a whole or not at all, zstd.
pub(crate) fn write(path: &Path, frame: &mut DataFrame, label: Label) -> Result<(), Error> {
    files::replace(path, |file| {
        let mut buffered = BufWriter::new(file);
        encode(&mut buffered, frame, label).map_err(Error::writing(path))?;
        buffered.flush().map_err(Error::io("write", path))
    })
}

/// What [`write`] puts into a file: the same frame gives the same bytes.
pub(crate) fn encode(into: impl Write, frame: &mut DataFrame, label: Label) -> PolarsResult<()> {
    let metadata = KeyValueMetadata::from_static(label.pairs());
    ParquetWriter::new(into).with_key_value_metadata(Some(metadata)).finish(frame).map(|_| ())
}

/// Reads a file's footer: that it is parquet, and which.
pub(crate) fn label(path: &Path, schema: &'static str) -> Result<Label, Error> {
    let mut reader = ParquetReader::new(open(path)?);
    let pairs = reader.get_metadata().map_err(Error::reading(path))?.key_value_metadata().clone().unwrap_or_default();
    let value = |key: &str| pairs.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.clone());
    let found = value(SCHEMA_KEY).unwrap_or_default();
    if found != schema {
        return Err(Error::Layout { path: path.to_owned(), found, expected: schema });
    }
    Ok(Label { schema, texts_dropped: value(TEXTS_KEY).as_deref() == Some(DROPPED) })
}

/// Reads some columns of a file, all when `None`.
pub(crate) fn read(path: &Path, columns: Option<&[&str]>) -> Result<DataFrame, Error> {
    let columns = columns.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
    ParquetReader::new(open(path)?).with_columns(columns).finish().map_err(Error::reading(path))
}

fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(Error::io("read", path))
}
