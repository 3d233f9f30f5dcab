//! Tables of other tools, as they write them. Every name here is made up.

use super::*;

fn source(post: &RawPost) -> &str {
    post.source.as_str()
}

fn handles(accounts: &[polso_domain::RawAuthor]) -> Vec<&str> {
    accounts.iter().map(|account| account.handle.as_str()).collect()
}

/// The format under which a file is read, and its rows.
pub(super) fn sniffed(text: impl AsRef<[u8]>) -> (Format, Vec<Row>) {
    let mut reader = rows(text.as_ref(), &import(), Path::new("file")).unwrap();
    let all = reader.by_ref().map(Result::unwrap).collect();
    (reader.format(), all)
}

fn reasons(rows: Vec<Row>) -> Vec<(u64, &'static str, String)> {
    refused(rows).iter().map(|row| (row.line, row.reason.as_str(), row.source.as_str().to_owned())).collect()
}

pub(super) const FOURCAT: &str = "\
id,thread_id,timestamp,unix_timestamp,link,subject,body,author,author_fullname,author_id,source,language_guess,\
possibly_sensitive,retweet_count,reply_count,like_count,quote_count,is_retweet,retweeted_user,is_quote_tweet,quoted_user,\
is_reply,replied_user,hashtags,urls,images,videos,mentions,long_lat,place_name
1227153622074580993,1227153622074580993,2020-02-11 08:53:17,1581411197,\
https://twitter.com/seed_anna_1/status/1227153622074580993,,ciao #virus,seed_anna_1,Seed Anna,11,app,it,no,2,1,5,0,no,,no,,\
no,,\"virus,salute\",https://news.example/1,,,\"seed_luca_2,seed_rosa_3\",,
1227153622074580994,1227153622074580993,2020-02-11 08:54:17,1581411257,\
https://twitter.com/seed_luca_2/status/1227153622074580994,,RT @seed_anna_1: ciao,seed_luca_2,,12,app,und,no,2,0,0,0,yes,\
seed_anna_1,no,,no,,,,,,,,
1227153622074580995,1227153622074580993,2020-02-11 08:55:17,1581411317,,,\"due,\nrighe\",seed_rosa_3,,13,app,it,no,0,0,0,0,\
no,,no,,yes,seed_anna_1,,,,,,,
1.22715E+18,1.22715E+18,2020-02-11 08:56:17,1581411377,,,rotto,seed_rosa_3,,13,app,it,no,0,0,0,0,no,,no,,no,,,,,,,,
1227153622074580996,1227153622074580996,2020-02-11 08:56:17,1581411377,,,anonimo,REDACTED,,,app,it,no,0,0,0,0,no,,no,,no,,,,,,,,
";

#[test]
fn fourcat_rows_say_their_platform_and_kind() {
    let (format, rows) = sniffed(FOURCAT);
    assert_eq!(format, Format::FourCat);
    let all = posts(rows);
    assert!(all.iter().all(|post| source(post) == "twitter"));
    let kinds: Vec<PostKind> = all.iter().map(|post| post.kind).collect();
    assert_eq!(kinds, [PostKind::Original, PostKind::Repost, PostKind::Reply]);
    assert_eq!(
        (all[0].hashtags.join(" "), all[0].links.join(" ")),
        ("virus salute".into(), "https://news.example/1".into())
    );
    assert_eq!(handles(&all[0].mentions), ["seed_luca_2", "seed_rosa_3"]);
    assert_eq!(all[0].author.also, ["Seed Anna", "11"]);
    assert_eq!((all[0].reach.likes, all[1].reach.reposts, all[1].lang.as_deref()), (Some(5), None, None));
    assert_eq!((all[0].id.as_str(), all[0].posted.millis()), ("1227153622074580993", 1_581_411_197_000));
    assert_eq!(handles(&all[1].mentions), ["seed_anna_1"]);
    let twitter = || "twitter".to_owned();
    assert_eq!(reasons(sniffed(FOURCAT).1), [(6, "mangled_id", twitter()), (7, "missing_field", twitter())]);
}

