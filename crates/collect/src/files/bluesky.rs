//! What people save of Bluesky: pages of feeds, searches and repositories, single posts, lines of its live stream.
//!
//! A post's id is its address under the author's DID, as it is when heard live; an address with a handle in it names
//! somebody else tomorrow and is none. The time that a post claims is weighed against the one at which it was indexed.
//! Whoever asks not to be shown to visitors is left out. A repository's own file (CAR) is not read.

use super::Row;
use super::check::{self, Fault, Rules, required};
use super::scalar::Scalar;
use super::tray::Tray;
use polso_domain::{Claimed, PostKind, RawAuthor, RawEvent, RawPost, Reach, Timestamp};
use serde::Deserialize;
use serde_json::value::RawValue;

const POSTS: &str = "app.bsky.feed.post";
const NOT_IN_PUBLIC: &str = "!no-unauthenticated";

/// A page, an item of a feed, or an event; what is none of these is a post.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Line<'a> {
    #[serde(borrow)]
    feed: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    posts: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    records: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    post: Option<&'a RawValue>,
    #[serde(borrow)]
    kind: Scalar<'a>,
    #[serde(borrow)]
    did: Scalar<'a>,
    time_us: Option<i64>,
    #[serde(borrow)]
    commit: Option<Commit<'a>>,
    #[serde(borrow)]
    account: Option<Standing<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Commit<'a> {
    #[serde(borrow)]
    operation: Scalar<'a>,
    #[serde(borrow)]
    collection: Scalar<'a>,
    #[serde(borrow)]
    rkey: Scalar<'a>,
    #[serde(borrow)]
    record: Option<Record<'a>>,
}

/// Whether an account is still there.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Standing<'a> {
    active: Option<bool>,
    #[serde(borrow)]
    status: Scalar<'a>,
}

/// A post as a page shows it, or as a repository lists it. Python's library spells the keys in its own way.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct View<'a> {
    #[serde(borrow)]
    uri: Scalar<'a>,
    #[serde(borrow)]
    author: Option<Account<'a>>,
    #[serde(borrow, alias = "value")]
    record: Option<Record<'a>>,
    #[serde(borrow, alias = "indexed_at")]
    indexed_at: Scalar<'a>,
    #[serde(borrow, alias = "like_count")]
    like_count: Scalar<'a>,
    #[serde(borrow, alias = "repost_count")]
    repost_count: Scalar<'a>,
    #[serde(borrow, alias = "reply_count")]
    reply_count: Scalar<'a>,
    #[serde(borrow)]
    labels: Option<Vec<Label<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Account<'a> {
    #[serde(borrow)]
    handle: Scalar<'a>,
    #[serde(borrow, alias = "display_name")]
    display_name: Scalar<'a>,
    #[serde(borrow)]
    labels: Option<Vec<Label<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Label<'a> {
    #[serde(borrow)]
    val: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Record<'a> {
    #[serde(borrow)]
    text: Scalar<'a>,
    #[serde(borrow, alias = "created_at")]
    created_at: Scalar<'a>,
    #[serde(borrow)]
    langs: Option<Vec<Scalar<'a>>>,
    #[serde(borrow)]
    facets: Option<Vec<Facet<'a>>>,
    #[serde(borrow)]
    tags: Option<Vec<Scalar<'a>>>,
    #[serde(borrow)]
    reply: Option<Reply<'a>>,
    #[serde(borrow)]
    embed: Option<Embed<'a>>,
    #[serde(borrow)]
    labels: Option<SelfLabels<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct SelfLabels<'a> {
    #[serde(borrow)]
    values: Option<Vec<Label<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Facet<'a> {
    index: Option<Index>,
    #[serde(borrow)]
    features: Option<Vec<Feature<'a>>>,
}

/// Bytes of UTF-8.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Index {
    #[serde(alias = "byte_start")]
    byte_start: Option<usize>,
    #[serde(alias = "byte_end")]
    byte_end: Option<usize>,
}

/// One of these, by what it is.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Feature<'a> {
    #[serde(borrow)]
    tag: Scalar<'a>,
    #[serde(borrow)]
    uri: Scalar<'a>,
    #[serde(borrow)]
    did: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Reply<'a> {
    #[serde(borrow)]
    parent: Option<Pointer<'a>>,
}

