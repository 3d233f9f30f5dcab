//! `date,title,kind,lang`: what happened in public, a row an event, or one a language.

use super::Error;
use super::table::{self, Columns};
use polso_domain::{EventKind, PublicEvent};
use std::path::Path;

const COLUMNS: Columns = Columns { needed: &["date", "title", "kind"], optional: &["lang"] };

/// Reads a file; events come out by day, kind and title.
pub(super) fn read(path: &Path) -> Result<Vec<PublicEvent>, Error> {
    let mut events = Vec::new();
    for row in table::rows(path, &COLUMNS)? {
        let lang = row.raw("lang");
        let is_code = (2..=3).contains(&lang.len()) && lang.bytes().all(|byte| byte.is_ascii_lowercase());
        if !lang.is_empty() && !is_code {
            return Err(row.wrong("lang", "no code of a language", "write it, en or fi; empty is for readers of any"));
        }
        events.push(PublicEvent {
            day: row.needed_day("date")?,
            title: row.needed("title")?,
            kind: row.word("kind", EventKind::named, "one of decree, press, data, campaign, other")?,
            lang: Some(lang.to_owned()).filter(|lang| !lang.is_empty()),
        });
    }
    events.sort_by(|a, b| (a.day, a.kind, &a.title).cmp(&(b.day, b.kind, &b.title)));
    Ok(events)
}
