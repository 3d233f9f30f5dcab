//! Twitter's and X's v2 objects: pages whose posts and accounts must be joined by id, or flattened ones, one post each.
//!
//! In 2026 the platform began to say `post` where it said `tweet`; both are read, even in one object. As in the classic
//! format a retweet says what the retweeted post says, and leaves that post's counts out.

use super::Row;
use super::check::{self, Fault, Rules};
use super::scalar::Scalar;
use super::tray::Tray;
use polso_domain::{PostKind, RawAuthor, RawEvent, RawPost, Reach};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Page<'a> {
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    includes: Option<Includes<'a>>,
    meta: Option<IgnoredAny>,
    errors: Option<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Includes<'a> {
    #[serde(borrow)]
    users: Vec<User<'a>>,
    #[serde(borrow)]
    tweets: Vec<Tweet<'a>>,
    #[serde(borrow)]
    posts: Vec<Tweet<'a>>,
}

/// A post; inside another one's references it may be no more than its `type` and `id`.
#[derive(Deserialize, Default)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the names are Twitter's")]
struct Tweet<'a> {
    #[serde(borrow)]
    r#type: Scalar<'a>,
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow)]
    text: Scalar<'a>,
    #[serde(borrow)]
    note_tweet: Option<Note<'a>>,
    #[serde(borrow)]
    note_post: Option<Note<'a>>,
    #[serde(borrow)]
    created_at: Scalar<'a>,
    #[serde(borrow)]
    author_id: Scalar<'a>,
    #[serde(borrow)]
    author: Option<User<'a>>,
    #[serde(borrow)]
    author_user: Option<User<'a>>,
    #[serde(borrow)]
    lang: Scalar<'a>,
    #[serde(borrow)]
    referenced_tweets: Option<Vec<Tweet<'a>>>,
    #[serde(borrow)]
    referenced_posts: Option<Vec<Tweet<'a>>>,
    #[serde(borrow)]
    entities: Option<Entities<'a>>,
    #[serde(borrow)]
    public_metrics: Option<Metrics<'a>>,
    #[serde(borrow)]
    in_reply_to_user_id: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Note<'a> {
    #[serde(borrow)]
    text: Scalar<'a>,
    #[serde(borrow)]
    entities: Option<Entities<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entities<'a> {
    #[serde(borrow)]
    hashtags: Vec<Hashtag<'a>>,
    #[serde(borrow)]
    urls: Vec<Link<'a>>,
    #[serde(borrow)]
    mentions: Vec<User<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Hashtag<'a> {
    #[serde(borrow)]
    tag: Scalar<'a>,
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
    id: Scalar<'a>,
    #[serde(borrow)]
    username: Scalar<'a>,
    #[serde(borrow)]
    name: Scalar<'a>,
    #[serde(borrow)]
    public_metrics: Option<Metrics<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the names are Twitter's")]
struct Metrics<'a> {
    #[serde(borrow)]
    followers_count: Scalar<'a>,
    #[serde(borrow)]
    like_count: Scalar<'a>,
    #[serde(borrow)]
    retweet_count: Scalar<'a>,
    #[serde(borrow)]
    repost_count: Scalar<'a>,
    #[serde(borrow)]
    reply_count: Scalar<'a>,
}

/// What a page says beside its posts, by id.
#[derive(Default)]
struct Known<'p, 'a> {
    users: HashMap<Cow<'a, str>, &'p User<'a>>,
    tweets: HashMap<Cow<'a, str>, &'p Tweet<'a>>,
}

/// Reads one page or one flattened post. A page's posts are judged one by one.
pub(crate) fn read(json: &str, rules: &Rules, tray: &mut Tray) {
    let page: Page<'_> = match serde_json::from_str(json) {
        Ok(page) => page,
        Err(error) => return tray.settle(Err(Fault::json(&error)), json, rules),
    };
    let Some(data) = page.data else {
        let empty = page.meta.is_some() || page.errors.is_some();
        let row = if empty { Ok(Row::Ignored) } else { item(json, &Known::default(), rules) };
        return tray.settle(row, json, rules);
    };
    let includes = page.includes.unwrap_or_default();
    let known = Known::of(&includes);
    let items = match data.get().as_bytes().first() {
        Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(data.get()).unwrap_or_default(),
        _ => vec![data],
    };
    if items.is_empty() {
        tray.settle(Ok(Row::Ignored), json, rules);
    }
    for post in items {
        tray.settle(item(post.get(), &known, rules), post.get(), rules);
    }
}

impl<'p, 'a> Known<'p, 'a> {
    fn of(includes: &'p Includes<'a>) -> Self {
        let users = includes.users.iter().filter_map(|user| Some((user.id.clone().words()?, user)));
        let tweets = includes.tweets.iter().chain(&includes.posts);
        let tweets = tweets.filter_map(|tweet| Some((tweet.id.clone().words()?, tweet)));
        Self { users: users.collect(), tweets: tweets.collect() }
    }

