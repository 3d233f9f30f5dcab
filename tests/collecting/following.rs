//! Followers: what comes while they listen, how they stop, and who may work beside them.

use super::{Town, compare, stored, wait_for};
use crate::platform::{Event, What, World};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn follow(town: &Town, more: &[&str]) -> Child {
    let now = town.world.now();
    let args = [&["--now", &now, "collect", "--follow", "--source", "bluesky"], more].concat();
    town.place.command(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Sends a signal; how it ended, what it said, and how long that took.
fn stop(child: Child, signal: &str) -> (Option<i32>, String, Duration) {
    let told = Instant::now();
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap(), told.elapsed())
}

fn town() -> Town {
    Town::new(World::talk(100, 2, 5_000), "hydrate = false")
}

#[test]
fn a_follower_hears_what_is_said_while_it_listens_and_stops_at_once() {
    for (signal, code) in [("-TERM", 0), ("-INT", 130)] {
        let town = town();
        let child = follow(&town, &[]);
        wait_for("what was said before", || stored(&town.place, "bluesky").len() == 50);
        let says = |post| Event { at_ms: town.world.now_ms(), person: 1, post, what: What::Says("salute") };
        town.world.add([says(1_000)]);
        wait_for("what is said now", || stored(&town.place, "bluesky").contains(&1_000));
        let (ended, said, took) = stop(child, signal);
        assert_eq!(ended, Some(code), "{said}");
        assert!(took < Duration::from_secs(2), "{took:?}");
        assert!(said.contains("bluesky: 51 new posts"), "{said}");

        town.world.add([says(1_001)]);
        let said = town.done(&["collect", "--source", "bluesky"]).stderr;
        assert!(said.contains("bluesky: 1 new posts"), "its place was not saved: {said}");
        assert_eq!(compare(&stored(&town.place, "bluesky"), &town.world.followed()), Ok(()));
    }
}

#[test]
fn a_follower_stops_when_its_time_is_over() {
    let town = town();
    let started = Instant::now();
    let child = follow(&town, &["--for", "2s"]);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!((2.0..5.0).contains(&started.elapsed().as_secs_f64()), "{:?}", started.elapsed());
    assert_eq!(compare(&stored(&town.place, "bluesky"), &town.world.followed()), Ok(()));
}

#[test]
fn beside_a_follower_nobody_else_collects_and_everybody_else_works() {
    let town = town();
    let child = follow(&town, &[]);
    wait_for("what was said before", || stored(&town.place, "bluesky").len() == 50);

    let refused = town.run(&["collect"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("another polso is at work"), "{}", refused.stderr);
    town.done(&["classify"]);
    assert_eq!(town.place.count("SELECT count(*) AS n FROM observations"), 50);

    let now = town.world.now_ms();
    town.world.add([Event { at_ms: now, person: 1, post: 1_000, what: What::Says("salute") }]);
    wait_for("what is said now", || stored(&town.place, "bluesky").contains(&1_000));
    let ran = town.run(&["run", "--day", "today"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("its posts are read as they are"), "{}", ran.stderr);
    assert_eq!(town.place.count("SELECT count(*) AS n FROM observations"), 51);

    let (ended, said, _) = stop(child, "-TERM");
    assert_eq!(ended, Some(0), "{said}");
}

#[test]
fn a_day_that_is_collected_and_reported_in_one_run_names_its_doors() {
    let town = town();
    let ran = town.run(&["run", "--day", "today"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let report: serde_json::Value =
        serde_json::from_str(&town.place.read("data/reports/2026-08-01/report.json")).unwrap();
    let doors: Vec<(&str, &str, u64)> = report["coverage"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["source"].as_str().unwrap(), row["state"].as_str().unwrap(), row["kept"].as_u64().unwrap()))
        .collect();
    assert_eq!(doors, [("bluesky", "heard", 50), ("feed", "heard", 50), ("mastodon", "heard", 50)], "{report:#}");
    assert_eq!(report["posts"]["n"], 150);
    let page = town.place.read("data/reports/2026-08-01/index.html");
    assert!(page.contains("mastodon") && page.contains("bluesky"));
}
