//! Whatever comes whenever, and however it is paged: nothing is lost, nothing comes twice.

use super::super::ids::LocalId;
use super::super::walk::{Pace, Sight, Step, Walk};
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const OVERLAP_MS: i64 = 12 * HOUR_MS;

/// A post: when it was posted, how late it federates, the chance in its id.
#[derive(Debug, Clone, Copy)]
struct Sent {
    posted_ms: i64,
    late_ms: i64,
    chance: u64,
}

impl Sent {
    fn arrives_ms(self) -> i64 {
        self.posted_ms + self.late_ms
    }

    /// As instances make them: from the second, and within it by chance.
    fn id(self) -> u64 {
        let second_ms = u64::try_from(self.posted_ms / 1000 * 1000).unwrap();
        ((second_ms + self.chance % 1000) << 16) + self.chance / 1000 % 65_536
    }
}

fn sent() -> impl Strategy<Value = Sent> {
    // Many at once or hours apart, many prompt, some as late as may be.
    let late = prop_oneof![3 => 0..5_000_i64, 1 => 0..OVERLAP_MS];
    (0..30 * HOUR_MS, late, any::<u32>()).prop_map(|(after, late_ms, chance)| Sent {
        posted_ms: NOW_MS + after,
        late_ms,
        chance: u64::from(chance),
    })
}

/// The page a server would give now.
fn page(posts: &[Sent], step: &Step, limit: usize) -> Vec<Sight> {
    let number = |id: &LocalId| id.as_str().parse::<u64>().unwrap();
    let mut fits: Vec<&Sent> = posts
        .iter()
        .filter(|post| match step {
            Step::Newest => true,
            Step::Below(id) => post.id() < number(id),
            Step::Above(id) => post.id() > number(id),
        })
        .collect();
    fits.sort_by_key(|post| post.id());
    if matches!(step, Step::Above(_)) {
        fits.truncate(limit);
        fits.reverse();
    } else {
        fits.reverse();
        fits.truncate(limit);
    }
    let sight = |post: &&Sent| Sight {
        id: LocalId::new(&post.id().to_string()),
        at: Some(Timestamp::from_millis(post.posted_ms)),
    };
    fits.iter().map(sight).collect()
}

proptest! {
    #[test]
    fn a_walk_meets_every_post_that_is_no_later_than_the_overlap(
        sent in prop::collection::vec(sent(), 0..60),
        waits in prop::collection::vec(1..4 * HOUR_MS, 1..30),
        limits in prop::collection::vec(1..8_usize, 1..8),
        forgetful in any::<bool>(),
    ) {
        let pace = Pace { since: Timestamp::from_millis(NOW_MS), overlap_ms: OVERLAP_MS, every_ms: HOUR_MS };
        let mut limits = limits.iter().copied().cycle();
        let (mut walk, mut now_ms, mut met) = (Walk::default(), NOW_MS, BTreeSet::new());
        // The last rounds begin when all has come.
        for wait in waits.into_iter().chain([50 * HOUR_MS, 2 * HOUR_MS]) {
            now_ms += wait;
            let round = Timestamp::from_millis(now_ms);
            for turn in 0.. {
                prop_assert!(turn < 1_000, "a round ends");
                let step = walk.step(&pace, round);
                // Time goes on while pages are read.
                now_ms += 700;
                let there: Vec<Sent> = sent.iter().copied().filter(|post| post.arrives_ms() <= now_ms).collect();
                let page = page(&there, &step, limits.next().unwrap());
                let read = walk.take(&page, round);
                met.extend(page.into_iter().filter_map(|sight| sight.id));
                if forgetful {
                    walk = serde_json::from_str(&serde_json::to_string(&walk).unwrap()).unwrap();
                }
                if read.unwrap() {
                    break;
                }
            }
        }
        for post in &sent {
            prop_assert!(met.contains(&LocalId::new(&post.id().to_string()).unwrap()), "{post:?}");
        }
    }
}

/// The same through the collector, over HTTP: each post once, whatever is asked when.
#[test]
fn every_post_is_handed_on_once() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 24,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let cases = (
        prop::collection::vec(sent(), 0..30),
        prop::collection::vec(1..6 * HOUR_MS, 1..12),
        1..6_usize,
        prop::option::of(0..12_usize),
    );
    let run = |(sent, waits, page, restart): (Vec<Sent>, Vec<i64>, usize, Option<usize>)| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(handed_on(&sent, &waits, (page, restart)))
    };
    runner.run(&cases, run).unwrap();
}

async fn handed_on(sent: &[Sent], waits: &[i64], (page, restart): (usize, Option<usize>)) -> Result<(), TestCaseError> {
    let mut scene = Scene::new(World { page, ..World::new() }).await;
    scene.since = Timestamp::from_millis(NOW_MS);
    let mut collector = scene.collector(json!({}));
    let mut waiting = sent.to_vec();
    let mut all: Vec<u64> = Vec::new();
    for (n, wait) in waits.iter().copied().chain([50 * HOUR_MS, 2 * HOUR_MS]).enumerate() {
        scene.pass(wait);
        let now_ms = scene.now().millis();
        let (come, later): (Vec<Sent>, Vec<Sent>) = waiting.into_iter().partition(|post| post.arrives_ms() <= now_ms);
        waiting = later;
        for post in come {
            scene.world().posts.entry(post.id()).or_insert_with(|| status(post.id(), post.posted_ms, "seed_anna_1"));
        }
        if restart == Some(n) {
            collector = scene.collector(json!({}));
        }
        let ids = scene.round(&mut collector).await.map_err(|error| TestCaseError::fail(error.to_string()))?.ids();
        let once: BTreeSet<u64> = ids.iter().copied().collect();
        prop_assert_eq!(once.len(), ids.len(), "twice in one round");
        all.extend(ids);
    }
    let there: Vec<u64> = scene.world().posts.keys().copied().collect();
    let met: BTreeSet<u64> = all.iter().copied().collect();
    prop_assert_eq!(met.into_iter().collect::<Vec<_>>(), there);
    prop_assert!(restart.is_some() || all.len() == scene.world().posts.len(), "twice in one process");
    Ok(())
}