    /// The account of a post: inside it, beside it, or only its id.
    fn author(&self, tweet: &Tweet<'a>) -> Option<RawAuthor> {
        let inside = tweet.author.as_ref().or(tweet.author_user.as_ref());
        inside.and_then(User::account).or_else(|| self.account(&tweet.author_id))
    }

    fn account(&self, id: &Scalar<'a>) -> Option<RawAuthor> {
        let id = id.clone().words()?;
        let beside = self.users.get(&id).and_then(|user| user.account());
        beside.or_else(|| Some(RawAuthor { handle: id.into_owned(), also: Vec::new() }))
    }

    fn followers(&self, tweet: &Tweet<'a>) -> Option<u32> {
        let beside = || tweet.author_id.clone().words().and_then(|id| self.users.get(&id).copied());
        let user = tweet.author.as_ref().or(tweet.author_user.as_ref()).or_else(beside)?;
        user.public_metrics.as_ref()?.followers_count.count()
    }
}

fn item(json: &str, known: &Known<'_, '_>, rules: &Rules) -> Result<Row, Fault> {
    // Borrowed apart from the page: only the ids tie them together.
    let tweet: Tweet<'_> = serde_json::from_str(json).map_err(|error| Fault::json(&error))?;
    post(&tweet, known, rules)
}

fn post<'a>(tweet: &Tweet<'a>, known: &Known<'_, 'a>, rules: &Rules) -> Result<Row, Fault> {
    let referenced = |kind: &str| {
        let all = [&tweet.referenced_tweets, &tweet.referenced_posts].into_iter().flatten().flatten();
        all.into_iter().find(|other| other.r#type.clone().words().as_deref() == Some(kind))
    };
    // What a reference says of itself if it says anything, else what the page says of it.
    let full = |other: &'_ Tweet<'a>| match other.id.clone().words() {
        Some(id) if other.text == Scalar::Missing => known.tweets.get(&id).copied(),
        _ => None,
    };
    let reposted = referenced("retweeted").or_else(|| referenced("reposted"));
    let (quoted, answered) = (referenced("quoted"), referenced("replied_to"));
    let kind = match (reposted, quoted, answered) {
        (Some(_), _, _) => PostKind::Repost,
        (None, Some(_), _) => PostKind::Quote,
        (None, None, Some(_)) => PostKind::Reply,
        (None, None, None) => PostKind::Original,
    };
    let said = reposted.map(|other| full(other).unwrap_or(other)).filter(|other| other.text != Scalar::Missing);
    let said = said.unwrap_or(tweet);
    let others = [reposted, quoted, answered].into_iter().flatten();
    let others = others.filter_map(|other| known.author(full(other).unwrap_or(other)));
    let mut mentions = Vec::new();
    let named = said.entities().into_iter().flat_map(|entities| &entities.mentions).filter_map(User::account);
    for account in others.chain(known.account(&tweet.in_reply_to_user_id)).chain(named) {
        if mentions.iter().all(|other: &RawAuthor| other.handle != account.handle) {
            mentions.push(account);
        }
    }
    let reference = |other: Option<&Tweet<'a>>| other.and_then(|other| check::reference(other.id.clone()));
    Ok(Row::Event(RawEvent::Post(Box::new(RawPost {
        source: rules.source.clone(),
        id: check::id("id", tweet.id.clone())?,
        author: check::required("author_id", known.author(tweet))?,
        text: check::required("text", said.words())?,
        lang: check::lang(tweet.lang.clone()),
        posted: rules.posted("created_at", tweet.created_at.clone())?,
        doubtful_date: false,
        ask_again: None,
        kind,
        in_reply_to: reference(answered),
        reposted: reference(reposted.or(quoted)),
        mentions,
        hashtags: said.entities().map(Entities::tags).unwrap_or_default(),
        links: said.entities().map(Entities::links).unwrap_or_default(),
        reach: Reach { followers: known.followers(tweet), ..tweet.reach(kind) },
    }))))
}

impl<'a> Tweet<'a> {
    /// Posts of more than 280 characters have the rest in a note.
    fn note(&self) -> Option<&Note<'a>> {
        self.note_tweet.as_ref().or(self.note_post.as_ref())
    }

    fn words(&self) -> Option<String> {
        self.note().and_then(|note| note.text.clone().text()).or_else(|| self.text.clone().text())
    }

    fn entities(&self) -> Option<&Entities<'a>> {
        self.note().and_then(|note| note.entities.as_ref()).or(self.entities.as_ref())
    }

    fn reach(&self, kind: PostKind) -> Reach {
        let Some(metrics) = self.public_metrics.as_ref().filter(|_| kind != PostKind::Repost) else {
            return Reach::default();
        };
        Reach {
            followers: None,
            likes: metrics.like_count.count(),
            reposts: metrics.retweet_count.count().or_else(|| metrics.repost_count.count()),
            replies: metrics.reply_count.count(),
        }
    }
}

impl Entities<'_> {
    fn tags(&self) -> Vec<String> {
        self.hashtags.iter().filter_map(|hashtag| hashtag.tag.clone().text()).collect()
    }

    fn links(&self) -> Vec<String> {
        let link = |link: &Link<'_>| link.expanded_url.clone().text().or_else(|| link.url.clone().text());
        self.urls.iter().filter_map(link).collect()
    }
}