#[test]
fn fourcat_times_are_utc_and_chats_keep_their_messages_apart() {
    let text = "id,thread_id,author,body,timestamp,chat,reply_to\n\
        7,seed_chan,99,uno,2020-02-11 08:53:17,seed_chan,\n7,seed_other,98,due,2020-02-11 08:53:17,seed_other,6\n";
    let rome = Import { timezone: TimeZone::get("Europe/Rome").unwrap(), ..import() };
    let all = posts(read(text, &rome).unwrap());
    assert_eq!((all[0].id.as_str(), all[1].id.as_str()), ("seed_chan/7", "seed_other/7"));
    assert_eq!((all[1].kind, all[1].in_reply_to.as_deref()), (PostKind::Reply, Some("seed_other/6")));
    assert_eq!(all[0].posted.millis(), 1_581_411_197_000);
    let bluesky = "id,thread_id,author,author_id,body,timestamp,link,replied_to_post,quoted_post\n\
        at://did:plc:seedanna/app.bsky.feed.post/3k,x,seed-anna.example,did:plc:seedanna,ciao,1581411197.5,\
        https://bsky.app/profile/seed-anna.example/post/3k,https://bsky.app/profile/seed-luca.example/post/3j,\n";
    let all = posts(read(bluesky, &import()).unwrap());
    assert_eq!((source(&all[0]), all[0].author.handle.as_str()), ("bluesky", "did:plc:seedanna"));
    assert_eq!((all[0].kind, all[0].in_reply_to.as_deref()), (PostKind::Reply, None));
}

pub(super) const FACEBOOK: &str = "\u{feff}Page Name,User Name,Facebook Id,Page Category,Likes at Posting,Followers at Posting,\
Post Created,Post Created Date,Post Created Time,Type,Total Interactions,Likes,Comments,Shares,URL,Message,Link,Final Link,\
Link Text,Description,\"Overperforming Score (weighted)\"
Seed Page,seed_page_1,1001,NEWS,\"10,000\",\"12,345\",2022-01-02 03:04:05 EST,2022-01-02,03:04:05,Link,\"1,300\",\"1,234\",12,7,\
https://www.facebook.com/1001/posts/584325,\"riga uno
riga due\",https://s.example/x,https://news.example/1,titolo,testo del sito,-1.5
Seed Group,,1002,NEWS,N/A,N/A,2022-07-02 03:04:05 EDT,2022-07-02,03:04:05,Status,1,1,0,0,\
https://www.facebook.com/1002/posts/pfbid0abc,ciao,,,,,1
Seed Page,seed_page_1,1001,NEWS,1,1,2022-01-02 03:04:05 XXT,2022-01-02,03:04:05,Link,1,1,0,0,https://www.facebook.com/1001/posts/2,ora strana,,,,,1
Seed Page,seed_page_1,1001,NEWS,1,1,2022-01-02 03:04:05 CET,2022-01-02,03:04:05,Photo,1,1,0,0,https://www.facebook.com/1001/posts/3,,,,,testo altrui,1
";

#[test]
fn crowdtangle_keeps_the_zone_and_says_nothing_for_anybody() {
    let (format, rows) = sniffed(FACEBOOK);
    assert_eq!(format, Format::CrowdTangle);
    let all = posts(rows);
    assert_eq!((source(&all[0]), all[0].id.as_str()), ("facebook", "584325"));
    assert_eq!(all[0].text, "riga uno\nriga due");
    assert_eq!(all[0].posted.millis(), 1_641_110_645_000);
    assert_eq!((all[0].author.handle.as_str(), all[0].author.also.join(" ")), ("seed_page_1", "1001 Seed Page".into()));
    assert_eq!((all[0].reach.followers, all[0].reach.likes, all[0].reach.reposts), (Some(12_345), Some(1234), Some(7)));
    assert_eq!(all[0].links, ["https://news.example/1"]);
    assert_eq!(all[1].id, "https://www.facebook.com/1002/posts/pfbid0abc");
    assert_eq!((all[1].author.handle.as_str(), all[1].reach.followers), ("1002", None));
    assert_eq!(all[1].posted.millis(), 1_656_745_445_000);
    let facebook = || "facebook".to_owned();
    assert_eq!(reasons(sniffed(FACEBOOK).1), [(5, "bad_time", facebook()), (6, "missing_field", facebook())]);
    for row in refused(sniffed(FACEBOOK).1) {
        assert!(!format!("{row:?}").contains("seed_page") && !format!("{row:?}").contains("1001"), "{row:?}");
    }
}

