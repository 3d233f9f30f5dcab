//! Doors: open, half open, closed, and settings that cannot be.

use super::*;

fn feeds(local: &str, remote: &str) -> World {
    World { about: about(&json!({"local": local, "remote": remote}), None), ..World::new() }
}

async fn knock(world: World, changes: Value) -> Result<String, AskError> {
    let scene = Scene::new(world).await;
    let mut collector = scene.collector(changes);
    collector.knock(&scene.client, scene.now()).await
}

fn token() -> Value {
    json!({"token_file": "token", "streaming": "off"})
}

#[tokio::test]
async fn an_open_door_says_what_it_shows() {
    let mut world = World::new();
    world.put(NOW_MS, "seed_anna_1", json!({}));
    world.put(NOW_MS, "seed_bruno_1", json!({"account": {"acct": "seed_bruno_1", "indexable": false}}));
    let said = knock(world, json!({})).await.unwrap();
    assert_eq!(
        said,
        "open: hashtag timelines are shown, no token is needed, 2 posts on the first page of `#casa` (1 to keep, 1 not public or \
         withheld by their authors), version 4.6.4"
    );
    let said =
        knock(World { wants_token: Some("seed-token"), ..feeds("authenticated", "authenticated") }, token()).await;
    assert!(said.unwrap().contains("the token works"));
}

#[tokio::test]
async fn a_silent_door_is_told_from_an_empty_one() {
    for (world, hint) in
        [(feeds("disabled", "disabled"), "another instance"), (feeds("authenticated", "disabled"), "token_file")]
    {
        let mut scene = Scene::new(World { timeline: Some(Reply::json("[]")), ..world }).await;
        let mut collector = scene.collector(json!({}));
        let error = scene.round(&mut collector).await.err().unwrap();
        assert!(matches!(error, AskError::Closed { .. }) && error.hint().unwrap().contains(hint), "{error}");
        assert!(scene.asked().iter().all(|one| one.contains("/instance")), "nobody asks a closed door");
    }
}

#[tokio::test]
async fn a_half_open_door_is_asked_for_what_it_shows() {
    let mut world = feeds("public", "authenticated");
    world.put(NOW_MS, "seed_anna_1", json!({}));
    world.put(
        NOW_MS,
        "seed_bruno_1",
        json!({"account": {"acct": "seed_bruno_1", "url": "https://m.example/@seed_bruno_1"}}),
    );
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    let round = scene.round(&mut collector).await.unwrap();
    assert_eq!(round.posts().len(), 1);
    assert!(scene.asked().iter().any(|one| one.contains("local=true")));
    assert!(collector.notice().unwrap().contains("half open"));
    assert!(collector.knock(&scene.client, scene.now()).await.unwrap().starts_with("half open"));
    let remote = knock(feeds("disabled", "public"), json!({})).await.unwrap();
    assert!(remote.contains("other instances' users only"));
}

#[tokio::test]
async fn refusals_say_what_to_do() {
    let refusal = |status, body: &str| World { timeline: Some(Reply { status, ..Reply::json(body) }), ..World::new() };
    let invalid = r#"{"error":"The access token is invalid"}"#;
    for world in [
        refusal(401, invalid),
        refusal(403, "{}"),
        refusal(422, r#"{"error":"This method requires an authenticated user"}"#),
    ] {
        let error = knock(world, json!({})).await.unwrap_err();
        assert!(matches!(error, AskError::Closed { .. }), "{error}");
        assert!(error.hint().unwrap().contains("token_file"));
    }
    let old = World { wants_token: Some("a newer one"), ..World::new() };
    let error = knock(old, token()).await.unwrap_err();
    assert!(error.hint().unwrap().contains("is not accepted"), "{error}");
    let elsewhere = World { timeline: Some(Reply::new(404, "<html>no such page")), ..World::new() };
    let missing = knock(elsewhere, json!({})).await.unwrap_err();
    assert!(matches!(missing, AskError::Missing { .. }), "a site that is no instance is not one where nobody speaks");
    let refused = knock(refusal(400, "{}"), json!({})).await.unwrap_err();
    assert!(matches!(refused, AskError::Refused { .. }));
}

#[tokio::test]
async fn a_renewed_token_is_read_without_a_new_start() {
    let mut world = World { wants_token: Some("renewed"), ..World::new() };
    let id = world.put(NOW_MS, "seed_anna_1", json!({}));
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(token());
    assert!(matches!(scene.round(&mut collector).await, Err(AskError::Closed { .. })));
    crate::secret::write(&scene.secrets.path().join("token"), "renewed").unwrap();
    assert_eq!(scene.round(&mut collector).await.unwrap().ids(), [id]);
}

#[tokio::test]
async fn instances_that_say_little_of_themselves_are_asked_all_the_same() {
    for about in [found(None), Reply::json("{}"), Reply::json(r#"{"version":"2.7.2 (compatible; Other 1.0)"}"#)] {
        assert!(knock(World { about, ..World::new() }, json!({})).await.unwrap().starts_with("open"));
    }
    let closed = World { about: Reply { status: 401, ..Reply::json("{}") }, ..World::new() };
    assert!(matches!(knock(closed, json!({})).await, Err(AskError::Closed { .. })));
}

#[tokio::test]
async fn it_is_asked_about_itself_once_a_day_and_yesterday_serves() {
    let mut scene = Scene::new(World::new()).await;
    let mut collector = scene.collector(json!({}));
    let mut times = Vec::new();
    for hours in [0, 1, 22, 2] {
        scene.pass(hours * HOUR_MS);
        scene.round(&mut collector).await.unwrap();
        times.push(scene.asked().iter().filter(|one| one.contains("/instance")).count());
    }
    assert_eq!(times, [1, 0, 0, 1]);
    scene.world().about = Reply::new(200, "<html>");
    scene.pass(25 * HOUR_MS);
    assert!(scene.round(&mut collector).await.is_ok());
}

#[tokio::test]
async fn settings_that_cannot_be_are_refused() {
    let scene = Scene::new(World::new()).await;
    for (wrong, word) in [
        (json!({"instance": "m.example/@seed_anna_1"}), "names no instance"),
        (json!({"name": "../x"}), "cannot be the name of a source"),
        (json!({"streaming": "sse"}), "users only"),
    ] {
        let error = scene.try_collector(wrong).err().unwrap();
        assert!(error.to_string().contains(word) && error.hint().is_some(), "{error}");
    }
    let mut config = json!({"instance": "m.example"});
    assert!(serde_json::from_value::<Config>(config.clone()).is_ok());
    config["overlap"] = json!(1);
    assert!(serde_json::from_value::<Config>(config).is_err());
    let mut collector = scene.collector(json!({"token_file": "none", "streaming": "off"}));
    let error = collector.knock(&scene.client, scene.now()).await.unwrap_err();
    assert!(error.to_string().contains("cannot read the secret"));
    collector.spellings.clear();
    assert!(collector.knock(&scene.client, scene.now()).await.unwrap_err().to_string().contains("no hashtag"));
}
