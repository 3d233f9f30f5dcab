//! The formats by name.

use super::Error;
use std::fmt;
use std::str::FromStr;

/// How a file's rows are spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// polso's own JSON Lines: posts, deletions, gaps.
    Polso,
    /// Twitter's classic objects, one status each.
    TwitterV1,
    /// Twitter's or X's v2 objects, as pages or flattened.
    TwitterV2,
    /// A table with a header.
    Csv,
    /// JSON objects of any shape, read through a [`FieldMap`](super::FieldMap).
    Jsonl,
}

impl Format {
    const ALL: [Self; 5] = [Self::Polso, Self::TwitterV1, Self::TwitterV2, Self::Csv, Self::Jsonl];

    /// The name as `--format` takes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Polso => "polso",
            Self::TwitterV1 => "twitter-v1",
            Self::TwitterV2 => "twitter-v2",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    /// The source of rows that name none.
    pub(crate) fn default_source(self) -> &'static str {
        match self {
            Self::TwitterV1 | Self::TwitterV2 => "twitter",
            Self::Polso | Self::Csv | Self::Jsonl => "import",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|format| format.as_str() == name);
        known.ok_or_else(|| Error::UnknownName { name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse::<Format>().unwrap(), format);
        }
        assert!("xlsx".parse::<Format>().unwrap_err().hint().unwrap().contains("twitter-v1"));
    }
}
