//! How the numbers came about, who is not heard, and what is never kept.

use super::Section;
use crate::block::Block;
use crate::{Error, Page};

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
                words.say("method-change")?,
                words.with("method-threshold", &[("threshold", threshold.into())])?,
                words.say("method-bottom-line")?,
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

fn facts(page: &Page<'_>) -> Result<Vec<(String, String)>, Error> {
    let words = page.words;
    let day = page.day;
    let mut facts = Vec::new();
    if !page.settings.query.is_empty() {
        facts.push((words.say("method-query")?, page.settings.query.clone()));
    }
    if !day.models.is_empty() {
        facts.push((words.say("method-model")?, day.models.join(", ")));
    }
    if let Some(mood) = &day.mood {
        facts.push((words.say("method-estimate")?, mood.method.clone()));
    }
    Ok(facts)
}
