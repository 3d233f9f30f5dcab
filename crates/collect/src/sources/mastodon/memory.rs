//! Which posts this process has handed on: so that what is read again is not handed on again, and a deletion that names an
//! instance's own id finds the post.
//!
//! What a page handed on counts only once that page is stored ([`Memory::settle`]); until then it can be taken back
//! ([`Memory::drop_fresh`]), or a page that was never stored would be missed when it is asked for again.
//!
//! It forgets the oldest. Nothing is lost by that: the store takes the same post twice and keeps it once.

use super::ids::LocalId;
use std::collections::{HashMap, HashSet, VecDeque};

/// Posts remembered; about twenty megabytes.
const MOST: usize = 50_000;

/// Remembers posts by their `uri`. Uris may spell accounts: no `Debug`, never stored.
#[derive(Default)]
pub(super) struct Memory {
    settled: Shelf,
    fresh: Shelf,
}

/// A post that was handed on.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) local: LocalId,
    /// Changes when the post is edited.
    pub(super) stamp: u64,
    /// For its hashtags, and not because it answers somebody.
    pub(super) tagged: bool,
    /// Handed on and taken back since.
    gone: bool,
}

#[derive(Default)]
struct Shelf {
    posts: HashMap<String, Known>,
    uris: HashMap<LocalId, String>,
    refused: HashSet<u64>,
    /// In the order of their coming.
    order: VecDeque<String>,
}

impl Known {
    pub(super) fn new(local: LocalId, stamp: u64, tagged: bool) -> Self {
        Self { local, stamp, tagged, gone: false }
    }
}

impl Memory {
    /// What is known of a post.
    pub(super) fn look(&self, uri: &str) -> Option<&Known> {
        self.fresh.posts.get(uri).or_else(|| self.settled.posts.get(uri)).filter(|known| !known.gone)
    }

    /// The post that the instance knows under this id.
    pub(super) fn uri_of(&self, local: &LocalId) -> Option<&str> {
        let uri = self.fresh.uris.get(local).or_else(|| self.settled.uris.get(local))?;
        self.look(uri).map(|_| uri.as_str())
    }

    /// It was handed on.
    pub(super) fn keep(&mut self, uri: String, known: Known) {
        self.fresh.put(uri, known);
    }

    /// It was taken back.
    pub(super) fn forget(&mut self, uri: &str) {
        if let Some(known) = self.look(uri).cloned() {
            self.fresh.put(uri.to_owned(), Known { gone: true, ..known });
        }
    }

    /// Whether something unusable is met for the first time.
    pub(super) fn refuse(&mut self, what: u64) -> bool {
        !self.settled.refused.contains(&what) && self.fresh.refused.insert(what)
    }

    /// The page was stored.
    pub(super) fn settle(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        for uri in fresh.order {
            if let Some(known) = fresh.posts.remove(&uri) {
                self.settled.put(uri, known);
            }
        }
        if self.settled.refused.len() >= MOST {
            self.settled.refused.clear();
        }
        self.settled.refused.extend(fresh.refused);
        self.settled.shrink(MOST);
    }

    /// The page was not stored.
    pub(super) fn drop_fresh(&mut self) {
        self.fresh = Shelf::default();
    }
}

impl Shelf {
    fn put(&mut self, uri: String, known: Known) {
        self.uris.insert(known.local.clone(), uri.clone());
        if self.posts.insert(uri.clone(), known).is_none() {
            self.order.push_back(uri);
        }
    }

    fn shrink(&mut self, most: usize) {
        while self.order.len() > most {
            let known = self.order.pop_front().and_then(|uri| self.posts.remove(&uri));
            if let Some(known) = known {
                self.uris.remove(&known.local);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(id: usize) -> LocalId {
        LocalId::new(&id.to_string()).unwrap()
    }

    #[test]
    fn a_page_that_was_not_stored_was_not_seen() {
        let mut memory = Memory::default();
        memory.keep("u1".to_owned(), Known::new(id(1), 7, true));
        assert!(memory.look("u1").is_some() && memory.refuse(9) && !memory.refuse(9));
        memory.drop_fresh();
        assert!(memory.look("u1").is_none() && memory.refuse(9));
        memory.keep("u1".to_owned(), Known::new(id(1), 7, true));
        memory.settle();
        memory.forget("u1");
        assert!(memory.look("u1").is_none() && memory.uri_of(&id(1)).is_none());
        memory.drop_fresh();
        assert_eq!(memory.uri_of(&id(1)), Some("u1"), "what was not stored was not taken back");
        memory.forget("u1");
        memory.settle();
        assert!(memory.look("u1").is_none());
    }

    #[test]
    fn the_oldest_is_forgotten() {
        let mut shelf = Shelf::default();
        (0..10).for_each(|n| shelf.put(format!("u{n}"), Known::new(id(n), 0, true)));
        shelf.shrink(3);
        assert!(shelf.posts.len() == 3 && shelf.uris.len() == 3 && shelf.posts.contains_key("u9"));
    }
}
