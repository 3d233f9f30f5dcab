//! Platforms' own objects, as people and tools save them. Every name here is made up.

use super::tools::sniffed;
use super::*;
use serde_json::{Value, json};

const DID: &str = "did:plc:seedanna";

fn view(key: &str, record: &Value) -> Value {
    json!({
        "uri": format!("at://{DID}/app.bsky.feed.post/{key}"), "cid": "bafy", "record": record,
        "author": {"did": DID, "handle": "seed-anna.example", "displayName": "Seed Anna"},
        "indexedAt": "2022-01-02T03:04:06.000Z", "likeCount": 5, "repostCount": 2, "replyCount": 1,
    })
}

fn record() -> Value {
    json!({
        "$type": "app.bsky.feed.post", "text": "così #virus @seed-luca.example", "langs": ["it"],
        "createdAt": "2022-01-02T03:04:05.000Z",
        "facets": [
            {"index": {"byteStart": 13, "byteEnd": 31}, "features": [{"did": "did:plc:seedluca"}]},
            {"index": {"byteStart": 6, "byteEnd": 12}, "features": [{"tag": "virus"}]},
            {"features": [{"uri": "https://news.example/1"}]},
        ],
    })
}

#[test]
fn bluesky_posts_in_every_wrapping_are_one_post() {
    let post = view("3k", &record());
    let listed = json!({"uri": post["uri"], "cid": "bafy", "value": record()});
    let event = json!({"did": DID, "time_us": 1_641_092_646_000_000_i64, "kind": "commit", "commit": {
        "operation": "create", "collection": "app.bsky.feed.post", "rkey": "3k", "record": record()}});
    for line in [
        post.clone(),
        json!({"post": post, "reason": {"$type": "app.bsky.feed.defs#reasonRepost"}}),
        json!({"cursor": "x", "feed": [{"post": post}]}),
        json!({"posts": [post], "hitsTotal": 1}),
        json!({"records": [listed], "cursor": "x"}),
        listed.clone(),
        event,
    ] {
        let (format, rows) = sniffed(line.to_string());
        assert_eq!(format, Format::Bluesky);
        let all = posts(rows);
        let [post] = all.as_slice() else { panic!("{line}") };
        assert_eq!(
            (post.source.as_str(), post.id.as_str()),
            ("bluesky", "at://did:plc:seedanna/app.bsky.feed.post/3k")
        );
        assert_eq!((post.author.handle.as_str(), post.posted.millis()), (DID, 1_641_092_645_000));
        assert_eq!((post.hashtags.join(" "), post.links.join(" ")), ("virus".into(), "https://news.example/1".into()));
        assert_eq!(
            (post.mentions[0].handle.as_str(), post.mentions[0].also.join(" ")),
            ("did:plc:seedluca", "seed-luca.example".into())
        );
        assert_eq!((post.kind, post.doubtful_date), (PostKind::Original, false));
    }
    let post = posts(sniffed(post.to_string()).1).remove(0);
    assert_eq!((post.author.also.join(" "), post.reach.likes), ("seed-anna.example Seed Anna".into(), Some(5)));
}

#[test]
fn bluesky_replies_quotes_and_wishes_are_kept() {
    let mut reply = record();
    reply["reply"] = json!({"parent": {"uri": "at://did:plc:seedluca/app.bsky.feed.post/3j"}});
    let mut quote = record();
    quote["embed"] = json!({"record": {"record": {"uri": "at://did:plc:seedrosa/app.bsky.feed.post/3i"}}});
    quote["createdAt"] = json!("1985-01-01T00:00:00Z");
    let mut hidden = view("3h", &record());
    hidden["author"]["labels"] = json!([{"val": "!no-unauthenticated"}]);
    let lines = [view("3k", &reply), view("3l", &quote), hidden].map(|line| line.to_string()).join("\n");
    let rows = sniffed(&lines).1;
    assert!(matches!(rows[2], Row::Ignored));
    let all = posts(rows);
    assert_eq!(
        (all[0].kind, all[0].in_reply_to.as_deref()),
        (PostKind::Reply, Some("at://did:plc:seedluca/app.bsky.feed.post/3j"))
    );
    assert_eq!(
        (all[1].kind, all[1].reposted.as_deref()),
        (PostKind::Quote, Some("at://did:plc:seedrosa/app.bsky.feed.post/3i"))
    );
    assert_eq!((all[1].doubtful_date, all[1].posted.millis()), (true, 1_641_092_646_000));
    assert_eq!(all[1].mentions[0].handle, "did:plc:seedluca");
}

