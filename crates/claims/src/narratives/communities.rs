//! Texts that are all near one another: dense communities of the graph of near pairs.
//!
//! The constant Potts model keeps a community only where the share of near pairs in it is at least `density` (Traag, Van
//! Dooren and Nesterov 2011), and the Leiden algorithm finds such communities (Traag, Waltman and Van Eck 2019). So texts
//! that are strung together one by one do not become one group.
//!
//! Each text has a limited number of edges, so the memory is that of the texts, and a very large group comes out in pieces:
//! pieces are put together again where their texts are on average as near as pairs must be.

mod pieces;

use super::Grouping;
use crate::Error;
use crate::nearest::Nearest;
use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig, QualityType};
use polso_domain::Vector;
use std::collections::BTreeSet;

/// Nearest texts that each text is joined with.
const EDGES: usize = 50;

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
    for (left, right) in &edges {
        graph.add_edge(*left, *right, 1.0)?;
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
    let mut groups = pieces::joined(texts, groups, &edges, config.cosine);
    groups.sort();
    Ok(groups.into_iter().map(|members| belonging(texts, members, config)).collect())
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
