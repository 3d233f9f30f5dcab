//! What the head of a model's `README.md` says: licence and languages.
//!
//! The hub keeps both in a few lines of YAML before the text. Only the two shapes that it writes are read, a value on the
//! line and a list below it; anything else says nothing, and the person who adds the model is asked.

use std::path::Path;

/// The file, beside the model's.
pub(super) const FILE: &str = "README.md";

/// What it says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    pub(super) licence: Option<String>,
    pub(super) languages: Vec<String>,
}

/// Reads the head of a file; of one that is not there, or has none, nothing.
pub(super) fn told(path: &Path) -> Told {
    parse(&std::fs::read_to_string(path).unwrap_or_default())
}

fn parse(text: &str) -> Told {
    let mut lines = text.lines();
    let mut told = Told::default();
    if lines.next().map(str::trim_end) != Some("---") {
        return told;
    }
    let mut key = "";
    for line in lines.take_while(|line| line.trim_end() != "---") {
        let value = match (line.trim_start().strip_prefix("- "), line.split_once(':')) {
            (Some(item), _) => item,
            (None, Some((name, value))) if !line.starts_with(' ') => {
                key = name;
                value
            }
            _ => continue,
        };
        let values = value.trim().trim_matches(['[', ']']).split(',');
        let mut values = values.map(|value| value.trim().trim_matches(['"', '\''])).filter(|value| !value.is_empty());
        match key {
            "license" => told.licence = values.next_back().map(str::to_owned).or(told.licence),
            "language" => told.languages.extend(values.map(str::to_owned)),
            _ => {}
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_of_a_list_are_read() {
        let expected = Told { licence: Some("mit".to_owned()), languages: vec!["it".to_owned(), "en".to_owned()] };
        for text in [
            "---\nlanguage:\n- it\n- en\nlicense: mit\ntags:\n- fi\n---\nlanguage: fi\n",
            "---\nlicense: \"mit\"\nlanguage: [it, 'en']\n---\n",
            "---\r\nlanguage:\r\n  - it\r\n  - en\r\nlicense: mit\r\n---\r\n",
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_text_without_a_head_says_nothing() {
        for text in ["", "# A model\nlanguage: it\n", "---\nlanguage: []\n---\n", "---\n  license: mit\n---\n"] {
            assert_eq!(parse(text), Told::default(), "{text}");
        }
    }
}
