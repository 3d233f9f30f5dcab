//! Four silences, never mixed: no posts, closed, failed, not asked. Each in the exit code, on stderr, in the ledger and in
//! the report.

use super::Town;
use crate::platform::{self, Server, World};
use crate::support::{Place, Ran};
use serde_json::Value;
use std::net::TcpListener;
use std::sync::Arc;

const DAY: &str = "2026-08-01";

/// A world in which nobody says what is followed, with five doors to it.
struct Silent {
    world: Arc<World>,
    place: Place,
    _open: [Server; 2],
}

impl Silent {
    fn new() -> Self {
        let world = Arc::new(World::new(World::talk(50, 1_000, 60_000).split_off(1)));
        let (open, shut) = (Server::honest(&world), Server::honest(&world));
        shut.say(Some(401));
        // A port that nobody listens at.
        let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let named = |name: &str, port: u16| {
            format!("[[collect.feed]]\nname = \"{name}\"\nurl = \"http://127.0.0.1:{port}/feed.xml\"\n")
        };
        let sources = [
            platform::mastodon(&open),
            named("shut", shut.port),
            named("dead", nobody),
            "[[collect.youtube]]\nkey_file = \"no_such_key\"\n".to_owned(),
        ];
        let place = Place::with_settings(&platform::settings(&world, &sources.concat()));
        Self { world, place, _open: [open, shut] }
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.place.run(&[&["--now", &self.world.now()], args].concat())
    }
}

/// What the ledger says of each door: whether it answered, said "closed", failed, and more than a moment is missing.
fn ledger(place: &Place) -> Vec<(String, [bool; 4])> {
    let sql = "SELECT source, sum(answered) AS a, sum(closed) AS c, sum(failed) AS f, sum(minutes_missed) / 5 AS m \
               FROM ledger GROUP BY source ORDER BY source";
    let rows = place.done(&["query", sql, "--format", "csv"]);
    let row = |line: &str| {
        let mut cells = line.split(',');
        let source = cells.next().unwrap().to_owned();
        let numbers: Vec<bool> = cells.map(|cell| cell.parse::<f64>().unwrap() >= 1.0).collect();
        (source, numbers.try_into().unwrap())
    };
    rows.lines().skip(1).map(row).collect()
}

#[test]
fn each_silence_is_told_apart_everywhere() {
    let silent = Silent::new();
    let ran = silent.run(&["collect"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let said = &ran.stderr;
    assert!(said.contains("mastodon: 0 new posts"), "{said}");
    assert!(said.contains("shut (closed):") && said.contains("is closed: status 401"), "{said}");
    assert!(said.contains("dead (failed):") && said.contains("cannot be reached"), "{said}");
    assert!(said.contains("youtube:") && said.contains("no_such_key"), "{said}");
    assert!(said.matches("hint:").count() >= 3, "{said}");

    assert_eq!(silent.run(&["classify"]).code, 0);
    let expected = [
        ("dead", [false, false, true, true]),
        ("mastodon", [true, false, false, false]),
        ("shut", [true, true, false, true]),
        ("youtube", [false, false, false, true]),
    ];
    assert_eq!(ledger(&silent.place), expected.map(|(door, says)| (door.to_owned(), says)));

    for command in ["aggregate", "report"] {
        assert!(silent.run(&[command, "--day", DAY]).code < 2);
    }
    let report: Value = serde_json::from_str(&silent.place.read(&format!("data/reports/{DAY}/report.json"))).unwrap();
    let states: Vec<(&str, &str)> = report["coverage"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["source"].as_str().unwrap(), row["state"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [("dead", "failed"), ("mastodon", "no_posts"), ("shut", "closed"), ("youtube", "not_asked")]);
    assert_eq!(report["status"], "no_data");
}

#[test]
fn without_a_contact_nobody_is_asked() {
    let town = Town::new(World::talk(40, 4, 5_000), "hydrate = false");
    let settings = town.place.read("polso.toml").replace("mood@polso.example", "");
    town.place.put("polso.toml", settings.as_bytes());
    let ran = town.run(&["collect"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("set `collect.contact`"), "{}", ran.stderr);
    assert!(town.jetstream.asked().is_empty() && town.instance.asked().is_empty() && town.feed.asked().is_empty());
    assert_eq!(town.run(&["classify"]).code, 0);
    let not_asked = [false, false, false, true];
    let expected = ["bluesky", "feed", "mastodon"].map(|door| (door.to_owned(), not_asked));
    assert_eq!(ledger(&town.place), expected);
}

#[test]
fn each_door_has_its_line_in_the_check() {
    let silent = Silent::new();
    let ran = silent.run(&["check"]);
    assert_eq!(ran.code, 2);
    let lines: Vec<&str> = ran.stdout.lines().chain(ran.stderr.lines()).collect();
    let line = |door: &str| {
        let found: Vec<&&str> = lines.iter().filter(|line| line.contains(&format!(" {door}"))).collect();
        assert_eq!(found.len(), 1, "{door}: {lines:#?}");
        found[0].to_string()
    };
    assert!(line("mastodon").contains('✔') && line("mastodon").contains("open"));
    for door in ["shut", "dead", "youtube"] {
        assert!(line(door).contains('✖'), "{}", line(door));
    }
}

#[test]
fn a_source_that_falls_silent_is_named_with_whom_to_blame() {
    // Five days of twelve posts an hour.
    let world = Arc::new(World::new(World::talk(5 * 24 * 12, 1, 300_000)));
    let server = Server::honest(&world);
    let sources = [platform::mastodon(&server), platform::feed(&server)].concat();
    let place = Place::with_settings(&platform::settings(&world, &sources));
    let run = || place.run(&["--now", &world.now(), "collect"]);
    let lively = run();
    assert_eq!(lively.code, 0, "{}", lively.stderr);

    world.go_on(4 * 3_600_000);
    let quiet = run();
    assert_eq!(quiet.code, 1, "{}", quiet.stderr);
    let blame = |said: &str, door: &str, whom: &str| {
        let line = said.lines().find(|line| line.contains(&format!("{door} has been quiet for")));
        assert!(line.is_some_and(|line| line.contains(whom)), "{door}: {said}");
    };
    blame(&quiet.stderr, "mastodon", "it is the platform");
    blame(&quiet.stderr, "feed", "it is the platform");

    server.say(Some(403));
    world.go_on(20 * 3_600_000);
    let closed = run();
    assert_eq!(closed.code, 1);
    blame(&closed.stderr, "mastodon", "closed to the collector");
    blame(&closed.stderr, "feed", "closed to the collector");
}
