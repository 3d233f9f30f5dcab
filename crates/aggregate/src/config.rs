//! The settings that shape a summary.

use crate::{Reviewed, Validation};
use polso_domain::Zone;
use serde::{Deserialize, Serialize};

/// What the numbers of a day depend on besides its posts.
#[derive(Debug, Clone)]
pub struct Config {
    /// Posts at and above this probability count as "needs checking", 0 to 1.
    pub threshold: f32,
    /// The zone whose midnights cut the days.
    pub zone: Zone,
    /// Seed of the bootstrap: the same seed, the same intervals.
    pub seed: u64,
    /// Resamples behind each interval; 1000 leave an interval's ends steady to about a twentieth of its width.
    pub resamples: u32,
    /// Rows at most in each list: hashtags, links, repeated texts.
    pub top: usize,
    /// Scored posts that a day needs before it is compared or compared with.
    pub min_posts_to_compare: u64,
    /// Authors that a day needs before it is compared or compared with.
    pub min_authors_to_compare: u64,
    /// Share of the expected minutes, 0 to 1, that a day may have missed and still be compared or compared with.
    pub max_missed_share: f64,
    /// Fingerprint of the settings, as the caller makes it; goes into the summary unread.
    pub config_hash: String,
    /// Hashtags that are followed, in every spelling: they are not suggested.
    pub followed: Vec<String>,
    /// Names of the sources that should have been asked.
    pub expected_sources: Vec<String>,
    /// What the mood of a day counts.
    pub headline: Headline,
    /// Id of the model that `validation` and the reviews' probabilities come from: days that another model read are not
    /// estimated with them.
    pub model: String,
    /// Posts whose mood is known, with what the model says of them.
    pub validation: Validation,
    /// What people said of posts of any day, each post once.
    pub reviewed: Vec<Reviewed>,
    /// Reviewed posts that a day needs for its mood to be corrected by them.
    pub min_reviewed: usize,
}

/// What a share is a share of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Headline {
    /// Posts, copies and reposts each.
    #[default]
    Posts,
    /// Different texts, however often they were posted.
    Texts,
    /// Authors, each the same, however much they posted.
    Authors,
}
