//! Every family against what the transformers library answers (`models/training/published_tiny.py` made both), and what happens
//! where a model does not fit.

#![expect(clippy::disallowed_methods, reason = "a test writes into a folder of its own")]

use super::*;
use crate::published::{Wish, card_of};
use crate::tokens::Cutter;
use crate::{Device, Precision};
use serde::Deserialize;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// A logit may be so far from the authors': both compute in f32, and add up in another order.
const NEAR: f32 = 1e-4;

const FAMILIES: [&str; 8] =
    ["bert", "deberta", "deberta-v2", "deberta-v3", "distilbert", "electra", "roberta", "xlm-roberta"];

#[derive(Deserialize)]
struct Expected {
    max_tokens: usize,
    texts: Vec<String>,
    ids: Vec<Vec<u32>>,
    logits: Vec<Vec<f32>>,
    padded: Vec<Vec<f32>>,
}

fn fixture(family: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/published")).join(family)
}

/// What makes every fixture a model, whatever its labels: the first one asks for a check.
fn wish(family: &str, max_tokens: usize) -> Wish {
    let config = std::fs::read(fixture(family).join("config.json")).unwrap();
    let config: serde_json::Value = serde_json::from_slice(&config).unwrap();
    let first = config["id2label"]["0"].as_str().unwrap_or("LABEL_0").to_owned();
    Wish {
        id: family.to_owned(),
        labels: vec![("needs_checking".to_owned(), first)],
        languages: vec!["it".to_owned()],
        max_tokens: Some(max_tokens),
        ..Wish::default()
    }
}

/// A folder with a copy of a fixture and its card.
fn bundle(family: &str, max_tokens: usize) -> Bundle {
    let folder = tempfile::tempdir().unwrap().keep();
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        std::fs::copy(fixture(family).join(file), folder.join(file)).unwrap();
    }
    let card = card_of(&folder, &wish(family, max_tokens)).unwrap();
    std::fs::write(folder.join("card.toml"), card.written().unwrap()).unwrap();
    Bundle::load(&folder).unwrap()
}

fn config(threads: usize) -> Config {
    Config { threads: NonZeroUsize::new(threads).unwrap(), ..Config::default() }
}

fn engine(bundle: &Bundle, config: &Config) -> LibtorchEngine {
    let Files::Safetensors { weights, config: description } = &bundle.network else { panic!("no weights") };
    let place = Place::choose(&bundle.card, config).unwrap();
    let engine =
        LibtorchEngine::build(&bundle.card, &Family::parse(description, &bundle.card).unwrap(), &place).unwrap();
    Weights::open(weights, "m").unwrap().fill(&engine.store, &place).unwrap();
    engine
}

/// The largest difference between rows of logits.
fn farthest(found: &[f32], expected: &[Vec<f32>]) -> f32 {
    let expected: Vec<f32> = expected.iter().flatten().copied().collect();
    assert_eq!(found.len(), expected.len());
    found.iter().zip(&expected).map(|(found, expected)| (found - expected).abs()).fold(0.0, f32::max)
}

