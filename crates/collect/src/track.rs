//! What is followed: hashtags with their spellings, what must stand beside them and what must not.
//!
//! A question to a platform is as wide as its interface makes it; what comes back is measured here once more, the same
//! way for every source, so that the report's method can say in one line what was followed.

use polso_domain::Timestamp;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// A followed hashtag.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Tag {
    /// Its usual spelling, without `#`.
    pub name: String,
    /// Other spellings that count as the same.
    pub variants: Vec<String>,
    /// Languages (ISO 639-1) in which it is meant; empty means all. A post without a language counts.
    pub languages: Vec<String>,
}

/// A hashtag in the settings: a word, or a table with its spellings.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a hashtag is a word or { tag = \"…\", variants = [\"…\"], languages = [\"…\"] }")]
enum Written {
    Word(String),
    Table(Table),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    tag: String,
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    languages: Vec<String>,
}

impl From<Written> for Tag {
    fn from(written: Written) -> Self {
        let Table { tag, variants, languages } = match written {
            Written::Word(tag) => Table { tag, variants: Vec::new(), languages: Vec::new() },
            Written::Table(table) => table,
        };
        let bare = |word: String| word.trim().trim_start_matches('#').to_owned();
        let variants = variants.into_iter().map(bare).collect();
        Self { name: bare(tag), variants, languages: languages.iter().map(|lang| lang.to_lowercase()).collect() }
    }
}

/// What is followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Track {
    /// At least one of these must be on the post.
    pub any: Vec<Tag>,
    /// All of these must be.
    pub all: Vec<String>,
    /// None of these may be.
    pub none: Vec<String>,
    /// Words that may not be in the text.
    pub without_words: Vec<String>,
    /// Posts before this are left out.
    pub start: Option<Timestamp>,
    /// Posts from this on are left out.
    pub end: Option<Timestamp>,
}

/// How a platform compares hashtags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folding {
    /// Capitals do not count, accents do.
    Case,
    /// Neither counts.
    Accents,
}

impl Folding {
    /// The spelling under which a platform files a hashtag.
    pub(crate) fn fold(self, tag: &str) -> String {
        let tag = tag.trim().trim_start_matches(['#', '＃']);
        match self {
            Self::Case => tag.nfkc().collect::<String>().to_lowercase(),
            Self::Accents => {
                let letters = tag.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
                letters.collect::<String>().to_lowercase().chars().map(without_stroke).collect()
            }
        }
    }
}

/// Letters that Unicode does not take apart into a letter and a mark, as Mastodon files them.
fn without_stroke(letter: char) -> char {
    match letter {
        'ð' | 'đ' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        'ĸ' => 'k',
        'ł' => 'l',
        'ŋ' => 'n',
        'ø' => 'o',
        'ŧ' => 't',
        other => other,
    }
}

impl Track {
    /// Every spelling to ask a platform for, each once, as it files them.
    pub(crate) fn spellings(&self, folding: Folding) -> Vec<String> {
        let mut spellings: Vec<String> = Vec::new();
        for word in self.any.iter().flat_map(|tag| std::iter::once(&tag.name).chain(&tag.variants)) {
            let folded = folding.fold(word);
            if !folded.is_empty() && !spellings.contains(&folded) {
                spellings.push(folded);
            }
        }
        spellings
    }

    /// The same, ready to measure posts with.
    pub(crate) fn matcher(&self, folding: Folding) -> Matcher {
        let mut any: HashMap<String, HashSet<String>> = HashMap::new();
        for tag in &self.any {
            for word in std::iter::once(&tag.name).chain(&tag.variants) {
                any.entry(folding.fold(word)).or_default().extend(tag.languages.iter().cloned());
            }
        }
        // A spelling that stands once without a language is meant in all.
        for tag in self.any.iter().filter(|tag| tag.languages.is_empty()) {
            for word in std::iter::once(&tag.name).chain(&tag.variants) {
                any.insert(folding.fold(word), HashSet::new());
            }
        }
        let fold_all = |words: &[String]| words.iter().map(|word| folding.fold(word)).collect();
        Matcher {
            folding,
            any,
            all: fold_all(&self.all),
            none: fold_all(&self.none),
            without_words: fold_all(&self.without_words),
            start: self.start,
            end: self.end,
        }
    }

    /// The whole query in one line of words that every language reads: for the report's method.
    pub fn query(&self) -> String {
        let tag = |tag: &Tag| {
            let spellings: Vec<String> =
                std::iter::once(&tag.name).chain(&tag.variants).map(|word| format!("#{word}")).collect();
            let languages =
                if tag.languages.is_empty() { String::new() } else { format!(" [{}]", tag.languages.join(" ")) };
            format!("{}{languages}", spellings.join("="))
        };
        let mut parts = vec![self.any.iter().map(tag).collect::<Vec<_>>().join(" OR ")];
        let hashed = |words: &[String]| words.iter().map(|word| format!("#{word}")).collect::<Vec<_>>();
        parts.extend((!self.all.is_empty()).then(|| format!("AND {}", hashed(&self.all).join(" AND "))));
        parts.extend((!self.none.is_empty()).then(|| format!("NOT {}", hashed(&self.none).join(" NOT "))));
        parts.extend(
            (!self.without_words.is_empty()).then(|| format!("NOT \"{}\"", self.without_words.join("\" NOT \""))),
        );
        parts.extend(self.start.map(|at| format!(">= {}", crate::stamp::to_rfc3339(at))));
        parts.extend(self.end.map(|at| format!("< {}", crate::stamp::to_rfc3339(at))));
        parts.join(" ")
    }
}

/// Measures posts.
#[derive(Debug, Clone)]
pub(crate) struct Matcher {
    folding: Folding,
    any: HashMap<String, HashSet<String>>,
    all: HashSet<String>,
    none: HashSet<String>,
    without_words: HashSet<String>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
}

