//! The promise of `docs/method.md`, in small: `cargo bench --workspace --bench shares` prints the whole table.

#[path = "../benches/simulated.rs"]
mod simulated;

use polso_classify::{BUNDLED, Bundle};
use simulated::{Shift, Trial, World, false_alarms, tried};

const DAYS: u64 = 120;

fn world() -> World {
    World::of(&Bundle::validation_of(BUNDLED).unwrap().unwrap(), None)
}

fn trial(shift: Shift, posts: usize, labelled: usize) -> Trial {
    Trial { shift, posts, labelled: Some(labelled), resamples: 200, days: DAYS }
}

#[test]
fn an_eight_point_shift_is_found_where_counts_and_means_miss_it() {
    let outcome = tried(&world(), trial(Shift::By(0.08), 1_000, 2_000)).unwrap();
    assert!(outcome.error < 0.024, "{outcome:?}");
    assert!(outcome.error < 0.7 * outcome.mean && outcome.error < 0.7 * outcome.counted, "{outcome:?}");
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    // 120 days of three shares that depend on one another: three standard errors are about five points.
    for (shift, posts, labelled) in
        [(Shift::By(0.02), 500, 500), (Shift::By(0.08), 1_000, 2_000), (Shift::Uniform, 5_000, 500)]
    {
        let outcome = tried(&world(), trial(shift, posts, labelled)).unwrap();
        assert!((0.895..=0.995).contains(&outcome.coverage), "{shift:?} {posts} {labelled}: {outcome:?}");
    }
}

#[test]
fn days_of_one_mix_are_seldom_told_apart_though_few_posts_are_labelled() {
    let [chance, whole] = false_alarms(&world(), trial(Shift::By(0.08), 5_000, 500)).unwrap();
    assert!((0.0..=0.11).contains(&chance), "{chance}");
    // Whole intervals would hardly ever see a change: what is wrong with the labelled posts is wrong on both days.
    assert!(whole < 0.01, "{whole}");
}
