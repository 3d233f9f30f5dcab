//! 4CAT's tables: five columns that all its exports have, and those of the platform they are from.
//!
//! Its times are in UTC whatever the zone of the computer. Ids of chats and boards are unique within these only, so they
//! are put in front. In some exports everything is a reply: there only a row that says whom it answers is one. Where names
//! were blotted out, all posts would be by one author: such rows are set aside.

use super::own::{self, Own, Says};
use crate::files::Format;
use crate::files::cells::Cells;
use crate::files::check::{self, Fault, Rules};
use crate::files::columns::Field;
use crate::files::layout::Layout;
use crate::files::scalar::Scalar;
use jiff::tz::TimeZone;
use polso_domain::{PostKind, RawAuthor, RawPost, SetAside, SourceId, Timestamp};
use std::borrow::Cow;

/// What 4CAT writes in the place of names that it removes.
const BLOTTED: &str = "REDACTED";

/// Posts of any platform.
pub(crate) static LAYOUT: Layout = Layout {
    format: Format::FourCat,
    source: "import",
    marks: &[&["id", "thread_id", "author", "body", "timestamp"], &["id", "thread_id", "body", "unix_timestamp"]],
    columns: &[
        (Field::Id, &["id"]),
        (Field::Within, &["chat", "board"]),
        (Field::Url, &["link", "url"]),
        (Field::Text, &["body"]),
        (Field::Author, &["author", "author_username", "author_id"]),
        (Field::AuthorAlso, &["author_fullname", "author_name", "author_display_name", "author_username", "author_id"]),
        (Field::PostedAt, &["unix_timestamp", "timestamp"]),
        (Field::Lang, &["language_guess", "language", "lang"]),
        (Field::IsRepost, &["is_retweet"]),
        (Field::IsQuote, &["is_quote_tweet"]),
        (Field::IsReply, &["is_reply"]),
        (
            Field::Others,
            &["replied_user", "replied_author", "replied_to_user", "retweeted_user", "quoted_user", "quote_author"],
        ),
        (Field::InReplyTo, &["replied_to_post", "reply_to"]),
        (Field::Reposted, &["quote_tweet_id", "quoted_post"]),
        (Field::Hashtags, &["hashtags", "tags"]),
        (Field::Mentions, &["mentions"]),
        (Field::Links, &["urls", "links"]),
        (Field::Followers, &["author_followers"]),
        (Field::Likes, &["like_count", "likes"]),
        (Field::Reposts, &["retweet_count", "repost_count", "reposts"]),
        (Field::Replies, &["reply_count", "replies", "comments"]),
    ],
    needs: &[Field::Id, Field::Text, Field::Author, Field::PostedAt],
    source_of,
    post,
};

/// Where its link leads; a table with Twitter's columns is Twitter's.
fn source_of(rules: &Rules, cells: &Cells<'_>) -> SourceId {
    let (_, address) = own::address(cells);
    let told = address.source.or_else(|| cells.has(Field::IsRepost).then_some("twitter"));
    rules.source_or(told.and_then(SourceId::new))
}

fn post(rules: &Rules, cells: &Cells<'_>) -> Result<RawPost, Fault> {
    let own_id = check::id("id", cells.first(Field::Id))?;
    let within = cells.words(Field::Within);
    let own = Own {
        author: author(cells)?,
        text: check::required("body", cells.first(Field::Text).text())?,
        posted: posted(rules, cells)?,
        says: says(cells, within.as_deref()),
        source: source_of(rules, cells),
        id: within.as_deref().map_or(own_id.clone(), |place| inside(place, &own_id)),
    };
    Ok(own.post(cells))
}

fn inside(place: &str, id: &str) -> String {
    if id.starts_with(place) { id.to_owned() } else { format!("{place}/{id}") }
}

/// A DID is an account's lasting name, and what posts heard live are filed under.
fn author(cells: &Cells<'_>) -> Result<RawAuthor, Fault> {
    let mut also: Vec<String> = cells.all(Field::AuthorAlso).map(Cow::into_owned).collect();
    let named = cells.words(Field::Author).map(check::handle).filter(|handle| !handle.is_empty());
    let handle = match also.iter().position(|other| other.starts_with("did:")) {
        Some(did) => {
            let did = also.swap_remove(did);
            also.extend(named);
            did
        }
        None => check::required("author", named)?,
    };
    if handle == BLOTTED {
        let detail = "`author` was blotted out; export it with pseudonyms instead";
        return Err(Fault::new(SetAside::MissingField, detail));
    }
    also.retain(|other| *other != handle && other != BLOTTED);
    Ok(RawAuthor { handle, also })
}

fn posted(rules: &Rules, cells: &Cells<'_>) -> Result<Timestamp, Fault> {
    rules.posted_in(&TimeZone::UTC, "timestamp", cells.first(Field::PostedAt))
}

fn says(cells: &Cells<'_>, within: Option<&str>) -> Says {
    let yes =
        |field: Field| cells.words(field).is_some_and(|word| ["yes", "true", "1"].contains(&&*word.to_lowercase()));
    let answers = cells.words(Field::InReplyTo);
    let in_reply_to = answers.as_deref().and_then(|at| match within {
        Some(place) => check::reference(Scalar::Text(Cow::Borrowed(at))).map(|id| inside(place, &id)),
        // Elsewhere the column is a name, or an address that names the account instead of its DID.
        None => crate::files::platform::address(at).id,
    });
    let quoted = own::pointed(cells, Field::Reposted).filter(|id| !id.contains("://") || id.starts_with("at://"));
    let kind = if yes(Field::IsRepost) {
        PostKind::Repost
    } else if yes(Field::IsQuote) || cells.words(Field::Reposted).is_some() {
        PostKind::Quote
    } else if answers.is_some() || (yes(Field::IsReply) && !cells.has(Field::InReplyTo)) {
        PostKind::Reply
    } else {
        PostKind::Original
    };
    Says { kind, in_reply_to, reposted: quoted }
}
