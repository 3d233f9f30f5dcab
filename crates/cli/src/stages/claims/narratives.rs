//! Posts that need checking or ask, and match nothing known: grouped, named, and put into the library as claims that
//! nobody has answered yet. From then on they are matched like every other claim, so a narrative keeps its id.

use super::{library, matcher};
use crate::failure::Failure;
use crate::pipeline::Context;
use polso_claims::narratives::{self, About, Background, Group, Grouping, Loose};
use polso_claims::{Params, Query, Sketcher, Stances};
use polso_classify::Bundle;
use polso_desk::{By, Desk, StoredSketch};
use polso_domain::{
    Claim, ClaimId, ClaimKind, ClaimMatch, Day, Held, PostId, Sketch, SourceId, Stance, Verdict, Wording,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many days back a group may have been found for today's posts to belong to it.
const ALIVE_DAYS: i32 = 28;
/// Words of a followed hashtag or of the library may be capitalised without being a name.
type Allowed = HashSet<u32>;
type Key = (SourceId, PostId);
/// The claims of posts, by the part they stand in.
type Found = HashMap<u64, HashMap<Key, Vec<ClaimMatch>>>;

/// A post with the part it stands in and its text, where that is still kept.
struct Heard {
    offset: u64,
    post: Held,
    text: String,
}

/// What one model made of the desk.
struct Known {
    model: String,
    sketcher: Sketcher,
    params: Params,
    stances: Stances,
    allowed: Allowed,
    /// Groups that are alive.
    groups: Vec<Alive>,
}

/// A group that was found on an earlier day or a moment ago.
struct Alive {
    kind: ClaimKind,
    id: ClaimId,
    wordings: Vec<(Sketch, String)>,
}

/// Groups the posts of every day that changed since it was last looked at, oldest first.
#[tracing::instrument(name = "narratives", skip_all)]
pub(crate) fn everything(context: Context<'_>) -> Result<(), Failure> {
    let lake = context.settings.data.lake()?;
    let mut desk = library::open(context)?;
    let mut due = BTreeSet::new();
    for day in lake.days()? {
        if desk.mark(&mark(day))? != Some(lake.fingerprint(day)?) {
            due.insert(day);
        }
    }
    if due.is_empty() {
        return Ok(());
    }
    let bundle = Bundle::named(context.settings.models.base())?;
    let Some(params) = bundle.claims() else { return Ok(()) };
    let params = Params::parse(params)?;
    for day in due {
        let mut known = Known::of(context, &desk, (&matcher::reader(&bundle), &params), day)?;
        let found = one_day(context, &mut desk, &mut known, day)?;
        for (offset, claims) in found {
            lake.put_claims(day, offset, &claims)?;
        }
        // What was written moves the fingerprint too.
        desk.set_mark(&mark(day), &lake.fingerprint(day)?)?;
    }
    Ok(())
}

fn mark(day: Day) -> String {
    format!("claims.grouped.{day}")
}

impl Known {
    fn of(context: Context<'_>, desk: &Desk, (model, params): (&str, &Params), day: Day) -> Result<Self, Failure> {
        let sketcher = Sketcher::new(params)?;
        let claims = desk.claims()?;
        let lately: HashSet<ClaimId> = desk
            .rumours(day)?
            .into_iter()
            .filter(|rumour| rumour.last_seen > day.plus(-ALIVE_DAYS))
            .map(|rumour| rumour.claim)
            .collect();
        let is_young = |since: Day| since > day.plus(-ALIVE_DAYS) && since <= day;
        let lives =
            |claim: &Claim| !claim.withdrawn && (lately.contains(&claim.id) || claim.since.is_some_and(is_young));
        let mut wordings: HashMap<ClaimId, Vec<(Sketch, String)>> = HashMap::new();
        for stored in desk.sketches(model)? {
            wordings.entry(stored.claim).or_default().push((stored.sketch, stored.lang));
        }
        // What a group was named by may have been a name that slipped through: only claims with a text vouch for words.
        let texts = claims.iter().filter(|claim| !is_group(claim.kind)).filter_map(|claim| wordings.get(&claim.id));
        let of_library = texts.flatten().flat_map(|(sketch, _)| sketch.terms.iter().copied());
        let followed = context.settings.track.any.iter().flat_map(|tag| sketcher.words(&tag.name, "und"));
        let allowed = of_library.chain(followed.map(|(term, _)| term)).collect();
        let groups = claims
            .iter()
            .filter(|claim| is_group(claim.kind) && lives(claim))
            .filter_map(|claim| {
                Some(Alive { kind: claim.kind, id: claim.id.clone(), wordings: wordings.remove(&claim.id)? })
            })
            .collect();
        Ok(Self {
            model: model.to_owned(),
            sketcher,
            params: params.clone(),
            stances: Stances::new(params)?,
            allowed,
            groups,
        })
    }
}

impl Known {
    /// Matches posts with the groups that are alive: when several days are read at once, the first of them finds groups
    /// that the others could not be matched with yet.
    fn matched_before(&self, context: Context<'_>, desk: &Desk, posts: &mut [Heard]) -> Result<Found, Failure> {
        let mut found = Found::new();
        let alive: HashSet<ClaimId> = self.groups.iter().map(|alive| alive.id.clone()).collect();
        if alive.is_empty() {
            return Ok(found);
        }
        let threads = context.settings.classify.threads;
        let groups = matcher::library(desk, (&self.model, &self.params), threads)?.part(&alive)?;
        let mut loose: Vec<&mut Heard> = posts.iter_mut().filter(|heard| heard.post.claims.is_empty()).collect();
        let queries: Vec<Query<'_>> =
            loose.iter().map(|heard| Query { sketch: &heard.post.sketch, lang: &heard.post.lang }).collect();
        let matches: Vec<Vec<ClaimMatch>> = groups
            .find(&queries)?
            .into_iter()
            .map(|found| found.iter().map(polso_claims::Found::as_match).collect())
            .collect();
        for (heard, claims) in loose.iter_mut().zip(matches).filter(|(_, claims)| !claims.is_empty()) {
            let key = (heard.post.source.clone(), heard.post.id.clone());
            heard.post.claims.clone_from(&claims);
            found.entry(heard.offset).or_default().insert(key, claims);
        }
        Ok(found)
    }
}

fn is_group(kind: ClaimKind) -> bool {
    matches!(kind, ClaimKind::Narrative | ClaimKind::Question)
}

/// The groups of a day: which posts speak of which, by part.
fn one_day(context: Context<'_>, desk: &mut Desk, known: &mut Known, day: Day) -> Result<Found, Failure> {
    let mut posts = heard(context, day)?;
    let mut found = known.matched_before(context, desk, &mut posts)?;
    let kinds: HashMap<ClaimId, ClaimKind> = desk.claims()?.into_iter().map(|claim| (claim.id, claim.kind)).collect();
    let background =
        Background::of(posts.iter().map(|heard| Query { sketch: &heard.post.sketch, lang: &heard.post.lang }))?;
    for kind in [ClaimKind::Narrative, ClaimKind::Question] {
        let grouping = grouping(context, kind);
        let loose: Vec<&Heard> = posts.iter().filter(|heard| is_loose(heard, kind, &grouping, &kinds)).collect();
        let posts: Vec<Loose<'_>> = loose.iter().map(|heard| as_loose(heard)).collect();
        let groups = {
            let words = |text: &str, lang: &str| known.sketcher.words(text, lang);
            let (allowed, seed) = (&known.allowed, context.settings.seed);
            let about = About { day, kind, background: &background, words: &words, allowed, seed };
            narratives::group(&posts, &about, &grouping)?
        };
        for group in groups {
            let day = Around { context, kind, day, background: &background, grouping: &grouping };
            let id = day.place(desk, known, (&group, &posts))?;
            for member in &group.members {
                let Heard { offset, post, .. } = loose[*member];
                let matched = matched(&known.stances, (&id, kind), &post.sketch, (&group, &posts));
                let of_part = found.entry(*offset).or_default();
                let key = (post.source.clone(), post.id.clone());
                of_part.entry(key).or_insert_with(|| post.claims.clone()).push(matched);
            }
        }
    }
    Ok(found)
}

/// How groups of a kind are found. A question need not be doubtful.
fn grouping(context: Context<'_>, kind: ClaimKind) -> Grouping {
    let settings = &context.settings.claims;
    let default = if kind == ClaimKind::Question { Grouping::questions() } else { Grouping::narratives() };
    Grouping {
        min_posts: settings.group_posts,
        min_people: settings.group_people.max(context.settings.min_people),
        ..default
    }
}

/// Whether a post may belong to a group that is not known yet.
fn is_loose(heard: &Heard, kind: ClaimKind, grouping: &Grouping, kinds: &HashMap<ClaimId, ClaimKind>) -> bool {
    let post = &heard.post;
    match kind {
        ClaimKind::Question => {
            let is_answered = |found: &ClaimMatch| kinds.get(&found.claim) != Some(&ClaimKind::Narrative);
            post.question == Some(true) && !post.claims.iter().any(is_answered)
        }
        _ => post.claims.is_empty() && post.needs_checking.is_some_and(|risk| risk >= grouping.from_needs_checking),
    }
}

fn as_loose(heard: &Heard) -> Loose<'_> {
    let post = &heard.post;
    Loose {
        sketch: &post.sketch,
        lang: &post.lang,
        text: &heard.text,
        text_key: post.text_key,
        author: post.author,
        needs_checking: post.needs_checking.unwrap_or_default(),
    }
}

