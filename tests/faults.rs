//! Collecting while everything goes wrong: whatever a seed makes of the wires, no followed post is missing in the end, none
//! is there twice, and what went wrong stands in the ledger.
//!
//! `POLSO_FAULTS` sets the number of seeds and `POLSO_FAULTS_FROM` the first one; a few are enough for every day,
//! `tests/faults.sh` does a thousand. A failure names its seed.

use crate::collecting::{compare, stored};
use crate::platform::{self, Faults, Random, Rates, Server, World};
use crate::support::Place;
use polso_domain::{LedgerEntry, SourceState};
use polso_stream::Stream;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Seeds under way at a time: they sleep most of their lives.
const AT_ONCE: usize = 16;

/// A run that takes longer hangs.
const HANGS: Duration = Duration::from_secs(150);

/// From one run to the next, as cron starts them.
const PAUSE_MS: i64 = 300_000;

/// The doors that are asked until they are read. One where TLS is spoken to a server that speaks none would take half a
/// minute to give up each time; it is asked beside them in the runs that stop early.
const MENDED: [&str; 6] = ["--source", "bluesky", "--source", "mastodon", "--source", "feed"];

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn whatever_goes_wrong_nothing_is_lost_and_nothing_comes_twice() {
    let (first, seeds) = (number("POLSO_FAULTS_FROM", 1), number("POLSO_FAULTS", 40));
    let next = AtomicU64::new(first);
    let (failed, seen) = (Mutex::new(Vec::new()), Mutex::new(Seen::default()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= first + seeds {
                        return;
                    }
                    match Trial::new(number).run() {
                        Ok(trial) => seen.lock().unwrap().add(&trial),
                        Err(what) => failed.lock().unwrap().push(format!("seed {number}: {what}")),
                    }
                }
            });
        }
    });
    let (failed, seen) = (failed.into_inner().unwrap(), seen.into_inner().unwrap());
    println!("{seeds} seeds: {seen:?}");
    assert!(failed.is_empty(), "{} of {seeds} seeds failed\n{}", failed.len(), failed.join("\n"));
    assert!(seen.hard > 0 && seen.stored > 0, "nothing happened: {seen:?}");
}

/// What all seeds together saw.
#[derive(Debug, Default)]
struct Seen {
    runs: u32,
    killed: u32,
    hard: u32,
    other: u32,
    stored: usize,
    lost_minutes: u32,
    slowest: Duration,
}

impl Seen {
    fn add(&mut self, trial: &Trial) {
        let all: u32 =
            trial.doors.iter().flat_map(|door| door.faults.iter()).flat_map(|one| one.done().into_values()).sum();
        let hard: u32 = trial.doors.iter().flat_map(Door::faults).sum();
        self.runs += trial.runs;
        self.killed += trial.killed;
        self.hard += hard;
        self.other += all - hard;
        self.stored += trial.doors.iter().map(|door| stored(&trial.place, door.source).len()).sum::<usize>();
        self.lost_minutes += trial.lost_minutes;
        self.slowest = self.slowest.max(trial.began.elapsed());
    }
}

/// A door, and what goes wrong behind it.
struct Door {
    name: &'static str,
    source: &'static str,
    faults: Vec<Arc<Faults>>,
}

impl Door {
    /// Hard faults and garbled answers so far.
    fn faults(&self) -> [u32; 2] {
        let told = |kind: usize| self.faults.iter().map(|faults| faults.told()[kind]).sum();
        [told(0), told(1)]
    }
}

/// One seed: a faulty world, and a place that collects from it again and again.
struct Trial {
    random: Random,
    world: Arc<World>,
    place: Place,
    doors: Vec<Door>,
    _servers: Vec<Server>,
    runs: u32,
    killed: u32,
    /// Hard faults and garbled answers of each door, in runs that came to their own end: they must be in the ledger.
    owed: Vec<[u32; 2]>,
    /// The Jetstream forgets what is older.
    forgets: bool,
    lost_minutes: u32,
    began: Instant,
}

