//! Twitter's classic objects (API v1.1, the streams and archives made with it), one status each.
//!
//! A retweet says what the retweeted status says, in its full length, and counts as nobody's but the retweeter's: the
//! counts of likes in it are the original's and are left out.

use super::Row;
use super::check::{self, Fault, Rules};
use super::scalar::Scalar;
use polso_domain::{PostKind, RawAuthor, RawEvent, RawPost, Reach};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// A status, a deletion, or one of the stream's control messages.
#[derive(Deserialize, Default)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the names are Twitter's")]
struct Status<'a> {
    #[serde(borrow)]
    id_str: Scalar<'a>,
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow)]
    created_at: Scalar<'a>,
    #[serde(borrow)]
    full_text: Scalar<'a>,
    #[serde(borrow)]
    text: Scalar<'a>,
    #[serde(borrow)]
    extended_tweet: Option<Extended<'a>>,
    #[serde(borrow)]
    entities: Option<Entities<'a>>,
    #[serde(borrow)]
    user: Option<User<'a>>,
    #[serde(borrow)]
    lang: Scalar<'a>,
    #[serde(borrow)]
    in_reply_to_status_id_str: Scalar<'a>,
    #[serde(borrow)]
    in_reply_to_screen_name: Scalar<'a>,
    #[serde(borrow)]
    in_reply_to_user_id_str: Scalar<'a>,
    #[serde(borrow)]
    retweeted_status: Option<Box<Status<'a>>>,
    #[serde(borrow)]
    quoted_status: Option<Box<Status<'a>>>,
    #[serde(borrow)]
    quoted_status_id_str: Scalar<'a>,
    #[serde(borrow)]
    favorite_count: Scalar<'a>,
    #[serde(borrow)]
    retweet_count: Scalar<'a>,
    #[serde(borrow)]
    reply_count: Scalar<'a>,
    #[serde(borrow)]
    delete: Option<Deletion<'a>>,
    limit: Option<IgnoredAny>,
    warning: Option<IgnoredAny>,
    disconnect: Option<IgnoredAny>,
    scrub_geo: Option<IgnoredAny>,
    status_withheld: Option<IgnoredAny>,
    user_withheld: Option<IgnoredAny>,
    event: Option<IgnoredAny>,
    friends: Option<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Extended<'a> {
    #[serde(borrow)]
    full_text: Scalar<'a>,
    #[serde(borrow)]
    entities: Option<Entities<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entities<'a> {
    #[serde(borrow)]
    hashtags: Option<Vec<Hashtag<'a>>>,
    #[serde(borrow)]
    urls: Option<Vec<Link<'a>>>,
    #[serde(borrow)]
    user_mentions: Option<Vec<User<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Hashtag<'a> {
    #[serde(borrow)]
    text: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Link<'a> {
    #[serde(borrow)]
    expanded_url: Scalar<'a>,
    #[serde(borrow)]
    url: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct User<'a> {
    #[serde(borrow)]
    screen_name: Scalar<'a>,
    #[serde(borrow)]
    name: Scalar<'a>,
    #[serde(borrow)]
    id_str: Scalar<'a>,
    #[serde(borrow)]
    followers_count: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Deletion<'a> {
    #[serde(borrow)]
    status: Option<Box<Status<'a>>>,
}

/// Reads one line.
pub(crate) fn read(json: &str, rules: &Rules) -> Result<Row, Fault> {
    let mut status: Status<'_> = serde_json::from_str(json).map_err(|error| Fault::json(&error))?;
    if let Some(deletion) = status.delete.take() {
        let id = deletion.status.map_or(Scalar::Missing, |mut status| status.take_id());
        return Ok(Row::Event(RawEvent::Delete { source: rules.source.clone(), id: check::id("id_str", id)? }));
    }
    if status.is_control() { Ok(Row::Ignored) } else { post(status, rules) }
}

