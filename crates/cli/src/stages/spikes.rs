//! Today beside the weeks before, measure by measure: series from stored summaries, each past the privacy gate.
//!
//! What is left out, and what is a bound
//! * A day of which too much was missed is left out. So is one that listened to other sources than today: it is no smaller
//!   day, it is another one. Shares are compared between days that the same model read with the same threshold.
//! * A narrative or hashtag that is not in a day's published list was spoken of by too few people to be told, or by nobody.
//!   Reading it as zero would make a rise of what is only back above the gate. Leaving the day out would keep the busy days
//!   alone, and hide a rise from nothing. So the day counts as known up to the most it can have been: one person fewer than
//!   the gate lets through, or as many as the last hashtag of a list that was cut off there.
//! * Nobody looked for a narrative before it was first heard: those days are left out.

use crate::failure::Failure;
use crate::pipeline::Context;
use polso_aggregate::{DaySummary, Status, missed_share};
use polso_alert::detect::{Config, Count, Measure, Part, Series, Spikes, Values, judge_all};
use polso_domain::{Day, RumourLog};
use polso_privacy::{Published, publish};
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

/// A day as the gate lets it through.
struct Told {
    summary: Published<DaySummary>,
    /// The list of hashtags was cut off: one that is not in it may be as large as its last.
    cut: bool,
    /// Some people asked, and too few to say how many.
    few_ask: bool,
}

/// What the gate and the coverage floor are set to.
#[derive(Clone, Copy)]
struct Limits {
    min_people: u32,
    max_missed_share: f64,
    /// Rows at most in a day's list of hashtags.
    top: usize,
}

/// Judges every measure of a summed-up day. Today and the days before pass the gate before they are looked at.
#[tracing::instrument(name = "spikes", skip_all, fields(%day))]
pub(crate) fn of(context: Context<'_>, day: Day, log: &Published<RumourLog>) -> Result<Published<Spikes>, Failure> {
    let settings = context.settings;
    let (lake, rule) = (settings.data.lake()?, Config::default());
    let limits =
        Limits { min_people: settings.min_people, max_missed_share: settings.max_missed_share, top: settings.top };
    let mut days = Vec::new();
    for ago in (0..=rule.reach).rev() {
        days.extend(polso_aggregate::stored(&lake, day.plus(-ago))?.map(|summary| Told::of(summary, limits)));
    }
    let judged = judge_all(&series(&days, log, limits), day, &rule);
    Ok(publish(Spikes { rule, judged, withheld: 0 }, settings.min_people))
}

impl Told {
    fn of(summary: DaySummary, limits: Limits) -> Self {
        let (cut, asked) = (summary.by_hashtag.len() >= limits.top, summary.questions.is_some());
        let summary = publish(summary, limits.min_people);
        Self { few_ask: asked && summary.questions.is_none(), summary, cut }
    }
}

/// The series of everything that can be named today, the last of these days.
fn series(days: &[Told], log: &RumourLog, limits: Limits) -> Vec<Series> {
    let Some(today) = days.last().map(|today| &*today.summary) else { return Vec::new() };
    let heard: Vec<&Told> = days.iter().filter(|day| is_alike(&day.summary, today, limits)).collect();
    let counts = |measure: Measure, count: &dyn Fn(&Told) -> Option<Count>| {
        let values = heard.iter().filter_map(|day| Some((day.summary.day, count(day)?))).collect();
        Series { measure, values: Values::Counts(values) }
    };
    let mut all = vec![
        counts(Measure::Volume, &|day| Some(Count::Exactly(day.summary.posts.n as f64))),
        Series { measure: Measure::NegativeShare, values: Values::Shares(negative(&heard, today)) },
    ];
    let asks = |day: &Told| {
        let told = day.summary.questions.map(|asked| Count::Exactly(f64::from(asked.people)));
        told.or(day.few_ask.then_some(Count::AtMost(most_untold(limits))))
    };
    if heard.iter().any(|day| asks(day).is_some()) {
        all.push(counts(Measure::Questions, &asks));
    }
    for line in &log.rumours {
        let people = |day: &Told| {
            let found = day.summary.claims.iter().find(|claim| claim.claim == line.claim.id.as_str());
            match found {
                Some(claim) => Some(Count::Exactly(f64::from(claim.people))),
                None => (day.summary.day >= line.first_seen).then(|| Count::AtMost(most_untold(limits))),
            }
        };
        all.push(counts(Measure::Narrative(line.claim.id.clone()), &people));
    }
    for tag in &today.by_hashtag {
        let people = |day: &Told| {
            let found = day.summary.by_hashtag.iter().find(|group| group.key == tag.key);
            Some(found.map_or_else(|| untold_tag(day, limits), |group| Count::Exactly(f64::from(group.people))))
        };
        all.push(counts(Measure::Tag(tag.key.clone()), &people));
    }
    all
}

/// The most people that can stand behind what the gate kept back.
fn most_untold(limits: Limits) -> f64 {
    f64::from(limits.min_people.saturating_sub(1))
}

/// How many people can have used a hashtag that is not in a day's list: no more than it had posts.
fn untold_tag(day: &Told, limits: Limits) -> Count {
    let last = day.summary.by_hashtag.last().filter(|_| day.cut).map_or(0.0, |group| group.n as f64);
    Count::AtMost(most_untold(limits).max(last))
}

/// Negative posts among the scored, as the model alone read them, on days that were read like today.
fn negative(heard: &[&Told], today: &DaySummary) -> BTreeMap<Day, Part> {
    let same = |day: &&&Told| {
        day.summary.models == today.models && day.summary.threshold.to_bits() == today.threshold.to_bits()
    };
    let part = |day: &&Told| {
        let mood = day.summary.mood_as_read.as_ref().or(day.summary.mood.as_ref())?;
        let of = mood.n as f64;
        Some((day.summary.day, Part { part: (mood.negative.share * of).clamp(0.0, of), of }))
    };
    heard.iter().filter(same).filter_map(part).collect()
}

/// Whether enough of a day was heard, of the same sources as today.
fn is_alike(day: &DaySummary, today: &DaySummary, limits: Limits) -> bool {
    let unheard = day.status == Status::NoData && day.coverage.is_empty();
    let missed = missed_share(&day.coverage) > limits.max_missed_share;
    !unheard
        && !missed
        && [(day, today), (today, day)].iter().all(|(one, other)| foreign(one, other) <= limits.max_missed_share)
}

/// The share of a day's posts that came from sources which the other did not listen to.
fn foreign(day: &DaySummary, other: &DaySummary) -> f64 {
    let kept = |known: bool| {
        let knows = |source: &str| other.coverage.iter().any(|row| row.source == source && row.state != "not_asked");
        let rows = day.coverage.iter().filter(|row| known || !knows(&row.source));
        rows.map(|row| row.kept as f64).sum::<f64>()
    };
    let all = kept(true);
    if all > 0.0 { kept(false) / all } else { 0.0 }
}
