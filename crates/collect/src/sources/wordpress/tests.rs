//! The collector against a server that behaves like WordPress, as far as lists go.

use super::*;
use crate::collector::{Gone, Mode};
use crate::files::Row;
use crate::net::testing::{Heard, Reply, Server, client};
use crate::sources::testing::nowhere;
use crate::stamp;
use crate::track::Tag;
use polso_domain::{PostKind, RawEvent, RawPost};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

const NOW_MS: i64 = 1_785_592_555_000; // 2026-08-01T13:55:55Z
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

/// A site: posts and comments, and how it shows them.
#[derive(Default)]
struct Fake {
    posts: Vec<Value>,
    comments: Vec<Value>,
    /// Paths that are answered with a status and nothing else.
    closed: Vec<(&'static str, u16)>,
    /// It knows no `modified_after` and answers as if it were not there.
    old: bool,
    feeds: Vec<(&'static str, String)>,
}

fn gmt(millis: i64) -> String {
    stamp::to_rfc3339(at(millis)).trim_end_matches('Z').to_owned()
}

fn post(id: u64, text: &str, date: i64) -> Value {
    json!({"id": id, "guid": {"rendered": format!("https://blog.example/?p={id}")}, "date_gmt": gmt(date), "modified_gmt": gmt(date), "link": format!("https://blog.example/{id}/"),
        "title": {"rendered": text}, "content": {"rendered": "<p>testo</p>", "protected": false},
        "_embedded": {"author": [{"name": "Seed Anna", "slug": "seed_anna"}]}})
}

fn comment(id: u64, post: u64, parent: u64, date: i64) -> Value {
    json!({"id": id, "post": post, "parent": parent, "date_gmt": gmt(date), "author_name": "Seed Bruno",
        "author_url": "https://seedbruno.example/", "content": {"rendered": format!("<p>commento {id}</p>")}})
}

impl Fake {
    fn answer(&self, heard: &Heard) -> Reply {
        let path = heard.path();
        if let Some((_, status)) = self.closed.iter().find(|(closed, _)| *closed == path) {
            return Reply::new(*status, "<html>no</html>");
        }
        if let Some((_, body)) = self.feeds.iter().find(|(feed, _)| *feed == path) {
            return Reply::new(200, body.clone());
        }
        match path {
            "/" if heard.query("rest_route").is_some() => Reply::new(404, "<html>"),
            "/" => Reply::new(200, "<html>").header("link", "</wp-json/>; rel=\"https://api.w.org/\""),
            "/wp-json/wp/v2/posts" => self.list(&self.posts, heard),
            "/wp-json/wp/v2/comments" => self.list(&self.comments, heard),
            _ => Reply::new(404, ""),
        }
    }

    fn list(&self, all: &[Value], heard: &Heard) -> Reply {
        let by = if heard.query("orderby").as_deref() == Some("modified") { "modified_gmt" } else { "date_gmt" };
        let date = |entry: &Value, by: &str| stamp::rfc3339(entry[by].as_str().unwrap()).unwrap().millis() / 1_000;
        let bound = |name: &str| heard.query(name).map(|text| stamp::rfc3339(&text).unwrap().millis() / 1_000);
        let after = bound("after").unwrap_or(i64::MIN);
        let modified = bound("modified_after").filter(|_| !self.old).unwrap_or(i64::MIN);
        let include = heard.query("include");
        let named = |entry: &&Value| {
            include.as_ref().is_none_or(|all| all.split(',').any(|id| id.parse::<u64>().ok() == entry["id"].as_u64()))
        };
        let mut shown: Vec<&Value> = all.iter().filter(named).filter(|entry| date(entry, "date_gmt") > after).collect();
        shown.retain(|entry| modified == i64::MIN || date(entry, "modified_gmt") > modified);
        shown.sort_by_key(|entry| date(entry, by));
        if heard.query("order").is_none() {
            shown.reverse();
        }
        let number = |name: &str, other: usize| heard.query(name).map_or(other, |text| text.parse().unwrap());
        let (size, page) = (number("per_page", 10), number("page", 1));
        assert!(size <= 100);
        if page > 1 && (page - 1) * size >= shown.len() {
            return Reply::new(400, r#"{"code":"rest_post_invalid_page_number","message":"x","data":{"status":400}}"#);
        }
        let page: Vec<&&Value> = shown.iter().skip((page - 1) * size).take(size).collect();
        Reply::json(serde_json::to_string(&page).unwrap())
    }
}

struct Test {
    site: WordPress,
    server: Server,
    fake: Arc<Mutex<Fake>>,
    cursor: Option<String>,
    now: i64,
}

impl Test {
    async fn start(fake: Fake, more: Value) -> Self {
        let fake = Arc::new(Mutex::new(fake));
        let answers = Arc::clone(&fake);
        let server = Server::start(move |heard| answers.lock().unwrap().answer(&heard)).await;
        let mut config = json!({"site": server.url.as_str(), "name": "blog.example"});
        config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let tag = Tag { name: "virus".to_owned(), variants: vec![], languages: vec![] };
        let track = Track { any: vec![tag], ..Track::default() };
        let site = serde_json::from_value::<Config>(config).unwrap().build(&track, &nowhere()).unwrap();
        Self { site, server, fake, cursor: None, now: NOW_MS }
    }

    async fn page(&mut self) -> Result<Page, AskError> {
        let ask = Ask {
            cursor: self.cursor.as_deref(),
            since: at(NOW_MS - 30 * DAY_MS),
            now: at(self.now),
            mode: Mode::CatchUp,
        };
        let page = self.site.page(&client(at(self.now)), &ask).await?;
        self.cursor.clone_from(&page.cursor);
        Ok(page)
    }

    /// A whole round.
    async fn round(&mut self) -> (Vec<RawPost>, Page) {
        let mut posts = Vec::new();
        for _ in 0..50 {
            let mut page = self.page().await.unwrap();
            posts.extend(page.rows.drain(..).filter_map(|row| match row {
                Row::Event(RawEvent::Post(post)) => Some(*post),
                _ => None,
            }));
            if page.next != Next::More {
                return (posts, page);
            }
        }
        panic!("a round without end");
    }

    fn name(rest: &str) -> String {
        format!("https://blog.example/?p={rest}")
    }
}

#[tokio::test]
async fn posts_and_their_comments_are_read_once_and_edits_again() {
    let posts = vec![
        post(1, "un virus", NOW_MS - DAY_MS),
        post(2, "altro", NOW_MS - DAY_MS),
        post(3, "virus vecchio", NOW_MS - 90 * DAY_MS),
    ];
    let comments = vec![
        comment(7, 1, 0, NOW_MS - HOUR_MS),
        comment(8, 1, 7, NOW_MS - HOUR_MS + 1_000),
        comment(9, 2, 0, NOW_MS - HOUR_MS),
        comment(10, 3, 0, NOW_MS - HOUR_MS),
        comment(11, 99, 0, NOW_MS - HOUR_MS),
    ];
    let mut test = Test::start(Fake { posts, comments, ..Fake::default() }, json!({})).await;
    let (heard, page) = test.round().await;
    let said: Vec<&str> = heard.iter().map(|post| post.text.as_str()).collect();
    assert_eq!(said, ["un virus\n\ntesto", "commento 7", "commento 10", "commento 8"]);
    assert_eq!((heard[0].id.as_str(), heard[0].ask_again.as_deref()), (Test::name("1").as_str(), Some("p.1")));
    assert_eq!((heard[0].source.as_str(), heard[0].author.handle.as_str()), ("blog", "Seed Anna@127.0.0.1"));
    assert_eq!((heard[1].kind, heard[1].in_reply_to.clone()), (PostKind::Reply, Some(Test::name("1"))));
    assert_eq!(heard[2].in_reply_to, Some(Test::name("3")), "its post is followed, though it is old");
    assert_eq!(
        (heard[3].in_reply_to.clone(), heard[3].ask_again.as_deref()),
        (Some(Test::name("1#comment-7")), Some("c.8"))
    );
    assert!(heard[1].author.also.contains(&"https://seedbruno.example/".to_owned()));
    assert_eq!(page.covered, Span::new(at(NOW_MS - 30 * DAY_MS), at(NOW_MS)));
    assert!(!page.cursor.unwrap().contains("http"), "no name is kept");

    test.now += HOUR_MS;
    let (heard, page) = test.round().await;
    assert_eq!((heard.len(), page.covered), (0, Span::new(at(NOW_MS), at(test.now))));

    let mut edited = post(1, "un virus corretto", NOW_MS - DAY_MS);
    edited["modified_gmt"] = json!(gmt(test.now));
    let mut edited_other = post(2, "ora un virus", NOW_MS - DAY_MS);
    edited_other["modified_gmt"] = json!(gmt(test.now));
    {
        let mut fake = test.fake.lock().unwrap();
        (fake.posts[0], fake.posts[1]) = (edited, edited_other);
        // Written before the last round, let through after it.
        fake.comments.push(comment(12, 1, 0, NOW_MS - 3 * HOUR_MS));
    }
    test.now += HOUR_MS;
    let (heard, _) = test.round().await;
    let said: Vec<&str> = heard.iter().map(|post| post.text.as_str()).collect();
    assert_eq!(said, ["un virus corretto\n\ntesto", "ora un virus\n\ntesto", "commento 12", "commento 9"]);
}

#[tokio::test]
async fn long_lists_are_read_page_by_page_and_a_full_second_too() {
    let mut posts: Vec<Value> =
        (1..=250).map(|id| post(id, "virus", NOW_MS - DAY_MS + 60_000 * id.cast_signed())).collect();
    posts.extend((1_001..=1_230).map(|id| post(id, "virus", NOW_MS - 2 * DAY_MS)));
    let mut test = Test::start(Fake { posts, ..Fake::default() }, json!({"comments": false})).await;
    let (heard, _) = test.round().await;
    let ids: std::collections::HashSet<&str> = heard.iter().map(|post| post.id.as_str()).collect();
    assert_eq!((heard.len(), ids.len()), (480, 480), "each once");
}

#[tokio::test]
async fn a_list_that_ends_with_a_full_page_ends() {
    let posts = (1..=200).map(|id| post(id, "virus", NOW_MS - 2 * DAY_MS)).collect();
    let mut test = Test::start(Fake { posts, ..Fake::default() }, json!({"comments": false})).await;
    assert_eq!(test.round().await.0.len(), 200, "400 behind the last page is its end");
}

#[tokio::test]
async fn a_site_that_knows_no_edits_is_read_all_the_same() {
    let posts = (1..=300)
        .map(|id| post(id, "virus", NOW_MS - 200 * DAY_MS + id.cast_signed()))
        .chain([post(500, "virus", NOW_MS)])
        .collect();
    let mut test = Test::start(Fake { posts, old: true, ..Fake::default() }, json!({})).await;
    assert_eq!(test.round().await.0.len(), 1);
    let before = test.server.asked.lock().unwrap().len();
    test.round().await;
    let asked = test.server.asked.lock().unwrap();
    assert!(asked[before..].iter().all(|question| !question.contains("modified_after")), "asked once, never again");
}

#[tokio::test]
async fn where_rest_is_closed_feeds_are_read_under_the_same_names() {
    for closed in [
        vec![("/wp-json/wp/v2/posts", 403), ("/wp-json/wp/v2/comments", 401)],
        vec![("/wp-json/wp/v2/posts", 404), ("/wp-json/wp/v2/comments", 200)],
        vec![("/", 200)],
    ] {
        let fake = Fake { closed, posts: vec![post(1, "un virus", NOW_MS)], comments: vec![], ..Fake::default() };
        let mut test = Test::start(fake, json!({})).await;
        let item = |id: &str, text: &str| {
            format!(
                "<item><guid isPermaLink='false'>{}</guid><title>{text}</title><dc:creator>Seed Anna</dc:creator><pubDate>Sat, 01 Aug 2026 13:50:00 +0000</pubDate></item>",
                Test::name(id)
            )
        };
        let feed = |items: &[String]| format!("<rss><channel>{}</channel></rss>", items.concat());
        let feeds = vec![
            ("/feed/", feed(&[item("1", "un virus"), item("2", "altro")])),
            ("/comments/feed/", feed(&[item("1#comment-7", "no"), item("2#comment-8", "no")])),
        ];
        test.fake.lock().unwrap().feeds = feeds;
        let (heard, page) = test.round().await;
        let ids: Vec<&str> = heard.iter().map(|post| post.id.as_str()).collect();
        assert_eq!(ids, [Test::name("1"), Test::name("1#comment-7")]);
        assert_eq!(heard[1].in_reply_to, Some(Test::name("1")));
        assert_eq!(heard[0].author.handle, "Seed Anna@127.0.0.1");
        assert_eq!(page.covered, Span::new(at(1_785_592_200_000), at(NOW_MS)), "no further back than the page");
        let said = test.site.knock(&client(at(NOW_MS)), at(NOW_MS)).await.unwrap();
        assert!(said.starts_with("open: RSS") && said.contains("so feeds are read"), "{said}");
        test.now += 2 * HOUR_MS;
        test.fake.lock().unwrap().closed.clear();
        test.round().await;
        assert!(test.server.asked.lock().unwrap().last().unwrap().contains("/wp/v2/comments"), "REST is tried again");
    }
}

#[tokio::test]
async fn trouble_is_no_refusal() {
    let fake = Fake { closed: vec![("/wp-json/wp/v2/posts", 500)], ..Fake::default() };
    let mut test = Test::start(fake, json!({})).await;
    assert!(matches!(test.page().await, Err(AskError::Server { .. })));
}

#[tokio::test]
async fn a_knock_says_what_is_open() {
    let posts = vec![post(1, "un virus", NOW_MS - 3 * HOUR_MS)];
    let mut test =
        Test::start(Fake { posts, closed: vec![("/wp-json/wp/v2/comments", 401)], ..Fake::default() }, json!({})).await;
    let said = test.site.knock(&client(at(NOW_MS)), at(NOW_MS)).await.unwrap();
    assert_eq!(said, "open: WordPress REST, newest post 3 h old, comments through their feed (`status 401`)");
}

#[tokio::test]
async fn what_is_no_longer_there_is_gone_and_what_is_hidden_is_not() {
    let fake = Fake { posts: vec![post(1, "x", NOW_MS)], comments: vec![comment(7, 1, 0, NOW_MS)], ..Fake::default() };
    let mut test = Test::start(fake, json!({})).await;
    let ids = ["p.1", "p.2", "c.7", "c.8", "other"].map(str::to_owned);
    let client = client(at(NOW_MS));
    let gone = test.site.recheck().unwrap().gone(&client, &ids).await.unwrap();
    let own = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(gone, Gone { gone: own(&["p.2", "c.8"]), unknown: own(&["other"]) });
    test.fake.lock().unwrap().closed = vec![("/wp-json/wp/v2/comments", 403)];
    let gone = test.site.recheck().unwrap().gone(&client, &ids).await.unwrap();
    assert_eq!(gone, Gone { gone: own(&["p.2"]), unknown: own(&["c.7", "c.8", "other"]) });
    test.fake.lock().unwrap().feeds = vec![("/wp-json/wp/v2/posts", "[{\"id\":55}]".to_owned())];
    let gone = test.site.recheck().unwrap().gone(&client, &ids[..2]).await.unwrap();
    assert_eq!(gone.gone.len(), 0, "an answer to another question says nothing");
}

#[tokio::test]
async fn entries_of_another_shape_are_set_aside_once() {
    let wrong = json!({"id": "x", "date_gmt": gmt(NOW_MS), "modified_gmt": gmt(NOW_MS), "author_name": "seed_carla"});
    let mut test =
        Test::start(Fake { posts: vec![post(1, "virus", NOW_MS), wrong], ..Fake::default() }, json!({})).await;
    let first = test.page().await.unwrap();
    let aside: Vec<&Row> = first.rows.iter().filter(|row| matches!(row, Row::SetAside(_))).collect();
    let [Row::SetAside(rejected)] = &aside[..] else { panic!() };
    assert!(!rejected.raw.as_ref().unwrap().contains("carla"));
    assert_eq!(first.rows.len(), 2);
    assert!(test.round().await.0.is_empty());
    assert!(test.page().await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn all_means_all_and_nothing_is_refused() {
    let fake =
        || Fake { posts: vec![post(2, "altro", NOW_MS)], comments: vec![comment(9, 77, 0, NOW_MS)], ..Fake::default() };
    let mut all = Test::start(fake(), json!({"filter": "all"})).await;
    assert_eq!(all.round().await.0.len(), 2);
    let none = json!({"site": "https://blog.example/", "posts": false, "comments": false});
    let error = serde_json::from_value::<Config>(none).unwrap().build(&Track::default(), &nowhere()).err().unwrap();
    assert!(error.hint().unwrap().contains("`comments`"));
    let mut comments = Test::start(fake(), json!({"posts": false, "filter": "all"})).await;
    assert_eq!(comments.round().await.0.len(), 1);
}
