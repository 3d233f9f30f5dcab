//! X, scripted. Everything in it is made up.

use super::*;
use crate::collector::Span;
use crate::net::testing::{Heard, Reply, Server, client};
use crate::sources::testing::{NOW_MS, Said, any_json, at, block_on, catch_up, spoil, track};
use crate::stamp::to_rfc3339;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

const DAY_MS: i64 = 24 * 3_600_000;

fn post(id: u64, age_s: i64) -> Value {
    json!({"id": id.to_string(), "text": "Il #virus", "created_at": to_rfc3339(at(NOW_MS - age_s * 1000)), "author_id": "70",
        "lang": "it", "entities": {"hashtags": [{"tag": "Virus"}]},
        "public_metrics": {"retweet_count": 1, "like_count": 2, "reply_count": 3},
        "referenced_tweets": [{"type": "replied_to", "id": "9"}]})
}

fn users() -> Value {
    json!({"users": [{"id": "70", "username": "seed_anna_1", "name": "Seed Anna", "public_metrics": {"followers_count": 40}}]})
}

fn x(server: &Server, extra: &Value) -> (X, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (build(server, extra, &folder).unwrap(), folder)
}

fn build(server: &Server, extra: &Value, folder: &TempDir) -> Result<X, AskError> {
    let places = Places { secrets: folder.path().to_owned(), sessions: folder.path().join("sessions") };
    secret::write(&folder.path().join("token"), "seed-token").unwrap();
    let mut config = json!({"bearer_file": "token", "i_accept_the_terms": true, "budget_dollars_per_day": 9.0, "base": server.url.as_str()});
    config.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    serde_json::from_value::<Config>(config).unwrap().build(&track(&["virus"]), &places)
}

async fn read(x: &mut X, cursor: &mut Option<String>, now: i64) -> Result<Said, AskError> {
    catch_up(x, &client(at(now)), (cursor, now)).await
}

fn search(heard: &Heard) -> Reply {
    assert_eq!(
        (heard.headers["authorization"].as_str(), heard.path()),
        ("Bearer seed-token", "/2/tweets/search/recent")
    );
    assert_eq!(heard.query("query").as_deref(), Some("(#virus) -is:retweet"));
    let other = json!({"id": "12", "text": "#gatti", "created_at": to_rfc3339(at(NOW_MS)), "author_id": "70", "entities": {"hashtags": [{"tag": "gatti"}]}});
    let body = match heard.query("next_token").as_deref() {
        None if heard.query("until_id").is_some() => json!({"meta": {"result_count": 0}}),
        None => {
            json!({"data": [post(13, 60), other], "includes": users(), "meta": {"next_token": "t2", "oldest_id": "12"}})
        }
        Some(_) => {
            json!({"data": [post(11, 90), {"id": "10", "author_id": "70"}], "includes": users(), "meta": {"oldest_id": "10"}})
        }
    };
    Reply::json(body.to_string())
}

#[tokio::test]
async fn a_search_is_read_to_its_end_and_paid_for() {
    let server = Server::start(|heard| search(&heard)).await;
    let (mut x, _folder) = x(&server, &json!({}));
    let mut cursor = None;
    let said = read(&mut x, &mut cursor, NOW_MS).await.unwrap();
    assert_eq!(said.ids(), ["13", "11"], "what is not followed is no row");
    assert_eq!((said.refused.len(), said.refused[0].detail.as_str()), (1, "`text` is missing or empty"));
    let one = &said.posts[0];
    assert_eq!(
        (one.source.as_str(), one.author.handle.as_str(), one.ask_again.as_deref()),
        ("twitter", "seed_anna_1", Some("13"))
    );
    assert_eq!((one.in_reply_to.as_deref(), one.reach.followers, x.door().as_str()), (Some("9"), Some(40), "x"));
    assert_eq!(said.covered, [Span::new(at(NOW_MS - 2 * DAY_MS), at(NOW_MS)).unwrap()]);
    // Four posts and, twice, an account.
    assert_eq!(x.api.purse.spent(at(NOW_MS)).unwrap(), 4 * 5_000 + 2 * 10_000);
    assert_eq!(said.rest, Duration::from_hours(1));

    read(&mut x, &mut cursor, NOW_MS + 3_600_000).await.unwrap();
    let asked = server.asked.lock().unwrap().clone();
    let since_id = |ms: i64| format!("since_id={}", u64::try_from(ms - 1_288_834_974_657).unwrap() << 22);
    assert!(asked[2].contains(&since_id(NOW_MS - 60_000)), "{}", asked[2]);
    assert!(asked[0].contains("max_results=100") && asked[0].contains("tweet.fields="));
    assert!(x.notice().unwrap().contains("never") || x.notice().unwrap().contains("forbid"));
}

