//! Videos and comments → posts. A video is a post because it is what the comments answer.

use super::wire::{Comment, Video};
use crate::files::{Fault, Scalar, required};
use crate::sources::words;
use crate::stamp;
use crate::track::Matcher;
use polso_domain::{Claimed, PostKind, RawAuthor, RawPost, Reach, SetAside, SourceId, Timestamp};

/// What videos and comments are read with.
pub(super) struct Reading<'r> {
    pub(super) source: &'r SourceId,
    pub(super) matcher: &'r Matcher,
    pub(super) now: Timestamp,
}

/// A video: what it says, and whether its comments are worth reading.
pub(super) struct Seen {
    pub(super) post: Option<RawPost>,
    pub(super) followed: bool,
}

impl Reading<'_> {
    /// A video. One that was named in the settings is followed whatever it says.
    pub(super) fn video(&self, video: &Video<'_>, named: bool) -> Result<Seen, Fault> {
        let snippet = &video.snippet;
        let title = required("snippet.title", snippet.title.clone().text())?;
        let description = snippet.description.clone().text().unwrap_or_default();
        let text = format!("{title}\n\n{description}").trim_end().to_owned();
        let lang = snippet.default_audio_language.clone().text().or_else(|| snippet.default_language.clone().text());
        let when = self.when(&snippet.published_at)?;
        let tags: Vec<String> = snippet.tags.iter().cloned().filter_map(Scalar::text).collect();
        let searched = format!("{text} {}", tags.join(" "));
        let wanted = self.matcher.wants_words(&searched, lang.as_deref(), when.posted);
        let hashtags = words::hashtags(&text);
        let kept = wanted || (named && self.matcher.tolerates(&hashtags, &text, when.posted));
        let handle = required("snippet.channelId", snippet.channel_id.clone().text())?;
        let also = snippet.channel_title.clone().text().into_iter().collect();
        let id = required("id", video.id.clone().text())?;
        let reach = Reach {
            likes: video.statistics.like_count.count(),
            replies: video.statistics.comment_count.count(),
            ..Reach::default()
        };
        let post = RawPost { lang, hashtags, reach, ..self.common(id, RawAuthor { handle, also }, (text, when)) };
        Ok(Seen { post: kept.then_some(post), followed: wanted || named })
    }

    /// A comment; `above` is what it answers if it does not say so itself. `None` where the settings exclude it.
    pub(super) fn comment(&self, comment: &Comment<'_>, above: Option<&str>) -> Result<Option<RawPost>, Fault> {
        let snippet = &comment.snippet;
        let text = snippet.text_display.clone().text().or_else(|| snippet.text_original.clone().text());
        let text = required("snippet.textDisplay", text)?;
        let when = self.when(&snippet.published_at)?;
        let hashtags = words::hashtags(&text);
        if !self.matcher.tolerates(&hashtags, &text, when.posted) {
            return Ok(None);
        }
        let channel = snippet.author_channel_id.as_ref().and_then(|id| id.value.clone().text());
        let handle = required("snippet.authorChannelId", channel)?;
        let spelt = [&snippet.author_display_name, &snippet.author_channel_url];
        let mut also: Vec<String> = spelt.into_iter().filter_map(|name| name.clone().text()).collect();
        let bare: Vec<String> = also.iter().filter_map(|name| name.strip_prefix('@')).map(str::to_owned).collect();
        also.extend(bare);
        let id = required("id", comment.id.clone().text())?;
        Ok(Some(RawPost {
            kind: PostKind::Reply,
            in_reply_to: snippet.parent_id.clone().text().or_else(|| above.map(str::to_owned)),
            hashtags,
            reach: Reach { likes: snippet.like_count.count(), ..Reach::default() },
            ..self.common(id, RawAuthor { handle, also }, (text, when))
        }))
    }

    fn common(&self, id: String, author: RawAuthor, (text, when): (String, Claimed)) -> RawPost {
        RawPost {
            source: self.source.clone(),
            ask_again: Some(id.clone()),
            id,
            author,
            links: words::links(&text),
            text,
            lang: None,
            posted: when.posted,
            doubtful_date: when.doubtful,
            kind: PostKind::Original,
            in_reply_to: None,
            reposted: None,
            mentions: Vec::new(),
            hashtags: Vec::new(),
            reach: Reach::default(),
        }
    }

    fn when(&self, value: &Scalar<'_>) -> Result<Claimed, Fault> {
        match value.clone().words().map(|text| stamp::rfc3339(&text)) {
            Some(None) => Err(Fault::new(SetAside::BadTime, "`snippet.publishedAt` is no time")),
            claim => Ok(Claimed::weigh(claim.flatten(), self.now)),
        }
    }
}

/// When a comment was published, for the walk's mark.
pub(super) fn published(comment: &Comment<'_>) -> Option<Timestamp> {
    stamp::rfc3339(&comment.snippet.published_at.clone().words()?)
}
