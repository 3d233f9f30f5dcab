//! lake/observations → lake/summaries.

use crate::failure::Failure;
use crate::pipeline::Context;
use crate::settings::Settings;
use crate::{labelled, review};
use polso_aggregate::{Changed, Config, DaySummary};
use polso_collect::Tag;
use polso_domain::Day;
use std::collections::BTreeSet;

/// Sums up every day that changed since last time, and `also` in any case. Returns the days whose numbers are new.
#[tracing::instrument(name = "aggregate", skip_all)]
pub(crate) fn touched(context: Context<'_>, also: &[Day]) -> Result<BTreeSet<Day>, Failure> {
    let lake = context.settings.data.lake()?;
    let config = config(context)?;
    let mut updated = polso_aggregate::update(&lake, None, &config)?;
    let missing: Vec<Day> = also.iter().copied().filter(|day| !updated.iter().any(|(done, ..)| done == day)).collect();
    if !missing.is_empty() {
        updated.extend(polso_aggregate::update(&lake, Some(&missing), &config)?);
    }
    Ok(say(context, &updated))
}

/// Sums up just these days.
pub(crate) fn only(context: Context<'_>, days: &[Day]) -> Result<BTreeSet<Day>, Failure> {
    let lake = context.settings.data.lake()?;
    let updated = polso_aggregate::update(&lake, Some(days), &config(context)?)?;
    Ok(say(context, &updated))
}

fn say(context: Context<'_>, updated: &[(Day, DaySummary, Changed)]) -> BTreeSet<Day> {
    let new: BTreeSet<Day> =
        updated.iter().filter(|(_, _, changed)| *changed != Changed::Unchanged).map(|(day, ..)| *day).collect();
    match (new.first(), new.last()) {
        (Some(first), Some(last)) if first != last => {
            context.printer.say(format_args!("summed up {} days, {first} to {last}", new.len()));
        }
        (Some(day), _) => context.printer.say(format_args!("summed up {day}")),
        _ => context.printer.say("no day has new numbers"),
    }
    new
}

/// What shapes the numbers of a day.
pub(crate) fn config(context: Context<'_>) -> Result<Config, Failure> {
    let settings = context.settings;
    let (model, held_out) = (settings.models.id()?, settings.models.validation()?);
    Ok(Config {
        // The threshold belongs to the model: it is where false alarms were measured.
        threshold: settings.models.threshold()?,
        zone: settings.zone.clone(),
        seed: settings.seed,
        resamples: settings.resamples,
        top: settings.top,
        min_posts_to_compare: settings.min_posts_to_compare,
        min_authors_to_compare: settings.min_authors_to_compare,
        max_missed_share: settings.max_missed_share,
        config_hash: settings.hash.clone(),
        followed: followed(settings),
        headline: settings.headline,
        validation: labelled::validation(held_out.as_ref()),
        reviewed: review::moods(
            &settings.data.desk()?.reviews(Day::from_epoch_days(0), settings.zone.day_of(context.now).plus(1))?,
            &model,
        ),
        model,
        min_reviewed: settings.min_reviewed,
        expected_sources: settings.expected_sources.iter().map(ToString::to_string).collect(),
    })
}

/// Every spelling of every followed hashtag.
fn followed(settings: &Settings) -> Vec<String> {
    let spellings = |tag: &Tag| std::iter::once(tag.name.clone()).chain(tag.variants.clone()).collect::<Vec<_>>();
    settings.track.any.iter().flat_map(spellings).collect()
}
