//! The collector against servers on loopback that speak both wires. Events have the shapes of real ones; their words and
//! names are invented.

mod holes;
mod live;
mod people;
mod random;
mod recordings;
mod replay;
mod search;
mod speed;

use super::config::{Patience, Wire};
use super::{Bluesky, Config};
use crate::collector::{Ask, Collector, Mode, Next, Span};
use crate::config::Places;
use crate::files::Row;
use crate::net::testing::client as loopback;
use crate::net::{AskError, Client};
use crate::track::{Tag, Track};
use polso_domain::{RawEvent, RawPost, Timestamp};
use std::time::Duration;
use url::Url;

/// 2026-08-01T13:55:55Z.
const NOW_MS: i64 = 1_785_592_555_000;
const NOW_US: i64 = NOW_MS * 1000;
const SECOND: i64 = 1_000_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn client() -> Client {
    loopback(at(NOW_MS))
}

fn track() -> Track {
    let tag = |name: &str| Tag { name: name.to_owned(), variants: Vec::new(), languages: Vec::new() };
    Track { any: vec![tag("Salute"), tag("influenza")], ..Track::default() }
}

/// A collector of these servers that is quick to lose its patience and looks nobody up.
fn collector(wire: Wire, compress: bool, hosts: &[&Url]) -> Bluesky {
    let mut config: Config = serde_json::from_str("{}").unwrap();
    (config.wire, config.compress, config.hydrate) = (wire, compress, false);
    config.hosts = hosts.iter().map(ToString::to_string).collect();
    with(&config)
}

fn with(config: &Config) -> Bluesky {
    let mut bluesky = config.build(&track(), &Places { secrets: "none".into(), sessions: "none".into() }).unwrap();
    bluesky.settings.patience = quick();
    bluesky
}

fn quick() -> Patience {
    let millis = Duration::from_millis;
    Patience { page: millis(60), idle: millis(150), stall: millis(400) }
}

/// What a listener would have stored.
#[derive(Default)]
struct Stored {
    cursor: Option<String>,
    rows: Vec<Row>,
    covered: Vec<Span>,
    lost: Vec<Span>,
    errors: Vec<AskError>,
    next: Next,
}

impl Stored {
    /// With a cursor at an instant.
    fn at(at_us: i64) -> Self {
        Self::with(format!(r#"{{"v":1,"at_us":{at_us},"page":1}}"#))
    }

    fn with(cursor: String) -> Self {
        Self { cursor: Some(cursor), ..Self::default() }
    }

    /// Asks for one page and stores it.
    async fn page(&mut self, bluesky: &mut Bluesky, client: &Client, mode: Mode) {
        let since = at(NOW_MS - 3_600_000);
        let ask = Ask { cursor: self.cursor.as_deref(), since, now: client.now(), mode };
        match bluesky.page(client, &ask).await {
            Ok(page) => {
                self.cursor = page.cursor.or(self.cursor.take());
                self.rows.extend(page.rows);
                self.covered.extend(page.covered);
                self.lost.extend(page.lost);
                self.next = page.next;
            }
            Err(error) => {
                self.next = Next::More;
                self.errors.push(error);
            }
        }
    }

    /// Catches up, through at most so many failures.
    async fn catch_up(&mut self, bluesky: &mut Bluesky, client: &Client, failures: usize) {
        loop {
            self.page(bluesky, client, Mode::CatchUp).await;
            if matches!(self.next, Next::CaughtUp(_)) || self.errors.len() > failures {
                return;
            }
        }
    }

    /// What the rows are, in order.
    fn said(&self) -> Vec<String> {
        self.rows.iter().map(said).collect()
    }

    fn posts(&self) -> Vec<&RawPost> {
        let post = |row| match row {
            &Row::Event(RawEvent::Post(ref post)) => Some(&**post),
            _ => None,
        };
        self.rows.iter().filter_map(post).collect()
    }
}

fn said(row: &Row) -> String {
    match row {
        Row::Event(RawEvent::Post(post)) => format!("post {}", tail(&post.id)),
        Row::Event(RawEvent::Delete { id, .. }) => format!("delete {}", tail(id)),
        Row::Event(RawEvent::Gone { handle, .. }) => format!("gone {handle}"),
        Row::SetAside(rejected) => format!("aside {} {}", rejected.reason.as_str(), rejected.detail),
        Row::Gap(_) | Row::Ignored => "nothing".to_owned(),
    }
}

fn tail(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or_default()
}
