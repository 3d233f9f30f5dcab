//! Which column of a table is which field of a claim.

use super::FormatError;
use super::draft::shown;
use std::collections::BTreeMap;

/// How many columns a message names.
const NAMED: usize = 30;

/// What a claim of a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Its name; without one it gets a name from its words.
    Id,
    /// The claim. The only one that every row needs.
    Text,
    /// A word of a verdict.
    Verdict,
    /// The language of the text.
    Lang,
    /// The page that answers it.
    Link,
    /// The answer.
    Answer,
    /// One of WHO's five topics.
    Topic,
    /// When it was checked or said.
    Date,
    /// `rumour`, `fact` or `message`.
    Kind,
    /// Host or address of those who checked it.
    Publisher,
}

impl Field {
    pub(crate) const ALL: [Self; 10] = [
        Self::Id,
        Self::Text,
        Self::Verdict,
        Self::Lang,
        Self::Link,
        Self::Answer,
        Self::Topic,
        Self::Date,
        Self::Kind,
        Self::Publisher,
    ];

    /// The name as a map takes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Verdict => "verdict",
            Self::Lang => "lang",
            Self::Link => "link",
            Self::Answer => "answer",
            Self::Topic => "topic",
            Self::Date => "date",
            Self::Kind => "kind",
            Self::Publisher => "publisher",
        }
    }

    /// All names, for messages.
    pub(crate) fn names() -> String {
        Self::ALL.map(Self::as_str).join(", ")
    }
}

/// The columns that somebody named. A field without one is looked for under its own name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMap {
    columns: BTreeMap<Field, String>,
}

impl ColumnMap {
    /// Reads pairs `FIELD=COLUMN`; the last of a field counts.
    pub fn parse<'p>(pairs: impl IntoIterator<Item = &'p str>) -> Result<Self, FormatError> {
        let mut columns = BTreeMap::new();
        for pair in pairs {
            let split = pair.split_once('=').filter(|(_, column)| !column.trim().is_empty());
            let (name, column) = split.ok_or_else(|| FormatError::BadMap { pair: pair.to_owned() })?;
            let field = Field::ALL.into_iter().find(|field| field.as_str() == name.trim());
            let field = field.ok_or_else(|| FormatError::UnknownField { field: name.trim().to_owned() })?;
            columns.insert(field, column.trim().to_owned());
        }
        Ok(Self { columns })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The place of a field among the columns, capitals aside; `None` also when it is ambiguous.
    pub(crate) fn place(&self, field: Field, header: &[String]) -> Option<usize> {
        let name = self.columns.get(&field).map_or(field.as_str(), String::as_str);
        let exact = header.iter().position(|column| column.trim() == name);
        exact.or_else(|| header.iter().position(|column| column.trim().to_lowercase() == name.to_lowercase()))
    }

    /// The place of every field; a field that was named and is not there is an error, and so is a table without text.
    pub(crate) fn places(&self, header: &[String]) -> Result<BTreeMap<Field, usize>, FormatError> {
        let mut places = BTreeMap::new();
        for field in Field::ALL {
            let named = self.columns.get(&field);
            match self.place(field, header) {
                Some(place) => drop(places.insert(field, place)),
                None if named.is_some() || field == Field::Text => {
                    let column = named.map_or(field.as_str(), String::as_str).to_owned();
                    let available = header.iter().take(NAMED).map(|name| format!("`{}`", shown(name))).collect();
                    return Err(FormatError::NoColumn { field, column, available });
                }
                None => {}
            }
        }
        Ok(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_and_bad_ones_say_why() {
        let map = ColumnMap::parse(["text=Claim", " verdict = Rating=1 "]).unwrap();
        let header = ["id", "CLAIM", "rating=1"].map(str::to_owned);
        let places = map.places(&header).unwrap();
        assert_eq!((places[&Field::Text], places[&Field::Verdict], places[&Field::Id]), (1, 2, 0));
        assert!(matches!(ColumnMap::parse(["text"]), Err(FormatError::BadMap { .. })));
        assert!(matches!(ColumnMap::parse(["text="]), Err(FormatError::BadMap { .. })));
        assert!(ColumnMap::parse(["txt=a"]).unwrap_err().hint().contains("publisher"));
    }

    #[test]
    fn a_wrong_map_names_the_columns_there_are() {
        let map = ColumnMap::parse(["text=Claim"]).unwrap();
        let error = map.places(&["Testo".to_owned(), "<b>Voto</b>".to_owned()]).unwrap_err();
        assert_eq!(error.to_string(), "there is no column `Claim` for `text`");
        assert_eq!(error.hint(), "the file has `Testo`, `Voto`; name one with --map text=COLUMN");
    }
}
