//! Where a stage keeps what it did last: a fingerprint, an offset, a day.
//!
//! Marks are no decisions: they are not written down as changes, and losing one costs work, not knowledge.

use crate::cells::Rows;
use crate::{Desk, Error};

impl Desk {
    /// Sets a mark, whatever it was before.
    pub fn set_mark(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.write(|db| {
            db.execute("INSERT OR REPLACE INTO desk_mark VALUES (?1, ?2)", [name, value])?;
            Ok(())
        })
    }

    /// What a mark was set to last.
    pub fn mark(&self, name: &str) -> Result<Option<String>, Error> {
        let rows = Rows { table: "desk_mark", key: 1, sql: "SELECT name, value FROM desk_mark WHERE name = ?1" };
        self.read(|db| rows.one(db, [name], |cells| cells.get(1)))
    }
}
