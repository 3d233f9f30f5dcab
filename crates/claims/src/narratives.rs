//! What goes round without a known claim: posts that need checking and say the same, and questions that ask the same.
//!
//! The posts of one day that no claim of the library fits are grouped by where they lie and by their words. Some wordings
//! of a group become rows of the library, so that the posts of the next days are matched with it like with any claim: a
//! narrative keeps its id because it is found again, not because groups of two days are compared.
//!
//! Invariants
//! * The same posts give the same groups under the same ids, in any order.
//! * Copies of a text are one text: a text that a thousand accounts paste does not make its neighbours a group.
//! * Nothing that fewer people than asked for have written is told: no word, no example.
//!
//! It does not say that anything is false: a group is a candidate for a person to look at.

mod background;
mod communities;
mod naming;
mod stand_ins;

pub use background::Background;

use crate::{Error, Query};
use background::usual_size;
use communities::{dot, sum};
use polso_domain::{AuthorKey, ClaimId, ClaimKind, Day, Sketch, TextKey, Vector};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A post of the day that matched no claim.
#[derive(Debug, Clone, Copy)]
pub struct Loose<'a> {
    /// What is kept of it.
    pub sketch: &'a Sketch,
    /// ISO 639-1 code of its language.
    pub lang: &'a str,
    /// Its text; empty when its retention is over.
    pub text: &'a str,
    /// Copies of a text share it.
    pub text_key: TextKey,
    /// Who wrote it.
    pub author: AuthorKey,
    /// Probability that it needs checking, 0 to 1.
    pub needs_checking: f32,
}

/// When posts are a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grouping {
    /// How near two texts must be to be a pair, -1 to 1: four parts the cosine of their vectors without what their languages
    /// have in common, one part that of their words.
    pub cosine: f32,
    /// Share of pairs that a group must have among all its texts, 0 to 1.
    pub density: f64,
    /// Posts of the smallest group.
    pub min_posts: usize,
    /// People of the smallest group, and people behind each word and example that is told.
    pub min_people: u32,
    /// Probability of needing checking from which a post is looked at at all.
    pub from_needs_checking: f32,
    /// Mean probability of needing checking from which a group counts.
    pub min_needs_checking: f32,
    /// Members whose sketches stand for a group, at most, in each language that enough of its texts are in.
    pub wordings: usize,
}

impl Grouping {
    /// For posts that need checking, as measured: thirty posts of an invented rumour, ten a day, among 20,000 real ones of
    /// three days were one group of at least eight on each day, in ten shuffles out of ten, in Italian and in English.
    /// Nearly half of them lie below the probability from which a post counts as needing checking (0.46), one in sixty
    /// below 0.10; their mean is 0.48 and 0.50, that of all posts 0.15 (Italian) and 0.29 (English).
    pub fn narratives() -> Self {
        Self {
            cosine: 0.28,
            density: 0.3,
            min_posts: 8,
            min_people: 5,
            from_needs_checking: 0.10,
            min_needs_checking: 0.35,
            wordings: 5,
        }
    }

    /// For posts that ask something, as measured. Whether they need checking does not matter; so as not to take every short
    /// question for the same one, they must be nearer.
    pub fn questions() -> Self {
        Self { cosine: 0.32, from_needs_checking: 0.0, min_needs_checking: 0.0, ..Self::narratives() }
    }
}

/// Hash and spelling of each word of a text in a language.
pub type Words<'a> = &'a dyn Fn(&str, &str) -> Vec<(u32, String)>;

/// The day around the posts, and how groups are named.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The day.
    pub day: Day,
    /// [`ClaimKind::Question`] for questions; anything else are narratives.
    pub kind: ClaimKind,
    /// What the day speaks of in any case.
    pub background: &'a Background,
    /// Hash and spelling of each word of a text in a language, in the order of the text; see [`crate::Sketcher::words`].
    pub words: Words<'a>,
    /// Hashes of words that may be told although they look like names: those of the library and of followed hashtags.
    pub allowed: &'a HashSet<u32>,
    /// For the algorithm that looks for communities.
    pub seed: u64,
}

/// Posts of a day that say or ask the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name for ever: what it is, its day and a hash of its most central text.
    pub id: ClaimId,
    /// Its posts, by their place among those given, rising.
    pub members: Vec<usize>,
    /// Posts that stand for it, the most central first.
    pub wordings: Vec<usize>,
    /// Up to six typical words, the most typical first; fewer than three where few people share any.
    pub words: Vec<String>,
    /// A post whose text enough people posted for it to be nobody's; for a person to paraphrase.
    pub example: Option<usize>,
    /// Different authors.
    pub people: u32,
    /// Different texts.
    pub unique_texts: usize,
    /// Mean probability that its posts need checking, 0 to 1.
    pub needs_checking: f32,
}

/// The copies of one text.
struct Text {
    posts: Vec<usize>,
    blend: Vector,
}