#[test]
fn crowdtangle_also_had_instagram() {
    let text = "Account,User Name,Followers at Posting,Post Created,Type,Likes,Comments,Views,URL,Link,Photo,Title,Description\n\
        Seed Anna,seed_anna_1,\"5,001\",2022-01-02 03:04:05 CEST,Photo,\"1,000\",3,0,https://www.instagram.com/p/Cabc_-1/,,,,ciao\n";
    let all = posts(sniffed(text).1);
    assert_eq!((source(&all[0]), all[0].id.as_str(), all[0].text.as_str()), ("instagram", "Cabc_-1", "ciao"));
    assert_eq!((all[0].author.handle.as_str(), all[0].author.also.join(" ")), ("seed_anna_1", "Seed Anna".into()));
    assert_eq!((all[0].reach.followers, all[0].reach.likes), (Some(5001), Some(1000)));
}

pub(super) const BRANDWATCH: &str = "Report:,Bulk Mentions Download\nBrand:,Seed\nQuery:,virus\nFrom:,Sat Jan 01 00:00:00 UTC 2022\n\
To:,Sun Jan 02 00:00:00 UTC 2022\nLabel:,\"a, b\"\n\
Query Id,Query Name,Date,Title,Snippet,Full Text,Url,Domain,Page Type Name,Content Source Name,Language,Author,Full Name,Hashtags,\
Mentioned Authors,Expanded URLs,Resource Id,Thread Author,Thread Entry Type,X Author ID,X Followers,X Likes,X Reposts,X Reply to,\
X Repost of,Twitter Followers
1,virus,2022-01-02 03:04:05.0,,,ciao #virus,http://twitter.com/seed_anna_1/statuses/1227153622074580993,twitter.com,Twitter,X,it,\
seed_anna_1,seed_anna_1 (Seed Anna),#virus,@seed_luca_2,https://news.example/1,901,,reply,11,40,5,2,\
http://twitter.com/seed_luca_2/statuses/1227153622074580900,,
1,virus,2022-01-02 03:04:06.0,,tagliato,,http://twitter.com/seed_luca_2/statuses/1227153622074580994,twitter.com,Twitter,X,it,\
seed_luca_2,,,,,902,,post,12,,,,,,
1,virus,2022-01-02 03:04:07.0,Titolo,,un articolo,https://news.example/a,news.example,News,News,it,,,,,,903,,,,,,,,,
1,virus,2022-01-02 03:04:08.0,,,condiviso,https://x.com/seed_rosa_3/status/1227153622074580995,twitter.com,,Twitter,it,\
seed_rosa_3,,,,,904,seed_anna_1,share,13,,9,9,,http://twitter.com/seed_anna_1/statuses/1227153622074580993,77
1,virus,2022-01-02 03:04:09.0,,,nel forum,https://forum.example/t/1,forum.example,Forum,Forum,it,seed_rosa_3,,,,,1.13E+11,,post,,,,,,,
";

#[test]
fn brandwatch_rows_are_of_many_platforms() {
    let (format, rows) = sniffed(BRANDWATCH);
    assert_eq!(format, Format::Brandwatch);
    let all = posts(rows);
    assert_eq!(all.iter().map(source).collect::<Vec<_>>(), ["twitter", "news", "twitter"]);
    assert_eq!((all[0].id.as_str(), all[0].kind), ("1227153622074580993", PostKind::Reply));
    assert_eq!(all[0].in_reply_to.as_deref(), Some("1227153622074580900"));
    assert_eq!((all[0].reach.followers, all[0].reach.likes, all[0].reach.reposts), (Some(40), Some(5), Some(2)));
    assert_eq!((handles(&all[0].mentions), all[0].hashtags.join(" ")), (vec!["seed_luca_2"], "virus".into()));
    assert_eq!((all[1].author.handle.as_str(), all[1].id.as_str()), ("news.example", "https://news.example/a"));
    assert_eq!((all[2].kind, all[2].reposted.as_deref()), (PostKind::Repost, Some("1227153622074580993")));
    assert_eq!((all[2].reach.followers, all[2].reach.likes), (Some(77), None));
    assert_eq!(
        reasons(sniffed(BRANDWATCH).1),
        [(9, "missing_field", "twitter".to_owned()), (12, "mangled_id", "forum".to_owned())]
    );
}

