//! Texts that stand for a group: tomorrow's posts are matched with them.
//!
//! A rumour crosses languages, and texts of two languages lie further apart than texts of one. So each language that has
//! enough of a group's texts is stood for by some of its own; else the smaller one would be lost on the next day.

use super::communities::{dot, sum};
use polso_domain::Vector;
use std::collections::{BTreeMap, BTreeSet};

/// Members that may stand for a large group: trying more of them finds no better ones.
const TRIED: usize = 200;

/// Texts of a language from which on it has stand-ins of its own.
const OWN: usize = 3;

/// Places of the stand-ins among texts with their languages: at most so many of each language, that with most texts first.
pub(super) fn of(texts: &[(&str, &Vector)], most: usize) -> Vec<usize> {
    let mut by_lang: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, (lang, _)) in texts.iter().enumerate() {
        by_lang.entry(lang).or_default().push(place);
    }
    let mut langs: Vec<Vec<usize>> = by_lang.into_values().collect();
    // Stable: languages with as many texts stay in the order of their codes.
    langs.sort_by_key(|places| std::cmp::Reverse(places.len()));
    let has_own = |(rank, places): &(usize, Vec<usize>)| *rank == 0 || places.len() >= OWN;
    let chosen = langs.into_iter().enumerate().filter(has_own).flat_map(|(_, places)| {
        let blends: Vec<&Vector> = places.iter().map(|place| texts[*place].1).collect();
        central(&blends, most).into_iter().map(move |place| places[place])
    });
    chosen.collect()
}

/// The text nearest to all, then always the one that brings most to the others that are not covered yet (greedy facility
/// location; Nemhauser, Wolsey and Fisher 1978). What a text would bring to itself does not count, or those on the edge
/// would stand for the rest.
fn central(texts: &[&Vector], most: usize) -> Vec<usize> {
    let all = sum(texts.iter().copied());
    let nearness = |text: usize| dot(&sum(std::iter::once(texts[text])), &all);
    let mut left: BTreeSet<usize> = (0..texts.len()).step_by(texts.len().div_ceil(TRIED).max(1)).collect();
    let mut covered = vec![f32::NEG_INFINITY; texts.len()];
    let mut chosen = Vec::new();
    let mut next = (0..texts.len()).rev().max_by(|a, b| nearness(*a).total_cmp(&nearness(*b)));
    while let Some(text) = next {
        left.remove(&text);
        chosen.push(text);
        for (covered, other) in covered.iter_mut().zip(texts) {
            *covered = covered.max(texts[text].cosine(other));
        }
        let gain = |candidate: usize| -> f32 {
            let others = covered.iter().zip(texts).enumerate().filter(|(other, _)| *other != candidate);
            others.map(|(_, (covered, other))| (texts[candidate].cosine(other) - covered).max(0.0)).sum()
        };
        let best = left.iter().rev().map(|text| (*text, gain(*text))).max_by(|(_, a), (_, b)| a.total_cmp(b));
        next = best.filter(|_| chosen.len() < most).map(|(text, _)| text);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_with_enough_texts_is_stood_for() {
        let near = |x: f32| Vector::new(&[1.0, x]).unwrap();
        let vectors: Vec<Vector> = (0..12_u8).map(|number| near(f32::from(number) / 20.0)).collect();
        let langs = ["it", "en", "it", "it", "en", "it", "en", "it", "fi", "it", "fi", "it"];
        let texts: Vec<(&str, &Vector)> = langs.into_iter().zip(&vectors).collect();
        let chosen = of(&texts, 2);
        let said: Vec<&str> = chosen.iter().map(|place| langs[*place]).collect();
        assert_eq!(said, ["it", "it", "en", "en"], "two texts in Finnish are too few");
        assert_eq!(of(&texts[..1], 5), [0]);
        assert!(of(&[], 5).is_empty());
    }
}
