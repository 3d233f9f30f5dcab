//! `report.json` of a week, schema `polso.week/1`: the numbers as `aggregate` shapes them, then what was told and decided.

use super::{WeekPage, decided};
use crate::Error;
use crate::block::Document;
use crate::json::beside::BesideV1;
use crate::json::blocks::SectionV1;
use crate::json::log::{ChangeV1, NarrativeV1, QuestionV1};
use polso_aggregate::WeekSummary;
use serde::Serialize;

/// Writes the file's text, keys in the order of the structs.
pub(super) fn render(page: &WeekPage<'_>, document: &Document) -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(&WeekV1::new(page, document)?)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct WeekV1<'a> {
    #[serde(flatten)]
    week: &'a WeekSummary,
    /// Language of the page.
    lang: &'static str,
    /// The posts are invented.
    synthetic: bool,
    narratives: Vec<LineV1<NarrativeV1<'a>>>,
    questions: Vec<LineV1<QuestionV1<'a>>>,
    rumour_log_changes: Vec<DatedV1<'a>>,
    #[serde(flatten)]
    beside: BesideV1<'a>,
    sections: Vec<SectionV1<'a>>,
}

/// A line of the log over the week.
#[derive(Serialize)]
struct LineV1<T> {
    /// Posts of all its days.
    posts: u64,
    /// Days on which it was heard among enough people.
    days: u32,
    /// People of the day that had most.
    most_people: u32,
    /// The last of its days.
    last_day: String,
    /// As the log of that day told it.
    last: T,
}

#[derive(Serialize)]
struct DatedV1<'a> {
    day: String,
    #[serde(flatten)]
    change: ChangeV1<'a>,
}

impl<'a> WeekV1<'a> {
    fn new(page: &'a WeekPage<'a>, document: &'a Document) -> Result<Self, Error> {
        let WeekPage { week, lines, words, settings, .. } = page;
        let mut narratives = Vec::with_capacity(lines.rumours.len());
        for line in &lines.rumours {
            narratives.push(LineV1 {
                posts: line.posts,
                days: line.days,
                most_people: line.most_people,
                last_day: line.on.to_string(),
                last: NarrativeV1::new(line.last, words)?,
            });
        }
        let mut questions = Vec::with_capacity(lines.questions.len());
        for line in &lines.questions {
            questions.push(LineV1 {
                posts: line.posts,
                days: line.days,
                most_people: line.most_people,
                last_day: line.on.to_string(),
                last: QuestionV1::new(line.last, words)?,
            });
        }
        let changes = decided::changes(page).map(|(day, log, change)| DatedV1 {
            day: day.to_string(),
            change: ChangeV1::told(change, decided::may_tell(page, log, change)),
        });
        let lang = words.language().code();
        Ok(Self {
            week,
            lang,
            synthetic: settings.seeds,
            narratives,
            questions,
            rumour_log_changes: changes.collect(),
            beside: BesideV1::new(page.beside, page.tracker().as_ref(), (page.sunday(), 7), lang),
            sections: document.sections.iter().map(SectionV1::new).collect(),
        })
    }
}
