//! The figures of a search: at which places of a ranking the right answers stand, and whether what is told is right.

use super::told::Lines;
use serde::Serialize;

/// Ranked fused, by vectors alone, by words alone.
const WAYS: usize = 3;

/// Figures over some searches.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figures {
    /// Posts searched for, of those that have a claim.
    n: usize,
    /// Mean over posts of the average precision within the first five; perfect is one even for more than five claims.
    map_at_5: f64,
    /// Posts with a right claim among the first ten.
    success_at_10: f64,
    /// Mean over posts of one divided by the place of the first right claim.
    mrr: f64,
    /// `map_at_5` by vectors alone.
    map_at_5_vectors: f64,
    /// `map_at_5` by words alone (BM25).
    map_at_5_words: f64,
    /// Posts without a claim.
    n_without: usize,
    /// Of the posts that are told to have a claim, those whose likeliest one is right.
    precision: f64,
    /// Of the posts that have a claim, those that are told a right one first.
    recall: f64,
    /// Of the posts without a claim, those that are told one.
    false_alarms: f64,
    /// Claims searched through.
    claims: usize,
    /// Those of them that the model gave no vector for.
    claims_without_vector: usize,
}

/// What was searched through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) claims: usize,
    pub(super) claims_without_vector: usize,
}

/// What became of one search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Places of the right claims in each ranking, from one, rising; those never found are missing.
    places: [Vec<usize>; WAYS],
    /// Right claims, found or not.
    relevant: usize,
    /// Whether the likeliest claim above the threshold is right; `None` when there is none.
    told: Option<bool>,
}

impl Found {
    /// Looks for the relevant claims in each ranking, and whether the first of what is told is one of them.
    pub(super) fn among(rankings: [&[usize]; WAYS], told: &[usize], relevant: &[usize]) -> Self {
        let places = rankings.map(|ranking| {
            let mut places: Vec<usize> = relevant
                .iter()
                .filter_map(|own| ranking.iter().position(|claim| claim == own).map(|place| place + 1))
                .collect();
            places.sort_unstable();
            places
        });
        Self { places, relevant: relevant.len(), told: told.first().map(|first| relevant.contains(first)) }
    }

    /// A post that could not be searched for.
    pub(super) fn nothing(relevant: &[usize]) -> Self {
        Self { places: Default::default(), relevant: relevant.len(), told: None }
    }

    fn average_precision_at_5(&self, way: usize) -> f64 {
        let precisions = self.places[way].iter().enumerate().filter(|(_, place)| **place <= 5);
        let sum: f64 = precisions.map(|(before, place)| (before + 1) as f64 / *place as f64).sum();
        sum / self.relevant.clamp(1, 5) as f64
    }
}

impl Figures {
    pub(super) fn of(found: &[Found], sized: Told) -> Self {
        let (with, without): (Vec<&Found>, Vec<&Found>) = found.iter().partition(|found| found.relevant > 0);
        let mean =
            |of: &dyn Fn(&Found) -> f64| with.iter().map(|found| of(found)).sum::<f64>() / with.len().max(1) as f64;
        let first = |found: &Found| found.places[0].first().copied();
        let told = found.iter().filter(|found| found.told.is_some()).count();
        let right = found.iter().filter(|found| found.told == Some(true)).count();
        let alarms = without.iter().filter(|found| found.told.is_some()).count();
        Self {
            n: with.len(),
            map_at_5: mean(&|found| found.average_precision_at_5(0)),
            success_at_10: mean(&|found| f64::from(u8::from(first(found).is_some_and(|place| place <= 10)))),
            mrr: mean(&|found| first(found).map_or(0.0, |place| 1.0 / place as f64)),
            map_at_5_vectors: mean(&|found| found.average_precision_at_5(1)),
            map_at_5_words: mean(&|found| found.average_precision_at_5(2)),
            n_without: without.len(),
            precision: right as f64 / told.max(1) as f64,
            recall: right as f64 / with.len().max(1) as f64,
            false_alarms: alarms as f64 / without.len().max(1) as f64,
            claims: sized.claims,
            claims_without_vector: sized.claims_without_vector,
        }
    }
}

impl Lines for Figures {
    fn n(&self) -> usize {
        self.n + self.n_without
    }

    fn headline(&self) -> String {
        let Self { map_at_5, success_at_10, mrr, .. } = self;
        format!("MAP@5 {map_at_5:.3}  success@10 {success_at_10:.3}  MRR {mrr:.3}")
    }

    fn details(&self) -> Vec<String> {
        let Self { map_at_5_vectors, map_at_5_words, precision, recall, false_alarms, .. } = self;
        vec![
            format!("alone: MAP@5 {map_at_5_vectors:.3} by vectors, {map_at_5_words:.3} by words (BM25)"),
            format!(
                "at the threshold: precision {precision:.3}  recall {recall:.3} of {} posts with a claim; {false_alarms:.3} of {} \
                 without are told one",
                self.n, self.n_without
            ),
            format!("searched {} claims, {} of them without a vector", self.claims, self.claims_without_vector),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZED: Told = Told { claims: 4, claims_without_vector: 1 };

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn figures_agree_with_hand_counts() {
        let ranking: &[usize] = &[0, 3, 1];
        let search = |told: &[usize], relevant: &[usize]| Found::among([ranking, &[3], &[]], told, relevant);
        assert_eq!(search(&[], &[3, 1]).places, [vec![2, 3], vec![1], vec![]]);
        let found = [search(&[0], &[0]), search(&[0], &[3, 1]), search(&[], &[2]), search(&[1], &[]), search(&[], &[])];
        let figures = Figures::of(&found, SIZED);
        near(figures.map_at_5, (1.0 + f64::midpoint(1.0 / 2.0, 2.0 / 3.0) + 0.0) / 3.0);
        near(figures.mrr, (1.0 + 0.5) / 3.0);
        near(figures.success_at_10, 2.0 / 3.0);
        near(figures.map_at_5_vectors, 0.5 / 3.0);
        near(figures.map_at_5_words, 0.0);
        near(figures.precision, 1.0 / 3.0);
        near(figures.recall, 1.0 / 3.0);
        near(figures.false_alarms, 0.5);
        assert_eq!((figures.n, figures.n_without, figures.claims, figures.claims_without_vector), (3, 2, 4, 1));
    }

    #[test]
    fn nothing_measured_is_no_crash() {
        assert_eq!(Figures::of(&[], SIZED).n, 0);
        near(Figures::of(&[Found::nothing(&[1])], SIZED).recall, 0.0);
    }
}
