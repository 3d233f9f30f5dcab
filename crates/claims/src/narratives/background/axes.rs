//! The middle of some vectors, and the directions in which they differ most from it.

use polso_domain::Vector;

/// Directions taken out of every text. Measured: none leaves unlike posts together, two to twelve do equally well.
const AXES: usize = 4;

/// Rounds of subspace iteration. The directions need not be exact: what must go is what all texts share.
const ROUNDS: usize = 20;

/// A middle and the directions of most difference, of length one and at right angles.
#[derive(Debug, Clone)]
pub(super) struct Axes {
    middle: Vec<f32>,
    axes: Vec<Vec<f32>>,
}

impl Axes {
    /// Of the vectors that are as long as the first; others come from another model. `None` without any.
    pub(super) fn of(vectors: &[Vector]) -> Option<Self> {
        let size = vectors.first()?.bytes().len();
        let rows: Vec<Vec<f32>> =
            vectors.iter().filter(|row| row.bytes().len() == size).map(|row| row.unit().collect()).collect();
        let mut middle = vec![0.0; size];
        rows.iter().for_each(|row| add(&mut middle, row, 1.0 / rows.len() as f32));
        let centred: Vec<Vec<f32>> =
            rows.into_iter().map(|row| row.iter().zip(&middle).map(|(own, usual)| own - usual).collect()).collect();
        let mut axes: Vec<Vec<f32>> = (0..AXES.min(size)).map(|number| start(number, size)).collect();
        for _ in 0..ROUNDS {
            let mut next = vec![vec![0.0; size]; axes.len()];
            for row in &centred {
                for (next, axis) in next.iter_mut().zip(&axes) {
                    add(next, row, dot(row, axis));
                }
            }
            axes = upright(next);
        }
        Some(Self { middle, axes })
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
        components.iter_mut().for_each(|component| *component /= length);
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
        let axes = Axes::of(&vectors).unwrap();
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
        let axes = Axes::of(&[one.clone(), one.clone(), Vector::new(&[1.0]).unwrap()]).unwrap();
        assert!(axes.axes.is_empty() && axes.without(&one).iter().all(|left| left.abs() < 1e-6));
        assert!(Axes::of(&[]).is_none());
    }
}
