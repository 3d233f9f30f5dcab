//! Rounds through timelines: nothing lost, nothing twice, nothing asked for in vain.

use super::*;
use crate::listen::{Delivery, Listening, Outcome, listen};
use polso_domain::SetAside;

#[tokio::test]
async fn the_first_round_reads_back_to_the_beginning_and_the_next_goes_on() {
    let mut world = World { page: 3, ..World::new() };
    let ids: Vec<u64> = (0..10).rev().map(|n| world.put(NOW_MS - n * HOUR_MS, "seed_anna_1", json!({}))).collect();
    world.put(NOW_MS - 90 * HOUR_MS, "seed_anna_1", json!({}));
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    let first = scene.round(&mut collector).await.unwrap();
    let mut read = first.ids();
    read.sort_unstable();
    assert_eq!(read, ids, "and what is older than the beginning is not read");
    assert_eq!(first.covered, Span::new(scene.since, scene.now()));
    assert_eq!(posts(&first.rows)[0].source.as_str(), "mastodon");

    scene.pass(5 * MINUTE_MS);
    scene.asked();
    let new = scene.world().put(NOW_MS + MINUTE_MS, "seed_anna_1", json!({}));
    let second = scene.round(&mut collector).await.unwrap();
    assert_eq!(second.ids(), [new]);
    assert_eq!(second.covered, Span::new(Timestamp::from_millis(NOW_MS), scene.now()));
    let asked = scene.asked();
    assert!(asked.len() == 2 && asked.iter().all(|one| one.contains("min_id=")), "{asked:?}");
}

#[tokio::test]
async fn a_post_that_federates_late_is_met_by_the_look_back_and_nothing_else_twice() {
    let mut world = World::new();
    for n in 0..5 {
        world.put(NOW_MS - n * HOUR_MS, "seed_anna_1", json!({}));
    }
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    scene.round(&mut collector).await.unwrap();
    scene.pass(10 * MINUTE_MS);
    let late = scene.world().put(NOW_MS - 11 * HOUR_MS, "seed_bruno_1", json!({}));
    assert_eq!(scene.round(&mut collector).await.unwrap().ids(), [] as [u64; 0]);
    scene.pass(50 * MINUTE_MS);
    assert_eq!(scene.round(&mut collector).await.unwrap().ids(), [late]);

    // Another process remembers nothing: it reads the overlap once more and no further.
    scene.pass(HOUR_MS);
    let mut other = scene.collector(json!({}));
    assert_eq!(scene.round(&mut other).await.unwrap().ids().len(), 6);
}

#[tokio::test]
async fn a_page_that_was_not_stored_is_given_again() {
    let mut world = World { page: 2, ..World::new() };
    for n in 0..6 {
        world.put(NOW_MS - n * HOUR_MS, "seed_anna_1", json!({}));
    }
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    scene.page(&mut collector, Mode::CatchUp).await.unwrap();
    let stored = scene.cursor.clone();
    let lost = scene.page(&mut collector, Mode::CatchUp).await.unwrap();
    scene.cursor = stored;
    let again = scene.page(&mut collector, Mode::CatchUp).await.unwrap();
    let ids = |page: &Page| posts(&page.rows).iter().map(|post| post.id.clone()).collect::<Vec<_>>();
    assert!(ids(&lost).len() == 2 && ids(&lost) == ids(&again));
}

