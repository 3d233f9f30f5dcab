//! Finding the claim that a post speaks of: all claims of a library, ranked by how likely it is the post's; by how alike
//! their vectors are alone; and by their words alone (BM25), which is what every search engine does.
//!
//! A post without a vector finds nothing and a claim without one is never found. Both count as misses and are named,
//! for that is what somebody who searches would meet.

use super::features::Table;
use super::ranking::{Figures, Found, Told};
use super::session::Session;
use super::stance;
use super::told::{Measured, Missing};
use crate::failure::Failure;
use polso_claims::{Candidate, Library, MATCH_FEATURES, Query, Row, Sketcher};
use polso_classify::{Lang, Text};
use polso_domain::{ClaimId, Heard, Sketch, Unscored};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Claims looked at from each side; a right one behind them counts as not found.
const DEEP: usize = 100;

#[derive(Deserialize)]
struct Claim {
    id: Value,
    text: String,
    /// A second wording, as fact-checkers' headlines are.
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    lang: Option<String>,
}

impl Claim {
    fn wordings(&self) -> impl Iterator<Item = (&str, Option<&str>)> + Clone {
        let title = self.title.as_deref().filter(|title| !title.trim().is_empty() && *title != self.text);
        std::iter::once(self.text.as_str()).chain(title).map(|text| (text, self.lang.as_deref()))
    }
}

#[derive(Deserialize)]
struct Post {
    text: String,
    #[serde(default)]
    lang: Option<String>,
    relevant_claim_ids: Vec<Value>,
}

/// A post with what was made of it and the places of its claims in the library.
struct Asked {
    lang: String,
    sketch: Option<Sketch>,
    relevant: Vec<usize>,
}

pub(super) fn measure(
    (file, claims, features): (&Path, &Path, Option<&Path>),
    session: &mut Session,
) -> Result<Measured<Figures>, Failure> {
    let params = stance::params(session)?;
    let sketcher = Sketcher::new(&params)?;
    let known: Vec<Claim> = super::rows::read(claims, "an object with `id` and `text`")?;
    let place_of = place_of(&known, claims)?;
    let posts: Vec<Post> = super::rows::read(file, "an object with `text` and `relevant_claim_ids`")?;
    let rows = rows(session, &sketcher, &known)?;
    let unread = known.len() - rows.iter().map(|row| &row.claim).collect::<BTreeSet<_>>().len();
    let library = Library::new(rows, &params)?;
    let (searches, missing) = asked(session, &sketcher, &posts, &place_of)?;
    let found = search(&library, &searches)?;
    write(features, &library, &searches)?;
    let size = Told { claims: known.len(), claims_without_vector: unread };
    let mut by_lang: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for (search, found) in searches.iter().zip(&found) {
        by_lang.entry(search.lang.clone()).or_default().push(found.clone());
    }
    let by_lang = by_lang.iter().map(|(lang, found)| (lang.clone(), Figures::of(found, size))).collect();
    Ok(session.measured("claims", missing, (Figures::of(&found, size), by_lang)))
}

/// What was made of some texts, with what was heard in them.
fn sketches<'a>(
    session: &mut Session,
    sketcher: &Sketcher,
    texts: impl Iterator<Item = (&'a str, Option<&'a str>)> + Clone,
) -> Result<Vec<(Heard, Option<Sketch>)>, Failure> {
    let as_texts: Vec<Text<'_>> =
        texts.clone().map(|(text, lang)| Text { text, lang: lang.map_or(Lang::Hinted(None), Lang::Known) }).collect();
    let heard = session.hear(&as_texts)?;
    Ok(texts.zip(heard).map(|((text, _), heard)| (heard.clone(), sketcher.sketch(text, &heard))).collect())
}

/// Every wording that was read. Claims are called by their place in the file.
fn rows(session: &mut Session, sketcher: &Sketcher, claims: &[Claim]) -> Result<Vec<Row>, Failure> {
    let made = sketches(session, sketcher, claims.iter().flat_map(Claim::wordings))?;
    let places = claims.iter().enumerate().flat_map(|(place, claim)| claim.wordings().map(move |_| place));
    let row = |(place, (heard, sketch)): (usize, (Heard, Option<Sketch>))| {
        Some(Row { claim: ClaimId::new(&place.to_string())?, lang: heard.lang, sketch: sketch? })
    };
    Ok(places.zip(made).filter_map(row).collect())
}

