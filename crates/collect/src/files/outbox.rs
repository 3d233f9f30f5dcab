//! The archive that Mastodon gives to its users: `outbox.json`, one document with everything an account did.
//!
//! Only what was addressed to the public is read. A boost holds no words but the address of somebody else's post, and is
//! set aside; likes, votes and follows are no posts. The document is read activity by activity, whatever its size.

use super::Row;
use super::check::{self, Fault, Rules, required};
use super::mastodon::host;
use super::scalar::Scalar;
use crate::html;
use memchr::memmem;
use polso_domain::{PostKind, RawAuthor, RawEvent, RawPost, Reach, SetAside};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use url::Url;

/// Whom the public is addressed as.
const PUBLIC: [&str; 3] = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];

#[derive(Deserialize, Default)]
#[serde(default)]
struct Activity<'a> {
    #[serde(borrow)]
    r#type: Scalar<'a>,
    #[serde(borrow)]
    actor: Scalar<'a>,
    #[serde(borrow)]
    to: Option<&'a RawValue>,
    #[serde(borrow)]
    cc: Option<&'a RawValue>,
    #[serde(borrow)]
    object: Option<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Note<'a> {
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow)]
    published: Scalar<'a>,
    #[serde(borrow)]
    attributed_to: Scalar<'a>,
    #[serde(borrow)]
    in_reply_to: Scalar<'a>,
    #[serde(borrow)]
    summary: Scalar<'a>,
    #[serde(borrow)]
    name: Scalar<'a>,
    #[serde(borrow)]
    content: Scalar<'a>,
    #[serde(borrow)]
    content_map: Option<BTreeMap<String, Scalar<'a>>>,
    #[serde(borrow)]
    tag: Option<Vec<Tag<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Tag<'a> {
    #[serde(borrow)]
    r#type: Scalar<'a>,
    #[serde(borrow)]
    name: Scalar<'a>,
    #[serde(borrow)]
    href: Scalar<'a>,
}

/// Where the activities begin in a document that starts like this; `None` if it is no archive.
pub(crate) fn begins(head: &[u8]) -> Option<usize> {
    let key = memmem::find(head, b"\"orderedItems\"")?;
    let collection = memmem::find(&head[..key], b"\"OrderedCollection\"").is_some();
    let rest = &head[key + b"\"orderedItems\"".len()..];
    let bracket = rest.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b':')?;
    let starts = head.trim_ascii_start().starts_with(b"{") && collection && rest[bracket] == b'[';
    starts.then_some(key + b"\"orderedItems\"".len() + bracket + 1)
}

/// Reads an activity.
pub(crate) fn read(json: &str, rules: &Rules) -> Result<Row, Fault> {
    let activity: Activity<'_> = serde_json::from_str(json).map_err(|error| Fault::json(&error))?;
    let boosts = match activity.r#type.words().as_deref() {
        Some("Create") => false,
        Some("Announce") => true,
        _ => return Ok(Row::Ignored),
    };
    if !is_public([activity.to, activity.cc]) {
        return Ok(Row::Ignored);
    }
    if boosts {
        let detail = "`object` is the address of the boosted post, without its words";
        return Err(Fault::new(SetAside::MissingField, detail));
    }
    let note = required("object", activity.object)?;
    let note: Note<'_> = serde_json::from_str(note.get()).map_err(|error| Fault::json(&error))?;
    // A vote in a poll has a name and no words.
    if note.content.clone().words().is_none() && note.name.clone().words().is_some() {
        return Ok(Row::Ignored);
    }
    post(note, activity.actor, rules).map(|post| Row::Event(RawEvent::Post(Box::new(post))))
}

fn post(note: Note<'_>, actor: Scalar<'_>, rules: &Rules) -> Result<RawPost, Fault> {
    let said = html::words(&required("content", note.content.words())?);
    let lines: Vec<String> =
        note.summary.text().into_iter().chain(Some(said.text)).filter(|line| !line.is_empty()).collect();
    let in_reply_to = note.in_reply_to.text();
    let actor = actor.words().or_else(|| note.attributed_to.words());
    let mut langs = note.content_map.into_iter().flatten().map(|(lang, _)| lang);
    // Words in two languages are in neither.
    let lang = langs.next().filter(|_| langs.next().is_none());
    let (mut hashtags, mut mentions) = (Vec::new(), Vec::new());
    for Tag { r#type, name, href } in note.tag.into_iter().flatten() {
        match r#type.words().as_deref() {
            Some("Hashtag") => hashtags.extend(name.text().map(|tag| tag.trim_start_matches('#').to_owned())),
            Some("Mention") => mentions.extend(href.words().and_then(|href| account(&href)).map(|mut other| {
                other.also.extend(name.text().map(|name| name.trim_start_matches('@').to_owned()));
                other
            })),
            _ => {}
        }
    }
    Ok(RawPost {
        source: rules.source.clone(),
        id: check::id("id", note.id)?,
        author: required("actor", actor.and_then(|actor| account(&actor)))?,
        text: required("content", Some(lines.join("\n")).filter(|text| !text.trim().is_empty()))?,
        lang,
        posted: rules.posted("published", note.published)?,
        doubtful_date: false,
        ask_again: None,
        kind: if in_reply_to.is_some() { PostKind::Reply } else { PostKind::Original },
        in_reply_to,
        reposted: None,
        mentions,
        hashtags,
        links: said.links,
        reach: Reach::default(),
    })
}

/// An account by its address: `name@host` where the address spells the name, else the address.
fn account(address: &str) -> Option<RawAuthor> {
    let host = host(address)?;
    let url = Url::parse(address).ok()?;
    let steps: Vec<&str> = url.path_segments()?.filter(|step| !step.is_empty()).collect();
    let name = match steps.as_slice() {
        ["users", name] => Some(*name),
        [name] => name.strip_prefix('@'),
        _ => None,
    };
    match name.filter(|name| !name.is_empty()) {
        Some(name) => {
            Some(RawAuthor { handle: format!("{name}@{host}"), also: vec![name.to_owned(), address.to_owned()] })
        }
        None => Some(RawAuthor { handle: address.to_owned(), also: Vec::new() }),
    }
}

/// Whether one of these lists (or single addresses) holds the public.
fn is_public(audiences: [Option<&RawValue>; 2]) -> bool {
    audiences.into_iter().flatten().any(|audience| {
        let one = serde_json::from_str::<String>(audience.get()).map(|one| vec![one]);
        let all = one.or_else(|_| serde_json::from_str::<Vec<String>>(audience.get())).unwrap_or_default();
        all.iter().any(|address| PUBLIC.contains(&address.as_str()))
    })
}
