//! JSON-LD as people write it: prefixes before names, lists of one, values in objects, references by `@id`.
//!
//! It is not a JSON-LD processor: contexts are not read, and names outside schema.org mean nothing here. A reference leads
//! one step, so a circle of them is no loop.

use serde_json::{Map, Value};
use std::cell::OnceCell;
use std::collections::HashMap;

const PREFIXES: [&str; 4] = ["http://schema.org/", "https://schema.org/", "http://www.schema.org/", "schema:"];

/// A name without the prefix of schema.org.
pub(crate) fn local(name: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

/// What an object says under a name, with or without the prefix; null is nothing.
pub(crate) fn get<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    let prefixed = || object.iter().find(|(key, _)| local(key) == name).map(|(_, value)| value);
    object.get(name).or_else(prefixed).filter(|value| !value.is_null())
}

/// Whether an object says that it is of a type.
pub(crate) fn is_a(object: &Map<String, Value>, wanted: &str) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|name| local(name) == wanted);
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is),
        Some(one) => is(one),
        None => false,
    }
}

/// The words or the number of a value, of its `@value`, or of the first in a list that has some.
pub(crate) fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => all.iter().find_map(words),
        Value::Object(object) => object.get("@value").filter(|value| !value.is_object()).and_then(words),
        Value::Bool(_) | Value::Null => None,
    }
}

/// A document with its nodes by name.
pub(crate) struct Graph<'v> {
    root: &'v Value,
    nodes: OnceCell<HashMap<&'v str, &'v Map<String, Value>>>,
}

impl<'v> Graph<'v> {
    pub(crate) fn new(root: &'v Value) -> Self {
        Self { root, nodes: OnceCell::new() }
    }

    /// The objects that a value is, holds as a list, or refers to.
    pub(crate) fn objects(&self, value: &'v Value) -> Vec<&'v Map<String, Value>> {
        match value {
            Value::Array(all) => all.iter().filter_map(Value::as_object).map(|object| self.resolve(object)).collect(),
            Value::Object(object) => vec![self.resolve(object)],
            _ => Vec::new(),
        }
    }

    fn resolve(&self, object: &'v Map<String, Value>) -> &'v Map<String, Value> {
        if !is_reference(object) {
            return object;
        }
        let name = object.get("@id").and_then(Value::as_str).unwrap_or_default();
        let nodes = self.nodes.get_or_init(|| {
            let mut nodes = HashMap::new();
            collect(self.root, &mut nodes);
            nodes
        });
        nodes.get(name).copied().unwrap_or(object)
    }
}

fn is_reference(object: &Map<String, Value>) -> bool {
    object.len() == 1 && object.contains_key("@id")
}

/// The parser bounds how deep this goes. Of two nodes with one name the first counts.
fn collect<'v>(value: &'v Value, nodes: &mut HashMap<&'v str, &'v Map<String, Value>>) {
    match value {
        Value::Array(all) => all.iter().for_each(|value| collect(value, nodes)),
        Value::Object(object) => {
            if let Some(name) = object.get("@id").and_then(Value::as_str)
                && !is_reference(object)
            {
                nodes.entry(name).or_insert(object);
            }
            object.values().for_each(|value| collect(value, nodes));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn prefixes_lists_and_values_are_seen_through() {
        let value = json!({"@type": ["Review", "http://schema.org/ClaimReview"], "schema:name": [{"@value": "Falso"}], "a": null});
        let object = value.as_object().unwrap();
        assert!(is_a(object, "ClaimReview") && !is_a(object, "Claim"));
        assert_eq!(get(object, "name").and_then(words).as_deref(), Some("Falso"));
        assert_eq!(get(object, "a"), None);
        assert_eq!(words(&json!([" ", 4.5])).as_deref(), Some("4.5"));
        assert_eq!(words(&json!({"@value": {"@value": "x"}})), None);
    }

    #[test]
    fn references_lead_one_step_and_circles_end() {
        let value = json!({"@graph": [
            {"@id": "#a", "next": {"@id": "#b"}},
            {"@id": "#b", "next": {"@id": "#a"}, "self": {"@id": "#b"}},
            {"@id": "#alias"},
        ]});
        let graph = Graph::new(&value);
        let a = graph.objects(&value["@graph"][1]["next"]);
        assert_eq!(a[0].get("@id"), Some(&json!("#a")));
        let own = graph.objects(&value["@graph"][1]["self"]);
        assert_eq!(own[0].get("@id"), Some(&json!("#b")));
        let nobody = graph.objects(&value["@graph"][2]);
        assert_eq!(nobody[0].len(), 1);
    }
}
