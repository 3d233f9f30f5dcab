//! The collector against an instance on loopback that behaves like a real one: ids made from times, pages in both
//! directions, refusals in its words. All people and places in it are made up.

mod answers;
mod doors;
mod live;
mod losing;
mod recheck;
mod recordings;
mod rounds;
mod words;

use super::{Config, Mastodon};
use crate::collector::{Ask, Collector, Mode, Next, Page, Span};
use crate::config::Places;
use crate::files::Row;
use crate::net::testing::{Heard, Reply, Server, client_with};
use crate::net::{AskError, Client};
use crate::track::{Tag, Track};
use polso_domain::{RawEvent, RawPost, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

const NOW_MS: i64 = 1_785_592_555_000; // 2026-08-01T13:55:55Z
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 3_600_000;

/// An instance: what it holds and how it behaves.
struct World {
    posts: BTreeMap<u64, Value>,
    contexts: BTreeMap<u64, Value>,
    about: Reply,
    /// Instead of timelines, if set.
    timeline: Option<Reply>,
    /// Posts on a page at most; servers give fewer than they were asked for.
    page: usize,
    takes_batches: bool,
    /// The host is something else now.
    elsewhere: bool,
    wants_token: Option<&'static str>,
}

impl World {
    fn new() -> Self {
        Self {
            posts: BTreeMap::new(),
            contexts: BTreeMap::new(),
            about: about(&json!({"local": "public", "remote": "public"}), None),
            timeline: None,
            page: 40,
            takes_batches: true,
            elsewhere: false,
            wants_token: None,
        }
    }

    /// Puts a post where its time puts it; gives its id.
    fn put(&mut self, at_ms: i64, name: &str, changes: Value) -> u64 {
        let mut id = u64::try_from(at_ms).unwrap() << 16;
        while self.posts.contains_key(&id) {
            id += 1;
        }
        let mut status = status(id, at_ms, name);
        merge(&mut status, changes);
        self.posts.insert(id, status);
        id
    }

    fn answer(&self, heard: &Heard) -> Reply {
        let path: Vec<&str> = heard.path().trim_matches('/').split('/').collect();
        let token = heard.headers.get("authorization").and_then(|value| value.strip_prefix("Bearer "));
        if self.wants_token.is_some_and(|wanted| token.is_some_and(|token| token != wanted)) {
            return Reply { status: 401, ..Reply::json(r#"{"error":"The access token is invalid"}"#) };
        }
        if self.elsewhere {
            return Reply::new(404, "<html>no such page");
        }
        match path[..] {
            ["api", "v2", "instance"] => self.about.clone(),
            ["api", "v1", "timelines", "tag", tag] => {
                self.timeline.clone().unwrap_or_else(|| self.timeline_of(tag, heard))
            }
            ["api", "v1", "statuses"] if self.takes_batches => {
                let url = url::Url::parse("http://x").unwrap().join(&heard.target).unwrap();
                let ids = url.query_pairs().filter(|(key, _)| key == "id[]");
                let found: Vec<&Value> = ids.filter_map(|(_, id)| self.posts.get(&id.parse::<u64>().ok()?)).collect();
                Reply::json(json!(found).to_string())
            }
            ["api", "v1", "statuses", id] => found(id.parse().ok().and_then(|id: u64| self.posts.get(&id))),
            ["api", "v1", "statuses", id, "context"] => {
                found(id.parse().ok().and_then(|id: u64| self.contexts.get(&id)))
            }
            _ => found(None),
        }
    }

    fn timeline_of(&self, tag: &str, heard: &Heard) -> Reply {
        let number = |name: &str| heard.query(name).map(|id| id.parse::<u64>().unwrap());
        let (max, min) = (number("max_id").unwrap_or(u64::MAX), number("min_id").unwrap_or(0));
        let limit = usize::try_from(number("limit").unwrap_or(20)).unwrap().min(self.page);
        let has_tag =
            |status: &Value| status["tags"].as_array().is_some_and(|tags| tags.iter().any(|own| own["name"] == tag));
        let fits = self.posts.iter().filter(|(id, status)| **id < max && **id > min && has_tag(status));
        let mut fits: Vec<&Value> = fits.map(|(_, status)| status).collect();
        if heard.query("local").is_some() {
            fits.retain(|status| !status["account"]["acct"].as_str().unwrap().contains('@'));
        }
        // Right above `min_id`, or right below `max_id`; newest first either way.
        if min == 0 {
            fits.reverse();
            fits.truncate(limit);
        } else {
            fits.truncate(limit);
            fits.reverse();
        }
        Reply::json(json!(fits).to_string())
    }
}

fn found(what: Option<&Value>) -> Reply {
    what.map_or_else(
        || Reply { status: 404, ..Reply::json(r#"{"error":"Record not found"}"#) },
        |what| Reply::json(what.to_string()),
    )
}

/// Puts other fields in the place of those of an object.
fn merge(into: &mut Value, changes: Value) {
    if let (Value::Object(into), Value::Object(changes)) = (into, changes) {
        into.extend(changes);
    }
}

/// What an instance says of itself.
fn about(hashtag_feeds: &Value, streaming: Option<&str>) -> Reply {
    let urls = json!({"streaming": streaming, "status": null});
    let configuration =
        json!({"urls": urls, "timelines_access": {"hashtag_feeds": hashtag_feeds}, "limited_federation": false});
    Reply::json(json!({"domain": "m.example", "version": "4.6.4", "configuration": configuration}).to_string())
}

/// A post as a real instance writes it.
fn status(id: u64, at_ms: i64, name: &str) -> Value {
    json!({
        "id": id.to_string(), "created_at": time(at_ms), "edited_at": null,
        "in_reply_to_id": null, "in_reply_to_account_id": null, "sensitive": false, "spoiler_text": "",
        "visibility": "public", "language": "it",
        "uri": format!("https://home.example/ap/users/{name}/statuses/{id}"),
        "url": format!("https://home.example/@{name}/{id}"),
        "replies_count": 1, "reblogs_count": 2, "favourites_count": 3, "quotes_count": 0,
        "content": "<p>Resto <a href=\"https://home.example/tags/casa\" class=\"mention hashtag\" rel=\"tag\">#<span>Casa</span></a></p>",
        "reblog": null, "quote": null, "card": null, "poll": null, "media_attachments": [], "mentions": [], "emojis": [],
        "account": {
            "id": "9", "username": name, "acct": format!("{name}@home.example"), "display_name": "", "locked": false,
            "bot": false, "discoverable": true, "indexable": true, "noindex": false, "note": "", "group": false,
            "url": format!("https://home.example/@{name}"), "uri": format!("https://home.example/ap/users/{name}"),
            "followers_count": 7, "fields": []
        },
        "tags": [{"name": "casa", "url": "https://m.example/tags/casa"}]
    })
}

fn time(at_ms: i64) -> String {
    crate::stamp::to_rfc3339(Timestamp::from_millis(at_ms))
}

/// A running instance with a collector in front of it.
struct Scene {
    world: Arc<Mutex<World>>,
    server: Server,
    now_ms: Arc<AtomicI64>,
    client: Client,
    cursor: Option<String>,
    since: Timestamp,
    secrets: tempfile::TempDir,
}

impl Scene {
    async fn new(world: World) -> Self {
        let world = Arc::new(Mutex::new(world));
        let own = Arc::clone(&world);
        let server = Server::start(move |heard| own.lock().unwrap().answer(&heard)).await;
        let now_ms = Arc::new(AtomicI64::new(NOW_MS));
        let clock = Arc::clone(&now_ms);
        let client = client_with(Arc::new(move || Timestamp::from_millis(clock.load(Ordering::Relaxed))));
        let secrets = tempfile::tempdir().unwrap();
        crate::secret::write(&secrets.path().join("token"), "seed-token").unwrap();
        let since = Timestamp::from_millis(NOW_MS - 48 * HOUR_MS);
        Self { world, server, now_ms, client, cursor: None, since, secrets }
    }

    fn config(&self, changes: Value) -> Config {
        let mut config = json!({"instance": self.server.url.as_str()});
        merge(&mut config, changes);
        serde_json::from_value(config).unwrap()
    }

    fn collector(&self, changes: Value) -> Mastodon {
        self.try_collector(changes).unwrap()
    }

    fn try_collector(&self, changes: Value) -> Result<Mastodon, AskError> {
        let places = Places { secrets: self.secrets.path().to_owned(), sessions: self.secrets.path().to_owned() };
        Mastodon::new(&self.config(changes), &track(), &places)
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now_ms.load(Ordering::Relaxed))
    }

    fn pass(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }

    fn world(&self) -> std::sync::MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// One page, stored.
    async fn page(&mut self, collector: &mut Mastodon, mode: Mode) -> Result<Page, AskError> {
        let ask = Ask { cursor: self.cursor.as_deref(), since: self.since, now: self.now(), mode };
        let page = collector.page(&self.client, &ask).await?;
        if page.cursor.is_some() {
            self.cursor.clone_from(&page.cursor);
        }
        Ok(page)
    }

    /// Pages until everything is read.
    async fn round(&mut self, collector: &mut Mastodon) -> Result<Round, AskError> {
        let mut round = Round::default();
        loop {
            let page = self.page(collector, Mode::CatchUp).await?;
            round.covered = page.covered.or(round.covered);
            round.rows.extend(page.rows);
            if matches!(page.next, Next::CaughtUp(_)) {
                return Ok(round);
            }
        }
    }

    /// Addresses asked for since the last look, without the host.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.server.asked.lock().unwrap())
    }
}

/// What a round gave.
#[derive(Default)]
struct Round {
    rows: Vec<Row>,
    covered: Option<Span>,
}

impl Round {
    fn posts(&self) -> Vec<&RawPost> {
        posts(&self.rows)
    }

    fn deleted(&self) -> Vec<&str> {
        deleted(&self.rows)
    }

    /// The instance's ids of the posts, in order.
    fn ids(&self) -> Vec<u64> {
        self.posts().iter().map(|post| post.ask_again.as_ref().unwrap().parse().unwrap()).collect()
    }
}

fn posts(rows: &[Row]) -> Vec<&RawPost> {
    let post = |row| match row {
        &Row::Event(RawEvent::Post(ref post)) => Some(&**post),
        _ => None,
    };
    rows.iter().filter_map(post).collect()
}

fn deleted(rows: &[Row]) -> Vec<&str> {
    let id = |row| match row {
        &Row::Event(RawEvent::Delete { ref id, .. }) => Some(id.as_str()),
        _ => None,
    };
    rows.iter().filter_map(id).collect()
}

fn track() -> Track {
    Track {
        any: vec![Tag { name: "Casa".to_owned(), variants: Vec::new(), languages: Vec::new() }],
        ..Track::default()
    }
}
