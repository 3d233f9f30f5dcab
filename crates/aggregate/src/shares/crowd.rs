//! Who said what: the cells of some posts, by language and author.
//!
//! Beyond [`BLOCKS`] authors they are put into that many blocks by a hash of their key, and blocks are drawn (random
//! groups: Wolter 2007, ch. 2). A block is a random sample of authors, so blocks vary as authors do.

/// Blocks at most. A power of two: the block is the top bits of the author's hash.
pub(crate) const BLOCKS: usize = 2048;

/// What an author counts where authors count the same, whatever they posted. Each post has an equal part: whole numbers,
/// exact for up to sixteen posts and to a millionth beyond.
pub(crate) const AUTHOR: u64 = 720_720;

/// Entries that are kept before they are added up.
const MANY: usize = 1 << 20;

/// Posts by author, or by block of authors.
#[derive(Debug, Clone, Default)]
pub(crate) struct Crowd {
    authors: Vec<u64>,
    clusters: u32,
    people: u64,
    weight: f64,
    /// Squares of what each author counts.
    squares: f64,
    entries: Vec<Entry>,
    compact: usize,
}

/// Posts of one cluster, language and cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) cluster: u32,
    pub(super) lang: u16,
    pub(super) cell: u16,
    pub(super) weight: u64,
}

/// Posts of one author: number of the language, cell, and what they count.
pub(crate) type Said = (u16, u16, u64);

impl Crowd {
    /// Adds an author with scored posts, who must not have been added before. `author` is a hash of the key.
    pub(crate) fn push(&mut self, author: u64, said: &[Said]) {
        if said.is_empty() {
            return;
        }
        let weight = said.iter().map(|(.., weight)| *weight as f64).sum::<f64>();
        self.people += 1;
        self.weight += weight;
        self.squares += weight * weight;
        if self.authors.len() == BLOCKS && self.clusters as usize == BLOCKS {
            self.form_blocks();
        }
        let cluster = if self.authors.is_empty() && self.clusters > 0 {
            block(author)
        } else {
            self.authors.push(author);
            self.clusters += 1;
            self.clusters - 1
        };
        self.entries.extend(said.iter().map(|(lang, cell, weight)| Entry {
            cluster,
            lang: *lang,
            cell: *cell,
            weight: *weight,
        }));
        if self.entries.len() > 2 * self.compact + MANY {
            self.add_up();
        }
    }

    /// Authors with posts.
    pub(crate) fn people(&self) -> u64 {
        self.people
    }

    /// How many authors there would be if all counted equally much (Kish 1965).
    pub(crate) fn effective(&self) -> f64 {
        if self.squares > 0.0 { self.weight.powi(2) / self.squares } else { 0.0 }
    }

    /// From now on authors are known by their block.
    fn form_blocks(&mut self) {
        for entry in &mut self.entries {
            entry.cluster = block(self.authors[entry.cluster as usize]);
        }
        self.authors = Vec::new();
    }

    fn add_up(&mut self) {
        self.entries.sort_unstable_by_key(|entry| (entry.cluster, entry.lang, entry.cell));
        self.entries.dedup_by(|next, kept| {
            let same = (next.cluster, next.lang, next.cell) == (kept.cluster, kept.lang, kept.cell);
            kept.weight += if same { next.weight } else { 0 };
            same
        });
        self.compact = self.entries.len();
    }

    /// Authors or blocks with posts, numbered from zero without gaps, and their posts in order.
    pub(super) fn clusters(&self) -> (usize, Vec<Entry>) {
        let mut sorted = self.clone();
        sorted.add_up();
        let (mut numbers, mut last) = (0, None);
        for entry in &mut sorted.entries {
            numbers += u32::from(last != Some(entry.cluster));
            last = Some(entry.cluster);
            entry.cluster = numbers - 1;
        }
        (numbers as usize, sorted.entries)
    }
}

/// The block of an author, by the top bits of the hash.
pub(crate) fn block(author: u64) -> u32 {
    u32::try_from(author >> (64 - BLOCKS.ilog2())).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash;

    #[test]
    fn few_authors_stand_alone_and_many_in_blocks() {
        let mut crowd = Crowd::default();
        for author in 0..2048 {
            crowd.push(hash::mix(author), &[(0, 7, 1), (0, 7, 2)]);
        }
        let (clusters, entries) = crowd.clusters();
        assert_eq!((clusters, entries.len(), entries[0].weight), (2048, 2048, 3));
        for author in 2048..20_000 {
            crowd.push(hash::mix(author), &[(1, 9, 1)]);
        }
        let (clusters, entries) = crowd.clusters();
        assert!((1990..=2048).contains(&clusters), "{clusters}");
        assert_eq!(entries.iter().map(|entry| entry.weight).sum::<u64>(), 3 * 2048 + 20_000 - 2048);
    }

    #[test]
    fn who_said_nothing_is_no_cluster() {
        let mut crowd = Crowd::default();
        crowd.push(1, &[]);
        assert_eq!(crowd.clusters().0, 0);
    }
}
