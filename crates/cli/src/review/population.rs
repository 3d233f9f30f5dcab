//! The texts of some days that a sample may be drawn from.

use crate::failure::Failure;
use polso_aggregate::{Candidate, Drawn, sample};
use polso_domain::{Day, PostId, SourceId};
use polso_store::{Lake, Scored};
use std::collections::{BTreeMap, HashMap};

const MOODS: [&str; 3] = ["negative", "neutral", "positive"];

/// Unique texts of scored posts, in the order of day, source and post.
pub(crate) struct Population {
    texts: Vec<Unique>,
    threshold: f32,
}

/// A text with the first of the posts that have it.
struct Unique {
    day: Day,
    offset: u64,
    post: Scored,
    copies: u32,
}

impl Unique {
    /// The text as it is drawn: by language, whether the model would have it checked, and mood.
    fn candidate(&self, threshold: f32) -> Candidate<'_> {
        let side = match self.post.needs_checking {
            Some(share) if share >= threshold => "above",
            Some(_) => "below",
            None => "unread",
        };
        Candidate { parts: [&self.post.lang, side, mood(self.post.sentiment)], copies: self.copies }
    }
}

/// A drawn post with its text.
pub(crate) struct Row {
    pub(crate) day: Day,
    pub(crate) post: Scored,
    pub(crate) text: String,
    pub(crate) drawn: Drawn,
}

/// The most probable mood; of equal ones the first.
pub(super) fn mood(sentiment: [f32; 3]) -> &'static str {
    let best = (1..3).fold(0, |best, at| if sentiment[at] > sentiment[best] { at } else { best });
    MOODS[best]
}

impl Population {
    /// The scored posts of the days that still have a text, copies of one day together. `threshold` is where a post
    /// counts as needing a check.
    pub(crate) fn of(lake: &Lake, days: &[Day], threshold: f32) -> Result<Self, Failure> {
        let mut texts = Vec::new();
        for day in days {
            let mut latest: HashMap<(SourceId, PostId), (u64, Scored)> = HashMap::new();
            for offset in lake.offsets(*day)? {
                let posts = lake.scored(*day, offset)?.into_iter();
                latest.extend(posts.map(|post| ((post.source.clone(), post.id.clone()), (offset, post))));
            }
            let mut posts: Vec<(u64, Scored)> = latest.into_values().filter(|(_, post)| post.has_text).collect();
            posts.sort_by(|(_, one), (_, other)| (&one.source, &one.id).cmp(&(&other.source, &other.id)));
            let mut by_text: HashMap<(String, u64), usize> = HashMap::new();
            for (offset, post) in posts {
                let at = *by_text.entry((post.lang.clone(), post.text_key.0)).or_insert(texts.len());
                if at == texts.len() {
                    texts.push(Unique { day: *day, offset, post, copies: 0 });
                }
                texts[at].copies += 1;
            }
        }
        Ok(Self { texts, threshold })
    }

    /// Draws `n` texts. In this order they are put before people.
    pub(crate) fn draw(&self, lake: &Lake, n: usize, seed: u64) -> Result<Vec<Row>, Failure> {
        let candidates: Vec<Candidate<'_>> = self.texts.iter().map(|unique| unique.candidate(self.threshold)).collect();
        let drawn = sample(&candidates, n, seed);
        let mut parts: BTreeMap<(Day, u64), Vec<usize>> = BTreeMap::new();
        for drawn in &drawn {
            let unique = &self.texts[drawn.at];
            parts.entry((unique.day, unique.offset)).or_default().push(drawn.at);
        }
        let mut texts: HashMap<usize, String> = HashMap::new();
        for ((day, offset), places) in parts {
            let mut of_part = lake.texts(day, offset)?;
            texts.extend(places.into_iter().filter_map(|at| {
                let post = &self.texts[at].post;
                Some((at, of_part.remove(&(post.source.clone(), post.id.clone()))?))
            }));
        }
        let row = |drawn: Drawn| {
            let unique = &self.texts[drawn.at];
            let text = texts.remove(&drawn.at).unwrap_or_default();
            Row { day: unique.day, post: unique.post.clone(), text, drawn }
        };
        Ok(drawn.into_iter().map(row).collect())
    }

    /// Unique texts, and posts with one of them.
    pub(crate) fn size(&self) -> (usize, u64) {
        (self.texts.len(), self.texts.iter().map(|unique| u64::from(unique.copies)).sum())
    }
}