fn post(mut status: Status<'_>, rules: &Rules) -> Result<Row, Fault> {
    let mut original = status.retweeted_status.take();
    let mut quoted = status.quoted_status.take();
    let quoted_id = std::mem::take(&mut status.quoted_status_id_str);
    let quoted_id = check::reference(quoted_id).or_else(|| check::reference(quoted.as_mut()?.take_id()));
    let in_reply_to = check::reference(std::mem::take(&mut status.in_reply_to_status_id_str));
    let (kind, reposted) = match &mut original {
        Some(original) => (PostKind::Repost, check::reference(original.take_id())),
        None if quoted_id.is_some() => (PostKind::Quote, quoted_id),
        None if in_reply_to.is_some() => (PostKind::Reply, None),
        None => (PostKind::Original, None),
    };
    let followers = status.user.as_ref().and_then(|user| user.followers_count.count());
    let own = |count: &Scalar<'_>| if kind == PostKind::Repost { None } else { count.count() };
    let reach = Reach {
        followers,
        likes: own(&status.favorite_count),
        reposts: own(&status.retweet_count),
        replies: own(&status.reply_count),
    };
    let answered = check::account(
        [std::mem::take(&mut status.in_reply_to_screen_name), Scalar::Missing],
        [std::mem::take(&mut status.in_reply_to_user_id_str)],
    );
    let others = [original.as_mut(), quoted.as_mut()].into_iter().flatten();
    let others: Vec<RawAuthor> = others.filter_map(|other| other.user.take()?.account()).chain(answered).collect();
    let mut post = RawPost {
        source: rules.source.clone(),
        id: check::id("id_str", status.take_id())?,
        author: check::required("user", status.user.take().and_then(User::account))?,
        text: String::new(),
        lang: check::lang(std::mem::take(&mut status.lang)),
        posted: rules.posted("created_at", std::mem::take(&mut status.created_at))?,
        doubtful_date: false,
        ask_again: None,
        kind,
        in_reply_to,
        reposted,
        mentions: others,
        hashtags: Vec::new(),
        links: Vec::new(),
        reach,
    };
    original.map_or(status, |original| *original).words_into(&mut post)?;
    Ok(Row::Event(RawEvent::Post(Box::new(post))))
}

impl<'a> Status<'a> {
    fn is_control(&self) -> bool {
        [
            &self.limit,
            &self.warning,
            &self.disconnect,
            &self.scrub_geo,
            &self.status_withheld,
            &self.user_withheld,
            &self.event,
            &self.friends,
        ]
        .into_iter()
        .any(Option::is_some)
            && self.id_str == Scalar::Missing
    }

    /// The number is only for rows without the text: it is too large for most of what reads JSON.
    fn take_id(&mut self) -> Scalar<'a> {
        let number = std::mem::take(&mut self.id);
        match std::mem::take(&mut self.id_str) {
            Scalar::Missing => number,
            text => text,
        }
    }

    /// The longest text, and the entities that go with it.
    fn words_into(self, post: &mut RawPost) -> Result<(), Fault> {
        let (long, entities) = match self.extended_tweet {
            Some(extended) => (extended.full_text, extended.entities.or(self.entities)),
            None => (Scalar::Missing, self.entities),
        };
        let mut texts = [self.full_text, long, self.text].into_iter();
        post.text = check::required("text", texts.find_map(Scalar::text))?;
        let Some(entities) = entities else { return Ok(()) };
        let hashtags = entities.hashtags.unwrap_or_default().into_iter();
        post.hashtags = hashtags.filter_map(|tag| tag.text.text()).collect();
        let links = entities.urls.unwrap_or_default().into_iter();
        post.links = links.filter_map(|link| link.expanded_url.text().or_else(|| link.url.text())).collect();
        for account in entities.user_mentions.unwrap_or_default().into_iter().filter_map(User::account) {
            if post.mentions.iter().all(|known| known.handle != account.handle) {
                post.mentions.push(account);
            }
        }
        Ok(())
    }
}

