//! What the rumours, narratives and questions of the day are about, by the five topics of an infodemic taxonomy
//! (Purnat et al. 2021, JMIR 23(9) e30971): cause, illness, treatment, intervention, information.
//!
//! Posts that match no claim have no topic. A topic counts what is only counted elsewhere too: how much there is of one
//! tells nobody what it says.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::{Error, Page, rumours};
use polso_domain::Topic;

pub(super) struct Topics;

impl Section for Topics {
    fn id(&self) -> &'static str {
        "topics"
    }

    fn title(&self) -> &'static str {
        "topics-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        if !rumours::has_lines(page.log) {
            return Ok(Vec::new());
        }
        let words = page.words;
        let mut rows = Vec::new();
        for topic in Topic::ALL.iter().copied().map(Some).chain([None]) {
            let count = Count::of(page, topic);
            if count.lines + count.questions > 0 {
                rows.push(vec![
                    Cell::Head(words.name("topic", topic.map_or("none", Topic::as_str))?, None),
                    words.tally(count.lines),
                    words.tally(count.posts),
                    words.tally(count.questions),
                    words.tally(count.asking),
                ]);
            }
        }
        Ok(vec![
            Block::Paragraph(words.say("topics-how")?),
            Block::Table(Table {
                caption: words.say("topics-caption")?,
                columns: vec![
                    words.column("column-topic")?,
                    words.numbers("column-rumours")?,
                    words.numbers("column-rumour-posts")?,
                    words.numbers("column-questions")?,
                    words.numbers("column-asking-posts")?,
                ],
                rows,
            }),
        ])
    }
}

/// What falls under one topic; a post that speaks of two claims counts for both.
#[derive(Default)]
struct Count {
    lines: u64,
    posts: u64,
    questions: u64,
    asking: u64,
}

impl Count {
    fn of(page: &Page<'_>, topic: Option<Topic>) -> Self {
        let mut count = Self::default();
        for line in page.log.rumours.iter().filter(|line| line.claim.topic == topic) {
            count.lines += 1;
            count.posts += line.posts;
        }
        for question in &page.log.questions {
            if question.answer.as_ref().and_then(|answer| answer.topic) == topic {
                count.questions += 1;
                count.asking += question.posts;
            }
        }
        count
    }
}
