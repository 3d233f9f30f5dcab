//! The data API, scripted. Everything in it is made up.

use super::*;
use crate::collector::Mode;
use crate::net::testing::{Heard, Reply, Server, client};
use crate::sources::testing::{NOW_MS, Said, any_json, at, block_on, catch_up, spoil, track};
use crate::stamp::to_rfc3339;
use polso_domain::PostKind;
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

const DAY_MS: i64 = 24 * 3_600_000;

fn comment(id: &str, parent: Option<&str>, age_s: i64) -> Value {
    json!({"kind": "youtube#comment", "id": id, "snippet": {
        "textDisplay": "Non ci credo #virus https://salute.example/1", "textOriginal": "x",
        "authorDisplayName": "@seed_anna_1", "authorChannelUrl": "http://video.example/@seed_anna_1",
        "authorChannelId": {"value": "UCseedanna0000000000001"}, "parentId": parent,
        "likeCount": 4, "publishedAt": to_rfc3339(at(NOW_MS - age_s * 1000))}})
}

fn thread(id: &str, video: &str, (age_s, replies, inlined): (i64, u32, &[&str])) -> Value {
    let inlined: Vec<Value> = inlined.iter().map(|reply| comment(reply, Some(id), age_s)).collect();
    json!({"id": id, "snippet": {"videoId": video, "totalReplyCount": replies,
        "topLevelComment": comment(id, None, age_s)}, "replies": {"comments": inlined}})
}

fn video(id: &str, title: &str) -> Value {
    json!({"id": id, "snippet": {"publishedAt": to_rfc3339(at(NOW_MS - DAY_MS)), "channelId": "UCseedcanale",
        "channelTitle": "Seed Canale", "title": title, "description": "#casa", "tags": ["restare"],
        "defaultAudioLanguage": "it"}, "statistics": {"viewCount": "99", "likeCount": "12", "commentCount": "3"}})
}

fn refusal(status: u16, reason: &str) -> Reply {
    Reply::new(status, json!({"error": {"code": status, "errors": [{"reason": reason}]}}).to_string())
}

fn youtube(server: &Server, extra: &Value) -> (YouTube, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { secrets: folder.path().to_owned(), sessions: folder.path().join("sessions") };
    secret::write(&folder.path().join("key"), "seed-key").unwrap();
    let mut config = json!({"key_file": "key", "base": server.url.as_str()});
    config.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    let config: Config = serde_json::from_value(config).unwrap();
    (config.build(&track(&["virus"]), &places).unwrap(), folder)
}

async fn read(youtube: &mut YouTube, cursor: &mut Option<String>, now: i64) -> Result<Said, AskError> {
    catch_up(youtube, &client(at(now)), (cursor, now)).await
}

fn api(heard: &Heard) -> Reply {
    assert_eq!(heard.headers["x-goog-api-key"], "seed-key");
    assert!(!heard.target.contains("seed-key"));
    let page = heard.query("pageToken");
    let body = match (heard.path(), heard.query("videoId").or_else(|| heard.query("parentId")).as_deref()) {
        ("/search", _) => json!({"items": [{"id": {"videoId": "videovirus1"}}, {"id": {"videoId": "videoother1"}},
            {"id": {"videoId": "videomute01"}}, {"id": {"channelId": "x"}}]}),
        ("/videos", _) => json!({"items": [video("videovirus1", "Il virus"), video("videoother1", "Gatti"),
            video("videomute01", "Altro virus")]}),
        ("/commentThreads", Some("videovirus1")) if page.is_none() => json!({"nextPageToken": "p2",
            "items": [thread("Ug1", "videovirus1", (60, 3, &["Ug1.a"])), thread("Ug2", "videovirus1", (90, 1, &["Ug2.a"]))]}),
        ("/commentThreads", Some("videovirus1")) => json!({"nextPageToken": "p3",
            "items": [thread("Ug3", "videovirus1", (3 * 24 * 3600, 0, &[]))]}),
        ("/commentThreads", Some("videomute01")) => return refusal(403, "commentsDisabled"),
        ("/comments", Some("Ug1")) if page.is_none() => {
            json!({"items": [comment("Ug1.a", Some("Ug1"), 50), comment("Ug1.b", Some("Ug1"), 40)], "nextPageToken": "r2"})
        }
        ("/comments", Some("Ug1")) => json!({"items": [comment("Ug1.c", Some("Ug1"), 30)]}),
        _ => return refusal(404, "videoNotFound"),
    };
    Reply::json(body.to_string())
}

