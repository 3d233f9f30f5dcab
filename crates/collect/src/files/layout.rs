//! Tables of which polso knows who writes them: by which columns they are recognised and where their fields are.
//!
//! A layout is data: names of columns for each field, the most telling first. What a tool does in a way of its own (how
//! it spells a kind, whose id it gives) is one function a layout. A table that is nobody's is read through the last one.

use super::cells::Cells;
use super::check::{Fault, Rules};
use super::columns::Field;
use super::vendors::{brandwatch, crowdtangle, fourcat, meltwater, talkwalker};
use super::{Format, mapped};
use polso_domain::{RawPost, SourceId};

/// How one tool writes its tables.
pub(crate) struct Layout {
    /// The format it belongs to; a format may have several layouts.
    pub format: Format,
    /// The source of rows that name none.
    pub source: &'static str,
    /// Columns that together only this tool has. One of these groups is enough.
    pub marks: &'static [&'static [&'static str]],
    /// Where the fields are, in the spelling of the tool; case does not count, nor whether it is ` ` or `_`. Where a row
    /// says a thing in one of several columns, the first that says something counts.
    pub columns: &'static [(Field, &'static [&'static str])],
    /// Fields without which no row can be read.
    pub needs: &'static [Field],
    /// The source of a row, also of one that cannot be used.
    pub source_of: fn(&Rules, &Cells<'_>) -> SourceId,
    /// Reads a row.
    pub post: fn(&Rules, &Cells<'_>) -> Result<RawPost, Fault>,
}

/// A table with a header, of whatever origin.
pub(crate) static ANY: Layout = Layout {
    format: Format::Csv,
    source: "import",
    marks: &[],
    columns: &[],
    needs: &[],
    source_of: |rules, _| rules.source.clone(),
    post: mapped::table,
};

/// The layouts that are recognised by their columns.
pub(crate) static KNOWN: [&Layout; 6] = [
    &fourcat::LAYOUT,
    &crowdtangle::FACEBOOK,
    &crowdtangle::INSTAGRAM,
    &brandwatch::LAYOUT,
    &talkwalker::LAYOUT,
    &meltwater::LAYOUT,
];

impl Layout {
    /// Whether these columns are this tool's.
    pub(crate) fn is_marked(&self, has: impl Fn(&str) -> bool) -> bool {
        self.marks.iter().any(|group| group.iter().all(|column| has(column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::columns::FIELDS;

    #[test]
    fn no_layout_names_a_field_twice_or_needs_one_it_has_not() {
        for layout in KNOWN {
            let mut seen = [false; FIELDS];
            for (field, names) in layout.columns {
                assert!(!std::mem::replace(&mut seen[*field as usize], true), "{field:?} of {}", layout.format);
                assert!(!names.is_empty());
            }
            assert!(layout.needs.iter().all(|field| seen[*field as usize]), "{}", layout.format);
        }
    }

    #[test]
    fn no_tool_has_the_marks_of_another() {
        for layout in KNOWN {
            for group in layout.marks {
                let others = KNOWN.iter().filter(|other| other.is_marked(|column| group.contains(&column)));
                assert_eq!(others.count(), 1, "{group:?}");
            }
        }
    }
}
