//! Taking a batch in: posts, ledger and cursor in one transaction.

use crate::{AtDoor, Error, Stream, door, ledger, record};
use polso_domain::{AuthorKey, Event, LedgerEntry, Post, PostId, Reference, SetAside, SourceId, Timestamp};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// What belongs together: it is stored as a whole or not at all.
#[derive(Debug, Default)]
pub struct Batch {
    /// What was said, in order.
    pub events: Vec<Event>,
    /// Counts that add to the ledger (questions asked and answered, failures).
    pub counts: Vec<LedgerEntry>,
    /// What a file itself says was missed; telling it twice changes nothing.
    pub gaps: Vec<LedgerEntry>,
    /// Rows that could not be read.
    pub rejected: Vec<Rejected>,
    /// Where to go on asking.
    pub cursor: Option<(SourceId, String)>,
    /// The door it came through, where a collector asked; posts then count for it and not for their platform.
    pub door: Option<AtDoor>,
}

/// A row that could not be read, ready to be kept: no name is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Its source.
    pub source: SourceId,
    /// The hour it most likely belongs to.
    pub hour: Timestamp,
    /// When it was met.
    pub received: Timestamp,
    /// Why it could not be read.
    pub reason: SetAside,
    /// One line of JSON: reason, place, and the row as far as it may be kept.
    pub row: String,
}

/// What a batch changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Appended {
    /// Posts never seen before.
    pub new: u64,
    /// Posts that replaced an earlier version.
    pub edited: u64,
    /// Posts already known in just this version, or in a later one.
    pub known: u64,
    /// Posts taken back.
    pub deleted: u64,
    /// Posts kept out because they were deleted at their source or their author is forgotten.
    pub refused: u64,
    /// Rows set aside for the first time.
    pub rejected: u64,
}

impl Appended {
    /// Adds another batch's counts.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.edited += other.edited;
        self.known += other.known;
        self.deleted += other.deleted;
        self.refused += other.refused;
        self.rejected += other.rejected;
    }
}

impl Stream {
    /// Stores a batch. After an error nothing of it is there; after `Ok` all of it survives a power cut.
    pub fn append(&mut self, batch: &Batch) -> Result<Appended, Error> {
        let path = self.path.clone();
        let at = |source| Error::Sqlite { path: path.clone(), source };
        let change = self.write().map_err(at)?;
        let appended = store(&change, batch, &path).map_err(|failure| match failure {
            Failure::Sqlite(source) => at(source),
            Failure::Encode(source) => Error::Encode(source),
            Failure::Log(error) => error,
        })?;
        change.commit().map_err(at)?;
        Ok(appended)
    }
}

enum Failure {
    Sqlite(rusqlite::Error),
    Encode(postcard::Error),
    Log(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Log(error)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sqlite(source)
    }
}

impl From<postcard::Error> for Failure {
    fn from(source: postcard::Error) -> Self {
        Self::Encode(source)
    }
}

fn store(change: &Transaction<'_>, batch: &Batch, path: &Path) -> Result<Appended, Failure> {
    let mut writer = Writer::new(change, batch.door.as_ref().map(|door| &door.name))?;
    for event in &batch.events {
        match event {
            Event::Post(post) => writer.post(post)?,
            Event::Delete(gone) => writer.delete(gone)?,
            Event::Gone(author) => writer.gone(*author, path)?,
        }
    }
    let Writer { head, mut done, kept, .. } = writer;
    change.execute("UPDATE head SET offset = ?1", [head])?;
    for entry in &batch.counts {
        ledger::add(change, entry)?;
    }
    for ((source, hour), counts) in kept {
        ledger::keep(change, &source, hour, counts)?;
    }
    for entry in &batch.gaps {
        ledger::cover_gap(change, entry)?;
    }
    for row in &batch.rejected {
        done.rejected += u64::from(ledger::reject(change, row)?);
    }
    if let Some((source, cursor)) = &batch.cursor {
        change.execute("INSERT OR REPLACE INTO cursor VALUES (?1, ?2)", params![source.as_str(), cursor])?;
    }
    if let Some(answer) = &batch.door {
        door::answered(change, answer)?;
    }
    Ok(done)
}

