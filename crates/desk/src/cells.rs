//! Rows read strictly: what cannot be read is named by its table and key.

use crate::error::{Error, Fault};
use polso_domain::{ClaimId, Day, Timestamp};
use rusqlite::types::{FromSql, ValueRef};
use rusqlite::{Connection, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A question whose rows come from one table, their key in the first columns.
pub(crate) struct Rows<'a> {
    /// The table to name when a row is damaged.
    pub(crate) table: &'static str,
    /// How many columns, from the first, are the key.
    pub(crate) key: usize,
    /// The question.
    pub(crate) sql: &'a str,
}

impl Rows<'_> {
    /// Hands every row to `take`, in the order of the question.
    pub(crate) fn each(
        &self,
        db: &Connection,
        params: impl Params,
        mut take: impl FnMut(&Cells<'_, '_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut statement = db.prepare_cached(self.sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            take(&Cells { row, table: self.table, key: self.key })?;
        }
        Ok(())
    }

    /// What `read` makes of every row.
    pub(crate) fn all<T>(
        &self,
        db: &Connection,
        params: impl Params,
        mut read: impl FnMut(&Cells<'_, '_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut found = Vec::new();
        self.each(db, params, |cells| {
            found.push(read(cells)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// What `read` makes of the only row, if there is one.
    pub(crate) fn one<T>(
        &self,
        db: &Connection,
        params: impl Params,
        read: impl FnMut(&Cells<'_, '_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.all(db, params, read)?.pop())
    }
}

/// A row that knows its name.
pub(crate) struct Cells<'a, 'r> {
    row: &'a Row<'r>,
    table: &'static str,
    key: usize,
}

impl Cells<'_, '_> {
    /// A column as `SQLite` knows it.
    pub(crate) fn get<T: FromSql>(&self, column: usize) -> Result<T, Fault> {
        self.row.get(column).map_err(|_| self.damaged())
    }

    /// A column that means something: `None` of `meaning` is damage.
    pub(crate) fn read<T: FromSql, U>(&self, column: usize, meaning: impl FnOnce(T) -> Option<U>) -> Result<U, Fault> {
        meaning(self.get(column)?).ok_or_else(|| self.damaged())
    }

    /// The same for a column that may be empty.
    pub(crate) fn maybe<U>(&self, column: usize, meaning: impl FnOnce(&str) -> Option<U>) -> Result<Option<U>, Fault> {
        let word: Option<String> = self.get(column)?;
        word.map(|word| meaning(&word).ok_or_else(|| self.damaged())).transpose()
    }

    /// A claim's id.
    pub(crate) fn claim(&self, column: usize) -> Result<ClaimId, Fault> {
        self.read(column, |id: String| ClaimId::new(&id))
    }

    /// A day that the calendar has.
    pub(crate) fn day(&self, column: usize) -> Result<Day, Fault> {
        self.read(column, |days: i32| Some(Day::from_epoch_days(days)).filter(|day| day.epoch_days() == days))
    }

    /// An instant.
    pub(crate) fn instant(&self, column: usize) -> Result<Timestamp, Fault> {
        self.get(column).map(Timestamp::from_millis)
    }

    /// A number of 64 bits without a sign.
    pub(crate) fn count(&self, column: usize) -> Result<u64, Fault> {
        self.get(column).map(i64::cast_unsigned)
    }

    /// A list as [`encode`] wrote it.
    pub(crate) fn list<T: DeserializeOwned>(&self, column: usize) -> Result<Vec<T>, Fault> {
        self.read(column, |bytes: Vec<u8>| {
            let (list, rest) = postcard::take_from_bytes(&bytes).ok()?;
            rest.is_empty().then_some(list)
        })
    }

    /// The error that names this row.
    pub(crate) fn damaged(&self) -> Fault {
        let spelt = |column| match self.row.get_ref(column) {
            Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
            Ok(ValueRef::Integer(number)) => number.to_string(),
            _ => "?".to_owned(),
        };
        let id: Vec<String> = (0..self.key).map(spelt).collect();
        Fault::Damaged { table: self.table, id: id.join("/") }
    }
}

/// A list as one cell of `table`.
pub(crate) fn encode<T: Serialize>(table: &'static str, list: &[T]) -> Result<Vec<u8>, Fault> {
    postcard::to_stdvec(list).map_err(|source| Error::Encode { table, source }.into())
}
