//! How fast posts are matched with a large claim library, and a new claim with many posts.
//!
//! `cargo bench --workspace --bench claiming -- CLAIMS POSTS THREADS` (100,000, 20,000 and 2 if nothing is said) prints posts
//! a second against all claims, posts a minute against ten new ones, and the largest memory. Claims and posts are made
//! up: directions around a few thousand subjects, words that are as common as words are. `benches/README.md` has the figures.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that cannot run should stop, and it prints")]

use fastrand::Rng;
use polso_claims::{Library, Params, Query, Row};
use polso_classify::Bundle;
use polso_domain::{ClaimId, Sketch, Stand, Vector};
use std::collections::HashSet;
use std::time::Instant;

const SIZE: usize = 384;
const SUBJECTS: usize = 5_000;
const WORDS: u32 = 60_000;
/// Claims that came since last time.
const NEW: usize = 10;
/// Posts matched at a time, as `classify` and `rematch` do.
const WINDOW: usize = 4_096;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<usize>().ok());
    let claims = numbers.next().unwrap_or(100_000);
    let posts = numbers.next().unwrap_or(20_000);
    let threads = numbers.next().unwrap_or(2);
    let bundle = Bundle::bundled().unwrap();
    let params = Params::parse(bundle.claims().unwrap()).unwrap();
    let mut random = Rng::with_seed(20_200_309);
    let subjects: Vec<Vec<f32>> = (0..SUBJECTS).map(|_| direction(&mut random)).collect();
    let rows: Vec<Row> = (0..claims)
        .map(|number| Row {
            claim: ClaimId::new(&format!("claim-{number}")).unwrap(),
            lang: "it".to_owned(),
            sketch: sketch(&mut random, &subjects),
        })
        .collect();
    let started = Instant::now();
    let library = Library::new(rows, &params).unwrap();
    println!("{claims} claims packed and indexed in {:.1} s", started.elapsed().as_secs_f64());
    let sketches: Vec<Sketch> = (0..posts).map(|_| sketch(&mut random, &subjects)).collect();

    let seconds = shared_out(&sketches, threads, |queries| drop(library.find(queries).unwrap()));
    println!(
        "all claims: {posts} posts in {seconds:.1} s, {:.0} posts/s with {threads} threads",
        posts as f64 / seconds
    );
    let new: HashSet<ClaimId> = (0..NEW).map(|number| ClaimId::new(&format!("claim-{number}")).unwrap()).collect();
    let part = library.part(&new).unwrap();
    let seconds = shared_out(&sketches, 1, |queries| drop(part.find(queries).unwrap()));
    let minute = posts as f64 / seconds * 60.0;
    println!("{NEW} new claims: {posts} posts in {seconds:.2} s, {minute:.0} posts/minute with one thread");
    println!("largest memory {:.0} MiB", peak_mib());
}

/// Seconds that matching takes when threads share the posts out.
fn shared_out(sketches: &[Sketch], threads: usize, find: impl Fn(&[Query<'_>]) + Sync) -> f64 {
    let started = Instant::now();
    let find = &find;
    std::thread::scope(|scope| {
        for part in sketches.chunks(sketches.len().div_ceil(threads)) {
            scope.spawn(move || {
                for window in part.chunks(WINDOW) {
                    find(&window.iter().map(|sketch| Query { sketch, lang: "it" }).collect::<Vec<_>>());
                }
            });
        }
    });
    started.elapsed().as_secs_f64()
}

fn direction(random: &mut Rng) -> Vec<f32> {
    (0..SIZE).map(|_| random.f32() * 2.0 - 1.0).collect()
}

/// A text about one of the subjects: near it, with a dozen words of which few are common.
fn sketch(random: &mut Rng, subjects: &[Vec<f32>]) -> Sketch {
    let subject = &subjects[random.usize(0..subjects.len())];
    let components: Vec<f32> = subject.iter().map(|one| one + random.f32() - 0.5).collect();
    let mut terms: Vec<u32> = (0..12)
        .map(|_| {
            // A word's number says nothing about how common it is.
            let rarest = random.u32(1..WORDS);
            random.u32(0..rarest).wrapping_mul(2_654_435_761)
        })
        .collect();
    terms.sort_unstable();
    terms.dedup();
    Sketch { vector: Vector::new(&components).unwrap(), terms, stand: Stand::default() }
}

fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1_024.0
}
