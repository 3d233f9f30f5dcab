//! One row of a table, by fields instead of columns.

use super::columns::{FIELDS, Field};
use super::scalar::Scalar;
use std::borrow::Cow;

/// The columns of each field, the most telling first.
pub(crate) type Places = [Vec<usize>; FIELDS];

/// A row whose columns are known.
pub(crate) struct Cells<'r> {
    places: &'r Places,
    cell: &'r dyn Fn(usize) -> Scalar<'r>,
}

impl<'r> Cells<'r> {
    /// A row; `cell` gives what stands in a column.
    pub(crate) fn new(places: &'r Places, cell: &'r dyn Fn(usize) -> Scalar<'r>) -> Self {
        Self { places, cell }
    }

    /// Whether the table has a column for this field.
    pub(crate) fn has(&self, field: Field) -> bool {
        !self.places[field as usize].is_empty()
    }

    /// What the first of its columns says that says something.
    pub(crate) fn first(&self, field: Field) -> Scalar<'r> {
        match self.places[field as usize].as_slice() {
            [] => Scalar::Missing,
            [only] => (self.cell)(*only),
            several => {
                let mut cells = several.iter().map(|column| (self.cell)(*column));
                cells.find(|cell| !is_empty(cell)).unwrap_or_default()
            }
        }
    }

    /// The words of [`Self::first`], unless they say that there is nothing.
    pub(crate) fn words(&self, field: Field) -> Option<Cow<'r, str>> {
        self.first(field).words().filter(|word| !is_nothing(word))
    }

    /// The language; `no` is one.
    pub(crate) fn lang(&self) -> Option<String> {
        lang(self.first(Field::Lang))
    }

    /// What each of its columns says.
    pub(crate) fn all(&self, field: Field) -> impl Iterator<Item = Cow<'r, str>> {
        let cells = self.places[field as usize].iter().map(|column| (self.cell)(*column));
        cells.filter_map(Scalar::words).filter(|word| !is_nothing(word))
    }

    /// The largest count of its columns: a row of one platform leaves those of the others empty or zero.
    pub(crate) fn most(&self, field: Field) -> Option<u32> {
        self.places[field as usize].iter().filter_map(|column| (self.cell)(*column).count()).max()
    }
}

fn is_empty(cell: &Scalar<'_>) -> bool {
    match cell {
        Scalar::Missing => true,
        Scalar::Text(text) => {
            let text = text.trim();
            text.is_empty() || text.eq_ignore_ascii_case("n/a")
        }
        Scalar::Whole(_) | Scalar::Number(_) | Scalar::Odd => false,
    }
}

/// A language as tables write it; `no` is one.
pub(crate) fn lang(cell: Scalar<'_>) -> Option<String> {
    cell.words().filter(|word| word.eq_ignore_ascii_case("no") || !is_nothing(word)).map(Cow::into_owned)
}

/// How tables write that there is nothing.
pub(crate) fn is_nothing(word: &str) -> bool {
    ["nan", "none", "null", "n/a", "na", "0", "-1", "false", "no", "und"]
        .iter()
        .any(|nothing| word.eq_ignore_ascii_case(nothing))
}
