//! The figures of a search: at which places of a ranking the right answers stand.

use super::told::Lines;
use polso_domain::Vector;
use serde::Serialize;

/// Figures over some searches.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figures {
    /// Posts searched for.
    n: usize,
    /// Mean over posts of the average precision within the first five; perfect is one even for more than five claims.
    map_at_5: f64,
    /// Posts with a right claim among the first ten.
    success_at_10: f64,
    /// Mean over posts of one divided by the place of the first right claim.
    mrr: f64,
    /// Claims searched through.
    claims: usize,
    /// Those of them that the model gave no vector for.
    claims_without_vector: usize,
}

/// What became of one search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Places of the right claims in the ranking, from one, rising; those never found are missing.
    places: Vec<usize>,
    /// Right claims, found or not.
    relevant: usize,
}

impl Found {
    /// Ranks all claims for a post and looks where the relevant ones stand; of equally alike claims the earlier one is
    /// first.
    pub(super) fn search(post: Option<&Vector>, claims: &[Option<Vector>], relevant: &[usize]) -> Self {
        let alike = |claim: &Option<Vector>| claim.as_ref().zip(post).map(|(claim, post)| post.cosine(claim));
        let alike: Vec<Option<f32>> = claims.iter().map(alike).collect();
        // A place is one more than how many are ahead: nothing needs to be sorted for a claim or two.
        let place = |own: &usize| {
            let score = alike[*own]?;
            let ahead =
                |(other, value): (usize, f32)| value > score || (value.total_cmp(&score).is_eq() && other < *own);
            let others = alike.iter().enumerate().filter_map(|(other, value)| Some((other, (*value)?)));
            Some(1 + others.filter(|found| ahead(*found)).count())
        };
        let mut places: Vec<usize> = relevant.iter().filter_map(place).collect();
        places.sort_unstable();
        Self { places, relevant: relevant.len() }
    }

    fn average_precision_at_5(&self) -> f64 {
        let precisions = self.places.iter().enumerate().filter(|(_, place)| **place <= 5);
        let sum: f64 = precisions.map(|(before, place)| (before + 1) as f64 / *place as f64).sum();
        sum / self.relevant.clamp(1, 5) as f64
    }
}

impl Figures {
    pub(super) fn of(found: &[Found], claims: &[Option<Vector>]) -> Self {
        let mean = |of: &dyn Fn(&Found) -> f64| found.iter().map(of).sum::<f64>() / found.len().max(1) as f64;
        let first = |found: &Found| found.places.first().copied();
        Self {
            n: found.len(),
            map_at_5: mean(&Found::average_precision_at_5),
            success_at_10: mean(&|found| f64::from(u8::from(first(found).is_some_and(|place| place <= 10)))),
            mrr: mean(&|found| first(found).map_or(0.0, |place| 1.0 / place as f64)),
            claims: claims.len(),
            claims_without_vector: claims.iter().filter(|claim| claim.is_none()).count(),
        }
    }
}

impl Lines for Figures {
    fn n(&self) -> usize {
        self.n
    }

    fn headline(&self) -> String {
        let Self { map_at_5, success_at_10, mrr, .. } = self;
        format!("MAP@5 {map_at_5:.3}  success@10 {success_at_10:.3}  MRR {mrr:.3}")
    }

    fn details(&self) -> Vec<String> {
        vec![format!("searched {} claims, {} of them without a vector", self.claims, self.claims_without_vector)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(components: &[f32]) -> Option<Vector> {
        Vector::new(components)
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn figures_agree_with_hand_counts() {
        let claims = [vector(&[1.0, 0.0]), vector(&[0.0, 1.0]), None, vector(&[1.0, 1.0])];
        let post = vector(&[1.0, 0.1]);
        let search = |relevant: &[usize]| Found::search(post.as_ref(), &claims, relevant);
        assert_eq!(search(&[3, 1]).places, [2, 3]);
        // A claim without a vector is never found, a post without one finds nothing.
        assert_eq!((search(&[2]).places, Found::search(None, &claims, &[0]).places), (vec![], vec![]));
        let found = [search(&[0]), search(&[3, 1]), search(&[2])];
        let figures = Figures::of(&found, &claims);
        near(figures.map_at_5, (1.0 + f64::midpoint(1.0 / 2.0, 2.0 / 3.0) + 0.0) / 3.0);
        near(figures.mrr, (1.0 + 0.5) / 3.0);
        near(figures.success_at_10, 2.0 / 3.0);
        assert_eq!((figures.n, figures.claims, figures.claims_without_vector), (3, 4, 1));
    }

    #[test]
    fn of_equals_the_earlier_is_first() {
        let claims = [vector(&[1.0]), vector(&[2.0]), vector(&[3.0])];
        assert_eq!(Found::search(vector(&[1.0]).as_ref(), &claims, &[1]).places, [2]);
    }

    #[test]
    fn nothing_measured_is_no_crash() {
        assert_eq!(Figures::of(&[], &[]).n, 0);
    }
}
