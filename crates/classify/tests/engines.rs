//! The bundled network on both engines: in 32 bits they agree to a thousandth, and with the int8 bundle on nearly every label.
//!
//! The two folders come from `python models/training/published_bundle.py FOLDER`; `POLSO_BUNDLE` names FOLDER. Without it there is
//! nothing to compare, and the test says so.
#![cfg(feature = "libtorch")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed"
)]

use polso_classify::{Bundle, Classifier, Config, Lang, Outputs, Text, TokenBatch, engines};
use std::collections::BTreeSet;
use std::path::Path;

/// Logits and components of vectors may be so far apart.
const NEAR: f32 = 1e-3;

/// Moods on which int8 and 32 bits must agree.
const ALIKE: f64 = 0.99;

/// Texts that are compared: enough for one in a hundred to show.
const TEXTS: usize = 1_000;

/// Different texts of the seeds.
fn texts() -> BTreeSet<String> {
    let seeds = include_str!("../../../seeds/posts.jsonl");
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned);
    let texts: BTreeSet<String> = seeds.lines().filter_map(text).collect();
    let every = texts.len() / TEXTS;
    texts.into_iter().step_by(every.max(1)).take(TEXTS).collect()
}

fn answers(bundle: &Bundle, batches: &[TokenBatch]) -> Vec<Outputs> {
    let mut engine = engines(bundle, &Config::default()).unwrap().remove(0);
    batches.iter().map(|batch| engine.forward(batch).unwrap()).collect()
}

fn numbers(outputs: &Outputs) -> Vec<f32> {
    let heads = [&outputs.needs_checking, &outputs.emotions, &outputs.question, &outputs.vectors];
    let moods = outputs.sentiment.iter().flatten().flatten();
    moods.chain(heads.into_iter().flatten().flatten()).copied().collect()
}

/// The most probable mood of each text, as the network tells it.
fn moods(outputs: &[Outputs]) -> Vec<usize> {
    let best = |logits: &[f32; 3]| (1..3).fold(0, |best, at| if logits[at] > logits[best] { at } else { best });
    outputs.iter().flat_map(|outputs| outputs.sentiment.iter().flatten().map(best)).collect()
}

#[test]
fn the_bundled_network_answers_alike_on_both_engines() {
    let Ok(folder) = std::env::var("POLSO_BUNDLE") else {
        eprintln!("SKIPPED: POLSO_BUNDLE names no folder of models/training/published_bundle.py");
        return;
    };
    let load = |name: &str| Bundle::load(&Path::new(&folder).join(name)).unwrap();
    let (int8, rten, libtorch) = (Bundle::bundled().unwrap(), load("rten-fp32"), load("libtorch"));
    let texts = texts();
    assert_eq!(texts.len(), TEXTS);
    let read: Vec<Text<'_>> = texts.iter().map(|text| Text { text, lang: Lang::Known("it") }).collect();
    let batches = Classifier::with_engines(&int8, &Config::default(), Vec::new()).unwrap().batches(&read).unwrap();
    let [int8, rten, libtorch] = [&int8, &rten, &libtorch].map(|bundle| answers(bundle, &batches));
    let pairs = rten.iter().zip(&libtorch).flat_map(|(one, other)| {
        let (one, other) = (numbers(one), numbers(other));
        assert_eq!(one.len(), other.len());
        one.into_iter().zip(other).collect::<Vec<_>>()
    });
    let far = pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f32::max);
    let (exact, packed) = (moods(&libtorch), moods(&int8));
    assert_eq!(exact.len(), packed.len());
    let alike = exact.iter().zip(&packed).filter(|(one, other)| one == other).count() as f64 / exact.len() as f64;
    eprintln!("{} texts: at most {far:.6} apart in 32 bits, {alike:.4} of the moods as in int8", exact.len());
    assert!(far < NEAR && alike >= ALIKE, "{far} {alike}");
}
