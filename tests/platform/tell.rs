//! What each platform answers, from the world as it stands: a Mastodon instance, a news feed, a profile server.

use super::server::{Answer, Question};
use super::world::{Post, World, did, display_name, handle, stamp};
use serde_json::{Value, json};

/// The answer to a question; 404 to one that no platform knows.
pub(super) fn answer(world: &World, question: &Question) -> Answer {
    match question.path.as_str() {
        "/api/v2/instance" => Answer::json(&instance()),
        "/feed.xml" => feed(world, question),
        "/xrpc/app.bsky.actor.getProfiles" => profiles(question),
        path => match path.strip_prefix("/api/v1/timelines/tag/") {
            Some(tag) => timeline(world, tag, question),
            None => Answer::plain(404, "text/plain", b"nothing here".to_vec()),
        },
    }
}

fn instance() -> Value {
    json!({"domain": "seed.example", "version": "4.5.0", "configuration": {
        "timelines_access": {"hashtag_feeds": {"local": "public", "remote": "public"}}}})
}

/// An id grows with time, as an instance's does.
fn local_id(post: &Post) -> u64 {
    (u64::try_from(post.at_ms).unwrap() << 16) | post.number as u64
}

fn timeline(world: &World, tag: &str, question: &Question) -> Answer {
    let id = |name: &str| question.value(name).map(|id| id.parse::<u64>().unwrap());
    let limit = question.value("limit").map_or(20, |limit| limit.parse::<usize>().unwrap().min(40));
    let (above, below) = (id("min_id").unwrap_or(0), id("max_id").unwrap_or(u64::MAX));
    let posts = world.posts();
    let inside = |post: &&Post| post.tag == tag && local_id(post) > above && local_id(post) < below;
    let mut page: Vec<&Post> = posts.iter().filter(inside).collect();
    // `min_id` gives those right above it, everything else the newest.
    if above == 0 {
        page = page.split_off(page.len().saturating_sub(limit));
    }
    page.truncate(limit);
    page.reverse();
    let mut answer = Answer::json(&page.iter().map(|post| status(post)).collect());
    if let (Some(newest), Some(oldest)) = (page.first(), page.last()) {
        let link =
            |name: &str, post: &Post| format!("<http://seed.example{}?{name}={}>", question.path, local_id(post));
        let links = format!("{}; rel=\"next\", {}; rel=\"prev\"", link("max_id", oldest), link("min_id", newest));
        answer.headers.push(("Link".to_owned(), links));
    }
    answer
}

fn status(post: &Post) -> Value {
    let id = local_id(post).to_string();
    let (author, called) = (handle(post.person), handle(post.called()));
    let at = |name: &str| format!("https://seed.example/@{name}");
    let content = format!(
        "<p>{} <a href=\"{}\" class=\"mention\">@<span>{called}</span></a> <a href=\"https://seed.example/tags/{tag}\">#<span>{tag}</span></a></p>",
        post.words(),
        at(&called),
        tag = post.tag
    );
    json!({
        "id": id, "uri": format!("https://seed.example/users/{author}/statuses/{id}"), "created_at": stamp(post.at_ms),
        "edited_at": post.edited.then(|| stamp(post.at_ms + 1)), "visibility": "public", "language": "it",
        "spoiler_text": "", "content": content, "in_reply_to_id": null, "reblog": null, "tags": [{"name": post.tag}],
        "account": {"username": author, "acct": author, "url": at(&author), "uri": at(&author),
            "display_name": display_name(post.person), "note": "", "followers_count": 10},
        "mentions": [{"username": called, "acct": called, "url": at(&called)}],
    })
}

fn feed(world: &World, question: &Question) -> Answer {
    let posts = world.posts();
    let item = |post: &Post| {
        let date = jiff::Timestamp::from_millisecond(post.at_ms).unwrap();
        format!(
            "<item><title>Voce del giorno</title><description>{} #{tag}</description><category>{tag}</category>\
             <guid isPermaLink=\"false\">https://news.example/{number}</guid><link>https://news.example/{number}</link>\
             <dc:creator>{author}</dc:creator><pubDate>{date}</pubDate></item>\n",
            post.words(),
            tag = post.tag,
            number = post.number,
            author = display_name(post.person),
            date = date.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        )
    };
    let items: String = posts.iter().rev().take(world.feed_items).map(item).collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel><title>Voci</title><link>https://news.example/</link><language>it</language>\n{items}</channel></rss>\n"
    );
    let newest = posts.last().map_or(0, |post| post.number);
    let etag = format!("\"{}-{newest}\"", body.len());
    if question.header("if-none-match") == Some(&etag) {
        return Answer::plain(304, "application/rss+xml", Vec::new());
    }
    let mut answer = Answer::plain(200, "application/rss+xml; charset=utf-8", body.into_bytes());
    answer.headers.push(("ETag".to_owned(), etag));
    answer
}

fn profiles(question: &Question) -> Answer {
    let actors = question.query.iter().filter(|(name, _)| name == "actors").map(|(_, did)| did.as_str());
    let person = |asked: &str| (0..10_000).find(|person| did(*person) == asked);
    let profile = |person: usize| {
        json!({"did": did(person), "handle": format!("{}.seed.example", handle(person)),
            "displayName": display_name(person), "followersCount": 10})
    };
    Answer::json(&json!({"profiles": actors.filter_map(person).map(profile).collect::<Vec<_>>()}))
}
