//! The mix of moods of some posts, and the same over draws.
//!
//! Combined bootstrap (Efron & Tibshirani 1993, ch. 8 and 13): in each draw authors are drawn with replacement, each with
//! all posts, and so are the labelled posts. Of the posts alone, labelled posts being what they are, the same draws tell how
//! much the mix of another day may differ by chance: what is wrong with the labelled posts is wrong on both days.
//!
//! How probabilities are reweighted stays as it is from draw to draw. The third step is right for any reweighting, so
//! that redoing the first would change little and cost much.

use super::crowd::{Crowd, Entry};
use super::grid::centre;
use super::inverse::{Inverse, nearest_mix};
use super::reference::{Reference, References};
use super::{CELLS, Draws, Mix, em};
use crate::hash::Random;

/// How far the mix that probabilities are reweighted for stays by the prior: of a mix without one mood they would say
/// nothing about it.
const BY_THE_PRIOR: f64 = 0.1;

/// An estimated mix.
pub(crate) struct Estimate {
    /// The estimate.
    pub(crate) mix: Mix,
    /// Over draws of authors and of labelled posts; none where there is one author alone.
    pub(crate) draws: Vec<Mix>,
    /// Over the same draws of authors alone.
    pub(crate) of_authors: Vec<Mix>,
    /// Authors behind it, as many as would be if all counted equally much.
    pub(crate) effective: f64,
    /// Which way.
    pub(crate) used: Used,
    /// Languages that were read by the labelled posts of all languages, having too few of their own.
    pub(crate) borrowed: Vec<String>,
}

/// Which way a mix was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Used {
    /// All three steps.
    Sld,
    /// The third alone: the first did not settle.
    Pacc,
}

/// The posts of one language.
struct Part<'a> {
    reference: &'a Reference,
    /// What its posts count, by cell.
    counts: Vec<f64>,
    /// Reweighted probabilities of negative and positive, by cell.
    said: Vec<[f64; 2]>,
}

/// Sums over posts of one language: what they count, times their probabilities of negative and positive.
type Sums = [f64; 3];

/// The mix of a crowd whose languages have these names. `None` where nothing counts, or where there are no labelled posts
/// that tell the moods apart.
pub(crate) fn estimate(crowd: &Crowd, langs: &[&str], references: &References, draws: Draws) -> Option<Estimate> {
    let (clusters, entries) = crowd.clusters();
    let mut spoken: Vec<u16> = entries.iter().map(|entry| entry.lang).collect();
    spoken.sort_unstable();
    spoken.dedup();
    let (mut parts, mut borrowed) = (Vec::new(), Vec::new());
    for lang in &spoken {
        let name = langs.get(usize::from(*lang)).copied().unwrap_or_default();
        let (reference, own) = references.of(name)?;
        borrowed.extend((!own).then(|| name.to_owned()));
        parts.push(Part::of(reference, entries.iter().filter(|entry| entry.lang == *lang)));
    }
    let used = reweight(&mut parts);
    let wholes: Vec<Inverse> = parts.iter().map(|part| part.inverse(None)).collect::<Option<_>>()?;
    let sums = by_cluster(clusters, &entries, (&spoken, &parts));
    let mut all = vec![[0.0; 3]; parts.len()];
    sums.chunks(parts.len().max(1)).for_each(|cluster| add(&mut all, cluster));
    let mix = mix(&all, &wholes)?;
    let (mut of_both, mut of_authors) = (Vec::new(), Vec::new());
    let mut random = Random::new(draws.seed);
    for number in 0..if clusters > 1 { draws.resamples as usize } else { 0 } {
        let mut all = vec![[0.0; 3]; parts.len()];
        for _ in 0..clusters {
            let cluster = random.below(clusters) * parts.len();
            add(&mut all, &sums[cluster..cluster + parts.len()]);
        }
        let inverses = parts.iter().zip(&wholes).map(|(part, whole)| part.inverse(Some(number)).unwrap_or(*whole));
        of_both.extend(self::mix(&all, &inverses.collect::<Vec<_>>()));
        of_authors.extend(self::mix(&all, &wholes));
    }
    Some(Estimate { mix, draws: of_both, of_authors, effective: crowd.effective(), used, borrowed })
}

