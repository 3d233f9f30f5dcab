//! The list of sources: one field a platform, each a list of tables in the settings (`[[collect.bluesky]]`).

use crate::collector::Collector;
use crate::net::AskError;
use crate::sources::{feed, wordpress};
use crate::track::Track;
use serde::Deserialize;
use std::path::PathBuf;

/// All sources of the settings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Feeds: news, ministries, blogs.
    pub feed: Vec<feed::Config>,
    /// WordPress sites.
    pub wordpress: Vec<wordpress::Config>,
}

/// Where collectors find and keep what is not in the settings.
#[derive(Debug, Clone)]
pub struct Places {
    /// Relative paths of secrets start here.
    pub secrets: PathBuf,
    /// Sessions are kept here, readable by their owner alone.
    pub sessions: PathBuf,
}

impl Config {
    /// Makes every collector. Taken apart without `..`: a new source must be made here before it compiles.
    pub fn build(&self, track: &Track, _places: &Places) -> Result<Vec<Box<dyn Collector>>, AskError> {
        let Self { feed, wordpress } = self;
        let mut all: Vec<Box<dyn Collector>> = Vec::new();
        for config in feed {
            all.push(Box::new(config.build(track)?));
        }
        for config in wordpress {
            all.push(Box::new(config.build(track)?));
        }
        Ok(all)
    }
}
