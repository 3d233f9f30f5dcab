//! Events to rows: which are kept, and what they say.
//!
//! Invariants
//! * A deletion of a post and the end of an account pass whether or not anything of them was kept: only the store knows.
//! * An edit that takes the followed hashtag away takes the post back.
//! * Whoever asks not to be shown to visitors is not kept, and nothing says who that was.

use super::record::{self, POSTS, Said as Record};
use super::wire::{Account, Commit};
use crate::files::{FieldMap, Redactor, Rejected, Row};
use crate::stamp;
use crate::track::{Folding, Matcher, Track};
use memchr::memmem::Finder;
use polso_domain::{Claimed, RawAuthor, RawEvent, RawPost, Reach, SetAside, SourceId, Timestamp};

/// What is made of an event, in the order of the stream.
pub(super) enum Item {
    /// A followed post, whose author is still to be looked up.
    Post {
        post: Box<RawPost>,
        /// It replaces an earlier wording.
        edited: bool,
    },
    /// A row that is done.
    Row(Row),
}

/// What the event is about, and how to know it again.
pub(super) struct Heard {
    pub(super) key: String,
    pub(super) item: Item,
}

/// When something was heard.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) heard: Timestamp,
    /// Its place on the page, from 1, for rows that are set aside.
    pub(super) nth: u64,
}

/// Turns events into rows.
pub(super) struct Reader {
    matcher: Matcher,
    pub(super) source: SourceId,
    tag_of_text: Finder<'static>,
    tag_beside_text: Finder<'static>,
    redactor: Redactor,
}

impl Reader {
    pub(super) fn new(track: &Track, source: SourceId) -> Self {
        Self {
            matcher: track.matcher(Folding::Case),
            source,
            tag_of_text: Finder::new("richtext.facet#tag"),
            tag_beside_text: Finder::new("\"tags\""),
            // A DID is a person's name, and no key of the usual ones.
            redactor: Redactor::new(FieldMap::parse(&["author=did"]).ok().as_ref()),
        }
    }

    /// What a commit means; `None` when it is not about a post that is followed.
    pub(super) fn commit(&self, commit: &Commit<'_>, at: At) -> Option<Heard> {
        let Commit { did, operation, collection, rkey, rev, record } = commit;
        if collection != POSTS {
            return None;
        }
        let key = || format!("{did}/{rkey}/{}/{operation}", rev.as_deref().unwrap_or_default());
        let id = || format!("at://{did}/{POSTS}/{rkey}");
        let edited = operation == "update";
        let item = match (operation.as_ref(), record) {
            ("delete", _) => self.delete(id()),
            ("create" | "update", Some(record)) => {
                let followed = if self.has_tags(record.get()) { self.followed(record.get(), id(), at) } else { None };
                match followed {
                    Some(Ok(post)) => Item::Post { post, edited },
                    Some(Err(row)) => Item::Row(row),
                    None if edited => self.delete(id()),
                    None => return None,
                }
            }
            ("create" | "update", None) => {
                Item::Row(self.set_aside((SetAside::MissingField, "`record` is missing"), None, at.nth))
            }
            _ => return None,
        };
        Some(Heard { key: key(), item })
    }

    /// What the word about an account means. Desynchronized and throttled are troubles of its server, not its end.
    pub(super) fn account(&self, account: &Account<'_>, at_us: i64) -> Option<Heard> {
        let Account { did, active, status } = account;
        let status = status.as_deref().unwrap_or_default();
        if *active || matches!(status, "desynchronized" | "throttled") {
            return None;
        }
        let gone = RawEvent::Gone { source: self.source.clone(), handle: did.to_string() };
        Some(Heard { key: format!("{did}//{status}/{at_us}"), item: Item::Row(Row::Event(gone)) })
    }

    /// A post if it is followed; a row if it would be and cannot be used.
    pub(super) fn followed(&self, record: &str, id: String, at: At) -> Option<Result<Box<RawPost>, Row>> {
        let aside = |why| Some(Err(self.set_aside(why, Some(record), at.nth)));
        let Some(said) = record::read(record) else {
            return aside((SetAside::Malformed, "the record is not the shape of a post"));
        };
        let claim = said.created_at.as_deref().and_then(stamp::rfc3339);
        let Claimed { posted, doubtful } = Claimed::weigh(claim, at.heard);
        let text = said.text.as_deref().unwrap_or_default();
        if said.not_in_public || !self.matcher.wants(&said.hashtags, text, said.lang.as_deref(), posted) {
            return None;
        }
        if said.text.is_none() {
            return aside((SetAside::MissingField, "`text` is missing or no text"));
        }
        let Some(author) = record::author(&id).map(str::to_owned) else {
            return aside((SetAside::MissingField, "its author is missing"));
        };
        let Record { text, lang, kind, in_reply_to, quoted, mut mentions, hashtags, links, .. } = said;
        mentions.retain(|other| other.handle != author);
        Some(Ok(Box::new(RawPost {
            source: self.source.clone(),
            id,
            author: RawAuthor { handle: author, also: Vec::new() },
            text: text.unwrap_or_default(),
            lang,
            posted,
            doubtful_date: doubtful,
            ask_again: None,
            kind,
            in_reply_to,
            reposted: quoted,
            mentions,
            hashtags,
            links,
            reach: Reach::default(),
        })))
    }

    /// The row for a frame that cannot be read.
    pub(super) fn garbled(&self, nth: u64) -> Row {
        self.set_aside((SetAside::Malformed, "a frame that cannot be unpacked or read"), None, nth)
    }

    /// A post taken back.
    pub(super) fn delete(&self, id: String) -> Item {
        Item::Row(Row::Event(RawEvent::Delete { source: self.source.clone(), id }))
    }

    /// Whether a record has hashtags at all: one post in seven. Spellings are not searched for, because case and width
    /// of letters do not count.
    fn has_tags(&self, record: &str) -> bool {
        let record = record.as_bytes();
        self.tag_of_text.find(record).is_some() || self.tag_beside_text.find(record).is_some()
    }

    fn set_aside(&self, (reason, detail): (SetAside, &str), record: Option<&str>, nth: u64) -> Row {
        let raw = record.and_then(|record| self.redactor.json(record));
        Row::SetAside(Rejected { reason, line: nth, detail: detail.to_owned(), raw, source: self.source.clone() })
    }
}
