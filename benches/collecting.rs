//! How fast the real binary reads Bluesky's whole network: a Jetstream on loopback speaks as fast as the socket takes it.
//!
//! `cargo bench --workspace --bench collecting -- EVENTS` replays a day of so many events (300,000 if nothing is said), plain
//! and packed, and prints for each: events a second, events a second of CPU, the largest memory, and the stream's size.
//! `benches/README.md` has the figures with the machine they were measured on.
//!
//! The mix is the network's: one event in ten takes a post back, one post in a hundred is followed, one in seven has
//! hashtags, two in five answer somebody. Everybody in it is made up.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that cannot run should stop, and it prints")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::{Message, accept_hdr};
use zstd::bulk::Compressor;

const DICTIONARY: &[u8] = include_bytes!("../crates/collect/src/sources/bluesky/legacy_subscribe.zdict");

/// 2026-08-01T00:00:00Z, in microseconds.
const BEGINNING_US: i64 = 1_785_542_400_000_000;
const DAY_US: i64 = 86_400_000_000;

/// Ticks of the kernel's clock in a second: Linux has told programs 100 for as long as there are such programs.
const TICKS: f64 = 100.0;

fn main() {
    let events = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(300_000);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("{events} events of one day; load before: {}", load.trim());
    for packed in [false, true] {
        measure(events, packed);
    }
}

/// Replays the day once.
fn measure(events: i64, packed: bool) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let bytes = Arc::new(AtomicU64::new(0));
    let spoken = Arc::clone(&bytes);
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            speak(socket.unwrap(), events, packed, &spoken);
        }
    });
    let dir = tempfile::tempdir().unwrap();
    let settings = format!(
        "[track]\nhashtags = [\"salute\"]\nstart = \"2026-08-01T00:00:00Z\"\n[collect]\ncontact = \"bench@polso.example\"\n\
         private_hosts = [\"127.0.0.1\"]\nbackfill_hours = 48\n[[collect.bluesky]]\nhosts = [\"ws://127.0.0.1:{port}\"]\n\
         compress = {packed}\nhydrate = false\n"
    );
    File::create(dir.path().join("polso.toml")).unwrap().write_all(settings.as_bytes()).unwrap();
    let started = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_polso"))
        .args(["--now", "2026-08-02T00:00:00Z", "collect"])
        .current_dir(dir.path())
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (child, usage) = watch(child);
    let took = started.elapsed().as_secs_f64();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    let posts = said.lines().find(|line| line.contains("new posts")).unwrap_or_default().to_owned();
    let Usage { cpu_s, peak_kib } = usage;
    println!(
        "{}: {took:.1} s, {:.0} events/s; {cpu_s:.1} s of CPU, {:.0} events/s of one core; {} MiB at most; {} bytes an event on \
         the wire; {} KiB of state; {posts}",
        if packed { "packed" } else { "plain" },
        events as f64 / took,
        events as f64 / cpu_s,
        peak_kib >> 10,
        bytes.load(Ordering::Relaxed) / events.unsigned_abs(),
        size_of_state(dir.path()) >> 10,
    );
}

/// What a process used.
#[derive(Default)]
struct Usage {
    cpu_s: f64,
    peak_kib: u64,
}

