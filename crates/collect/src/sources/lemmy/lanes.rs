//! The lists of an instance that are read, and how each is asked for.

use url::Url;

/// How an instance speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Api {
    /// Lemmy up to 0.19.
    V3,
    /// Lemmy 1.0.
    V4,
}

/// One list, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lane {
    /// Posts of a community.
    Posts(String),
    /// Comments in a community.
    Comments(String),
    /// Posts with a word.
    Search(String),
    /// Comments with a word.
    SearchComments(String),
    /// Comments of a post that a search found, by its number on this instance.
    Thread(u64),
}

impl Api {
    /// The path under which everything stands.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::V3 => "api/v3/",
            Self::V4 => "api/v4/",
        }
    }
}

impl Lane {
    /// Its name in the cursor.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Posts(name) => format!("posts {name}"),
            Self::Comments(name) => format!("comments {name}"),
            Self::Search(word) => format!("search {word}"),
            Self::SearchComments(word) => format!("said {word}"),
            Self::Thread(id) => format!("thread {id}"),
        }
    }

    /// Whether the instance counts it as a search.
    pub(super) fn is_search(&self) -> bool {
        matches!(self, Self::Search(_) | Self::SearchComments(_))
    }

    /// The address of one of its pages.
    pub(super) fn url(&self, base: &Url, api: Api, page: Option<&str>) -> Option<Url> {
        let what = match self {
            Self::Posts(_) => "post/list",
            Self::Comments(_) | Self::Thread(_) => "comment/list",
            Self::Search(_) | Self::SearchComments(_) => "search",
        };
        let mut url = base.join(api.path()).and_then(|url| url.join(what)).ok()?;
        let (sort, all, posts, comments) = match api {
            Api::V3 => ("New", "All", "Posts", "Comments"),
            Api::V4 => ("new", "all", "posts", "comments"),
        };
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("sort", sort).append_pair("limit", "50");
            match self {
                Self::Posts(name) | Self::Comments(name) => {
                    query.append_pair("type_", all).append_pair("community_name", name);
                    if api == Api::V4 {
                        // Its name in some releases before 1.0.
                        query.append_pair("community_name_or_id", name);
                    }
                }
                Self::Thread(id) => {
                    query.append_pair("type_", all).append_pair("post_id", &id.to_string());
                }
                Self::Search(word) | Self::SearchComments(word) => {
                    let kind = if matches!(self, Self::Search(_)) { posts } else { comments };
                    query.append_pair("listing_type", all).append_pair("type_", kind);
                    query.append_pair(if api == Api::V4 { "search_term" } else { "q" }, word);
                }
            }
            match page.map(|page| page.split_at_checked(1).unwrap_or((page, ""))) {
                Some(("n", number)) => query.append_pair("page", number),
                Some((_, cursor)) => query.append_pair("page_cursor", cursor),
                None => &mut query,
            };
        }
        Some(url)
    }

    /// The page behind one: what the answer says, else, in v3, the next number until a page is empty.
    pub(super) fn onward(api: Api, page: Option<&str>, said: Option<String>, found: usize) -> Option<String> {
        let number = page.and_then(|page| page.strip_prefix('n')).map_or(Some(1), |number| number.parse::<u32>().ok());
        match (said, api) {
            (Some(cursor), _) => Some(format!("c{cursor}")),
            (None, Api::V3) if found > 0 && page.is_none_or(|page| page.starts_with('n')) => {
                number.and_then(|number| number.checked_add(1)).map(|next| format!("n{next}"))
            }
            (None, _) => None,
        }
    }
}
