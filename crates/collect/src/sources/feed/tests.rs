//! The collector against a server that says what a feed would.

use super::*;
use crate::collector::{Mode, Span};
use crate::files::Row;
use crate::net::testing::{Heard, Reply, Server, client};
use crate::sources::testing::nowhere;
use crate::track::Tag;
use polso_domain::{PostKind, RawEvent, RawPost};
use proptest::prelude::*;
use std::sync::{Arc, Mutex};

const NOW_MS: i64 = 1_785_592_555_000; // 2026-08-01T13:55:55Z
const HOUR_MS: i64 = 3_600_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn track(words: &[&str]) -> Track {
    let tag = |word: &&str| Tag { name: (*word).to_owned(), variants: vec![], languages: vec![] };
    Track { any: words.iter().map(tag).collect(), ..Track::default() }
}

fn feed(server: &Server, more: &str) -> Feed {
    let config = format!("url = \"{}feed/\"\nname = \"salute\"\n{more}", server.url);
    toml_free(&config).build(&track(&["virus"]), &nowhere()).unwrap()
}

/// A table of the settings, written as `key = json` lines.
fn toml_free(text: &str) -> Config {
    let pairs = text.lines().filter_map(|line| line.split_once(" = "));
    let json: Vec<String> = pairs.map(|(key, value)| format!("\"{key}\":{value}")).collect();
    serde_json::from_str(&format!("{{{}}}", json.join(","))).unwrap()
}

fn rss(items: &[(u32, &str, i64)]) -> String {
    let item = |(id, text, at): &(u32, &str, i64)| {
        let date = crate::stamp::to_rfc3339(Timestamp::from_millis(*at));
        format!(
            "<item><guid>https://salute.example/?p={id}</guid><title>{text}</title><pubDate>{date}</pubDate>\
             <link>https://salute.example/{id}/</link></item>"
        )
    };
    format!("<rss version='2.0'><channel>{}</channel></rss>", items.iter().map(item).collect::<String>())
}

fn ask(cursor: Option<&str>, now: i64) -> Ask<'_> {
    Ask { cursor, since: at(NOW_MS - 100 * HOUR_MS), now: at(now), mode: Mode::CatchUp }
}

fn posts(page: &Page) -> Vec<&RawPost> {
    let post = |row: &'_ Row| matches!(row, Row::Event(RawEvent::Post(_)));
    let inner = |row| match row {
        &Row::Event(RawEvent::Post(ref post)) => &**post,
        _ => panic!(),
    };
    page.rows.iter().filter(|row| post(row)).map(inner).collect()
}

fn texts(page: &Page) -> Vec<&str> {
    posts(page).into_iter().map(|post| post.text.as_str()).collect()
}

/// What the scripted server holds: the next replies, the last one again and again.
type Script = Arc<Mutex<Vec<Reply>>>;

async fn scripted(replies: Vec<Reply>) -> (Server, Arc<Mutex<Vec<Heard>>>) {
    let script: Script = Arc::new(Mutex::new(replies.into_iter().rev().collect()));
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    let server = Server::start(move |question| {
        log.lock().unwrap().push(question);
        let mut script = script.lock().unwrap();
        if script.len() > 1 { script.pop().unwrap() } else { script[0].clone() }
    })
    .await;
    (server, heard)
}

fn xml(body: impl Into<Vec<u8>>) -> Reply {
    Reply::new(200, body).header("content-type", "text/xml; charset=utf-8")
}

