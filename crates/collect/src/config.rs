//! The list of sources: one field a platform, each a list of tables in the settings (`[[collect.bluesky]]`).

use crate::collector::Collector;
use crate::net::AskError;
use crate::sources::{lemmy, telegram, x, youtube};
use crate::track::Track;
use serde::Deserialize;
use std::path::PathBuf;

/// All sources of the settings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Lemmy instances.
    pub lemmy: Vec<lemmy::Config>,
    /// Telegram channels.
    pub telegram: Vec<telegram::Config>,
    /// X's API.
    pub x: Vec<x::Config>,
    /// YouTube keys.
    pub youtube: Vec<youtube::Config>,
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
    pub fn build(&self, track: &Track, places: &Places) -> Result<Vec<Box<dyn Collector>>, AskError> {
        let Self { lemmy, telegram, x, youtube } = self;
        let mut all: Vec<Box<dyn Collector>> = Vec::new();
        for config in lemmy {
            all.push(Box::new(config.build(track)?));
        }
        for config in telegram {
            all.push(Box::new(config.build(track)?));
        }
        for config in x {
            all.push(Box::new(config.build(track, places)?));
        }
        for config in youtube {
            all.push(Box::new(config.build(track, places)?));
        }
        Ok(all)
    }
}