/// Points at a record; with media beside it, once more.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Pointer<'a> {
    #[serde(borrow)]
    uri: Scalar<'a>,
    #[serde(borrow)]
    record: Option<Box<Pointer<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Embed<'a> {
    #[serde(borrow)]
    record: Option<Pointer<'a>>,
    #[serde(borrow)]
    external: Option<Pointer<'a>>,
    #[serde(borrow)]
    media: Option<Box<Embed<'a>>>,
}

/// Reads one line. The posts of a page are judged one by one.
pub(crate) fn read(json: &str, rules: &Rules, tray: &mut Tray) {
    let line: Line<'_> = match serde_json::from_str(json) {
        Ok(line) => line,
        Err(error) => return tray.settle(Err(Fault::json(&error)), json, rules),
    };
    if let Some(items) = line.feed.or(line.posts).or(line.records) {
        if items.is_empty() {
            tray.settle(Ok(Row::Ignored), json, rules);
        }
        return items.into_iter().for_each(|item| tray.settle(shown(item.get(), rules), item.get(), rules));
    }
    let row = match (line.commit, line.account) {
        (Some(commit), _) => event(commit, line.did, (line.time_us, rules)),
        (None, Some(standing)) => Ok(gone(&standing, line.did, rules)),
        (None, None) if matches!(line.kind.words().as_deref(), Some("identity" | "account" | "commit")) => {
            Ok(Row::Ignored)
        }
        (None, None) => shown(line.post.map_or(json, RawValue::get), rules),
    };
    tray.settle(row, json, rules);
}

/// A post, or an item of a feed that holds one. Who passed it on there is not told apart from who wrote it.
fn shown(json: &str, rules: &Rules) -> Result<Row, Fault> {
    let broken = |error: serde_json::Error| Fault::json(&error);
    let item: Line<'_> = serde_json::from_str(json).map_err(broken)?;
    let view: View<'_> = serde_json::from_str(item.post.map_or(json, RawValue::get)).map_err(broken)?;
    let account = view.author.unwrap_or_default();
    let record = required("record", view.record)?;
    let own = record.labels.as_ref().and_then(|labels| labels.values.as_deref());
    let labels = [own, view.labels.as_deref(), account.labels.as_deref()].into_iter().flatten().flatten();
    if labels.into_iter().any(|label| label.val.clone().words().as_deref() == Some(NOT_IN_PUBLIC)) {
        return Ok(Row::Ignored);
    }
    let id = required("uri", view.uri.text())?;
    let heard = view.indexed_at.words().and_then(|text| crate::stamp::rfc3339(&text));
    let reach = Reach {
        followers: None,
        likes: view.like_count.count(),
        reposts: view.repost_count.count(),
        replies: view.reply_count.count(),
    };
    let also = [account.handle, account.display_name].into_iter().filter_map(Scalar::text).collect();
    let post = post(record, (id, heard), rules)?;
    let author = RawAuthor { also, ..post.author };
    Ok(Row::Event(RawEvent::Post(Box::new(RawPost { author, reach, ..post }))))
}

/// A line of the live stream.
fn event(commit: Commit<'_>, did: Scalar<'_>, (time_us, rules): (Option<i64>, &Rules)) -> Result<Row, Fault> {
    if commit.collection.words().as_deref() != Some(POSTS) {
        return Ok(Row::Ignored);
    }
    let (did, rkey) = (required("did", did.words())?, required("rkey", commit.rkey.words())?);
    let id = format!("at://{did}/{POSTS}/{rkey}");
    if commit.operation.words().as_deref() == Some("delete") {
        return Ok(Row::Event(RawEvent::Delete { source: rules.source.clone(), id }));
    }
    let record = required("record", commit.record)?;
    let labels = record.labels.as_ref().and_then(|labels| labels.values.as_deref()).unwrap_or_default();
    if labels.iter().any(|label| label.val.clone().words().as_deref() == Some(NOT_IN_PUBLIC)) {
        return Ok(Row::Ignored);
    }
    let heard = time_us.map(|micros| Timestamp::from_millis(micros.div_euclid(1000)));
    post(record, (id, heard), rules).map(|post| Row::Event(RawEvent::Post(Box::new(post))))
}

