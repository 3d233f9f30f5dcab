//! Which posts people should look at: a stratified random sample of a day's texts.
//!
//! Texts are drawn, not posts: copies are looked at once and stand for all of them. They are put into strata by what is
//! known of them; each stratum gets texts by the square root of its posts, so that what is rare is seen too, and at least
//! two where it has two. Where the sample is too small for that, strata are joined from their last part on. Within
//! a stratum texts are drawn with probabilities proportional to their copies (Madow 1949, systematic, in random order;
//! Cochran 1977, ch. 9A): a text with so many copies that it would be drawn more than once is taken for certain, and
//! each of the others stands for the same number of posts.
//!
//! Invariants
//! * The weights of a stratum add up to its posts, so a weighted mean over the sample is unbiased for the posts' mean.
//! * The same candidates in the same order, number and seed give the same sample. Its order is random: neighbours have
//!   nothing in common that a reviewer could guess the model's answer from.

use crate::hash::Random;
use std::collections::BTreeMap;

/// Texts that a stratum gets at least, where it has so many: with fewer, nothing is known of how they differ.
const LEAST: usize = 2;

/// Last part of the name of a stratum that was taken as a whole.
const CERTAIN: &str = "certain";

/// A text that may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// What it is put into a stratum by, the most important first.
    pub parts: [&'a str; 3],
    /// Posts with it.
    pub copies: u32,
}

/// A text that was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its place among the candidates.
    pub at: usize,
    /// Its stratum: the parts that were not joined, and `certain` where all that is like it was taken.
    pub stratum: String,
    /// How many posts it stands for: its copies over the probability with which it was drawn.
    pub weight: f64,
}

