//! The stored shape of an entry: one version byte, the time of the version it replaces, then the event, in postcard.
//!
//! These types mirror the domain's on purpose: the domain may change, records written last year may not.

use polso_domain::{AuthorKey, Event, Post, PostId, PostKind, Reach, Reference, SourceId, Timestamp};
use serde::{Deserialize, Serialize};

const VERSION: u8 = 1;

#[derive(Serialize, Deserialize)]
enum EventV1 {
    Post(Box<PostV1>),
    Delete { source: String, id: String },
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
pub(crate) struct Encoded(Vec<u8>);

impl Encoded {
    /// Of a post.
    pub(crate) fn post(post: &Post) -> Result<Self, postcard::Error> {
        postcard::to_stdvec(&EventV1::Post(Box::new(to_stored(post)))).map(Self)
    }

    /// Of a deletion.
    pub(crate) fn delete(gone: &Reference) -> Result<Self, postcard::Error> {
        let (source, id) = (gone.source.as_str().to_owned(), gone.id.as_str().to_owned());
        postcard::to_stdvec(&EventV1::Delete { source, id }).map(Self)
    }

    /// Equal prints are the same version of a post, whenever it was received.
    pub(crate) fn print(&self) -> i64 {
        fingerprint(&self.0)
    }

    /// The bytes of the record.
    pub(crate) fn record(&self, replaces: Option<Timestamp>) -> Result<Vec<u8>, postcard::Error> {
        let mut bytes = postcard::to_extend(&replaces.map(Timestamp::millis), vec![VERSION])?;
        bytes.extend_from_slice(&self.0);
        Ok(bytes)
    }
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
    if version != VERSION {
        return None;
    }
    let (replaces, rest): (Option<i64>, _) = postcard::take_from_bytes(rest).ok()?;
    let event = match postcard::from_bytes(rest).ok()? {
        EventV1::Post(post) => Event::Post(Box::new(from_stored(*post, received?)?)),
        EventV1::Delete { source, id } => {
            Event::Delete(Reference { source: SourceId::new(&source)?, id: PostId::new(id) })
        }
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
