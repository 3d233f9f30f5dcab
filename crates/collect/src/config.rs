//! The list of sources: one field a platform, each a list of tables in the settings (`[[collect.bluesky]]`).

use crate::collector::Collector;
use crate::net::AskError;
use crate::sources::{feed, wordpress};
use crate::track::Track;
use serde::Deserialize;
use std::collections::HashSet;
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
        named_apart(&all)?;
        Ok(all)
    }
}

/// Two doors of one name would go on with each other's cursors.
fn named_apart(all: &[Box<dyn Collector>]) -> Result<(), AskError> {
    let mut known = HashSet::new();
    match all.iter().map(|collector| collector.door()).find(|door| !known.insert(*door)) {
        None => Ok(()),
        Some(twice) => Err(AskError::Settings {
            what: format!("two sources are called `{twice}`"),
            hint: "give one of them a `name` of its own".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_doors_of_one_name_are_refused() {
        let feed = |name: &str| serde_json::json!({"url": "https://salute.example/feed/", "name": name});
        let build = |names: [&str; 2]| {
            let config: Config = serde_json::from_value(serde_json::json!({"feed": names.map(feed)})).unwrap();
            let places = Places { secrets: PathBuf::new(), sessions: PathBuf::new() };
            config.build(&Track::default(), &places).map(|all| all.len())
        };
        assert_eq!(build(["a", "b"]).unwrap(), 2);
        assert!(build(["a", "A"]).unwrap_err().hint().unwrap().contains("`name`"));
    }
}
