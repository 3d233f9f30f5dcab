//! A refused row without its names, fit for the quarantine.
//!
//! Rather too much than too little: every value under a key that may name an account, every link, every `@name` and
//! e-mail address goes, and what stood under such a key goes wherever else it stands. What cannot be parsed is not kept,
//! because nobody can say where its names are.

use super::columns::{Field, FieldMap};
use serde_json::{Map, Value};

/// A key with one of these in it may name somebody.
const TELLTALE: [&str; 30] = [
    "user",
    "author",
    "name",
    "handle",
    "account",
    "acct",
    "profile",
    "mention",
    "owner",
    "creator",
    "email",
    "phone",
    "description",
    "url",
    "uri",
    "link",
    "location",
    "reply_to",
    "place",
    "page",
    "influencer",
    "sender",
    "nick",
    "login",
    "actor",
    "person",
    "member",
    "channel",
    "contact",
    "avatar",
];
/// A key that is one of these names somebody; longer ones that hold it do not.
const TELLTALE_WHOLE: [&str; 8] = ["did", "repo", "by", "_chat", "chat", "thread_id", "twitter_id", "facebook_id"];
const REMOVED: &str = "[removed]";

/// Knows which keys name people in a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Redactor {
    mapped: Vec<String>,
}

impl Redactor {
    /// Columns that were mapped to people are people, whatever they are called.
    pub(crate) fn new(map: Option<&FieldMap>) -> Self {
        let column = |field| map.and_then(|map| map.column(field));
        let paths = [Field::Author, Field::Mentions].into_iter().filter_map(column);
        // The path itself for tables; its last step and the object around it for JSON.
        let mapped = paths.flat_map(|path| std::iter::once(path).chain(path.rsplit('.').take(2)));
        Self { mapped: mapped.map(str::to_lowercase).collect() }
    }

    /// The row as JSON without names; `None` if it is not JSON.
    pub(crate) fn json(&self, row: &str) -> Option<String> {
        serde_json::from_str(row).ok().map(|value| self.value(value))
    }

    /// A table's row as JSON without names.
    pub(crate) fn cells<'c>(&self, cells: impl Iterator<Item = (&'c str, &'c str)>) -> String {
        let cells = cells.map(|(column, cell)| (column.to_owned(), Value::from(cell)));
        self.value(Value::Object(cells.collect()))
    }

    fn value(&self, mut value: Value) -> String {
        let mut names = Vec::new();
        self.strip(&mut value, &mut names);
        names.sort_unstable_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        each_string(&mut value, &|text| without(&without_addresses(text), &names));
        value.to_string()
    }

    fn strip(&self, value: &mut Value, names: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map.iter_mut() {
                    if self.tells(key) {
                        gather(inner, names);
                        *inner = Value::from(REMOVED);
                    } else {
                        self.strip(inner, names);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.strip(item, names)),
            _ => {}
        }
    }

    fn tells(&self, key: &str) -> bool {
        let key = key.to_lowercase().replace(' ', "_");
        let mapped = self.mapped.iter().any(|name| name.replace(' ', "_") == key);
        mapped || TELLTALE_WHOLE.contains(&key.as_str()) || TELLTALE.iter().any(|word| key.contains(word))
    }
}

/// All texts under a value; one letter alone is no name and would shred the rest.
fn gather(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let name = lower(text.trim().trim_start_matches('@'));
            if name.chars().count() > 1 {
                names.push(name);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, names)),
        Value::Object(map) => map.values().for_each(|item| gather(item, names)),
        _ => {}
    }
}

fn each_string(value: &mut Value, change: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_string(item, change)),
        Value::Object(map) => {
            let entries = std::mem::take(map).into_iter().map(|(key, mut inner)| {
                each_string(&mut inner, change);
                // A key with an `@` is an account that somebody used as a key.
                (if key.contains('@') { change(&key) } else { key }, inner)
            });
            *map = entries.collect::<Map<_, _>>();
        }
        _ => {}
    }
}

/// Letter by letter: the same letter always gives the same, wherever it stands.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Removes names whatever their case.
fn without(text: &str, names: &[String]) -> String {
    let lower = lower(text);
    if !names.iter().any(|name| lower.contains(name.as_str())) {
        return text.to_owned();
    }
    // Lower case is what was compared, and can differ in length: what is kept is kept in lower case.
    names.iter().fold(lower, |kept, name| kept.replace(name.as_str(), "…"))
}

/// `@name` becomes `@user`, an e-mail address `[email]`, a link `[link]`.
fn without_addresses(text: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '%');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['@', ':', '＠']) {
        out.push_str(&rest[..at]);
        let mark = rest[at..].chars().next().unwrap_or('@');
        rest = &rest[at + mark.len_utf8()..];
        if mark == ':' {
            let scheme = out.len() - out.chars().rev().take_while(char::is_ascii_alphabetic).count();
            if scheme == out.len() || !rest.starts_with("//") {
                out.push(':');
                continue;
            }
            out.truncate(scheme);
            out.push_str("[link]");
            rest = &rest[rest.find(char::is_whitespace).unwrap_or(rest.len())..];
            continue;
        }
        let local = out.trim_end_matches(is_name).len();
        let name = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        if local < out.len() && rest[..name].contains('.') {
            out.truncate(local);
            out.push_str("[email]");
        } else {
            out.push_str(if name > 0 { "@user" } else { "@" });
        }
        rest = &rest[name..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_leave_every_corner_of_a_row() {
        let row = r#"{"id":"1","text":"Ciao @rosa_verdi e Rosa Verdi, anche anna@example.org! https://t.example/rosa_verdi/1",
            "user":{"screen_name":"rosa_verdi","name":"Rosa Verdi","id_str":"777"},"mentions":["lucablu"],
            "quoted":{"body":"di lucablu","from_user":"altro"},"n":3}"#;
        let out = Redactor::default().json(row).unwrap().to_lowercase();
        for name in ["rosa", "verdi", "777", "luca", "altro", "anna", "example"] {
            assert!(!out.contains(name), "{name} in {out}");
        }
        assert!(out.contains("\"id\":\"1\"") && out.contains("\"n\":3") && out.contains("ciao"));
    }

    #[test]
    fn a_mapped_column_is_a_person() {
        let map = FieldMap::parse(&["author=who.said"]).unwrap();
        let out = Redactor::new(Some(&map)).cells([("said", "rosa_verdi"), ("body", "by rosa_verdi")].into_iter());
        assert!(!out.contains("rosa"), "{out}");
    }

    #[test]
    fn what_is_not_json_is_not_kept() {
        assert_eq!(Redactor::default().json("{\"user\":\"rosa"), None);
    }

    proptest! {
        #[test]
        fn a_removed_name_is_nowhere(name in "[a-zA-Z_àÉİß]{4,12}", text in "\\PC{0,20}", tail in "\\PC{0,20}") {
            let row = serde_json::json!({"author": name, "text": format!("{text}{name}{tail}"), "deep": [{"x": name}]});
            let out: Value = serde_json::from_str(&Redactor::default().json(&row.to_string()).unwrap()).unwrap();
            prop_assert!(!out["text"].as_str().unwrap().to_lowercase().contains(&name.to_lowercase()));
            prop_assert!(!out["deep"].to_string().to_lowercase().contains(&name.to_lowercase()));
        }
    }
}