#[test]
fn every_family_answers_as_in_pytorch() {
    let mut apart = Vec::new();
    for family in FAMILIES {
        let expected = std::fs::read(fixture(family).join("logits.json")).unwrap();
        let expected: Expected = serde_json::from_slice(&expected).unwrap();
        let bundle = bundle(family, expected.max_tokens);
        let cutter = Cutter::new(&bundle);
        let ids: Vec<Vec<u32>> = expected.texts.iter().map(|text| cutter.tokens(text).unwrap().ids).collect();
        assert_eq!(ids, expected.ids, "{family}");
        let engine = engine(&bundle, &config(1));
        let run = |batch: &[&[u32]]| engine.run(&TokenBatch::of(batch)).unwrap().remove(0).1;
        let alone: Vec<f32> = ids.iter().flat_map(|ids| run(&[ids])).collect();
        let padded = run(&ids.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let far = [farthest(&alone, &expected.logits), farthest(&padded, &expected.padded)];
        if far.iter().any(|far| *far >= NEAR) {
            apart.push((family, far));
        }
    }
    assert!(apart.is_empty(), "alone and padded: {apart:?}");
}

/// In sixteen bits, which processors here compute slowly if at all, an answer is near, and no part meets numbers of another kind.
#[test]
fn every_family_runs_in_sixteen_bits() {
    for family in FAMILIES {
        let bundle = bundle(family, 48);
        let Files::Safetensors { weights, config: description } = &bundle.network else { panic!("no weights") };
        let mut place = Place::choose(&bundle.card, &config(1)).unwrap();
        place.kind = Kind::BFloat16;
        let shape = Family::parse(description, &bundle.card).unwrap();
        let narrow = LibtorchEngine::build(&bundle.card, &shape, &place).unwrap();
        Weights::open(weights, "m").unwrap().fill(&narrow.store, &place).unwrap();
        let batch = TokenBatch::of(&[&[0, 67, 27, 41, 55, 2], &[0, 54, 2]]);
        let answers = [&narrow, &engine(&bundle, &config(1))].map(|engine| engine.run(&batch).unwrap().remove(0).1);
        let size = answers[1].iter().map(|logit| logit.abs()).fold(1.0, f32::max);
        let far = answers[0].iter().zip(&answers[1]).map(|(one, other)| (one - other).abs()).fold(0.0, f32::max);
        assert!(far < 0.1 * size, "{family}: {far} of {size}");
    }
}

#[test]
fn engines_side_by_side_share_their_weights() {
    let bundle = bundle("xlm-roberta", 48);
    let mut engines = load(&bundle, &config(2)).unwrap();
    assert_eq!(engines.len(), 2);
    let batch = TokenBatch::of(&[&[0, 67, 27, 2], &[0, 54, 2]]);
    let answers: Vec<Outputs> = engines.iter_mut().map(|engine| engine.forward(&batch).unwrap()).collect();
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn a_device_that_is_not_there_is_an_error_with_the_reason() {
    let card = bundle("bert", 48).card;
    let choose = |device, precision| Place::choose(&card, &Config { device, precision, ..config(1) });
    assert!(choose(Device::Cuda(63), Precision::F32).is_err_and(|error| error.to_string().contains("cuda:63")));
    assert!(choose(Device::Cpu, Precision::F16).is_err_and(|error| error.to_string().contains("f16")));
    if tch::Cuda::device_count() == 0 {
        let place = choose(Device::Auto, Precision::F32).unwrap().to_string();
        assert!(place.starts_with("1 thread(s) of the processor in f32 ("), "{place}");
    }
    assert!(device::room("m", u64::MAX).is_err_and(|error| error.to_string().contains("MiB of memory")));
    assert!(device::room("m", 1).is_ok());
}

/// What is wrong with a fixture after something was done to its folder.
fn spoilt(family: &str, spoil: impl FnOnce(&Path)) -> String {
    let bundle = bundle(family, 48);
    let Files::Safetensors { weights, .. } = &bundle.network else { panic!("no weights") };
    let folder = weights.parent().unwrap();
    spoil(folder);
    let card = card_of(folder, &wish(family, 48)).map(|card| {
        std::fs::write(folder.join("card.toml"), card.written().unwrap()).unwrap();
    });
    let outcome = card.and_then(|()| Bundle::load(folder)).and_then(|bundle| load(&bundle, &config(1)).map(drop));
    let error = outcome.unwrap_err();
    assert!(error.hint().is_some(), "{error}");
    error.to_string()
}

fn rewrite(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

/// Renames a tensor in place: the header keeps its length.
fn rename_tensor(folder: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let path = folder.join("model.safetensors");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn weights_that_do_not_fit_are_told_by_name() {
    let lacks = spoilt("bert", |folder| rename_tensor(folder, "bert.pooler.dense.weight", "bert.pooler.dense.wieght"));
    assert!(lacks.contains("lacks tensors: `bert.pooler.dense.weight`"), "{lacks}");
    let other = spoilt("bert", |folder| {
        rewrite(folder, "config.json", "\"intermediate_size\": 32", "\"intermediate_size\": 48");
    });
    assert!(other.contains("tensors of another shape") && other.contains("intermediate.dense"), "{other}");
    let cut = spoilt("bert", |folder| {
        let path = folder.join("model.safetensors");
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(path, &bytes[..bytes.len() - 100]).unwrap();
    });
    assert!(cut.contains("bytes and should have"), "{cut}");
    for strange in [&b"PK\x03\x04 a zip"[..], b"", b"\x02\0\0\0\0\0\0\0{]"] {
        let error = spoilt("bert", |folder| std::fs::write(folder.join("model.safetensors"), strange).unwrap());
        assert!(error.contains("is no safetensors file") || error.contains("a header that is none"), "{error}");
    }
}

#[test]
fn a_description_that_makes_no_network_is_refused() {
    let family = spoilt("bert", |folder| {
        rewrite(folder, "config.json", "\"model_type\": \"bert\"", "\"model_type\": \"modernbert\"");
    });
    assert!(family.contains("`modernbert`"), "{family}");
    let masked = spoilt("bert", |folder| rewrite(folder, "config.json", "ForSequenceClassification", "ForMaskedLM"));
    assert!(masked.contains("labels no texts"), "{masked}");
    let heads = spoilt("bert", |folder| {
        rewrite(folder, "config.json", "\"num_attention_heads\": ", "\"num_attention_heads\": 7");
    });
    assert!(heads.contains("cannot be built"), "{heads}");
    let broken = spoilt("bert", |folder| std::fs::write(folder.join("config.json"), "{").unwrap());
    assert!(broken.contains("cannot be read"), "{broken}");
    let words = spoilt("bert", |folder| {
        let tokenizer = fixture("deberta").join("tokenizer.json");
        std::fs::copy(tokenizer, folder.join("tokenizer.json")).unwrap();
    });
    assert!(words.contains("another model's"), "{words}");
}

#[test]
fn a_failure_inside_libtorch_is_an_error() {
    let bundle = bundle("bert", 48);
    let mut engines = load(&bundle, &config(1)).unwrap();
    let beyond = TokenBatch::of(&[&[0, 999_999, 2]]);
    let error = engines[0].forward(&beyond).unwrap_err();
    assert!(matches!(error, Error::Forward { rows: 1, .. }), "{error:?}");
}