/// The statements and counters of one batch.
struct Writer<'a> {
    db: &'a Connection,
    insert_known: CachedStatement<'a>,
    insert_log: CachedStatement<'a>,
    forgotten: HashSet<AuthorKey>,
    sources: HashMap<SourceId, i64>,
    head: i64,
    done: Appended,
    door: Option<&'a SourceId>,
    /// New posts and posts that had come before, by source (or door) and hour, for the ledger.
    kept: BTreeMap<(SourceId, Timestamp), (u32, u32)>,
}

/// What is known of an id.
struct Known {
    offset: i64,
    posted: Option<i64>,
    print: Option<i64>,
}

impl<'a> Writer<'a> {
    fn new(db: &'a Connection, door: Option<&'a SourceId>) -> Result<Self, rusqlite::Error> {
        let forgotten = crate::forget::all(db)?;
        Ok(Self {
            db,
            insert_known: db.prepare_cached("INSERT OR IGNORE INTO known VALUES (?1, ?2, ?3, ?4, ?5)")?,
            insert_log: db.prepare_cached("INSERT INTO log VALUES (?1, ?2, ?3)")?,
            forgotten,
            sources: HashMap::new(),
            head: db.query_row("SELECT offset FROM head", [], |row| row.get(0))?,
            done: Appended::default(),
            door,
            kept: BTreeMap::new(),
        })
    }

    fn post(&mut self, post: &Post) -> Result<(), Failure> {
        if self.forgotten.contains(&post.author) {
            self.done.refused += 1;
            return Ok(());
        }
        let source = self.source(&post.source)?;
        let id = id_key(&post.id);
        let print = record::print(post, self.door.is_some())?;
        let offset = self.head + 1;
        let inserted = self.insert_known.execute(params![source, id, offset, post.posted.millis(), print])?;
        let mut replaces = None;
        if inserted == 0 {
            let known = self.known(source, &id)?;
            match known.print {
                None => {
                    self.done.refused += 1;
                    return Ok(());
                }
                Some(current) if current == print || self.is_past(source, &id, print)? => {
                    self.done.known += 1;
                    if self.door.is_some() {
                        self.counts(post).1 += 1;
                    }
                    return Ok(());
                }
                Some(current) => {
                    self.db
                        .prepare_cached("INSERT INTO past VALUES (?1, ?2, ?3)")?
                        .execute(params![source, id, current])?;
                    let latest = Known { offset, posted: Some(post.posted.millis()), print: Some(print) };
                    self.replace(source, &id, &latest)?;
                }
            }
            self.db.prepare_cached("DELETE FROM log WHERE offset = ?1")?.execute([known.offset])?;
            replaces = known.posted.map(Timestamp::from_millis);
            self.done.edited += 1;
        } else {
            self.done.new += 1;
            self.counts(post).0 += 1;
        }
        let record = record::Encoded::post(post).record(replaces)?;
        self.insert_log.execute(params![offset, post.received.millis(), record])?;
        self.head = offset;
        self.at_door(post)?;
        Ok(())
    }

    /// New posts and posts that had come before in a post's hour.
    fn counts(&mut self, post: &Post) -> &mut (u32, u32) {
        let source = self.door.unwrap_or(&post.source).clone();
        self.kept.entry((source, post.posted.hour())).or_default()
    }

    /// What only collectors need: whose account may go, and what must be asked for again.
    fn at_door(&self, post: &Post) -> Result<(), rusqlite::Error> {
        let Some(door) = self.door else { return Ok(()) };
        self.db.prepare_cached("INSERT OR IGNORE INTO voice VALUES (?1)")?.execute([post.author.bytes()])?;
        if let Some(ask) = &post.ask_again {
            let received = post.received.millis();
            self.db.prepare_cached("INSERT OR REPLACE INTO kept VALUES (?1, ?2, ?3, ?4, ?5, ?5)")?.execute(params![
                door.as_str(),
                ask,
                post.source.as_str(),
                post.id.as_str(),
                received
            ])?;
        }
        Ok(())
    }