#[tokio::test]
async fn the_names_of_2026_are_asked_for_and_read() {
    let server = Server::start(|heard| {
        assert!(
            heard.query("post.fields").unwrap().contains("referenced_posts") && heard.query("tweet.fields").is_none()
        );
        let mut renamed = post(13, 60);
        renamed["referenced_posts"] = renamed["referenced_tweets"].take();
        renamed["public_metrics"] = json!({"repost_count": 5});
        Reply::json(json!({"data": [renamed], "includes": users(), "meta": {}}).to_string())
    })
    .await;
    let (mut x, _folder) = x(&server, &json!({"field_names": "post"}));
    let said = read(&mut x, &mut None, NOW_MS).await.unwrap();
    assert_eq!((said.posts[0].in_reply_to.as_deref(), said.posts[0].reach.reposts), (Some("9"), Some(5)));
}

#[tokio::test]
async fn a_page_that_is_no_longer_known_goes_on_by_its_oldest_id() {
    let server = Server::start(|heard| match heard.query("next_token") {
        Some(_) => Reply::new(400, r#"{"title":"Invalid Request"}"#),
        None => search(&heard),
    })
    .await;
    let (mut x, _folder) = x(&server, &json!({}));
    assert_eq!(read(&mut x, &mut None, NOW_MS).await.unwrap().ids(), ["13"]);
    let asked = server.asked.lock().unwrap().clone();
    assert!(asked.len() == 3 && asked[2].contains("until_id=12"), "{asked:?}");
}

#[tokio::test]
async fn every_refusal_has_its_error_and_costs_nothing() {
    let cases = [
        (401, "does not know the token"),
        (402, "there is no credit"),
        (403, "the token may not ask"),
        (400, "status 400"),
        (429, "asks to wait 7 s"),
        (503, "error 503"),
    ];
    for (status, said) in cases {
        let server = Server::start(move |_| {
            let reply = Reply::new(status, "{}");
            if status == 429 { reply.header("retry-after", "7") } else { reply }
        })
        .await;
        let (mut x, _folder) = x(&server, &json!({}));
        let error = read(&mut x, &mut None, NOW_MS).await.err().unwrap();
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(x.api.purse.spent(at(NOW_MS)).unwrap(), 0);
        assert_eq!(server.asked.lock().unwrap().len(), 1, "what costs is put once");
    }
    let cut = Server::start(|_| Reply::json("{\"data\":[")).await;
    let (mut x, _folder) = x(&cut, &json!({}));
    assert!(read(&mut x, &mut None, NOW_MS).await.err().unwrap().to_string().contains("breaks off"));
    assert_eq!(x.api.purse.spent(at(NOW_MS)).unwrap(), 1_500_000, "an answer nobody can read costs the worst");
}

#[tokio::test]
async fn a_small_budget_asks_small_pages_and_stops_until_midnight() {
    let server = Server::start(|heard| search(&heard)).await;
    let (mut x, _folder) = x(&server, &json!({"budget_dollars_per_day": 0.16}));
    let error = read(&mut x, &mut None, NOW_MS).await.err().unwrap();
    assert!(matches!(&error, AskError::Budget { wait, .. } if wait.as_secs() == 12 * 3600), "{error}");
    let asked = server.asked.lock().unwrap().clone();
    assert!(asked.len() == 1 && asked[0].contains("max_results=10"), "{asked:?}");
}

#[tokio::test]
async fn what_lies_beyond_seven_days_is_lost() {
    let server = Server::start(|_| Reply::json(r#"{"meta":{"result_count":0}}"#)).await;
    let (mut x, _folder) = x(&server, &json!({}));
    let mut cursor = None;
    read(&mut x, &mut cursor, NOW_MS).await.unwrap();
    let said = read(&mut x, &mut cursor, NOW_MS + 10 * DAY_MS).await.unwrap();
    assert_eq!(said.lost, [Span::new(at(NOW_MS - 60_000), at(NOW_MS + 3 * DAY_MS + 600_000)).unwrap()]);
}

#[tokio::test]
async fn what_is_gone_is_told_from_what_stands() {
    let server = Server::start(|heard| {
        assert_eq!(heard.query("ids").as_deref(), Some("1,2,3,4"));
        Reply::json(
            json!({"data": [{"id": "1", "text": "x"}], "errors": [
            {"resource_id": "2", "title": "Not Found Error"}, {"value": "3", "title": "Authorization Error"},
            {"value": "4", "title": "Service Error"}]})
            .to_string(),
        )
    })
    .await;
    let (mut x, _folder) = x(&server, &json!({}));
    let ids = ["1", "2", "3", "4", "a", ""].map(str::to_owned);
    let gone = x.recheck().unwrap().gone(&client(at(NOW_MS)), &ids).await.unwrap();
    assert_eq!((gone.gone, gone.unknown.len()), (vec!["2".to_owned(), "3".to_owned()], 3));
    assert_eq!(x.api.purse.spent(at(NOW_MS)).unwrap(), 5_000);
}

#[tokio::test]
async fn it_is_off_until_its_terms_are_accepted_and_its_prices_are_prices() {
    let server = Server::start(|_| Reply::new(404, "")).await;
    let folder = tempfile::tempdir().unwrap();
    let error = build(&server, &json!({"i_accept_the_terms": false}), &folder).err().unwrap();
    assert!(error.hint().unwrap().contains("health") && error.hint().unwrap().contains("i_accept_the_terms"));
    for wrong in [json!({"price_per_post": -1.0}), json!({"budget_dollars_per_day": 1e300})] {
        assert!(build(&server, &wrong, &folder).is_err());
    }
    assert_eq!(
        (micros(0.005), micros(0.010), micros(2.5), micros(f64::NAN)),
        (Some(5_000), Some(10_000), Some(2_500_000), None)
    );
    assert_eq!((micros(0.000_000_1), base().as_str()), (Some(1), "https://api.x.com/"));
}

/// One question of a following listener.
async fn follow(x: &mut X, cursor: &mut Option<String>, now: i64) -> Result<(Said, Next, Option<Span>), AskError> {
    let ask = Ask { cursor: cursor.as_deref(), since: at(now - DAY_MS), now: at(now), mode: Mode::Follow };
    let page = x.page(&client(at(now)), &ask).await?;
    let mut said = Said::default();
    said.take(page.rows);
    let (next, covered) = (page.next, page.covered);
    *cursor = page.cursor.or(cursor.take());
    Ok((said, next, covered))
}

fn streaming(heard: &Heard, lines: &str) -> Reply {
    match (heard.method.as_str(), heard.path()) {
        ("GET", "/2/tweets/search/stream") => Reply::new(200, lines),
        ("GET", "/2/tweets/search/stream/rules") => Reply::json(
            json!({"data": [{"id": "1", "value": "(#old)", "tag": "polso"}, {"id": "2", "value": "other"}]})
                .to_string(),
        ),
        ("POST", "/2/tweets/search/stream/rules") => {
            let change: Value = serde_json::from_str(&heard.body).unwrap();
            assert!(change["delete"]["ids"] == json!(["1"]) || change["add"][0]["value"] == "(#virus) -is:retweet");
            Reply::json(json!({"meta": {"summary": {"created": 1, "not_created": 0}}}).to_string())
        }
        ("GET", "/2/tweets/search/recent") => {
            Reply::json(json!({"data": [post(5, 600)], "includes": users(), "meta": {}}).to_string())
        }
        _ => Reply::new(404, ""),
    }
}

#[tokio::test]
async fn the_stream_is_filled_by_a_search_read_and_opened_again() {
    let line = json!({"data": post(20, 1), "includes": users(), "matching_rules": [{"id": "1"}]});
    let lines = format!("\r\n{line}\r\nnot json\r\n\r\n{line}\r\n");
    let server = Server::start(move |heard| streaming(&heard, &lines)).await;
    let (mut x, _folder) = x(&server, &json!({"stream": true}));
    let (mut cursor, mut ids, mut refused, mut covered, mut now) = (None, Vec::new(), 0, Vec::new(), NOW_MS);
    let ended = loop {
        match follow(&mut x, &mut cursor, now).await {
            Ok((said, _, span)) => {
                ids.extend(said.posts.into_iter().map(|post| post.id));
                refused += said.refused.len();
                covered.extend(span);
            }
            Err(error) => break error,
        }
        now += 5_000;
    };
    assert!(matches!(ended, AskError::Unreachable { .. }), "{ended}");
    assert_eq!((ids.as_slice(), refused), (&["5", "20", "20"].map(str::to_owned)[..], 1));
    assert_eq!(covered[0].to.millis(), NOW_MS, "the search covers what came before the stream");
    assert!(covered.windows(2).all(|pair| pair[0].to == pair[1].from), "{covered:?}");
    // One search, two posts of the stream, and the worst for what nobody can read.
    assert_eq!(x.api.purse.spent(at(NOW_MS)).unwrap(), 4 * 15_000);
    let (said, next, _) = follow(&mut x, &mut cursor, now).await.unwrap();
    assert!(said.posts.is_empty() && matches!(next, Next::CaughtUp(wait) if wait <= Duration::from_millis(250)));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (said, ..) = follow(&mut x, &mut cursor, now).await.unwrap();
    assert_eq!(said.ids()[0], "5", "what it missed is searched for");
    let asked = server.asked.lock().unwrap().clone();
    assert_eq!(asked.iter().filter(|line| line.starts_with("POST")).count(), 4, "{asked:?}");
}

#[tokio::test]
async fn the_platforms_own_word_ends_the_stream() {
    let cases = [
        (r#"{"errors":[{"title":"operational-disconnect","detail":"x"}]}"#, "operational-disconnect"),
        (
            r#"{"title":"ConnectionException","connection_issue":"TooManyConnections","detail":"x"}"#,
            "asks to wait 60 s",
        ),
    ];
    for (line, said) in cases {
        let lines = format!("{line}\r\n");
        let server = Server::start(move |heard| streaming(&heard, &lines)).await;
        let (mut x, _folder) = x(&server, &json!({"stream": true}));
        let mut cursor = None;
        follow(&mut x, &mut cursor, NOW_MS).await.unwrap();
        let error = follow(&mut x, &mut cursor, NOW_MS).await.err().unwrap();
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(error.to_string().contains(said) || source.contains(said), "{error} {source}");
    }
}

#[tokio::test]
async fn a_stream_is_closed_before_its_budget_is_used_up() {
    let line = json!({"data": post(20, 1), "includes": users()}).to_string();
    let lines = format!("{line}\r\n").repeat(300);
    let server = Server::start(move |heard| streaming(&heard, &lines)).await;
    let (mut x, _folder) = x(&server, &json!({"stream": true, "budget_dollars_per_day": 6.0}));
    let mut cursor = None;
    let mut read = 0;
    let error = loop {
        match follow(&mut x, &mut cursor, NOW_MS).await {
            Ok((said, ..)) => read += said.posts.len(),
            Err(error) => break error,
        }
    };
    assert!((100..250).contains(&read), "{read}");
    assert!(matches!(error, AskError::Budget { .. }), "{error}");
    assert!(x.api.purse.spent(at(NOW_MS)).unwrap() <= 6_000_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Whatever the pages, the budget and the hours between two looks: no UTC day is billed more than its budget, and
    /// once there is money enough every post was heard.
    #[test]
    fn no_day_is_billed_more_than_its_budget_and_nothing_is_lost(
        budget in 20..400u32,
        count in 1..120u64,
        most in 1..60usize,
        hours in prop::collection::vec(1..14i64, 4..14),
    ) {
        let billed: Arc<Mutex<BTreeMap<i64, u64>>> = Arc::default();
        let clock = Arc::new(Mutex::new(NOW_MS));
        let (book, time) = (Arc::clone(&billed), Arc::clone(&clock));
        let (heard, finished) = block_on(async {
            let server = Server::start(move |heard| {
                let before: u64 = heard.query("next_token").map_or(u64::MAX, |token| token.parse().unwrap());
                let size: usize = heard.query("max_results").unwrap().parse().unwrap();
                let size = size.min(most);
                let data: Vec<Value> = (1..=count).rev().filter(|id| *id < before).take(size).map(|id| post(id, 60)).collect();
                let oldest = data.last().map(|post| post["id"].as_str().unwrap().to_owned());
                let next = oldest.clone().filter(|oldest| oldest != "1");
                let cost = u64::try_from(data.len()).unwrap() * 5_000 + if data.is_empty() { 0 } else { 10_000 };
                *book.lock().unwrap().entry(*time.lock().unwrap() / DAY_MS).or_default() += cost;
                Reply::json(json!({"data": data, "includes": users(), "meta": {"next_token": next, "oldest_id": oldest}}).to_string())
            }).await;
            let (mut x, _folder) = x(&server, &json!({"budget_dollars_per_day": f64::from(budget) / 100.0}));
            let (mut cursor, mut now, mut heard, mut finished) = (None, NOW_MS, BTreeSet::new(), false);
            for hours in hours {
                *clock.lock().unwrap() = now;
                loop {
                    let stored = cursor.clone();
                    let ask = Ask { cursor: stored.as_deref(), since: at(NOW_MS - 2 * DAY_MS), now: at(now), mode: Mode::CatchUp };
                    let Ok(page) = x.page(&client(at(now)), &ask).await else { break };
                    let mut said = Said::default();
                    said.take(page.rows);
                    heard.extend(said.posts.into_iter().map(|post| post.id));
                    cursor = page.cursor;
                    if page.next != Next::More { finished = true; break; }
                }
                now += hours * 3_600_000;
            }
            (heard, finished)
        });
        for (day, cost) in billed.lock().unwrap().iter() {
            prop_assert!(*cost <= u64::from(budget) * 10_000, "day {}: {} of {}", day, cost, budget);
        }
        if finished {
            prop_assert_eq!(heard.len(), usize::try_from(count).unwrap());
        }
    }

    #[test]
    fn any_answer_is_read_or_refused(place in 0..60usize, with in any_json(), whole in any::<bool>()) {
        let mut body = json!({"data": [post(13, 60)], "includes": users(), "meta": {"next_token": "t", "oldest_id": "13"}, "errors": []});
        let mut place = place;
        spoil(&mut body, &mut place, &with);
        let text = if whole { with.to_string() } else { body.to_string() };
        block_on(async {
            let line = text.clone();
            let server = Server::start(move |heard| match heard.path() {
                "/2/tweets/search/stream" => Reply::new(200, format!("{line}\r\n")),
                "/2/tweets/search/recent" if heard.query("next_token").is_some() => Reply::json("{}"),
                _ => Reply::json(line.clone()),
            }).await;
            let (mut x, _folder) = x(&server, &json!({"stream": true, "budget_dollars_per_day": 9.0}));
            read(&mut x, &mut None, NOW_MS).await.ok();
            let mut cursor = None;
            for _ in 0..3 {
                follow(&mut x, &mut cursor, NOW_MS).await.ok();
            }
            x.recheck().unwrap().gone(&client(at(NOW_MS)), &["13".to_owned()]).await.ok();
            x.knock(&client(at(NOW_MS)), at(NOW_MS)).await.ok();
        });
    }
}