impl User<'_> {
    fn account(&self) -> Option<RawAuthor> {
        check::account([self.username.clone(), self.id.clone()], [self.id.clone(), self.name.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{import, posts, read, refused};
    use super::*;
    use serde_json::{Value, json};

    fn page() -> Value {
        let at = "2022-01-02T03:04:05.000Z";
        json!({
            "data": [
                {"id": "10", "text": "RT @anna: cut…", "created_at": at, "author_id": "1", "lang": "it",
                 "referenced_tweets": [{"type": "retweeted", "id": "9"}], "public_metrics": {"retweet_count": 7}},
                {"id": "11", "text": "re", "created_at": at, "author_id": "3", "in_reply_to_user_id": "2",
                 "referenced_tweets": [{"type": "replied_to", "id": "9"}],
                 "public_metrics": {"retweet_count": 1, "like_count": 2, "reply_count": 3}},
                {"id": "12", "created_at": at, "author_id": "1"},
                {"id": "13", "text": "cut…", "created_at": at, "author_id": "1", "note_tweet": {"text": "all of it"},
                 "entities": {"hashtags": [{"tag": "virus"}], "urls": [{"expanded_url": "https://news.example/1"}],
                              "mentions": [{"username": "anna", "id": "2"}]}},
            ],
            "includes": {
                "users": [
                    {"id": "1", "username": "rosa", "name": "Rosa V", "public_metrics": {"followers_count": 40}},
                    {"id": "2", "username": "anna", "name": "Anna N"}],
                "tweets": [{"id": "9", "text": "the whole text", "author_id": "2", "created_at": at}]},
            "meta": {"result_count": 4},
        })
    }

    fn check(rows: Vec<Row>) {
        let posts = posts(rows);
        assert_eq!(posts.iter().map(|post| post.id.as_str()).collect::<Vec<_>>(), ["10", "11", "13"]);
        let [retweet, reply, long] = &posts[..] else { panic!() };
        assert_eq!((retweet.kind, retweet.text.as_str()), (PostKind::Repost, "the whole text"));
        assert_eq!((retweet.author.handle.as_str(), retweet.reach.followers), ("rosa", Some(40)));
        assert_eq!((retweet.mentions[0].handle.as_str(), retweet.reach.reposts), ("anna", None));
        assert_eq!((reply.kind, reply.in_reply_to.as_deref()), (PostKind::Reply, Some("9")));
        assert_eq!((reply.author.handle.as_str(), reply.mentions.len()), ("3", 1));
        assert_eq!((reply.reach.likes, reply.reach.reposts, reply.reach.replies), (Some(2), Some(1), Some(3)));
        assert_eq!((long.text.as_str(), long.hashtags[0].as_str()), ("all of it", "virus"));
        assert_eq!((long.links[0].as_str(), long.mentions[0].handle.as_str()), ("https://news.example/1", "anna"));
    }

    #[test]
    fn a_page_is_joined_and_each_post_judged() {
        let rows = read(page().to_string(), &import()).unwrap();
        let refused = refused(read(page().to_string(), &import()).unwrap());
        assert_eq!((refused.len(), refused[0].detail.as_str()), (1, "`text` is missing or empty"));
        assert!(refused[0].raw.as_deref().is_some_and(|raw| raw.contains("\"12\"") && !raw.contains("\"11\"")));
        check(rows);
    }

    #[test]
    fn the_names_of_2026_are_read_too() {
        let renamed = [
            ("\"referenced_tweets\"", "\"referenced_posts\""),
            ("\"tweets\"", "\"posts\""),
            ("\"note_tweet\"", "\"note_post\""),
            ("\"retweet_count\"", "\"repost_count\""),
        ];
        let text = renamed.iter().fold(page().to_string(), |text, (old, new)| text.replace(old, new));
        check(read(text, &import()).unwrap());
    }

    #[test]
    fn flattened_posts_carry_their_own() {
        let at = "2022-01-02T03:04:05.000Z";
        let flat = json!({"id": "10", "text": "RT @anna: cut…", "created_at": at, "author_id": "1",
            "author": {"id": "1", "username": "rosa", "public_metrics": {"followers_count": 40}},
            "referenced_tweets": [{"type": "retweeted", "id": "9", "text": "the whole text",
                                   "author_id": "2", "author": {"id": "2", "username": "anna"}}]});
        let post = posts(read(flat.to_string(), &import()).unwrap()).remove(0);
        assert_eq!((post.author.handle.as_str(), post.text.as_str()), ("rosa", "the whole text"));
        assert_eq!((post.mentions[0].handle.as_str(), post.reach.followers), ("anna", Some(40)));
    }

    #[test]
    fn a_page_without_posts_is_no_damage() {
        for text in [r#"{"meta":{"result_count":0}}"#, r#"{"data":[],"meta":{}}"#] {
            assert!(matches!(read(text, &import()).unwrap()[..], [Row::Ignored]));
        }
    }
}