#[test]
fn both_families_of_brandwatch_columns_say_the_same() {
    let old = BRANDWATCH.replace("Twitter Followers", "X Other").replace("X Author", "Twitter Author");
    let old = old.replace("X Followers", "Twitter Followers").replace("X Likes", "Twitter Likes");
    let old = old.replace("X Reposts", "Twitter Retweets").replace("X Reply to", "Twitter Reply to");
    let old = posts(sniffed(old.replace("X Repost of", "Twitter Retweet of")).1);
    for (post, renamed) in posts(sniffed(BRANDWATCH).1).iter().zip(&old).take(2) {
        assert_eq!((post.kind, &post.in_reply_to, post.reach), (renamed.kind, &renamed.in_reply_to, renamed.reach));
    }
}

pub(super) const TALKWALKER: &str = "url;indexed;published;search_indexed;title_snippet;content_snippet;title;content;root_url;parent_url;\
lang;source_type;post_type;entity_urls;article_extended_attributes.facebook_likes;article_extended_attributes.twitter_likes;\
article_extended_attributes.num_comments;source_extended_attributes.twitter_followers;extra_author_attributes.id;\
extra_author_attributes.name;extra_author_attributes.short_name;extra_source_attributes.name
https://x.com/seed_anna_1/status/1227153622074580993;2022-01-02 03:10:00;2022-01-02 03:04:05;;;;;ciao;http://twitter.com/;;it;\
\"SOCIALMEDIA, SOCIALMEDIA_TWITTER\";TEXT;https://news.example/1;0;5;1;40;ex:11;Seed Anna;seed_anna_1;Twitter
https://x.com/seed_luca_2/status/1227153622074580994;;1641092646000;;;;;RT @seed_anna_1: ciao;http://twitter.com/;\
https://x.com/seed_anna_1/status/1227153622074580993;it;SOCIALMEDIA_TWITTER;TEXT;;0;3;;12;ex:12;;seed_luca_2;Twitter
https://news.example/a;;2022-01-02 03:04:07;;;;Titolo;un articolo;http://news.example/;;it;ONLINENEWS,ONLINENEWS_NEWSPAPER;TEXT;;9;;;;;;;Seed News
https://x.com/seed_rosa_3/status/3;;ieri;;;;;quando;http://twitter.com/;;it;SOCIALMEDIA_TWITTER;TEXT;;;;;;;;seed_rosa_3;Twitter
";

#[test]
fn talkwalker_in_every_delimiter() {
    for delimiter in [";", "\t"] {
        let (format, rows) = sniffed(TALKWALKER.replace(';', delimiter));
        assert_eq!(format, Format::Talkwalker);
        let reasons = refused(rows).iter().map(|row| row.reason.as_str()).collect::<Vec<_>>();
        assert_eq!(reasons, ["bad_time"]);
    }
    let all = posts(sniffed(TALKWALKER).1);
    assert_eq!(all.iter().map(source).collect::<Vec<_>>(), ["twitter", "twitter", "news"]);
    assert_eq!((all[0].id.as_str(), all[0].author.handle.as_str()), ("1227153622074580993", "seed_anna_1"));
    assert_eq!((all[0].reach.likes, all[0].reach.followers, all[0].reach.replies), (Some(5), Some(40), Some(1)));
    assert_eq!((all[1].kind, all[1].reposted.as_deref()), (PostKind::Repost, Some("1227153622074580993")));
    assert_eq!((all[1].posted.millis(), all[1].reach.likes), (1_641_092_646_000, None));
    assert_eq!((all[2].author.handle.as_str(), all[2].id.as_str()), ("Seed News", "https://news.example/a"));
}

pub(super) const MELTWATER: &str = "Date\tHeadline\tURL\tOpening Text\tHit Sentence\tSource\tInfluencer\tCountry\tLanguage\tReach\tTweet Id\t\
Twitter Screen Name\tTwitter Followers\tHashtags\tTime\tLikes\tReplies\tRetweets
07-Apr-2020 11:45PM\t\thttps://twitter.com/seed_anna_1/statuses/1227153622074580993\t\tciao #virus\tTwitter\tSeed Anna\tItaly\tit\t40\t\
\"\"\"1227153622074580993\"\"\"\t@seed_anna_1\t40\t#virus\t\t1\t2\t3
07-Apr-2020\tTitolo\thttps://news.example/a\tCosì comincia\t... virus ...\tSeed News\t\tItaly\tit\t9\t\t\t\t\t11:45 PM\t\t\t
07-Apr-2020 11:46PM\t\thttps://twitter.com/seed_luca_2/statuses/1\t\trotto\tTwitter\t\tItaly\tit\t1\t1.24754E+18\tseed_luca_2\t\t\t\t\t\t
04/07/2020 11:46PM\t\thttps://twitter.com/seed_luca_2/statuses/2\t\tquando\tTwitter\t\tItaly\tit\t1\t2\tseed_luca_2\t\t\t\t\t\t
";

