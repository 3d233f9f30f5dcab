//! Texts that are all near one another: dense communities of the graph of near pairs.
//!
//! The constant Potts model keeps a community only where the share of near pairs in it is at least `density` (Traag, Van
//! Dooren and Nesterov 2011), and the Leiden algorithm finds such communities (Traag, Waltman and Van Eck 2019). So texts
//! that are strung together one by one do not become one group.
//!
//! Each text has a limited number of edges, so the memory is that of the texts, and a very large group comes out in pieces:
//! pieces are put together again where their texts are on average as near as pairs must be.

use super::Grouping;
use crate::Error;
use crate::nearest::Nearest;
use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig, QualityType};
use polso_domain::Vector;
use std::collections::BTreeMap;

/// Nearest texts that each text is joined with.
const EDGES: usize = 50;

/// Fewer texts are no piece of a large group.
const PIECE: usize = EDGES / 2;

/// Communities of texts, each with its members in rising order.
pub(super) fn communities(texts: &[&Vector], config: &Grouping, seed: u64) -> Result<Vec<Vec<usize>>, Error> {
    let near = Nearest::new(texts).top(texts, EDGES + 1)?;
    let mut edges = BTreeMap::new();
    for (text, near) in near.iter().enumerate() {
        for other in near.iter().filter(|other| other.row != text && other.cosine >= config.cosine) {
            edges.insert((text.min(other.row), text.max(other.row)), ());
        }
    }
    let mut graph = GraphDataBuilder::new(texts.len());
    for (left, right) in edges.into_keys() {
        graph.add_edge(left, right, 1.0)?;
    }
    let leiden = LeidenConfig {
        resolution: config.density,
        seed: Some(seed),
        quality: QualityType::CPM,
        ..LeidenConfig::default()
    };
    let found = Leiden::new(leiden).run(&graph.build()?)?.partition.communities();
    let mut groups: Vec<Vec<usize>> = found.into_iter().map(|(_, members)| members).collect();
    groups.iter_mut().for_each(|members| members.sort_unstable());
    groups.sort();
    Ok(joined(texts, groups, config))
}

/// A group with the sum of its texts' directions.
struct Piece {
    members: Vec<usize>,
    sum: Vec<f32>,
}

/// Puts the pieces of large groups together, the nearest first.
fn joined(texts: &[&Vector], groups: Vec<Vec<usize>>, config: &Grouping) -> Vec<Vec<usize>> {
    let (large, mut done): (Vec<_>, Vec<_>) = groups.into_iter().partition(|members| members.len() >= PIECE);
    let mut pieces: Vec<Piece> = large.into_iter().map(|members| Piece::new(texts, members)).collect();
    while let Some((left, right)) = nearest_pieces(&pieces, config.cosine) {
        let piece = pieces.remove(right);
        pieces[left].join(piece);
    }
    done.extend(pieces.into_iter().map(|piece| piece.members));
    done.sort();
    done
}

/// The two pieces whose texts are nearest on average, if that is near enough; the first of equal ones.
fn nearest_pieces(pieces: &[Piece], enough: f32) -> Option<(usize, usize)> {
    let mut best = None;
    let mut floor = enough;
    for (right, piece) in pieces.iter().enumerate() {
        for (left, other) in pieces[..right].iter().enumerate() {
            let likeness = other.likeness(piece);
            if likeness > floor {
                (best, floor) = (Some((left, right)), likeness);
            }
        }
    }
    best
}

impl Piece {
    fn new(texts: &[&Vector], members: Vec<usize>) -> Self {
        let sum = sum(members.iter().map(|member| texts[*member]));
        Self { members, sum }
    }

    /// Mean cosine of the texts of one and those of the other.
    fn likeness(&self, other: &Self) -> f32 {
        dot(&self.sum, &other.sum) / (self.members.len() * other.members.len()) as f32
    }

    fn join(&mut self, other: Self) {
        self.members.extend(other.members);
        self.members.sort_unstable();
        self.sum.iter_mut().zip(other.sum).for_each(|(sum, other)| *sum += other);
    }
}

/// Sum of directions of length one: its product with another such sum is the sum of all cosines.
pub(super) fn sum<'a>(texts: impl Iterator<Item = &'a Vector>) -> Vec<f32> {
    texts.fold(Vec::new(), |mut sum, text| {
        sum.resize(sum.len().max(text.bytes().len()), 0.0);
        sum.iter_mut().zip(text.unit()).for_each(|(sum, own)| *sum += own);
        sum
    })
}

pub(super) fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}
