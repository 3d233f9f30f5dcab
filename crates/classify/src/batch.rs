//! Batches are cut by tokens, not by posts: a batch of long texts and one of short ones cost the same.

use std::ops::Range;

/// Token ids of several texts, padded to the longest: `rows` × `width`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenBatch {
    /// How many texts.
    pub rows: usize,
    /// Tokens of the longest.
    pub width: usize,
    /// Ids, row after row.
    pub ids: Vec<i32>,
    /// 1 where there is a token, 0 where there is padding.
    pub mask: Vec<i32>,
}

impl TokenBatch {
    /// Pads texts to the longest of them. Padding is masked, so its id does not matter.
    pub fn of(texts: &[&[u32]]) -> Self {
        let width = texts.iter().map(|tokens| tokens.len()).max().unwrap_or(0);
        let (mut ids, mut mask) = (vec![0; texts.len() * width], vec![0; texts.len() * width]);
        for (row, tokens) in texts.iter().enumerate() {
            for (column, token) in tokens.iter().enumerate() {
                ids[row * width + column] = token.cast_signed();
                mask[row * width + column] = 1;
            }
        }
        Self { rows: texts.len(), width, ids, mask }
    }

    /// The same rows, each batch of them twice.
    pub(crate) fn doubled(&self) -> Self {
        Self { rows: 2 * self.rows, width: self.width, ids: self.ids.repeat(2), mask: self.mask.repeat(2) }
    }

    /// Tokens that are not padding.
    pub fn tokens(&self) -> usize {
        self.mask.iter().filter(|bit| **bit == 1).count()
    }
}

/// Cuts texts that are sorted by length into batches of at most `budget` tokens, padding counted, at least one text each.
pub(crate) fn cut(lengths: &[usize], budget: usize) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let (mut start, mut width) = (0, 0);
    for (index, length) in lengths.iter().enumerate() {
        let wider = width.max(*length);
        if index > start && wider * (index - start + 1) > budget {
            batches.push(start..index);
            (start, width) = (index, *length);
        } else {
            width = wider;
        }
    }
    if start < lengths.len() {
        batches.push(start..lengths.len());
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn padding_is_masked() {
        let batch = TokenBatch::of(&[&[5, 6, 7], &[8]]);
        assert_eq!((batch.rows, batch.width, batch.tokens()), (2, 3, 4));
        assert_eq!(batch.ids, [5, 6, 7, 8, 0, 0]);
        assert_eq!(batch.mask, [1, 1, 1, 1, 0, 0]);
    }

    proptest! {
        #[test]
        fn every_text_is_in_one_batch_and_batches_keep_to_the_budget(
            mut lengths in prop::collection::vec(1_usize..128, 0..200), budget in 1_usize..4096,
        ) {
            lengths.sort_unstable();
            let batches = cut(&lengths, budget);
            let joined: Vec<usize> = batches.iter().cloned().flatten().collect();
            prop_assert_eq!(joined, (0..lengths.len()).collect::<Vec<_>>());
            for batch in batches {
                let width = lengths[batch.clone()].iter().max().copied().unwrap_or(0);
                prop_assert!(batch.len() == 1 || width * batch.len() <= budget);
            }
        }
    }
}