#[tokio::test]
async fn only_what_is_new_is_handed_on() {
    let first = rss(&[(2, "un virus", NOW_MS - HOUR_MS), (1, "altro", NOW_MS - 2 * HOUR_MS)]);
    let second = rss(&[(3, "virus tre", NOW_MS), (2, "un virus corretto", NOW_MS - HOUR_MS)]);
    let tagged =
        |reply: Reply| reply.header("etag", "W/\"a1\"").header("last-modified", "Sat, 01 Aug 2026 12:00:00 GMT");
    let script = vec![tagged(xml(first)), Reply::new(304, ""), xml(second.clone()), xml(second)];
    let (server, heard) = scripted(script).await;
    let (client, mut feed) = (client(at(NOW_MS)), feed(&server, ""));
    let one = feed.page(&client, &ask(None, NOW_MS)).await.unwrap();
    assert_eq!(texts(&one), ["un virus"]);
    assert_eq!(one.covered, Span::new(at(NOW_MS - 2 * HOUR_MS), at(NOW_MS)));
    assert_eq!(one.next, Next::CaughtUp(Duration::from_mins(30)));
    let post = posts(&one)[0];
    assert_eq!((post.source.as_str(), post.id.as_str()), ("news", "https://salute.example/?p=2"));
    assert_eq!((post.author.handle.as_str(), post.kind), ("feed@127.0.0.1", PostKind::Original));
    assert_eq!(post.links, ["https://salute.example/2/"]);
    let later = self::client_at(&client, NOW_MS + HOUR_MS);
    let same = feed.page(&later, &ask(one.cursor.as_deref(), NOW_MS + HOUR_MS)).await.unwrap();
    assert_eq!((same.rows.len(), same.covered), (0, Span::new(at(NOW_MS), at(NOW_MS + HOUR_MS))));
    let headers = heard.lock().unwrap()[1].headers.clone();
    assert_eq!(headers["if-none-match"], "W/\"a1\"");
    assert_eq!(headers["if-modified-since"], "Sat, 01 Aug 2026 12:00:00 GMT");
    let more = feed.page(&later, &ask(same.cursor.as_deref(), NOW_MS + HOUR_MS)).await.unwrap();
    assert_eq!(texts(&more), ["virus tre", "un virus corretto"]);
    assert!(more.lost.is_empty());
    let nothing = feed.page(&later, &ask(more.cursor.as_deref(), NOW_MS + HOUR_MS)).await.unwrap();
    assert_eq!(nothing.rows.len(), 0);
    assert!(!heard.lock().unwrap()[3].headers.contains_key("if-none-match"), "no tag, no condition");
}

fn client_at(_: &Client, millis: i64) -> Client {
    client(at(millis))
}

#[tokio::test]
async fn a_feed_that_turned_over_says_what_may_be_lost() {
    let first = rss(&[(2, "virus", NOW_MS - HOUR_MS), (1, "virus", NOW_MS - 2 * HOUR_MS)]);
    let second = rss(&[(9, "virus", NOW_MS + 9 * HOUR_MS), (8, "virus", NOW_MS + 6 * HOUR_MS)]);
    let (server, _) = scripted(vec![xml(first), xml(second)]).await;
    let mut feed = feed(&server, "every_minutes = 60");
    let one = feed.page(&client(at(NOW_MS)), &ask(None, NOW_MS)).await.unwrap();
    let now = NOW_MS + 10 * HOUR_MS;
    let two = feed.page(&client(at(now)), &ask(one.cursor.as_deref(), now)).await.unwrap();
    let oldest = NOW_MS + 6 * HOUR_MS + 1;
    assert_eq!(two.lost, [Span::new(at(NOW_MS), at(oldest)).unwrap()]);
    assert_eq!(two.covered, Span::new(at(oldest), at(now)));
    assert_eq!(two.next, Next::CaughtUp(Duration::from_mins(30)), "asked twice as often from now on");
}

#[tokio::test]
async fn the_wish_of_a_feed_is_respected_within_a_day() {
    let wish = |minutes: u32| xml(rss(&[]).replace("<channel>", &format!("<channel><ttl>{minutes}</ttl>")));
    let script = vec![wish(90), wish(5), wish(99_999), wish(5).header("retry-after", "7200")];
    let (server, _) = scripted(script).await;
    let (client, mut feed) = (client(at(NOW_MS)), feed(&server, ""));
    for seconds in [5_400, 1_800, 86_400, 7_200] {
        let page = feed.page(&client, &ask(None, NOW_MS)).await.unwrap();
        assert_eq!(page.next, Next::CaughtUp(Duration::from_secs(seconds)));
    }
}

#[tokio::test]
async fn a_feed_that_moved_is_found_and_one_that_is_gone_is_left_alone() {
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    let server = Server::start(move |heard| {
        *count.lock().unwrap() += 1;
        match (heard.path(), *count.lock().unwrap()) {
            ("/feed/", 1 | 5) => Reply::new(301, "").header("location", "/new/"),
            ("/new/", 2 | 3) => xml(rss(&[(1, "virus", NOW_MS)])),
            ("/new/", 4) => Reply::new(404, ""),
            _ => Reply::new(410, ""),
        }
    })
    .await;
    let (client, mut feed) = (client(at(NOW_MS)), feed(&server, ""));
    let one = feed.page(&client, &ask(None, NOW_MS)).await.unwrap();
    feed.page(&client, &ask(one.cursor.as_deref(), NOW_MS)).await.unwrap();
    assert_eq!(server.asked.lock().unwrap()[2], "GET /new/", "the new address is remembered");
    let gone = feed.page(&client, &ask(one.cursor.as_deref(), NOW_MS)).await.unwrap();
    assert_eq!((gone.next, gone.covered), (Next::More, None), "404 at the new address, 410 at the old one");
    let before = *asked.lock().unwrap();
    let error = feed.page(&client, &ask(gone.cursor.as_deref(), NOW_MS)).await.err().unwrap();
    assert!(matches!(error, AskError::Missing { gone: true, .. }));
    assert!(error.hint().unwrap().contains("take it out"));
    assert_eq!(*asked.lock().unwrap(), before, "nobody asks for what is gone");
}