#[tokio::test]
async fn a_search_finds_videos_and_their_comments_are_read() {
    let server = Server::start(|heard| api(&heard)).await;
    let (mut youtube, _folder) = youtube(&server, &json!({}));
    let mut cursor = None;
    let said = read(&mut youtube, &mut cursor, NOW_MS).await.unwrap();
    let mut ids = said.ids();
    ids.sort_unstable();
    assert_eq!(ids, ["Ug1", "Ug1.a", "Ug1.b", "Ug1.c", "Ug2", "Ug2.a", "Ug3", "videomute01", "videovirus1"]);
    let one = |id: &str| said.posts.iter().find(|post| post.id == id).unwrap();
    assert_eq!(
        (one("Ug1.b").in_reply_to.as_deref(), one("Ug1").in_reply_to.as_deref()),
        (Some("Ug1"), Some("videovirus1"))
    );
    assert_eq!((one("Ug1").kind, one("videovirus1").kind), (PostKind::Reply, PostKind::Original));
    assert_eq!((one("videovirus1").reach.likes, one("videovirus1").reach.replies), (Some(12), Some(3)));
    assert_eq!((one("Ug1").author.handle.as_str(), one("Ug1").reach.likes), ("UCseedanna0000000000001", Some(4)));
    assert!(["@seed_anna_1", "seed_anna_1"].iter().all(|name| one("Ug1").author.also.iter().any(|also| also == name)));
    assert_eq!((one("Ug1").hashtags[0].as_str(), one("Ug1").links[0].as_str()), ("virus", "https://salute.example/1"));
    assert_eq!(said.covered[0].to.millis(), NOW_MS);

    let asked = server.asked.lock().unwrap().len();
    assert_eq!(
        youtube.units.spent(at(NOW_MS)).unwrap() + youtube.searches.spent(at(NOW_MS)).unwrap(),
        u64::try_from(asked).unwrap()
    );
    read(&mut youtube, &mut cursor, NOW_MS + 3_600_000).await.unwrap();
    let later = server.asked.lock().unwrap()[asked..].to_vec();
    assert!(!later.iter().any(|line| line.contains("videomute01") || line.contains("videoother1")), "{later:?}");
}