    /// An account is gone. Platforms tell of every account there is, so one that was never heard costs one look.
    fn gone(&mut self, author: AuthorKey, path: &Path) -> Result<(), Failure> {
        let heard = self.db.prepare_cached("DELETE FROM voice WHERE author = ?1")?.execute([author.bytes()])? > 0;
        if !heard {
            return Ok(());
        }
        self.done.deleted += crate::forget::strike_out(self.db, path, author)?.posts;
        self.head += 1;
        self.insert_log.execute(params![self.head, None::<i64>, record::Encoded::gone(author).record(None)?])?;
        Ok(())
    }

    fn delete(&mut self, gone: &Reference) -> Result<(), Failure> {
        let source = self.source(&gone.source)?;
        let id = id_key(&gone.id);
        let offset = self.head + 1;
        if self.insert_known.execute(params![source, id, offset, None::<i64>, None::<i64>])? == 1 {
            // Never seen, so there is nothing to take out; the mark keeps a late copy from coming in.
            return Ok(());
        }
        let known = self.known(source, &id)?;
        if known.print.is_none() {
            return Ok(());
        }
        self.db.prepare_cached("DELETE FROM log WHERE offset = ?1")?.execute([known.offset])?;
        self.replace(source, &id, &Known { offset, posted: known.posted, print: None })?;
        let record = record::Encoded::delete(gone).record(known.posted.map(Timestamp::from_millis))?;
        self.insert_log.execute(params![offset, None::<i64>, record])?;
        self.head = offset;
        self.done.deleted += 1;
        Ok(())
    }

    fn known(&self, source: i64, id: &[u8]) -> Result<Known, rusqlite::Error> {
        self.db
            .prepare_cached("SELECT offset, posted, print FROM known WHERE source = ?1 AND id = ?2")?
            .query_row(params![source, id], |row| {
                Ok(Known { offset: row.get(0)?, posted: row.get(1)?, print: row.get(2)? })
            })
    }

    /// Whether this version was there before and gave way to a later one.
    fn is_past(&self, source: i64, id: &[u8], print: i64) -> Result<bool, rusqlite::Error> {
        self.db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM past WHERE source = ?1 AND id = ?2 AND print = ?3)")?
            .query_row(params![source, id, print], |row| row.get(0))
    }

    fn replace(&self, source: i64, id: &[u8], by: &Known) -> Result<(), rusqlite::Error> {
        self.db
            .prepare_cached("UPDATE known SET offset = ?3, posted = ?4, print = ?5 WHERE source = ?1 AND id = ?2")?
            .execute(params![source, id, by.offset, by.posted, by.print])
            .map(drop)
    }

    fn source(&mut self, source: &SourceId) -> Result<i64, rusqlite::Error> {
        if let Some(number) = self.sources.get(source) {
            return Ok(*number);
        }
        let name = source.as_str();
        let found = self.db.query_row("SELECT id FROM source WHERE name = ?1", [name], |row| row.get(0)).optional()?;
        let number = match found {
            Some(number) => number,
            None => {
                self.db.query_row("INSERT INTO source (name) VALUES (?1) RETURNING id", [name], |row| row.get(0))?
            }
        };
        self.sources.insert(source.clone(), number);
        Ok(number)
    }
}

/// An id as `known` keeps it: a number as eight bytes in order, anything else as sixteen bytes of a hash.
fn id_key(id: &PostId) -> Vec<u8> {
    let id = id.as_str();
    // A number with leading zeros is another id than the number.
    match id.parse::<u64>() {
        Ok(number) if !id.starts_with(['0', '+']) => number.to_be_bytes().to_vec(),
        _ => blake3::hash(id.as_bytes()).as_bytes()[..16].to_vec(),
    }
}
