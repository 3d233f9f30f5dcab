//! Down a document of any length to the lists that claims stand in, one element in memory at a time.
//!
//! The lists are those of a feed (`dataFeedElement`), of an answer of Fact Check Tools (`claims`), and an array that is the
//! whole document. Everything else of a document is held until it ends, within the limit for one element: a single review
//! or a graph is read from there.

use super::Format;
use super::finder;
use super::graph::local;
use super::limit::Budget;
use super::rows::Rows;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// A document.
pub(crate) struct Root<'w, 'r> {
    rows: &'w mut Rows<'r>,
    budget: &'w Budget,
}

impl<'w, 'r> Root<'w, 'r> {
    pub(crate) fn new(rows: &'w mut Rows<'r>, budget: &'w Budget) -> Self {
        Self { rows, budget }
    }
}

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("claims as an object or an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        List { rows: self.rows, budget: self.budget, what: "object" }.visit_seq(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut rest = Map::new();
        let mut had_list = false;
        while let Some(key) = entries.next_key::<String>()? {
            let list = match local(&key) {
                "dataFeedElement" => Some((Format::DataCommons, "element")),
                "claims" => Some((Format::FactCheckTools, "claim")),
                _ => None,
            };
            if let Some((format, what)) = list {
                self.rows.found(format);
                had_list = true;
                entries.next_value_seed(List { rows: self.rows, budget: self.budget, what })?;
            } else {
                rest.insert(key, entries.next_value()?);
            }
        }
        if had_list && !finder::is_review(&rest) {
            return Ok(());
        }
        let place = self.rows.place();
        let flow = finder::object(self.rows, &place, &Value::Object(rest));
        if flow.is_break() { Err(stop()) } else { Ok(()) }
    }
}

/// A list of which every element may be a claim.
struct List<'w, 'r> {
    rows: &'w mut Rows<'r>,
    budget: &'w Budget,
    what: &'static str,
}

impl List<'_, '_> {
    fn element(&mut self, value: &Value) -> bool {
        let place = self.rows.place();
        finder::object(self.rows, &place, value).is_break()
    }
}

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}s", self.what)
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        for count in 1_u64.. {
            self.budget.renew();
            self.rows.at(format!("{} {count}", self.what));
            match items.next_element::<Value>()? {
                Some(value) if self.element(&value) => return Err(stop()),
                Some(_) => {}
                None => break,
            }
        }
        self.budget.renew();
        self.rows.at("the end".to_owned());
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, entries: A) -> Result<(), A::Error> {
        self.rows.at(format!("{} 1", self.what));
        let value = Value::deserialize(MapAccessDeserializer::new(entries))?;
        if self.element(&value) { Err(stop()) } else { Ok(()) }
    }
}

/// Ends the parser; [`Rows::is_stopped`] tells it from damage.
fn stop<E: de::Error>() -> E {
    E::custom("the reading was ended")
}
