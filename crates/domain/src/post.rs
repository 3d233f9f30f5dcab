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
    /// When it was posted: what it claims, unless that cannot be.
    pub posted: Timestamp,
    /// What it claims cannot be (see [`Claimed`]), and `posted` is when it was heard.
    pub doubtful_date: bool,
    /// Under which id its door can be asked for it again: opaque, never a name. `None` where the door tells deletions
    /// itself or is a file.
    pub ask_again: Option<String>,
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
    /// An account is gone, by its owner's will or the platform's: all its posts are taken back.
    Gone {
        /// The source it stood on.
        source: SourceId,
        /// The account, spelt as the handle of its posts.
        handle: String,
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
    /// When it was posted: what it claims, unless that cannot be.
    pub posted: Timestamp,
    /// What it claims cannot be, and `posted` is when it was heard.
    pub doubtful_date: bool,
    /// Under which id its door can be asked for it again; opaque.
    pub ask_again: Option<String>,
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
    /// An account is gone; all its posts must leave every file.
    Gone(AuthorKey),
}

/// A claimed time, weighed against when the post was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    /// When the post counts as posted.
    pub posted: Timestamp,
    /// The claim was missing or cannot be, and `posted` is when it was heard.
    pub doubtful: bool,
}

impl Claimed {
    /// Clocks of honest clients differ by this much, in milliseconds.
    const SKEW_MS: i64 = 120_000;

    /// Believes a claim that lies between the first platforms and the hearing, give or take two minutes; never lets a
    /// post be later than its hearing. Clients of open platforms may claim any time they like.
    pub fn weigh(claim: Option<Timestamp>, heard: Timestamp) -> Self {
        match claim {
            Some(claim) if claim.is_plausible(heard) && claim.millis() <= heard.millis() + Self::SKEW_MS => {
                Self { posted: claim.min(heard), doubtful: false }
            }
            _ => Self { posted: heard, doubtful: true },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_believed_within_reason() {
        let heard = Timestamp::from_millis(1_600_000_000_000);
        let weigh = |millis: i64| Claimed::weigh(Some(Timestamp::from_millis(millis)), heard);
        assert_eq!(weigh(1_500_000_000_000).posted.millis(), 1_500_000_000_000);
        assert_eq!(weigh(1_600_000_060_000), Claimed { posted: heard, doubtful: false });
        for impossible in [1_600_000_200_000, 0, i64::MAX, i64::MIN] {
            assert_eq!(weigh(impossible), Claimed { posted: heard, doubtful: true });
        }
        assert!(Claimed::weigh(None, heard).doubtful);
    }
}
