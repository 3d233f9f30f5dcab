//! A post of the interface, read: kept, passed over, or set aside with a reason.

use super::account::{self, Policy};
use super::ids::LocalId;
use super::wire::{Account, Probe, Status};
use crate::files::{Fault, Redactor, required};
use crate::track::Matcher;
use crate::{html, stamp};
use polso_domain::{Claimed, PostKind, RawAuthor, RawPost, Reach, SetAside, SourceId, Timestamp};
use serde_json::Value;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Reads posts of one instance.
pub(super) struct Reader {
    pub(super) source: SourceId,
    /// Its host, for accounts that name none.
    pub(super) instance: String,
    pub(super) policy: Policy,
    pub(super) matcher: Matcher,
}

/// Why a post is looked at.
#[derive(Clone, Copy)]
pub(super) enum Why<'a> {
    /// It came for its hashtags. With it, what is known of the post it answers.
    Tagged(&'a dyn Fn(&LocalId) -> Option<String>),
    /// It answers one that is kept. With it, the addresses of the posts around it.
    Answer(&'a HashMap<LocalId, String>),
}

/// What a post turned out to be.
pub(super) enum Read {
    /// To be kept.
    Kept(Kept),
    /// Not followed, or by somebody who is not listened to.
    Passed { uri: String, stamp: u64 },
    /// Not public, or its author does not want it read.
    Hidden { uri: String },
}

/// A post to be kept.
pub(super) struct Kept {
    pub(super) post: Box<RawPost>,
    pub(super) local: LocalId,
    /// Changes with every edit.
    pub(super) stamp: u64,
}

impl Reader {
    /// Reads a post that was heard at `heard`.
    pub(super) fn read(&self, raw: &str, why: Why<'_>, heard: Timestamp) -> Result<Read, Fault> {
        let mut status: Status = serde_json::from_str(raw).map_err(|error| Fault::json(&error))?;
        let uri = required("uri", status.uri.take().filter(|uri| !uri.trim().is_empty()))?;
        required("visibility", status.visibility.as_deref())?;
        let account = required("account", status.account.as_ref())?;
        let author = required("account.acct", account::author(account, &self.instance))?;
        if !self.policy.shows(&status) {
            return Ok(Read::Hidden { uri });
        }
        let stamp = stamp_of(&status);
        let post = self.post(&mut status, (uri, author), heard)?;
        let followed = match why {
            Why::Tagged(_) => self.matcher.wants(&post.hashtags, &post.text, post.lang.as_deref(), post.posted),
            Why::Answer(_) => self.matcher.tolerates(&post.hashtags, &post.text, post.posted),
        };
        if !followed || !self.policy.hears(&status) {
            return Ok(Read::Passed { uri: post.id, stamp });
        }
        let parent = status.in_reply_to_id.as_ref().and_then(|id| match why {
            Why::Tagged(known) => known(id),
            Why::Answer(around) => around.get(id).cloned(),
        });
        Ok(Read::Kept(Kept { post: Box::new(RawPost { in_reply_to: parent, ..post }), local: status.id, stamp }))
    }

    fn post(&self, status: &mut Status, (id, author): (String, RawAuthor), heard: Timestamp) -> Result<RawPost, Fault> {
        let created = required("created_at", status.created_at.as_deref())?;
        let created =
            stamp::rfc3339(created).ok_or_else(|| Fault::new(SetAside::BadTime, "`created_at` is not a time"))?;
        let Claimed { posted, doubtful } = Claimed::weigh(Some(created), heard);
        let (kind, reposted) = kind(status);
        let followers = status.account.as_ref().and_then(|account| account.followers_count);
        // The counts beside a repost are the original's.
        let own = |count: Option<u32>| if kind == PostKind::Repost { None } else { count };
        let reach = Reach {
            followers,
            likes: own(status.favourites_count),
            reposts: own(status.reblogs_count),
            replies: own(status.replies_count),
        };
        let original = status.reblog.take();
        let ask_again = Some(status.id.as_str().to_owned());
        let said = original.as_deref().unwrap_or(status);
        let (text, links) = words(said)?;
        Ok(RawPost {
            source: self.source.clone(),
            id,
            author,
            text,
            lang: said.language.clone().filter(|lang| !lang.is_empty() && lang != "und"),
            posted,
            doubtful_date: doubtful,
            ask_again,
            kind,
            in_reply_to: None,
            reposted,
            mentions: self.named(said, original.is_some()),
            hashtags: said.tags.iter().flatten().filter_map(|tag| tag.name.clone()).collect(),
            links,
            reach,
        })
    }

    /// Everybody a post names: the mentioned, the author it quotes, and of a repost the original's author.
    fn named(&self, said: &Status, is_repost: bool) -> Vec<RawAuthor> {
        let quoted = said.quote.as_ref().and_then(|quote| quote.quoted_status.as_ref()?.account.as_ref());
        let original = said.account.as_ref().filter(|_| is_repost);
        let accounts = [original, quoted].into_iter().flatten();
        let accounts = accounts.filter_map(|account: &Account| account::author(account, &self.instance));
        let mentioned = said.mentions.iter().flatten();
        accounts.chain(mentioned.filter_map(|mention| account::mentioned(mention, &self.instance))).collect()
    }
}

/// Whether a post may still be kept, for one that is asked for again: `None` if it cannot be read.
pub(super) fn still_shown(raw: &str, policy: Policy) -> Option<(LocalId, bool)> {
    let status: Status = serde_json::from_str(raw).ok()?;
    status.visibility.as_ref()?;
    let shown = policy.shows(&status);
    Some((status.id, shown))
}

/// What a walk needs of a post.
pub(super) fn probe(raw: &str) -> (Option<LocalId>, Option<Timestamp>) {
    let probe: Option<Probe> = serde_json::from_str(raw).ok();
    probe.map_or((None, None), |Probe { id, created_at }| (id, created_at.as_deref().and_then(stamp::rfc3339)))
}

/// The id and address of a post, however little else of it can be read.
pub(super) fn names(raw: &str) -> Option<(LocalId, String)> {
    let value: Value = serde_json::from_str(raw).ok()?;
    let id = serde_json::from_value(value.get("id")?.clone()).ok()?;
    Some((id, value.get("uri")?.as_str()?.to_owned()))
}

/// A post that is set aside, without names. HTML splits a name from its `@`, so its words are taken first.
pub(super) fn redacted(raw: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(raw).ok()?;
    plain(&mut value);
    Redactor::default().json(&value.to_string())
}

fn plain(value: &mut Value) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(key, inner)| match inner {
            Value::String(html) if key == "content" => *html = html::words(html).text,
            _ => plain(inner),
        }),
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