impl<'a> Part<'a> {
    fn of<'e>(reference: &'a Reference, entries: impl Iterator<Item = &'e Entry>) -> Self {
        let mut counts = vec![0.0; CELLS];
        entries.for_each(|entry| counts[usize::from(entry.cell)] += entry.weight as f64);
        Self { reference, counts, said: Vec::new() }
    }

    /// What turns means of the reweighted probabilities into mixes, by the labelled posts or one draw of them.
    fn inverse(&self, draw: Option<usize>) -> Option<Inverse> {
        let table = match draw {
            Some(number) => self.reference.draws.get(number)?,
            None => &self.reference.whole,
        };
        Inverse::of(table.means(&self.said))
    }
}

/// Reweights the probabilities for the most likely mix of all languages together, and says whether there is one.
fn reweight(parts: &mut [Part<'_>]) -> Used {
    let posts = |part: &Part<'_>| -> Vec<(Mix, f64)> {
        let prior = part.reference.prior;
        let counted = part.counts.iter().enumerate().filter(|(_, count)| **count > 0.0);
        let ratios = |cell: usize| {
            let probabilities = centre(cell);
            std::array::from_fn(|mood| probabilities[mood] / prior[mood])
        };
        counted.map(|(cell, count)| (ratios(cell), *count)).collect()
    };
    let likely = em::most_likely(&parts.iter().flat_map(posts).collect::<Vec<_>>());
    for part in parts {
        let prior = part.reference.prior;
        let towards = likely.unwrap_or(prior);
        let factors: Mix =
            std::array::from_fn(|mood| (1.0 - BY_THE_PRIOR) * towards[mood] / prior[mood] + BY_THE_PRIOR);
        let said = |cell: usize| {
            let probabilities = centre(cell);
            let weights: Mix = std::array::from_fn(|mood| probabilities[mood] * factors[mood]);
            let sum: f64 = weights.iter().sum();
            [weights[0] / sum, weights[2] / sum]
        };
        part.said = (0..CELLS).map(said).collect();
    }
    if likely.is_some() { Used::Sld } else { Used::Pacc }
}

/// Sums of each cluster and language, cluster by cluster.
fn by_cluster(clusters: usize, entries: &[Entry], (spoken, parts): (&[u16], &[Part<'_>])) -> Vec<Sums> {
    let mut sums = vec![[0.0; 3]; clusters * parts.len()];
    for entry in entries {
        let part = spoken.partition_point(|lang| *lang < entry.lang);
        let [negative, positive] = parts[part].said[usize::from(entry.cell)];
        let weight = entry.weight as f64;
        let sum = &mut sums[entry.cluster as usize * parts.len() + part];
        add(std::slice::from_mut(sum), &[[weight, weight * negative, weight * positive]]);
    }
    sums
}

fn add(sums: &mut [Sums], more: &[Sums]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        sum.iter_mut().zip(more).for_each(|(sum, value)| *sum += value);
    }
}

/// The languages' mixes, each counting what its posts count; `None` where nothing does.
fn mix(sums: &[Sums], inverses: &[Inverse]) -> Option<Mix> {
    let all: f64 = sums.iter().map(|[weight, ..]| weight).sum();
    if all <= 0.0 {
        return None;
    }
    let mut joined = [0.0; 3];
    for ([weight, negative, positive], inverse) in sums.iter().zip(inverses).filter(|(sums, _)| sums[0] > 0.0) {
        let mix = inverse.mix([negative / weight, positive / weight]);
        joined.iter_mut().zip(mix).for_each(|(sum, share)| *sum += weight / all * share);
    }
    // Only the whole is brought within bounds: a language with three posts may be far out, and others make up for it.
    Some(nearest_mix(joined))
}

#[cfg(test)]
mod tests;
