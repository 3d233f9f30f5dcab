//! The shapes of the Mastodon interface, as far as they are read.
//!
//! What decides whether a post may be kept, whose it is and whom it names must have its right type, or the post is set
//! aside. What only adorns it (counts, cards, polls) is left out where a server writes it its own way.

use super::ids::LocalId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A post. Everything may be missing: older servers and other programs speak this interface too.
#[derive(Deserialize)]
pub(super) struct Status {
    pub(super) id: LocalId,
    pub(super) uri: Option<String>,
    pub(super) created_at: Option<String>,
    pub(super) edited_at: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) in_reply_to_id: Option<LocalId>,
    pub(super) visibility: Option<String>,
    pub(super) spoiler_text: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) language: Option<String>,
    pub(super) content: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) replies_count: Option<u32>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) reblogs_count: Option<u32>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) favourites_count: Option<u32>,
    pub(super) reblog: Option<Box<Status>>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) quote: Option<Quote>,
    pub(super) account: Option<Account>,
    pub(super) mentions: Option<Vec<Mention>>,
    pub(super) tags: Option<Vec<Tag>>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) card: Option<Card>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) poll: Option<Poll>,
}

/// Whose it is, and what they want done with it. `null` means that nothing was said.
#[derive(Deserialize)]
pub(super) struct Account {
    pub(super) username: Option<String>,
    pub(super) acct: Option<String>,
    pub(super) uri: Option<String>,
    pub(super) url: Option<String>,
    pub(super) display_name: Option<String>,
    /// The bio, as HTML.
    pub(super) note: Option<String>,
    pub(super) bot: Option<bool>,
    pub(super) discoverable: Option<bool>,
    pub(super) indexable: Option<bool>,
    pub(super) noindex: Option<bool>,
    pub(super) limited: Option<bool>,
    pub(super) suspended: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) followers_count: Option<u32>,
}

/// Somebody a post names.
#[derive(Deserialize)]
pub(super) struct Mention {
    pub(super) username: Option<String>,
    pub(super) acct: Option<String>,
    pub(super) url: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Tag {
    pub(super) name: Option<String>,
}

/// A quotation. Without `quoted_status` it is a shallow one, or one that is not shown.
#[derive(Deserialize)]
pub(super) struct Quote {
    pub(super) state: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) quoted_status: Option<Quoted>,
}

#[derive(Deserialize)]
pub(super) struct Quoted {
    pub(super) uri: Option<String>,
    pub(super) account: Option<Account>,
}

#[derive(Deserialize)]
pub(super) struct Card {
    pub(super) url: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Poll {
    #[serde(default)]
    pub(super) options: Vec<Choice>,
}

#[derive(Deserialize)]
pub(super) struct Choice {
    pub(super) title: Option<String>,
}

/// What a walk needs of a post, read even where the rest cannot be.
#[derive(Deserialize)]
pub(super) struct Probe {
    #[serde(default, deserialize_with = "lenient")]
    pub(super) id: Option<LocalId>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) created_at: Option<String>,
}

/// `GET …/context`.
#[derive(Deserialize)]
pub(super) struct Context {
    pub(super) descendants: Vec<Box<serde_json::value::RawValue>>,
}

/// `GET /api/v2/instance`.
#[derive(Deserialize)]
pub(super) struct Instance {
    #[serde(default, deserialize_with = "lenient")]
    pub(super) version: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) configuration: Option<Configuration>,
}

#[derive(Deserialize)]
pub(super) struct Configuration {
    #[serde(default, deserialize_with = "lenient")]
    pub(super) urls: Option<Urls>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) timelines_access: Option<TimelinesAccess>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) limited_federation: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct Urls {
    pub(super) streaming: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct TimelinesAccess {
    pub(super) hashtag_feeds: Option<Feeds>,
}

#[derive(Deserialize)]
pub(super) struct Feeds {
    pub(super) local: Option<String>,
    pub(super) remote: Option<String>,
}

/// A frame of the websocket. The payload is JSON in a text, except a deletion's, which is an id.
#[derive(Deserialize)]
pub(super) struct Frame {
    pub(super) event: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) payload: Option<String>,
    pub(super) error: Option<serde_json::Value>,
}

/// What is there if it is of the right type, else nothing.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    let value = Option::<serde_json::Value>::deserialize(deserializer)?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()))
}