/// The posts that can be judged: those whose claims are in the library, and those that are said to have none.
fn asked(
    session: &mut Session,
    sketcher: &Sketcher,
    posts: &[Post],
    place_of: &HashMap<String, usize>,
) -> Result<(Vec<Asked>, Missing), Failure> {
    let mut missing = Missing { left_out: 0, unscored: BTreeMap::new() };
    let mut asked = Vec::with_capacity(posts.len());
    let texts = posts.iter().map(|post| (post.text.as_str(), post.lang.as_deref()));
    for (post, (heard, sketch)) in posts.iter().zip(sketches(session, sketcher, texts)?) {
        let relevant: Vec<usize> =
            post.relevant_claim_ids.iter().filter_map(|id| place_of.get(&spelt(id)).copied()).collect();
        if relevant.is_empty() && !post.relevant_claim_ids.is_empty() {
            missing.left_out += 1;
            continue;
        }
        if sketch.is_none() {
            let reason = heard.reading.err().unwrap_or(Unscored::Failed);
            *missing.unscored.entry(reason.as_str()).or_default() += 1;
        }
        asked.push(Asked { lang: post.lang.clone().unwrap_or(heard.lang), sketch, relevant });
    }
    Ok((asked, missing))
}

fn queries(asked: &[Asked]) -> Vec<Query<'_>> {
    asked.iter().filter_map(|asked| Some(Query { sketch: asked.sketch.as_ref()?, lang: &asked.lang })).collect()
}

fn search(library: &Library, asked: &[Asked]) -> Result<Vec<Found>, Failure> {
    let queries = queries(asked);
    let ranked = library.rank(&queries, DEEP)?;
    let told = library.find(&queries)?;
    let looked_at = library.features(&queries, DEEP)?;
    let mut answers = ranked.into_iter().zip(told).zip(looked_at);
    let mut found = Vec::with_capacity(asked.len());
    for asked in asked {
        let answer = asked.sketch.as_ref().and_then(|_| answers.next());
        let Some(((ranked, told), candidates)) = answer else {
            found.push(Found::nothing(&asked.relevant));
            continue;
        };
        let ranked: Vec<usize> = ranked.iter().filter_map(|found| place(&found.claim)).collect();
        let told: Vec<usize> = told.iter().filter_map(|found| place(&found.claim)).collect();
        let vectors = by(&candidates, |candidate| Some(candidate.features[0]));
        let words = by(&candidates, |candidate| candidate.bm25);
        found.push(Found::among([&ranked, &vectors, &words], &told, &asked.relevant));
    }
    Ok(found)
}

/// Claims in falling order of one score of their best wording; those without it are left out.
fn by(candidates: &[Candidate], score: impl Fn(&Candidate) -> Option<f32>) -> Vec<usize> {
    let mut scored: Vec<(f32, usize)> =
        candidates.iter().filter_map(|candidate| Some((score(candidate)?, place(&candidate.claim)?))).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut seen = BTreeSet::new();
    scored.into_iter().map(|(_, place)| place).filter(|place| seen.insert(*place)).take(DEEP).collect()
}

fn place(claim: &ClaimId) -> Option<usize> {
    claim.as_str().parse().ok()
}

/// A row for each candidate of each post: which post, which claim, whether it is the right one, what the decision looks at.
/// A claim has a row for each of its wordings that came into question.
fn write(to: Option<&Path>, library: &Library, asked: &[Asked]) -> Result<(), Failure> {
    let names = ["post", "lang", "claim", "relevant"].iter().chain(&MATCH_FEATURES).map(|name| (*name).to_owned());
    let mut table = Table::new(to, &names.collect::<Vec<_>>())?;
    if to.is_some() {
        let with: Vec<&Asked> = asked.iter().filter(|asked| asked.sketch.is_some()).collect();
        for (number, (asked, candidates)) in with.iter().zip(library.features(&queries(asked), 32)?).enumerate() {
            for candidate in candidates {
                let right = place(&candidate.claim).is_some_and(|place| asked.relevant.contains(&place));
                let claim = candidate.claim.to_string();
                let words = [number.to_string(), asked.lang.clone(), claim, u8::from(right).to_string()];
                table.put(&words, candidate.features.into_iter())?;
            }
        }
    }
    table.finish()
}

/// Where each claim stands in the library, by its id.
fn place_of(claims: &[Claim], library: &Path) -> Result<HashMap<String, usize>, Failure> {
    let mut places = HashMap::new();
    for (place, claim) in claims.iter().enumerate() {
        let id = spelt(&claim.id);
        if let Some(earlier) = places.insert(id.clone(), place) {
            let (earlier, later) = (earlier + 1, place + 1);
            let what = format!("the claims {earlier} and {later} of `{}` have the same id `{id}`", library.display());
            return Err(Failure::usage(what, "give each claim an id of its own"));
        }
    }
    Ok(places)
}

/// `7` and `"7"` are the same id.
fn spelt(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
