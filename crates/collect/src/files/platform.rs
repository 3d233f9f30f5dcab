//! Where a post stood: platforms by the names that tools give them, and by the addresses of posts.
//!
//! An address gives an id only where its platform has one shape for it that cannot be read in two ways; every other
//! address is the id itself, whole. The gate makes nothing of either but a hash, unless the id is opaque.

use polso_domain::SourceId;
use url::Url;

/// What tools call places, and what polso calls them. What is not here is called what it is called.
const NAMES: [(&str, &str); 25] = [
    ("x", "twitter"),
    ("x.com", "twitter"),
    ("x (twitter)", "twitter"),
    ("x (formerly twitter)", "twitter"),
    ("twitter.com", "twitter"),
    ("facebook public", "facebook"),
    ("facebook pages", "facebook"),
    ("instagram public", "instagram"),
    ("online news", "news"),
    ("onlinenews", "news"),
    ("news site", "news"),
    ("newspaper", "news"),
    ("newspapers", "news"),
    ("blogs", "blog"),
    ("forums", "forum"),
    ("message board", "forum"),
    ("message boards", "forum"),
    ("messageboard", "forum"),
    ("reviews", "review"),
    ("podcasts", "podcast"),
    ("comments", "comment"),
    ("youtube comments", "youtube"),
    ("reddit comments", "reddit"),
    ("bluesky social", "bluesky"),
    ("threads by instagram", "threads"),
];

/// Whose hosts are whose; what stands before them (`www.`, `m.`, a blog's name) does not count.
const HOSTS: [(&str, &str); 24] = [
    ("twitter.com", "twitter"),
    ("x.com", "twitter"),
    ("facebook.com", "facebook"),
    ("fb.com", "facebook"),
    ("instagram.com", "instagram"),
    ("reddit.com", "reddit"),
    ("bsky.app", "bluesky"),
    ("t.me", "telegram"),
    ("telegram.me", "telegram"),
    ("youtube.com", "youtube"),
    ("youtu.be", "youtube"),
    ("tiktok.com", "tiktok"),
    ("threads.net", "threads"),
    ("threads.com", "threads"),
    ("linkedin.com", "linkedin"),
    ("tumblr.com", "tumblr"),
    ("pinterest.com", "pinterest"),
    ("vk.com", "vk"),
    ("gab.com", "gab"),
    ("truthsocial.com", "truthsocial"),
    ("4chan.org", "4chan"),
    ("4channel.org", "4chan"),
    ("mastodon.social", "mastodon"),
    ("douban.com", "douban"),
];

/// Places where the house itself speaks if no author is named.
const HOUSES: [&str; 8] = ["news", "blog", "magazine", "podcast", "newsletter", "tv", "radio", "print"];

/// The source behind a tool's name for a platform; `None` where it says none.
pub(crate) fn named(word: &str) -> Option<SourceId> {
    let word = word.trim().to_lowercase();
    if let Some((_, name)) = NAMES.iter().find(|(called, _)| *called == word) {
        return SourceId::new(name);
    }
    let name: String = word.split_whitespace().collect::<Vec<_>>().join("-");
    SourceId::new(&name).filter(|name| name.as_str().chars().any(char::is_alphabetic))
}

/// Whether posts without an author are by the house that publishes them.
pub(crate) fn is_house(source: &SourceId) -> bool {
    HOUSES.contains(&source.as_str())
}

/// What the address of a post says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Address {
    /// On which platform it is.
    pub source: Option<&'static str>,
    /// The platform's own id.
    pub id: Option<String>,
}

/// Reads the address of a post.
pub(crate) fn address(address: &str) -> Address {
    let Ok(url) = Url::parse(address.trim()) else { return Address::default() };
    let Some(host) = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https")) else {
        return Address::default();
    };
    let is_host = |own: &str| host == own || host.strip_suffix(own).is_some_and(|before| before.ends_with('.'));
    let Some((_, source)) = HOSTS.iter().find(|(own, _)| is_host(own)) else { return Address::default() };
    let steps: Vec<&str> = url.path().split('/').filter(|step| !step.is_empty()).collect();
    let id = match *source {
        "twitter" => twitter(&steps),
        "facebook" => facebook(&steps, &url),
        "instagram" => instagram(&steps),
        "reddit" => reddit(&steps),
        "bluesky" => bluesky(&steps),
        "telegram" => telegram(&steps),
        "tiktok" => after(&steps, &["video"]),
        _ => None,
    };
    Address { source: Some(source), id }
}

fn twitter(steps: &[&str]) -> Option<String> {
    after(steps, &["status", "statuses"])
}

/// A post's number stands behind the word for it, or in the query. The letters of a `pfbid` are not the same for
/// everybody, and are no id.
fn facebook(steps: &[&str], url: &Url) -> Option<String> {
    let asked = || url.query_pairs().find(|(key, _)| key == "story_fbid").map(|(_, id)| id.into_owned());
    let by_path = after(steps, &["posts", "permalink", "videos", "reel"]);
    by_path.or_else(|| asked().filter(|id| is_number(id)))
}

