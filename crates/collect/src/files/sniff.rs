//! Which format a JSON record is in, by the keys that only one of them has.

use super::Format;
use super::scalar::Scalar;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Keys<'a> {
    #[serde(borrow)]
    r#type: Scalar<'a>,
    posted_at: Option<IgnoredAny>,
    id_str: Option<IgnoredAny>,
    user: Option<IgnoredAny>,
    delete: Option<IgnoredAny>,
    limit: Option<IgnoredAny>,
    created_at: Option<IgnoredAny>,
    data: Option<IgnoredAny>,
    includes: Option<IgnoredAny>,
    meta: Option<IgnoredAny>,
    author_id: Option<IgnoredAny>,
    public_metrics: Option<IgnoredAny>,
    edit_history_tweet_ids: Option<IgnoredAny>,
    edit_history_post_ids: Option<IgnoredAny>,
    #[serde(rename = "__import_meta")]
    import_meta: Option<IgnoredAny>,
    source_platform: Option<IgnoredAny>,
    nav_index: Option<IgnoredAny>,
    #[serde(rename = "4CAT_metadata")]
    fourcat_metadata: Option<IgnoredAny>,
    #[serde(rename = "_chat")]
    chat: Option<IgnoredAny>,
    #[serde(borrow)]
    did: Scalar<'a>,
    #[serde(borrow)]
    uri: Scalar<'a>,
    record: Option<IgnoredAny>,
    value: Option<IgnoredAny>,
    #[serde(borrow)]
    feed: Option<&'a RawValue>,
    #[serde(borrow)]
    posts: Option<&'a RawValue>,
    #[serde(borrow)]
    records: Option<&'a RawValue>,
    #[serde(borrow)]
    post: Option<&'a RawValue>,
    time_us: Option<IgnoredAny>,
    account: Option<IgnoredAny>,
    visibility: Option<IgnoredAny>,
    actor: Option<IgnoredAny>,
    object: Option<IgnoredAny>,
}

/// The format of a record, if it tells.
pub(crate) fn format(record: &[u8]) -> Option<Format> {
    let keys: Keys<'_> = serde_json::from_slice(record).ok()?;
    if keys.is_fourcat() { Some(Format::FourCat) } else { keys.platform() }
}

/// The format of a platform's own object, whoever kept it.
pub(crate) fn platform(record: &[u8]) -> Option<Format> {
    serde_json::from_slice::<Keys<'_>>(record).ok()?.platform()
}

impl Keys<'_> {
    fn is_fourcat(&self) -> bool {
        let telling = [&self.import_meta, &self.source_platform, &self.nav_index, &self.fourcat_metadata, &self.chat];
        telling.into_iter().any(Option::is_some)
    }

    fn is_bluesky(&self) -> bool {
        let event = self.time_us.is_some() && begins(&self.did, "did:");
        let post = self.post.is_some_and(is_view);
        // The words are everybody's: what stands under them tells.
        let mut pages = [self.feed, self.posts, self.records].into_iter().flatten();
        event || post || is_post(&self.uri, [&self.record, &self.value]) || pages.any(is_page)
    }

    fn is_mastodon(&self) -> bool {
        let status = self.account.is_some() && self.visibility.is_some();
        status || (self.actor.is_some() && self.object.is_some())
    }

    fn platform(self) -> Option<Format> {
        let (bluesky, mastodon) = (self.is_bluesky(), self.is_mastodon());
        let newer = || if bluesky { Some(Format::Bluesky) } else { mastodon.then_some(Format::Mastodon) };
        self.older().or_else(newer)
    }

    /// polso's own and Twitter's.
    fn older(self) -> Option<Format> {
        let kind = self.r#type.words();
        let own = matches!(kind.as_deref(), Some("post" | "delete" | "gap"));
        let v2 = [
            self.data,
            self.includes,
            self.meta,
            self.author_id,
            self.public_metrics,
            self.edit_history_tweet_ids,
            self.edit_history_post_ids,
        ];
        if own || self.posted_at.is_some() {
            Some(Format::Polso)
        } else if self.id_str.is_some() || self.delete.is_some() || self.limit.is_some() {
            Some(Format::TwitterV1)
        } else if v2.iter().any(Option::is_some) {
            Some(Format::TwitterV2)
        } else {
            (self.user.is_some() && self.created_at.is_some()).then_some(Format::TwitterV1)
        }
    }
}