impl User<'_> {
    fn account(self) -> Option<RawAuthor> {
        check::account([self.screen_name, self.id_str.clone()], [self.id_str, self.name])
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{import, posts, read, refused};
    use super::*;
    use polso_domain::SetAside;
    use serde_json::{Value, json};

    fn status(id: &str, name: &str) -> Value {
        json!({
            "created_at": "Wed Oct 10 20:19:24 +0000 2018", "id": 1_050_118_621_198_921_728_u64, "id_str": id,
            "text": "short…", "truncated": true, "lang": "it", "favorite_count": 5, "retweet_count": 2,
            "user": {"id_str": "11", "screen_name": name, "name": "A Name", "followers_count": 40},
            "entities": {"hashtags": [], "urls": [], "user_mentions": []},
            "extended_tweet": {"full_text": "the long text #virus", "entities": {
                "hashtags": [{"text": "virus"}],
                "urls": [{"url": "https://t.example/x", "expanded_url": "https://news.example/1"}],
                "user_mentions": [{"screen_name": "luca", "name": "Luca B", "id_str": "12"}]}},
        })
    }

    fn one(status: &Value) -> RawPost {
        posts(read(status.to_string(), &import()).unwrap()).remove(0)
    }

    #[test]
    fn a_long_status_is_read_whole() {
        let post = one(&status("1050118621198921728", "rosa"));
        assert_eq!((post.source.as_str(), post.id.as_str()), ("twitter", "1050118621198921728"));
        assert_eq!((post.text.as_str(), post.kind), ("the long text #virus", PostKind::Original));
        assert_eq!((post.author.handle.as_str(), post.author.also.join(" ").as_str()), ("rosa", "11 A Name"));
        assert_eq!((post.hashtags[0].as_str(), post.links[0].as_str()), ("virus", "https://news.example/1"));
        assert_eq!((post.mentions[0].handle.as_str(), post.mentions[0].also.join(" ").as_str()), ("luca", "12 Luca B"));
        assert_eq!(post.reach, Reach { followers: Some(40), likes: Some(5), reposts: Some(2), replies: None });
        assert_eq!(post.posted.millis(), 1_539_202_764_000);
    }

    #[test]
    fn a_retweet_says_what_the_original_says() {
        let mut outer = status("2", "rosa");
        outer["retweeted_status"] = status("1", "anna");
        outer["extended_tweet"] = Value::Null;
        let post = one(&outer);
        assert_eq!((post.kind, post.reposted.as_deref()), (PostKind::Repost, Some("1")));
        assert_eq!(post.text, "the long text #virus");
        assert_eq!(post.hashtags, ["virus"]);
        assert_eq!(post.reach, Reach { followers: Some(40), ..Reach::default() });
        let named: Vec<&str> = post.mentions.iter().map(|account| account.handle.as_str()).collect();
        assert_eq!(named, ["anna", "luca"]);
    }

    #[test]
    fn quotes_and_replies_point_at_their_posts() {
        let mut quote = status("2", "rosa");
        quote["quoted_status"] = status("1", "anna");
        let post = one(&quote);
        assert_eq!((post.kind, post.reposted.as_deref()), (PostKind::Quote, Some("1")));
        let mut reply = status("3", "rosa");
        reply["in_reply_to_status_id_str"] = json!("1");
        reply["in_reply_to_screen_name"] = json!("anna");
        let post = one(&reply);
        assert_eq!((post.kind, post.in_reply_to.as_deref()), (PostKind::Reply, Some("1")));
        assert_eq!(post.mentions[0].handle, "anna");
    }

    #[test]
    fn a_stream_also_deletes_and_warns() {
        let lines = [
            r#"{"delete":{"status":{"id":5,"id_str":"5","user_id":1},"timestamp_ms":"1"}}"#,
            r#"{"limit":{"track":5}}"#,
            r#"{"delete":{"status":{"id":6}}}"#,
        ];
        let rows = read(lines.join("\n"), &import()).unwrap();
        assert!(matches!(&rows[0], Row::Event(RawEvent::Delete { id, .. }) if id == "5"));
        assert!(matches!(rows[1], Row::Ignored));
        assert!(matches!(&rows[2], Row::Event(RawEvent::Delete { id, .. }) if id == "6"));
    }

    #[test]
    fn a_number_that_cannot_be_an_id_is_refused() {
        let mut old = status("", "rosa");
        old["id_str"] = Value::Null;
        let refused = refused(read(old.to_string(), &import()).unwrap());
        assert_eq!(refused[0].reason, SetAside::MangledId);
        assert!(!refused[0].raw.as_deref().unwrap_or("").contains("rosa"));
        old["id"] = json!(123_456);
        assert_eq!(one(&old).id, "123456");
    }
}
