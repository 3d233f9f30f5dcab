//! Posts of Mastodon's interface, as people save them: one a line, or in an array.
//!
//! Kept as the collector keeps them: the id is the post's address, the account `name@host`. Ids of answered posts are
//! local to an instance and point nowhere. Posts that are not public, and those of accounts that do not want to be found
//! or indexed, are passed over. Lines of an account's archive are for `outbox`.

use super::Row;
use super::check::{self, Fault, Rules, required};
use super::outbox;
use super::scalar::Scalar;
use super::tray::Tray;
use crate::html;
use polso_domain::{PostKind, RawAuthor, RawEvent, RawPost, Reach};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use url::Url;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Probe {
    actor: Option<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Status<'a> {
    #[serde(borrow)]
    uri: Scalar<'a>,
    #[serde(borrow)]
    created_at: Scalar<'a>,
    #[serde(borrow)]
    visibility: Scalar<'a>,
    #[serde(borrow)]
    in_reply_to_id: Scalar<'a>,
    #[serde(borrow)]
    spoiler_text: Scalar<'a>,
    #[serde(borrow)]
    content: Scalar<'a>,
    #[serde(borrow)]
    language: Scalar<'a>,
    #[serde(borrow)]
    replies_count: Scalar<'a>,
    #[serde(borrow)]
    reblogs_count: Scalar<'a>,
    #[serde(borrow)]
    favourites_count: Scalar<'a>,
    #[serde(borrow)]
    account: Option<Account<'a>>,
    #[serde(borrow)]
    mentions: Option<Vec<Account<'a>>>,
    #[serde(borrow)]
    tags: Option<Vec<Tag<'a>>>,
    #[serde(borrow)]
    reblog: Option<Box<Status<'a>>>,
    #[serde(borrow)]
    quote: Option<Quote<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Account<'a> {
    #[serde(borrow)]
    username: Scalar<'a>,
    #[serde(borrow)]
    acct: Scalar<'a>,
    #[serde(borrow)]
    uri: Scalar<'a>,
    #[serde(borrow)]
    url: Scalar<'a>,
    #[serde(borrow)]
    display_name: Scalar<'a>,
    #[serde(borrow)]
    followers_count: Scalar<'a>,
    discoverable: Option<bool>,
    indexable: Option<bool>,
    noindex: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Tag<'a> {
    #[serde(borrow)]
    name: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Quote<'a> {
    #[serde(borrow)]
    state: Scalar<'a>,
    #[serde(borrow)]
    quoted_status: Option<Box<Status<'a>>>,
}

/// Reads a post or, from an archive, an activity.
pub(crate) fn read(json: &str, rules: &Rules, tray: &mut Tray) {
    let is_activity = serde_json::from_str::<Probe>(json).is_ok_and(|probe| probe.actor.is_some());
    match if is_activity { outbox::read(json, rules) } else { status(json, rules) } {
        Ok(row) => tray.put(row),
        Err(fault) => tray.refuse(fault, rules.source.clone(), without_names(json, rules)),
    }
}

/// HTML splits a name from its `@`, so its words are taken before names are looked for.
fn without_names(json: &str, rules: &Rules) -> Option<String> {
    let mut row: Value = serde_json::from_str(json).ok()?;
    plain(&mut row);
    rules.redactor.json(&row.to_string())
}

fn plain(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('<') => *text = html::words(text).text,
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Object(map) => map.values_mut().for_each(plain),
        _ => {}
    }
}

