//! The track in X's query language, in as few questions as fit.
//!
//! Each post that is found costs, so a query is as narrow as the language allows: languages and exclusions stand in it.
//! What does not fit is left out of it and measured afterwards, as for every source.

use crate::net::AskError;
use crate::track::{Folding, Tag, Track};

/// The longest query of the plans that anybody can buy, in characters.
const LONGEST: usize = 512;

/// What stands behind every group of hashtags may take so much of it.
const LONGEST_TAIL: usize = 256;

/// The queries of a track; `suffix` stands behind each.
pub(super) fn queries(track: &Track, suffix: &str) -> Result<Vec<String>, AskError> {
    let settings = |what: &str, hint: &str| AskError::Settings { what: what.to_owned(), hint: hint.to_owned() };
    let tail = tail(track, suffix).ok_or_else(|| {
        settings("`query_suffix` and the hashtags that must all be there are too long", "shorten them")
    })?;
    let mut clauses: Vec<String> = Vec::new();
    for clause in track.any.iter().flat_map(clauses_of) {
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    let mut queries: Vec<String> = Vec::new();
    let mut group = String::new();
    for clause in clauses {
        let alone = length(&clause) + length(&tail) + 2;
        if alone > LONGEST {
            return Err(settings("a tracked hashtag is too long for X", "shorten it, or name fewer languages for it"));
        }
        if !group.is_empty() && length(&group) + " OR ".len() + alone > LONGEST {
            queries.push(format!("({group}){tail}"));
            group.clear();
        }
        group.push_str(if group.is_empty() { "" } else { " OR " });
        group.push_str(&clause);
    }
    if group.is_empty() {
        return Err(settings("nothing that is tracked can be a hashtag on X", "track a word of letters and digits"));
    }
    queries.push(format!("({group}){tail}"));
    Ok(queries)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// One clause a spelling, bound to the languages of its tag.
fn clauses_of(tag: &Tag) -> Vec<String> {
    let codes = tag
        .languages
        .iter()
        .filter(|code| (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase()));
    let languages: Vec<String> = codes.map(|code| format!("lang:{code}")).collect();
    let spellings = std::iter::once(&tag.name).chain(&tag.variants).filter_map(|word| hashtag(word));
    let bound = |spelling: String| match languages.as_slice() {
        [] => spelling,
        [one] => format!("({spelling} {one})"),
        more => format!("({spelling} ({}))", more.join(" OR ")),
    };
    spellings.map(bound).collect()
}

/// A word as a hashtag, if it can be one there.
fn hashtag(word: &str) -> Option<String> {
    let word = Folding::Case.fold(word);
    let fine = word.chars().all(|c| c.is_alphanumeric() || c == '_') && word.chars().any(char::is_alphabetic);
    fine.then(|| format!("#{word}"))
}

/// What every post must have besides, and must not; exclusions only while there is room.
fn tail(track: &Track, suffix: &str) -> Option<String> {
    let mut tail = String::new();
    for must in track.all.iter().filter_map(|word| hashtag(word)) {
        tail = format!("{tail} {must}");
    }
    let suffix = suffix.trim();
    if !suffix.is_empty() {
        tail = format!("{tail} {suffix}");
    }
    if length(&tail) > LONGEST_TAIL {
        return None;
    }
    let none = track.none.iter().filter_map(|word| hashtag(word)).map(|tag| format!(" -{tag}"));
    let plain = |word: &&String| !word.trim().is_empty() && !word.contains(['"', '\\', '\n']);
    let words = track.without_words.iter().filter(plain).map(|word| format!(" -\"{}\"", word.trim()));
    for exclusion in none.chain(words) {
        if length(&tail) + length(&exclusion) <= LONGEST_TAIL {
            tail.push_str(&exclusion);
        }
    }
    Some(tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tag(name: &str, variants: &[&str], languages: &[&str]) -> Tag {
        let own = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        Tag { name: name.to_owned(), variants: own(variants), languages: own(languages) }
    }

    #[test]
    fn a_track_reads_as_x_writes_it() {
        let track = Track {
            any: vec![
                tag("IoRestoACasa", &["iorestoacasà", "iorestoacasa"], &[]),
                tag("virus", &[], &["it", "en"]),
                tag("covid-19", &[], &[]),
            ],
            all: vec!["casa".to_owned()],
            none: vec!["gioco".to_owned()],
            without_words: vec!["sconto".to_owned(), "a\"b".to_owned()],
            ..Track::default()
        };
        assert_eq!(
            queries(&track, "-is:retweet").unwrap(),
            ["(#iorestoacasa OR #iorestoacasà OR (#virus (lang:it OR lang:en))) #casa -is:retweet -#gioco -\"sconto\""]
        );
        assert!(queries(&Track { any: vec![tag("19", &[], &[])], ..Track::default() }, "").is_err());
        assert!(queries(&track, &"x ".repeat(200)).is_err());
    }

    proptest! {
        #[test]
        fn every_hashtag_stands_in_one_query_that_is_short_enough(
            words in prop::collection::btree_set("[a-zß-öø-ü]{1,40}", 1..80),
            none in prop::collection::vec("[a-z]{1,60}", 0..20),
        ) {
            let any = words.iter().map(|word| tag(word, &[], &[])).collect();
            let queries = queries(&Track { any, none, ..Track::default() }, "-is:retweet").unwrap();
            prop_assert!(queries.iter().all(|query| query.chars().count() <= LONGEST));
            for word in &words {
                let there = |query: &&String| query.split([' ', '(', ')']).any(|part| part == format!("#{}", Folding::Case.fold(word)));
                prop_assert_eq!(queries.iter().filter(there).count(), 1, "{}", word);
            }
        }
    }
}