/// Draws `n` texts, or all where there are fewer.
pub fn sample(candidates: &[Candidate<'_>], n: usize, seed: u64) -> Vec<Drawn> {
    let mut random = Random::new(seed);
    let strata = strata(candidates, n);
    let members: Vec<&Vec<usize>> = strata.values().collect();
    let posts = |members: &[usize]| members.iter().map(|at| f64::from(candidates[*at].copies)).sum::<f64>();
    let sizes: Vec<(usize, f64)> = members.iter().map(|members| (members.len(), posts(members))).collect();
    let mut drawn = Vec::with_capacity(n);
    for ((stratum, members), n) in strata.iter().zip(allocated(&sizes, n)) {
        let mut members = members.clone();
        shuffle(&mut members, &mut random);
        drawn.extend(draw(candidates, members, n, &mut random).into_iter().map(|(at, weight, certain)| {
            let stratum = if certain { format!("{stratum}/{CERTAIN}") } else { stratum.clone() };
            Drawn { at, stratum, weight }
        }));
    }
    shuffle(&mut drawn, &mut random);
    drawn
}

/// Whether all of a stratum were drawn: chance has no part in what they say.
pub(crate) fn is_certain(stratum: &str) -> bool {
    stratum.rsplit('/').next() == Some(CERTAIN)
}

/// Candidates by stratum, as fine as `n` texts allow.
fn strata(candidates: &[Candidate<'_>], n: usize) -> BTreeMap<String, Vec<usize>> {
    let by = |depth: usize| {
        let mut strata: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, candidate) in candidates.iter().enumerate() {
            let name = if depth == 0 { "all".to_owned() } else { candidate.parts[..depth].join("/") };
            strata.entry(name).or_default().push(at);
        }
        strata
    };
    let fits = |strata: &BTreeMap<String, Vec<usize>>| {
        strata.values().map(|members| members.len().min(LEAST)).sum::<usize>() <= n
    };
    (1..=3).rev().map(by).find(fits).unwrap_or_else(|| by(0))
}

/// How many texts each stratum of so many texts and posts gets.
fn allocated(sizes: &[(usize, f64)], n: usize) -> Vec<usize> {
    let mut given: Vec<usize> = sizes.iter().map(|(texts, _)| (*texts).min(LEAST)).collect();
    if let [only] = given.as_mut_slice() {
        *only = (*only).min(n);
    }
    for _ in given.iter().sum()..n {
        // Whoever is furthest below its due; of equals the first (Balinski & Young 1982, the method of Webster).
        let due = |at: &usize| sizes[*at].1.sqrt() / (given[*at] as f64 + 0.5);
        let open = (0..sizes.len()).filter(|at| given[*at] < sizes[*at].0);
        let Some(next) = open.reduce(|best, at| if due(&at) > due(&best) { at } else { best }) else { break };
        given[next] += 1;
    }
    given
}

/// Draws `n` of some texts in random order: place, weight, and whether it could not have been left out.
fn draw(candidates: &[Candidate<'_>], mut from: Vec<usize>, n: usize, random: &mut Random) -> Vec<(usize, f64, bool)> {
    let copies = |at: usize| f64::from(candidates[at].copies);
    let mut drawn = Vec::with_capacity(n);
    // Taking some for certain leaves less for the others, who may then be certain too.
    let step = loop {
        let left = n.saturating_sub(drawn.len());
        if left == 0 || from.is_empty() {
            return drawn;
        }
        let step = from.iter().map(|at| copies(*at)).sum::<f64>() / left as f64;
        let before = drawn.len();
        drawn.extend(from.iter().filter(|at| copies(**at) >= step).map(|at| (*at, copies(*at), true)));
        from.retain(|at| copies(*at) < step);
        if drawn.len() == before {
            break step;
        }
    };
    let mut next = random.unit() * step;
    let mut reached = 0.0;
    for at in from {
        reached += copies(at);
        if next < reached && drawn.len() < n {
            drawn.push((at, step, false));
            next += step;
        }
    }
    drawn
}

/// Puts things into random order (Fisher & Yates).
fn shuffle<T>(things: &mut [T], random: &mut Random) {
    for last in (1..things.len()).rev() {
        things.swap(last, random.below(last + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidates(kinds: &[(u8, u8, u32)]) -> Vec<Candidate<'static>> {
        let lang = |kind: &u8| ["it", "en", "fi"][usize::from(kind % 3)];
        let side = |kind: &u8| ["below", "above"][usize::from(kind % 2)];
        kinds.iter().map(|(a, b, copies)| Candidate { parts: [lang(a), side(b), "neutral"], copies: *copies }).collect()
    }

    #[test]
    fn what_is_rare_is_seen_and_a_small_sample_has_coarser_strata() {
        let mut kinds = vec![(0, 0, 1); 900];
        kinds.extend([(1, 1, 1); 9]);
        let of = |n: usize, stratum: &str| {
            sample(&candidates(&kinds), n, 5).iter().filter(|drawn| drawn.stratum.starts_with(stratum)).count()
        };
        assert_eq!((of(22, "it"), of(22, "en")), (20, 2));
        assert_eq!((of(3, "all"), of(1, "all")), (3, 1));
        assert_eq!(sample(&candidates(&kinds), 5_000, 5).len(), 909);
    }

    #[test]
    fn a_text_that_fills_the_day_is_taken_for_certain() {
        let mut kinds = vec![(0, 0, 1); 50];
        kinds.push((0, 0, 500));
        let drawn = sample(&candidates(&kinds), 6, 1);
        let big = drawn.iter().find(|drawn| drawn.at == 50).unwrap();
        assert!(is_certain(&big.stratum) && (big.weight - 500.0).abs() < 1e-9);
        assert!(drawn.iter().filter(|drawn| drawn.at != 50).all(|drawn| (drawn.weight - 10.0).abs() < 1e-9));
    }

    #[test]
    fn a_post_is_drawn_as_often_as_its_weight_says() {
        let kinds: Vec<(u8, u8, u32)> = (0..60).map(|at| (0, 0, 1 + at % 7)).collect();
        let candidates = candidates(&kinds);
        let mut stands_for = vec![0.0; candidates.len()];
        for seed in 0..4_000 {
            for drawn in sample(&candidates, 12, crate::hash::mix(seed)) {
                stands_for[drawn.at] += drawn.weight / 4_000.0;
            }
        }
        // A text's mean weight over all samples is its copies: five standard errors of the rarest are 0.35.
        for (found, candidate) in stands_for.iter().zip(&candidates) {
            assert!((found - f64::from(candidate.copies)).abs() < 0.5, "{found} {candidate:?}");
        }
    }

    proptest! {
        #[test]
        fn weights_add_up_to_the_posts(
            kinds in prop::collection::vec((0_u8..3, 0_u8..2, 1_u32..40), 1..120),
            n in 1_usize..100,
            seed in any::<u64>(),
        ) {
            let candidates = candidates(&kinds);
            let drawn = sample(&candidates, n, seed);
            prop_assert_eq!(&drawn, &sample(&candidates, n, seed));
            prop_assert_eq!(drawn.len(), n.min(candidates.len()));
            let mut places: Vec<usize> = drawn.iter().map(|drawn| drawn.at).collect();
            places.sort_unstable();
            places.dedup();
            prop_assert_eq!(places.len(), drawn.len());
            let weight: f64 = drawn.iter().map(|drawn| drawn.weight).sum();
            let posts: f64 = candidates.iter().map(|candidate| f64::from(candidate.copies)).sum();
            prop_assert!((weight - posts).abs() < 1e-6 * posts, "{weight} {posts}");
            for drawn in &drawn {
                prop_assert!(drawn.weight >= f64::from(candidates[drawn.at].copies) - 1e-9);
            }
        }
    }
}