fn status(json: &str, rules: &Rules) -> Result<Row, Fault> {
    let mut status: Status<'_> = serde_json::from_str(json).map_err(|error| Fault::json(&error))?;
    required("visibility", status.visibility.clone().words())?;
    let account = required("account", status.account.take())?;
    let original = status.reblog.take();
    if !status.is_public() || !account.wants() || original.as_deref().is_some_and(|original| !original.is_shown()) {
        return Ok(Row::Ignored);
    }
    let quoted = status.quote.take().filter(|quote| quote.state.clone().words().as_deref() == Some("accepted"));
    let mut quoted = quoted.and_then(|quote| quote.quoted_status);
    let (kind, reposted) = match (&original, &mut quoted) {
        (Some(original), _) => (PostKind::Repost, original.uri.clone().text()),
        (None, Some(quoted)) => (PostKind::Quote, std::mem::take(&mut quoted.uri).text()),
        (None, None) if status.in_reply_to_id.clone().words().is_some() => (PostKind::Reply, None),
        (None, None) => (PostKind::Original, None),
    };
    // The counts beside a repost are the original's.
    let own = |count: &Scalar<'_>| if kind == PostKind::Repost { None } else { count.count() };
    let reach = Reach {
        followers: account.followers_count.count(),
        likes: own(&status.favourites_count),
        reposts: own(&status.reblogs_count),
        replies: own(&status.replies_count),
    };
    let (id, posted) =
        (required("uri", status.uri.clone().text())?, rules.posted("created_at", status.created_at.clone())?);
    let said = original.map_or(status, |original| *original);
    let others = [said.account.as_ref(), quoted.as_ref().and_then(|quoted| quoted.account.as_ref())];
    let others = others.into_iter().flatten().chain(said.mentions.iter().flatten());
    let (text, links) = words(&said)?;
    Ok(Row::Event(RawEvent::Post(Box::new(RawPost {
        source: rules.source.clone(),
        id,
        author: required("acct", account.author())?,
        text,
        lang: check::lang(said.language.clone()),
        posted,
        doubtful_date: false,
        ask_again: None,
        kind,
        in_reply_to: None,
        reposted,
        mentions: others.filter_map(Account::author).collect(),
        hashtags: said.tags.into_iter().flatten().filter_map(|tag| tag.name.text()).collect(),
        links,
        reach,
    }))))
}

/// The warning in front, the text, and where it points.
fn words(status: &Status<'_>) -> Result<(String, Vec<String>), Fault> {
    let content = html::words(&required("content", status.content.clone().words())?);
    let warning = status.spoiler_text.clone().text();
    let lines: Vec<String> =
        warning.into_iter().chain(Some(content.text)).filter(|line| !line.trim().is_empty()).collect();
    Ok((required("content", Some(lines.join("\n")).filter(|text| !text.is_empty()))?, content.links))
}

impl Status<'_> {
    fn is_public(&self) -> bool {
        self.visibility.clone().words().as_deref() == Some("public")
    }

    fn is_shown(&self) -> bool {
        self.is_public() && self.account.as_ref().is_none_or(Account::wants)
    }
}

impl Account<'_> {
    /// Whether its owner lets it be found and indexed.
    fn wants(&self) -> bool {
        self.discoverable != Some(false) && self.indexable != Some(false) && self.noindex != Some(true)
    }

    /// `name@host`. An instance writes no host for its own users: it is that of their address.
    fn author(&self) -> Option<RawAuthor> {
        let acct = self.acct.clone().words()?;
        let acct = acct.trim_start_matches('@');
        let (local, named) = acct.split_once('@').map_or((acct, None), |(name, host)| (name, Some(host)));
        let name = self.username.clone().text().unwrap_or_else(|| local.to_owned());
        let addresses = [&self.uri, &self.url].into_iter().filter_map(|address| host(&address.clone().words()?));
        let host = addresses.into_iter().next().or_else(|| named.map(str::to_lowercase))?;
        let handle = format!("{name}@{host}");
        let spellings = [&self.display_name, &self.username, &self.acct, &self.url, &self.uri];
        let also = spellings.into_iter().filter_map(|other| other.clone().text()).filter(|other| *other != handle);
        Some(RawAuthor { also: also.collect(), handle })
    }
}

/// The host of a web address, with its port where that is not the usual one.
pub(super) fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
