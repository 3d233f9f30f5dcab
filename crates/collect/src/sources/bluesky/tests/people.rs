//! Authors looked up: what their profiles add, and who is left out.

use super::replay::{Does, Ev, Replay, What, frames, from, record};
use super::{NOW_US, SECOND, Stored, client, with};
use crate::net::AskError;
use crate::net::testing::{Reply, Server};
use crate::sources::bluesky::config::Wire;
use crate::sources::bluesky::{Bluesky, Config};

const ACTORS: usize = 60;

/// A post each by many, one of them edited, then the present.
fn log() -> Vec<Ev> {
    let post = |n: usize, operation: &'static str| {
        let at_us = NOW_US - 20 * SECOND + i64::try_from(n).unwrap() * SECOND / 10;
        let what = What::Commit(operation, format!("r{n}"), Some(record("voce", "salute", at_us)));
        Ev { at_us, seq: n as u64, did: format!("did:plc:seed{n}"), what }
    };
    let mut log: Vec<Ev> = (0..ACTORS).map(|n| post(n, if n == 7 { "update" } else { "create" })).collect();
    log.push(Ev { at_us: NOW_US, seq: 99, did: "did:plc:seed0".to_owned(), what: What::Identity });
    log
}

/// 7 is not shown to visitors, 8 no longer is not, 9 is gone.
fn profiles(actors: &[String]) -> String {
    let profile = |did: &String| {
        let n: u32 = did.trim_start_matches("did:plc:seed").parse().unwrap();
        let labels = match n {
            7 => serde_json::json!([{"val": "!no-unauthenticated", "src": did}]),
            8 => serde_json::json!([{"val": "!no-unauthenticated", "src": did, "neg": true}]),
            _ => serde_json::json!([]),
        };
        (n != 9).then(|| {
            serde_json::json!({"did": did, "handle": format!("seed-anna-{n}.example"), "displayName": format!("Seed Anna {n}"),
                "followersCount": n * 10, "labels": labels})
        })
    };
    serde_json::json!({"profiles": actors.iter().filter_map(profile).collect::<Vec<_>>()}).to_string()
}

fn actors(target: &str) -> Vec<String> {
    let url = url::Url::parse("http://x").unwrap().join(target).unwrap();
    url.query_pairs().filter(|(key, _)| key == "actors").map(|(_, did)| did.into_owned()).collect()
}

async fn jetstream() -> Replay {
    Replay::start(|asked| Does::Stays(frames(Wire::Legacy, false, from(&log(), asked.cursor())))).await
}

fn collector(jetstream: &Replay, appview: &Server) -> Bluesky {
    let mut config: Config = serde_json::from_str(r#"{"compress":false}"#).unwrap();
    (config.hosts, config.appview) = (vec![jetstream.url.to_string()], appview.url.to_string());
    with(&config)
}

#[tokio::test]
async fn profiles_add_followers_and_names_and_leave_out_whom_they_must() {
    let appview = Server::start(|heard| Reply::json(profiles(&actors(&heard.target)))).await;
    let jetstream = jetstream().await;
    let mut bluesky = collector(&jetstream, &appview);
    let mut stored = Stored::at(NOW_US - 21 * SECOND);
    let client = client();
    stored.catch_up(&mut bluesky, &client, 0).await;
    let posts = stored.posts();
    assert_eq!(posts.len(), ACTORS - 2);
    let said = stored.said();
    assert!(said.contains(&"delete r7".to_owned()), "an edit by somebody hidden takes the post back");
    assert!(said.contains(&"post r8".to_owned()) && !said.contains(&"post r9".to_owned()));
    assert_eq!(
        (posts[3].reach.followers, posts[3].author.also.join("|")),
        (Some(30), "seed-anna-3.example|Seed Anna 3".to_owned())
    );
    let asked = appview.asked.lock().unwrap().len();
    let mut again = Stored::at(NOW_US - 21 * SECOND);
    again.catch_up(&mut bluesky, &client, 0).await;
    assert_eq!(again.posts().len(), ACTORS - 2);
    assert_eq!(appview.asked.lock().unwrap().len(), asked, "nobody is looked up twice a day");
    assert!(appview.asked.lock().unwrap().iter().all(|question| actors(&question[4..]).len() <= 25));
}

#[tokio::test]
async fn one_account_that_is_not_taken_spoils_no_other() {
    let appview = Server::start(|heard| {
        let actors = actors(&heard.target);
        if actors.iter().any(|did| did == "did:plc:seed13") {
            return Reply::new(400, r#"{"error":"InvalidRequest","message":"x"}"#);
        }
        Reply::json(profiles(&actors))
    })
    .await;
    let jetstream = jetstream().await;
    let mut stored = Stored::at(NOW_US - 21 * SECOND);
    stored.catch_up(&mut collector(&jetstream, &appview), &client(), 0).await;
    assert!(stored.errors.is_empty(), "{:?}", stored.errors);
    assert_eq!(stored.posts().len(), ACTORS - 3);
}

#[tokio::test]
async fn without_an_answer_the_page_fails_and_nothing_is_lost() {
    let mut answers = 0;
    let appview = Server::start(move |heard| {
        answers += 1;
        match answers {
            1 => Reply::json("<html>"),
            2 => Reply::json(r#"{"profiles":7}"#),
            _ => Reply::json(profiles(&actors(&heard.target))),
        }
    })
    .await;
    let jetstream = jetstream().await;
    let mut stored = Stored::at(NOW_US - 21 * SECOND);
    stored.catch_up(&mut collector(&jetstream, &appview), &client(), 2).await;
    assert_eq!(stored.errors.len(), 2);
    assert!(stored.errors.iter().all(|error| matches!(error, AskError::Garbled { .. })));
    assert_eq!((stored.posts().len(), stored.lost.len()), (ACTORS - 2, 0));
}
