//! Sketches follow the texts they were made of.

use super::*;
use polso_domain::{Sketch, Stand, Vector};
use proptest::prelude::*;

fn sketch(seed: u32) -> Sketch {
    let components: Vec<f32> = (0..16).map(|i| ((i * 7 + seed) as f32).sin()).collect();
    Sketch {
        vector: Vector::new(&components).unwrap(),
        terms: vec![seed, seed + 1, u32::MAX],
        stand: Stand { denies: 0.1, asks: 1.0, negated: seed.is_multiple_of(2), debunks: true },
    }
}

fn of(claim: &str, (lang, place): (&str, u32), print: u64) -> StoredSketch {
    StoredSketch { claim: id(claim), lang: lang.to_owned(), place, print, sketch: sketch(place) }
}

#[test]
fn those_that_no_longer_fit_go_with_the_change() {
    let (_dir, mut desk) = open();
    desk.put(&[claim("a"), claim("b")], seeds()).unwrap();
    let all = [of("a", ("en", 0), 1), of("a", ("it", 0), 2), of("a", ("it", 1), u64::MAX), of("b", ("it", 1), 3)];
    let revision = desk.revision().unwrap();
    desk.put_sketches("m", &all).unwrap();
    desk.put_sketches("m", &all).unwrap();
    desk.put_sketches("other", &all[..1]).unwrap();
    assert_eq!(desk.sketches("m").unwrap(), all);
    assert_eq!(desk.sketches("other").unwrap(), all[..1]);
    assert_eq!(desk.sketches("third").unwrap(), []);
    assert_eq!(desk.revision().unwrap(), revision, "the texts are the same");

    let mut next = claim("a");
    next.wordings[0].text = "Garlic heals.".to_owned();
    next.wordings[1].phrasings.clear();
    next.verdict = Verdict::Mixed;
    desk.put(&[next], seeds()).unwrap();
    assert_eq!(desk.sketches("m").unwrap(), [all[1].clone(), all[3].clone()]);
    assert_eq!(desk.sketches("other").unwrap(), []);
}

#[test]
fn a_later_print_takes_the_place_of_an_earlier_one() {
    let (_dir, mut desk) = open();
    desk.put(&[claim("a")], seeds()).unwrap();
    desk.put_sketches("m", &[of("a", ("it", 0), 1)]).unwrap();
    desk.put_sketches("m", &[of("a", ("it", 0), 2)]).unwrap();
    assert_eq!(desk.sketches("m").unwrap(), [of("a", ("it", 0), 2)]);
}

#[test]
fn a_narrative_lives_by_its_sketches() {
    let (_dir, mut desk) = open();
    let narrative = Claim { kind: ClaimKind::Narrative, wordings: vec![], ..claim("n") };
    desk.put(std::slice::from_ref(&narrative), seeds()).unwrap();
    let three = [of("n", ("it", 0), 0), of("n", ("it", 1), 0), of("n", ("it", 2), 0)];
    let start = desk.revision().unwrap();
    let reversed: Vec<StoredSketch> = three.iter().rev().cloned().collect();
    desk.put_sketches("m", &reversed).unwrap();
    assert_eq!(desk.revision().unwrap(), start + 1);
    desk.put_sketches("m", &three).unwrap();
    assert_eq!(desk.revision().unwrap(), start + 1, "the same sketches again");

    let worded = ClaimEdit { text: Some(("it".to_owned(), "Cura.".to_owned())), ..ClaimEdit::default() };
    desk.set_claim(&id("n"), &worded, person()).unwrap();
    desk.put(&[Claim { verdict: Verdict::Mixed, ..narrative }], seeds()).unwrap();
    assert_eq!(desk.sketches("m").unwrap(), three, "made of no text, so no text outdates them");
    desk.put_sketches("m", &[of("n", ("it", 0), 9)]).unwrap();
    assert_eq!(desk.sketches("m").unwrap().len(), 4, "and one of the text beside them");

    desk.put_sketches("m", &three[..1]).unwrap();
    assert_eq!(desk.sketches("m").unwrap(), [three[0].clone(), of("n", ("it", 0), 9)]);
    assert_eq!(desk.changed_since(start + 2).unwrap(), [id("n")]);
}

#[test]
fn what_belongs_nowhere_is_refused() {
    let (_dir, mut desk) = open();
    desk.put(&[claim("a")], seeds()).unwrap();
    let mut odd = of("a", ("it", 0), 1);
    odd.sketch.stand.asks = f32::NAN;
    let cases = [vec![of("a", ("it", 0), 1), of("x", ("it", 0), 1)], vec![of("a", ("it", 0), 1); 2], vec![odd]];
    for case in cases {
        assert!(desk.put_sketches("m", &case).unwrap_err().hint().is_some());
    }
    assert_eq!(desk.sketches("m").unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_sketch_comes_back_bit_by_bit(
        bytes in prop::collection::vec(any::<i8>(), 1..400),
        terms in prop::collection::vec(any::<u32>(), 0..40),
        (denies, asks, negated, debunks) in (0.0..1.0_f32, 0.0..1.0_f32, any::<bool>(), any::<bool>()),
        print in any::<u64>(),
    ) {
        let (_dir, mut desk) = open();
        desk.put(&[claim("a")], seeds()).unwrap();
        let Some(vector) = Vector::from_bytes(&bytes) else { return Ok(()) };
        let sketch = Sketch { vector, terms, stand: Stand { denies, asks, negated, debunks } };
        let stored = [StoredSketch { claim: id("a"), lang: "it".to_owned(), place: 0, print, sketch }];
        desk.put_sketches("m", &stored).unwrap();
        prop_assert_eq!(desk.sketches("m").unwrap(), stored);
    }
}
