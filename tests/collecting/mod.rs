//! Collecting by the real binary from synthetic platforms: each post once, whatever interrupts it.

mod following;
mod names;
mod silences;

use crate::platform::{self, Event, Server, What, World};
use crate::support::{Place, Ran};
use polso_domain::Event as Stored;
use polso_stream::Stream;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A world with one server of every kind, and a place that collects from it.
pub(crate) struct Town {
    pub(crate) world: Arc<World>,
    pub(crate) place: Place,
    pub(crate) jetstream: Server,
    pub(crate) instance: Server,
    pub(crate) feed: Server,
}

impl Town {
    pub(crate) fn new(events: Vec<Event>, bluesky: &str) -> Self {
        let world = Arc::new(World::new(events));
        let server = || Server::honest(&world);
        let (jetstream, instance, feed) = (server(), server(), server());
        let sources =
            [platform::bluesky(&jetstream, bluesky), platform::mastodon(&instance), platform::feed(&feed)].concat();
        let place = Place::with_settings(&platform::settings(&world, &sources));
        Self { world, place, jetstream, instance, feed }
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.place.run(&[&["--now", &self.world.now()], args].concat())
    }

    pub(crate) fn done(&self, args: &[&str]) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}\n{}{}", ran.stdout, ran.stderr);
        ran
    }
}

/// The numbers of the posts of a source that stand in the stream, in their order.
pub(crate) fn stored(place: &Place, source: &str) -> Vec<usize> {
    let path = place.path("data/state/polso.db");
    if !path.exists() {
        return Vec::new();
    }
    let entries = Stream::open(&path).unwrap().read("nobody", usize::MAX).unwrap();
    let number = |event: Stored| match event {
        Stored::Post(post) if post.source.as_str() == source => Some(platform::number(&post.text).unwrap()),
        _ => None,
    };
    let mut numbers: Vec<usize> = entries.into_iter().filter_map(|entry| number(entry.event)).collect();
    numbers.sort_unstable();
    numbers
}

/// What differs between the numbers that are stored and those that should be, in a few words.
pub(crate) fn compare(stored: &[usize], expected: &[usize]) -> Result<(), String> {
    let lacks = |some: &[usize], of: &[usize]| -> Vec<usize> {
        of.iter().filter(|number| !some.contains(number)).copied().collect()
    };
    let twice: Vec<usize> = stored.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    let found = [("missing", lacks(stored, expected)), ("nobody's", lacks(expected, stored)), ("twice", twice)];
    let some = |(what, numbers): &(&str, Vec<usize>)| {
        let first: Vec<String> = numbers.iter().take(8).map(usize::to_string).collect();
        (!numbers.is_empty()).then(|| format!("{} {what}: {}", numbers.len(), first.join(" ")))
    };
    let said: Vec<String> = found.iter().filter_map(some).collect();
    if said.is_empty() { Ok(()) } else { Err(said.join("; ")) }
}

