//! How the numbers of a week are made, and what makes this page again.

use super::WeekPage;
use crate::Error;
use crate::block::Block;
use crate::phrases::short;

pub(super) fn blocks(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    let WeekPage { week, words, settings, .. } = page;
    let people = [("people", settings.min_people.into())];
    let list = vec![
        words.say("week-method-mean")?,
        words.say("week-method-change")?,
        words.say("method-not-a-poll")?,
        words.with("method-withheld", &people)?,
        words.with("week-method-again", &[("week", week.week.to_string().into())])?,
    ];
    let mut facts = Vec::new();
    if !week.models.is_empty() {
        facts.push((words.say("method-model")?, week.models.join(", ").replace(';', "; ")));
    }
    for day in week.days.iter().filter(|day| !day.data_hash.is_empty()) {
        let label = words.with("week-method-data", &[("day", words.short_date(day.day)?.into())])?;
        facts.push((label, format!("{}/{} · {}", day.day, day.revision, short(&day.data_hash))));
    }
    Ok(if facts.is_empty() { vec![Block::List(list)] } else { vec![Block::List(list), Block::Facts(facts)] })
}
