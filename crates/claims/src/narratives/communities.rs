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
use std::collections::BTreeSet;

/// Nearest texts that each text is joined with.
const EDGES: usize = 50;

/// Fewer texts are no piece of a group.
const PIECE: usize = 4;

/// Part of the nearness of pairs that a text must have to the others of its group on average.
const BELONGS: f32 = 0.5;

/// Communities of texts, each with its members in rising order.
pub(super) fn communities(texts: &[&Vector], config: &Grouping, seed: u64) -> Result<Vec<Vec<usize>>, Error> {
    let near = Nearest::new(texts).top(texts, EDGES + 1)?;
    let mut edges = BTreeSet::new();
    for (text, near) in near.iter().enumerate() {
        for other in near.iter().filter(|other| other.row != text && other.cosine >= config.cosine) {
            edges.insert((text.min(other.row), text.max(other.row)));
        }
    }
    let mut graph = GraphDataBuilder::new(texts.len());
    for (left, right) in edges {
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
    for members in &mut groups {
        members.sort_unstable();
    }
    groups.sort();
    Ok(joined(texts, groups, config).into_iter().map(|members| belonging(texts, members, config)).collect())
}

/// Without the texts that one or two near pairs brought in.
fn belonging(texts: &[&Vector], mut members: Vec<usize>, config: &Grouping) -> Vec<usize> {
    if members.len() > 1 {
        let (all, others) = (sum(members.iter().map(|member| texts[*member])), members.len() as f32 - 1.0);
        members.retain(|member| {
            let own: f32 = texts[*member].unit().zip(&all).map(|(own, all)| own * all).sum();
            (own - 1.0) / others >= BELONGS * config.cosine
        });
    }
    members
}

/// A group with the sum of its texts' directions.
struct Piece {
    members: Vec<usize>,
    sum: Vec<f32>,
    /// The piece nearest to it, and how near.
    nearest: Option<(usize, f32)>,
}

/// Puts the pieces of large groups together, the nearest first (average linkage).
fn joined(texts: &[&Vector], groups: Vec<Vec<usize>>, config: &Grouping) -> Vec<Vec<usize>> {
    let (large, mut done): (Vec<_>, Vec<_>) = groups.into_iter().partition(|members| members.len() >= PIECE);
    let mut pieces: Vec<Piece> = large.into_iter().map(|members| Piece::new(texts, members)).collect();
    for place in 0..pieces.len() {
        pieces[place].nearest = nearest(&pieces, place);
    }
    while let Some((left, right)) = nearest_pair(&pieces, config.cosine) {
        let gone = std::mem::take(&mut pieces[right].members);
        let sum = std::mem::take(&mut pieces[right].sum);
        pieces[left].join(gone, &sum);
        for place in 0..pieces.len() {
            let met = pieces[place].nearest.is_some_and(|(other, _)| other == left || other == right);
            if place == left || place == right || met {
                pieces[place].nearest = nearest(&pieces, place);
            }
        }
    }
    done.extend(pieces.into_iter().map(|piece| piece.members).filter(|members| !members.is_empty()));
    done.sort();
    done
}

/// The two nearest pieces, if they are near enough; the first of equal ones.
fn nearest_pair(pieces: &[Piece], enough: f32) -> Option<(usize, usize)> {
    let pairs = pieces.iter().enumerate().filter_map(|(place, piece)| Some((place, piece.nearest?)));
    let (left, (right, likeness)) = pairs.rev().max_by(|(_, (_, a)), (_, (_, b))| a.total_cmp(b))?;
    (likeness >= enough).then_some((left.min(right), left.max(right)))
}

/// The piece nearest to one; the first of equal ones.
fn nearest(pieces: &[Piece], place: usize) -> Option<(usize, f32)> {
    let there = |at: &usize| *at != place && !pieces[*at].members.is_empty() && !pieces[place].members.is_empty();
    let others = (0..pieces.len()).filter(there).map(|at| (at, pieces[place].likeness(&pieces[at])));
    others.rev().max_by(|(_, a), (_, b)| a.total_cmp(b))
}

impl Piece {
    fn new(texts: &[&Vector], members: Vec<usize>) -> Self {
        let sum = sum(members.iter().map(|member| texts[*member]));
        Self { members, sum, nearest: None }
    }

    /// Mean cosine of the texts of one and those of the other.
    fn likeness(&self, other: &Self) -> f32 {
        dot(&self.sum, &other.sum) / (self.members.len() * other.members.len()) as f32
    }

    fn join(&mut self, members: Vec<usize>, sum: &[f32]) {
        self.members.extend(members);
        self.members.sort_unstable();
        self.sum.iter_mut().zip(sum).for_each(|(sum, other)| *sum += other);
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
