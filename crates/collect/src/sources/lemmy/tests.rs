//! Lemmy against scripted instances of both generations. Everything in them is made up.

use super::*;
use crate::net::testing::{Heard, Reply, Server, client};
use crate::sources::testing::{NOW_MS, any_json, at, block_on, catch_up, nowhere, spoil, track};
use crate::stamp::to_rfc3339;
use polso_domain::PostKind;
use proptest::prelude::*;
use serde_json::{Value, json};

fn site() -> Value {
    json!({"version": "0.19.9", "all_languages": [{"id": 0, "code": "und"}, {"id": 37, "code": "it"}],
        "site_view": {"local_site_rate_limit": {"message": 180, "message_per_second": 60, "search": 1, "search_per_second": 3600}}})
}

fn creator(n: u64) -> Value {
    json!({"id": n, "name": format!("seed_anna_{n}"), "display_name": "Seed Anna", "actor_id": format!("https://lemmy.example/u/seed_anna_{n}"),
        "bot_account": false, "deleted": false})
}

fn community() -> Value {
    json!({"name": "salute", "actor_id": "https://lemmy.example/c/salute"})
}

fn post(n: u64, title: &str, age_s: i64) -> Value {
    let published = to_rfc3339(at(NOW_MS - age_s * 1000));
    json!({"creator": creator(n), "community": community(),
        "post": {"id": n, "name": title, "body": "[fonte](https://salute.example/1)", "url": "https://news.example/2",
            "ap_id": format!("https://lemmy.example/post/{n}"), "published": published.trim_end_matches('Z'),
            "language_id": 37, "deleted": false, "removed": false},
        "counts": {"upvotes": 7, "comments": 2, "score": 5}})
}

fn comment(n: u64, (post_id, title): (u64, &str), path: &str) -> Value {
    let published = to_rfc3339(at(NOW_MS - 600_000));
    json!({"creator": creator(n), "community": community(), "post": post(post_id, title, 900)["post"],
        "comment": {"id": n, "content": "Non *credo* a @seed_luca_1@altro.example", "ap_id": format!("https://lemmy.example/comment/{n}"),
            "path": path, "published": published, "language_id": 0, "deleted": false, "removed": false},
        "counts": {"upvotes": 3, "child_count": 1}})
}

fn lemmy(server: &Server, communities: &[&str]) -> Lemmy {
    let config = format!("instance = {:?}\ncommunities = {communities:?}", server.url.as_str());
    let config: Config = toml(&config);
    config.build(&track(&["virus"]), &nowhere()).unwrap()
}

/// The settings, read without a TOML parser of our own: keys and JSON values.
fn toml(text: &str) -> Config {
    let pairs = text.lines().filter_map(|line| line.split_once(" = "));
    let map = pairs.map(|(key, value)| (key.to_owned(), serde_json::from_str(value).unwrap()));
    serde_json::from_value(Value::Object(map.collect())).unwrap()
}

fn v3(heard: &Heard) -> Reply {
    let page = heard.query("page").unwrap_or_else(|| "1".to_owned());
    let kind = heard.query("type_").unwrap_or_default();
    let body = match (heard.path(), kind.as_str(), page.as_str()) {
        ("/api/v3/site", ..) => site(),
        ("/api/v3/post/list", ..) if heard.query("page_cursor").as_deref() == Some("P2") => {
            json!({"posts": [post(2, "Un virus vecchio", 3 * 24 * 3600)], "next_page": "P1"})
        }
        ("/api/v3/post/list", ..) => {
            let mut pinned = post(9, "Regole sul virus", 10 * 24 * 3600);
            pinned["post"]["featured_community"] = true.into();
            json!({"posts": [pinned, post(5, "Il virus oggi", 60), post(4, "Altro", 70)], "next_page": "P2"})
        }
        ("/api/v3/comment/list", ..) if page == "1" => json!({"comments": [
            comment(31, (5, "Il virus oggi"), "0.30.31"), comment(30, (5, "Il virus oggi"), "0.30"),
            comment(29, (5, "Il virus oggi"), "0.28.29"), comment(27, (4, "Altro"), "0.27"),
        ]}),
        ("/api/v3/search", "Posts", "1") => {
            let mut far = post(6, "Virus altrove", 80);
            far["community"]["actor_id"] = "https://altro.example/c/salute".into();
            let mut bot = post(7, "Virus automatico", 80);
            bot["creator"]["bot_account"] = true.into();
            let mut gone = post(8, "", 80);
            gone["post"]["body"] = Value::Null;
            gone["post"]["deleted"] = true.into();
            let mut broken = post(10, "Virus senza id", 80);
            broken["post"]["ap_id"] = Value::Null;
            json!({"posts": [far, bot, gone, broken], "comments": []})
        }
        ("/api/v3/search" | "/api/v3/comment/list", ..) => json!({"posts": [], "comments": []}),
        _ => return Reply::new(404, "not found"),
    };
    Reply::json(body.to_string())
}

