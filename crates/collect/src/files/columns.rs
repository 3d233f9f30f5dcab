//! The fields of a post, and the columns they are in.
//!
//! Fourteen fields are every table's, and `--map` names them. The others are only in tables of tools that polso knows
//! (see `layout`), where a row also says where a post stood.

use super::Error;

/// A field of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Text,
    Author,
    PostedAt,
    Lang,
    InReplyTo,
    Reposted,
    Likes,
    Reposts,
    Replies,
    Followers,
    Hashtags,
    Links,
    Mentions,
    // From here on known to the layouts of other tools alone.
    /// Other spellings of the author.
    AuthorAlso,
    /// Accounts that are answered, passed on or quoted.
    Others,
    /// The platform's name.
    Platform,
    /// What kind of post it is, in a word.
    Kind,
    /// `yes` or `no`.
    IsRepost,
    /// `yes` or `no`.
    IsQuote,
    /// `yes` or `no`.
    IsReply,
    /// The post's own address.
    Url,
    /// Where its id is unique: a board, a chat.
    Within,
    /// The headline of an article.
    Title,
    /// How an article begins.
    Opening,
    /// The site, paper or station that published it.
    Outlet,
    /// The time of day, where the date stands apart.
    Clock,
}

/// Number of fields that `--map` names.
pub(crate) const MAPPED: usize = 14;
/// Number of fields.
pub(crate) const FIELDS: usize = Field::Clock as usize + 1;

/// Name, and what exports usually call it (lower case, `_` for spaces), the most telling first.
const NAMES: [(Field, &str, &[&str]); MAPPED] = [
    (Field::Id, "id", &["id", "id_str", "tweet_id", "post_id", "status_id"]),
    (Field::Text, "text", &["text", "full_text", "body", "message", "content", "tweet"]),
    (
        Field::Author,
        "author",
        &[
            "author",
            "screen_name",
            "username",
            "user_name",
            "user_screen_name",
            "author_username",
            "twitter_screen_name",
            "user",
        ],
    ),
    (
        Field::PostedAt,
        "posted_at",
        &["posted_at", "created_at", "timestamp", "date", "datetime", "published", "post_created", "time"],
    ),
    (Field::Lang, "lang", &["lang", "language", "language_guess"]),
    (
        Field::InReplyTo,
        "in_reply_to",
        &["in_reply_to", "in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_id", "reply_to_status_id"],
    ),
    (
        Field::Reposted,
        "reposted",
        &["reposted", "retweeted_status_id_str", "retweeted_status_id", "retweet_status_id", "retweet_id"],
    ),
    (Field::Likes, "likes", &["likes", "like_count", "favorite_count", "favourite_count", "favorites"]),
    (Field::Reposts, "reposts", &["reposts", "retweet_count", "repost_count", "retweets", "shares"]),
    (Field::Replies, "replies", &["replies", "reply_count", "comments", "comment_count"]),
    (
        Field::Followers,
        "followers",
        &["followers", "followers_count", "follower_count", "user_followers_count", "followers_at_posting"],
    ),
    (Field::Hashtags, "hashtags", &["hashtags"]),
    (Field::Links, "links", &["links", "urls"]),
    (Field::Mentions, "mentions", &["mentions", "user_mentions"]),
];

impl Field {
    /// What no post can be without.
    pub(crate) const REQUIRED: [Self; 4] = [Self::Id, Self::Text, Self::Author, Self::PostedAt];

    /// The name as `--map` takes it.
    pub(crate) fn as_str(self) -> &'static str {
        NAMES.get(self as usize).map_or("url", |(_, name, _)| name)
    }

    /// All names, for messages.
    pub(crate) fn names() -> String {
        NAMES.map(|(_, name, _)| name).join(" ")
    }
}

/// Where the fields are: `FIELD=COLUMN` pairs. What it leaves out is looked for under its usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap {
    columns: [Option<String>; MAPPED],
}

impl FieldMap {
    /// Reads `FIELD=COLUMN` pairs; a column is a name or a dotted path. The last of two pairs for a field counts.
    pub fn parse<S: AsRef<str>>(pairs: &[S]) -> Result<Self, Error> {
        let mut map = Self::default();
        for pair in pairs.iter().map(AsRef::as_ref) {
            let (name, column) = pair.split_once('=').ok_or_else(|| Error::BadMap { pair: pair.to_owned() })?;
            let (name, column) = (name.trim(), column.trim());
            if column.is_empty() {
                return Err(Error::BadMap { pair: pair.to_owned() });
            }
            let known = NAMES.iter().find(|(_, known, _)| *known == name);
            let (field, ..) = known.ok_or_else(|| Error::UnknownField { field: name.to_owned() })?;
            map.columns[*field as usize] = Some(column.to_owned());
        }
        Ok(map)
    }

    /// The column a field was mapped to.
    pub(crate) fn column(&self, field: Field) -> Option<&str> {
        self.columns.get(field as usize)?.as_deref()
    }
}

/// A field that is nowhere, with the column it was mapped to.
pub(crate) struct Nowhere {
    pub field: Field,
    pub column: Option<String>,
    /// What is there instead, as far as it can be said.
    pub available: Vec<String>,
}

/// Finds every field's column; `place` says where a name is, if it is there.
///
/// A field that is required or mapped must be found.
pub(crate) fn resolve<P>(
    map: Option<&FieldMap>,
    place: impl Fn(&str) -> Option<P>,
) -> Result<[Option<P>; MAPPED], Nowhere> {
    let mut places = [const { None }; MAPPED];
    for (field, _, usual) in NAMES {
        let mapped = map.and_then(|map| map.column(field));
        let found = match mapped {
            Some(column) => place(column),
            None => usual.iter().find_map(|name| place(name)),
        };
        if found.is_none() && (mapped.is_some() || Field::REQUIRED.contains(&field)) {
            return Err(Nowhere { field, column: mapped.map(str::to_owned), available: Vec::new() });
        }
        places[field as usize] = found;
    }
    Ok(places)
}

/// How many of the fields a header has: tells a header from the lines above it.
pub(crate) fn likeness<P>(map: Option<&FieldMap>, place: impl Fn(&str) -> Option<P>) -> usize {
    let has = |(field, _, usual): &&(Field, &str, &[&str])| {
        let mapped = map.and_then(|map| map.column(*field)).and_then(&place);
        mapped.is_some() || usual.iter().any(|name| place(name).is_some())
    };
    NAMES.iter().filter(has).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_fields() {
        for (i, (field, ..)) in NAMES.iter().enumerate() {
            assert_eq!(*field as usize, i);
        }
    }

    #[test]
    fn a_wrong_pair_is_refused() {
        assert!(matches!(FieldMap::parse(&["text"]), Err(Error::BadMap { .. })));
        assert!(matches!(FieldMap::parse(&["text="]), Err(Error::BadMap { .. })));
        let error = FieldMap::parse(&["body=text"]).unwrap_err();
        assert!(error.hint().unwrap().contains("in_reply_to"));
    }

    #[test]
    fn the_map_wins_over_usual_names() {
        let map = FieldMap::parse(&["text=note"]).unwrap();
        let header = ["id", "text", "note", "author", "date"];
        let at = |name: &str| header.iter().position(|column| *column == name);
        assert_eq!(resolve(Some(&map), at).ok().unwrap()[Field::Text as usize], Some(2));
        let wrong = FieldMap::parse(&["likes=hearts"]).unwrap();
        assert_eq!(resolve(Some(&wrong), at).err().unwrap().field, Field::Likes);
    }
}
