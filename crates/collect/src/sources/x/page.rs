//! A page of the API or one post of the stream → rows: read as an import of the same text would be, then measured.

use crate::files::{Row, x_page};
use crate::track::Matcher;
use polso_domain::{RawEvent, SourceId, Timestamp};

/// What pages are read with.
pub(super) struct Reading<'r> {
    pub(super) source: &'r SourceId,
    pub(super) matcher: &'r Matcher,
    pub(super) now: Timestamp,
}

/// The rows of what is followed. Each post carries its id to be asked for again.
pub(super) fn rows(json: &str, reading: &Reading<'_>) -> Vec<Row> {
    let followed = |row: Row| match row {
        Row::Event(RawEvent::Post(mut post)) => {
            let wanted = reading.matcher.wants(&post.hashtags, &post.text, post.lang.as_deref(), post.posted);
            post.ask_again = Some(post.id.clone());
            wanted.then_some(Row::Event(RawEvent::Post(post)))
        }
        other => Some(other),
    };
    x_page(json, reading.source, reading.now).into_iter().filter_map(followed).collect()
}