#[tokio::test]
async fn an_instance_of_the_older_api_is_read_back_to_its_mark() {
    let server = Server::start(|heard| v3(&heard)).await;
    let (client, mut lemmy, mut cursor) = (client(at(NOW_MS)), lemmy(&server, &["salute"]), None);
    let said = catch_up(&mut lemmy, &client, (&mut cursor, NOW_MS)).await.unwrap();
    let mut ids = said.ids();
    ids.sort_unstable();
    ids.dedup();
    let known = |what: &str, n: u32| format!("https://lemmy.example/{what}/{n}");
    let posts = [5, 6, 9, 2].map(|n| known("post", n));
    let mut expected: Vec<String> = posts.into_iter().chain([29, 30, 31].map(|n| known("comment", n))).collect();
    expected.sort_unstable();
    assert_eq!(ids, expected);
    assert_eq!((said.refused.len(), said.refused[0].detail.as_str()), (1, "`post.ap_id` is missing or empty"));
    assert!(!said.refused[0].raw.as_deref().unwrap().contains("anna"));
    let one = said.posts.iter().find(|post| post.id.ends_with("post/5")).unwrap();
    assert_eq!(one.text, "Il virus oggi\n\nfonte");
    assert_eq!((one.author.handle.as_str(), one.lang.as_deref()), ("seed_anna_5@lemmy.example", Some("it")));
    assert_eq!(one.links, ["https://salute.example/1", "https://news.example/2"]);
    assert_eq!((one.reach.likes, one.reach.replies, one.ask_again.as_deref()), (Some(7), Some(2), Some("p5")));
    assert_eq!(one.posted.millis(), NOW_MS - 60_000, "a time without a zone is UTC");
    let answer = |n: u32| said.posts.iter().find(|post| post.id == known("comment", n)).unwrap();
    assert_eq!(answer(31).in_reply_to, Some(known("comment", 30)));
    assert_eq!(answer(30).in_reply_to, Some(known("post", 5)));
    assert_eq!((answer(29).in_reply_to.as_deref(), answer(29).kind), (None, PostKind::Reply));
    assert_eq!(
        (answer(30).lang.as_deref(), answer(30).mentions[0].handle.as_str()),
        (None, "seed_luca_1@altro.example")
    );
    assert_eq!(said.covered[0].to.millis(), NOW_MS);
    assert!(said.rest >= Duration::from_hours(3), "few searches an hour are allowed: {:?}", said.rest);
    let asked = server.asked.lock().unwrap().clone();
    assert!(!asked.iter().any(|line| line.contains("page_cursor=P1")), "the walk ends at its mark");
    assert!(
        asked.iter().any(|line| line.contains("post_id=6")) && !asked.iter().any(|line| line.contains("post_id=5"))
    );
}

/// The same item as Lemmy 1.0 spells it.
fn newer(mut item: Value) -> Value {
    let counts = item["counts"].take();
    item.as_object_mut().unwrap().remove("counts");
    let own = if item.get("comment").is_some() { "comment" } else { "post" };
    for (key, value) in counts.as_object().unwrap() {
        item[own][key] = value.clone();
    }
    for part in ["post", "comment"] {
        if let Some(part) = item.get_mut(part).and_then(Value::as_object_mut) {
            let published = part.remove("published").unwrap().as_str().unwrap().trim_end_matches('Z').to_owned();
            part.insert("published_at".to_owned(), format!("{published}Z").into());
        }
    }
    let actor = item["creator"].as_object_mut().unwrap().remove("actor_id").unwrap();
    item["creator"]["ap_id"] = actor;
    item
}

