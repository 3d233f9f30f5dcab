//! Training and reading give the same tokens: on ten thousand lines that are as strange as posts are.

use super::*;
use crate::{BUNDLED, normalize};
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::Path;

/// Lines that share one hash in `tokens.sha256`.
const BLOCK: usize = 100;

fn models() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models"))
}

fn golden_lines() -> Vec<String> {
    let mut text = String::new();
    let file = std::fs::File::open(models().join("training/golden_lines.jsonl.gz")).unwrap();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Hash of the ids of some lines, in decimal: a space between two ids, a line feed between two lines.
fn hash(cutter: &Cutter, lines: &[String]) -> String {
    let ids = |line: &String| {
        let tokens = cutter.tokens(&normalize(line)).unwrap();
        tokens.ids.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
    };
    crate::bundle::sha256(lines.iter().map(ids).collect::<Vec<_>>().join("\n").as_bytes())
}

#[test]
fn training_and_reading_give_the_same_tokens() {
    let lines = golden_lines();
    assert_eq!(lines.len(), 10_000);
    let cutter = Cutter::new(&Bundle::bundled().unwrap());
    let written = std::fs::read_to_string(models().join(BUNDLED).join("tokens.sha256")).unwrap();
    let written: Vec<&str> = written.lines().collect();
    assert_eq!(written.len(), lines.len() / BLOCK);
    for (block, (lines, written)) in lines.chunks(BLOCK).zip(written).enumerate() {
        assert_eq!(hash(&cutter, lines), written, "lines {} to {}", block * BLOCK + 1, (block + 1) * BLOCK);
    }
}