impl Matcher {
    /// Whether a post with these hashtags is followed.
    #[expect(clippy::too_many_arguments, reason = "every side of a post that counts, each of another type")]
    pub(crate) fn wants<S: AsRef<str>>(&self, tags: &[S], text: &str, lang: Option<&str>, posted: Timestamp) -> bool {
        let tags: HashSet<String> = tags.iter().map(|tag| self.folding.fold(tag.as_ref())).collect();
        tags.iter().any(|tag| self.any.get(tag).is_some_and(|languages| speaks(languages, lang)))
            && self.allows(&tags, text, posted)
    }

    /// Whether a post of a platform without hashtags is followed: the words of its text stand for them.
    pub(crate) fn wants_words(&self, text: &str, lang: Option<&str>, posted: Timestamp) -> bool {
        let words: Vec<&str> = words(text).collect();
        self.wants(&words, text, lang, posted)
    }

    /// Whether a post that is followed for another reason (it answers one that is, its feed was named) may stay: its
    /// time and its words are looked at, its hashtags only for those that exclude it.
    pub(crate) fn tolerates<S: AsRef<str>>(&self, tags: &[S], text: &str, posted: Timestamp) -> bool {
        let tags: HashSet<String> = tags.iter().map(|tag| self.folding.fold(tag.as_ref())).collect();
        self.none.is_disjoint(&tags) && self.in_time(posted) && !self.has_excluded_word(text)
    }

    fn allows(&self, tags: &HashSet<String>, text: &str, posted: Timestamp) -> bool {
        self.all.is_subset(tags) && self.none.is_disjoint(tags) && self.in_time(posted) && !self.has_excluded_word(text)
    }

    fn in_time(&self, posted: Timestamp) -> bool {
        self.start.is_none_or(|start| posted >= start) && self.end.is_none_or(|end| posted < end)
    }

    fn has_excluded_word(&self, text: &str) -> bool {
        !self.without_words.is_empty() && words(text).any(|word| self.without_words.contains(&self.folding.fold(word)))
    }
}

/// Regional tags (`it-CH`) speak their language.
fn speaks(languages: &HashSet<String>, lang: Option<&str>) -> bool {
    let Some(lang) = lang else { return true };
    let lang = lang.split(['-', '_']).next().unwrap_or(lang).to_lowercase();
    languages.is_empty() || languages.contains(&lang)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(name: &str, variants: &[&str], languages: &[&str]) -> Tag {
        let own = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        Tag { name: name.to_owned(), variants: own(variants), languages: own(languages) }
    }

    fn track() -> Track {
        Track {
            any: vec![tag("IoRestoACasa", &["iorestoacasà"], &[]), tag("virus", &[], &["it"])],
            none: vec!["gioco".to_owned()],
            without_words: vec!["Sconto".to_owned()],
            start: Some(Timestamp::from_millis(1_000)),
            end: Some(Timestamp::from_millis(2_000)),
            ..Track::default()
        }
    }

    #[expect(clippy::too_many_arguments, reason = "every side of a post that counts")]
    fn wants(folding: Folding, tags: &[&str], text: &str, lang: Option<&str>, millis: i64) -> bool {
        track().matcher(folding).wants(tags, text, lang, Timestamp::from_millis(millis))
    }

    #[test]
    fn every_condition_counts() {
        let case = Folding::Case;
        assert!(wants(case, &["iorestoacasa"], "", None, 1_500));
        assert!(wants(case, &["#IORESTOACASA"], "", Some("fi"), 1_000));
        assert!(!wants(case, &["iorestoacasa", "Gioco"], "", None, 1_500));
        assert!(!wants(case, &["iorestoacasa"], "che sconto!", None, 1_500));
        assert!(wants(case, &["iorestoacasa"], "scontoso", None, 1_500));
        assert!(!wants(case, &["iorestoacasa"], "", None, 2_000));
        assert!(!wants(case, &["altro"], "iorestoacasa", None, 1_500));
    }

    #[test]
    fn a_language_binds_only_its_tag_and_an_unknown_one_is_let_in() {
        let case = Folding::Case;
        assert!(wants(case, &["virus"], "", Some("it-CH"), 1_500));
        assert!(wants(case, &["virus"], "", None, 1_500));
        assert!(!wants(case, &["virus"], "", Some("fi"), 1_500));
    }

    #[test]
    fn accents_count_where_the_platform_says_so() {
        assert!(!wants(Folding::Case, &["iorestòacasa"], "", None, 1_500));
        assert!(wants(Folding::Accents, &["iorestòacasa"], "", None, 1_500));
        assert_eq!(Folding::Accents.fold("#SmørrebrødŁódź"), "smorrebrodlodz");
        assert_eq!(track().spellings(Folding::Accents), ["iorestoacasa", "virus"]);
        assert_eq!(track().spellings(Folding::Case).len(), 3);
    }

    #[test]
    fn words_stand_for_hashtags_where_there_are_none() {
        let matcher = track().matcher(Folding::Case);
        let at = Timestamp::from_millis(1_500);
        assert!(matcher.wants_words("Un virus, dicono", Some("it"), at));
        assert!(!matcher.wants_words("antivirus", Some("it"), at));
        assert!(matcher.tolerates(&["altro"], "sì", at) && !matcher.tolerates(&["gioco"], "sì", at));
    }

    #[test]
    fn the_query_is_one_line() {
        assert_eq!(
            track().query(),
            "#IoRestoACasa=#iorestoacasà OR #virus [it] NOT #gioco NOT \"Sconto\" >= 1970-01-01T00:00:01Z < 1970-01-01T00:00:02Z"
        );
    }
}
