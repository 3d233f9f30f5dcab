//! Pieces of large groups, put together the nearest first (average linkage).
//!
//! Two pieces are held against each other only where a near pair joins them: groups that no pair joins are not near on
//! average either, and there are thousands of them.

use super::{dot, sum};
use polso_domain::Vector;
use std::cmp::Ordering;
use std::collections::{BTreeSet, BinaryHeap};

/// A group with the sum of its texts' directions and the groups beside it.
struct Piece {
    members: Vec<usize>,
    sum: Vec<f32>,
    beside: BTreeSet<usize>,
    /// How often it grew: what was measured before is not its nearness any more.
    age: usize,
}

/// Two pieces, by how near they are; the first ones are the greater of equally near ones.
struct Pair {
    likeness: f32,
    places: (usize, usize),
    ages: (usize, usize),
}

/// Puts groups together while the texts of two are on average at least `enough` near.
pub(super) fn joined(
    texts: &[&Vector],
    groups: Vec<Vec<usize>>,
    edges: &BTreeSet<(usize, usize)>,
    enough: f32,
) -> Vec<Vec<usize>> {
    let mut pieces = pieces(texts, groups, edges);
    let mut pairs: BinaryHeap<Pair> = BinaryHeap::new();
    for place in 0..pieces.len() {
        let later = pieces[place].beside.range(place + 1..);
        pairs.extend(later.filter_map(|other| Pair::of(&pieces, place, *other, enough)));
    }
    while let Some(Pair { places: (left, right), ages, .. }) = pairs.pop() {
        if ages == (pieces[left].age, pieces[right].age) {
            join(&mut pieces, left, right);
            pairs.extend(pieces[left].beside.iter().filter_map(|other| Pair::of(&pieces, left, *other, enough)));
        }
    }
    pieces.into_iter().map(|piece| piece.members).filter(|members| !members.is_empty()).collect()
}

fn pieces(texts: &[&Vector], groups: Vec<Vec<usize>>, edges: &BTreeSet<(usize, usize)>) -> Vec<Piece> {
    let mut group_of = vec![0; texts.len()];
    for (place, members) in groups.iter().enumerate() {
        for member in members {
            group_of[*member] = place;
        }
    }
    let piece = |members: Vec<usize>| {
        let sum = sum(members.iter().map(|member| texts[*member]));
        Piece { members, sum, beside: BTreeSet::new(), age: 0 }
    };
    let mut pieces: Vec<Piece> = groups.into_iter().map(piece).collect();
    for (left, right) in edges.iter().map(|(left, right)| (group_of[*left], group_of[*right])) {
        if left != right {
            pieces[left].beside.insert(right);
            pieces[right].beside.insert(left);
        }
    }
    pieces
}

/// Puts the right piece into the left one and leaves it empty.
fn join(pieces: &mut [Piece], left: usize, right: usize) {
    let gone = std::mem::replace(
        &mut pieces[right],
        Piece { members: Vec::new(), sum: Vec::new(), beside: BTreeSet::new(), age: usize::MAX },
    );
    for other in &gone.beside {
        pieces[*other].beside.remove(&right);
        if *other != left {
            pieces[*other].beside.insert(left);
        }
    }
    let piece = &mut pieces[left];
    piece.members.extend(gone.members);
    piece.members.sort_unstable();
    piece.sum.iter_mut().zip(gone.sum).for_each(|(sum, other)| *sum += other);
    piece.beside.extend(gone.beside.into_iter().filter(|other| *other != left));
    piece.age += 1;
}

impl Pair {
    fn of(pieces: &[Piece], one: usize, other: usize, enough: f32) -> Option<Self> {
        let places = (one.min(other), one.max(other));
        let (left, right) = (&pieces[places.0], &pieces[places.1]);
        let likeness = dot(&left.sum, &right.sum) / (left.members.len() * right.members.len()) as f32;
        (likeness >= enough).then_some(Self { likeness, places, ages: (left.age, right.age) })
    }
}

impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then_with(|| other.places.cmp(&self.places))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Pair {}
