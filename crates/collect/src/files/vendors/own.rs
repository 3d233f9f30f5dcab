//! What a tool says in its own way, and how that becomes a post: all that the tools have in common.

use crate::files::cells::{Cells, is_nothing};
use crate::files::check::{self, Fault, Rules};
use crate::files::columns::Field;
use crate::files::scalar::Scalar;
use crate::files::{mapped, platform};
use platform::Address;
use polso_domain::{PostKind, RawAuthor, RawPost, Reach, SourceId, Timestamp};
use std::borrow::Cow;

/// The parts of a post that tools tell in ways of their own.
pub(super) struct Own {
    pub source: SourceId,
    pub id: String,
    pub author: RawAuthor,
    pub text: String,
    pub posted: Timestamp,
    pub says: Says,
}

/// What a post does to another one.
pub(super) struct Says {
    pub kind: PostKind,
    pub in_reply_to: Option<String>,
    pub reposted: Option<String>,
}

impl Own {
    /// The whole post: what is left is told alike by all.
    pub(super) fn post(self, cells: &Cells<'_>) -> RawPost {
        let Self { source, id, author, text, posted, says } = self;
        let Says { kind, in_reply_to, reposted } = says;
        let items = |field: Field| cells.words(field).map(|list| mapped::split(&list)).unwrap_or_default();
        let mut mentions: Vec<RawAuthor> = Vec::new();
        for handle in cells.all(Field::Others).map(check::handle).chain(items(Field::Mentions)) {
            if handle != author.handle && mentions.iter().all(|known| known.handle != handle) {
                mentions.push(RawAuthor { handle, also: Vec::new() });
            }
        }
        // The counts beside a repost are the original's.
        let own = |field: Field| if kind == PostKind::Repost { None } else { cells.most(field) };
        RawPost {
            source,
            id,
            author,
            text,
            lang: cells.lang(),
            posted,
            doubtful_date: false,
            ask_again: None,
            kind,
            in_reply_to,
            reposted,
            mentions,
            hashtags: items(Field::Hashtags),
            links: cells.words(Field::Links).map(|list| mapped::links(&list)).unwrap_or_default(),
            reach: Reach {
                followers: cells.most(Field::Followers),
                likes: own(Field::Likes),
                reposts: own(Field::Reposts),
                replies: own(Field::Replies),
            },
        }
    }
}

/// The address in a row, read.
pub(super) fn address<'r>(cells: &Cells<'r>) -> (Option<Cow<'r, str>>, Address) {
    let url = cells.words(Field::Url);
    let address = url.as_deref().map(platform::address).unwrap_or_default();
    (url, address)
}

/// The id that the address gives, else the tool's own, else the address; of an article always the address, under which
/// other tools know it too. A tool's own that a spreadsheet has damaged spoils the row: nothing in it can be trusted then.
pub(super) fn id(cells: &Cells<'_>, source: &SourceId) -> Result<String, Fault> {
    let (url, address) = address(cells);
    let url = url.map(Cow::into_owned);
    let own = match cells.first(Field::Id) {
        Scalar::Text(text) => bare(&text).map(|text| check::id("id", Scalar::Text(Cow::Borrowed(text)))),
        Scalar::Missing => None,
        number => Some(check::id("id", number)),
    };
    let own = own.transpose()?;
    let known = if platform::is_house(source) { url.or(own) } else { own.or(url) };
    check::required("url", address.id.or(known))
}

/// An id without what keeps spreadsheets from reading it as a number: `="1"`, `"1"`, `'1`.
fn bare(text: &str) -> Option<&str> {
    let text = text.trim().trim_start_matches('=').trim_matches(['"', '\'']).trim();
    Some(text).filter(|text| !text.is_empty() && !is_nothing(text))
}

/// The post that a row points at by its address or its id.
pub(super) fn pointed(cells: &Cells<'_>, field: Field) -> Option<String> {
    let at = cells.words(field)?;
    if !at.contains("://") {
        return check::reference(Scalar::Text(Cow::Borrowed(bare(&at)?)));
    }
    // Two addresses point nowhere in particular.
    let mut addresses = at.split([',', ' ']).filter(|part| !part.is_empty());
    let (first, second) = (addresses.next()?, addresses.next());
    let only = second.is_none().then_some(first)?;
    Some(platform::address(only).id.unwrap_or_else(|| only.to_owned()))
}

/// The source: what the row calls its platform, else where its address is, else the tool's.
pub(super) fn source(rules: &Rules, cells: &Cells<'_>) -> SourceId {
    let told = cells.all(Field::Platform).find_map(|word| platform::named(&word));
    rules.source_or(told.or_else(|| SourceId::new(address(cells).1.source?)))
}

/// The author; where a house publishes and nobody signs, the house.
pub(super) fn author(cells: &Cells<'_>, source: &SourceId) -> Result<RawAuthor, Fault> {
    let house = if platform::is_house(source) { cells.words(Field::Outlet) } else { None };
    let handle = cells.words(Field::Author).or(house).map(check::handle).filter(|handle| !handle.is_empty());
    let handle = check::required("author", handle)?;
    let also = cells.all(Field::AuthorAlso).map(Cow::into_owned).filter(|other| *other != handle).collect();
    Ok(RawAuthor { handle, also })
}

/// The words.
pub(super) fn text(cells: &Cells<'_>) -> Result<String, Fault> {
    check::required("text", cells.first(Field::Text).text())
}

/// What the row does to another post, by the tool's word for it; where that says nothing, by what it points at.
pub(super) fn says(cells: &Cells<'_>, own_id: &str) -> Says {
    let other = |field: Field| pointed(cells, field).filter(|id| id != own_id);
    let (in_reply_to, reposted) = (other(Field::InReplyTo), other(Field::Reposted));
    let word = cells.words(Field::Kind).map(|word| word.to_lowercase());
    let kind = match word.as_deref() {
        Some("retweet" | "repost" | "reblog" | "share") => PostKind::Repost,
        Some("quote" | "quote_tweet" | "quote tweet") => PostKind::Quote,
        Some("reply" | "comment") => PostKind::Reply,
        _ if reposted.is_some() => PostKind::Repost,
        _ if in_reply_to.is_some() => PostKind::Reply,
        _ => PostKind::Original,
    };
    Says { kind, in_reply_to, reposted }
}
