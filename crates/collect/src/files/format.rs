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
    /// 4CAT's tables, and its lines of the platforms' own objects.
    FourCat,
    /// CrowdTangle's tables of Facebook and Instagram posts.
    CrowdTangle,
    /// Brandwatch's mentions, CSV or XLSX.
    Brandwatch,
    /// Talkwalker's results.
    Talkwalker,
    /// Meltwater's articles and posts.
    Meltwater,
    /// Bluesky's pages, posts, records and events.
    Bluesky,
    /// Mastodon's posts, and the archive of an account.
    Mastodon,
}

/// Whether a format's files are tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Json,
    Table,
    Either,
}

impl Format {
    pub(crate) const ALL: [Self; 12] = [
        Self::Polso,
        Self::TwitterV1,
        Self::TwitterV2,
        Self::Csv,
        Self::Jsonl,
        Self::FourCat,
        Self::CrowdTangle,
        Self::Brandwatch,
        Self::Talkwalker,
        Self::Meltwater,
        Self::Bluesky,
        Self::Mastodon,
    ];

    /// All names, for messages.
    pub(crate) fn names() -> String {
        Self::ALL.map(Self::as_str).join(", ")
    }

    /// Whether its files are tables.
    pub(crate) fn shape(self) -> Shape {
        match self {
            Self::Csv | Self::CrowdTangle | Self::Brandwatch | Self::Talkwalker | Self::Meltwater => Shape::Table,
            Self::FourCat => Shape::Either,
            Self::Polso | Self::TwitterV1 | Self::TwitterV2 | Self::Jsonl | Self::Bluesky | Self::Mastodon => {
                Shape::Json
            }
        }
    }

    /// Whether the user says where its fields are.
    pub(crate) fn takes_map(self) -> bool {
        matches!(self, Self::Csv | Self::Jsonl)
    }

    /// The name as `--format` takes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Polso => "polso",
            Self::TwitterV1 => "twitter-v1",
            Self::TwitterV2 => "twitter-v2",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::FourCat => "4cat",
            Self::CrowdTangle => "crowdtangle",
            Self::Brandwatch => "brandwatch",
            Self::Talkwalker => "talkwalker",
            Self::Meltwater => "meltwater",
            Self::Bluesky => "bluesky",
            Self::Mastodon => "mastodon",
        }
    }

    /// The source of rows that name none; a table's is its layout's.
    pub(crate) fn default_source(self) -> &'static str {
        match self {
            Self::TwitterV1 | Self::TwitterV2 => "twitter",
            Self::Bluesky => "bluesky",
            Self::Mastodon => "mastodon",
            _ => "import",
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
