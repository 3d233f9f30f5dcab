//! Erasing one author, and keeping the door shut afterwards.

use crate::{Error, Stream, record};
use polso_domain::{AuthorKey, Event, Timestamp};
use rusqlite::{Connection, params};
use std::collections::HashSet;
use std::path::Path;

/// What left the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// The author's own posts.
    pub posts: u64,
    /// Posts of others in which the author's pseudonym was struck out.
    pub mentions: u64,
}

impl Stream {
    /// Erases every post of an author and the pseudonym in everybody else's, and refuses the author from now on.
    /// Reads the whole log; the ids stay known so that a later file brings nothing back.
    pub fn forget(&mut self, author: AuthorKey, now: Timestamp) -> Result<Forgotten, Error> {
        let path = self.path.clone();
        let at = |source| Error::Sqlite { path: path.clone(), source };
        let change = self.write().map_err(at)?;
        change
            .execute("INSERT OR IGNORE INTO forgotten VALUES (?1, ?2)", params![author.bytes(), now.millis()])
            .map_err(at)?;
        let forgotten = strike_out(&change, &path, author)?;
        change.commit().map_err(at)?;
        // Erased pages must not live on in the write-ahead log.
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(at)?;
        Ok(forgotten)
    }
}

/// Takes every post of an author out of the log, and the pseudonym out of everybody else's. Reads the whole log.
pub(crate) fn strike_out(change: &Connection, path: &Path, author: AuthorKey) -> Result<Forgotten, Error> {
    let at = |source| Error::Sqlite { path: path.to_owned(), source };
    let mut forgotten = Forgotten::default();
    let mut after = 0;
    loop {
        let page = page_after(change, after).map_err(at)?;
        let Some((last, ..)) = page.last() else { return Ok(forgotten) };
        after = *last;
        for (offset, received, bytes) in page {
            let damaged = || Error::Record { path: path.to_owned(), offset: offset.cast_unsigned() };
            let (event, replaces) = record::decode(&bytes, received).ok_or_else(damaged)?;
            let Event::Post(mut post) = event else { continue };
            if post.author == author {
                change.execute("DELETE FROM log WHERE offset = ?1", [offset]).map_err(at)?;
                forgotten.posts += 1;
            } else if post.mentions.contains(&author) {
                post.mentions.retain(|key| *key != author);
                let bytes = record::Encoded::post(&post).record(replaces).map_err(Error::Encode)?;
                change.execute("UPDATE log SET record = ?2 WHERE offset = ?1", params![offset, bytes]).map_err(at)?;
                forgotten.mentions += 1;
            }
        }
    }
}

/// Authors that asked to be forgotten.
pub(crate) fn all(db: &Connection) -> Result<HashSet<AuthorKey>, rusqlite::Error> {
    let mut rows = db.prepare_cached("SELECT author FROM forgotten")?;
    rows.query_map([], |row| row.get::<_, [u8; 16]>(0).map(AuthorKey::new))?.collect()
}

/// Offset, time of arrival and bytes of the records after an offset.
type Page = Vec<(i64, Option<i64>, Vec<u8>)>;

fn page_after(db: &Connection, offset: i64) -> Result<Page, rusqlite::Error> {
    let mut rows =
        db.prepare_cached("SELECT offset, received, record FROM log WHERE offset > ?1 ORDER BY offset LIMIT 4096")?;
    rows.query_map([offset], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}
