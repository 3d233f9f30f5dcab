//! CrowdTangle's tables of Facebook and Instagram posts.
//!
//! They have no id of a post, only its address. Their times end with the word for a zone: one that is not known makes the
//! row unusable, because dropping it would move the post by hours. A post without a message (a bare photo, a bare link)
//! says nothing, whatever the page behind its link says.

use super::own::{self, Own, Says};
use crate::files::Format;
use crate::files::cells::Cells;
use crate::files::check::{Fault, Rules};
use crate::files::columns::Field;
use crate::files::layout::Layout;
use polso_domain::{PostKind, RawPost, SourceId};

/// Posts of pages and groups.
pub(crate) static FACEBOOK: Layout = Layout {
    format: Format::CrowdTangle,
    source: "facebook",
    marks: &[
        &["Page Name", "Post Created", "Total Interactions"],
        &["Group Name", "Post Created", "Total Interactions"],
    ],
    columns: &[
        (Field::Url, &["URL"]),
        (Field::Text, &["Message"]),
        // The name in the address comes first: it is what posts that mention the page spell.
        (Field::Author, &["User Name", "Facebook Id", "Page Name", "Group Name"]),
        (Field::AuthorAlso, &["User Name", "Facebook Id", "Page Name", "Group Name"]),
        (Field::PostedAt, &["Post Created"]),
        (Field::Followers, &["Followers at Posting"]),
        (Field::Likes, &["Likes"]),
        (Field::Replies, &["Comments"]),
        (Field::Reposts, &["Shares"]),
        (Field::Links, &["Final Link", "Link"]),
    ],
    needs: &[Field::Url, Field::Text, Field::Author, Field::PostedAt],
    source_of,
    post,
};

/// Posts of business and creator accounts.
pub(crate) static INSTAGRAM: Layout = Layout {
    format: Format::CrowdTangle,
    source: "instagram",
    marks: &[&["Account", "User Name", "Post Created", "Followers at Posting"]],
    columns: &[
        (Field::Url, &["URL"]),
        (Field::Text, &["Description"]),
        (Field::Author, &["User Name", "Account"]),
        (Field::AuthorAlso, &["Account"]),
        (Field::PostedAt, &["Post Created"]),
        (Field::Followers, &["Followers at Posting"]),
        (Field::Likes, &["Likes"]),
        (Field::Replies, &["Comments"]),
    ],
    needs: &[Field::Url, Field::Text, Field::Author, Field::PostedAt],
    source_of,
    post,
};

/// A file is of one platform.
fn source_of(rules: &Rules, _: &Cells<'_>) -> SourceId {
    rules.source.clone()
}

fn post(rules: &Rules, cells: &Cells<'_>) -> Result<RawPost, Fault> {
    let source = rules.source.clone();
    let own = Own {
        id: own::id(cells, &source)?,
        author: own::author(cells, &source)?,
        text: own::text(cells)?,
        posted: rules.posted("post_created", cells.first(Field::PostedAt))?,
        says: Says { kind: PostKind::Original, in_reply_to: None, reposted: None },
        source,
    };
    Ok(own.post(cells))
}
