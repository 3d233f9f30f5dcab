//! The claim library as one model sees it: every wording read once, posts held against them.

use crate::failure::Failure;
use crate::pipeline::Context;
use polso_claims::{Library, Params, Query, Row, Sketcher};
use polso_classify::{Bundle, Classifier, Lang, Text};
use polso_desk::{Desk, StoredSketch};
use polso_domain::{Claim, ClaimId, ClaimKind, ClaimMatch, Heard, Post, Sketch};
use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;

/// The print of a sketch that was made of posts, not of a wording.
pub(crate) const NO_TEXT: u64 = 0;
/// Wordings handed to the classifier at a time.
const WINDOW: usize = 16_384;

/// Finds the claims that posts speak of.
pub(crate) struct Matcher {
    pub(crate) sketcher: Sketcher,
    pub(crate) library: Library,
}

/// What stays of a post's text, and the claims it speaks of.
pub(crate) type Seen = (Option<Sketch>, Vec<ClaimMatch>);

/// A wording without a sketch of this model.
struct Unread {
    claim: ClaimId,
    lang: String,
    place: u32,
    print: u64,
    text: String,
}

impl Unread {
    fn as_text(&self) -> Text<'_> {
        let lang = if self.lang == "und" { Lang::Hinted(None) } else { Lang::Known(&self.lang) };
        Text { text: &self.text, lang }
    }
}

impl Matcher {
    /// The library of a desk for a model, after reading the wordings that it has not read before. `None` when the bundle
    /// does not say how claims are found by its vectors.
    pub(crate) fn prepare(
        context: Context<'_>,
        desk: &mut Desk,
        (bundle, classifier): (&Bundle, &mut Classifier),
    ) -> Result<Option<Self>, Failure> {
        let Some(params) = bundle.claims() else { return Ok(None) };
        let params = Params::parse(params)?;
        let sketcher = Sketcher::new(&params)?;
        let reader = reader(bundle);
        let model = reader.as_str();
        let claims = desk.claims()?;
        let stored = desk.sketches(model)?;
        let unread = unread(&claims, &stored);
        if !unread.is_empty() {
            let bar = context.printer.bar("reading claims", unread.len() as u64, "wordings");
            for window in unread.chunks(WINDOW) {
                desk.put_sketches(model, &read(&sketcher, classifier, window)?)?;
                bar.inc(window.len() as u64);
            }
            bar.finish_and_clear();
        }
        let library = library(desk, (model, &params), context.settings.classify.threads)?;
        Ok(Some(Self { sketcher, library }))
    }

    /// What stays of some posts' texts, and the claims they speak of. Copies are matched once.
    pub(crate) fn observe(&self, posts: &[&Post], heard: &[Heard]) -> Result<Vec<Seen>, Failure> {
        let sketches: Vec<Option<Sketch>> =
            posts.iter().zip(heard).map(|(post, heard)| self.sketcher.sketch(&post.text, heard)).collect();
        let mut place_of = HashMap::new();
        let mut queries = Vec::new();
        let mut places = Vec::with_capacity(heard.len());
        for (heard, sketch) in heard.iter().zip(&sketches) {
            places.push(sketch.as_ref().map(|sketch| {
                *place_of.entry((heard.text_key, heard.lang.as_str())).or_insert_with(|| {
                    queries.push(Query { sketch, lang: &heard.lang });
                    queries.len() - 1
                })
            }));
        }
        let found = self.find(&queries)?;
        let claims = |place: Option<usize>| place.map(|place| found[place].clone()).unwrap_or_default();
        Ok(sketches.into_iter().zip(places.into_iter().map(claims)).collect())
    }

    /// The claims of some sketches.
    pub(crate) fn find(&self, queries: &[Query<'_>]) -> Result<Vec<Vec<ClaimMatch>>, Failure> {
        let found = self.library.find(queries)?;
        Ok(found.into_iter().map(|found| found.iter().map(polso_claims::Found::as_match).collect()).collect())
    }
}

/// The library as it is stored, for a model that has read it.
pub(crate) fn library(
    desk: &Desk,
    (model, params): (&str, &Params),
    threads: NonZeroUsize,
) -> Result<Library, Failure> {
    let claims = desk.claims()?;
    let alive: HashMap<&ClaimId, &Claim> =
        claims.iter().filter(|claim| !claim.withdrawn).map(|claim| (&claim.id, claim)).collect();
    // Made of a text that was changed meanwhile: somebody else reads it again, it says nothing until then.
    let fits = |stored: &StoredSketch| {
        let text = alive.get(&stored.claim).and_then(|claim| wording(claim, &stored.lang, stored.place));
        stored.print == NO_TEXT || text.is_some_and(|text| print(text) == stored.print)
    };
    let stored = desk.sketches(model)?.into_iter().filter(|stored| alive.contains_key(&stored.claim) && fits(stored));
    let rows = stored.map(|stored| Row { claim: stored.claim, lang: stored.lang, sketch: stored.sketch }).collect();
    Ok(Library::new(rows, params)?.on_threads(threads))
}

/// The wording of a language at a place.
fn wording<'a>(claim: &'a Claim, lang: &str, place: u32) -> Option<&'a str> {
    claim.wordings.iter().find(|wording| wording.lang == lang)?.all().nth(usize::try_from(place).ok()?)
}

/// Fingerprint of a wording; never [`NO_TEXT`].
fn print(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first).max(1)
}

/// Under which name the desk keeps what a bundle makes of wordings: other vectors or other cues make other sketches.
pub(crate) fn reader(bundle: &Bundle) -> String {
    let card = bundle.card();
    format!("{} {}", card.id, card.claims_sha256.as_deref().unwrap_or_default())
}

/// Wordings that have a text and no sketch. Narratives and groups of questions have sketches and no text.
fn unread(claims: &[Claim], stored: &[StoredSketch]) -> Vec<Unread> {
    let known: HashSet<(&ClaimId, &str, u32, u64)> =
        stored.iter().map(|stored| (&stored.claim, stored.lang.as_str(), stored.place, stored.print)).collect();
    let mut unread = Vec::new();
    for claim in claims.iter().filter(|claim| !matches!(claim.kind, ClaimKind::Narrative | ClaimKind::Question)) {
        for wording in &claim.wordings {
            for (place, text) in (0..).zip(wording.all()).filter(|(_, text)| !text.is_empty()) {
                let print = print(text);
                if !known.contains(&(&claim.id, wording.lang.as_str(), place, print)) {
                    let (claim, lang) = (claim.id.clone(), wording.lang.clone());
                    unread.push(Unread { claim, lang, place, print, text: text.to_owned() });
                }
            }
        }
    }
    unread
}

fn read(sketcher: &Sketcher, classifier: &mut Classifier, wordings: &[Unread]) -> Result<Vec<StoredSketch>, Failure> {
    let texts: Vec<Text<'_>> = wordings.iter().map(Unread::as_text).collect();
    let heard = classifier.hear(&texts)?;
    let stored = wordings.iter().zip(heard).filter_map(|(wording, heard)| {
        let sketch = sketcher.sketch(&wording.text, &heard)?;
        let Unread { claim, lang, place, print, text: _ } = wording;
        Some(StoredSketch { claim: claim.clone(), lang: lang.clone(), place: *place, print: *print, sketch })
    });
    Ok(stored.collect())
}
