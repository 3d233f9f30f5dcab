//! Mood by language, hashtag and source, beside the day as a whole.

use super::Section;
use crate::block::{Bar, Block, Cell, Table};
use crate::ink::Ink;
use crate::{Error, Page, findings, phrases};
use polso_aggregate::{Group, Mood, Share};

/// Rows of a table on the page; `report.json` and the parquet tables hold all.
const ROWS: usize = 12;

pub(super) struct Groups;

impl Section for Groups {
    fn id(&self) -> &'static str {
        "groups"
    }

    fn title(&self) -> &'static str {
        "groups-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let day = page.day;
        let mut blocks = Vec::new();
        for (caption, key, groups) in [
            ("groups-by-language", "column-language", &day.by_lang),
            ("groups-by-hashtag", "column-hashtag", &day.by_hashtag),
            ("groups-by-source", "column-source", &day.by_source),
        ] {
            if groups.is_empty() {
                continue;
            }
            blocks.push(Block::Table(table(page, (caption, key), groups)?));
            let hidden = groups.len().saturating_sub(ROWS);
            if hidden > 0 {
                blocks.push(Block::Note(page.words.with("groups-more", &[("groups", hidden.into())])?));
            }
        }
        if !blocks.is_empty() {
            blocks.insert(0, Block::Paragraph(page.words.say("groups-how")?));
        }
        Ok(blocks)
    }
}

/// `names` are the Fluent ids of the caption and of the first column.
fn table(page: &Page<'_>, names: (&str, &str), groups: &[Group]) -> Result<Table, Error> {
    let words = page.words;
    let mut rows = Vec::with_capacity(groups.len().min(ROWS) + 1);
    let posts = &page.day.posts;
    let whole = Cell::Head(words.say("groups-whole-day")?, None);
    rows.push(row(page, whole, page.day.mood.as_ref(), (posts.n, posts.authors))?);
    for group in groups.iter().take(ROWS) {
        let name = match names.1 {
            "column-language" => words.name("lang", &group.key)?,
            "column-hashtag" => phrases::hashtag(&group.key),
            _ => group.key.clone(),
        };
        let remark = findings::stands_out(page.day, group).then(|| words.say("groups-more-negative")).transpose()?;
        rows.push(row(page, Cell::Head(name, remark), group.mood.as_ref(), (group.n, group.people.into()))?);
    }
    Ok(Table {
        caption: words.say(names.0)?,
        columns: vec![
            words.column(names.1)?,
            words.column("column-negative")?,
            words.column("column-positive")?,
            words.numbers("column-posts")?,
            words.numbers("column-people")?,
        ],
        rows,
    })
}

fn row(page: &Page<'_>, head: Cell, mood: Option<&Mood>, (n, people): (u64, u64)) -> Result<Vec<Cell>, Error> {
    let cell = |pick: fn(&Mood) -> &Share, ink| match mood.map(pick) {
        None => page.words.say("not-scored").map(Cell::Text),
        Some(share) => {
            let bar = Bar { share: *share, ink, full: 1.0, usual: None };
            Ok(Cell::Share(page.words.estimate(share)?, Some(bar)))
        }
    };
    Ok(vec![
        head,
        cell(|mood| &mood.negative, Ink::Negative)?,
        cell(|mood| &mood.positive, Ink::Positive)?,
        page.words.tally(n),
        page.words.tally(people),
    ])
}
