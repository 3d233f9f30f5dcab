//! Which row of a table is its header, and whose table it is.
//!
//! The header is the row in which most fields of a post are found, so that the lines which exports put above it do no
//! harm; a row that has the marks of a known tool beats all others.

use super::cells::{Cells, Places};
use super::check::{Fault, Rules};
use super::columns::{Field, FieldMap, Nowhere, likeness, resolve};
use super::layout::{ANY, KNOWN, Layout};
use super::scalar::Scalar;
use super::{Format, Row};
use csv::ByteRecord;
use polso_domain::{RawEvent, SetAside, SourceId};

/// A header further down is none.
pub(crate) const PREAMBLE_ROWS: usize = 20;

/// What is asked of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// The format, if it is named.
    pub format: Option<Format>,
    /// A map makes a table nobody's but the user's.
    pub map: Option<FieldMap>,
}

/// A row that may be the header: the better, the greater.
pub(crate) struct Candidate {
    score: (bool, usize, usize),
    layout: &'static Layout,
    names: Names,
}

/// Where a table's fields are.
pub(crate) struct Header {
    /// Whose table it is.
    pub layout: &'static Layout,
    /// The columns' names as written.
    pub names: Vec<String>,
    places: Places,
    /// Its ids were rounded by a spreadsheet.
    rounded: bool,
}

/// Names of columns, also without regard to case and with `_` for spaces.
struct Names {
    written: Vec<String>,
    plain: Vec<String>,
}

impl Wanted {
    /// A row seen as a header.
    pub(crate) fn candidate(&self, written: Vec<String>) -> Candidate {
        let names = Names { plain: written.iter().map(|name| plain(name)).collect(), written };
        let layouts = KNOWN.iter().copied().filter(|layout| match self.format {
            Some(format) => layout.format == format,
            None => self.map.is_none() && layout.is_marked(|column| names.position(column).is_some()),
        });
        let scored = layouts.map(|layout| (names.fields_of(layout), layout));
        let (score, layout) = match scored.max_by_key(|(fields, _)| *fields) {
            Some((fields, layout)) => ((fields > 0, fields, names.written.len()), layout),
            None => ((false, likeness(self.map.as_ref(), |column| names.position(column)), names.written.len()), &ANY),
        };
        Candidate { score, layout, names }
    }

    /// A table without a single row.
    pub(crate) fn nothing(&self) -> Candidate {
        Candidate { score: (false, 0, 0), ..self.candidate(Vec::new()) }
    }

    /// Finds every field's column; one that is needed or mapped must be there.
    pub(crate) fn resolve(&self, Candidate { score, layout, names }: Candidate) -> Result<Header, Nowhere> {
        let mut places: Places = std::array::from_fn(|_| Vec::new());
        // Without a single known column that row is data, and data is not for messages.
        let available = || if score.1 == 0 { Vec::new() } else { names.written.clone() };
        if layout.format == Format::Csv {
            let found = resolve(self.map.as_ref(), |column| names.position(column));
            let found = found.map_err(|nowhere| Nowhere { available: available(), ..nowhere })?;
            found.into_iter().zip(&mut places).for_each(|(column, place)| place.extend(column));
        }
        for (field, columns) in layout.columns {
            places[*field as usize].extend(columns.iter().filter_map(|column| names.position(column)));
        }
        match layout.needs.iter().find(|field| places[**field as usize].is_empty()) {
            Some(field) => Err(Nowhere { field: *field, column: None, available: available() }),
            None => Ok(Header { layout, names: names.written, places, rounded: false }),
        }
    }
}

impl Candidate {
    /// Whether this one is more of a header.
    pub(crate) fn beats(&self, other: &Self) -> bool {
        self.score > other.score
    }
}

impl Header {
    /// Looks at a table's first rows. A spreadsheet keeps fifteen digits of a number and fills it up with zeros: one such
    /// id may be chance, but if all are, they name other posts.
    pub(crate) fn look_at(&mut self, rows: impl Iterator<Item = ByteRecord>) {
        const LOOKED_AT: usize = 100;
        let column = self.places[Field::Id as usize].first().copied();
        let (mut long, mut rounded) = (0, 0);
        for row in rows.take(LOOKED_AT) {
            if let Some(id) = column.and_then(|column| row.get(column)).filter(|id| is_long(id)) {
                long += 1;
                rounded += usize::from(id[15..].iter().all(|digit| *digit == b'0'));
            }
        }
        self.rounded = long > 1 && long == rounded;
    }

    /// Reads a row, or says why it cannot be used and whose it would have been; `cell` gives what stands in a column.
    pub(crate) fn read<'r>(
        &'r self,
        rules: &Rules,
        cell: &'r dyn Fn(usize) -> Scalar<'r>,
    ) -> Result<Row, (Fault, SourceId)> {
        let cells = Cells::new(&self.places, cell);
        let is_rounded = self.rounded && cells.first(Field::Id).words().is_some_and(|id| is_long(id.as_bytes()));
        let post = if is_rounded {
            Err(Fault::new(SetAside::MangledId, "`id` was rounded by a spreadsheet; export it as text"))
        } else {
            (self.layout.post)(rules, &cells)
        };
        match post {
            Ok(post) => Ok(Row::Event(RawEvent::Post(Box::new(post)))),
            Err(fault) => Err((fault, (self.layout.source_of)(rules, &cells))),
        }
    }
}

impl Names {
    /// A column by its name, as written, else its plain one.
    fn position(&self, column: &str) -> Option<usize> {
        let exact = self.written.iter().position(|name| name == column);
        exact.or_else(|| {
            let column = plain(column);
            self.plain.iter().position(|name| *name == column)
        })
    }

    fn fields_of(&self, layout: &Layout) -> usize {
        let has = |columns: &[&str]| columns.iter().any(|column| self.position(column).is_some());
        layout.columns.iter().filter(|(_, columns)| has(columns)).count()
    }
}

/// A number that a spreadsheet cannot hold; chance alone gives shorter ones their zeros too often.
fn is_long(id: &[u8]) -> bool {
    id.len() >= 18 && id.iter().all(u8::is_ascii_digit)
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(' ', "_")
}