/// Looks at a process until it has ended; it is not yet reaped then, so that its counts are complete.
fn watch(child: Child) -> (Child, Usage) {
    let mut usage = Usage::default();
    let about = Path::new("/proc").join(child.id().to_string());
    loop {
        let stat = std::fs::read_to_string(about.join("stat")).unwrap();
        // Behind the name in brackets: the state is the first field, the times are the twelfth and thirteenth.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |field: usize| fields[field].parse::<f64>().unwrap();
        usage.cpu_s = (ticks(11) + ticks(12)) / TICKS;
        if fields[0] == "Z" {
            return (child, usage);
        }
        let status = std::fs::read_to_string(about.join("status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
        usage.peak_kib = usage.peak_kib.max(peak.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn size_of_state(dir: &Path) -> u64 {
    let files = std::fs::read_dir(dir.join("data/state")).unwrap();
    files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
}

/// Answers one socket with the day from its cursor on, then stays open.
fn speak(tcp: TcpStream, events: i64, packed: bool, bytes: &AtomicU64) {
    let mut from_us = BEGINNING_US;
    #[expect(clippy::result_large_err, reason = "the library's own signature")]
    let look = |request: &Request, response: Response| {
        let cursor =
            request.uri().query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("cursor=")));
        from_us = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(BEGINNING_US);
        Ok(response)
    };
    tcp.set_nodelay(true).unwrap();
    let mut socket = accept_hdr(tcp, look).unwrap();
    let mut zstd = packed.then(|| Compressor::with_dictionary(1, DICTIONARY).unwrap());
    let step_us = DAY_US / events;
    let first = ((from_us - BEGINNING_US) / step_us).clamp(0, events);
    // The last one comes after the present: who hears it has heard everything.
    for n in first..=events + 1 {
        let text = event(n, BEGINNING_US + n * step_us);
        let frame = match &mut zstd {
            Some(zstd) => Message::Binary(zstd.compress(text.as_bytes()).unwrap().into()),
            None => Message::Text(text.into()),
        };
        bytes.fetch_add(frame.len() as u64, Ordering::Relaxed);
        if socket.write(frame).is_err() {
            return;
        }
    }
    socket.flush().ok();
    while socket.read().is_ok() {}
}

/// An event of the network.
fn event(n: i64, at_us: i64) -> String {
    let random = mixed(n.unsigned_abs());
    let (did, rkey) = (account(random), format!("3seed{n:08}"));
    let rev = format!("3rev{n:09}");
    if random.is_multiple_of(10) {
        return format!(
            r#"{{"did":"{did}","time_us":{at_us},"kind":"commit","commit":{{"rev":"{rev}","operation":"delete","collection":"app.bsky.feed.post","rkey":"{rkey}"}}}}"#
        );
    }
    let record = record(n, random, at_us);
    format!(
        r#"{{"did":"{did}","time_us":{at_us},"kind":"commit","commit":{{"rev":"{rev}","operation":"create","collection":"app.bsky.feed.post","rkey":"{rkey}","record":{record},"cid":"{}"}}}}"#,
        cid(random)
    )
}

fn record(n: i64, random: u64, at_us: i64) -> String {
    let created = jiff::Timestamp::from_microsecond(at_us).unwrap();
    let words =
        ["oggi", "casa", "the", "weather", "ciao", "people", "sempre", "minun", "good", "tempo", "news", "così"];
    let long = 4 + random / 11 % 40;
    let mut text = format!("voce {n}");
    for word in 0..long {
        text.push(' ');
        text.push_str(words[(mixed(random + word) % 12) as usize]);
    }
    let tag = match random / 1_009 % 700 {
        0..7 => Some("salute"),
        7..100 => Some("bluesky"),
        _ => None,
    };
    let facets = tag.map_or_else(String::new, |tag| {
        let start = text.len() + 1;
        write!(text, " #{tag}").unwrap();
        let end = text.len();
        format!(
            r#","facets":[{{"index":{{"byteStart":{start},"byteEnd":{end}}},"features":[{{"$type":"app.bsky.richtext.facet#tag","tag":"{tag}"}}]}}]"#
        )
    });
    let reply = if random / 13 % 5 < 2 {
        let (parent, root) = (mixed(random + 1), mixed(random + 2));
        let uri = |other: u64| {
            format!(
                r#"{{"cid":"{}","uri":"at://{}/app.bsky.feed.post/3seed{:08}"}}"#,
                cid(other),
                account(other),
                other % 99_999_999
            )
        };
        format!(r#","reply":{{"parent":{},"root":{}}}"#, uri(parent), uri(root))
    } else {
        String::new()
    };
    format!(r#"{{"$type":"app.bsky.feed.post","createdAt":"{created}","langs":["it"],"text":"{text}"{facets}{reply}}}"#)
}

/// One of half a million people.
fn account(random: u64) -> String {
    format!("did:plc:seedbench{:015}", random / 17 % 500_000)
}

fn cid(random: u64) -> String {
    format!("bafyreiseed{:048x}", u128::from(random) * u128::from(random))
}

/// A number that looks like chance.
fn mixed(n: u64) -> u64 {
    let n = (n.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 5
}