#[tokio::test]
async fn another_host_is_named_and_not_asked() {
    let (server, _) = scripted(vec![Reply::new(301, "").header("location", "https://neu.example/feed")]).await;
    let error = feed(&server, "").page(&client(at(NOW_MS)), &ask(None, NOW_MS)).await.err().unwrap();
    assert!(error.hint().unwrap().contains("`https://neu.example/feed`"));
}

#[tokio::test]
async fn a_page_for_people_is_no_feed_and_a_knock_says_where_one_is() {
    let page =
        "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/feed/it/'></head></html>";
    let (server, _) = scripted(vec![Reply::new(200, page)]).await;
    let (client, mut feed) = (client(at(NOW_MS)), feed(&server, ""));
    let error = feed.page(&client, &ask(None, NOW_MS)).await.err().unwrap();
    assert!(error.to_string().contains("a page for people instead of a feed"), "{error}");
    let error = feed.knock(&client, at(NOW_MS)).await.err().unwrap();
    assert!(error.hint().unwrap().contains("/feed/it/\""));
}

#[tokio::test]
async fn a_knock_says_what_is_there_without_its_words() {
    let body = rss(&[(2, "segreto", NOW_MS - 3 * HOUR_MS), (1, "x", NOW_MS - 9 * HOUR_MS)]);
    let (server, _) = scripted(vec![xml(body.clone()).header("etag", "\"1\""), xml(body)]).await;
    let (client, mut feed) = (client(at(NOW_MS)), feed(&server, ""));
    let said = feed.knock(&client, at(NOW_MS)).await.unwrap();
    assert_eq!(said, "open: RSS, 2 entries, newest 3 h old, tells what changed");
    assert!(feed.knock(&client, at(NOW_MS)).await.unwrap().contains("sends everything each time"));
}

#[tokio::test]
async fn an_item_without_a_time_was_heard_when_it_was_heard_first() {
    let item = |text: &str| {
        xml(format!(
            "<rss><channel><item><guid>7</guid><title>{text}</title></item><item><guid>7</guid></item></channel></rss>"
        ))
    };
    let (server, _) = scripted(vec![item("virus"), item("virus"), item("virus due")]).await;
    let mut feed = feed(&server, "");
    let one = feed.page(&client(at(NOW_MS)), &ask(None, NOW_MS)).await.unwrap();
    let post = posts(&one)[0];
    assert_eq!((post.posted, post.doubtful_date, post.id.as_str()), (at(NOW_MS), true, "127.0.0.1/7"));
    assert_eq!(one.rows.len(), 2, "the one without words is set aside");
    let later = NOW_MS + HOUR_MS;
    let two = feed.page(&client(at(later)), &ask(one.cursor.as_deref(), later)).await.unwrap();
    assert_eq!(two.rows.len(), 0, "what was set aside is set aside once");
    let three = feed.page(&client(at(later)), &ask(two.cursor.as_deref(), later)).await.unwrap();
    assert_eq!((texts(&three), posts(&three)[0].posted), (vec!["virus due"], at(NOW_MS)));
}

#[tokio::test]
async fn items_without_anything_but_words_are_told_apart() {
    let items = "<item><description>virus uno</description></item><item><description>virus due</description></item>";
    let (server, _) = scripted(vec![xml(format!("<rss><channel>{items}</channel></rss>"))]).await;
    let page = feed(&server, "").page(&client(at(NOW_MS)), &ask(None, NOW_MS)).await.unwrap();
    assert_eq!(texts(&page), ["virus uno", "virus due"]);
}

#[test]
fn the_front_page_of_a_site_is_no_person() {
    let own = |url: &str| post::somebody("Seed Anna", "blog.example", vec![url.to_owned()]).also;
    assert_eq!(own("https://blog.example"), ["Seed Anna"]);
    assert_eq!(own("https://blog.example/author/anna"), ["https://blog.example/author/anna", "Seed Anna"]);
}

