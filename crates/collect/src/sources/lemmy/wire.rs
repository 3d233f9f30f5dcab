//! Lemmy's answers, both generations in one shape: 1.0 (API v4) moved counts into posts and renamed times and addresses,
//! and says `items` where 0.19 and before (API v3) said what they are.

use crate::files::Scalar;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A list of posts, of comments, or what a search found.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct List<'a> {
    #[serde(borrow)]
    pub(super) posts: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) comments: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) items: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) search: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) results: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) next_page: Scalar<'a>,
}

/// One of them: a comment brings its post along.
#[derive(Deserialize)]
pub(super) struct View<'a> {
    #[serde(borrow)]
    pub(super) post: Post<'a>,
    #[serde(borrow, default)]
    pub(super) comment: Option<Comment<'a>>,
    #[serde(borrow)]
    pub(super) creator: Person<'a>,
    #[serde(borrow, default)]
    pub(super) community: Option<Community<'a>>,
    #[serde(borrow, default)]
    pub(super) counts: Option<Counts<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the flags are Lemmy's")]
pub(super) struct Post<'a> {
    pub(super) id: u64,
    #[serde(borrow)]
    pub(super) name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) body: Scalar<'a>,
    #[serde(borrow)]
    pub(super) url: Scalar<'a>,
    #[serde(borrow)]
    pub(super) ap_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) published: Scalar<'a>,
    #[serde(borrow)]
    pub(super) published_at: Scalar<'a>,
    pub(super) language_id: Option<u64>,
    pub(super) deleted: bool,
    pub(super) removed: bool,
    pub(super) featured_community: bool,
    pub(super) featured_local: bool,
    #[serde(borrow)]
    pub(super) upvotes: Scalar<'a>,
    #[serde(borrow)]
    pub(super) comments: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Comment<'a> {
    pub(super) id: u64,
    #[serde(borrow)]
    pub(super) content: Scalar<'a>,
    #[serde(borrow)]
    pub(super) ap_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) path: Scalar<'a>,
    #[serde(borrow)]
    pub(super) published: Scalar<'a>,
    #[serde(borrow)]
    pub(super) published_at: Scalar<'a>,
    pub(super) language_id: Option<u64>,
    pub(super) deleted: bool,
    pub(super) removed: bool,
    #[serde(borrow)]
    pub(super) upvotes: Scalar<'a>,
    #[serde(borrow)]
    pub(super) child_count: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Person<'a> {
    #[serde(borrow)]
    pub(super) name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) display_name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) actor_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) ap_id: Scalar<'a>,
    pub(super) bot_account: bool,
    pub(super) deleted: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Community<'a> {
    #[serde(borrow)]
    pub(super) name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) actor_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) ap_id: Scalar<'a>,
}

/// Counts of v3; in v4 they stand in the post or comment.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Counts<'a> {
    #[serde(borrow)]
    pub(super) upvotes: Scalar<'a>,
    #[serde(borrow)]
    pub(super) comments: Scalar<'a>,
    #[serde(borrow)]
    pub(super) child_count: Scalar<'a>,
}

/// What an instance says of itself.
#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are Lemmy's")]
pub(super) struct Site {
    pub(super) site_view: SiteView,
    #[serde(default)]
    pub(super) all_languages: Vec<Language>,
    #[serde(default)]
    pub(super) version: String,
}

#[derive(Deserialize)]
pub(super) struct SiteView {
    #[serde(default)]
    pub(super) local_site_rate_limit: Limits,
}

/// Questions a number of seconds: `message` for everything that reads, `search` for searches.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq, Eq)]
#[serde(default)]
pub(super) struct Limits {
    #[serde(alias = "message_max_requests")]
    pub(super) message: u64,
    #[serde(alias = "message_interval_seconds")]
    pub(super) message_per_second: u64,
    #[serde(alias = "search_max_requests")]
    pub(super) search: u64,
    #[serde(alias = "search_interval_seconds")]
    pub(super) search_per_second: u64,
}

#[derive(Deserialize)]
pub(super) struct Language {
    pub(super) id: u64,
    pub(super) code: String,
}
