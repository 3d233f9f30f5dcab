//! The middle of some texts, and the directions in which they differ most from it.
//!
//! What all speak of should go, what some speak of a lot should stay. Both show as directions, but the second as a dense
//! spot. So a text counts by one over the number of texts near it: a spot of a hundred weighs about as much as one text.
//! Measured with ten planted posts a day: without these weights the rumour is lost or torn on days of fewer than two
//! thousand posts, with them it is found from about three hundred.

use crate::Error;
use crate::nearest::Nearest;
use polso_domain::Vector;
use std::collections::BTreeMap;

/// Directions taken out of every text. Measured: with none unlike posts stay alike, three to twelve do equally well.
const AXES: usize = 4;

/// Rounds of subspace iteration. The directions need not be exact: what must go is what all texts share.
const ROUNDS: usize = 20;

/// Cosine, from the middle, of texts near each other.
const NEAR: f32 = 0.45;

/// Texts whose neighbours are counted at a time.
const SHARE: usize = 256;

/// A middle and the directions of most difference, of length one and at right angles.
#[derive(Debug, Clone)]
pub(super) struct Axes {
    middle: Vec<f32>,
    axes: Vec<Vec<f32>>,
}

impl Axes {
    /// Of the texts whose vectors are as long as most; others come from another model. `None` without any.
    pub(super) fn of(vectors: &[Vector]) -> Result<Option<Self>, Error> {
        let Some(size) = usual_size(vectors.iter()) else { return Ok(None) };
        let rows: Vec<Vec<f32>> =
            vectors.iter().filter(|row| row.bytes().len() == size).map(|row| row.unit().collect()).collect();
        let weights = weights(&rows)?;
        let middle = mean(&rows, &weights);
        let rows = from(&middle, &rows);
        let mut axes: Vec<Vec<f32>> = (0..AXES.min(size)).map(|number| start(number, size)).collect();
        for _ in 0..ROUNDS {
            let mut next = vec![vec![0.0; size]; axes.len()];
            for (row, weight) in rows.iter().zip(&weights) {
                for (next, axis) in next.iter_mut().zip(&axes) {
                    add(next, row, weight * dot(row, axis));
                }
            }
            axes = upright(next);
        }
        Ok(Some(Self { middle, axes }))
    }

    pub(super) fn size(&self) -> usize {
        self.middle.len()
    }

    /// What is left of a vector of length one.
    pub(super) fn without(&self, vector: &Vector) -> Vec<f32> {
        let mut rest: Vec<f32> = vector.unit().zip(&self.middle).map(|(own, usual)| own - usual).collect();
        for axis in &self.axes {
            let along = dot(&rest, axis);
            add(&mut rest, axis, -along);
        }
        rest
    }
}

/// The number of components that most vectors have, the larger of equally frequent ones.
pub(in crate::narratives) fn usual_size<'a>(vectors: impl Iterator<Item = &'a Vector>) -> Option<usize> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    vectors.for_each(|vector| *sizes.entry(vector.bytes().len()).or_default() += 1);
    sizes.into_iter().max_by_key(|(_, count)| *count).map(|(size, _)| size)
}

/// One over the number of texts near each, itself counted; they sum to one.
fn weights(rows: &[Vec<f32>]) -> Result<Vec<f32>, Error> {
    let equal = vec![1.0 / rows.len() as f32; rows.len()];
    let centred = from(&mean(rows, &equal), rows);
    // A text in the very middle lies in no direction, so none is near it.
    let vectors: Vec<Option<Vector>> = centred.iter().map(|row| Vector::new(row)).collect();
    let there: Vec<&Vector> = vectors.iter().flatten().collect();
    let nearest = Nearest::new(&there);
    let mut near = Vec::with_capacity(there.len());
    for share in there.chunks(SHARE) {
        let mut counts = vec![0.0_f32; share.len()];
        nearest.pairs_above(share, NEAR)?.iter().for_each(|pair| counts[pair.query] += 1.0);
        near.extend(counts);
    }
    let mut near = near.into_iter();
    let weights: Vec<f32> = vectors
        .iter()
        .map(|vector| vector.as_ref().and_then(|_| near.next()).unwrap_or(1.0).max(1.0).recip())
        .collect();
    let sum: f32 = weights.iter().sum();
    Ok(weights.into_iter().map(|weight| weight / sum).collect())
}