#[test]
fn meltwater_in_utf16_with_tabs() {
    let utf16: Vec<u8> = format!("\u{feff}{MELTWATER}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (format, rows) = sniffed(&utf16);
    assert_eq!(format, Format::Meltwater);
    let all = posts(rows);
    assert_eq!(all.iter().map(source).collect::<Vec<_>>(), ["twitter", "news"]);
    assert_eq!((all[0].id.as_str(), all[0].author.handle.as_str()), ("1227153622074580993", "seed_anna_1"));
    assert_eq!((all[0].reach.likes, all[0].reach.replies, all[0].reach.reposts), (Some(1), Some(2), Some(3)));
    assert_eq!(all[1].text, "Titolo\nCosì comincia");
    assert_eq!((all[1].posted, all[1].author.handle.as_str()), (all[0].posted, "Seed News"));
    let reasons = refused(sniffed(&utf16).1).iter().map(|row| row.reason.as_str()).collect::<Vec<_>>();
    assert_eq!(reasons, ["mangled_id", "bad_time"]);
}

#[test]
fn a_named_format_and_a_map_are_obeyed() {
    let generic = posts(read("id,text,author,date\n1,a,seed_anna_1,2020-01-01\n", &import()).unwrap());
    assert_eq!(source(&generic[0]), "import");
    let wrong = Import { format: Some(Format::Brandwatch), ..import() };
    let error = read(FACEBOOK, &wrong).err().unwrap();
    assert!(matches!(&error, Error::NoSuchColumn { .. }), "{error}");
    assert!(error.hint().unwrap().contains("brandwatch"), "{error:?}");
    let map = FieldMap::parse(&["text=subject"]).ok();
    let mapped = Import { map, source: SourceId::new("elsewhere"), ..import() };
    assert_eq!(rows(FOURCAT.as_bytes(), &mapped, Path::new("file")).unwrap().format(), Format::Csv);
    let named = Import { source: SourceId::new("elsewhere"), ..import() };
    assert!(posts(read(FOURCAT, &named).unwrap()).iter().all(|post| source(post) == "elsewhere"));
}

#[test]
fn refused_rows_of_tools_name_nobody() {
    // Without its times no row can be used.
    let spoilt = |text: &str| text.replace("2020-", "ieri-").replace("2022-", "ieri-").replace("Apr-", "Xyz-");
    for text in [FOURCAT, FACEBOOK, BRANDWATCH, TALKWALKER, MELTWATER] {
        let text = spoilt(text).replace("15814", "ieri").replace("1641092646000", "ieri");
        let rows = refused(sniffed(text).1);
        assert!(rows.len() > 3);
        for row in rows {
            let raw = format!("{row:?}").to_lowercase();
            assert!(!raw.contains("seed_") && !raw.contains("seed anna"), "{raw}");
        }
    }
}

proptest! {
    #[test]
    fn any_cells_under_a_known_header_are_read_or_refused(
        (format, text) in prop::sample::select(vec![
            (Format::FourCat, FOURCAT), (Format::CrowdTangle, FACEBOOK), (Format::Brandwatch, BRANDWATCH),
            (Format::Talkwalker, TALKWALKER), (Format::Meltwater, MELTWATER),
        ]),
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..30),
        named in any::<bool>(),
    ) {
        let mut text = text.as_bytes().to_vec();
        let at = at.index(text.len());
        text.splice(at..at, bytes);
        let import = Import { format: named.then_some(format), ..import() };
        if let Ok(reader) = rows(&text[..], &import, Path::new("file")) {
            for row in reader.map(Result::unwrap) {
                if let Row::SetAside(row) = row {
                    prop_assert!(!row.detail.contains("seed_"));
                }
            }
        }
    }
}