#[tokio::test]
async fn an_edit_is_the_same_post_again_and_what_is_edited_away_is_taken_back() {
    let mut world = World::new();
    let edited = world.put(NOW_MS - HOUR_MS, "seed_anna_1", json!({}));
    let away = world.put(NOW_MS - 2 * HOUR_MS, "seed_bruno_1", json!({}));
    let hidden = world.put(NOW_MS - 3 * HOUR_MS, "seed_carla_1", json!({}));
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    scene.round(&mut collector).await.unwrap();
    scene.pass(2 * HOUR_MS);
    {
        let mut world = scene.world();
        let change = |status: &mut Value, text: &str| {
            status["edited_at"] = json!(time(NOW_MS));
            status["content"] = json!(text);
        };
        change(world.posts.get_mut(&edited).unwrap(), "<p>Esco</p>");
        let status = world.posts.get_mut(&away).unwrap();
        change(status, "<p>Esco</p>");
        status["tags"] = json!([{"name": "casa"}, {"name": "gioco"}]);
        world.posts.get_mut(&hidden).unwrap()["account"]["indexable"] = json!(false);
    }
    collector.reader.matcher =
        Track { none: vec!["gioco".to_owned()], ..track() }.matcher(crate::track::Folding::Accents);
    let round = scene.round(&mut collector).await.unwrap();
    assert_eq!(round.ids(), [edited]);
    assert_eq!(round.posts()[0].text, "Esco");
    let uri = |name: &str, id| format!("https://home.example/ap/users/{name}/statuses/{id}");
    assert_eq!(round.deleted(), [uri("seed_carla_1", hidden), uri("seed_bruno_1", away)]);
    scene.pass(2 * HOUR_MS);
    assert!(scene.round(&mut collector).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn the_loop_that_catches_up_ends_and_each_delivery_is_asked_for() {
    let mut world = World { page: 2, ..World::new() };
    for n in 0..7 {
        world.put(NOW_MS - n * HOUR_MS, "seed_anna_1", json!({}));
    }
    let scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    let listening = Listening { cursor: None, since: scene.since, mode: Mode::CatchUp };
    let (deliveries, mut delivered) = tokio::sync::mpsc::channel(1);
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let store = async {
        let (mut posts, mut covered) = (0, None);
        while let Some(Delivery { outcome, stored, .. }) = delivered.recv().await {
            let Outcome::Answered(page) = outcome else { panic!("a failure") };
            posts += super::posts(&page.rows).len();
            covered = page.covered.or(covered);
            stored.send(true).unwrap();
        }
        (posts, covered)
    };
    let ((), stored) = tokio::join!(
        async {
            listen(&mut collector, &scene.client, listening, (deliveries, stopped)).await;
        },
        store
    );
    assert_eq!(stored, (7, Span::new(scene.since, scene.now())));
}

#[tokio::test]
async fn two_instances_give_one_post() {
    let mut world = World::new();
    world.put(NOW_MS - HOUR_MS, "seed_anna_1", json!({}));
    let mut here = Scene::new(world).await;
    let mut elsewhere = World::new();
    let mut same = status(1, NOW_MS - HOUR_MS, "seed_anna_1");
    same["uri"] = here.world().posts.values().next().unwrap()["uri"].clone();
    same["account"]["acct"] = json!("seed_anna_1");
    elsewhere.posts.insert(77, same);
    let mut there = Scene::new(elsewhere).await;
    let (mut one, mut other) = (here.collector(json!({})), there.collector(json!({"name": "elsewhere"})));
    assert_ne!(one.door(), other.door());
    let (one, other) = (here.round(&mut one).await.unwrap(), there.round(&mut other).await.unwrap());
    let (one, other) = (one.posts()[0], other.posts()[0]);
    assert_eq!((&one.source, &one.id, &one.author.handle), (&other.source, &other.id, &other.author.handle));
    assert_eq!(one.author.handle, "seed_anna_1@home.example");
    assert_ne!(one.ask_again, other.ask_again);
}

#[tokio::test]
async fn a_hashtag_the_instance_does_not_know_is_empty() {
    let mut scene = Scene::new(World { timeline: Some(found(None)), ..World::new() }).await;
    let mut collector = scene.collector(json!({}));
    let round = scene.round(&mut collector).await.unwrap();
    assert!(round.rows.is_empty() && round.covered.is_some());
}

#[tokio::test]
async fn every_spelling_has_its_walk_and_the_conditions_go_along() {
    let mut scene = Scene::new(World::new()).await;
    let track = Track {
        any: vec![Tag { name: "Città".to_owned(), variants: vec!["smørrebrød".to_owned()], languages: Vec::new() }],
        all: vec!["Virus".to_owned()],
        none: ["a", "b", "c", "d"].map(str::to_owned).into(),
        ..Track::default()
    };
    let places = Places { secrets: scene.secrets.path().to_owned(), sessions: scene.secrets.path().to_owned() };
    let mut collector = Mastodon::new(&scene.config(json!({})), &track, &places).unwrap();
    scene.round(&mut collector).await.unwrap();
    let asked = scene.asked().join("\n");
    assert!(asked.contains("/tag/citta?limit=40&all%5B%5D=virus&none%5B%5D=a&none%5B%5D=b&none%5B%5D=c"), "{asked}");
    assert!(asked.contains("/tag/smorrebrod?") && !asked.contains("=d"), "{asked}");
}

#[tokio::test]
async fn a_post_with_two_followed_hashtags_is_one_post() {
    let mut world = World::new();
    let both = json!({"tags": [{"name": "casa"}, {"name": "virus"}]});
    let id = world.put(NOW_MS - HOUR_MS, "seed_anna_1", both);
    let mut scene = Scene::new(world).await;
    let mut collector = scene.collector(json!({}));
    collector.spellings.push("virus".to_owned());
    let round = scene.round(&mut collector).await.unwrap();
    assert_eq!(round.ids(), [id]);
    assert_eq!(scene.asked().iter().filter(|one| one.contains("/tag/virus")).count(), 2);
}

#[tokio::test]
async fn what_cannot_be_read_is_set_aside_once_and_names_nobody() {
    let mut world = World::new();
    let fine = world.put(NOW_MS - HOUR_MS, "seed_anna_1", json!({}));
    for (n, wrong) in [
        json!({"uri": null}),
        json!({"created_at": "ieri"}),
        json!({"account": null}),
        json!({"visibility": null}),
        json!({"mentions": "seed_anna_1", "content": "<p>@<span>seed_anna_1</span></p>"}),
        json!({"account": {"acct": "seed_anna_1", "indexable": "no"}}),
    ]
    .into_iter()
    .enumerate()
    {
        world.put(NOW_MS - 2 * HOUR_MS - i64::try_from(n).unwrap(), "seed_anna_1", wrong);
    }
    let nulls: serde_json::Map<String, Value> =
        status(0, NOW_MS, "x").as_object().unwrap().keys().map(|key| (key.clone(), Value::Null)).collect();
    world.put(NOW_MS - 3 * HOUR_MS, "seed_anna_1", Value::Object(nulls));
    let mut scene = Scene::new(world).await;
    // The server finds them by their hashtag, whatever they are.
    let all: Vec<Value> = scene.world().posts.values().rev().cloned().collect();
    scene.world().timeline = Some(Reply::json(json!(all).to_string()));
    let mut collector = scene.collector(json!({}));
    let page = scene.page(&mut collector, Mode::CatchUp).await.unwrap();
    let mut reasons = BTreeMap::new();
    for row in &page.rows {
        if let Row::SetAside(rejected) = row {
            *reasons.entry(rejected.reason.as_str()).or_insert(0) += 1;
            let said = format!("{rejected:?}");
            assert!(!said.contains("seed_"), "{said}");
        }
    }
    let expected = [SetAside::BadTime, SetAside::Malformed, SetAside::MissingField].map(SetAside::as_str);
    assert_eq!(reasons, expected.into_iter().zip([1, 3, 3]).collect());
    assert_eq!(
        posts(&page.rows).iter().map(|post| post.ask_again.clone().unwrap()).collect::<Vec<_>>(),
        [fine.to_string()]
    );
    scene.world().timeline = None;
    scene.round(&mut collector).await.unwrap();
    scene.pass(2 * HOUR_MS);
    assert!(scene.round(&mut collector).await.unwrap().rows.is_empty(), "each once");
}

#[tokio::test]
async fn answers_of_another_kind_are_failures_and_other_hashtags_go_on() {
    let login = Reply::new(200, "<!DOCTYPE html><html>login</html>").header("content-type", "text/html");
    let mut scene = Scene::new(World { timeline: Some(login), ..World::new() }).await;
    let mut collector = scene.collector(json!({}));
    let error = scene.round(&mut collector).await.err().unwrap();
    assert!(error.to_string().contains("a page for people") && error.may_pass(), "{error}");
    for odd in ["{}", "[1,", "[7]", r#"{"error":"x"}"#] {
        scene.world().timeline = Some(Reply::json(odd));
        assert!(matches!(scene.round(&mut collector).await, Err(AskError::Garbled { .. })), "{odd}");
    }
    // A server that ignores where it was asked to go on.
    let same = json!([status(NOW_MS as u64, NOW_MS, "seed_anna_1")]).to_string();
    scene.world().timeline = Some(Reply::json(same));
    let error = scene.round(&mut collector).await.err().unwrap();
    assert!(error.to_string().contains("circles"), "{error}");

    let any = ["casa", "virus"].map(|name| Tag { name: name.to_owned(), variants: Vec::new(), languages: Vec::new() });
    collector.spellings = any.iter().map(|tag| tag.name.clone()).collect();
    collector.round = None;
    scene.asked();
    for _ in 0..2 {
        scene.page(&mut collector, Mode::CatchUp).await.err();
    }
    assert!(scene.asked().iter().any(|one| one.contains("/tag/virus")), "one bad hashtag does not stop the others");
}

#[tokio::test]
async fn a_cursor_of_somebody_else_starts_over_and_is_counted() {
    let mut world = World::new();
    let id = world.put(NOW_MS - HOUR_MS, "seed_anna_1", json!({}));
    let mut scene = Scene::new(world).await;
    scene.cursor = Some("{\"v\":9}".to_owned());
    let mut collector = scene.collector(json!({}));
    assert_eq!(scene.round(&mut collector).await.unwrap().ids(), [id]);
    assert_eq!(scene.client.tally().take().cursor_resets, 1);
    assert!(!scene.cursor.as_ref().unwrap().contains("seed_"), "no cursor names anybody");
}