#[tokio::test]
async fn filters_are_obeyed_and_a_change_of_mind_too() {
    let body = "<rss><channel><language>it</language>
        <item><guid>1</guid><title>uno</title><category>Virus</category></item><item><guid>2</guid><title>due</title></item>
        <item><guid>3</guid><title>tre #virus</title></item></channel></rss>";
    let (server, heard) = scripted(vec![xml(body).header("etag", "\"1\"")]).await;
    let client = client(at(NOW_MS));
    let tracked = feed(&server, "").page(&client, &ask(None, NOW_MS)).await.unwrap();
    assert_eq!(texts(&tracked), ["uno", "tre #virus"]);
    assert_eq!(posts(&tracked)[1].hashtags, ["virus"]);
    let all = feed(&server, "filter = \"all\"").page(&client, &ask(tracked.cursor.as_deref(), NOW_MS)).await.unwrap();
    assert_eq!(texts(&all), ["due"], "what was handed on is not handed on again");
    assert!(!heard.lock().unwrap()[1].headers.contains_key("if-none-match"), "the page is looked at again");
    let finnish = feed(&server, "languages = [\"fi\"]").page(&client, &ask(None, NOW_MS)).await.unwrap();
    assert_eq!(finnish.rows.len(), 0);
}

#[tokio::test]
async fn what_was_there_before_the_beginning_is_left_out() {
    let old = NOW_MS - 200 * HOUR_MS;
    let (server, _) = scripted(vec![xml(rss(&[(1, "virus", old)])), xml(rss(&[(1, "virus due", old)]))]).await;
    let (client, mut feed) = (client(at(NOW_MS)), feed(&server, ""));
    let one = feed.page(&client, &ask(None, NOW_MS)).await.unwrap();
    let two = feed.page(&client, &ask(one.cursor.as_deref(), NOW_MS)).await.unwrap();
    assert_eq!((one.rows.len(), two.rows.len()), (0, 0));
}

#[tokio::test]
async fn cursors_of_nobody_are_a_new_start() {
    let (server, _) = scripted(vec![xml(rss(&[(1, "virus", NOW_MS)]))]).await;
    let (client, mut feed) = (client(at(NOW_MS)), feed(&server, ""));
    for cursor in ["", "{}", "{\"v\":1,\"state\":7}"] {
        let page = feed.page(&client, &ask(Some(cursor), NOW_MS)).await.unwrap();
        assert_eq!((page.rows.len(), client.tally().take().cursor_resets), (1, 1));
    }
}

