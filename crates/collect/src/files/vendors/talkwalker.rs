//! Talkwalker's tables of results.
//!
//! A result names its platform as one of a list (`SOCIALMEDIA, SOCIALMEDIA_TWITTER`), the longest telling most. It points
//! at a parent without saying whether it answers it or passes it on: that it is a repost is known only where the text
//! begins as Twitter makes a retweet begin.

use super::own::{self, Own, Says};
use crate::files::cells::Cells;
use crate::files::check::{Fault, Rules};
use crate::files::columns::Field;
use crate::files::layout::Layout;
use crate::files::{Format, platform};
use polso_domain::{PostKind, RawPost, SourceId};

/// Results of any platform.
pub(crate) static LAYOUT: Layout = Layout {
    format: Format::Talkwalker,
    source: "import",
    marks: &[
        &["search_indexed", "published", "content"],
        &["title_snippet", "content_snippet", "published"],
        &["source_type", "published", "content", "url"],
        &["extra_author_attributes.name", "published", "content"],
        &["extra_author_attributes.short_name", "published", "content"],
    ],
    columns: &[
        (Field::Url, &["url"]),
        (Field::Text, &["content"]),
        (
            Field::Author,
            &["extra_author_attributes.short_name", "extra_author_attributes.id", "extra_author_attributes.name"],
        ),
        (
            Field::AuthorAlso,
            &["extra_author_attributes.name", "extra_author_attributes.id", "extra_author_attributes.url"],
        ),
        (Field::Outlet, &["extra_source_attributes.name", "root_url", "domain_url", "host_url"]),
        (Field::PostedAt, &["published"]),
        (Field::Lang, &["lang"]),
        (Field::Platform, &["source_type"]),
        (Field::InReplyTo, &["parent_url"]),
        (Field::Links, &["entity_urls"]),
        (
            Field::Followers,
            &[
                "source_extended_attributes.twitter_followers",
                "source_extended_attributes.instagram_followers",
                "source_extended_attributes.facebook_followers",
            ],
        ),
        (
            Field::Likes,
            &[
                "article_extended_attributes.twitter_likes",
                "article_extended_attributes.instagram_likes",
                "article_extended_attributes.facebook_likes",
                "article_extended_attributes.youtube_likes",
            ],
        ),
        (
            Field::Reposts,
            &[
                "article_extended_attributes.twitter_retweets",
                "article_extended_attributes.twitter_shares",
                "article_extended_attributes.facebook_shares",
                "article_extended_attributes.linkedin_shares",
            ],
        ),
        (Field::Replies, &["article_extended_attributes.num_comments"]),
    ],
    needs: &[Field::Url, Field::Text, Field::PostedAt],
    source_of,
    post,
};

fn source_of(rules: &Rules, cells: &Cells<'_>) -> SourceId {
    let told = cells.words(Field::Platform).and_then(|list| platform_in(&list));
    rules.source_or(told.or_else(|| SourceId::new(own::address(cells).1.source?)))
}

fn post(rules: &Rules, cells: &Cells<'_>) -> Result<RawPost, Fault> {
    let source = source_of(rules, cells);
    let id = own::id(cells, &source)?;
    let text = own::text(cells)?;
    let parent = own::pointed(cells, Field::InReplyTo).filter(|parent| *parent != id);
    let says = if source.as_str() == "twitter" && text.starts_with("RT @") {
        Says { kind: PostKind::Repost, in_reply_to: None, reposted: parent }
    } else {
        let kind = if parent.is_some() { PostKind::Reply } else { PostKind::Original };
        Says { kind, in_reply_to: parent, reposted: None }
    };
    let own = Own {
        author: own::author(cells, &source)?,
        posted: rules.posted("published", cells.first(Field::PostedAt))?,
        source,
        id,
        text,
        says,
    };
    Ok(own.post(cells))
}

/// `SOCIALMEDIA, SOCIALMEDIA_TWITTER` is Twitter, `ONLINENEWS_NEWSPAPER` a newspaper; `SOCIALMEDIA` alone says nothing.
fn platform_in(list: &str) -> Option<SourceId> {
    let words = list.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let longest = words.max_by_key(|word| word.len())?.to_lowercase();
    match longest.split_once('_').unwrap_or((&longest, "")) {
        ("socialmedia", "") => None,
        ("socialmedia", platform) => platform::named(platform.split('_').next()?),
        (kind, _) => platform::named(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_names_the_platform() {
        let name = |list| platform_in(list).map(|source| source.as_str().to_owned());
        assert_eq!(name("[\"SOCIALMEDIA\", \"SOCIALMEDIA_TWITTER\"]").as_deref(), Some("twitter"));
        assert_eq!(name("ONLINENEWS;ONLINENEWS_NEWSPAPER").as_deref(), Some("news"));
        assert_eq!(name("MESSAGEBOARD").as_deref(), Some("forum"));
        assert_eq!(name("BLOG_OTHER").as_deref(), Some("blog"));
        assert_eq!((name("SOCIALMEDIA"), name("")), (None, None));
    }
}