fn kind(status: &Status) -> (PostKind, Option<String>) {
    if let Some(original) = &status.reblog {
        return (PostKind::Repost, original.uri.clone());
    }
    // Only an accepted quotation is one: the others the quoted author has refused, or not yet seen.
    let quote = status.quote.as_ref().filter(|quote| quote.state.as_deref() == Some("accepted"));
    match quote.and_then(|quote| quote.quoted_status.as_ref()?.uri.clone()) {
        Some(uri) => (PostKind::Quote, Some(uri)),
        None if status.in_reply_to_id.is_some() => (PostKind::Reply, None),
        None => (PostKind::Original, None),
    }
}

/// The words people read (the warning in front, the text, what a poll lets one choose), and where they point.
fn words(status: &Status) -> Result<(String, Vec<String>), Fault> {
    let content = html::words(required("content", status.content.as_deref())?);
    let warning = status.spoiler_text.as_deref().unwrap_or_default();
    let choices = status.poll.iter().flat_map(|poll| &poll.options).filter_map(|choice| choice.title.as_deref());
    let said = [warning, content.text.as_str()].into_iter().chain(choices);
    let said: Vec<&str> = said.map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut links = content.links;
    let card = status.card.as_ref().and_then(|card| card.url.clone());
    links.extend(card.filter(|url| url.starts_with("http")));
    let mut known = std::collections::HashSet::new();
    links.retain(|link| known.insert(link.clone()));
    Ok((said.join("\n"), links))
}

fn stamp_of(status: &Status) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&status.edited_at, &status.content, &status.spoiler_text).hash(&mut hasher);
    hasher.finish()
}
