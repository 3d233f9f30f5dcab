//! How the numbers came about, who is not heard, and what is never kept.

use super::Section;
use crate::block::Block;
use crate::{Error, Page};
use polso_aggregate::DaySummary;

pub(super) struct Method;

impl Section for Method {
    fn id(&self) -> &'static str {
        "method"
    }

    fn title(&self) -> &'static str {
        "method-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let words = page.words;
        let threshold = words.rough(f64::from(page.day.threshold));
        let read = if page.settings.tracked.is_empty() {
            words.say("method-what-any")?
        } else {
            words.with("method-what", &[("tags", page.tags().into())])?
        };
        Ok(vec![
            Block::Heading(words.say("method-limits-heading")?),
            Block::List(vec![
                words.say("method-not-a-poll")?,
                words.say("method-not-heard")?,
                words.say("method-not-false")?,
                words.say("method-languages")?,
            ]),
            Block::Heading(words.say("method-how-heading")?),
            Block::List(vec![
                read,
                words.say("method-shares")?,
                words.say("method-interval")?,
                words.say("method-rounding")?,
                change(page)?,
                words.with("method-threshold", &[("threshold", threshold.into())])?,
                words.say("method-bottom-line")?,
                words.say("method-more")?,
            ]),
            Block::Heading(words.say("method-privacy-heading")?),
            Block::List(vec![
                words.with("method-withheld", &[("people", page.settings.min_people.into())])?,
                words.say("method-never-stored")?,
            ]),
            Block::Facts(facts(page)?),
        ])
    }
}

/// When a change is called one: the more is compared on the page, the more it takes.
fn change(page: &Page<'_>) -> Result<String, Error> {
    let compared = page.day.baselines.iter().filter(|window| window.withheld_because.is_none());
    match comparisons(page.day, compared.count() as u64) {
        0 => page.words.say("method-change-none"),
        comparisons => page.words.with("method-change", &[("comparisons", comparisons.into())]),
    }
}

/// Differences that the page shows beside so many windows.
fn comparisons(day: &DaySummary, windows: u64) -> u64 {
    windows * (2 + u64::from(day.needs_checking.is_some()))
}

fn facts(page: &Page<'_>) -> Result<Vec<(String, String)>, Error> {
    let words = page.words;
    let day = page.day;
    let mut facts = Vec::new();
    if !page.settings.query.is_empty() {
        facts.push((words.say("method-query")?, page.settings.query.clone()));
    }
    if !day.models.is_empty() {
        facts.push((words.say("method-model")?, day.models.join(", ").replace(';', "; ")));
    }
    if let Some(mood) = &day.mood {
        facts.push((words.say("method-estimate")?, mood.method.clone()));
    }
    Ok(facts)
}
