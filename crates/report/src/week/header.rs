//! Which week this is, and how much of it was heard.

use super::WeekPage;
use crate::Error;
use crate::block::{Block, Mark};
use crate::phrases::hashtag;
use crate::sections::header::unread;

pub(super) fn blocks(page: &WeekPage<'_>) -> Result<Vec<Block>, Error> {
    let WeekPage { week, words, settings, .. } = page;
    let mut blocks = Vec::new();
    if settings.seeds {
        blocks.push(Block::Banner(words.say("banner-seeds")?));
    }
    let days = [("from", words.date(week.week.monday())?.into()), ("upto", words.date(page.sunday())?.into())];
    blocks.push(Block::Day(words.with("week-days", &days)?));
    let heard = week.heard;
    let mark = match (heard.whole, heard.none) {
        (7, _) => Mark::Whole,
        (_, 7) => Mark::Nothing,
        _ => Mark::Part,
    };
    let counts = [("whole", heard.whole.into()), ("part", heard.part.into()), ("none", heard.none.into())];
    blocks.push(Block::Status(mark, words.with("week-heard", &counts)?));
    if !page.beside.unread.is_empty() {
        blocks.push(Block::Note(unread(page.beside, words)?));
    }
    let mut facts = vec![(words.say("header-number")?, week.week.to_string())];
    if !week.timezone.is_empty() {
        facts.push((words.say("header-timezone")?, week.timezone.clone()));
    }
    if !settings.tracked.is_empty() {
        let tags: Vec<String> = settings.tracked.iter().map(|tag| hashtag(tag)).collect();
        facts.push((words.say("header-tracked")?, tags.join(", ")));
    }
    blocks.push(Block::Facts(facts));
    Ok(blocks)
}