impl Trial {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut world = World::new(World::talk(300, 3, 4_000));
        if random.one_in(2) {
            world.feed_items = 40;
        }
        let world = Arc::new(world);
        let rate = match random.below(3) {
            0 => 2,
            1 => 3,
            _ => 6,
        };
        let rates = Rates { connection: rate * 2, answer: rate, frame: rate * 8 };
        let faults: Vec<Arc<Faults>> = (0..5).map(|_| Arc::new(Faults::of(random.next(), rates))).collect();
        let servers: Vec<Server> = faults.iter().map(|faults| Server::start(&world, Arc::clone(faults))).collect();
        let [jetstream, another, appview, instance, feed] = &servers[..] else { unreachable!() };
        let host = |server: &Server| format!("\"ws://127.0.0.1:{}\"", server.port);
        let hosts = if random.one_in(2) { format!("{}, {}", host(jetstream), host(another)) } else { host(jetstream) };
        let (hydrate, compress) = (random.one_in(2), random.one_in(2));
        let sources = [
            format!(
                "[[collect.bluesky]]\nhosts = [{hosts}]\ncompress = {compress}\nhydrate = {hydrate}\n\
                 appview = \"http://127.0.0.1:{}\"\n",
                appview.port
            ),
            platform::mastodon(instance),
            platform::feed(feed),
            platform::feed(feed).replace("\"feed\"", "\"tls\"").replace("http://", "https://"),
        ];
        let place = Place::with_settings(&platform::settings(&world, &sources.concat()));
        let door = |name, source, mine: std::ops::Range<usize>| Door { name, source, faults: faults[mine].to_vec() };
        let doors =
            vec![door("bluesky", "bluesky", 0..3), door("mastodon", "mastodon", 3..4), door("feed", "news", 4..5)];
        let (owed, forgets) = (vec![[0; 2]; doors.len()], random.one_in(4));
        Self {
            random,
            world,
            place,
            doors,
            _servers: servers,
            runs: 0,
            killed: 0,
            owed,
            forgets,
            lost_minutes: 0,
            began: Instant::now(),
        }
    }

    fn run(mut self) -> Result<Self, String> {
        let mut posts = 300;
        for run in 0..3 + self.random.below(2) {
            if run > 0 {
                posts = self.time_passes(posts);
            }
            let before: Vec<[u32; 2]> = self.doors.iter().map(Door::faults).collect();
            if self.collect()? {
                for (owed, (door, before)) in self.owed.iter_mut().zip(self.doors.iter().zip(before)) {
                    let now = door.faults();
                    *owed = [owed[0] + now[0] - before[0], owed[1] + now[1] - before[1]];
                }
            }
            if self.forgets && run == 0 {
                let from_ms = self.world.now_ms() + PAUSE_MS / 2;
                self.world.held_from_ms.store(from_ms, Ordering::Relaxed);
            }
        }
        for faults in self.doors.iter().flat_map(|door| &door.faults) {
            faults.turn(false);
        }
        self.time_passes(posts);
        self.runs += 1;
        let now = self.world.now();
        let ran = self.place.run(&[&["--now", &now, "collect"][..], &MENDED].concat());
        if ran.code > 1 || (ran.code == 1 && !self.forgets && self.world.feed_items > 40) {
            return Err(format!("the last run, in which nothing went wrong, ended with {}:\n{}", ran.code, ran.stderr));
        }
        self.judge()?;
        Ok(self)
    }

    /// The clock goes on, and people talk meanwhile.
    fn time_passes(&mut self, posts: usize) -> usize {
        let now_ms = self.world.now_ms();
        let more = World::talk(75, 3, 4_000);
        let last_ms = more[more.len() - 1].at_ms;
        self.world.add(more.into_iter().map(|event| {
            let at_ms = now_ms + PAUSE_MS + event.at_ms - last_ms;
            platform::Event { at_ms, post: posts + event.post, ..event }
        }));
        self.world.go_on(PAUSE_MS + 500);
        posts + 75
    }

    /// Collects once, as cron would; whether it came to its own end.
    fn collect(&mut self) -> Result<bool, String> {
        self.runs += 1;
        let now = self.world.now();
        let mut args = vec!["--quiet", "--now", &now, "collect"];
        let kill = self.random.one_in(4).then(|| Duration::from_millis(200 + self.random.below(3_000)));
        let stops = kill.is_none() && self.random.one_in(4);
        args.extend(if stops { &["--for", "3s"][..] } else { &MENDED });
        let mut child = self.place.command(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let started = Instant::now();
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                let said = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
                return match status.code() {
                    Some(0 | 1) => Ok(!stops),
                    other => Err(format!("a run ended with {other:?}: {said}")),
                };
            }
            if kill.is_some_and(|after| started.elapsed() >= after) {
                child.kill().unwrap();
                child.wait().unwrap();
                self.killed += 1;
                return Ok(false);
            }
            if started.elapsed() > HANGS {
                child.kill().unwrap();
                return Err(format!("a run hangs; {}", self.told()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What was done to each door, for messages.
    fn told(&self) -> String {
        let door = |door: &Door| {
            let done: Vec<_> = door.faults.iter().map(|faults| faults.done()).collect();
            format!("{}: {done:?}", door.name)
        };
        self.doors.iter().map(door).collect::<Vec<_>>().join("; ")
    }

    fn judge(&mut self) -> Result<(), String> {
        let stream = Stream::open(&self.place.path("data/state/polso.db")).unwrap();
        let ledger = stream.ledger().unwrap();
        let expected = self.world.followed();
        for (door, owed) in self.doors.iter().zip(&self.owed) {
            let hours: Vec<&LedgerEntry> = ledger.iter().filter(|hour| hour.source.as_str() == door.name).collect();
            let sum = |count: fn(&LedgerEntry) -> u32| hours.iter().map(|hour| count(hour)).sum::<u32>();
            let (failed, [hard, garbled]) = (sum(|hour| hour.failed), *owed);
            if failed < hard.max(u32::from(garbled > 0)) {
                let (name, told) = (door.name, self.told());
                return Err(format!(
                    "{name}: the ledger has {failed} of {hard} failures and {garbled} garbled; {told}"
                ));
            }
            let missed = sum(|hour| hour.minutes_missed);
            let may_lose =
                (door.name == "feed" && self.world.feed_items == 40) || (door.name == "bluesky" && self.forgets);
            let stored = stored(&self.place, door.source);
            match compare(&stored, &expected) {
                Ok(()) => {}
                Err(differs) if !may_lose || !differs.contains("missing") || differs.contains(';') => {
                    return Err(format!("{}: {differs}; {}", door.name, self.told()));
                }
                Err(differs) => {
                    let minutes = self.minutes_of(&expected, &stored);
                    if missed == 0 || i64::from(missed) < minutes {
                        let (name, told) = (door.name, self.told());
                        return Err(format!(
                            "{name}: {differs}, in {minutes} minutes; the ledger misses {missed}; {told}"
                        ));
                    }
                    self.lost_minutes += missed;
                }
            }
        }
        let tls = polso_domain::SourceId::new("tls").unwrap();
        match stream.known_door(&tls).unwrap() {
            Some(door) if door.state == SourceState::Heard => Err("TLS was heard where none is spoken".to_owned()),
            _ => Ok(()),
        }
    }

    /// How long the stretches are, at least, in which every followed post is missing.
    fn minutes_of(&self, expected: &[usize], stored: &[usize]) -> i64 {
        let posts = self.world.posts();
        let at_ms = |number: usize| posts.iter().find(|post| post.number == number).map_or(0, |post| post.at_ms);
        let missing: Vec<bool> = expected.iter().map(|number| !stored.contains(number)).collect();
        let both = expected.windows(2).zip(missing.windows(2)).filter(|(_, missing)| missing[0] && missing[1]);
        both.map(|(pair, _)| at_ms(pair[1]) - at_ms(pair[0])).sum::<i64>() / 60_000
    }
}
