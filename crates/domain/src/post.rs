//! A post on both sides of the privacy gate.

use crate::{AuthorKey, PostId, SourceId, Timestamp};

/// What somebody does with a post. Counts differ: a repost is not a second opinion, a reply is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostKind {
    /// Said first here.
    Original,
    /// Answers another post.
    Reply,
    /// Passes another post on, unchanged.
    Repost,
    /// Passes another post on with words of its own.
    Quote,
}

impl PostKind {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Reply => "reply",
            Self::Repost => "repost",
            Self::Quote => "quote",
        }
    }
}

/// How far a post went, as far as its source says. `None` is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// Followers of the author when the post was read.
    pub followers: Option<u32>,
    /// Likes, favourites, reactions.
    pub likes: Option<u32>,
    /// Reposts.
    pub reposts: Option<u32>,
    /// Replies.
    pub replies: Option<u32>,
}

/// An account as a platform names it. Lives only in front of the gate.
#[derive(Default)]
pub struct RawAuthor {
    /// The handle without its `@`; where a source has none, its account id.
    pub handle: String,
    /// The account's other spellings (numeric id, DID, display name): removed from texts, never stored.
    pub also: Vec<String>,
}

/// A post as it came, with its names. No `Clone`, no `Debug`, no way to store it: it dies at the gate.
pub struct RawPost {
    /// Its source.
    pub source: SourceId,
    /// The id as the platform spells it.
    pub id: String,
    /// Who posted it.
    pub author: RawAuthor,
    /// The words, as posted.
    pub text: String,
    /// The platform's own language tag, a hint at best.
    pub lang: Option<String>,
    /// When it says it was posted.
    pub posted: Timestamp,
    /// What kind of post it is.
    pub kind: PostKind,
    /// Id of the post it answers.
    pub in_reply_to: Option<String>,
    /// Id of the post it passes on or quotes.
    pub reposted: Option<String>,
    /// Accounts it names, the reposted and answered author included.
    pub mentions: Vec<RawAuthor>,
    /// Hashtags without `#`.
    pub hashtags: Vec<String>,
    /// Links, expanded where the source does.
    pub links: Vec<String>,
    /// How far it went.
    pub reach: Reach,
}

/// One thing a source says, in front of the gate.
pub enum RawEvent {
    /// A post, new or edited.
    Post(Box<RawPost>),
    /// A post was taken back.
    Delete {
        /// The source it stood on.
        source: SourceId,
        /// The id as the platform spells it.
        id: String,
    },
}

/// A post without names.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// Its source.
    pub source: SourceId,
    /// Its id, safe to show.
    pub id: PostId,
    /// Who posted it.
    pub author: AuthorKey,
    /// The words, with accounts, addresses and telephone numbers replaced.
    pub text: String,
    /// The platform's own language tag, a hint at best.
    pub lang_hint: Option<String>,
    /// When it says it was posted.
    pub posted: Timestamp,
    /// When polso read it.
    pub received: Timestamp,
    /// What kind of post it is.
    pub kind: PostKind,
    /// The post it answers.
    pub in_reply_to: Option<PostId>,
    /// The post it passes on or quotes.
    pub reposted: Option<PostId>,
    /// Accounts it names.
    pub mentions: Vec<AuthorKey>,
    /// Hashtags without `#`, lowercase.
    pub hashtags: Vec<String>,
    /// Links that do not point at a person.
    pub links: Vec<String>,
    /// How far it went.
    pub reach: Reach,
}

/// A post as other posts and deletions point at it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Its source.
    pub source: SourceId,
    /// Its id.
    pub id: PostId,
}

/// One thing a source said, behind the gate: what the stream holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A post, new or edited: the latest one with an id is the one that counts.
    Post(Box<Post>),
    /// A post was taken back; it must leave every file.
    Delete(Reference),
}