#[test]
fn bluesky_deletions_and_faults_name_nobody() {
    let lines = [
        json!({"did": DID, "time_us": 1, "kind": "commit", "commit": {"operation": "delete", "collection": "app.bsky.feed.post", "rkey": "3k"}}),
        json!({"did": DID, "time_us": 1, "kind": "account", "account": {"active": false, "status": "deleted"}}),
        json!({"did": DID, "time_us": 1, "kind": "identity", "identity": {}}),
        json!({"did": DID, "time_us": 1, "kind": "commit", "commit": {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "3k", "record": {"text": "di seed-anna.example"}}}),
        json!({"uri": "at://seed-anna.example/app.bsky.feed.post/3k", "author": {"handle": "seed-anna.example"}, "record": {"text": "x seed-anna.example"}}),
    ];
    let rows = sniffed(lines.map(|line| line.to_string()).join("\n")).1;
    assert!(matches!(&rows[0], Row::Event(RawEvent::Delete { id, .. }) if id.ends_with("/3k")));
    assert!(matches!(&rows[1], Row::Event(RawEvent::Gone { handle, .. }) if handle == DID));
    assert!(matches!(rows[2], Row::Ignored));
    let refused = refused(rows);
    assert_eq!(refused.len(), 2);
    assert!(refused.iter().all(|row| row.reason == SetAside::MissingField || row.reason == SetAside::BadTime));
    assert!(!format!("{refused:?}").contains("seedanna"), "{refused:?}");
    assert!(!format!("{:?}", refused[1]).contains("seed-anna"), "{refused:?}");
}

fn status(name: &str, id: &str) -> Value {
    json!({
        "id": id, "uri": format!("https://m.example/users/{name}/statuses/{id}"), "created_at": "2022-01-02T03:04:05.000Z",
        "visibility": "public", "language": "it", "spoiler_text": "attenzione", "in_reply_to_id": null,
        "content": "<p>ciao <a href=\"https://m.example/tags/virus\" class=\"mention hashtag\">#<span>virus</span></a></p><p>due &amp; tre</p>",
        "account": {"username": name, "acct": name, "url": format!("https://m.example/@{name}"), "display_name": "Seed",
            "followers_count": 40, "discoverable": null},
        "mentions": [{"username": "seed_luca_2", "acct": "seed_luca_2@other.example", "url": "https://other.example/@seed_luca_2"}],
        "tags": [{"name": "virus"}], "favourites_count": 5, "reblogs_count": 2, "replies_count": 1, "reblog": null,
    })
}

#[test]
fn mastodon_posts_are_public_or_passed_over() {
    let mut boost = status("seed_rosa_3", "2");
    boost["reblog"] = status("seed_anna_1", "1");
    boost["content"] = json!("");
    let mut followers_only = status("seed_anna_1", "3");
    followers_only["visibility"] = json!("private");
    let mut unlisted = status("seed_anna_1", "4");
    unlisted["account"]["noindex"] = json!(true);
    let all = json!([status("seed_anna_1", "1"), boost, followers_only, unlisted]);
    let (format, rows) = sniffed(all.to_string());
    assert_eq!(format, Format::Mastodon);
    assert!(matches!(rows[2], Row::Ignored) && matches!(rows[3], Row::Ignored));
    let all = posts(rows);
    assert_eq!(
        (all[0].source.as_str(), all[0].id.as_str()),
        ("mastodon", "https://m.example/users/seed_anna_1/statuses/1")
    );
    assert_eq!(all[0].text, "attenzione\nciao #virus\n\ndue & tre");
    assert_eq!(
        (all[0].author.handle.as_str(), all[0].mentions[0].handle.as_str()),
        ("seed_anna_1@m.example", "seed_luca_2@other.example")
    );
    assert_eq!(
        (all[0].hashtags.join(" "), all[0].reach.followers, all[0].reach.likes),
        ("virus".into(), Some(40), Some(5))
    );
    assert_eq!(
        (all[1].kind, all[1].reposted.as_deref(), all[1].reach.likes),
        (PostKind::Repost, Some(all[0].id.as_str()), None)
    );
    assert_eq!(
        (all[1].text.as_str(), all[1].mentions[0].handle.as_str()),
        (all[0].text.as_str(), "seed_anna_1@m.example")
    );
}

