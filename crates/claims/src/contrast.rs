//! A second cosine, in which what all posts have in common counts less.
//!
//! Vectors of posts share a mean and a few directions (their language, their tone, the epidemic itself) that say little
//! about which claim is spoken of. Here the mean is taken away and these directions are shortened to the spread of the
//! others (as Mu & Viswanath, ICLR 2018, who drop them). It costs as many products as there are directions, so it is
//! asked of candidates alone.

use crate::Error;
use crate::params::ContrastParams;
use polso_domain::Vector;

/// The mean and the directions of a model's vectors.
#[derive(Clone)]
pub(crate) struct Contrast {
    mean: Vec<f32>,
    mean_square: f32,
    /// A direction of length one with what its square counts more than itself: its squared shortening, less one.
    directions: Vec<(Vec<f32>, f32)>,
}

/// Where a vector lies among them.
#[derive(Clone)]
pub(crate) struct Place {
    along_mean: f32,
    along: Vec<f32>,
    norm: f32,
}

impl Contrast {
    pub(crate) fn new(params: &ContrastParams) -> Result<Self, Error> {
        let ContrastParams { mean, directions, kept } = params;
        let unfit = |name: &str| Error::Weights { table: "contrast", name: name.to_owned() };
        if directions.iter().any(|direction| direction.len() != mean.len()) {
            return Err(unfit("directions"));
        }
        if kept.len() != directions.len() {
            return Err(unfit("kept"));
        }
        let directions = directions.iter().cloned().zip(kept.iter().map(|kept| kept * kept - 1.0)).collect();
        Ok(Self { mean: mean.clone(), mean_square: dot(mean.iter().copied(), mean), directions })
    }

    /// Components of the vectors that it was measured on.
    pub(crate) fn size(&self) -> usize {
        self.mean.len()
    }

    /// The place of a vector. One of another size lies nowhere in particular.
    pub(crate) fn place(&self, vector: &Vector) -> Place {
        let along_mean = dot(vector.unit(), &self.mean);
        let along = |(direction, _): &(Vec<f32>, f32)| {
            dot(vector.unit(), direction) - dot(self.mean.iter().copied(), direction)
        };
        let mut place = Place { along_mean, along: self.directions.iter().map(along).collect(), norm: 1.0 };
        place.norm = self.product(&place, &place, 1.0).max(f32::EPSILON).sqrt();
        place
    }

    /// The cosine of two places, −1 to 1, from that of their vectors.
    pub(crate) fn cosine(&self, left: &Place, right: &Place, cosine: f32) -> f32 {
        (self.product(left, right, cosine) / (left.norm * right.norm)).clamp(-1.0, 1.0)
    }

    fn product(&self, left: &Place, right: &Place, cosine: f32) -> f32 {
        let centred = cosine - left.along_mean - right.along_mean + self.mean_square;
        let along = left.along.iter().zip(&right.along).zip(&self.directions);
        along.fold(centred, |sum, ((left, right), (_, more))| sum + more * left * right)
    }
}

fn dot(left: impl Iterator<Item = f32>, right: &[f32]) -> f32 {
    left.zip(right).map(|(left, right)| left * right).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_have_in_common_counts_less() {
        let vector = |bytes: [i8; 3]| Vector::from_bytes(&bytes).unwrap();
        let params =
            ContrastParams { mean: vec![0.5, 0.0, 0.0], directions: vec![vec![0.0, 1.0, 0.0]], kept: vec![0.0] };
        let contrast = Contrast::new(&params).unwrap();
        let cosine = |left: [i8; 3], right: [i8; 3]| {
            let (left, right) = (vector(left), vector(right));
            contrast.cosine(&contrast.place(&left), &contrast.place(&right), left.cosine(&right))
        };
        // Without the second component and half a length along the first.
        let (left, right) = ([3.0_f32 / 5.0 - 0.5, 0.8], [4.0 / 9.0 - 0.5, -1.0 / 9.0]);
        let expected = (left[0] * right[0] + left[1] * right[1]) / (left[0].hypot(left[1]) * right[0].hypot(right[1]));
        assert!((cosine([3, 0, 4], [4, 8, -1]) - expected).abs() < 1e-5);
        assert!((cosine([3, 5, 4], [3, 5, 4]) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn directions_of_another_size_are_refused() {
        let params = ContrastParams { mean: vec![0.5, 0.0], directions: vec![vec![1.0]], kept: vec![0.5] };
        assert!(Contrast::new(&params).is_err());
        let params = ContrastParams { mean: vec![0.5], directions: vec![vec![1.0]], kept: vec![] };
        assert!(Contrast::new(&params).is_err());
    }
}
