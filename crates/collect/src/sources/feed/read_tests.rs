//! Feeds of every kind, with the traps that real ones hold.

use super::*;
use proptest::prelude::*;

fn read_text(text: &str) -> Result<Document, NoFeed> {
    read(text.as_bytes(), None, &Url::parse("https://salute.example/feed/").unwrap())
}

fn items(text: &str) -> Vec<Item> {
    read_text(text).unwrap().items.into_iter().map(Result::unwrap).collect()
}

fn html(text: &str) -> Markup {
    Markup::Html(text.to_owned())
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
  xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Salute &amp; co</title><link>https://salute.example</link><language>it-IT</language><ttl>20</ttl>
<atom:link href="https://elsewhere.example/feed/" rel="self" type="application/rss+xml"/>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<item><title>Caff&egrave; &amp; t&#232;&nbsp;caldo</title><link>/2026/08/uno/</link><dc:creator><![CDATA[Seed Anna]]></dc:creator>
<pubDate>Sat, 01 Aug 26 13:55:55 EST</pubDate><category><![CDATA[Io resto a casa]]></category><category>virus</category>
<guid isPermaLink="false">https://salute.example/?p=5</guid><description><![CDATA[<p>Breve</p>]]></description>
<content:encoded><![CDATA[<p>Tutto <a href="../due/">qui</a></p>]]></content:encoded>
<wfw:commentRss>https://salute.example/2026/08/uno/feed/</wfw:commentRss></item>
<item><title>Secondo</title><description>con <b>markup</b> nudo<br> e AT&T</description><author>seed.anna@example.org (Seed Anna)</author></item>
</channel></rss>"#;

#[test]
fn rss_is_read() {
    let document = read_text(RSS).unwrap();
    assert_eq!((document.kind, document.head.rest.as_secs()), (Kind::Rss2, 1_800));
    assert_eq!(document.head.language.as_deref(), Some("it-IT"));
    let [first, second] = &items(RSS)[..] else { panic!() };
    assert_eq!(first.id.as_deref(), Some("https://salute.example/?p=5"));
    assert_eq!(first.title, Some(html("Caffè & tè\u{a0}caldo")));
    assert_eq!(first.body, Some(html(r#"<p>Tutto <a href="../due/">qui</a></p>"#)));
    assert_eq!(first.link.as_deref(), Some("https://salute.example/2026/08/uno/"));
    assert_eq!(first.tags, ["Io resto a casa", "virus"]);
    assert_eq!(first.claimed.unwrap().millis(), 1_785_610_555_000);
    assert_eq!(first.comments.as_deref(), Some("https://salute.example/2026/08/uno/feed/"));
    assert_eq!(first.authors, [Author { name: "Seed Anna".to_owned(), also: vec![] }]);
    assert_eq!(second.body, Some(html("con <b>markup</b> nudo<br> e AT&T")));
    assert_eq!((second.id.as_deref(), second.claimed), (None, None));
    let author = Author { name: "Seed Anna".to_owned(), also: vec!["seed.anna@example.org".to_owned()] };
    assert_eq!(second.authors, [author]);
}

#[test]
fn rss_of_all_ages_is_read() {
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
        <channel rdf:about="https://salute.example/"><title>x</title></channel>
        <item rdf:about="https://salute.example/1"><title>Uno</title><link>https://salute.example/1</link>
        <dc:date>2026-08-01T13:55:55Z</dc:date><dc:subject>virus</dc:subject><dc:creator>Seed Anna</dc:creator></item></rdf:RDF>"#;
    assert_eq!(read_text(rdf).unwrap().kind, Kind::Rss1);
    let [item] = &items(rdf)[..] else { panic!() };
    assert_eq!((item.id.as_deref(), &item.tags[..]), (Some("https://salute.example/1"), &["virus".to_owned()][..]));
    assert_eq!((item.claimed.unwrap().millis(), item.authors.len()), (1_785_592_555_000, 1));
    for root in [r#"rss version="0.91""#, "rss", r#"rss version="2.0" xmlns="http://backend.userland.com/rss2""#] {
        let old = format!("<{root}><channel><item><title>Uno</title></item></channel></rss>");
        assert_eq!(items(&old)[0].title, Some(html("Uno")), "{root}");
    }
}

#[test]
fn atom_is_read() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fi" xml:base="https://terveys.example/blogi/">
        <author><name>Seed Bruno</name></author><title/>
        <entry><id>tag:terveys.example,2026:1</id><title type="text">5 &lt; 6 &amp;amp;</title><updated>2026-08-01T15:55:55+02:00</updated>
        <link rel="replies" type="application/atom+xml" href="1/feed/"/><link href="1" /><category term="korona"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hei <b>sinä</b></p></div></content></entry>
        <entry><id>2</id><title type="html">&lt;i&gt;Toinen&lt;/i&gt;</title><content type="html"></content><published>2026-08-01T10:00:00Z</published>
        <updated>2026-08-02T10:00:00Z</updated><summary type="odd">Lyhyt</summary><author><name>Seed Anna</name><uri>https://a.example/seed</uri></author></entry>
        <entry><id>3</id><title>x</title><content type="application/octet-stream">AAAA</content></entry></feed>"#;
    let document = read_text(atom).unwrap();
    assert_eq!((document.head.author.as_deref(), document.head.language.as_deref()), (Some("Seed Bruno"), Some("fi")));
    let [first, second, third] = &items(atom)[..] else { panic!() };
    assert_eq!(first.title, Some(Markup::Plain("5 < 6 &amp;".to_owned())));
    assert_eq!(first.link.as_deref(), Some("https://terveys.example/blogi/1"));
    assert_eq!(first.comments.as_deref(), Some("https://terveys.example/blogi/1/feed/"));
    assert_eq!(first.claimed.unwrap().millis(), 1_785_592_555_000);
    assert_eq!(first.body, Some(html("<p>Hei <b>sinä</b></p>")));
    assert_eq!((&second.title, &second.body), (&Some(html("<i>Toinen</i>")), &Some(Markup::Plain("Lyhyt".to_owned()))));
    assert_eq!(second.claimed.unwrap().millis(), 1_785_578_400_000, "published, not updated");
    assert_eq!(second.authors[0].also, ["https://a.example/seed"]);
    assert_eq!(third.body, None, "no picture is a text");
    let old = atom.replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#");
    assert_eq!(items(&old).len(), 3);
    let prefixed = r#"<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id><a:title>Uno</a:title></a:entry></a:feed>"#;
    assert_eq!(items(prefixed)[0].id.as_deref(), Some("1"));
}

#[test]
fn json_feeds_are_read() {
    let json = "\u{feff}{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x\",\"language\":\"it\",
        \"authors\":[{\"name\":\"Seed Anna\"}],\"items\":[
        {\"id\":7,\"url\":\"https://salute.example/7\",\"content_html\":\"<p>Uno</p>\",\"tags\":[\"virus\"],\"date_published\":\"2026-08-01T13:55:55Z\"},
        {\"id\":\"8\",\"content_text\":\"a < b\",\"author\":{\"name\":\"Seed Bruno\"},\"authors\":[{\"name\":\"Seed Bruno\"}],\"date_modified\":\"2026-08-01T13:55:55Z\"},
        {\"id\":\"9\",\"tags\":7,\"author\":{\"name\":\"seed_carla\"},\"title\":\"by seed_carla\"}]}";
    let [first, second, third] = &read_text(json).unwrap().items[..] else { panic!() };
    let first = first.as_ref().unwrap();
    assert_eq!((first.id.as_deref(), &first.body, first.authors.len()), (Some("7"), &Some(html("<p>Uno</p>")), 1));
    let second = second.as_ref().unwrap();
    assert_eq!((&second.body, second.authors.len()), (&Some(Markup::Plain("a < b".to_owned())), 1));
    assert!(second.claimed.is_some());
    let refused = third.as_ref().unwrap_err();
    assert!(refused.fault.detail.contains("not the shape") && refused.json.is_some());
}

#[test]
fn one_bad_entry_is_refused_alone() {
    let rss = "<rss><channel><item><title>Uno</title></item><item><title>Due</title><p></b></item>
        <item><title>Tre</title><item><title>Quattro</title></item><item/></channel></rss>";
    let read = read_text(rss).unwrap().items;
    let whole: Vec<bool> = read.iter().map(Result::is_ok).collect();
    assert_eq!(whole, [true, false, false, true, true]);
    assert!(read[1].as_ref().unwrap_err().fault.detail.contains("do not match"));
    assert!(read[2].as_ref().unwrap_err().fault.detail.contains("does not end"));
    let deep = format!(
        "<rss><channel><item><x>{}{}</x></item><item><title>Uno</title></item></channel></rss>",
        "<a>".repeat(5_000),
        "</a>".repeat(5_000)
    );
    let read = read_text(&deep).unwrap().items;
    assert!(read[0].as_ref().unwrap_err().fault.detail.contains("too deep") && read[1].is_ok());
    let long = format!("<rss><channel><item><title>{}</title></item></channel></rss>", "x".repeat(2 << 20));
    assert_eq!(read_text(&long).unwrap().items[0].as_ref().unwrap_err().fault.reason, SetAside::TooLong);
}

#[test]
fn what_feed_rs_stumbles_over_is_out_of_its_way() {
    let traps = [
        "<author>。seed.anna@example.org。</author>",
        "<dc:creator>é.seed.anna@example.org</dc:creator>",
        "<dc:creator><![CDATA[“seed&#64;example.org”seed@example.org]]></dc:creator>",
        "<itunes:duration xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>99999999999999999999999</itunes:duration>",
        "<media:thumbnail url='x' time='99999999999999999999999:00:00'/>",
        "<media:title></media:title><media:description type='odd'>x</media:description>",
        "<link xml:base='https://[nowhere'>x</link>",
    ];
    for trap in traps {
        let rss = format!("<rss xml:base='http://['><channel><item><title>Uno</title>{trap}</item></channel></rss>");
        let read = read_text(&rss).unwrap().items.remove(0);
        assert_eq!(read.ok().and_then(|item| item.title), Some(html("Uno")), "{trap}");
    }
}

#[test]
fn bombs_do_not_go_off() {
    let double = |n: u32| format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1);
    let entities: String = std::iter::once("<!ENTITY a0 \"ha\">".to_owned()).chain((1..40).map(double)).collect();
    let bomb = format!(
        "<?xml version='1.0'?><!DOCTYPE rss [{entities}<!ENTITY x SYSTEM \"http://127.0.0.1:1/x\">]>
        <rss><channel><item><title>&a39; &x; &#169;</title></item></channel></rss>"
    );
    assert_eq!(items(&bomb)[0].title, Some(html("&a39; &x; ©")));
}

#[test]
fn what_is_no_feed_is_told_apart() {
    for (text, what) in [
        ("<!DOCTYPE html><html><body>404</body></html>", NoFeed::Page),
        ("<HTML>", NoFeed::Page),
        ("\n<!DOCTYPE HTML><title>Back soon</title><p>", NoFeed::Page),
        ("", NoFeed::Other),
        ("not a feed", NoFeed::Other),
        ("{\"error\":\"no\"}", NoFeed::Other),
        ("<opml><body/></opml>", NoFeed::Other),
        ("<rss><channel><item><title>Uno", NoFeed::Cut),
        ("<rss><channel><item></item>", NoFeed::Cut),
        ("<rss><channel><!-- ", NoFeed::Cut),
        ("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", NoFeed::Cut),
    ] {
        assert_eq!(read_text(text).err(), Some(what), "{text}");
    }
    let many = format!("<rss><channel>{}</channel></rss>", "<item><title>x</title></item>".repeat(2_001));
    assert_eq!(read_text(&many).err(), Some(NoFeed::Endless));
}

#[test]
fn damaged_letters_cost_their_entry_only() {
    let rss = b"<rss><channel><item><title>caff\xe8</title></item><item><title>Uno</title></item></channel></rss>";
    let read = read(rss, Some("text/xml; charset=utf-8"), &Url::parse("https://salute.example/").unwrap()).unwrap();
    assert_eq!(read.items[0].as_ref().unwrap_err().fault.reason, SetAside::BadEncoding);
    assert!(read.items[1].is_ok());
}

#[test]
fn a_large_feed_of_anything_is_read_in_a_moment() {
    let url = Url::parse("https://salute.example/").unwrap();
    let size = 4 << 20;
    for piece in
        ["<a>", "</a>", "<item>", "<a b='1' c='2'>", "&x;", "<![CDATA[", "<!--", "<!DOCTYPE [", "<", "<a b", "[\"<!-- "]
    {
        let inside = piece.repeat(size / piece.len());
        for text in [
            format!("<rss><channel><item><title>{inside}"),
            format!("<rss><channel><item>{inside}"),
            format!("<feed><entry a='{inside}"),
        ] {
            let begun = std::time::Instant::now();
            read(text.as_bytes(), None, &url).ok();
            assert!(begun.elapsed().as_secs() < 10, "{piece} takes {:?}", begun.elapsed());
        }
    }
}

fn soup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<item>",
        "</item>",
        "<entry>",
        "</entry>",
        "<title>",
        "</title>",
        "<content type='",
        "html'>",
        "</content>",
        "xhtml'>",
        "<author>",
        "</author>",
        "<name>",
        "</name>",
        "<dc:creator>",
        "</dc:creator>",
        "<link href='",
        "'/>",
        "<link>",
        "</link>",
        "<media:group>",
        "</media:group>",
        "<media:thumbnail time='",
        "<guid>",
        "</guid>",
        "<pubDate>",
        "</pubDate>",
        "a@b.cc",
        "é",
        "。",
        "&amp;",
        "&#x41;",
        "&#0;",
        "&nbsp;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "xml:base='",
        "Sat, 01 Aug 2026 13:55:55 GMT",
        "<description>",
        "</description>",
        "<p>",
        "</p>",
        "99999999999999999999",
        ":",
        " ",
        "<a:b xmlns:a='",
        "x",
        "<duration>",
        "</duration>",
        "<itunes:duration>",
        "</itunes:duration>",
        "<category term='",
        "<category>",
        "</category>",
        "@",
    ];
    prop::collection::vec(prop::sample::select(PIECES).prop_map(str::to_owned), 0..60).prop_map(|all| all.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_a_feed_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in "[ -~]{0,30}") {
        read(&bytes, Some(&kind), &Url::parse("https://salute.example/").unwrap()).ok();
    }

    #[test]
    fn any_soup_is_read_and_no_entry_is_dropped(before in soup(), inside in soup()) {
        for (open, close) in [("<rss><channel>", "</channel></rss>"), ("<feed>", "</feed>"), ("<rdf:RDF>", "</rdf:RDF>")] {
            read_text(&format!("{open}{before}<item>{inside}</item>{close}")).ok();
            read_text(&format!("{open}<item>{inside}{close}")).ok();
            if let Ok(read) = read_text(&format!("{open}<entry><title>a</title></entry><item><title>a</title><link>https://a.example/1</link></item><!-- {} -->{close}", inside.replace("--", "- "))) {
                prop_assert_eq!(read.items.len(), 1);
            }
        }
    }

    #[test]
    fn any_json_is_a_feed_or_none(inside in "[\\[\\]{}\":,a-z0-9 ]{0,60}") {
        read_text(&format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{{{inside}}}]}}")).ok();
        read_text(&format!("{{{inside}")).ok();
    }
}
