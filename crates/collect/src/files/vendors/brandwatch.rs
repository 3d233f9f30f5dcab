//! Brandwatch's tables of mentions, CSV or XLSX, behind some rows about the query.
//!
//! Columns of Twitter were renamed to X: both are read. The text of X posts is left out of most exports by X's terms;
//! such rows are set aside, because a title or a cut snippet is not what somebody wrote. Its dates name no zone: they are
//! in the zone of the query.

use super::own::{self, Own};
use crate::files::Format;
use crate::files::cells::Cells;
use crate::files::check::{Fault, Rules};
use crate::files::columns::Field;
use crate::files::layout::Layout;
use polso_domain::RawPost;

/// Mentions of any platform.
pub(crate) static LAYOUT: Layout = Layout {
    format: Format::Brandwatch,
    source: "import",
    marks: &[&["Query Id", "Query Name", "Date"], &["Query Name", "Full Text", "Url"], &["Resource Id", "Full Text"]],
    columns: &[
        (Field::Id, &["Resource Id", "Mention Id"]),
        (Field::Url, &["Url", "Original Url"]),
        (Field::Text, &["Full Text"]),
        (Field::Author, &["Author"]),
        (
            Field::AuthorAlso,
            &[
                "Full Name",
                "Twitter Author ID",
                "X Author ID",
                "Facebook Author ID",
                "Bluesky Author Id",
                "Instagram Author Id",
            ],
        ),
        (Field::Others, &["Thread Author"]),
        (Field::PostedAt, &["Date"]),
        (Field::Lang, &["Language"]),
        (Field::Platform, &["Content Source Name", "Page Type Name", "Content Source", "Page Type"]),
        (Field::Outlet, &["Domain"]),
        (Field::Kind, &["Engagement Type", "Thread Entry Type"]),
        (Field::InReplyTo, &["Twitter Reply to", "X Reply to", "Parent Post Id"]),
        (Field::Reposted, &["Twitter Retweet of", "X Repost of", "X Retweet of"]),
        (Field::Mentions, &["Mentioned Authors"]),
        (Field::Hashtags, &["Hashtags"]),
        (Field::Links, &["Expanded URLs"]),
        (
            Field::Followers,
            &["Twitter Followers", "X Followers", "Instagram Followers", "Bluesky Followers", "Threads Followers"],
        ),
        (Field::Likes, &["Likes", "Twitter Likes", "X Likes", "Instagram Likes", "Facebook Likes", "Bluesky Likes"]),
        (
            Field::Reposts,
            &[
                "Shares",
                "Twitter Retweets",
                "X Reposts",
                "X Retweets",
                "Facebook Shares",
                "Bluesky Reposts",
                "Threads Reposts",
            ],
        ),
        (
            Field::Replies,
            &[
                "Comments",
                "Twitter Reply Count",
                "X Reply Count",
                "Instagram Comments",
                "Facebook Comments",
                "Bluesky Replies",
            ],
        ),
    ],
    needs: &[Field::Text, Field::Author, Field::PostedAt],
    source_of: own::source,
    post,
};

fn post(rules: &Rules, cells: &Cells<'_>) -> Result<RawPost, Fault> {
    let source = own::source(rules, cells);
    let id = own::id(cells, &source)?;
    let own = Own {
        author: own::author(cells, &source)?,
        text: own::text(cells)?,
        posted: rules.posted("date", cells.first(Field::PostedAt))?,
        says: own::says(cells, &id),
        source,
        id,
    };
    Ok(own.post(cells))
}