#[tokio::test]
async fn an_instance_of_the_newer_api_is_read_page_by_page() {
    let server = Server::start(|heard| {
        let body = match (heard.path(), heard.query("page_cursor").as_deref()) {
            ("/api/v4/site", _) => json!({"version": "1.0.0", "all_languages": [{"id": 37, "code": "it"}],
                "site_view": {"local_site_rate_limit": {"message_max_requests": 999, "message_interval_seconds": 60}}}),
            ("/api/v4/post/list", None) => json!({"items": [newer(post(5, "Il virus oggi", 60))], "next_page": "x/+y"}),
            ("/api/v4/post/list", Some("x/+y")) => {
                json!({"items": [newer(post(4, "Virus ieri", 90))], "next_page": null})
            }
            ("/api/v4/comment/list", None) => json!({"items": [newer(comment(30, (5, "Il virus oggi"), "0.30"))]}),
            ("/api/v4/search", None) => json!({"search": []}),
            _ => return Reply::new(404, r#"{"error":"not_found"}"#),
        };
        assert!(heard.query("sort").is_none_or(|sort| sort == "new"));
        Reply::json(body.to_string())
    })
    .await;
    let (client, mut lemmy, mut cursor) = (client(at(NOW_MS)), lemmy(&server, &["salute"]), None);
    let said = catch_up(&mut lemmy, &client, (&mut cursor, NOW_MS)).await.unwrap();
    assert_eq!(said.posts.len(), 3);
    let one = &said.posts[0];
    assert_eq!((one.reach.likes, one.reach.replies, one.posted.millis()), (Some(7), Some(2), NOW_MS - 60_000));
    assert_eq!((one.author.handle.as_str(), said.posts[2].reach.likes), ("seed_anna_5@lemmy.example", Some(3)));
    assert_eq!(said.rest, Duration::from_mins(30));
    let knocked = lemmy.knock(&client, at(NOW_MS)).await.unwrap();
    assert_eq!(knocked, "open: Lemmy 1.0.0, 1 posts on the first page of the community `salute`");
}

#[tokio::test]
async fn a_community_that_is_not_there_silences_only_itself() {
    let server = Server::start(|heard| match heard.query("community_name").as_deref() {
        Some("nessuna") => Reply::new(404, r#"{"error":"couldnt_find_community"}"#),
        _ => v3(&heard),
    })
    .await;
    let (client, mut lemmy, mut cursor) = (client(at(NOW_MS)), lemmy(&server, &["nessuna", "salute"]), None);
    let said = catch_up(&mut lemmy, &client, (&mut cursor, NOW_MS)).await.unwrap();
    assert!(!said.posts.is_empty() && said.covered.is_empty(), "what was not read is not claimed");
    let error = lemmy.knock(&client, at(NOW_MS)).await.unwrap_err();
    assert!(error.to_string().contains("community nessuna") && error.hint().unwrap().contains("spelling"));
}

#[tokio::test]
async fn every_refusal_has_its_error() {
    let cases = [
        (400, r#"{"error":"rate_limit_error"}"#, "asks to wait 3600 s"),
        (400, r#"{"error":"instance_is_private"}"#, "shows nothing to visitors"),
        (403, r#"{"error":"blocked"}"#, "is closed"),
        (200, "<html>login</html>", "a page for people"),
        (200, "{\"posts\":[", "breaks off"),
        (200, "{\"users\":[]}", "no list of posts"),
        (200, "{\"posts\":7}", "another shape"),
        (500, "", "error 500"),
    ];
    for (status, body, said) in cases {
        let server = Server::start(move |heard| match heard.path() {
            "/api/v3/site" => Reply::json(site().to_string()),
            "/api/v4/site" => Reply::new(404, ""),
            _ => Reply::new(status, body),
        })
        .await;
        let (client, mut lemmy, mut cursor) = (client(at(NOW_MS)), lemmy(&server, &["salute"]), None);
        let error = catch_up(&mut lemmy, &client, (&mut cursor, NOW_MS)).await.err().unwrap();
        assert!(error.to_string().contains(said), "{error}");
    }
    let nobody = Server::start(|_| Reply::new(200, "<html>a blog</html>")).await;
    let error = lemmy(&nobody, &["salute"]).knock(&client(at(NOW_MS)), at(NOW_MS)).await.unwrap_err();
    assert!(error.to_string().contains("a page for people"));
}

#[tokio::test]
async fn what_is_gone_is_told_from_what_stands() {
    let server = Server::start(|heard| {
        let body = match (heard.path(), heard.query("id").as_deref()) {
            ("/api/v3/site", _) => site(),
            ("/api/v3/post", Some("1")) => json!({"post_view": post(1, "Il virus", 60)}),
            ("/api/v3/post", Some("2")) => json!({"post_view": {"post": {"id": 2, "name": "", "body": null}}}),
            ("/api/v3/comment", Some("3")) => {
                let mut view = comment(3, (1, "Il virus"), "0.3");
                view["comment"]["removed"] = true.into();
                json!({"comment_view": view})
            }
            ("/api/v3/comment", Some("4")) => json!({"comment_view": comment(4, (1, "Il virus"), "0.4")}),
            ("/api/v3/comment", Some("5")) => json!({"odd": 1}),
            ("/api/v4/site", _) => return Reply::new(404, ""),
            _ => return Reply::new(404, r#"{"error":"couldnt_find_post"}"#),
        };
        Reply::json(body.to_string())
    })
    .await;
    let mut lemmy = lemmy(&server, &["salute"]);
    let ids = ["p1", "p2", "c3", "c4", "c5", "p6", "x7", ""].map(str::to_owned);
    let gone = lemmy.recheck().unwrap().gone(&client(at(NOW_MS)), &ids).await.unwrap();
    assert_eq!(gone.gone, ["p2", "c3", "p6"]);
    assert_eq!(gone.unknown, ["c5", "x7", ""]);
}

#[test]
fn settings_that_ask_for_nothing_are_refused() {
    let nothing = toml("instance = \"lemmy.example\"\nsearch = false").build(&track(&["virus"]), &nowhere());
    assert!(nothing.err().unwrap().hint().unwrap().contains("communities"));
    assert!(toml("instance = \"no host\"").build(&track(&["virus"]), &nowhere()).is_err());
    let lemmy = toml("instance = \"lemmy.example\"").build(&track(&["virus"]), &nowhere()).unwrap();
    assert_eq!((lemmy.door.as_str(), lemmy.base.as_str()), ("lemmy.example", "https://lemmy.example/"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the sizes of the pages, and though posts come in between two questions, every post is heard.
    #[test]
    fn no_post_is_lost_whatever_the_pages(
        sizes in prop::collection::vec(1..5usize, 1..9),
        ages in prop::collection::vec(0..100_000i64, 1..30),
    ) {
        let mut ages = ages;
        ages.sort_unstable();
        let all: Vec<Value> = (1..).zip(&ages).map(|(n, age)| post(n, "virus", *age)).collect();
        let (count, mut turn) = (all.len(), 0);
        let said = block_on(async {
            let server = Server::start(move |heard| {
                if heard.path() == "/api/v4/site" {
                    return Reply::json(site().to_string());
                }
                if heard.path() != "/api/v4/post/list" {
                    return Reply::json(r#"{"items":[]}"#);
                }
                let from: usize = heard.query("page_cursor").map_or(0, |page| page.parse().unwrap());
                turn += 1;
                let to = (from + sizes[turn % sizes.len()]).min(all.len());
                let next = (to < all.len()).then(|| to.to_string());
                Reply::json(json!({"items": all[from..to], "next_page": next}).to_string())
            })
            .await;
            let mut lemmy = lemmy(&server, &["salute"]);
            catch_up(&mut lemmy, &client(at(NOW_MS)), (&mut None, NOW_MS)).await.unwrap()
        });
        let mut ids = said.ids();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
    }

    #[test]
    fn any_answer_is_read_or_refused(place in 0..80usize, with in any_json(), whole in any::<bool>()) {
        let mut list = json!({"posts": [post(5, "Il virus", 60)], "comments": [comment(30, (5, "virus"), "0.30")], "next_page": "x"});
        let mut at_place = place;
        spoil(&mut list, &mut at_place, &with);
        let text = if whole { with.to_string() } else { list.to_string() };
        let answer = crate::net::answer(200, &[], &text);
        let lemmy = toml("instance = \"lemmy.example\"").build(&track(&["virus"]), &nowhere()).unwrap();
        for lane in [Lane::Search("virus".to_owned()), Lane::Thread(5)] {
            let step = Step { lane: lane.key(), page: None, back_to: at(0) };
            if let Ok(turned) = lemmy.read(&answer, (&lane, &step), at(NOW_MS)) {
                prop_assert!(turned.rows.len() <= turned.items);
            }
        }
    }
}
