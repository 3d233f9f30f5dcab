//! Answers to posts that were found.

use super::*;
use polso_domain::PostKind;

fn answer(id: u64, to: u64, name: &str, changes: Value) -> Value {
    let mut answer = status(id, NOW_MS + HOUR_MS, name);
    let bare = json!({"in_reply_to_id": to.to_string(), "tags": [], "content": "<p>Grazie</p>"});
    merge(&mut answer, bare);
    merge(&mut answer, changes);
    answer
}

#[tokio::test]
async fn answers_are_kept_without_a_hashtag_and_know_what_they_answer() {
    let mut world = World::new();
    let root = world.put(NOW_MS, "seed_anna_1", json!({}));
    let descendants = json!([
        answer(1, root, "seed_bruno_1", json!({})),
        answer(2, 1, "seed_carla_1", json!({})),
        answer(3, root, "seed_dario_1", json!({"visibility": "unlisted"})),
        answer(4, 99, "seed_elena_1", json!({})),
    ]);
    world.contexts.insert(root, json!({"ancestors": [], "descendants": descendants}));
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({"reactions": true}));
    assert_eq!(scene.round(&mut collector).await.unwrap().ids(), [root]);
    scene.pass(HOUR_MS);
    assert!(scene.round(&mut collector).await.unwrap().rows.is_empty(), "not yet");

    // Another process: the list of threads travels in the cursor, the address of the post does not.
    scene.pass(5 * HOUR_MS);
    assert!(!scene.cursor.as_ref().unwrap().contains("seed_"));
    let mut collector = scene.collector(json!({"reactions": true}));
    let round = scene.round(&mut collector).await.unwrap();
    let answers: Vec<&RawPost> = round.posts().into_iter().filter(|post| post.kind == PostKind::Reply).collect();
    let uri = |name: &str, id| format!("https://home.example/ap/users/{name}/statuses/{id}");
    let parents: Vec<Option<String>> = answers.iter().map(|post| post.in_reply_to.clone()).collect();
    assert_eq!(parents, [Some(uri("seed_anna_1", root)), Some(uri("seed_bruno_1", 1)), None]);
    scene.pass(6 * HOUR_MS);
    assert!(scene.round(&mut collector).await.unwrap().rows.is_empty(), "and no answer twice");
}

#[tokio::test]
async fn a_thread_that_is_gone_or_broken_ends_no_round() {
    let mut world = World::new();
    let gone = world.put(NOW_MS, "seed_anna_1", json!({}));
    let broken = world.put(NOW_MS, "seed_anna_1", json!({}));
    world.contexts.insert(broken, json!({"descendants": "many"}));
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({"reactions": true}));
    scene.round(&mut collector).await.unwrap();
    scene.pass(7 * HOUR_MS);
    scene.asked();
    assert!(scene.round(&mut collector).await.unwrap().covered.is_some());
    assert!(scene.asked().iter().any(|one| one.contains(&format!("{gone}/context"))));
    let asked =
        |scene: &Scene, id: u64| scene.asked().iter().filter(|one| one.contains(&format!("{id}/context"))).count();
    scene.pass(7 * HOUR_MS);
    scene.round(&mut collector).await.unwrap();
    assert_eq!(asked(&scene, gone), 0);
    scene.pass(7 * HOUR_MS);
    scene.round(&mut collector).await.unwrap();
    assert_eq!(asked(&scene, broken), 1);
}

#[tokio::test]
async fn no_answers_are_read_unless_asked_for() {
    let mut world = World::new();
    world.put(NOW_MS, "seed_anna_1", json!({}));
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    scene.round(&mut collector).await.unwrap();
    scene.pass(7 * HOUR_MS);
    scene.round(&mut collector).await.unwrap();
    assert!(scene.asked().iter().all(|one| !one.contains("context")));
}