/// An account that was given up takes its posts with it. Troubles of its server are not its end.
fn gone(standing: &Standing<'_>, did: Scalar<'_>, rules: &Rules) -> Row {
    let passing = matches!(standing.status.clone().words().as_deref(), Some("desynchronized" | "throttled"));
    match did.text().filter(|_| standing.active == Some(false) && !passing) {
        Some(handle) => Row::Event(RawEvent::Gone { source: rules.source.clone(), handle }),
        None => Row::Ignored,
    }
}

fn post(record: Record<'_>, (id, heard): (String, Option<Timestamp>), rules: &Rules) -> Result<RawPost, Fault> {
    let author = required("did", author_of(&id))?;
    let text = required("text", record.text.text())?;
    let (posted, doubtful_date) = match heard.filter(|heard| heard.is_plausible(rules.now)) {
        Some(heard) => {
            let claim = record.created_at.words().and_then(|text| crate::stamp::rfc3339(&text));
            let Claimed { posted, doubtful } = Claimed::weigh(claim, heard);
            (posted, doubtful)
        }
        None => (rules.posted("createdAt", record.created_at)?, false),
    };
    let mut said = Said { mentions: Vec::new(), hashtags: Vec::new(), links: Vec::new() };
    record.facets.into_iter().flatten().for_each(|facet| said.facet(facet, &text));
    said.hashtags.extend(record.tags.into_iter().flatten().filter_map(Scalar::text));
    let in_reply_to = record.reply.and_then(|reply| reply.parent?.uri.text());
    let (quoted, embedded) = record.embed.map(embedded).unwrap_or_default();
    said.links.extend(embedded);
    for uri in [&in_reply_to, &quoted].into_iter().flatten() {
        said.name(author_of(uri), None);
    }
    said.mentions.retain(|other| other.handle != author);
    let kind = match (&quoted, &in_reply_to) {
        (Some(_), _) => PostKind::Quote,
        (None, Some(_)) => PostKind::Reply,
        (None, None) => PostKind::Original,
    };
    Ok(RawPost {
        source: rules.source.clone(),
        id,
        author: RawAuthor { handle: author, also: Vec::new() },
        text,
        lang: check::lang(record.langs.and_then(|langs| langs.into_iter().next()).unwrap_or_default()),
        posted,
        doubtful_date,
        ask_again: None,
        kind,
        in_reply_to,
        reposted: quoted,
        mentions: said.mentions,
        hashtags: said.hashtags,
        links: said.links,
        reach: Reach::default(),
    })
}

/// What a post names and points at.
struct Said {
    mentions: Vec<RawAuthor>,
    hashtags: Vec<String>,
    links: Vec<String>,
}

impl Said {
    fn facet(&mut self, facet: Facet<'_>, text: &str) {
        let span = facet.index.and_then(|index| text.get(index.byte_start?..index.byte_end?));
        for Feature { tag, uri, did } in facet.features.into_iter().flatten() {
            self.hashtags.extend(tag.text());
            self.links.extend(uri.text());
            self.name(did.text(), span);
        }
    }

    fn name(&mut self, did: Option<String>, spelt: Option<&str>) {
        let Some(did) = did.filter(|did| did.starts_with("did:")) else { return };
        let also = spelt.map(|spelt| spelt.trim().trim_start_matches('@').to_owned()).filter(|spelt| !spelt.is_empty());
        match self.mentions.iter_mut().find(|known| known.handle == did) {
            Some(known) => known.also.extend(also),
            None => self.mentions.push(RawAuthor { handle: did, also: also.into_iter().collect() }),
        }
    }
}

/// The quoted post, and where links beside it lead.
fn embedded(embed: Embed<'_>) -> (Option<String>, Vec<String>) {
    let quoted = embed.record.and_then(|record| record.uri.text().or_else(|| record.record?.uri.text()));
    let media = embed.media.and_then(|media| media.external);
    let links = [embed.external, media].into_iter().flatten().filter_map(|external| external.uri.text());
    (quoted.filter(|uri| uri.split('/').nth(3) == Some(POSTS)), links.collect())
}

/// The account in `at://did:…/collection/key`.
fn author_of(uri: &str) -> Option<String> {
    let did = uri.strip_prefix("at://")?.split('/').next()?;
    did.starts_with("did:").then(|| did.to_owned())
}
