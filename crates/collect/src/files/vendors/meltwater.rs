//! Meltwater's tables, often UTF-16 with tabs.
//!
//! Social posts have their text in the sentence that was hit; articles have only their beginning, under a headline.
//! Times name no zone: they are in that of the account that exported them. Date and time of day may stand apart.

use super::own::{self, Own};
use crate::files::Format;
use crate::files::cells::Cells;
use crate::files::check::{self, Fault, Rules};
use crate::files::columns::Field;
use crate::files::layout::Layout;
use crate::files::platform;
use crate::files::scalar::Scalar;
use polso_domain::{RawPost, SourceId, Timestamp};
use std::borrow::Cow;

/// Articles and social posts.
pub(crate) static LAYOUT: Layout = Layout {
    format: Format::Meltwater,
    source: "news",
    marks: &[
        &["Hit Sentence", "Opening Text", "Date"],
        &["Hit Sentence", "Headline", "Date"],
        &["Hit Sentence", "Influencer", "Date"],
    ],
    columns: &[
        (Field::Id, &["Tweet Id", "Document ID"]),
        (Field::Url, &["URL"]),
        (Field::Title, &["Headline", "Title"]),
        (Field::Opening, &["Opening Text"]),
        (Field::Text, &["Hit Sentence"]),
        (Field::Author, &["Twitter Screen Name", "X Screen Name", "Author Handle", "Influencer", "Author Name"]),
        (
            Field::AuthorAlso,
            &["Influencer", "Author Name", "Twitter Id", "X Id", "User Profile Url", "Author Profile Url"],
        ),
        (Field::Outlet, &["Source Name", "Source"]),
        (Field::Platform, &["Content Type", "Source Type", "Content Source"]),
        (Field::PostedAt, &["Date"]),
        (Field::Clock, &["Time"]),
        (Field::Lang, &["Language"]),
        (Field::InReplyTo, &["Parent URL"]),
        (Field::Hashtags, &["Hashtags"]),
        (Field::Mentions, &["Mentions", "Mentioned Profiles"]),
        (Field::Links, &["Links"]),
        (Field::Followers, &["Twitter Followers", "X Followers", "Followers"]),
        (Field::Likes, &["Likes", "Reactions"]),
        (Field::Reposts, &["Retweets", "Reposts", "Shares"]),
        (Field::Replies, &["Replies", "Comments"]),
    ],
    needs: &[Field::Url, Field::Text, Field::PostedAt],
    source_of,
    post,
};

/// The outlet of a social post is its platform. An outlet that only shares a name with one is known by its address.
fn source_of(rules: &Rules, cells: &Cells<'_>) -> SourceId {
    let typed = || platform::named(&cells.words(Field::Platform)?).filter(platform::is_house);
    rules.source_or(social(cells).or_else(typed))
}

fn social(cells: &Cells<'_>) -> Option<SourceId> {
    own::address(cells).1.source.and_then(SourceId::new)
}

fn post(rules: &Rules, cells: &Cells<'_>) -> Result<RawPost, Fault> {
    let source = source_of(rules, cells);
    let id = own::id(cells, &source)?;
    let says = own::says(cells, &id);
    let own = Own {
        author: own::author(cells, &source)?,
        text: if social(cells).is_some() { own::text(cells)? } else { article(cells)? },
        posted: posted(rules, cells)?,
        source,
        id,
        says,
    };
    Ok(own.post(cells))
}

/// A headline and how the article begins; where there is no beginning, the sentence that was hit.
fn article(cells: &Cells<'_>) -> Result<String, Fault> {
    let body = cells.words(Field::Opening).or_else(|| cells.words(Field::Text));
    let parts: Vec<Cow<'_, str>> = cells.words(Field::Title).into_iter().chain(body).collect();
    check::required("text", Some(parts.join("\n")).filter(|text| !text.is_empty()))
}

fn posted(rules: &Rules, cells: &Cells<'_>) -> Result<Timestamp, Fault> {
    let date = cells.first(Field::PostedAt);
    match (&date, cells.words(Field::Clock)) {
        (Scalar::Text(day), Some(clock)) if !day.contains(':') => {
            rules.posted("date", Scalar::Text(Cow::Owned(format!("{} {clock}", day.trim()))))
        }
        _ => rules.posted("date", date),
    }
}
