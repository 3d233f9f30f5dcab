//! Forgetting: the only thing that takes something out of the desk.
//!
//! Reviews are all that the desk has of a person. Claims, narratives and the log hold counts and sentences of nobody.

use crate::error::{Error, Fault};
use crate::{Desk, Subject};
use polso_domain::{AuthorKey, PostId, SourceId};
use rusqlite::{Connection, Params, params};

impl Desk {
    /// Erases the reviews of an author's posts and what is written down of their changes; returns how many reviews went.
    /// After `Ok` nothing of the key is in the file. After [`Error::StillRead`] it is gone from the tables.
    pub fn forget(&mut self, author: &AuthorKey) -> Result<u64, Error> {
        let gone = self.write(|db| erase(db, "author = ?1", params![author.bytes()]))?;
        self.truncate_log()?;
        Ok(gone)
    }

    /// Erases the reviews of posts that are gone at their source, or whose time is over.
    pub fn forget_posts(&mut self, posts: &[(SourceId, PostId)]) -> Result<u64, Error> {
        let gone = self.write(|db| {
            let mut gone = 0;
            for (source, post) in posts {
                gone += erase(db, "source = ?1 AND post = ?2", params![source.as_str(), post.as_str()])?;
            }
            Ok(gone)
        })?;
        self.truncate_log()?;
        Ok(gone)
    }

    /// Erased pages must not live on in the write-ahead log.
    fn truncate_log(&self) -> Result<(), Error> {
        let busy: Result<bool, _> = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        match busy.map_err(Fault::from) {
            Ok(false) => Ok(()),
            Ok(true) => Err(Fault::StillRead.at(&self.path)),
            Err(fault) => Err(fault.at(&self.path)),
        }
    }
}

/// Erases the reviews that fit `which` with their changes.
fn erase(db: &Connection, which: &str, params: impl Params + Copy) -> Result<u64, Fault> {
    let traces = format!(
        "DELETE FROM desk_change WHERE what = '{}'
         AND id IN (SELECT CAST(number AS TEXT) FROM desk_review WHERE {which})",
        Subject::Review.as_str()
    );
    db.prepare_cached(&traces)?.execute(params)?;
    let gone = db.prepare_cached(&format!("DELETE FROM desk_review WHERE {which}"))?.execute(params)?;
    Ok(gone as u64)
}