#[tokio::test]
async fn comments_on_kept_items_are_read_and_answer_them() {
    let server = Server::start(move |heard| match heard.path() {
        "/feed/" => {
            let items = rss(&[(2, "virus", NOW_MS), (1, "altro", NOW_MS), (3, "virus chiuso", NOW_MS)]);
            let with = |id: u32, items: String| {
                let link = format!("<link>https://salute.example/{id}/</link>");
                items.replace(&link, &format!("{link}<wfw:commentRss>http://{}/{id}/feed/</wfw:commentRss>", heard.headers["host"]))
            };
            xml(with(1, with(2, with(3, items)))).header("etag", "\"1\"")
        }
        "/2/feed/" => xml("<rss><channel><item><guid>https://salute.example/?p=2#comment-5</guid><dc:creator>Seed Anna</dc:creator>
            <title>Di: Seed Anna</title><description>Non ci credo</description><pubDate>Sat, 01 Aug 2026 13:50:00 GMT</pubDate></item>
            <item><guid>https://salute.example/?p=2#comment-6</guid><title>Di: Seed Bruno</title><dc:creator>Seed Bruno</dc:creator>
            <content:encoded><![CDATA[<p>In risposta a <a href=\"https://salute.example/2/#comment-5\">Seed Anna</a>.</p> <p>Io sì</p>]]></content:encoded>
            </item></channel></rss>"),
        _ => Reply::new(403, ""),
    })
    .await;
    let (client, mut feed) = (client(at(NOW_MS)), feed(&server, "comments = true"));
    let articles = feed.page(&client, &ask(None, NOW_MS)).await.unwrap();
    assert_eq!((articles.rows.len(), articles.next), (2, Next::More));
    let comments = feed.page(&client, &ask(articles.cursor.as_deref(), NOW_MS)).await.unwrap();
    let [post, answer] = &posts(&comments)[..] else { panic!() };
    assert_eq!((answer.text.as_str(), answer.mentions[0].handle.as_str()), ("Io sì", "Seed Anna@127.0.0.1"));
    assert_eq!(answer.in_reply_to.as_deref(), Some("https://salute.example/?p=2#comment-5"));
    assert_eq!(post.text, "Non ci credo", "the title of a comment is the feed's");
    assert_eq!((post.kind, post.in_reply_to.as_deref()), (PostKind::Reply, Some("https://salute.example/?p=2")));
    assert_eq!(post.author.handle, "Seed Anna@127.0.0.1");
    assert_eq!((comments.next, comments.covered), (Next::More, None));
    let closed = feed.page(&client, &ask(comments.cursor.as_deref(), NOW_MS)).await.unwrap();
    assert!(closed.rows.is_empty() && matches!(closed.next, Next::CaughtUp(_)));
    assert!(!closed.cursor.as_ref().unwrap().contains("http"), "addresses of articles are not kept");
    assert_eq!(server.asked.lock().unwrap().len(), 3);
    let again = feed.page(&client, &ask(closed.cursor.as_deref(), NOW_MS)).await.unwrap();
    assert_eq!((again.rows.len(), again.next), (0, Next::More));
}

#[test]
fn settings_that_are_wrong_say_what_to_do() {
    for (text, word) in [("url = \"salute\"", "in full"), ("url = \"https://a.example/\"\nsource = \"a b\"", "letters")]
    {
        let error = toml_free(text).build(&track(&[]), &nowhere()).err().unwrap();
        assert!(error.hint().unwrap().contains(word), "{error}");
    }
    let plain = toml_free("url = \"https://salute.example/feed/\"");
    assert_eq!(plain.build(&track(&[]), &nowhere()).unwrap().door.as_str(), "salute.example");
}

proptest! {
    /// A feed of the newest few items, read whenever: every item is handed on or lies in a span that is said to be lost.
    #[test]
    fn every_item_is_kept_or_said_to_be_lost(
        gaps in prop::collection::vec((1..5_000i64, any::<bool>()), 1..120),
        size in 3..8usize,
        pinned in any::<bool>(),
    ) {
        let mut state = Polled::default();
        let (mut clock, mut shown) = (1_000_000, Vec::<Seen>::new());
        let (mut kept, mut lost) = (std::collections::HashSet::new(), Vec::new());
        let mut begun = None;
        for (number, (gap, read)) in (2..).zip(gaps) {
            clock += gap;
            shown.push(Seen { id: number, said: 1, at: clock });
            if !read || shown.len() < size {
                continue;
            }
            clock += gap % 7;
            let asked = clock;
            let mut page: Vec<Seen> = shown.iter().rev().take(size).copied().collect();
            if pinned {
                page.insert(0, Seen { id: 1, said: 1, at: 5 });
            }
            kept.extend(page.iter().map(|seen| seen.id));
            begun.get_or_insert(asked);
            let turn = state.turn(page, at(asked));
            lost.extend(turn.lost);
            if let (Some(covered), Some(lost)) = (turn.covered, turn.lost) {
                prop_assert!(lost.to <= covered.from, "what is lost is not covered");
            }
        }
        let last = state.read_at().unwrap_or(0);
        for item in shown.iter().filter(|item| begun.is_some_and(|begun| item.at >= begun) && item.at < last) {
            let told = lost.iter().any(|span| (span.from.millis()..span.to.millis()).contains(&item.at));
            prop_assert!(kept.contains(&item.id) || told, "{item:?}");
        }
    }

    /// A feed that is read often enough loses nothing and says so.
    #[test]
    fn a_feed_that_is_read_in_time_loses_nothing(gaps in prop::collection::vec(1..5_000i64, 10..60), size in 4..9usize, every in 1..3usize) {
        let mut state = Polled::default();
        let (mut clock, mut shown) = (1_000_000, Vec::<Seen>::new());
        for (number, gap) in (1..).zip(gaps) {
            clock += gap;
            shown.push(Seen { id: number, said: 1, at: clock });
            if shown.len() % every == 0 {
                let page = shown.iter().rev().take(size).copied().collect();
                let turn = state.turn(page, at(clock + 1));
                prop_assert_eq!(turn.lost, None);
                prop_assert!(turn.covered.is_some());
            }
        }
        prop_assert!(state.wait(Duration::from_hours(1)) >= Duration::from_mins(5));
    }
}