fn mean(rows: &[Vec<f32>], weights: &[f32]) -> Vec<f32> {
    let mut mean = vec![0.0; rows.first().map_or(0, Vec::len)];
    rows.iter().zip(weights).for_each(|(row, weight)| add(&mut mean, row, *weight));
    mean
}

fn from(middle: &[f32], rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    rows.iter().map(|row| row.iter().zip(middle).map(|(own, usual)| own - usual).collect()).collect()
}

/// Somewhere to start from that no two axes share: a wave of its own for each.
fn start(number: usize, size: usize) -> Vec<f32> {
    (0..size).map(|at| ((at * (2 * number + 3) + number) as f32 * 0.7).sin()).collect()
}

/// The same span by directions at right angles (Gram-Schmidt). A direction in which nothing differs is dropped.
fn upright(axes: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
    let mut done: Vec<Vec<f32>> = Vec::with_capacity(axes.len());
    for mut axis in axes {
        let before = dot(&axis, &axis);
        for other in &done {
            let along = dot(&axis, other);
            add(&mut axis, other, -along);
        }
        if dot(&axis, &axis) > before * 1e-6 {
            normalise(&mut axis);
            done.push(axis);
        }
    }
    done
}

/// To length one, where there is any.
pub(super) fn normalise(components: &mut [f32]) {
    let length = dot(components, components).sqrt();
    if length > 0.0 {
        for component in components {
            *component /= length;
        }
    }
}

fn add(to: &mut [f32], what: &[f32], times: f32) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += times * what);
}

fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_share_and_where_they_differ_most_goes() {
        // Eight components; the first is shared, the second and third swing widely, the rest little.
        let wave = |row: usize, at: usize| ((row * (at * at + 3)) as f32 * 0.37).sin();
        let weights = [0.0, 6.0, 5.0, 4.0, 3.0, 0.5, 0.4, 0.3];
        let row = |row: usize| -> Vec<f32> {
            (0..8).map(|at| if at == 0 { 10.0 } else { weights[at] * wave(row, at) }).collect()
        };
        let vectors: Vec<Vector> = (0..500).map(|number| Vector::new(&row(number)).unwrap()).collect();
        let axes = Axes::of(&vectors).unwrap().unwrap();
        assert_eq!(axes.axes.len(), AXES);
        for (number, axis) in axes.axes.iter().enumerate() {
            assert!((dot(axis, axis) - 1.0).abs() < 1e-4);
            assert!(axes.axes[..number].iter().all(|other| dot(axis, other).abs() < 1e-3));
        }
        let spread = |at: usize| vectors.iter().map(|vector| axes.without(vector)[at].powi(2)).sum::<f32>();
        let before = |at: usize| {
            vectors.iter().map(|vector| (vector.unit().nth(at).unwrap() - axes.middle[at]).powi(2)).sum::<f32>()
        };
        assert!((1..5).all(|at| spread(at) < 0.05 * before(at)) && spread(5) > 0.8 * before(5));
    }

    #[test]
    fn few_or_equal_vectors_have_fewer_directions() {
        let one = Vector::new(&[1.0, 2.0, 3.0]).unwrap();
        let axes = Axes::of(&[one.clone(), one.clone(), Vector::new(&[1.0]).unwrap()]).unwrap().unwrap();
        assert!(axes.axes.is_empty() && axes.without(&one).iter().all(|left| left.abs() < 1e-6));
        assert!(Axes::of(&[]).unwrap().is_none());
    }
}
