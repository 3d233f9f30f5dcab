//! What is said in the synthetic world, and when it is now.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::AtomicI64;
use std::time::Instant;

/// 2026-08-01T12:00:00Z, in milliseconds.
const BEGINNING_MS: i64 = 1_785_585_600_000;

/// Something that happens.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) at_ms: i64,
    pub(crate) person: usize,
    /// The number of the post it is about.
    pub(crate) post: usize,
    pub(crate) what: What,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A post with a hashtag.
    Says(&'static str),
    /// The post is worded anew, with this hashtag.
    Edits(&'static str),
    /// The post is taken back.
    Deletes,
    /// The person's account is deleted.
    Leaves,
}

/// A post as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) at_ms: i64,
    pub(crate) person: usize,
    pub(crate) number: usize,
    pub(crate) tag: &'static str,
    pub(crate) edited: bool,
}

/// The world. Its clock stands where a test puts it and goes on from there.
pub(crate) struct World {
    events: Mutex<Vec<Event>>,
    clock: Mutex<(i64, Instant)>,
    /// Jetstreams begin here, whatever they are asked for; in milliseconds.
    pub(crate) held_from_ms: AtomicI64,
    /// Items on a page of the feed.
    pub(crate) feed_items: usize,
}

impl World {
    pub(crate) fn new(events: Vec<Event>) -> Self {
        let clock = Mutex::new((BEGINNING_MS, Instant::now()));
        Self { events: Mutex::new(events), clock, held_from_ms: AtomicI64::new(0), feed_items: 1000 }
    }

    /// Posts at even distances, the last one at the beginning of everything; each `followed_every`th is followed.
    pub(crate) fn talk(posts: usize, followed_every: usize, every_ms: i64) -> Vec<Event> {
        let said = |n: usize| Event {
            at_ms: BEGINNING_MS - i64::try_from(posts - 1 - n).unwrap() * every_ms,
            person: n % 23,
            post: n,
            what: What::Says(if n.is_multiple_of(followed_every) { "salute" } else { "altro" }),
        };
        (0..posts).map(said).collect()
    }

    pub(crate) fn add(&self, events: impl IntoIterator<Item = Event>) {
        let mut all = self.events.lock().unwrap();
        all.extend(events);
        all.sort_by_key(|event| event.at_ms);
    }

    /// When its first post was written; the present if there is none.
    pub(crate) fn beginning(&self) -> String {
        let first = self.events.lock().unwrap().first().map(|event| event.at_ms);
        stamp(first.unwrap_or_else(|| self.now_ms()))
    }

    pub(crate) fn now_ms(&self) -> i64 {
        let (at_ms, since) = *self.clock.lock().unwrap();
        at_ms + i64::try_from(since.elapsed().as_millis()).unwrap()
    }

    /// The present, as `--now` takes it.
    pub(crate) fn now(&self) -> String {
        stamp(self.now_ms())
    }

    pub(crate) fn go_on(&self, ms: i64) {
        let mut clock = self.clock.lock().unwrap();
        clock.0 += ms;
    }

    /// Everything that has happened by now, from an instant on, in its order.
    pub(crate) fn since(&self, from_ms: i64) -> Vec<Event> {
        let now_ms = self.now_ms();
        let all = self.events.lock().unwrap();
        let first = all.partition_point(|event| event.at_ms < from_ms);
        let last = all.partition_point(|event| event.at_ms <= now_ms);
        all[first.min(last)..last].to_vec()
    }

    /// Posts as they stand now, the oldest first.
    pub(crate) fn posts(&self) -> Vec<Post> {
        let mut posts: BTreeMap<usize, Post> = BTreeMap::new();
        for Event { at_ms, person, post: number, what } in self.since(i64::MIN) {
            match what {
                What::Says(tag) => drop(posts.insert(number, Post { at_ms, person, number, tag, edited: false })),
                What::Edits(tag) => {
                    if let Some(post) = posts.get_mut(&number) {
                        (post.tag, post.edited) = (tag, true);
                    }
                }
                What::Deletes => drop(posts.remove(&number)),
                What::Leaves => posts.retain(|_, post| post.person != person),
            }
        }
        let mut posts: Vec<Post> = posts.into_values().collect();
        posts.sort_by_key(|post| post.at_ms);
        posts
    }

    /// The numbers of the followed posts.
    pub(crate) fn followed(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> =
            self.posts().iter().filter(|post| post.tag == "salute").map(|post| post.number).collect();
        numbers.sort_unstable();
        numbers
    }
}

impl Post {
    /// What it says, without the hashtag; it calls somebody by name.
    pub(crate) fn words(&self) -> String {
        let Self { number, edited, .. } = self;
        let edited = if *edited { ", corretta" } else { "" };
        format!("Oggi resto a casa con la mia famiglia e sono felice, voce {number} di tante{edited}, ciao")
    }

    /// Whom it calls.
    pub(crate) fn called(&self) -> usize {
        (self.number + 5) % 23
    }
}

/// The number of a post, from its text on any wire; `None` if it is none of this world.
pub(crate) fn number(text: &str) -> Option<usize> {
    text.split_once(", voce ")?.1.split(' ').next()?.parse().ok()
}

/// An instant as it is written.
pub(crate) fn stamp(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms).unwrap().to_string()
}

/// Somebody's name on every platform but Bluesky.
pub(crate) fn handle(person: usize) -> String {
    format!("seed_anna_{person}")
}

/// Somebody's name in words.
pub(crate) fn display_name(person: usize) -> String {
    format!("Seedanna Bianchi {person}")
}

/// Somebody's name on Bluesky.
pub(crate) fn did(person: usize) -> String {
    format!("did:plc:seedanna{person:04}")
}
