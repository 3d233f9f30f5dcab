//! A library of claims, ready to be asked which of them a post speaks of.
//!
//! Candidates come from two sides, the nearest vectors and the most telling words; one decision judges them all.
//!
//! Invariants
//! * A claim is found at most once a post, by its best wording; ties go to the wording that comes first.
//! * What is found does not depend on the other posts of a call, on threads or on the order of claims.

use crate::contrast::Place;
use crate::decision::{self, Decision, Frequencies, MatchFeatures, Side};
use crate::lexical::Lexical;
use crate::nearest::{Nearest, Neighbour};
use crate::stance::Stances;
use crate::{Error, Params};
use polso_domain::{ClaimId, ClaimMatch, Sketch, Stance};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Wordings looked at from each side. Claims have up to a dozen wordings, and three claims of a post are told.
const CANDIDATES: usize = 32;

/// Claims told of one post.
const MOST: usize = 3;

/// Posts that one thread works on at a time.
const SHARE: usize = 256;

/// One wording of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The claim.
    pub claim: ClaimId,
    /// ISO 639-1 code of the wording's language.
    pub lang: String,
    /// What is kept of the wording.
    pub sketch: Sketch,
}

/// A post to be matched.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// What is kept of it.
    pub sketch: &'a Sketch,
    /// ISO 639-1 code of its language.
    pub lang: &'a str,
}

/// A claim that a post speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The claim.
    pub claim: ClaimId,
    /// Its best wording, in the order that the rows were given.
    pub row: usize,
    /// Cosine of post and wording, cut to 0 to 1.
    pub similarity: f32,
    /// Probability that the post speaks of the claim, 0 to 1.
    pub probability: f32,
    /// What it does with it.
    pub stance: Stance,
    /// Hashes of the words that both have, rising.
    pub terms: Vec<u32>,
}

impl Found {
    /// What an observation keeps of it.
    pub fn as_match(&self) -> ClaimMatch {
        ClaimMatch { claim: self.claim.clone(), stance: self.stance, similarity: self.similarity }
    }
}

/// A candidate with what the decision looks at, for those who measure it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The wording, in the order that the rows were given.
    pub row: usize,
    /// Its claim.
    pub claim: ClaimId,
    /// Its BM25 score; `None` where only the vector brought it up.
    pub bm25: Option<f32>,
    /// Values of [`MATCH_FEATURES`](crate::MATCH_FEATURES).
    pub features: MatchFeatures,
}

/// Claims, indexed from both sides.
pub struct Library {
    rows: Vec<Row>,
    /// Of each row: its place, and what its words tell together.
    known: Vec<(Place, f32)>,
    told: Frequencies,
    nearest: Nearest,
    lexical: Lexical,
    decision: Decision,
    stances: Stances,
    threads: usize,
}

impl Library {
    /// Indexes wordings that the model of the parameters has read. Asked on one thread, see [`Self::on_threads`].
    pub fn new(rows: Vec<Row>, params: &Params) -> Result<Self, Error> {
        let stances = Stances::new(params)?;
        let sizes = rows.iter().map(|row| row.sketch.vector.bytes().len());
        let decision = Decision::new(params)?;
        let expected = decision.contrast().size();
        if let Some(found) = sizes.chain([stances.size()]).find(|size| *size != expected) {
            return Err(Error::Size { model: params.model.clone(), expected, found });
        }
        let told = Frequencies::of(rows.iter().map(|row| row.sketch.terms.as_slice()));
        let place = |row: &Row| decision.contrast().place(&row.sketch.vector);
        let known = rows.iter().map(|row| (place(row), told.mass(&row.sketch.terms))).collect();
        let nearest = Nearest::new(&rows.iter().map(|row| &row.sketch.vector).collect::<Vec<_>>());
        let lexical = Lexical::new(rows.iter().map(|row| row.sketch.terms.as_slice()))?;
        Ok(Self { rows, known, told, nearest, lexical, decision, stances, threads: 1 })
    }

    /// The same, asked on so many threads.
    #[must_use]
    pub fn on_threads(self, threads: std::num::NonZeroUsize) -> Self {
        Self { threads: threads.get(), ..self }
    }

    /// A library of some of the claims, judged as in this one: words are as telling as they are among all claims.
    pub fn part(&self, claims: &HashSet<ClaimId>) -> Result<Self, Error> {
        let kept = self.rows.iter().zip(&self.known).filter(|(row, _)| claims.contains(&row.claim));
        let (rows, known): (Vec<Row>, Vec<(Place, f32)>) =
            kept.map(|(row, known)| (row.clone(), known.clone())).unzip();
        let nearest = Nearest::new(&rows.iter().map(|row| &row.sketch.vector).collect::<Vec<_>>());
        let lexical = Lexical::new(rows.iter().map(|row| row.sketch.terms.as_slice()))?;
        let (told, decision, stances) = (self.told.clone(), self.decision.clone(), self.stances.clone());
        Ok(Self { rows, known, told, nearest, lexical, decision, stances, threads: self.threads })
    }

