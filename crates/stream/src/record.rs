//! The stored shape of an entry: one version byte, the time of the version it replaces, then the event, in postcard.
//!
//! Version 2 adds whether a post's date is doubtful, and accounts that are gone. Prints are taken of what version 1 would
//! have said, so that posts of older files stay known.
//!
//! These types mirror the domain's on purpose: the domain may change, records written last year may not.

use polso_domain::{AuthorKey, Event, Post, PostId, PostKind, Reach, Reference, SourceId, Timestamp};
use serde::{Deserialize, Serialize};

const VERSION: u8 = 2;

#[derive(Serialize, Deserialize)]
enum EventV1 {
    Post(Box<PostV1>),
    Delete { source: String, id: String },
}

#[derive(Serialize, Deserialize)]
enum EventV2 {
    Post { post: Box<PostV1>, doubtful_date: bool },
    Delete { source: String, id: String },
    Gone { author: [u8; 16] },
}

#[derive(Serialize, Deserialize)]
struct PostV1 {
    source: String,
    id: String,
    author: [u8; 16],
    text: String,
    lang_hint: Option<String>,
    posted: i64,
    kind: u8,
    in_reply_to: Option<String>,
    reposted: Option<String>,
    mentions: Vec<[u8; 16]>,
    hashtags: Vec<String>,
    links: Vec<String>,
    reach: [Option<u32>; 4],
}

const KINDS: [PostKind; 4] = [PostKind::Original, PostKind::Reply, PostKind::Repost, PostKind::Quote];

/// An event ready to be written.
pub(crate) struct Encoded(EventV2);

impl Encoded {
    /// Of a post.
    pub(crate) fn post(post: &Post) -> Self {
        Self(EventV2::Post { post: Box::new(to_stored(post)), doubtful_date: post.doubtful_date })
    }

    /// Of a deletion.
    pub(crate) fn delete(gone: &Reference) -> Self {
        Self(EventV2::Delete { source: gone.source.as_str().to_owned(), id: gone.id.as_str().to_owned() })
    }

    /// Of an account that is gone.
    pub(crate) fn gone(author: AuthorKey) -> Self {
        Self(EventV2::Gone { author: *author.bytes() })
    }

    /// The bytes of the record.
    pub(crate) fn record(&self, replaces: Option<Timestamp>) -> Result<Vec<u8>, postcard::Error> {
        let bytes = postcard::to_extend(&replaces.map(Timestamp::millis), vec![VERSION])?;
        postcard::to_extend(&self.0, bytes)
    }
}

/// Equal prints are the same version of a post, whenever it was received. Of a post that a collector meets again and
/// again (`at_door`) its counts are no part of the version, and neither is a date that is only the time of hearing.
pub(crate) fn print(post: &Post, at_door: bool) -> Result<i64, postcard::Error> {
    let mut stored = to_stored(post);
    if at_door {
        stored.reach = [None; 4];
    }
    if post.doubtful_date {
        stored.posted = 0;
    }
    postcard::to_stdvec(&EventV1::Post(Box::new(stored))).map(|bytes| fingerprint(&bytes))
}

/// 64 bits of a hash of some bytes.
pub(crate) fn fingerprint(bytes: &[u8]) -> i64 {
    let hash = blake3::hash(bytes);
    let mut short = [0; 8];
    short.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_le_bytes(short)
}

/// Reads what [`Encoded::record`] gave; `None` when the bytes are damaged. `received` stands beside the record.
pub(crate) fn decode(bytes: &[u8], received: Option<i64>) -> Option<(Event, Option<Timestamp>)> {
    let (&version, rest) = bytes.split_first()?;
    let (replaces, rest): (Option<i64>, _) = postcard::take_from_bytes(rest).ok()?;
    let event = match version {
        1 => match postcard::from_bytes(rest).ok()? {
            EventV1::Post(post) => EventV2::Post { post, doubtful_date: false },
            EventV1::Delete { source, id } => EventV2::Delete { source, id },
        },
        VERSION => postcard::from_bytes(rest).ok()?,
        _ => return None,
    };
    let event = match event {
        EventV2::Post { post, doubtful_date } => {
            Event::Post(Box::new(Post { doubtful_date, ..from_stored(*post, received?)? }))
        }
        EventV2::Delete { source, id } => {
            Event::Delete(Reference { source: SourceId::new(&source)?, id: PostId::new(id) })
        }
        EventV2::Gone { author } => Event::Gone(AuthorKey::new(author)),
    };
    Some((event, replaces.map(Timestamp::from_millis)))
}

fn to_stored(post: &Post) -> PostV1 {
    let id = |id: &PostId| id.as_str().to_owned();
    PostV1 {
        source: post.source.as_str().to_owned(),
        id: id(&post.id),
        author: *post.author.bytes(),
        text: post.text.clone(),
        lang_hint: post.lang_hint.clone(),
        posted: post.posted.millis(),
        kind: post.kind as u8,
        in_reply_to: post.in_reply_to.as_ref().map(id),
        reposted: post.reposted.as_ref().map(id),
        mentions: post.mentions.iter().map(|key| *key.bytes()).collect(),
        hashtags: post.hashtags.clone(),
        links: post.links.clone(),
        reach: [post.reach.followers, post.reach.likes, post.reach.reposts, post.reach.replies],
    }
}

fn from_stored(post: PostV1, received: i64) -> Option<Post> {
    let [followers, likes, reposts, replies] = post.reach;
    Some(Post {
        source: SourceId::new(&post.source)?,
        id: PostId::new(post.id),
        author: AuthorKey::new(post.author),
        text: post.text,
        lang_hint: post.lang_hint,
        posted: Timestamp::from_millis(post.posted),
        doubtful_date: false,
        ask_again: None,
        received: Timestamp::from_millis(received),
        kind: *KINDS.get(usize::from(post.kind))?,
        in_reply_to: post.in_reply_to.map(PostId::new),
        reposted: post.reposted.map(PostId::new),
        mentions: post.mentions.into_iter().map(AuthorKey::new).collect(),
        hashtags: post.hashtags,
        links: post.links,
        reach: Reach { followers, likes, reposts, replies },
    })
}
