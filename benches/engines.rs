//! Engines on the same weights and the same posts: posts a second by threads, batch size, and whether posts are sorted by
//! length first.
//!
//! ```sh
//! python models/training/published_bundle.py target/bundle
//! cargo bench --workspace --features libtorch --bench engines -- target/bundle [POSTS.jsonl]
//! ```
//!
//! Without a folder of bundles only the one that is compiled in is measured, without a file the texts of the seeds are read.
//! Tokens are made before the clock starts: this measures networks. A line tells each engine's ratio to the compiled-in one
//! at the same setting.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that cannot go on has failed")]

use polso_classify::{Bundle, Classifier, Config, Device, Engine, Lang, Text, TokenBatch};
use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Posts that are read in each round; the median of the rounds is told.
const POSTS: usize = 1_000;
const ROUNDS: usize = 3;

/// Posts in a batch.
const BATCHES: [usize; 3] = [8, 32, 128];

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let mut bundles = vec![("rten int8".to_owned(), Bundle::bundled().unwrap())];
    for (name, folder) in [("rten f32", "rten-fp32"), ("libtorch f32", "libtorch")] {
        match paths.first().map(|path| Bundle::load(&Path::new(path).join(folder))) {
            Some(Ok(bundle)) => bundles.push((name.to_owned(), bundle)),
            Some(Err(error)) => println!("{name}: not measured: {error}"),
            None => println!("{name}: not measured: no folder of bundles was named"),
        }
    }
    let texts = texts(paths.get(1).map_or("seeds/posts.jsonl", String::as_str));
    println!("{} posts, median of {ROUNDS} rounds, posts a second", texts.len());
    let mut base: BTreeMap<(usize, usize, bool), f64> = BTreeMap::new();
    for (name, bundle) in &bundles {
        for threads in [1, 2] {
            let mut engines = match polso_classify::engines(bundle, &config(threads)) {
                Ok(engines) => engines,
                Err(error) => {
                    println!("{name}: not measured: {error}");
                    break;
                }
            };
            let tokens = tokens(bundle, &texts);
            for batch in BATCHES {
                for sorted in [true, false] {
                    let speed = speed(&mut engines, &batches(&tokens, batch, sorted), texts.len());
                    let key = (threads, batch, sorted);
                    let ratio = speed / *base.entry(key).or_insert(speed);
                    let order = if sorted { "sorted" } else { "as they come" };
                    println!("{name:14} {threads} thread(s)  {batch:3} posts, {order:12}  {speed:7.0}  {ratio:5.2}");
                }
            }
        }
    }
}

fn config(threads: usize) -> Config {
    Config { threads: NonZeroUsize::new(threads).unwrap(), device: Device::Auto, ..Config::default() }
}

/// Different texts of a file of posts.
fn texts(path: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = std::fs::read_to_string(path).or_else(|_| std::fs::read_to_string(root.join(path))).unwrap();
    let mut known = HashSet::new();
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned);
    file.lines().filter_map(text).filter(|text| known.insert(text.clone())).take(POSTS).collect()
}

/// The ids of each text.
fn tokens(bundle: &Bundle, texts: &[String]) -> Vec<Vec<u32>> {
    let classifier = Classifier::with_engines(bundle, &config(1), Vec::new()).unwrap();
    let ids = |text: &String| {
        let batch = classifier.batches(&[Text { text, lang: Lang::Known("it") }]).unwrap().pop().unwrap();
        batch.ids.into_iter().map(i32::cast_unsigned).collect()
    };
    texts.iter().map(ids).collect()
}

fn batches(tokens: &[Vec<u32>], size: usize, sorted: bool) -> Vec<TokenBatch> {
    let mut order: Vec<&[u32]> = tokens.iter().map(Vec::as_slice).collect();
    if sorted {
        order.sort_by_key(|ids| ids.len());
    }
    order.chunks(size).map(TokenBatch::of).collect()
}

/// Posts a second with every engine on a thread of its own, each taking the next batch when it is free.
fn speed(engines: &mut [Box<dyn Engine>], batches: &[TokenBatch], posts: usize) -> f64 {
    let mut rounds: Vec<f64> = (0..=ROUNDS)
        .map(|_| {
            let (begun, next) = (Instant::now(), AtomicUsize::new(0));
            std::thread::scope(|scope| {
                for engine in &mut *engines {
                    scope.spawn(|| {
                        while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                            engine.forward(batch).unwrap();
                        }
                    });
                }
            });
            posts as f64 / begun.elapsed().as_secs_f64()
        })
        .collect();
    // The first one warms caches up.
    rounds.remove(0);
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}
