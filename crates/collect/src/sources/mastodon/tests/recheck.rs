//! Asking again for posts that were kept.

use super::*;
use crate::collector::Gone;

async fn gone(world: World, ids: &[u64]) -> (Gone, Vec<String>) {
    let scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let recheck = collector.recheck().unwrap();
    assert_eq!(recheck.batch(), 20);
    let gone = recheck.gone(&scene.client, &ids).await.unwrap();
    (gone, scene.asked())
}

fn world() -> (World, [u64; 4]) {
    let mut world = World::new();
    let there = world.put(NOW_MS, "seed_anna_1", json!({}));
    let opted_out = world.put(NOW_MS, "seed_bruno_1", json!({"account": {"acct": "seed_bruno_1", "noindex": true}}));
    let unlisted = world.put(NOW_MS, "seed_carla_1", json!({"visibility": "unlisted"}));
    (world, [there, opted_out, unlisted, 12])
}

#[tokio::test]
async fn what_is_deleted_closed_or_opted_out_is_gone() {
    let (world, ids) = world();
    let (gone, asked) = gone(world, &ids).await;
    assert_eq!(gone.gone, ids[1..].iter().map(ToString::to_string).collect::<Vec<_>>());
    assert!(gone.unknown.is_empty());
    assert_eq!(asked.len(), 2, "one question for all, one more for what is missing: {asked:?}");
}

#[tokio::test]
async fn a_server_without_the_question_for_many_is_asked_one_by_one() {
    let (world, ids) = world();
    let (gone, asked) = gone(World { takes_batches: false, ..world }, &ids).await;
    assert_eq!(gone.gone.len(), 3);
    assert_eq!(asked.len(), 5);
}

#[tokio::test]
async fn a_page_for_people_takes_nothing_back() {
    let scene = Scene::new(World { elsewhere: true, ..World::new() }).await;
    let mut collector = scene.collector(json!({}));
    let error = collector.recheck().unwrap().gone(&scene.client, &["12".to_owned()]).await.unwrap_err();
    assert!(matches!(error, AskError::Missing { .. }));
}

#[tokio::test]
async fn what_cannot_be_read_is_not_called_gone() {
    let mut world = World::new();
    let odd = world.put(NOW_MS, "seed_anna_1", json!({"visibility": null}));
    let (gone, _) = gone(world, &[odd]).await;
    assert_eq!(gone, Gone { gone: Vec::new(), unknown: vec![odd.to_string()] });
}
