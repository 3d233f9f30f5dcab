//! What a post says: words, links, kinds, people.

use super::super::account::Policy;
use super::super::read::{Read, Reader, Why};
use super::*;
use polso_domain::{PostKind, Reach, SourceId};
use proptest::prelude::*;

fn reader() -> Reader {
    Reader {
        source: SourceId::new("mastodon").unwrap(),
        instance: "m.example".to_owned(),
        policy: Policy { respect_opt_outs: true, require_indexable: true, unlisted: false, keep_bots: false },
        matcher: track().matcher(crate::track::Folding::Accents),
    }
}

fn read(changes: Value) -> Option<Box<RawPost>> {
    let mut status = status(1, NOW_MS, "seed_anna_1");
    merge(&mut status, changes);
    match reader().read(&status.to_string(), Why::Tagged(&|_| None), Timestamp::from_millis(NOW_MS)) {
        Ok(Read::Kept(kept)) => Some(kept.post),
        _ => None,
    }
}

#[test]
fn a_post_is_read_whole() {
    let content = "<p>Uno</p><p>Due: <a href=\"https://salute.example/a\">salute</a></p>";
    let post = read(json!({
        "spoiler_text": "Attenzione", "content": content, "language": "pt-BR",
        "poll": {"options": [{"title": "Sì", "votes_count": 1}, {"title": "No"}]},
        "card": {"url": "https://salute.example/b"},
        "mentions": [{"id": "5", "username": "seed_bruno_1", "acct": "seed_bruno_1", "url": "https://m.example/@seed_bruno_1"}]
    }))
    .unwrap();
    assert_eq!(post.text, "Attenzione\nUno\n\nDue: salute\nSì\nNo");
    assert_eq!(post.links, ["https://salute.example/a", "https://salute.example/b"]);
    assert_eq!((post.lang.as_deref(), post.posted.millis(), post.doubtful_date), (Some("pt-BR"), NOW_MS, false));
    assert_eq!((post.kind, post.hashtags.as_slice()), (PostKind::Original, &["casa".to_owned()][..]));
    assert_eq!(post.author.handle, "seed_anna_1@home.example");
    assert_eq!(post.mentions[0].handle, "seed_bruno_1@m.example");
    assert!(post.mentions[0].also.contains(&"seed_bruno_1".to_owned()));
    assert_eq!(post.reach, Reach { followers: Some(7), likes: Some(3), reposts: Some(2), replies: Some(1) });
}

#[test]
fn what_adorns_a_post_may_be_odd() {
    let post = read(json!({"poll": 7, "card": [], "quote": "x", "language": 5, "replies_count": -1, "edited_at": null,
        "in_reply_to_id": {"x": 1}, "favourites_count": null, "mentions": null, "spoiler_text": null}))
    .unwrap();
    assert_eq!(
        (post.reach.likes, post.reach.replies, post.lang.as_deref(), post.kind),
        (None, None, None, PostKind::Original)
    );
}

#[test]
fn a_time_that_cannot_be_is_doubted() {
    let post = read(json!({"created_at": "2031-01-01T00:00:00.000Z"})).unwrap();
    assert!(post.doubtful_date && post.posted.millis() == NOW_MS);
}

#[test]
fn only_an_accepted_quotation_is_one_and_the_quoted_is_named() {
    let quote = |state: &str| {
        let quoted = status(9, NOW_MS, "seed_dario_1");
        read(json!({"quote": {"state": state, "quoted_status": quoted}})).unwrap()
    };
    let accepted = quote("accepted");
    assert_eq!(accepted.kind, PostKind::Quote);
    assert_eq!(accepted.reposted.as_deref(), Some("https://home.example/ap/users/seed_dario_1/statuses/9"));
    for state in ["pending", "rejected", "revoked", "deleted", "unauthorized", "muted_account", "tomorrow"] {
        let post = quote(state);
        assert_eq!((post.kind, &post.reposted), (PostKind::Original, &None), "{state}");
        assert_eq!(post.mentions[0].handle, "seed_dario_1@home.example");
    }
    let shallow = read(json!({"quote": {"state": "accepted", "quoted_status_id": "9"}})).unwrap();
    assert_eq!(shallow.kind, PostKind::Original);
}

#[test]
fn a_repost_says_what_the_original_says() {
    let post = read(json!({"reblog": status(9, NOW_MS, "seed_dario_1"), "content": "", "tags": []})).unwrap();
    assert_eq!((post.kind, post.text.as_str()), (PostKind::Repost, "Resto #Casa"));
    assert_eq!(post.reposted.as_deref(), Some("https://home.example/ap/users/seed_dario_1/statuses/9"));
    assert_eq!((post.reach.likes, post.reach.followers), (None, Some(7)));
    assert_eq!(post.mentions[0].handle, "seed_dario_1@home.example");
    let mut original = status(9, NOW_MS, "seed_dario_1");
    original["account"]["discoverable"] = json!(false);
    assert!(read(json!({"reblog": original})).is_none());
}

#[test]
fn what_is_not_followed_is_not_kept() {
    assert!(read(json!({"tags": [{"name": "altro"}]})).is_none());
    assert!(read(json!({"tags": null})).is_none());
    assert!(read(json!({"tags": [{"name": null}, {"name": "CASÀ"}]})).is_some());
    assert!(read(json!({"account": {"acct": "seed_bot_1", "bot": true}})).is_none());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "<[a-z]{1,4}>.{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_post_is_so_odd_that_it_ends_the_program(
        changes in prop::collection::vec((0..24_usize, any_json()), 0..4),
        cut in 0..2_000_usize,
    ) {
        let mut status = status(1, NOW_MS, "seed_anna_1");
        let keys: Vec<String> = status.as_object().unwrap().keys().cloned().collect();
        for (which, value) in changes {
            status[keys[which % keys.len()].as_str()] = value;
        }
        let text = status.to_string();
        let now = Timestamp::from_millis(NOW_MS);
        if let Ok(Read::Kept(kept)) = reader().read(&text, Why::Tagged(&|_| None), now) {
            prop_assert!(!kept.post.id.is_empty() && kept.post.posted <= now);
        }
        let cut: String = text.chars().take(cut).collect();
        super::super::read::redacted(&cut);
        prop_assert!(reader().read(&cut, Why::Tagged(&|_| None), now).is_err() || cut.len() == text.len());
    }
}
