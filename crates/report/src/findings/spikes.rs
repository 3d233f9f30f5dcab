//! The one spike that belongs at the top: more posts, more people who ask, or a narrative that spreads faster.

use super::finding;
use crate::block::Finding;
use crate::{Error, Page};
use polso_alert::detect::{Evidence, Measure};

/// The first of these that is flagged. Mood and hashtags have rules of their own.
pub(super) fn out_of_the_ordinary(page: &Page<'_>) -> Result<Option<Finding>, Error> {
    let (told, _) = page.spikes();
    let headline = |measure: &Measure| match measure {
        Measure::Volume => Some("finding-spike-volume"),
        Measure::Questions => Some("finding-spike-questions"),
        Measure::Narrative(_) => Some("finding-spike-narrative"),
        Measure::NegativeShare | Measure::Tag(_) => None,
    };
    let first = told.into_iter().find_map(|(measure, evidence)| Some((headline(measure)?, measure, evidence)));
    let Some((headline, measure, evidence)) = first else { return Ok(None) };
    finding(page, "spikes", page.words.say(headline)?, numbers(page, measure, evidence)?).map(Some)
}

fn numbers(page: &Page<'_>, measure: &Measure, evidence: &Evidence) -> Result<String, Error> {
    let unit = if matches!(measure, Measure::Volume) { "finding-spike-posts" } else { "finding-spike-people" };
    let with = [
        ("today", page.value(measure, evidence.today).into()),
        ("usual", page.value(measure, evidence.usual).into()),
        ("reason", page.reason(evidence)?.into()),
    ];
    page.words.with(unit, &with)
}
