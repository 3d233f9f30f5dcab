//! How long a large library takes. Run by hand, in release: `cargo test --release -p polso-desk -- --ignored --nocapture`.

use super::*;
use polso_domain::{Sketch, Stand, Vector};
use std::time::{Duration, Instant};

const CLAIMS: usize = 200_000;

fn claims(round: usize) -> Vec<Claim> {
    (0..CLAIMS)
        .map(|nth| {
            let text = format!("Claim number {nth} says that something of everyday use heals what it does not heal.");
            // In the second round every hundredth says something else.
            let said = format!("number {nth} heals, they say ({})", if nth % 100 == 0 { round } else { 0 });
            Claim {
                wordings: vec![wording("it", &[&text, &said, "it heals"]), wording("en", &[&text])],
                ..claim(&format!("claim-{nth:06}"))
            }
        })
        .collect()
}

fn sketches() -> Vec<StoredSketch> {
    let components: Vec<f32> = (0..384_u32).map(|i| (i as f32).sin()).collect();
    let vector = Vector::new(&components).unwrap();
    let sketch = Sketch { vector, terms: (0..12).collect(), stand: Stand::default() };
    (0..CLAIMS)
        .map(|nth| StoredSketch {
            claim: id(&format!("claim-{nth:06}")),
            lang: "it".to_owned(),
            place: 0,
            print: 1,
            sketch: sketch.clone(),
        })
        .collect()
}

#[expect(clippy::print_stderr, reason = "it is run to see these numbers")]
fn timed<T>(what: &str, run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = run();
    let took = start.elapsed();
    eprintln!("{what}: {:.2} s", took.as_secs_f64());
    (done, took)
}

#[test]
#[ignore = "half a minute and 300 MB of disk: run by hand"]
fn two_hundred_thousand_claims_go_in_within_a_minute_and_out_within_seconds() {
    let (_dir, mut desk) = open();
    let (first, second, made) = (claims(0), claims(1), sketches());
    let (put, went_in) = timed("put", || desk.put(&first, seeds()).unwrap());
    assert_eq!(put.added, CLAIMS);
    let (put, again) = timed("put again, one in a hundred changed", || desk.put(&second, seeds()).unwrap());
    assert_eq!(put, Put { changed: CLAIMS / 100, unchanged: CLAIMS - CLAIMS / 100, ..Put::default() });
    let (found, came_out) = timed("claims", || desk.claims().unwrap());
    assert_eq!(found.len(), CLAIMS);
    timed("put_sketches", || desk.put_sketches("m", &made).unwrap());
    let (found, read) = timed("sketches", || desk.sketches("m").unwrap());
    assert_eq!(found.len(), CLAIMS);
    assert!(went_in.max(again) < Duration::from_mins(1));
    assert!(came_out.max(read) < Duration::from_secs(10));
}
