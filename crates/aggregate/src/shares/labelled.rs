//! Posts whose mood is known, with what the model says of them: what shares are estimated with.
//!
//! They come with the model, from before; and from people who looked at posts of the lake. A post of a sample counts as
//! many times as the posts it stands for, scaled so that a sample counts as many posts as it has: it weighs what
//! it weighs beside the model's own, and within itself each post has its due.

use super::grid::cell;
use super::{CELLS, Mix};
use crate::hash;
use std::collections::BTreeMap;

/// Labelled posts that a language needs to be read by its own.
const POSTS: usize = 200;

/// Labelled posts of each mood that it needs.
const POSTS_OF_A_MOOD: f64 = 30.0;

/// A post whose mood is known.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledPost {
    /// Its language.
    pub lang: String,
    /// What it counts as negative, neutral and positive: one of them 1 for a post with one label, parts for a post that
    /// people see differently or that stands for others.
    pub mood: [f64; 3],
    /// What the model says of it: calibrated probabilities in the same order.
    pub probabilities: [f64; 3],
}

/// Labelled posts by language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Validation {
    by_lang: BTreeMap<String, Vec<Labelled>>,
}

/// The cell of a labelled post, and what it counts as each mood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Labelled {
    pub(super) cell: usize,
    pub(super) mood: Mix,
}

impl Validation {
    /// From labelled posts in any order. Posts without probabilities or without a mood are left out.
    pub fn of(posts: impl IntoIterator<Item = LabelledPost>) -> Self {
        let mut by_lang: BTreeMap<String, Vec<Labelled>> = BTreeMap::new();
        for LabelledPost { lang, mood, probabilities } in posts {
            let counts = mood.iter().all(|part| *part >= 0.0) && mood.iter().sum::<f64>() > 0.0;
            if let (Some(cell), true) = (cell(probabilities), counts) {
                by_lang.entry(lang).or_default().push(Labelled { cell, mood });
            }
        }
        for posts in by_lang.values_mut() {
            // Draws pick by number: the order must be the posts' own.
            posts.sort_by(|one, other| {
                let moods = one.mood.iter().zip(&other.mood).map(|(one, other)| one.total_cmp(other));
                one.cell.cmp(&other.cell).then(moods.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then))
            });
        }
        Self { by_lang }
    }

    /// These and more.
    #[must_use]
    pub(crate) fn with(&self, more: Self) -> Self {
        let mut joined = self.clone();
        for (lang, posts) in more.by_lang {
            joined.by_lang.entry(lang).or_default().extend(posts);
        }
        joined
    }

    /// A number that changes when the posts do.
    pub(crate) fn fingerprint(&self) -> u64 {
        let post = |state: u64, post: &Labelled| {
            post.mood.iter().fold(hash::then(state, post.cell as u64), |state, part| hash::then(state, part.to_bits()))
        };
        let language = |state, (lang, posts): (&String, &Vec<Labelled>)| {
            posts.iter().fold(hash::then(state, hash::text(lang)), post)
        };
        self.by_lang.iter().fold(0, language)
    }

    /// Languages with enough posts, with them.
    pub(super) fn languages(&self) -> impl Iterator<Item = (&str, &[Labelled])> {
        let enough = self.by_lang.iter().filter(|(_, posts)| enough(posts));
        enough.map(|(lang, posts)| (lang.as_str(), posts.as_slice()))
    }

    /// All posts, for the other languages; `None` where even they are too few.
    pub(super) fn all(&self) -> Option<Vec<Labelled>> {
        let all: Vec<Labelled> = self.by_lang.values().flatten().copied().collect();
        enough(&all).then_some(all)
    }
}

fn enough(posts: &[Labelled]) -> bool {
    let of = |mood: usize| posts.iter().map(|post| post.mood[mood]).sum::<f64>();
    posts.len() >= POSTS && (0..3).all(|mood| of(mood) >= POSTS_OF_A_MOOD)
}

/// What some labelled posts count, by cell and mood.
pub(super) fn counted(posts: impl Iterator<Item = Labelled>) -> Vec<Mix> {
    let mut counts = vec![[0.0; 3]; CELLS];
    for post in posts {
        counts[post.cell].iter_mut().zip(post.mood).for_each(|(count, part)| *count += part);
    }
    counts
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Labelled posts of a language whose probabilities are right: `each` of every mood.
    pub(crate) fn labelled(lang: &str, each: usize) -> Vec<LabelledPost> {
        let post = |number: usize| {
            let mood = number % 3;
            let sure = 0.35 + 0.6 * ((number / 3 * 7) % each) as f64 / each as f64;
            // One of three posts looks like the mood after its own.
            let seen = if number % 10 < 7 { mood } else { (mood + 1) % 3 };
            let mut probabilities = [(1.0 - sure) / 2.0; 3];
            probabilities[seen] = sure;
            let mut parts = [0.0; 3];
            parts[mood] = 1.0;
            LabelledPost { lang: lang.to_owned(), mood: parts, probabilities }
        };
        (0..3 * each).map(post).collect()
    }

    #[test]
    fn a_language_with_few_posts_is_read_by_all() {
        let validation = Validation::of(labelled("it", 100).into_iter().chain(labelled("fi", 50)));
        assert_eq!(validation.languages().map(|(lang, posts)| (lang, posts.len())).collect::<Vec<_>>(), [("it", 300)]);
        assert_eq!(validation.all().map(|all| all.len()), Some(450));
        assert_eq!(Validation::of(labelled("it", 60)).all(), None);
    }

    #[test]
    fn a_mood_that_is_rare_among_the_labelled_is_too_few() {
        let mut posts = labelled("it", 100);
        posts.retain(|post| post.mood[2] < 0.5);
        assert_eq!((Validation::of(posts.clone()).languages().count(), Validation::of(posts).all()), (0, None));
    }

    #[test]
    fn order_does_not_show_and_nonsense_is_left_out() {
        let mut posts = labelled("it", 100);
        let validation = Validation::of(posts.clone());
        posts.reverse();
        posts.push(LabelledPost { lang: "it".into(), mood: [0.0; 3], probabilities: [0.2, 0.3, 0.5] });
        posts.push(LabelledPost { lang: "it".into(), mood: [1.0, 0.0, 0.0], probabilities: [f64::NAN; 3] });
        assert_eq!(Validation::of(posts), validation);
    }
}
