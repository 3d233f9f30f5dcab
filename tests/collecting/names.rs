//! No handle, DID or display name of the synthetic world in any byte that collecting leaves behind.

use crate::platform::{self, Event, Server, What, World};
use crate::support::Place;
use std::sync::Arc;

/// What every name of the world has in it, in any spelling.
const NAMES: [&str; 4] = ["seed_anna_", "seedanna", "Bianchi", "did:plc"];

fn assert_nameless(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    for name in NAMES {
        let name = name.to_lowercase();
        if let Some(at) = text.find(&name) {
            let around: String = text[..at].chars().rev().take(80).collect();
            panic!("`{name}` in {what}, behind: {}", around.chars().rev().collect::<String>());
        }
    }
}

#[test]
fn no_name_is_in_any_byte_and_no_line() {
    let mut events = World::talk(200, 2, 5_000);
    let last = events.last().unwrap().at_ms;
    let then = |post: usize, what| Event { at_ms: last, person: post % 23, post, what };
    events.extend([then(2, What::Edits("salute")), then(4, What::Deletes), then(6, What::Leaves)]);
    let world = Arc::new(World::new(events));
    let server = || Server::honest(&world);
    let (jetstream, appview, instance, feed) = (server(), server(), server(), server());
    let sources =
        [platform::bluesky_with(&jetstream, &appview, ""), platform::mastodon(&instance), platform::feed(&feed)];
    let place = Place::with_settings(&platform::settings(&world, &sources.concat()));
    let now = world.now();
    for command in [&["check"][..], &["collect"], &["collect", "--recheck"], &["run", "--day", "today"], &["collect"]] {
        let ran = place.run(&[&["-vv", "--now", &now], command].concat());
        assert!(ran.code < 2, "{command:?}: {}", ran.stderr);
        assert_nameless(&format!("what {command:?} said"), format!("{}{}", ran.stdout, ran.stderr).as_bytes());
    }
    assert!(appview.asked().iter().any(|target| target.contains("getProfiles")), "no author was looked up");

    let files = place.files("data");
    assert!(files.iter().any(|path| path.ends_with("polso.db")) && files.len() > 5);
    for path in files {
        // Parquet is compressed; its rows are read below.
        if path.extension().is_none_or(|extension| extension != "parquet") {
            assert_nameless(&path.display().to_string(), &std::fs::read(&path).unwrap());
        }
    }
    for table in ["observations", "summaries", "ledger"] {
        let rows = place.done(&["query", &format!("SELECT * FROM {table}"), "--format", "json"]);
        assert!(rows.lines().count() > 3, "{table}");
        assert_nameless(table, rows.as_bytes());
    }
    assert!(place.count("SELECT count(*) AS n FROM observations") > 200);
}
