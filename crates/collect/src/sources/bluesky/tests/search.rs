//! Searching for lost time: the session, the walk, and what is admitted to be missing.

use super::replay::{Does, Replay, frames, from, log};
use super::{NOW_MS, NOW_US, Stored, at, client, quick, track};
use crate::collector::{Mode, Next, Span};
use crate::config::Places;
use crate::net::AskError;
use crate::net::testing::{Heard, Reply, Server};
use crate::sources::bluesky::config::Wire;
use crate::sources::bluesky::{Bluesky, Config};
use proptest::prelude::*;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};

const HOUR_MS: i64 = 3_600_000;
const FROM_MS: i64 = NOW_MS - 50 * HOUR_MS;

/// A server where the account lives: it knows posts by their millisecond, and tokens by their number.
#[derive(Default)]
struct Home {
    /// Milliseconds of posts tagged `salute`, ascending.
    posts: Vec<i64>,
    /// The access token that is good.
    access: u32,
    /// The refresh token that is good; 0 for none.
    refresh: u32,
    /// What is answered to a search instead.
    refuses: Option<(u16, &'static str)>,
    password_is_wrong: bool,
}

impl Home {
    fn answer(&mut self, heard: &Heard) -> Reply {
        let bearer = heard.headers.get("authorization").map(|token| token.trim_start_matches("Bearer ").to_owned());
        let good = |token: u32| token > 0 && bearer == Some(format!("t{token}"));
        let refused = |status, code: &str| Reply::new(status, format!(r#"{{"error":"{code}","message":"x"}}"#));
        match heard.path().trim_start_matches("/xrpc/") {
            "com.atproto.server.createSession" if self.password_is_wrong => refused(401, "AuthenticationRequired"),
            "com.atproto.server.createSession" => {
                assert_eq!(heard.body, r#"{"identifier":"seed_anna_1.example","password":"seed-word"}"#);
                (self.access, self.refresh) = (self.access + 2, self.access + 3);
                self.session()
            }
            "com.atproto.server.refreshSession" => {
                assert!(heard.method == "POST" && heard.body.is_empty(), "a body is refused there");
                if !good(self.refresh) {
                    return refused(400, "ExpiredToken");
                }
                (self.access, self.refresh) = (self.access + 2, self.access + 3);
                self.session()
            }
            _ if !good(self.access) => refused(400, "ExpiredToken"),
            "com.atproto.server.getSession" => Reply::json("{}"),
            "app.bsky.feed.searchPosts" => match self.refuses {
                Some((status, code)) => refused(status, code),
                None => self.found(heard),
            },
            other => panic!("{other}"),
        }
    }

    fn session(&self) -> Reply {
        Reply::json(format!(
            r#"{{"accessJwt":"t{}","refreshJwt":"t{}","did":"did:plc:seed"}}"#,
            self.access, self.refresh
        ))
    }

    /// The newest hundred before `until`, with a cursor if that was not all.
    fn found(&self, heard: &Heard) -> Reply {
        let time = |name| crate::stamp::rfc3339(&heard.query(name).unwrap()).unwrap().millis();
        let tag = heard.query("tag").unwrap();
        assert_eq!(heard.query("q").unwrap(), format!("#{tag}"));
        let (since, until) = (time("since"), time("until"));
        let matching: Vec<(usize, i64)> = self.posts.iter().copied().enumerate().filter(|_| tag == "salute").collect();
        let within: Vec<_> = matching.into_iter().rev().filter(|(_, at)| (since..until).contains(at)).collect();
        let view = |(n, millis): &(usize, i64)| {
            let created = crate::stamp::to_rfc3339(at(*millis));
            serde_json::json!({"uri": format!("at://did:plc:seedanna/app.bsky.feed.post/r{n}"), "cid": "b",
                "author": {"did": "did:plc:seedanna", "handle": "seed-anna.example"}, "likeCount": 3, "indexedAt": created,
                "record": {"text": "voce", "createdAt": created, "tags": ["Salute"]}})
        };
        let posts: Vec<_> = within.iter().take(100).map(view).collect();
        let cursor = (within.len() > 100).then_some("100");
        Reply::json(serde_json::json!({"posts": posts, "cursor": cursor, "hitsTotal": 1}).to_string())
    }
}

/// The account's server, a Jetstream that forgot everything but the last seconds, and a folder for secrets.
struct Scene {
    home: Arc<Mutex<Home>>,
    server: Server,
    jetstream: Replay,
    folder: tempfile::TempDir,
}

async fn scene(home: Home) -> Scene {
    let home = Arc::new(Mutex::new(home));
    let shared = Arc::clone(&home);
    let server = Server::start(move |heard| shared.lock().unwrap().answer(&heard)).await;
    let jetstream =
        Replay::start(|asked| Does::Stays(frames(Wire::Legacy, false, from(&log(100, 10, NOW_US), asked.cursor()))))
            .await;
    let folder = tempfile::tempdir().unwrap();
    crate::secret::write(&folder.path().join("word"), "seed-word\n").unwrap();
    Scene { home, server, jetstream, folder }
}

impl Scene {
    fn collector(&self) -> Bluesky {
        let mut config: Config = serde_json::from_str(r#"{"compress":false,"hydrate":false}"#).unwrap();
        (config.hosts, config.service) = (vec![self.jetstream.url.to_string()], self.server.url.to_string());
        (config.identifier, config.password_file) = (Some("seed_anna_1.example".to_owned()), Some("word".into()));
        let places = Places { secrets: self.folder.path().into(), sessions: self.folder.path().join("sessions") };
        let mut bluesky = config.build(&track(), &places).unwrap();
        bluesky.settings.patience = quick();
        bluesky
    }

    fn asked(&self, method: &str) -> usize {
        self.server.asked.lock().unwrap().iter().filter(|question| question.contains(method)).count()
    }
}

fn hole() -> Span {
    Span::new(at(FROM_MS), at(NOW_MS - 9_900)).unwrap()
}

fn stored() -> Stored {
    Stored::at(FROM_MS * 1000)
}

fn ids(stored: &Stored) -> Vec<String> {
    let mut ids: Vec<String> =
        stored.posts().iter().filter(|post| post.text == "voce").map(|post| post.id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

#[tokio::test]
async fn lost_time_is_searched_for_and_covered() {
    let posts: Vec<i64> = (0..350).map(|n| FROM_MS + n * 60_000).collect();
    let scene = scene(Home { posts, ..Home::default() }).await;
    let mut stored = stored();
    let client = client();
    stored.catch_up(&mut scene.collector(), &client, 0).await;
    assert!(stored.lost.is_empty(), "{:?}", stored.lost);
    assert_eq!(ids(&stored).len(), 350);
    assert!(stored.covered.contains(&hole()), "{:?}", stored.covered);
    assert!(stored.said().len() > 350, "the stream is heard as well");
    assert_eq!(stored.posts().iter().find(|post| post.text == "voce").unwrap().reach.likes, Some(3));
    assert_eq!(client.tally().take().cursor_resets, 1, "the cursor was not honoured all the same");
}

#[tokio::test]
async fn one_millisecond_with_too_many_posts_is_admitted() {
    let posts: Vec<i64> = (0..250).map(|_| FROM_MS + 1000).chain([FROM_MS + 2000]).collect();
    let scene = scene(Home { posts, ..Home::default() }).await;
    let mut stored = stored();
    stored.catch_up(&mut scene.collector(), &client(), 0).await;
    assert_eq!(stored.lost, [hole()]);
    assert!(ids(&stored).len() >= 100);
}

#[tokio::test]
async fn a_search_that_is_refused_loses_the_span_and_not_the_stream() {
    let scene = scene(Home { refuses: Some((403, "Forbidden")), ..Home::default() }).await;
    let mut stored = stored();
    stored.catch_up(&mut scene.collector(), &client(), 0).await;
    assert_eq!((stored.lost.as_slice(), stored.posts().len(), stored.errors.len()), (&[hole()][..], 10, 0));
}

#[tokio::test]
async fn a_search_that_fails_waits_in_the_cursor() {
    let scene = scene(Home { refuses: Some((500, "x")), posts: vec![FROM_MS + 5], ..Home::default() }).await;
    let mut stored = stored();
    stored.catch_up(&mut scene.collector(), &client(), 0).await;
    assert!(stored.lost.is_empty() && stored.posts().len() == 10);
    scene.home.lock().unwrap().refuses = None;
    // Half an hour later, in another run.
    let client = crate::net::testing::client(at(NOW_MS + 1_800_000));
    let mut bluesky = scene.collector();
    for _ in 0..6 {
        stored.page(&mut bluesky, &client, Mode::Follow).await;
    }
    assert_eq!((ids(&stored).len(), stored.covered.contains(&hole())), (1, true));
}

#[tokio::test]
async fn spans_that_wait_are_lost_with_the_account() {
    let scene = scene(Home { refuses: Some((500, "x")), ..Home::default() }).await;
    let mut stored = stored();
    stored.catch_up(&mut scene.collector(), &client(), 0).await;
    let mut without = super::collector(Wire::Legacy, false, &[&scene.jetstream.url]);
    stored.page(&mut without, &client(), Mode::Follow).await;
    assert_eq!(stored.lost, [hole()]);
}

#[tokio::test]
async fn a_run_goes_on_with_the_session_of_the_run_before() {
    let scene = scene(Home::default()).await;
    let check = async || scene.collector().search.as_mut().unwrap().check(&client()).await.unwrap();
    check().await;
    check().await;
    assert_eq!((scene.asked("createSession"), scene.asked("refreshSession")), (1, 0));
    scene.home.lock().unwrap().access += 10;
    check().await;
    assert_eq!((scene.asked("createSession"), scene.asked("refreshSession")), (1, 1), "renewed");
    (scene.home.lock().unwrap().access, scene.home.lock().unwrap().refresh) = (50, 0);
    check().await;
    assert_eq!(scene.asked("createSession"), 2, "only when it cannot be renewed");
    let file = scene.folder.path().join("sessions/bluesky.json");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    crate::secret::write(&file, "nonsense").unwrap();
    check().await;
    assert_eq!(scene.asked("createSession"), 3);
}

#[tokio::test]
async fn a_password_that_was_refused_is_left_alone_for_an_hour() {
    let scene = scene(Home { password_is_wrong: true, ..Home::default() }).await;
    // The file was written today; the collector's clock must be later than that for it not to count as changed since.
    let later = at(4_000_000_000_000);
    let check = async |now| {
        let mut bluesky = scene.collector();
        let search = bluesky.search.as_mut().unwrap();
        search.check(&crate::net::testing::client(now)).await
    };
    let error = check(later).await.unwrap_err();
    assert!(matches!(error, AskError::Closed { .. }) && error.hint().unwrap().contains("app password"), "{error}");
    assert!(check(later).await.unwrap_err().to_string().contains("less than an hour ago"));
    assert_eq!(scene.asked("createSession"), 1);
    check(at(later.millis() + HOUR_MS)).await.unwrap_err();
    assert_eq!(scene.asked("createSession"), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_ends_and_a_covered_span_has_every_post(
        steps in proptest::collection::vec(prop_oneof![Just(0i64), 0i64..3, 0i64..100_000], 0..400),
    ) {
        let mut millis = FROM_MS;
        let posts: Vec<i64> = steps.iter().map(|step| { millis += step; millis }).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (stored, n) = runtime.block_on(async {
            let n = posts.len();
            let scene = scene(Home { posts, ..Home::default() }).await;
            let mut stored = stored();
            stored.catch_up(&mut scene.collector(), &client(), 0).await;
            (stored, n)
        });
        prop_assert!(matches!(stored.next, Next::CaughtUp(_)));
        if stored.lost.is_empty() {
            prop_assert_eq!(ids(&stored).len(), n);
            prop_assert!(stored.covered.contains(&hole()));
        } else {
            prop_assert_eq!(&stored.lost, &[hole()]);
        }
    }
}
