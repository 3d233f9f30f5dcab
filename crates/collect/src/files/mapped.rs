//! A post from fields that lie anywhere: a table's cells or the paths of a JSON object.

use super::Row;
use super::cells::{Cells, is_nothing, lang};
use super::check::{self, Fault, Rules};
use super::columns::{Field, FieldMap, MAPPED, Nowhere, resolve};
use super::scalar::Scalar;
use polso_domain::{PostKind, RawAuthor, RawEvent, RawPost, Reach};
use serde_json::Value;
use std::borrow::Cow;

/// A post from a table that is nobody's in particular.
pub(crate) fn table(rules: &Rules, cells: &Cells<'_>) -> Result<RawPost, Fault> {
    post(rules, |field| cells.first(field))
}

/// A post from whatever gives a value for each field.
fn post<'a>(rules: &Rules, cell: impl Fn(Field) -> Scalar<'a>) -> Result<RawPost, Fault> {
    let named = |field: Field| cell(field).words().filter(|word| !is_nothing(word));
    let author = check::account([cell(Field::Author), Scalar::Missing], []);
    let kind = match (named(Field::Reposted), named(Field::InReplyTo)) {
        (Some(_), _) => PostKind::Repost,
        (None, Some(_)) => PostKind::Reply,
        (None, None) => PostKind::Original,
    };
    let items = |field: Field| cell(field).words().map(|list| split(&list)).unwrap_or_default();
    let reference = |field: Field| named(field).and_then(|id| check::reference(Scalar::Text(id)));
    Ok(RawPost {
        id: check::id(Field::Id.as_str(), cell(Field::Id))?,
        author: check::required(Field::Author.as_str(), author)?,
        text: check::required(Field::Text.as_str(), cell(Field::Text).text())?,
        posted: rules.posted(Field::PostedAt.as_str(), cell(Field::PostedAt))?,
        doubtful_date: false,
        ask_again: None,
        source: rules.source.clone(),
        lang: lang(cell(Field::Lang)),
        kind,
        in_reply_to: reference(Field::InReplyTo),
        reposted: reference(Field::Reposted),
        mentions: items(Field::Mentions).into_iter().map(|handle| RawAuthor { handle, also: Vec::new() }).collect(),
        hashtags: items(Field::Hashtags),
        links: cell(Field::Links).words().map(|list| links(&list)).unwrap_or_default(),
        reach: Reach {
            followers: cell(Field::Followers).count(),
            likes: cell(Field::Likes).count(),
            reposts: cell(Field::Reposts).count(),
            replies: cell(Field::Replies).count(),
        },
    })
}

/// `a,b`, `a b`, `#a #b`, `['a', 'b']`.
pub(crate) fn split(list: &str) -> Vec<String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '[' | ']' | '"' | '\'');
    let items = list.split(between).map(|item| item.trim_start_matches(['#', '@'])).filter(|item| !item.is_empty());
    items.filter(|item| !is_nothing(item)).map(str::to_owned).collect()
}

/// The addresses in a list.
pub(crate) fn links(list: &str) -> Vec<String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '[' | ']' | '"' | '\'');
    list.split(between).filter(|item| item.contains("://")).map(str::to_owned).collect()
}

/// Where each field is in JSON objects of one file.
pub(crate) struct Paths([Option<String>; MAPPED]);

impl Paths {
    /// Finds the fields in a file's first rows: each path must occur in one of them.
    pub(crate) fn find(map: Option<&FieldMap>, first: &[Value]) -> Result<Self, Nowhere> {
        let place = |path: &str| first.iter().any(|row| at(row, path).is_some()).then(|| path.to_owned());
        let available = || first.first().map(paths_of).unwrap_or_default();
        resolve(map, place).map(Self).map_err(|nowhere| Nowhere { available: available(), ..nowhere })
    }

    /// Reads one row.
    pub(crate) fn read(&self, json: &str, rules: &Rules) -> Result<Row, Fault> {
        let row: Value = serde_json::from_str(json).map_err(|error| Fault::json(&error))?;
        let cell = |field: Field| {
            let path = self.0.get(field as usize).and_then(Option::as_deref);
            path.and_then(|path| at(&row, path)).map_or(Scalar::Missing, scalar)
        };
        post(rules, cell).map(|post| Row::Event(RawEvent::Post(Box::new(post))))
    }
}

/// The keys of a row, two levels deep, as paths.
fn paths_of(row: &Value) -> Vec<String> {
    let Value::Object(map) = row else { return Vec::new() };
    let inner = |(key, value): (&String, &Value)| match value {
        Value::Object(inner) => inner.keys().map(|name| format!("{key}.{name}")).collect(),
        _ => vec![key.clone()],
    };
    map.iter().flat_map(inner).collect()
}

/// The value at a path; a key that has dots itself comes first.
fn at<'v>(row: &'v Value, path: &str) -> Option<&'v Value> {
    row.get(path).or_else(|| path.split('.').try_fold(row, |value, step| value.get(step)))
}

fn scalar(value: &Value) -> Scalar<'_> {
    match value {
        Value::Null => Scalar::Missing,
        Value::String(text) => Scalar::Text(Cow::Borrowed(text)),
        Value::Number(number) => match (number.as_u64(), number.as_f64()) {
            (Some(whole), _) => Scalar::Whole(whole),
            (None, Some(other)) => Scalar::Number(other),
            (None, None) => Scalar::Odd,
        },
        // A list is read like a cell that holds one: its texts, one per line.
        Value::Array(items) => Scalar::Text(Cow::Owned(items.iter().filter_map(item).collect::<Vec<_>>().join("\n"))),
        Value::Bool(_) | Value::Object(_) => Scalar::Odd,
    }
}

/// What a list's item says: itself, or the telling key of an entity.
fn item(value: &Value) -> Option<&str> {
    const TELLING: [&str; 6] = ["text", "tag", "screen_name", "username", "expanded_url", "url"];
    value.as_str().or_else(|| TELLING.iter().find_map(|key| value.get(key)?.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_every_spelling() {
        for list in ["a,b", "#a #b", "['a', 'b']", "[\"a\",\"b\"]", "a|b"] {
            assert_eq!(split(list), ["a", "b"], "{list}");
        }
        assert!(split("N/A").is_empty());
        assert_eq!(links("['https://a.example/1', 'x'] http://b.example"), ["https://a.example/1", "http://b.example"]);
    }

    #[test]
    fn a_path_may_be_a_key_with_dots() {
        let row = serde_json::json!({"a.b": 1, "a": {"b": 2, "c": 3}});
        assert_eq!(at(&row, "a.b"), Some(&Value::from(1)));
        assert_eq!(at(&row, "a.c"), Some(&Value::from(3)));
        assert_eq!(paths_of(&row), ["a.b", "a.c", "a.b"].map(str::to_owned));
    }

    #[test]
    fn entities_are_lists_too() {
        let list = serde_json::json!([{"text": "covid"}, "virus", {"tag": "salute"}, 3]);
        assert_eq!(split(&scalar(&list).text().unwrap()), ["covid", "virus", "salute"]);
    }
}