fn activity(kind: &str, to: &str, object: &Value) -> Value {
    json!({"id": "https://m.example/users/seed_anna_1/statuses/1/activity", "type": kind,
        "actor": "https://m.example/users/seed_anna_1", "to": [to], "cc": ["https://m.example/users/seed_anna_1/followers"], "object": object})
}

fn outbox() -> String {
    let public = "https://www.w3.org/ns/activitystreams#Public";
    let note = json!({
        "id": "https://m.example/users/seed_anna_1/statuses/1", "type": "Note", "summary": null, "published": "2022-01-02T03:04:05Z",
        "inReplyTo": "https://other.example/users/seed_luca_2/statuses/9", "attributedTo": "https://m.example/users/seed_anna_1",
        "content": "<p>ciao [1] }] #virus</p>", "contentMap": {"it": "<p>ciao</p>"},
        "tag": [{"type": "Hashtag", "name": "#virus", "href": "https://m.example/tags/virus"},
            {"type": "Mention", "name": "@seed_luca_2@other.example", "href": "https://other.example/users/seed_luca_2"}]});
    let items = [
        activity("Create", public, &note),
        activity("Create", "https://m.example/users/seed_luca_2", &note),
        activity("Announce", public, &json!("https://other.example/users/seed_luca_2/statuses/9")),
        activity("Like", public, &json!("https://other.example/users/seed_luca_2/statuses/9")),
    ];
    json!({"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection", "totalItems": 4})
        .to_string()
        .replace('}', &format!(",\"orderedItems\":[{}]}}", items.map(|item| item.to_string()).join(",")))
}

#[test]
fn an_account_archive_is_read_activity_by_activity() {
    // Smaller than the document, larger than an activity.
    let import = Import { max_row_bytes: 1000, ..import() };
    assert!(outbox().len() > 2 * import.max_row_bytes);
    for text in [outbox(), outbox().replace("\"orderedItems\":[", "\"orderedItems\" : [\n")] {
        let rows = read(&text, &import).unwrap();
        assert_eq!(rows.len(), 4);
        assert!(matches!(rows[1], Row::Ignored) && matches!(rows[3], Row::Ignored));
        assert!(matches!(&rows[2], Row::SetAside(row) if row.reason == SetAside::MissingField && row.line == 3));
        let all = posts(rows);
        assert_eq!((all[0].source.as_str(), all[0].author.handle.as_str()), ("mastodon", "seed_anna_1@m.example"));
        assert_eq!((all[0].text.as_str(), all[0].lang.as_deref()), ("ciao [1] }] #virus", Some("it")));
        assert_eq!((all[0].kind, all[0].mentions[0].handle.as_str()), (PostKind::Reply, "seed_luca_2@other.example"));
        assert_eq!(all[0].in_reply_to.as_deref(), Some("https://other.example/users/seed_luca_2/statuses/9"));
    }
}

#[test]
fn a_refused_activity_names_nobody_not_even_in_its_html() {
    let text = outbox()
        .replace("2022-01-02T03:04:05Z", "ieri")
        .replace("ciao [1]", "<a href=\\\"https://other.example/@seed_luca_2\\\">@<span>seed_luca_2</span></a> ciao");
    let refused = refused(read(text, &import()).unwrap());
    assert_eq!(refused[0].reason, SetAside::BadTime);
    let raw = refused[0].raw.as_deref().unwrap();
    assert!(raw.contains("ciao") && !raw.contains("seed_luca") && !raw.contains("seed_anna"), "{raw}");
}

#[test]
fn a_cut_archive_gives_what_it_has() {
    let text = outbox();
    let rows = read(&text[..text.len() / 2], &import()).unwrap();
    assert!(matches!(rows[0], Row::Event(_)));
    assert!(matches!(rows.last(), Some(Row::SetAside(row)) if row.reason == SetAside::Malformed));
}