/// A day on which groups are looked for.
struct Around<'a> {
    context: Context<'a>,
    kind: ClaimKind,
    day: Day,
    background: &'a Background,
    grouping: &'a Grouping,
}

impl Around<'_> {
    /// The id of a group: that of one that is alive and says the same, or its own, after putting it into the library.
    fn place(
        &self,
        desk: &mut Desk,
        known: &mut Known,
        (group, posts): (&Group, &[Loose<'_>]),
    ) -> Result<ClaimId, Failure> {
        let wordings: Vec<(Sketch, String)> =
            group.wordings.iter().map(|place| (posts[*place].sketch.clone(), posts[*place].lang.to_owned())).collect();
        if let Some(place) = known.groups.iter().position(|alive| self.is_same(alive, &wordings)) {
            let Known { model, groups, .. } = known;
            let alive = &mut groups[place];
            // A rumour that came over into another language is matched in that language from now on.
            let stood_for: HashSet<String> = alive.wordings.iter().map(|(_, lang)| lang.clone()).collect();
            let new: Vec<_> = wordings.into_iter().filter(|(_, lang)| !stood_for.contains(lang)).collect();
            if !new.is_empty() {
                alive.wordings.extend(new);
                desk.put_sketches(model, &stored(&alive.id, &alive.wordings))?;
            }
            return Ok(alive.id.clone());
        }
        desk.put(&[self.claim(group, posts)], By { who: "rules", when: self.context.now })?;
        desk.put_sketches(&known.model, &stored(&group.id, &wordings))?;
        tracing::info!(day = %self.day, id = group.id.as_str(), posts = group.members.len(), "a group was found");
        known.groups.push(Alive { kind: self.kind, id: group.id.clone(), wordings });
        Ok(group.id.clone())
    }

    fn is_same(&self, alive: &Alive, wordings: &[(Sketch, String)]) -> bool {
        alive.kind == self.kind
            && narratives::same(&queries(&alive.wordings), &queries(wordings), self.background, self.grouping)
    }

    fn claim(&self, group: &Group, posts: &[Loose<'_>]) -> Claim {
        let lang = group.wordings.first().map_or("und", |place| posts[*place].lang).to_owned();
        let text = group.words.join(" · ");
        Claim {
            id: group.id.clone(),
            kind: self.kind,
            verdict: Verdict::Unproven,
            topic: None,
            link: None,
            publisher: None,
            since: Some(self.day),
            withdrawn: false,
            wordings: vec![Wording { lang, text, answer: None, phrasings: example(group, posts) }],
        }
    }
}

/// Wordings as the desk keeps them.
fn stored(claim: &ClaimId, wordings: &[(Sketch, String)]) -> Vec<StoredSketch> {
    let stored = (0..).zip(wordings).map(|(place, (sketch, lang))| StoredSketch {
        claim: claim.clone(),
        lang: lang.clone(),
        place,
        print: matcher::NO_TEXT,
        sketch: sketch.clone(),
    });
    stored.collect()
}

fn queries(wordings: &[(Sketch, String)]) -> Vec<Query<'_>> {
    wordings.iter().map(|(sketch, lang)| Query { sketch, lang }).collect()
}

/// A text that so many people posted that it is nobody's own: for whoever paraphrases the narrative.
fn example(group: &Group, posts: &[Loose<'_>]) -> Vec<String> {
    group.example.map(|place| posts[place].text.to_owned()).filter(|text| !text.is_empty()).into_iter().collect()
}

/// What a member does with its group's claim.
fn matched(
    stances: &Stances,
    (id, kind): (&ClaimId, ClaimKind),
    sketch: &Sketch,
    (group, posts): (&Group, &[Loose<'_>]),
) -> ClaimMatch {
    let near = |place: &usize| (posts[*place].sketch.vector.cosine(&sketch.vector), *place);
    let nearest = group.wordings.iter().map(near).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (similarity, of) = nearest.unwrap_or((0.0, 0));
    let stance = match kind {
        ClaimKind::Question => Stance::Mentions,
        _ => stances.between(&sketch.stand, &posts[of].sketch.stand),
    };
    ClaimMatch { claim: id.clone(), stance, similarity: similarity.clamp(0.0, 1.0) }
}

/// The posts of a day that have a sketch, with their texts.
fn heard(context: Context<'_>, day: Day) -> Result<Vec<Heard>, Failure> {
    let lake = context.settings.data.lake()?;
    let mut posts = Vec::new();
    for offset in lake.offsets(day)? {
        let held = lake.held(day, offset)?;
        if held.is_empty() {
            continue;
        }
        let mut texts = lake.texts(day, offset)?;
        posts.extend(held.into_iter().map(|post| {
            let text = texts.remove(&(post.source.clone(), post.id.clone())).unwrap_or_default();
            Heard { offset, post, text }
        }));
    }
    Ok(posts)
}