/// Waits for something to become true.
pub(crate) fn wait_for(what: &str, mut is: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is() {
        assert!(started.elapsed() < Duration::from_secs(30), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

const SOURCES: [&str; 3] = ["bluesky", "mastodon", "news"];

#[test]
fn each_followed_post_is_stored_once_and_a_second_run_adds_nothing() {
    for bluesky in ["hydrate = false\ncompress = false", "hydrate = false\ncompress = true"] {
        let town = Town::new(World::talk(600, 4, 5_000), bluesky);
        let said = town.done(&["collect"]).stderr;
        for (source, door) in SOURCES.into_iter().zip(["bluesky", "mastodon", "feed"]) {
            assert_eq!(compare(&stored(&town.place, source), &town.world.followed()), Ok(()), "{source}");
            assert!(said.contains(&format!("{door}: 150 new posts")), "{said}");
        }
        town.world.add([Event { at_ms: town.world.now_ms(), person: 3, post: 1_000, what: What::Says("salute") }]);
        town.world.go_on(2_000);
        let said = town.done(&["collect"]).stderr;
        assert_eq!(said.matches(": 1 new posts").count(), 3, "{said}");
        for source in SOURCES {
            assert_eq!(compare(&stored(&town.place, source), &town.world.followed()), Ok(()), "{source}");
        }
    }
}

#[test]
fn one_source_alone_is_asked_when_it_is_named_and_an_unknown_one_is_refused() {
    let town = Town::new(World::talk(40, 4, 5_000), "hydrate = false");
    town.done(&["collect", "--source", "feed"]);
    assert_eq!(SOURCES.map(|source| stored(&town.place, source).len()), [0, 0, 10]);
    assert!(town.jetstream.asked().is_empty() && town.instance.asked().is_empty());
    let refused = town.run(&["collect", "--source", "gazette"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("there is no source `gazette`"), "{}", refused.stderr);
    assert!(refused.stderr.contains("bluesky, mastodon, feed"), "{}", refused.stderr);
}

#[test]
fn killed_in_the_middle_it_goes_on_where_it_was() {
    let events = World::talk(3_000, 3, 200);
    let fresh = || Town::new(events.clone(), "hydrate = false\ncompress = false");
    let started = Instant::now();
    let town = fresh();
    town.done(&["collect"]);
    let whole = started.elapsed();
    // The feed shows its newest items only.
    let all = town.world.followed();
    let newest = all.iter().copied().filter(|number| *number >= events.len() - town.world.feed_items).collect();
    let expected: [Vec<usize>; 3] = [all.clone(), all, newest];
    for (source, expected) in SOURCES.iter().zip(&expected) {
        assert_eq!(compare(&stored(&town.place, source), expected), Ok(()), "{source}");
    }

    let (mut random, mut town, mut killed) = (platform::Random::new(20_260_801), fresh(), 0);
    for _ in 0..60 {
        let wait = whole.mul_f64(random.below(1000) as f64 / 1000.0).max(Duration::from_millis(30));
        if was_killed(&town, wait) {
            killed += 1;
        }
        let compared: Vec<Result<(), String>> =
            SOURCES.iter().zip(&expected).map(|(source, all)| compare(&stored(&town.place, source), all)).collect();
        for (source, differs) in SOURCES.iter().zip(&compared) {
            let only_missing =
                differs.as_ref().err().is_none_or(|said| !said.contains(';') && said.contains("missing"));
            assert!(only_missing, "{source}, after {killed} kills: {differs:?}");
        }
        if compared.iter().all(Result::is_ok) {
            if killed >= 5 {
                return;
            }
            town = fresh();
        }
    }
    panic!("killed {killed} times, and never done");
}

/// Collects and is killed after a while; `false` if it had ended by then.
fn was_killed(town: &Town, wait: Duration) -> bool {
    let mut command = town.place.command(&["--quiet", "--now", &town.world.now(), "collect"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

#[test]
fn edits_deletions_and_farewells_fold_into_the_lake() {
    let mut events = World::talk(200, 2, 5_000);
    let last = events.last().unwrap().at_ms;
    let then = |post: usize, what| Event { at_ms: last, person: post % 23, post, what };
    // Edited, edited away from the hashtag, deleted; and one that was never followed and is now.
    events.extend([then(2, What::Edits("salute")), then(4, What::Edits("altro")), then(6, What::Deletes)]);
    events.extend([then(7, What::Edits("salute")), Event { person: 10, ..then(0, What::Leaves) }]);
    let town = Town::new(events, "hydrate = false");
    town.done(&["collect", "--source", "bluesky"]);
    town.done(&["classify"]);
    let observed = |town: &Town| {
        let texts = town.place.done(&["query", "SELECT text FROM observations", "--format", "csv"]);
        let mut numbers: Vec<usize> = texts.lines().filter_map(platform::number).collect();
        numbers.sort_unstable();
        (numbers, texts.matches(", corretta").count())
    };
    let (numbers, edited) = observed(&town);
    assert_eq!(compare(&numbers, &town.world.followed()), Ok(()));
    assert_eq!(edited, 2);
    assert!(!numbers.contains(&4) && !numbers.contains(&6) && !numbers.contains(&10) && numbers.contains(&7));

    // Once more, when they are in the lake already.
    let now = town.world.now_ms();
    town.world
        .add([Event { at_ms: now, ..then(8, What::Deletes) }, Event { at_ms: now, ..then(12, What::Edits("salute")) }]);
    town.world.add([Event { at_ms: now, person: 14, ..then(0, What::Leaves) }]);
    town.world.go_on(2_000);
    town.done(&["collect", "--source", "bluesky"]);
    town.done(&["classify"]);
    let (numbers, edited) = observed(&town);
    assert_eq!(compare(&numbers, &town.world.followed()), Ok(()));
    assert_eq!(edited, 3);
}