#[tokio::test]
async fn every_refusal_has_its_meaning() {
    let cases = [
        (403, "quotaExceeded", "is used up"),
        (403, "rateLimitExceeded", "asks to wait 60 s"),
        (403, "accessNotConfigured", "the key may not ask"),
        (400, "keyInvalid", "does not know the key"),
        (400, "processingFailure", "status 400"),
        (500, "backendError", "error 500"),
    ];
    for (status, reason, said) in cases {
        let server = Server::start(move |heard| match heard.path() {
            "/commentThreads" => refusal(status, reason),
            _ => api(&heard),
        })
        .await;
        let (mut youtube, _folder) = youtube(&server, &json!({}));
        let error = read(&mut youtube, &mut None, NOW_MS).await.err().unwrap();
        assert!(error.to_string().contains(said), "{reason}: {error}");
        if reason == "quotaExceeded" {
            // 2026-08-01T12:00Z is five in the morning in California.
            assert_eq!(error.wait().unwrap().as_secs(), 19 * 3600);
            assert_eq!(youtube.units.left(at(NOW_MS)).unwrap(), 0);
        }
    }
    let server = Server::start(|_| {
        Reply::new(400, r#"{"error":{"errors":[{"reason":"badRequest"}],"details":[{"reason":"API_KEY_INVALID"}]}}"#)
    })
    .await;
    let (mut youtube, _folder) = youtube(&server, &json!({}));
    let error = youtube.knock(&client(at(NOW_MS)), at(NOW_MS)).await.unwrap_err();
    assert!(error.hint().unwrap().contains("key_file"), "{error}");
}

#[tokio::test]
async fn a_search_quota_that_is_gone_leaves_the_comments() {
    let server = Server::start(|heard| match heard.path() {
        "/search" => refusal(403, "quotaExceeded"),
        _ => api(&heard),
    })
    .await;
    let (mut youtube, _folder) = youtube(&server, &json!({"videos": ["videovirus1", "videogone01"]}));
    let said = read(&mut youtube, &mut None, NOW_MS).await.unwrap();
    assert!(said.ids().contains(&"Ug1") && youtube.searches.left(at(NOW_MS)).unwrap() == 0);
}

#[tokio::test]
async fn a_page_that_is_no_longer_known_begins_the_walk_anew() {
    let mut refused = 0;
    let server = Server::start(move |heard| match heard.query("pageToken").as_deref() {
        Some("p2") if refused < 2 => {
            refused += 1;
            refusal(400, "invalidPageToken")
        }
        Some("r2") => refusal(400, "invalidPageToken"),
        _ => api(&heard),
    })
    .await;
    let (mut youtube, _folder) = youtube(&server, &json!({"units_per_day": 40}));
    let said = read(&mut youtube, &mut None, NOW_MS).await.unwrap();
    assert!(["Ug1", "Ug3", "Ug1.b"].iter().all(|id| said.ids().contains(id)), "{:?}", said.ids());
    assert!(!said.ids().contains(&"Ug1.c"), "answers whose pages never hold are left after a second try");
}

#[tokio::test]
async fn what_is_gone_is_told_from_what_stands() {
    let server = Server::start(|heard| match (heard.path(), heard.query("id").as_deref()) {
        ("/videos", Some("videovirus1,videogone01")) => Reply::json(r#"{"items":[{"id":"videovirus1"}]}"#),
        ("/comments", Some("UgThere0000000.a")) => Reply::json(r#"{"items":[{"id":"UgThere0000000.a"}]}"#),
        _ => refusal(404, "commentNotFound"),
    })
    .await;
    let (mut youtube, _folder) = youtube(&server, &json!({}));
    let ids = ["videovirus1", "UgThere0000000.a", "videogone01", "UgGone00000000", "a/b", ""].map(str::to_owned);
    let gone = youtube.recheck().unwrap().gone(&client(at(NOW_MS)), &ids).await.unwrap();
    assert_eq!(
        (gone.gone, gone.unknown),
        (vec!["videogone01".to_owned(), "UgGone00000000".to_owned()], vec!["a/b".to_owned(), String::new()])
    );
    assert_eq!(youtube.units.spent(at(NOW_MS)).unwrap(), 4);
}

#[tokio::test]
async fn settings_beyond_the_platforms_own_limits_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { secrets: folder.path().to_owned(), sessions: folder.path().to_owned() };
    for wrong in [
        json!({"searches_per_day": 101}),
        json!({"units_per_day": 10_001}),
        json!({"searches_per_day": 0}),
        json!({"videos": ["a/b"]}),
        json!({}),
    ] {
        let mut config = json!({"key_file": "none"});
        config.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        let config: Config = serde_json::from_value(config).unwrap();
        assert_eq!(config.base.as_str(), "https://youtube.googleapis.com/youtube/v3/");
        assert!(config.build(&track(&["virus"]), &places).err().unwrap().hint().is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Whatever the pages and the answers under comments, over days: the budget holds on each Pacific day, and what was
    /// shown is heard once there is budget for it.
    #[test]
    fn the_budget_holds_over_midnights_and_nothing_is_lost(
        units in 8..40u32,
        size in 1..6usize,
        count in 1..25usize,
        hours in prop::collection::vec(1..20i64, 3..9),
    ) {
        let (spent, heard, days) = block_on(async {
            let all: Vec<Value> = (0..count).map(|n| thread(&format!("Ug{n}"), "videovirus1", (i64::try_from(n).unwrap() * 60, u32::from(n % 5 == 0), &[]))).collect();
            let server = Server::start(move |heard| {
                let from: usize = heard.query("pageToken").map_or(0, |page| page.parse().unwrap());
                match heard.path() {
                    "/commentThreads" => {
                        let to = (from + size).min(all.len());
                        let next = (to < all.len()).then(|| to.to_string());
                        Reply::json(json!({"items": all[from.min(to)..to], "nextPageToken": next}).to_string())
                    }
                    "/comments" => Reply::json(json!({"items": [comment(&format!("{}.a", heard.query("parentId").unwrap()), None, 5)]}).to_string()),
                    _ => api(&heard),
                }
            }).await;
            let (mut youtube, _folder) = youtube(&server, &json!({"units_per_day": units, "searches_per_day": 0, "videos": ["videovirus1"]}));
            let zone = polso_domain::Zone::named(ZONE).unwrap();
            let (mut cursor, mut now, mut heard) = (None, NOW_MS, Vec::new());
            let mut days: std::collections::BTreeMap<polso_domain::Day, usize> = std::collections::BTreeMap::new();
            for hours in hours {
                let before = server.asked.lock().unwrap().len();
                let since = at(NOW_MS - 2 * DAY_MS);
                loop {
                    let stored = cursor.clone();
                    let ask = Ask { cursor: stored.as_deref(), since, now: at(now), mode: Mode::CatchUp };
                    let Ok(page) = youtube.page(&client(at(now)), &ask).await else { break };
                    let mut said = Said::default();
                    said.take(page.rows);
                    heard.extend(said.posts.into_iter().map(|post| post.id));
                    cursor = page.cursor;
                    if page.next != Next::More { break; }
                }
                let asked = server.asked.lock().unwrap().len() - before;
                *days.entry(zone.day_of(at(now))).or_default() += asked;
                now += hours * 3_600_000;
            }
            (days.values().copied().max().unwrap_or(0), heard, days.len())
        });
        prop_assert!(spent <= usize::try_from(units).unwrap(), "{spent} of {units}");
        let needed = count.div_ceil(size) + count.div_ceil(5) + 1;
        if usize::try_from(units).unwrap() >= needed || days * usize::try_from(units).unwrap() > 3 * needed {
            for n in 0..count {
                prop_assert!(heard.contains(&format!("Ug{n}")), "Ug{n} of {count}");
            }
        }
    }

    #[test]
    fn any_answer_is_read_or_refused(place in 0..60usize, with in any_json()) {
        let mut answers = json!({"search": {"items": [{"id": {"videoId": "videovirus1"}}]}, "videos": {"items": [video("videovirus1", "Il virus")]},
            "threads": {"items": [thread("Ug1", "videovirus1", (60, 3, &["Ug1.a"]))]}, "comments": {"items": [comment("Ug1.a", Some("Ug1"), 50)]}});
        let mut place = place;
        spoil(&mut answers, &mut place, &with);
        block_on(async {
            let server = Server::start(move |heard| Reply::json(match heard.path() {
                "/search" => answers["search"].to_string(),
                "/videos" => answers["videos"].to_string(),
                "/comments" => answers["comments"].to_string(),
                _ => answers["threads"].to_string(),
            })).await;
            let (mut youtube, _folder) = youtube(&server, &json!({"units_per_day": 20}));
            read(&mut youtube, &mut None, NOW_MS).await.ok();
        });
    }
}
