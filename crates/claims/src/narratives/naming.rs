//! What a group is called: the words that are typical of it and not of the day.
//!
//! Privacy: a word that few people of the group used is nobody's business, and a word that is written with a capital inside
//! sentences is likely a name; only words of the library and of followed hashtags may be.

use super::{About, Loose};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a name, at most; and how many are told even if the whole day uses them.
const MOST: usize = 6;
const FEW: usize = 3;

/// Rarity from which a word is typical of a group by itself: one post in fifty has it.
const RARE: f32 = 2.9;

/// How a word is written in a group.
#[derive(Default)]
struct Use {
    people: BTreeSet<[u8; 16]>,
    /// Times that it was written all in small letters, by spelling.
    small: BTreeMap<String, u32>,
    /// Times that it began with a capital where no sentence begins.
    capital: u32,
    /// Every spelling, in small letters.
    any: BTreeMap<String, u32>,
}

/// The most typical words of a group, the most typical first: class-based tf-idf (Grootendorst 2022), with people in place
/// of occurrences.
pub(super) fn words(members: &[&Loose<'_>], about: &About<'_>, min_people: u32) -> Vec<String> {
    let Some(lang) = most_frequent(members.iter().map(|post| post.lang)) else { return Vec::new() };
    let mut uses: BTreeMap<u32, Use> = BTreeMap::new();
    for post in members.iter().filter(|post| post.lang == lang && !post.text.is_empty()) {
        let mut rest = post.text;
        for (term, written) in (about.words)(post.text, lang) {
            let Some(at) = rest.find(&written) else { continue };
            let before = &post.text[..post.text.len() - rest.len() + at];
            uses.entry(term).or_default().add(post, &written, before);
            rest = &rest[at + written.len()..];
        }
    }
    let enough = uses.into_iter().filter(|(_, word)| word.people.len() >= min_people as usize);
    let mut typical: Vec<(f32, f32, String)> = enough
        .filter(|(term, word)| about.allowed.contains(term) || !word.is_likely_name())
        .filter_map(|(term, word)| {
            let (rarity, people) = (about.background.rarity(term), word.people.len() as f32);
            Some((people * rarity, rarity, word.spelling()?))
        })
        .filter(|(score, _, word)| *score > 0.0 && word.chars().any(char::is_alphabetic))
        .collect();
    typical.sort_by(|(a, _, left), (b, _, right)| b.total_cmp(a).then_with(|| left.cmp(right)));
    let rare = typical.iter().filter(|(_, rarity, _)| *rarity >= RARE).count();
    if rare >= FEW {
        typical.retain(|(_, rarity, _)| *rarity >= RARE);
    } else {
        typical.truncate(FEW);
    }
    typical.truncate(MOST);
    typical.into_iter().map(|(_, _, word)| word).collect()
}

impl Use {
    fn add(&mut self, post: &Loose<'_>, written: &str, before: &str) {
        self.people.insert(*post.author.bytes());
        let small = written.to_lowercase();
        *self.any.entry(small.clone()).or_default() += 1;
        // Names are written small in hashtags, and everything large where a sentence begins: neither tells anything.
        let in_hashtag = before.ends_with('#');
        if !in_hashtag && small == written {
            *self.small.entry(small).or_default() += 1;
        } else if !in_hashtag && !begins_sentence(before) {
            self.capital += 1;
        }
    }

    /// Whether it is written as a name every fourth time, for not everybody takes the trouble. What is never written small
    /// has not shown to be a word.
    fn is_likely_name(&self) -> bool {
        let small: u32 = self.small.values().sum();
        small == 0 || 3 * self.capital >= small
    }

    fn spelling(self) -> Option<String> {
        most_frequent_of(self.small).or_else(|| most_frequent_of(self.any))
    }
}

/// Whether what comes after `before` begins a sentence.
fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '"', '\'', '«', '“', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '…', '-', '–'])
}

fn most_frequent<'a>(values: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    most_frequent_of(counts)
}

/// The value with the largest count, the first of equal ones.
fn most_frequent_of<T: Ord>(counts: BTreeMap<T, u32>) -> Option<T> {
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(value, _)| value)
}