#[test]
fn fourcat_lines_are_what_their_objects_are() {
    let meta = json!({"source_platform": "x"});
    let mut tweet = json!({"id": "1227153622074580993", "text": "ciao", "created_at": "2022-01-02T03:04:05.000Z", "author_id": "11",
        "author_user": {"id": "11", "username": "seed_anna_1"}, "public_metrics": {"like_count": 5}});
    tweet["__import_meta"] = meta.clone();
    let mut post = view("3k", &json!({"text": "ciao", "created_at": "2022-01-02T03:04:05Z"}));
    post["4CAT_metadata"] = json!({"query": "virus"});
    let message = |id: u64, text: &str| {
        json!({"_type": "Message", "id": id, "date": 1_641_092_645.0, "message": text, "post": true,
            "peer_id": {"_type": "PeerChannel"}, "_chat": {"id": 5, "username": "seed_chan", "title": "Seed"}, "_sender": null, "forwards": 3})
    };
    let wrapped = json!({"nav_index": "1", "source_platform": "m.example", "data": status("seed_anna_1", "1")});
    let unknown = json!({"__import_meta": meta, "rest_id": "1", "legacy": {"full_text": "x"}});
    let lines = [tweet, post, message(7, "uno"), message(8, ""), wrapped, unknown];
    let (format, rows) = sniffed(lines.map(|line| line.to_string()).join("\n"));
    assert_eq!(format, Format::FourCat);
    let told: Vec<(&str, u64)> = refused_in(&rows);
    assert_eq!(told, [("telegram", 4), ("import", 6)]);
    let all = posts(rows);
    let sources: Vec<&str> = all.iter().map(|post| post.source.as_str()).collect();
    assert_eq!(sources, ["twitter", "bluesky", "telegram", "mastodon"]);
    assert_eq!((all[2].id.as_str(), all[2].author.handle.as_str()), ("seed_chan/7", "seed_chan"));
    assert_eq!(all[2].posted.millis(), 1_641_092_645_000);
}

fn refused_in(rows: &[Row]) -> Vec<(&str, u64)> {
    let mut told = Vec::new();
    for row in rows {
        if let Row::SetAside(row) = row {
            told.push((row.source.as_str(), row.line));
        }
    }
    told
}

proptest! {
    #[test]
    fn damaged_objects_never_panic(
        which in 0..6usize,
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 0..8),
        cut in 0..20usize,
    ) {
        let lines = [
            view("3k", &record()).to_string(),
            json!({"did": DID, "time_us": 1, "commit": {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "3k", "record": record()}}).to_string(),
            status("seed_anna_1", "1").to_string(),
            outbox(),
            json!({"nav_index": 1, "data": status("seed_anna_1", "1")}).to_string(),
            json!({"_chat": {"username": "seed_chan"}, "id": 1, "date": 1_641_092_645, "message": "x", "post": true}).to_string(),
        ];
        let mut text = lines[which].clone().into_bytes();
        let at = at.index(text.len());
        let end = (at + cut).min(text.len());
        text.splice(at..end, bytes);
        for format in [None, Some(Format::Bluesky), Some(Format::Mastodon), Some(Format::FourCat)] {
            let import = Import { format, ..import() };
            if let Ok(reader) = rows(&text[..], &import, Path::new("file")) {
                prop_assert!(reader.count() <= text.len() + 1);
            }
        }
    }

    #[test]
    fn any_json_under_the_telling_keys_is_read_or_refused(
        key in prop::sample::select(vec!["uri", "record", "feed", "post", "account", "visibility", "actor", "object", "_chat", "data", "commit", "to", "reblog"]),
        value in prop::sample::select(vec!["null", "1", "-1.5", "\"at://x\"", "[]", "[1]", "{}", "[{}]", "true", "{\"a\":[null]}"]),
        other in prop::sample::select(vec!["\"time_us\":1", "\"visibility\":\"public\"", "\"type\":\"Create\",\"actor\":\"x\"", "\"nav_index\":1"]),
    ) {
        let text = format!("{{{other},\"{key}\":{value}}}");
        for format in [Format::Bluesky, Format::Mastodon, Format::FourCat] {
            let import = Import { format: Some(format), ..import() };
            prop_assert!(!read(&text, &import).unwrap().is_empty());
        }
    }
}