fn instagram(steps: &[&str]) -> Option<String> {
    let at = steps.iter().position(|step| matches!(*step, "p" | "reel" | "reels" | "tv"))?;
    let code = steps.get(at + 1).filter(|_| at <= 1)?;
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    code.bytes().all(sound).then(|| (*code).to_owned())
}

/// `t3_…` for a post, `t1_…` for a comment, as Reddit names them itself.
fn reddit(steps: &[&str]) -> Option<String> {
    let at = steps.iter().position(|step| *step == "comments")?;
    let sound = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match steps.get(at + 1..)? {
        [post] | [post, _] => Some(*post).filter(sound).map(|post| format!("t3_{post}")),
        [_, _, comment] => Some(*comment).filter(sound).map(|comment| format!("t1_{comment}")),
        _ => None,
    }
}

/// Only where the account stands as what it is: handles change hands.
fn bluesky(steps: &[&str]) -> Option<String> {
    match steps {
        ["profile", did, "post", key] if did.starts_with("did:") => {
            Some(format!("at://{did}/app.bsky.feed.post/{key}"))
        }
        _ => None,
    }
}

fn telegram(steps: &[&str]) -> Option<String> {
    match steps {
        ["s", channel, number] | [channel, number] if *channel != "c" && is_number(number) => {
            Some(format!("{channel}/{number}"))
        }
        _ => None,
    }
}

/// The number behind one of these words.
fn after(steps: &[&str], words: &[&str]) -> Option<String> {
    let at = steps.iter().position(|step| words.contains(step))?;
    steps.get(at + 1).filter(|id| is_number(id)).map(|id| (*id).to_owned())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tools_and_polso_mean_the_same_place() {
        let name = |word| named(word).map(|source| source.as_str().to_owned());
        for word in ["Twitter", "X", "x", " X (Twitter) "] {
            assert_eq!(name(word).as_deref(), Some("twitter"), "{word}");
        }
        assert_eq!(name("Facebook Public").as_deref(), Some("facebook"));
        assert_eq!(name("Blog").as_deref(), Some("blog"));
        assert_eq!(name("Sina Weibo").as_deref(), Some("sina-weibo"));
        assert_eq!((name(""), name("12"), name("a/b")), (None, None, None));
    }

    #[test]
    fn an_address_gives_an_id_in_one_way_or_not_at_all() {
        for (url, source, id) in [
            ("http://twitter.com/seed_anna_1/statuses/1227153622074580993", "twitter", Some("1227153622074580993")),
            ("https://x.com/seed_anna_1/status/1227153622074580993?s=20", "twitter", Some("1227153622074580993")),
            ("https://x.com/seed_anna_1", "twitter", None),
            ("https://www.facebook.com/1000/posts/5843250", "facebook", Some("5843250")),
            ("https://m.facebook.com/groups/12/permalink/345/", "facebook", Some("345")),
            ("https://www.facebook.com/story.php?story_fbid=77&id=5", "facebook", Some("77")),
            ("https://www.facebook.com/seed.page/posts/pfbid02abc", "facebook", None),
            ("https://www.instagram.com/p/Cabc_-1/", "instagram", Some("Cabc_-1")),
            ("https://www.instagram.com/seed_anna_1/reel/Cabc/", "instagram", Some("Cabc")),
            ("https://old.reddit.com/r/x/comments/abc12/a_title/", "reddit", Some("t3_abc12")),
            ("https://www.reddit.com/r/x/comments/abc12/a_title/def34", "reddit", Some("t1_def34")),
            (
                "https://bsky.app/profile/did:plc:seedanna/post/3kabc",
                "bluesky",
                Some("at://did:plc:seedanna/app.bsky.feed.post/3kabc"),
            ),
            ("https://bsky.app/profile/seed-anna.example/post/3kabc", "bluesky", None),
            ("https://t.me/s/seed_channel/12", "telegram", Some("seed_channel/12")),
        ] {
            let expected = Address { source: Some(source), id: id.map(str::to_owned) };
            assert_eq!(address(url), expected, "{url}");
        }
        for elsewhere in ["https://news.example/1", "ftp://x.com/a/status/1", "nonsense", "https://notx.com/a/status/1"]
        {
            assert_eq!(address(elsewhere), Address::default());
        }
    }

    proptest! {
        #[test]
        fn no_address_panics(text in "\\PC{0,40}", steps in prop::collection::vec("[a-z0-9:?=&]{0,6}", 0..6)) {
            named(&text);
            for host in ["https://x.com/", "https://reddit.com/comments/", "https://t.me/", "https://instagram.com/p/"] {
                address(&format!("{host}{text}"));
                address(&format!("{host}{}", steps.join("/")));
            }
        }
    }
}