/// Groups the posts of a day: the one with most people first.
pub fn group(posts: &[Loose<'_>], about: &About<'_>, config: &Grouping) -> Result<Vec<Group>, Error> {
    let texts = texts(posts, about.background, config);
    let blends: Vec<&Vector> = texts.values().map(|text| &text.blend).collect();
    let by_place: Vec<(&TextKey, &Text)> = texts.iter().collect();
    let mut groups: Vec<Group> = communities::communities(&blends, config, about.seed)?
        .into_iter()
        .filter_map(|members| {
            let members: Vec<(&TextKey, &Text)> = members.iter().map(|place| by_place[*place]).collect();
            told(posts, &members, about, config)
        })
        .collect();
    groups.sort_by(|a, b| {
        let size = |group: &Group| (group.people, group.members.len());
        size(b).cmp(&size(a)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(groups)
}

/// Whether two groups say the same: whether their wordings are on average as near as pairs must be, all of them or those of
/// a language that both have. Texts of two languages that say the same lie further apart than texts of one.
///
/// For two groups of one day, or for one beside a narrative of the days before whose posts the matcher did not find.
pub fn same(a: &[Query<'_>], b: &[Query<'_>], background: &Background, config: &Grouping) -> bool {
    let (a, b) = (blended(a, background), blended(b, background));
    let langs: BTreeSet<&str> = a.iter().map(|(lang, _)| *lang).collect();
    let mut looks = langs.into_iter().map(Some).chain([None]);
    looks.any(|lang| likeness(&a, &b, lang) >= config.cosine)
}

fn blended<'a>(wordings: &[Query<'a>], background: &Background) -> Vec<(&'a str, Vector)> {
    wordings.iter().map(|wording| (wording.lang, background.blend(*wording))).collect()
}

/// Mean cosine over all pairs, of one language or of all; 0 without a pair.
fn likeness(a: &[(&str, Vector)], b: &[(&str, Vector)], lang: Option<&str>) -> f32 {
    let [a, b] = [a, b].map(|side| -> Vec<&Vector> {
        side.iter().filter(|(own, _)| lang.is_none_or(|lang| lang == *own)).map(|(_, blend)| blend).collect()
    });
    dot(&sum(a.iter().copied()), &sum(b.iter().copied())) / ((a.len() * b.len()) as f32).max(1.0)
}

/// The different texts of the posts that are worth a look. Those that another model read than most are left out.
fn texts(posts: &[Loose<'_>], background: &Background, config: &Grouping) -> BTreeMap<TextKey, Text> {
    let size = usual_size(posts.iter().map(|post| &post.sketch.vector));
    let worth = |post: &Loose<'_>| {
        post.needs_checking >= config.from_needs_checking && Some(post.sketch.vector.bytes().len()) == size
    };
    let mut texts: BTreeMap<TextKey, Text> = BTreeMap::new();
    for (place, post) in posts.iter().enumerate().filter(|(_, post)| worth(post)) {
        let text = texts.entry(post.text_key).or_insert_with(|| Text {
            posts: Vec::new(),
            blend: background.blend(Query { sketch: post.sketch, lang: post.lang }),
        });
        text.posts.push(place);
    }
    texts
}

/// A group from its texts, if it is one.
fn told(posts: &[Loose<'_>], texts: &[(&TextKey, &Text)], about: &About<'_>, config: &Grouping) -> Option<Group> {
    let mut members: Vec<usize> = texts.iter().flat_map(|(_, text)| text.posts.iter().copied()).collect();
    members.sort_unstable();
    let people = people(posts, &members);
    let needs_checking = members.iter().map(|post| posts[*post].needs_checking).sum::<f32>() / members.len() as f32;
    let enough =
        members.len() >= config.min_posts && people >= config.min_people && needs_checking >= config.min_needs_checking;
    if !enough {
        return None;
    }
    let blends: Vec<(&str, &Vector)> = texts
        .iter()
        .map(|(_, text)| (text.posts.first().map_or("und", |post| posts[*post].lang), &text.blend))
        .collect();
    let stand_in = stand_ins::of(&blends, config.wordings);
    let id = id(about, *texts[*stand_in.first()?].0)?;
    let of_group: Vec<&Loose<'_>> = members.iter().map(|post| &posts[*post]).collect();
    Some(Group {
        id,
        wordings: stand_in.iter().filter_map(|text| texts[*text].1.posts.first().copied()).collect(),
        words: naming::words(&of_group, about, config.min_people),
        example: example(posts, texts, config.min_people),
        members,
        people,
        unique_texts: texts.len(),
        needs_checking,
    })
}

fn people(posts: &[Loose<'_>], of: &[usize]) -> u32 {
    let people: HashSet<AuthorKey> = of.iter().map(|post| posts[*post].author).collect();
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

fn id(about: &About<'_>, medoid: TextKey) -> Option<ClaimId> {
    let letter = if about.kind == ClaimKind::Question { "q" } else { "n" };
    let hash = blake3::hash(&medoid.0.to_le_bytes()).to_hex();
    ClaimId::new(&format!("{letter}-{}-{}", about.day, &hash[..10]))
}

/// The text that most people posted, if enough did.
fn example(posts: &[Loose<'_>], texts: &[(&TextKey, &Text)], min_people: u32) -> Option<usize> {
    let shown = texts.iter().filter(|(_, text)| text.posts.iter().any(|post| !posts[*post].text.is_empty()));
    let (behind, text) = shown.map(|(_, text)| (people(posts, &text.posts), *text)).rev().max_by_key(|(n, _)| *n)?;
    let with_text = || text.posts.iter().copied().find(|post| !posts[*post].text.is_empty());
    (behind >= min_people).then(with_text).flatten()
}

#[cfg(test)]
mod tests;
