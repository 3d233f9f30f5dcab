//! The rules as written in `risk.toml`: read, checked, and open to whoever prints them.
//!
//! A rule that makes no sense is refused with its key; none is bent into shape.

use super::{Level, Risk, Threat};
use crate::Error;
use polso_domain::{Topic, Verdict};
use serde::Deserialize;

/// The rules that come with polso.
const SHIPPED: &str = include_str!("../../../../config/risk.toml");

/// How a claim is rated.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// From where a claim circulates.
    pub circulating: Circulating,
    /// From where it circulates widely.
    pub wide: Wide,
    /// What it may do.
    pub threat: Threats,
    /// When it grows.
    pub growth: Growth,
    /// When those who deny it lower its risk.
    pub rebuttals: Rebuttals,
    /// What is suggested.
    pub level: Levels,
}

/// From where a claim circulates; below either number it is ignored.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circulating {
    /// Posts of the day.
    pub posts: u64,
    /// People of the day.
    pub people: u64,
}

/// From where a claim circulates widely: both first numbers and some of the signs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wide {
    /// People of the day.
    pub people: u64,
    /// Effective authors of the day.
    pub effective_authors: f64,
    /// How many of the signs there must be, 0 to 5.
    pub signs: usize,
    /// Share of all posts of the day, 0 to 1.
    pub share_of_day: f64,
    /// Platforms.
    pub sources: usize,
    /// Languages.
    pub langs: usize,
    /// Different texts.
    pub unique_texts: u64,
    /// Days since it was first heard, the first one counted.
    pub days_alive: u32,
}

/// What a claim may do, by its verdict, by what the model says of its posts, and by its topic.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threats {
    r#true: Threat,
    mostly_true: Threat,
    mixed: Threat,
    mostly_false: Threat,
    r#false: Threat,
    unproven: Threat,
    satire: Threat,
    other: Threat,
    /// Mean probability that the posts need checking below which some threat is little.
    pub little_below: f64,
    /// Mean probability that the posts need checking from which some threat is serious.
    pub serious_from: f64,
    topics: Vec<String>,
}

/// When a claim grows.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// Days that must have been heard before.
    pub days: u32,
    /// Ratio above which the lower end of the interval must lie.
    pub rising: f64,
    /// Ratio below which the upper end of the interval must lie.
    pub falling: f64,
    /// Share of all posts of the day from which a claim need not grow to be high.
    pub or_share_of_day: f64,
}

/// When those who deny a claim lower its risk.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rebuttals {
    /// Their share of the posts that take a side, 0 to 1.
    pub share: f64,
}

/// What is suggested at each risk.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    low: Level,
    medium: Level,
    high: Level,
}

impl Rules {
    /// The rules that come with polso.
    pub fn shipped() -> Result<Self, Error> {
        Self::parse(SHIPPED)
    }

    /// Rules of one's own, in TOML as `config/risk.toml` is written.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let rules: Self = toml::from_str(text).map_err(|source| Error::Rules { source })?;
        rules.checked()
    }

    fn checked(self) -> Result<Self, Error> {
        let (wide, threat, growth) = (&self.wide, &self.threat, &self.growth);
        let topic = |topic: &String| Topic::named(topic).is_some();
        let level = &self.level;
        let checks = [
            ("circulating.posts", self.circulating.posts > 0, "at least 1"),
            ("circulating.people", self.circulating.people > 0, "at least 1"),
            ("wide.people", wide.people >= self.circulating.people, "at least `circulating.people`"),
            ("wide.effective_authors", is_positive(wide.effective_authors), "above 0"),
            ("wide.signs", wide.signs <= super::Sign::ALL.len(), "0 to 5"),
            ("wide.share_of_day", is_share(wide.share_of_day), "0 to 1"),
            ("threat.little_below", is_share(threat.little_below), "0 to 1"),
            (
                "threat.serious_from",
                is_share(threat.serious_from) && threat.serious_from >= threat.little_below,
                "`threat.little_below` to 1",
            ),
            ("threat.topics", threat.topics.iter().all(topic), "cause, illness, treatment, intervention, information"),
            ("growth.days", (1..=28).contains(&growth.days), "1 to 28"),
            ("growth.rising", growth.rising.is_finite() && growth.rising >= 1.0, "at least 1"),
            ("growth.falling", growth.falling > 0.0 && growth.falling <= 1.0, "above 0, at most 1"),
            ("growth.or_share_of_day", is_share(growth.or_share_of_day), "0 to 1"),
            ("rebuttals.share", is_share(self.rebuttals.share), "0 to 1"),
            ("level.low", level.low <= level.medium, "no more than `level.medium`"),
            ("level.medium", level.medium <= level.high, "no more than `level.high`"),
        ];
        match checks.into_iter().find(|(_, fine, _)| !fine) {
            Some((key, _, allowed)) => Err(Error::Rule { key, allowed }),
            None => Ok(self),
        }
    }
}

impl Threats {
    /// What the verdict alone says.
    pub fn of(&self, verdict: &Verdict) -> Threat {
        match verdict {
            Verdict::True => self.r#true,
            Verdict::MostlyTrue => self.mostly_true,
            Verdict::Mixed => self.mixed,
            Verdict::MostlyFalse => self.mostly_false,
            Verdict::False => self.r#false,
            Verdict::Unproven => self.unproven,
            Verdict::Satire => self.satire,
            Verdict::Other(_) => self.other,
        }
    }

    /// Whether a topic touches health decisions. One that is not known may.
    pub fn touches(&self, topic: Option<Topic>) -> bool {
        topic.is_none_or(|topic| self.topics.iter().any(|named| named == topic.as_str()))
    }
}

impl Levels {
    /// What is suggested at a risk.
    pub fn of(&self, risk: Risk) -> Level {
        match risk {
            Risk::Low => self.low,
            Risk::Medium => self.medium,
            Risk::High => self.high,
        }
    }
}

fn is_share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

fn is_positive(value: f64) -> bool {
    value.is_finite() && value > 0.0
}
