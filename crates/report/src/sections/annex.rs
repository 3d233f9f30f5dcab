//! Where the numbers stand for whoever wants to use them, and the fingerprints by which two copies are compared.

use super::Section;
use crate::block::{Block, Cell, Table};
use crate::{Error, Page, json};

pub(super) struct Annex;

impl Section for Annex {
    fn id(&self) -> &'static str {
        "annex"
    }

    fn title(&self) -> &'static str {
        "annex-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        let (words, day) = (page.words, page.day);
        let mut rows = Vec::new();
        for (path, what, schema) in [
            (format!("reports/{}/report.json", day.day), "annex-report", json::SCHEMA),
            (format!("reports/{}/tables/measures.parquet", day.day), "annex-measures", ""),
            (format!("lake/summaries/day={}.json", day.day), "annex-summary", day.schema.as_str()),
            (format!("lake/observations/day={}/", day.day), "annex-observations", ""),
            (format!("lake/ledger/day={}.parquet", day.day), "annex-ledger", ""),
        ] {
            rows.push(vec![
                Cell::Address(path),
                Cell::Text(words.say(what)?),
                Cell::Text(if schema.is_empty() { words.say("annex-in-file")? } else { schema.to_owned() }),
            ]);
        }
        let again = [("day", day.day.to_string().into())];
        Ok(vec![
            Block::Table(Table {
                caption: words.say("annex-caption")?,
                columns: vec![
                    words.column("column-file")?,
                    words.column("column-contents")?,
                    words.column("column-schema")?,
                ],
                rows,
            }),
            Block::Paragraph(words.with("method-again", &again)?),
            Block::Facts(vec![
                (words.say("header-number")?, format!("{}/{}", day.day, day.revision)),
                (words.say("method-config-hash")?, day.config_hash.clone()),
                (words.say("method-data-hash")?, day.data_hash.clone()),
            ]),
        ])
    }
}
