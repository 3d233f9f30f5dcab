//! Preview pages, scripted. Everything on them is made up.

use super::*;
use crate::net::testing::{Heard, Reply, Server, client};
use crate::sources::testing::{NOW_MS, at, block_on, catch_up, nowhere, track};
use crate::stamp::to_rfc3339;
use proptest::prelude::*;
use serde_json::json;

fn message(channel: &str, number: u64, (text, age_s): (&str, i64)) -> String {
    let time = to_rfc3339(at(NOW_MS - age_s * 1000));
    format!(
        r#"<div class="tgme_widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="{channel}/{number}">
        {text}<div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">1.7M</span>
        <a class="tgme_widget_message_date" href="https://t.me/{channel}/{number}"><time datetime="{time}" class="time">10:00</time></a></div></div></div>"#
    )
}

fn text(words: &str) -> String {
    format!(r#"<div class="tgme_widget_message_text js-message_text" dir="auto">{words}</div>"#)
}

fn page(messages: &[String], (before, counted): (Option<u64>, &str)) -> String {
    let more = before.map_or(String::new(), |before| {
        format!(
            r#"<a href="/s/x?before={before}" class="tme_messages_more js-messages_more" data-before="{before}"></a>"#
        )
    });
    format!(
        r#"<!DOCTYPE html><html><body><div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span>Seed Salute</span></div>
        <div class="tgme_channel_info_counter"><span class="counter_value">1.7M</span> <span class="counter_type">{counted}</span></div></div>
        <section class="tgme_channel_history">{more}{}</section></body></html>"#,
        messages.concat()
    )
}

fn telegram(server: &Server, channels: &[&str]) -> Telegram {
    let config = json!({"channels": channels, "i_accept_the_terms": true, "base": server.url.as_str()});
    serde_json::from_value::<Config>(config).unwrap().build(&track(&["virus"]), &nowhere()).unwrap()
}

fn html(body: String) -> Reply {
    Reply::new(200, body).header("content-type", "text/html; charset=utf-8")
}

fn preview(heard: &Heard) -> Reply {
    let quoted = r#"<a class="tgme_widget_message_reply" href="https://t.me/SeedSalute/8"><div class="tgme_widget_message_text js-message_reply_text">virus di prima</div></a>"#;
    let forwarded = r#"<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/SeedAltro/55"><span>Altro</span></a></div>"#;
    let messages = [
        message("SeedSalute", 9, ("<div class=\"tgme_widget_message_photo\"></div>", 400)),
        message(
            "SeedSalute",
            10,
            (
                &format!(
                    "{quoted}{}",
                    text(
                        "Il <b>virus</b><br/>oggi <a href=\"?q=%23casa\">#casa</a> <a href=\"https://t.me/SeedLuca\">@SeedLuca</a> <a href=\"https://salute.example/1\">qui</a>"
                    )
                ),
                300,
            ),
        ),
        message("SeedSalute", 11, (&format!("{forwarded}{}", text("virus altrove")), 200)),
        message("SeedSalute", 12, (&text("gatti"), 100)),
        message("Altro", 13, (&text("virus"), 90)),
        message("SeedSalute", 14, (&text("virus"), 80)).replace("T1", "Tx"),
    ];
    match (heard.path(), heard.query("before").as_deref()) {
        ("/s/seedsalute", None) => html(page(&messages, (Some(9), "subscribers"))),
        ("/s/seedsalute", Some("9")) => {
            html(page(&[message("SeedSalute", 7, (&text("virus vecchio"), 3 * 24 * 3600))], (Some(7), "subscribers")))
        }
        ("/s/seedgruppo", _) => html(page(&messages, (None, "members"))),
        ("/s/seedchiuso", _) => Reply::new(302, "").header("location", "/seedchiuso"),
        ("/s/seedaltrove", _) => Reply::new(302, "").header("location", "https://elsewhere.example/"),
        ("/s/seedvuoto", _) => html("<html><body>a page</body></html>".to_owned()),
        ("/seedchiuso", _) => html("<html>contact</html>".to_owned()),
        _ => Reply::new(404, ""),
    }
}

#[tokio::test]
async fn a_channel_is_read_back_to_its_mark() {
    let server = Server::start(|heard| preview(&heard)).await;
    let (mut telegram, mut cursor) = (telegram(&server, &["@seedsalute"]), None);
    let said = catch_up(&mut telegram, &client(at(NOW_MS)), (&mut cursor, NOW_MS)).await.unwrap();
    assert_eq!(said.ids(), ["SeedSalute/10", "SeedSalute/11", "SeedSalute/7"]);
    let [ten, eleven, _] = &said.posts[..] else { panic!() };
    assert_eq!(ten.text, "Il virus\noggi #casa @SeedLuca qui");
    assert_eq!((ten.kind, ten.in_reply_to.as_deref()), (PostKind::Reply, Some("SeedSalute/8")));
    assert_eq!((eleven.kind, eleven.reposted.as_deref()), (PostKind::Repost, Some("SeedAltro/55")));
    assert_eq!((ten.hashtags[0].as_str(), ten.mentions[0].handle.as_str()), ("casa", "SeedLuca"));
    assert_eq!((ten.links[0].as_str(), ten.posted.millis()), ("https://salute.example/1", NOW_MS - 300_000));
    assert_eq!((ten.author.handle.as_str(), ten.author.also[0].as_str()), ("SeedSalute", "Seed Salute"));
    assert_eq!((ten.ask_again.as_deref(), ten.reach), (Some("SeedSalute.10"), Reach::default()));
    let reasons: Vec<SetAside> = said.refused.iter().map(|refused| refused.reason).collect();
    assert_eq!(reasons, [SetAside::Malformed, SetAside::BadTime]);
    assert_eq!(said.covered[0].to.millis(), NOW_MS);
    assert_eq!(server.asked.lock().unwrap().len(), 2);
    assert!(telegram.notice().unwrap().contains("never groups"));
}

#[tokio::test]
async fn what_is_no_channel_is_closed() {
    let server = Server::start(|heard| preview(&heard)).await;
    let knock = async |channel: &str| telegram(&server, &[channel]).knock(&client(at(NOW_MS)), at(NOW_MS)).await;
    assert_eq!(knock("seedsalute").await.unwrap(), "open: `seedsalute` shows 6 messages on its first page");
    assert!(knock("seedgruppo").await.unwrap_err().to_string().contains("is a group"));
    for closed in ["seedchiuso", "seedaltrove"] {
        assert!(knock(closed).await.unwrap_err().to_string().contains("no public preview"));
    }
    assert!(knock("seedvuoto").await.unwrap_err().to_string().contains("no page of a channel"));
    let mut both = telegram(&server, &["seedgruppo", "seedsalute"]);
    let said = catch_up(&mut both, &client(at(NOW_MS)), (&mut None, NOW_MS)).await.unwrap();
    assert!(said.posts.len() == 3 && said.covered.is_empty(), "what is closed is not claimed");
}

#[test]
fn it_is_off_until_the_terms_are_accepted() {
    let build = |config: serde_json::Value| {
        serde_json::from_value::<Config>(config).unwrap().build(&track(&["virus"]), &nowhere())
    };
    let error = build(json!({"channels": ["seedsalute"]})).err().unwrap();
    assert!(error.hint().unwrap().contains("machine learning") && error.hint().unwrap().contains("i_accept_the_terms"));
    assert!(build(json!({"channels": ["a/b"], "i_accept_the_terms": true})).is_err());
    assert!(build(json!({"channels": [], "i_accept_the_terms": true})).is_err());
    assert_eq!(base().as_str(), "https://t.me/");
}

#[tokio::test]
async fn a_deleted_message_is_missing_between_its_neighbours() {
    let server = Server::start(|heard| {
        let before: u64 = heard.query("before").map_or(100, |before| before.parse().unwrap());
        if heard.path() == "/s/seedchiuso" {
            return Reply::new(302, "").header("location", "/seedchiuso");
        }
        let there = (1..before).rev().filter(|number| ![7, 40, 41].contains(number)).take(5);
        let mut messages: Vec<u64> = there.collect();
        messages.reverse();
        let first = messages.first().copied().filter(|first| *first > 1);
        let messages: Vec<String> = messages.iter().map(|n| message("seedsalute", *n, (&text("virus"), 9))).collect();
        html(page(&messages, (first, "subscribers")))
    })
    .await;
    let mut telegram = telegram(&server, &["seedsalute"]);
    let ids = [
        "seedsalute.39",
        "seedsalute.40",
        "seedsalute.41",
        "seedsalute.1",
        "seedsalute.7",
        "seedchiuso.3",
        "x",
        "a b.1",
    ];
    let ids = ids.map(str::to_owned);
    let mut gone = telegram.recheck().unwrap().gone(&client(at(NOW_MS)), &ids).await.unwrap();
    gone.gone.sort_unstable();
    assert_eq!(gone.gone, ["seedchiuso.3", "seedsalute.40", "seedsalute.41", "seedsalute.7"]);
    assert_eq!(gone.unknown, ["x", "a b.1"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_message_is_lost_whatever_the_pages(count in 1..40u64, sizes in prop::collection::vec(1..7usize, 1..6)) {
        let said = block_on(async {
            let mut turn = 0;
            let server = Server::start(move |heard| {
                let before: u64 = heard.query("before").map_or(u64::MAX, |before| before.parse().unwrap());
                turn += 1;
                let newest: Vec<u64> = (1..=count).rev().filter(|n| *n < before).take(sizes[turn % sizes.len()]).collect();
                let first = newest.last().copied().filter(|first| *first > 1);
                let age = |n: u64| i64::try_from((count - n) * 600).unwrap();
                let shown: Vec<String> = newest.iter().rev().map(|n| message("seedsalute", *n, (&text("virus"), age(*n)))).collect();
                html(page(&shown, (first, "subscribers")))
            }).await;
            catch_up(&mut telegram(&server, &["seedsalute"]), &client(at(NOW_MS)), (&mut None, NOW_MS)).await.unwrap()
        });
        let mut ids: Vec<&str> = said.ids();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), usize::try_from(count).unwrap());
    }

    #[test]
    fn any_page_is_read_or_refused(cut in 0..3_000usize, noise in "[<>/=\"a-z ]{0,30}", at_byte in 0..2_000usize) {
        let whole = page(&[message("seedsalute", 10, (&text("Il virus"), 300))], (Some(9), "subscribers"));
        let mut broken = whole.get(..cut).unwrap_or(&whole).to_owned();
        broken.insert_str(at_byte.min(broken.len()), &noise);
        let config = json!({"channels": ["seedsalute"], "i_accept_the_terms": true});
        let telegram = serde_json::from_value::<Config>(config).unwrap().build(&track(&["virus"]), &nowhere()).unwrap();
        let step = Step { lane: "seedsalute".to_owned(), page: None, back_to: at(0) };
        if let Ok(preview) = page::read(&crate::net::answer(200, &[], &broken)) {
            prop_assert!(telegram.read(&preview, &step, at(NOW_MS)).0.len() <= preview.messages.len());
        }
    }
}
