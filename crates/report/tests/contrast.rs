//! The colours of the page, by day, by night and on paper, are far enough from one another to be read (WCAG 2.2, AA).

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../src/html/style.css");

/// The colours of each `:root` block, by name.
fn palettes() -> Vec<BTreeMap<&'static str, [f64; 3]>> {
    let blocks = STYLE.split(":root {").skip(1).filter_map(|rest| rest.split('}').next());
    let declarations = |block: &'static str| block.split(';').filter_map(|line| line.trim().strip_prefix("--"));
    let colour = |line: &'static str| line.split_once(": #").map(|(name, hex)| (name, channels(hex)));
    blocks.map(|block| declarations(block).filter_map(colour).collect()).collect()
}

fn channels(hex: &str) -> [f64; 3] {
    let long: String = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
    [0, 2, 4].map(|i| f64::from(u8::from_str_radix(&long[i..i + 2], 16).unwrap_or(0)) / 255.0)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn texts_and_marks_stand_out_from_their_ground() {
    const TEXT: f64 = 4.5;
    const MARK: f64 = 3.0;
    let palettes = palettes();
    assert_eq!(palettes.len(), 3, "day, night, paper");
    for palette in palettes {
        for (name, ground, least) in [
            ("ink", "ground", TEXT),
            ("ink", "paper", TEXT),
            ("soft", "ground", TEXT),
            ("soft", "paper", TEXT),
            ("accent", "ground", TEXT),
            ("accent", "paper", TEXT),
            ("negative", "paper", TEXT),
            ("part", "part-ground", TEXT),
            ("nothing", "nothing-ground", TEXT),
            ("whole", "whole-ground", TEXT),
            ("neutral", "paper", MARK),
            ("positive", "paper", MARK),
            ("check", "paper", MARK),
            ("usual", "paper", MARK),
            ("soft", "track", MARK),
        ] {
            let ratio = contrast(palette[name], palette[ground]);
            assert!(ratio >= least, "{name} on {ground}: {ratio:.2}");
        }
    }
}