    /// The claims that each post speaks of: at most three, best first, each at or above its language's threshold.
    pub fn find(&self, posts: &[Query<'_>]) -> Result<Vec<Vec<Found>>, Error> {
        let enough = |post: &Query<'_>| self.decision.threshold(post.lang);
        self.shared_out(posts, |post, candidates| self.best(post, candidates, (enough(post), MOST)))
    }

    /// The `k` likeliest claims of each post, whether likely enough or not.
    pub fn rank(&self, posts: &[Query<'_>], k: usize) -> Result<Vec<Vec<Found>>, Error> {
        self.shared_out(posts, |post, candidates| self.best(post, candidates, (0.0, k)))
    }

    /// The probability from which a claim counts as found in a language, 0 to 1.
    pub fn threshold(&self, lang: &str) -> f32 {
        self.decision.threshold(lang)
    }

    /// What the decision looks at, for each candidate of each post, in the order of the rows; at most `k` candidates from
    /// each side.
    pub fn features(&self, posts: &[Query<'_>], k: usize) -> Result<Vec<Vec<Candidate>>, Error> {
        let vectors: Vec<_> = posts.iter().map(|post| &post.sketch.vector).collect();
        let near = self.nearest.top(&vectors, k)?;
        posts.iter().zip(near).map(|(post, near)| self.candidates(post, near, k)).collect()
    }

    /// Works on the candidates of each post, on all threads, and puts the answers into the order of the posts.
    fn shared_out(
        &self,
        posts: &[Query<'_>],
        work: impl Fn(&Query<'_>, Vec<Candidate>) -> Vec<Found> + Sync,
    ) -> Result<Vec<Vec<Found>>, Error> {
        let answer = |share: &[Query<'_>]| -> Result<Vec<Vec<Found>>, Error> {
            let candidates = self.features(share, CANDIDATES)?;
            Ok(share.iter().zip(candidates).map(|(post, candidates)| work(post, candidates)).collect())
        };
        let next = std::sync::atomic::AtomicUsize::new(0);
        let shares: Vec<&[Query<'_>]> = posts.chunks(SHARE).collect();
        let take = || {
            let mut answers = BTreeMap::new();
            loop {
                let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                let Some(share) = shares.get(number) else { return answers };
                answers.insert(number, answer(share));
            }
        };
        let answers: BTreeMap<usize, Result<Vec<Vec<Found>>, Error>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..self.threads.min(shares.len())).map(|_| scope.spawn(take)).collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut found = Vec::with_capacity(posts.len());
        for answer in answers.into_values() {
            found.extend(answer?);
        }
        Ok(found)
    }

    /// Everything worth a look: the nearest rows and those that share telling words.
    fn candidates(&self, post: &Query<'_>, near: Vec<Neighbour>, k: usize) -> Result<Vec<Candidate>, Error> {
        let words: HashMap<usize, f32> = self.lexical.top(&post.sketch.terms, k)?.into_iter().collect();
        let near: HashMap<usize, f32> = near.into_iter().map(|near| (near.row, near.cosine)).collect();
        let rows: BTreeSet<usize> = words.keys().chain(near.keys()).copied().collect();
        let mass = self.told.mass(&post.sketch.terms);
        let place = self.decision.contrast().place(&post.sketch.vector);
        let candidate = |row: usize| {
            let Row { claim, lang, sketch } = &self.rows[row];
            let cosine = near.get(&row).copied().unwrap_or_else(|| post.sketch.vector.cosine(&sketch.vector));
            let (of_row, row_mass) = &self.known[row];
            let post = Side { sketch: post.sketch, lang: post.lang, place: &place, mass };
            let side = Side { sketch, lang, place: of_row, mass: *row_mass };
            let features = self.decision.features(post, side, (cosine, &self.told));
            Candidate { row, claim: claim.clone(), bm25: words.get(&row).copied(), features }
        };
        Ok(rows.into_iter().map(candidate).collect())
    }

    /// The likeliest claims among candidates: at most so many, each at least so likely.
    fn best(&self, post: &Query<'_>, candidates: Vec<Candidate>, (enough, most): (f32, usize)) -> Vec<Found> {
        let score = |candidate: Candidate| (self.decision.score(&candidate.features), candidate);
        let mut judged: Vec<(f32, Candidate)> = candidates.into_iter().map(score).collect();
        judged.sort_by(|(a, left), (b, right)| b.total_cmp(a).then(left.row.cmp(&right.row)));
        let mut told = BTreeSet::new();
        judged.retain(|(_, candidate)| told.insert(candidate.claim.clone()));
        let scores: Vec<_> = judged.iter().map(|(score, candidate)| (*score, &candidate.features)).collect();
        let probabilities = self.decision.probabilities(&scores);
        let likely =
            probabilities.into_iter().zip(judged).map(|(probability, (_, candidate))| (probability, candidate));
        let mut likely: Vec<(f32, Candidate)> = likely.filter(|(probability, _)| *probability >= enough).collect();
        // Stable: equals stay by score, then by row.
        likely.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        likely.truncate(most);
        likely.into_iter().map(|found| self.found(post, found)).collect()
    }

    fn found(&self, post: &Query<'_>, (probability, candidate): (f32, Candidate)) -> Found {
        let Candidate { row, claim, features: [cosine, ..], .. } = candidate;
        let sketch = &self.rows[row].sketch;
        Found {
            claim,
            row,
            similarity: cosine.clamp(0.0, 1.0),
            probability,
            stance: self.stances.between(&post.sketch.stand, &sketch.stand),
            terms: decision::shared(&post.sketch.terms, &sketch.terms).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
