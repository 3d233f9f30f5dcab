//! What a day speaks of in any case: how rare each word is, and where the texts of each language lie.
//!
//! All posts of a health monitor speak of the same illness, and the texts of a language lie in one corner of the model's
//! space. Both make unlike posts look alike. So words count by their rarity, and vectors without the middle of their
//! language and the few directions in which its texts differ most (Mu and Viswanath 2018, "All-but-the-top",
//! arXiv 1702.01417, which takes one direction a hundred components).
//!
//! A narrative that makes up much of a day must not become one of these directions, or it would be the one that is not
//! found. So each text counts the less, the more texts of the day lie near it: see [`axes`].

mod axes;

use crate::{Error, Query};
use axes::Axes;
pub(super) use axes::usual_size;
use polso_domain::Vector;
use std::collections::{BTreeMap, HashMap};

/// Texts from which a language has a corner of its own.
const ENOUGH: usize = 50;

/// Texts that are looked at to find it, where there are as many; twice as many at most.
const SAMPLE: usize = 2000;

/// Components that the words of a text are spread over.
const SPREAD: usize = 256;

/// How much words weigh beside the vector in the cosine of two texts: 0.2 of it.
const WORDS: f32 = 0.5;

/// The usual words and directions of a day's posts.
#[derive(Debug, Clone)]
pub struct Background {
    posts: u32,
    words: HashMap<u32, u32>,
    all: Option<Axes>,
    languages: BTreeMap<String, Axes>,
}

/// Vectors spread evenly over the posts of a day, so that neither the night nor the evening is all there is.
#[derive(Default)]
struct Sample {
    seen: usize,
    every: usize,
    vectors: Vec<Vector>,
}

impl Background {
    /// From all posts of a day, whether they need checking or not. Posts of the days before may be added, so that a quiet
    /// day has enough: below fifty of one language all languages are taken together, and below fifty in all vectors say
    /// nothing and words decide alone.
    pub fn of<'a>(posts: impl Iterator<Item = Query<'a>>) -> Result<Self, Error> {
        let (mut n, mut words) = (0, HashMap::new());
        let (mut all, mut languages) = (Sample::default(), BTreeMap::<String, Sample>::new());
        for post in posts {
            n += 1;
            for term in &post.sketch.terms {
                *words.entry(*term).or_default() += 1;
            }
            all.offer(&post.sketch.vector);
            if !languages.contains_key(post.lang) {
                languages.insert(post.lang.to_owned(), Sample::default());
            }
            if let Some(sample) = languages.get_mut(post.lang) {
                sample.offer(&post.sketch.vector);
            }
        }
        let mut own = BTreeMap::new();
        for (lang, sample) in languages {
            own.extend(sample.axes()?.map(|axes| (lang, axes)));
        }
        Ok(Self { posts: n, words, all: all.axes()?, languages: own })
    }

    /// How much a word tells: 0 when every third post has it (inverse document frequency).
    pub(super) fn rarity(&self, term: u32) -> f32 {
        let posts = self.words.get(&term).copied().unwrap_or(0);
        let rarity = ((self.posts as f32 + 1.0) / (posts as f32 + 1.0)).ln() - 1.0;
        rarity.max(0.0)
    }

    /// A text's vector without what its language has in common, and beside it its words by their rarity.
    ///
    /// Words are spread over a few components by their hash and signed by it, so that collisions cancel out (Weinberger et
    /// al. 2009, "Feature hashing for large scale multitask learning").
    pub(super) fn blend(&self, post: Query<'_>) -> Vector {
        let vector = &post.sketch.vector;
        let axes = self.languages.get(post.lang).or(self.all.as_ref());
        let mut blend: Vec<f32> = match axes {
            Some(axes) if axes.size() == vector.bytes().len() => axes.without(vector),
            _ => vec![0.0; vector.bytes().len()],
        };
        axes::normalise(&mut blend);
        let mut words = [0.0_f32; SPREAD];
        for term in &post.sketch.terms {
            let sign = if term & 1 == 0 { 1.0 } else { -1.0 };
            words[(term >> 1) as usize % SPREAD] += sign * self.rarity(*term);
        }
        axes::normalise(&mut words);
        blend.extend(words.iter().map(|word| word * WORDS));
        // Of a text in the very middle without a telling word nothing is left. A vector of another size is near no other.
        Vector::new(&blend).or_else(|| Vector::new(&[1.0])).unwrap_or_else(|| vector.clone())
    }
}

impl Sample {
    /// Takes every text, then every second, every fourth … of them.
    fn offer(&mut self, vector: &Vector) {
        if self.vectors.len() >= 2 * SAMPLE {
            self.every = self.every.max(1) * 2;
            let mut keep = [true, false].into_iter().cycle();
            self.vectors.retain(|_| keep.next() == Some(true));
        }
        if self.seen.is_multiple_of(self.every.max(1)) {
            self.vectors.push(vector.clone());
        }
        self.seen += 1;
    }

    fn axes(self) -> Result<Option<Axes>, Error> {
        if self.vectors.len() < ENOUGH { Ok(None) } else { Axes::of(&self.vectors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_over_the_whole_day() {
        let mut sample = Sample::default();
        let posts = 20 * SAMPLE;
        for number in 0..posts {
            sample.offer(&Vector::new(&[1.0, number as f32 / posts as f32]).unwrap());
        }
        assert!((SAMPLE..=2 * SAMPLE).contains(&sample.vectors.len()), "{}", sample.vectors.len());
        let at = |vector: &Vector| vector.unit().nth(1).unwrap() / vector.unit().next().unwrap();
        let late = sample.vectors.iter().filter(|vector| at(vector) > 0.5).count() as f32;
        assert!((late / sample.vectors.len() as f32 - 0.5).abs() < 0.02);
    }

    #[test]
    fn what_everybody_says_tells_nothing() {
        let sketch = |terms: &[u32]| polso_domain::Sketch {
            vector: Vector::new(&[1.0]).unwrap(),
            terms: terms.to_vec(),
            stand: polso_domain::Stand::default(),
        };
        let posts: Vec<_> = (0..30).map(|number| sketch(&[1, 100 + number])).collect();
        let background = Background::of(posts.iter().map(|sketch| Query { sketch, lang: "it" })).unwrap();
        assert!(background.rarity(1).abs() < f32::EPSILON);
        assert!(background.rarity(100) > 1.0 && background.rarity(999) > background.rarity(100));
    }
}
