//! The data API's answers, as far as they are read. Counts of videos are texts there, counts of comments numbers.

use crate::files::Scalar;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Any list.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct List<'a> {
    #[serde(borrow)]
    pub(super) items: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub(super) next_page_token: Scalar<'a>,
}

/// What a search found.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Found<'a> {
    #[serde(borrow)]
    pub(super) id: FoundId<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct FoundId<'a> {
    #[serde(borrow)]
    pub(super) video_id: Scalar<'a>,
}

/// An item of which only the id is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Named<'a> {
    #[serde(borrow)]
    pub(super) id: Scalar<'a>,
}

#[derive(Deserialize)]
pub(super) struct Video<'a> {
    #[serde(borrow, default)]
    pub(super) id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) snippet: VideoSnippet<'a>,
    #[serde(borrow, default)]
    pub(super) statistics: Statistics<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct VideoSnippet<'a> {
    #[serde(borrow)]
    pub(super) published_at: Scalar<'a>,
    #[serde(borrow)]
    pub(super) channel_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) channel_title: Scalar<'a>,
    #[serde(borrow)]
    pub(super) title: Scalar<'a>,
    #[serde(borrow)]
    pub(super) description: Scalar<'a>,
    #[serde(borrow)]
    pub(super) tags: Vec<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) default_language: Scalar<'a>,
    #[serde(borrow)]
    pub(super) default_audio_language: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Statistics<'a> {
    #[serde(borrow)]
    pub(super) like_count: Scalar<'a>,
    #[serde(borrow)]
    pub(super) comment_count: Scalar<'a>,
}

/// A comment with the answers to it.
#[derive(Deserialize)]
pub(super) struct Thread<'a> {
    #[serde(borrow)]
    pub(super) snippet: ThreadSnippet<'a>,
    #[serde(borrow, default)]
    pub(super) replies: Option<Replies<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ThreadSnippet<'a> {
    #[serde(borrow, default)]
    pub(super) video_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) top_level_comment: &'a RawValue,
    #[serde(borrow, default)]
    pub(super) total_reply_count: Scalar<'a>,
}

#[derive(Deserialize)]
pub(super) struct Replies<'a> {
    #[serde(borrow, default)]
    pub(super) comments: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Comment<'a> {
    #[serde(borrow, default)]
    pub(super) id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) snippet: CommentSnippet<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct CommentSnippet<'a> {
    #[serde(borrow)]
    pub(super) text_display: Scalar<'a>,
    #[serde(borrow)]
    pub(super) text_original: Scalar<'a>,
    #[serde(borrow)]
    pub(super) author_display_name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) author_channel_url: Scalar<'a>,
    #[serde(borrow)]
    pub(super) author_channel_id: Option<ChannelId<'a>>,
    #[serde(borrow)]
    pub(super) parent_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) like_count: Scalar<'a>,
    #[serde(borrow)]
    pub(super) published_at: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ChannelId<'a> {
    #[serde(borrow)]
    pub(super) value: Scalar<'a>,
}

/// A refusal.
#[derive(Deserialize)]
pub(super) struct Refused<'a> {
    #[serde(borrow)]
    pub(super) error: RefusedWhy<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct RefusedWhy<'a> {
    #[serde(borrow)]
    pub(super) errors: Vec<Reason<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Reason<'a> {
    #[serde(borrow)]
    pub(super) reason: Scalar<'a>,
}