/// What stands in one of Bluesky's pages: a post, or an item around one.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Inner<'a> {
    #[serde(borrow)]
    uri: Scalar<'a>,
    record: Option<IgnoredAny>,
    value: Option<IgnoredAny>,
    #[serde(borrow)]
    post: Option<&'a RawValue>,
}

fn is_page(page: &RawValue) -> bool {
    let items: Vec<&RawValue> = serde_json::from_str(page.get()).unwrap_or_default();
    let around = |item: &RawValue| serde_json::from_str::<Inner<'_>>(item.get()).ok()?.post.map(is_view);
    items.first().is_some_and(|item| is_view(item) || around(item) == Some(true))
}

fn is_view(object: &RawValue) -> bool {
    let inner: Inner<'_> = serde_json::from_str(object.get()).unwrap_or_default();
    is_post(&inner.uri, [&inner.record, &inner.value])
}

fn is_post(uri: &Scalar<'_>, records: [&Option<IgnoredAny>; 2]) -> bool {
    begins(uri, "at://") && records.into_iter().any(Option::is_some)
}

fn begins(text: &Scalar<'_>, how: &str) -> bool {
    text.clone().words().is_some_and(|text| text.starts_with(how))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_nested_without_end_tells_nothing() {
        let deep = "{\"post\":".repeat(1_000_000);
        assert_eq!(format(format!("{deep}1{}", "}".repeat(1_000_000)).as_bytes()), None);
    }

    #[test]
    fn a_record_tells_its_format() {
        for (record, expected) in [
            (r#"{"type":"gap","source":"x"}"#, Some(Format::Polso)),
            (r#"{"id":"1","posted_at":0}"#, Some(Format::Polso)),
            (r#"{"id":1,"id_str":"1"}"#, Some(Format::TwitterV1)),
            (r#"{"delete":{"status":{}}}"#, Some(Format::TwitterV1)),
            (r#"{"data":[],"meta":{}}"#, Some(Format::TwitterV2)),
            (r#"{"id":"1","author_id":"2","text":""}"#, Some(Format::TwitterV2)),
            (r#"{"__import_meta":{},"id":"1","author_id":"2"}"#, Some(Format::FourCat)),
            (r#"{"nav_index":"1","data":{}}"#, Some(Format::FourCat)),
            (r#"{"uri":"at://did:plc:seedanna/app.bsky.feed.post/3k","record":{}}"#, Some(Format::Bluesky)),
            (
                r#"{"feed":[{"post":{"uri":"at://did:plc:seedanna/app.bsky.feed.post/3k","record":{}}}]}"#,
                Some(Format::Bluesky),
            ),
            (r#"{"feed":[],"post":"ciao","posts":3,"records":[{"uri":"x"}]}"#, None),
            (r#"{"did":"did:plc:seedanna","time_us":1,"kind":"commit","commit":{}}"#, Some(Format::Bluesky)),
            (r#"{"id":"1","account":{},"visibility":"public","created_at":"","content":""}"#, Some(Format::Mastodon)),
            (r#"{"type":"Create","actor":"https://m.example/users/a","object":{}}"#, Some(Format::Mastodon)),
            (r#"{"id":"1","text":"x","date":"2020"}"#, None),
            (r#"{"uri":"https://m.example/1","record":{}}"#, None),
            ("{", None),
        ] {
            assert_eq!(format(record.as_bytes()), expected, "{record}");
        }
    }
}
